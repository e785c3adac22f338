//! What an officer noted in words: matched to the procedure's questions, never guessed.

mod channel;
mod declaration;
mod lookalikes;
mod lookup;
mod noted;
mod polarity;
mod presence;
mod relation;
mod reply;
mod standing;

use std::collections::BTreeMap;

use motcua_domain::{CaseAnswer, CaseFacts, CaseQuestion, Procedure};

use channel::channel_fit;
pub(crate) use declaration::{Declaration, DeclaredCopy, declaration};
use lookalikes::phrase;
pub(crate) use lookup::speaks_of_look_up;
use lookup::{is_left_open, looked_up, lookup_fit, party, says_failed};
use noted::{denied_clauses, noted_fit};
pub(crate) use polarity::polarity;
use presence::{is_by_lack, is_undone, lacks_a_paper};
pub(crate) use presence::{names_a_paper, speaks_of_handing_in};
use relation::of_relation;
pub(crate) use relation::sends_a_stranger;
use reply::{Polarity, polarity_for};
pub(crate) use standing::lacks_letter;
use standing::{asks_of_comer, asks_who_comes, is_of_comer, presumes, standing_fit};

use crate::words::{Overlap, Weights};

/// Matches an officer's notes, such as ("Ủy quyền", "không"), to the procedure's questions.
///
/// Gives the answers that are clear, and the notes that are not, as "words = words".
/// A note is clear if one question fits it clearly better than every other, and one answer of that
/// question fits clearly better than the others; a note that denies an answer leaves the others possible.
/// Notes that contradict each other answer nothing.
pub fn match_facts(procedure: &Procedure, facts: &[(String, String)]) -> (CaseFacts, Vec<String>) {
    let matched = matches(procedure, facts);
    let unmatched = facts.iter().zip(&matched).filter(|(_, answers)| answers.is_empty());
    let unmatched = unmatched.map(|((about, says), _)| format!("{about}={says}")).collect();
    let mut case = CaseFacts::default();
    for answer in matched.into_iter().flatten() {
        case.narrow(answer.key, answer.values);
    }
    (case, unmatched)
}

/// What a note says of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The question's key.
    pub(crate) key: String,
    /// The answers that it leaves possible, at least one.
    pub(crate) values: Vec<String>,
}

/// For each note the questions it answers, with the answers: none if nothing is clear, and two where a
/// note says yes or no to one and names the answer to another ("Ủy quyền = có, cho chị ruột").
pub(crate) fn matches(procedure: &Procedure, facts: &[(String, String)]) -> Vec<Vec<Answer>> {
    let weights = Weights::over(procedure.questions.iter().map(|question| question.ask.as_str()));
    let mut found: Vec<(usize, Fit<'_>)> = Vec::new();
    let named = content(&procedure.name);
    for (at, note) in facts.iter().enumerate() {
        let best = note_fits(procedure, note, (&weights, &named));
        let denied = denied_cases(procedure, note, &weights);
        let denied = denied
            .into_iter()
            .filter(|fit| best.iter().all(|best| best.question.key != fit.question.key))
            .collect::<Vec<_>>();
        found.extend(best.into_iter().chain(denied).map(|fit| (at, fit)));
    }
    leave_failed(&mut found, facts);
    settle(&mut found);
    let mut by_note = vec![Vec::new(); facts.len()];
    for (at, fit) in found {
        if let Some(answers) = by_note.get_mut(at) {
            let values = fit.values.into_iter().map(str::to_owned).collect();
            answers.push(Answer { key: fit.question.key.clone(), values });
        }
    }
    by_note
}

/// What a note says to the questions: first what it says in words that are known for an answer, else what fits best.
fn note_fits<'a>(
    procedure: &'a Procedure,
    note: &(String, String),
    (weights, named): (&Weights, &[String]),
) -> Vec<Fit<'a>> {
    let told = procedure.questions.iter().filter_map(|question| {
        let noted = noted_fit(question, note);
        let values = noted.as_ref().map_or(&[][..], |noted| &noted.values);
        standing_fit(question, note, values).or(noted).or_else(|| channel_fit(question, note))
    });
    let mut fits: Vec<Fit<'a>> = told.collect();
    let best = best_questions(&procedure.questions, note, (weights, named));
    // "Người nộp = chủ hộ tự nộp" says who came, and not that the head of the household is another now.
    let of_comer =
        is_of_comer(&phrase(&note.0)) && fits.iter().any(|fit| asks_who_comes(fit.question));
    let is_of_it = |fit: &Fit<'_>| !of_comer || fit.by_polarity || asks_of_comer(fit.question);
    let is_said = |fit: &Fit<'_>| is_of_it(fit) && !presumes(fit, note) && !is_by_lack(fit, note);
    best.into_iter().filter(is_said).for_each(|fit| add(&mut fits, fit));
    if !fits.iter().any(|fit| fit.question.lookup)
        && let Some(fit) = lookup_fit(procedure, note)
    {
        add(&mut fits, fit);
    }
    if fits.is_empty() {
        let denied = denied_clauses(&note.1).into_iter().map(|case| (case, "không".to_owned()));
        fits = denied
            .flat_map(|denied| best_questions(&procedure.questions, &denied, (weights, named)))
            .collect();
    }
    // "Được nhưng sai ngày sinh" begins with a yes.
    if is_left_open(&note.1) {
        fits.retain(|fit| !fit.question.lookup);
    }
    fits
}

fn add<'a>(fits: &mut Vec<Fit<'a>>, fit: Fit<'a>) {
    if fits.iter().all(|known| known.question.key != fit.question.key) {
        fits.push(fit);
    }
}

/// "Cư trú bên nữ: tra được", "Cư trú bên nam: không khai thác được": what failed for one of two has failed, as the
/// paper of that one is due.
fn leave_failed(found: &mut Vec<(usize, Fit<'_>)>, facts: &[(String, String)]) {
    let of = |at: &usize| facts.get(*at).and_then(|(about, _)| party(about));
    let failed: Vec<(String, &str)> = found
        .iter()
        .filter(|(_, fit)| says_failed(fit))
        .filter_map(|(at, fit)| Some((fit.question.key.clone(), of(at)?)))
        .collect();
    found.retain(|(at, fit)| {
        let of_another = |(key, party): &(String, &str)| {
            *key == fit.question.key && of(at).is_some_and(|own| own != *party)
        };
        says_failed(fit) || !failed.iter().any(of_another)
    });
}

/// Of several notes on one question, those that disagree with better ones and fit clearly worse than the best are about
/// something else; if notes that fit about equally well disagree, none of them counts.
fn settle(found: &mut Vec<(usize, Fit<'_>)>) {
    found.sort_by(|a, b| b.1.score.total_cmp(&a.1.score));
    // By question: the score of the best note, and the answers that all taken so far leave possible; none once disputed.
    let mut taken: BTreeMap<&str, (f32, Vec<&str>)> = BTreeMap::new();
    let mut kept = vec![true; found.len()];
    for ((_, fit), kept) in found.iter().zip(&mut kept) {
        let first = || (fit.score, fit.values.clone());
        let (best, left) = taken.entry(&fit.question.key).or_insert_with(first);
        let both: Vec<&str> =
            left.iter().filter(|value| fit.values.contains(value)).copied().collect();
        *kept = !both.is_empty();
        if *kept || fit.score + MARGIN >= *best {
            *left = both;
        }
    }
    let disputed = |fit: &Fit<'_>| {
        taken.get(fit.question.key.as_str()).is_some_and(|(_, left)| left.is_empty())
    };
    let disputed: Vec<bool> = found.iter().map(|(_, fit)| disputed(fit)).collect();
    let mut counts = kept.into_iter().zip(disputed).map(|(kept, disputed)| kept && !disputed);
    found.retain(|_| counts.next().unwrap_or(false));
}

#[derive(Debug, Clone)]
struct Fit<'a> {
    question: &'a CaseQuestion,
    /// The answers that stay possible.
    values: Vec<&'a str>,
    /// How well the question is named.
    about: f32,
    /// By "có" or "không", not by the words of an answer.
    by_polarity: bool,
    score: f32,
}

/// How much better the best question must fit than the next.
const MARGIN: f32 = 0.08;
/// The score of what is told in words that are known for an answer: better than any likeness of words.
const TOLD: f32 = 1.3;
/// How well a question must fit to be taken at all.
const ENOUGH: f32 = 0.45;

fn best_questions<'a>(
    questions: &'a [CaseQuestion],
    note: &(String, String),
    (weights, named): (&Weights, &[String]),
) -> Vec<Fit<'a>> {
    let fits = questions.iter().filter_map(|question| {
        let direct =
            direct_fit(question, note, (weights, named)).or_else(|| alone_fit(question, note));
        let named = named_fit(question, note);
        match (direct, named) {
            (Some(direct), Some(named)) if named.score > direct.score => Some(named),
            (direct, named) => direct.or(named),
        }
    });
    let (polar, worded): (Vec<Fit<'a>>, Vec<Fit<'a>>) = fits.partition(|fit| fit.by_polarity);
    match (clearest(polar), clearest(worded)) {
        (Some(polar), Some(worded)) if worded.about >= 0.34 => vec![polar, worded],
        (Some(polar), Some(worded)) => {
            vec![if polar.score >= worded.score { polar } else { worded }]
        }
        (polar, worded) => polar.or(worded).into_iter().collect(),
    }
}

/// The note names the question, and says one of its answers.
fn direct_fit<'a>(
    question: &'a CaseQuestion,
    (about, says): &(String, String),
    (weights, named): (&Weights, &[String]),
) -> Option<Fit<'a>> {
    let (asked, spoken_of) = about_fit(question, (about, says), (weights, named));
    let of_look_up = speaks_of_look_up(about) || looked_up(says).is_some();
    let (values, says, by_polarity, shared) = best_answer(question, about, says)?;
    // "Giấy tờ tùy thân = không mang theo" says nothing of what a database holds.
    if question.lookup && by_polarity && !of_look_up {
        return None;
    }
    // Words of an answer that no other answer has tell the question as well.
    let tells = !by_polarity && says >= 0.85 && shared >= 3;
    let enough = if by_polarity {
        // "Ủy quyền = có" says nothing of whether whoever authorised has an account.
        asked >= 0.45 && (spoken_of >= 0.2 || signed(about).len() >= 5)
    } else {
        asked >= 0.34 || (asked >= 0.12 && says >= 0.9) || tells
    };
    let score = 0.6 * asked + 0.4 * says;
    let score = if tells { score.max(ENOUGH + 0.05) } else { score };
    (enough && score >= ENOUGH).then_some(Fit {
        question,
        values,
        about: asked,
        by_polarity,
        score,
    })
}

/// The note names one or some of a question's answers, and says yes or no to them: "Trẻ bị bỏ rơi = không"
/// of the question which case the child is.
fn named_fit<'a>(question: &'a CaseQuestion, (about, says): &(String, String)) -> Option<Fit<'a>> {
    let yes = polarity(says)?;
    let labels = label_weights(question);
    let about: Vec<String> =
        signed(about).into_iter().filter(|word| !ASKING.contains(&word.as_str())).collect();
    // What the question itself takes for granted ("Người được ủy quyền là ai?") tells none of its answers.
    // What it offers as a choice ("Xin lần đầu hay xin cấp lại?") does.
    let offers = question.ask.contains(" hay ");
    let granted = Overlap::between(&about, &signed(&question.ask), &labels).coverage();
    let asked = signed(&question.ask);
    let own = about.iter().filter(|word| !asked.contains(word)).count();
    if about.len() < 2 || (granted >= 0.5 && own < 2 && !offers) {
        return None;
    }
    let is_meant = |answer: &&CaseAnswer| {
        Overlap::between(&about, &signed(&answer.label), &labels).coverage() >= 0.95
    };
    let (named, others): (Vec<&CaseAnswer>, Vec<&CaseAnswer>) =
        question.answers.iter().partition(is_meant);
    if named.is_empty() || others.is_empty() {
        return None;
    }
    let possible = if yes { named } else { others };
    let asked = content(&question.ask);
    let mut by_words: Vec<(&str, f32)> = possible
        .iter()
        .map(|answer| {
            (answer.value.as_str(), label_fit(&answer.label, ("", says), &asked, &labels).0)
        })
        .collect();
    by_words.sort_by(|a, b| b.1.total_cmp(&a.1));
    let clear = match by_words.as_slice() {
        [(value, best), (_, next), ..] if *best >= 0.5 && best - next >= 0.2 => Some(*value),
        _ => None,
    };
    let (values, score) = match clear {
        Some(value) if yes => (vec![value], 0.98),
        _ => (possible.iter().map(|answer| answer.value.as_str()).collect(), 0.85),
    };
    Some(Fit { question, values, about: 0.9, by_polarity: true, score })
}

/// "Chủ thể thành lập = cá nhân" answers whether a household or a group founds it: one person does not.
fn alone_fit<'a>(question: &'a CaseQuestion, (about, says): &(String, String)) -> Option<Fit<'a>> {
    let asks = phrase(&question.ask);
    let several = ["thanh vien ho gia dinh", "nhom ca nhan"].iter().any(|many| asks.contains(many));
    let doing = ["thanh lap", "dang ky"]
        .iter()
        .any(|verb| phrase(about).contains(verb) && asks.contains(verb));
    let says = phrase(says);
    let alone =
        says == "ca nhan" || says.starts_with("mot ca nhan") || says.starts_with("mot nguoi");
    let no = question.answers.iter().filter(|answer| polarity(&answer.label) == Some(false));
    let values: Vec<&str> = no.map(|answer| answer.value.as_str()).collect();
    let fits = several && doing && alone && !values.is_empty();
    fits.then_some(Fit { question, values, about: 0.5, by_polarity: true, score: 0.6 })
}

/// Who is not in a case is in none that is narrower: "Ủy quyền = không" answers whether somebody authorised
/// an organisation, where that "no" asks for nothing; and it rules out every answer that names the case.
fn denied_cases<'a>(
    procedure: &'a Procedure,
    note: &(String, String),
    weights: &Weights,
) -> Vec<Fit<'a>> {
    let about = signed(&note.0);
    let no_letter = procedure.questions.iter().any(|question| lacks_letter(question, note));
    let may_be_due = lacks_a_paper(note) || is_undone(&note.1) || no_letter;
    if polarity(&note.1) != Some(false) || about.len() < 2 || may_be_due {
        return Vec::new();
    }
    let narrower = |question: &&CaseQuestion| {
        !question.lookup
            && Overlap::between(&about, &signed(&question.ask), weights).coverage() >= 0.95
    };
    let fit = |question: &'a CaseQuestion| {
        let no = question.answers.iter().filter(|answer| polarity(&answer.label) == Some(false));
        let values: Vec<&str> = no.map(|answer| answer.value.as_str()).collect();
        let harmless = !values.is_empty() && !asks_for_something(procedure, question, &values);
        harmless.then_some(Fit { question, values, about: 0.5, by_polarity: true, score: 0.5 })
    };
    let named = procedure.questions.iter().filter_map(|question| named_fit(question, note));
    let named = named.map(|fit| Fit { score: 0.5, ..fit });
    procedure.questions.iter().filter(narrower).filter_map(fit).chain(named).collect()
}

/// Whether a paper, or a list of papers, is due because of one of these answers.
fn asks_for_something(procedure: &Procedure, question: &CaseQuestion, values: &[&str]) -> bool {
    let mut conditions = procedure.requirements.iter().flat_map(|requirement| {
        let lists = requirement.any_of.iter().map(|list| &list.when);
        std::iter::once(&requirement.when).chain(lists)
    });
    conditions.any(|when| {
        when.any_of.iter().flat_map(|conjunction| &conjunction.all_of).any(|term| {
            term.key == question.key
                && term.values.iter().any(|value| values.contains(&value.as_str()))
        })
    })
}

/// Words of a note that ask for something and name nothing.
const ASKING: &[&str] = &["yeu", "cau", "de", "nghi", "xin"];

/// The best of several, if no other comes near it.
fn clearest(mut fits: Vec<Fit<'_>>) -> Option<Fit<'_>> {
    fits.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut fits = fits.into_iter();
    let best = fits.next()?;
    fits.next().is_none_or(|next| best.score - next.score >= MARGIN).then_some(best)
}

/// 0 to 1.15: how well the words before the equals sign name the question; and 0 to 1: how much of the
/// question the whole note speaks of.
fn about_fit(
    question: &CaseQuestion,
    (about, says): (&str, &str),
    (weights, named): (&Weights, &[String]),
) -> (f32, f32) {
    let key = question.key.replace('_', " ");
    let note: Vec<String> = signed(about).into_iter().chain(content(says)).collect();
    let words = signed(about);
    let ask = signed(&question.ask);
    if words.is_empty() {
        return (0.0, 0.0);
    }
    let with_key: Vec<String> = ask.iter().cloned().chain(content(&key)).collect();
    let covered = Overlap::between(&words, &with_key, weights).coverage();
    // What the procedure is called is what every question of it is about.
    let own = |word: &&String| !named.contains(*word) || note.contains(*word);
    let ask: Vec<String> = ask.iter().filter(own).cloned().collect();
    let asked = Overlap::between(&ask, &note, weights).coverage();
    let exact = if words.join(" ") == content(&key).join(" ") { 0.15 } else { 0.0 };
    (0.7 * covered + 0.3 * asked + exact, asked)
}

/// The answers that the words fit, if some fit clearly better than the others: which, how well, whether by a
/// mere yes or no, and how many words they share.
fn best_answer<'a>(
    question: &'a CaseQuestion,
    about: &str,
    says: &str,
) -> Option<(Vec<&'a str>, f32, bool, usize)> {
    let labels = label_weights(question);
    // What a question offers as a choice ("lần đầu hay xác định lại") tells its answers apart.
    let offers = question.ask.contains(" hay ");
    let asked = if offers { Vec::new() } else { content(&question.ask) };
    let answers = of_relation(question.answers.iter(), &format!("{about}, {says}"));
    let clearest = |answers: &[&'a CaseAnswer], about: &str| {
        let mut fits: Vec<(&'a str, f32, usize)> = answers
            .iter()
            .map(|answer| {
                let (fit, shared) = label_fit(&answer.label, (about, says), &asked, &labels);
                (answer.value.as_str(), fit, shared)
            })
            .collect();
        fits.sort_by(|a, b| b.1.total_cmp(&a.1));
        let next = fits.get(1).map_or(0.0, |next| next.1);
        fits.into_iter().next().filter(|best| best.1 >= 0.5 && best.1 - next >= 0.2)
    };
    // "Khai thác … = mất mạng": what a look-up is called by says nothing of what it came to.
    let with_about = Some(about).filter(|_| !question.lookup);
    let by_words = |answers: &[&'a CaseAnswer]| {
        let alone = clearest(answers, "").filter(|best| best.1 >= 0.85);
        alone.or_else(|| clearest(answers, with_about?))
    };
    let same: Vec<&'a CaseAnswer> = match polarity_for(question, says) {
        Polarity::Said(says) => {
            answers.iter().copied().filter(|answer| polarity(&answer.label) == Some(says)).collect()
        }
        Polarity::Unsaid => Vec::new(),
        Polarity::Divided => return None,
    };
    match same.as_slice() {
        [] => by_words(&answers).map(|(value, fit, shared)| (vec![value], fit, false, shared)),
        [only] => Some((vec![only.value.as_str()], 0.9, true, 0)),
        // "Có, cho chị ruột" of "Có, cho người thân" and "Có, cho người khác".
        several if several.len() < question.answers.len() => {
            let values = match by_words(several) {
                Some((value, ..)) => vec![value],
                None => several.iter().map(|answer| answer.value.as_str()).collect(),
            };
            Some((values, 0.9, true, 0))
        }
        _ => by_words(&answers).map(|(value, fit, shared)| (vec![value], fit, false, shared)),
    }
}

/// 0 to 1: how well what was said fits an answer's label, and how many words they share. A label may list
/// several things ("anh, chị, em ruột"), any of which will do.
fn label_fit(
    label: &str,
    (about, says): (&str, &str),
    asked: &[String],
    weights: &Weights,
) -> (f32, usize) {
    // The question's own words tell nothing about which of its answers is meant.
    let pieces = |text: &str, drop_asked: bool| -> Vec<Vec<String>> {
        text.replace(" hoặc ", ",")
            .split([',', ';', '/', '(', ')', ':'])
            .map(|piece| {
                let words = signed_piece(piece);
                let own: Vec<String> =
                    words.iter().filter(|word| !asked.contains(word)).cloned().collect();
                if own.is_empty() && !drop_asked { words } else { own }
            })
            .filter(|words| !words.is_empty())
            .collect()
    };
    let said = pieces(says, true);
    let all_said: Vec<String> = said.concat();
    // "Loại công trình = nhà ở riêng lẻ": the label may repeat what the note is about. What it is about alone
    // is no answer.
    let whole_note =
        if all_said.is_empty() { Vec::new() } else { [all_said.clone(), signed(about)].concat() };
    let part_fit = |part: &Vec<String>| match part.as_slice() {
        // One word alone must be what a piece begins with: "mẹ" is not what "đồng nghiệp của mẹ" says.
        [only] => {
            let heads = said.iter().any(|piece| piece.first() == Some(only));
            if heads { 1.0 } else { 0.0 }
        }
        _ => Overlap::between(part, &all_said, weights)
            .coverage()
            .max(0.98 * Overlap::between(part, &whole_note, weights).coverage()),
    };
    let parts = pieces(label, false);
    let of_label = parts.iter().map(part_fit).fold(0.0, f32::max);
    let whole: Vec<String> = parts.concat();
    let of_said = said
        .iter()
        .filter(|piece| piece.len() >= 2)
        .map(|piece| Overlap::between(piece, &whole, weights).coverage())
        .fold(0.0, f32::max);
    let shared = all_said.iter().filter(|word| whole.contains(word)).count();
    (of_label.max(of_said), shared)
}

/// Content words; those under a "không" carry a sign, so that they match only other denied words. A comma, a
/// "nhưng" or the like ends what is denied.
fn signed(text: &str) -> Vec<String> {
    let breaks =
        |c: char| matches!(c, ',' | ';' | '/' | '(' | ')' | ':' | '“' | '”' | '"' | '?' | '.');
    let text = [" nhưng ", " thì ", " mà ", " hoặc ", " và "]
        .iter()
        .fold(text.to_owned(), |text, word| text.replace(word, ", "));
    text.split(breaks).flat_map(signed_piece).collect()
}

fn signed_piece(text: &str) -> Vec<String> {
    let mut denied = false;
    let mut out = Vec::new();
    for word in words_without_empty(text, true) {
        match word.as_str() {
            "khong" | "chua" => denied = true,
            "phai" => {}
            _ if denied => out.push(format!("!{word}")),
            _ => out.push(word),
        }
    }
    out
}

/// Words that a note and a question may write differently.
const SAME: &[(&str, &str)] = &[
    ("csdl", "co so du lieu"),
    ("khai thac", "tra cuu"),
    ("ubnd", "uy ban nhan dan"),
    ("cccd", "can cuoc"),
    ("gcn", "giay chung nhan"),
    ("qsdd", "quyen su dung dat"),
    ("gpxd", "giay phep xay dung"),
    ("gcs", "giay chung sinh"),
    ("gbt", "giay bao tu"),
    ("uq", "uy quyen"),
    // As "chữa" is read, which is no denial.
    ("pccc", "phong chay chua0 chay"),
    // A daughter-in-law ("con dâu") does nothing for the first time ("lần đầu").
    ("con dau", "con dau0"),
    ("dau dung", "dau0 dung"),
    ("dau do", "dau0 do"),
    ("dau o", "dau0 o"),
    ("doi voi", ""),
    ("tai cho", "truc tiep"),
    ("qua mang", "truc tuyen"),
    ("online", "truc tuyen"),
    ("buu dien", "buu chinh"),
    ("mot nguoi", "ca nhan"),
    ("quan he vo chong", "quan he nhan than"),
];

/// Folded words without those that name nothing.
fn content(text: &str) -> Vec<String> {
    let denies = polarity(text) == Some(false) || phrase(text).contains("khong phai ");
    words_without_empty(text, denies)
}

fn words_without_empty(text: &str, keep_denial: bool) -> Vec<String> {
    const EMPTY: &[&str] = &[
        "co", "khong", "do", "duoc", "hay", "nao", "gi", "la", "cac", "cho", "cua", "va", "tai",
        "ve", "trong", "theo", "the", "thuc", "hien", "thu", "tuc", "viec", "truong", "hop", "ho",
        "so", "thong", "tin", "thuoc", "nay", "ra",
    ];
    let mut text = format!(" {} ", phrase(&official(text)));
    for (from, to) in SAME {
        text = text.replace(&format!(" {from} "), &format!(" {to} "));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let kept = places_in_law(&words).into_iter();
    kept.filter(|word| !EMPTY.contains(&word.as_str()) || (keep_denial && word == "khong"))
        .collect()
}

/// What people call a certificate of land, which without its marks would be a sketch ("sơ đồ"), and a rented room, which
/// would be a return ("trở lại").
fn official(text: &str) -> String {
    let text =
        text.to_lowercase().replace("phòng trọ", "phòng thuê").replace("nhà trọ", "nhà thuê");
    let text = text.replace("ở trọ", "ở thuê").replace("thuê trọ", "thuê");
    // Of the paper that is handed back for a new one.
    let text = text.strip_suffix(" cũ").map_or(text.clone(), |paper| format!("{paper} đã cấp"));
    ["sổ đỏ", "sổ hồng", "bìa đỏ", "sổ đất"]
        .iter()
        .fold(text, |text, name| text.replace(name, "giấy chứng nhận quyền sử dụng đất"))
}

/// How telling each word of a question's answers is.
fn label_weights(question: &CaseQuestion) -> Weights {
    let labels = question.answers.iter().map(|answer| {
        let folded = phrase(&answer.label);
        places_in_law(&folded.split(' ').collect::<Vec<_>>()).join(" ")
    });
    let labels: Vec<String> = labels.collect();
    Weights::over(labels.iter().map(String::as_str))
}

/// A place in a law is one name: "khoản 2 Điều 20" is neither "khoản 2 Điều 17" nor "khoản 4 Điều 20".
fn places_in_law(words: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if let Some(["khoan", clause, "dieu", article]) = words.get(at..at.saturating_add(4)) {
            // Nothing but digits, which are never taken for others that look alike.
            out.push(format!("{clause:0>4}{article:0>4}"));
            at = at.saturating_add(4);
        } else {
            out.push((*word).to_owned());
            at = at.saturating_add(1);
        }
    }
    out
}
