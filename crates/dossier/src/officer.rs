//! What an officer noted in words: matched to the procedure's questions, never guessed.

use std::collections::BTreeMap;

use motcua_domain::{CaseFacts, CaseQuestion, Procedure};

use crate::words::{Overlap, Weights, phrase, words};

/// Matches an officer's notes, such as ("Ủy quyền", "không"), to the procedure's questions.
///
/// Gives the answers that are clear, and the notes that are not, as "words = words".
/// A note is clear if one question fits it clearly better than every other, and one answer of that
/// question fits clearly better than the others. Notes that contradict each other answer nothing.
pub fn match_facts(procedure: &Procedure, facts: &[(String, String)]) -> (CaseFacts, Vec<String>) {
    let matched = matches(procedure, facts);
    let unmatched = facts.iter().zip(&matched).filter(|(_, answers)| answers.is_empty());
    let unmatched = unmatched.map(|((about, says), _)| format!("{about} = {says}")).collect();
    (matched.into_iter().flatten().collect(), unmatched)
}

/// For each note the questions it answers, with the answers: none if nothing is clear, and two where a
/// note says yes or no to one and names the answer to another ("Ủy quyền = có, cho chị ruột").
pub(crate) fn matches(
    procedure: &Procedure,
    facts: &[(String, String)],
) -> Vec<Vec<(String, String)>> {
    let weights = Weights::over(procedure.questions.iter().map(|question| question.ask.as_str()));
    let mut found: Vec<(usize, Fit<'_>)> = facts
        .iter()
        .enumerate()
        .flat_map(|(at, note)| {
            best_questions(&procedure.questions, note, &weights)
                .into_iter()
                .map(move |fit| (at, fit))
        })
        .collect();
    settle(&mut found);
    let mut by_note = vec![Vec::new(); facts.len()];
    for (at, fit) in found {
        if let Some(answers) = by_note.get_mut(at) {
            answers.push((fit.question.key.clone(), fit.value.to_owned()));
        }
    }
    by_note
}

/// Of several notes on one question, those that disagree with it and fit clearly worse are about something
/// else; if notes that fit equally well disagree, none of them counts.
fn settle(found: &mut Vec<(usize, Fit<'_>)>) {
    let mut best: BTreeMap<&str, f32> = BTreeMap::new();
    for (_, fit) in found.iter() {
        let best = best.entry(&fit.question.key).or_insert(fit.score);
        *best = best.max(fit.score);
    }
    let near = |fit: &Fit<'_>| {
        best.get(fit.question.key.as_str()).is_some_and(|best| fit.score + MARGIN >= *best)
    };
    let close: Vec<Fit<'_>> =
        found.iter().filter(|(_, fit)| near(fit)).map(|(_, fit)| fit.clone()).collect();
    found.retain(|(_, fit)| {
        let same = |other: &&Fit<'_>| other.question.key == fit.question.key;
        close.iter().filter(same).all(|other| other.value == fit.value)
    });
}

#[derive(Debug, Clone)]
struct Fit<'a> {
    question: &'a CaseQuestion,
    value: &'a str,
    /// How well the question is named.
    about: f32,
    /// By "có" or "không", not by the words of an answer.
    by_polarity: bool,
    score: f32,
}

/// How much better the best question must fit than the next.
const MARGIN: f32 = 0.08;
/// How well a question must fit to be taken at all.
const ENOUGH: f32 = 0.45;

fn best_questions<'a>(
    questions: &'a [CaseQuestion],
    note: &(String, String),
    weights: &Weights,
) -> Vec<Fit<'a>> {
    let (about, says) = note;
    let fits = questions.iter().filter_map(|question| {
        let about = about_fit(question, (about, says), weights);
        let (value, says, by_polarity) = best_answer(question, says)?;
        let enough = if by_polarity {
            about >= 0.45
        } else {
            about >= 0.34 || (about >= 0.12 && says >= 0.9)
        };
        let score = 0.6 * about + 0.4 * says;
        (enough && score >= ENOUGH).then_some(Fit { question, value, about, by_polarity, score })
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

/// The best of several, if no other comes near it.
fn clearest(mut fits: Vec<Fit<'_>>) -> Option<Fit<'_>> {
    fits.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut fits = fits.into_iter();
    let best = fits.next()?;
    fits.next().is_none_or(|next| best.score - next.score >= MARGIN).then_some(best)
}

/// 0 to 1.15: how well the words before the equals sign name the question, and how much of the question
/// the whole note speaks of.
fn about_fit(question: &CaseQuestion, (about, says): (&str, &str), weights: &Weights) -> f32 {
    let key = question.key.replace('_', " ");
    let note: Vec<String> = content(about).into_iter().chain(content(says)).collect();
    let about = content(about);
    let ask = content(&question.ask);
    if about.is_empty() {
        return 0.0;
    }
    let with_key: Vec<String> = ask.iter().cloned().chain(content(&key)).collect();
    let covered = Overlap::between(&about, &with_key, weights).coverage();
    let asked = Overlap::between(&ask, &note, weights).coverage();
    let exact = if about.join(" ") == content(&key).join(" ") { 0.15 } else { 0.0 };
    0.7 * covered + 0.3 * asked + exact
}

/// The answer that the words fit, if one fits clearly better than the others, with how well, and whether
/// by a mere yes or no.
fn best_answer<'a>(question: &'a CaseQuestion, says: &str) -> Option<(&'a str, f32, bool)> {
    let labels = Weights::over(question.answers.iter().map(|answer| answer.label.as_str()));
    let asked = content(&question.ask);
    let polarity = polarity(says);
    let mut fits: Vec<(&str, f32, bool)> = question
        .answers
        .iter()
        .map(|answer| {
            let words = label_fit(&answer.label, says, &asked, &labels);
            match (self::polarity(&answer.label), polarity) {
                (Some(a), Some(b)) if a != b => (answer.value.as_str(), 0.0, true),
                (Some(_), Some(_)) => (answer.value.as_str(), words.max(0.9), true),
                _ => (answer.value.as_str(), words, false),
            }
        })
        .collect();
    fits.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut fits = fits.into_iter();
    let best = fits.next().filter(|(_, fit, _)| *fit >= 0.5)?;
    let clear = fits.next().is_none_or(|(_, next, _)| best.1 - next >= 0.2);
    clear.then_some(best)
}

/// Yes or no, from the first words: "có, cả hai bên", "không có", "tra cứu được".
pub(crate) fn polarity(text: &str) -> Option<bool> {
    let text = phrase(text);
    let first = |starts: &[&str]| {
        starts.iter().any(|start| text == *start || text.starts_with(&format!("{start} ")))
    };
    if first(&["khong ro", "khong biet", "chua ro", "chua biet", "chua xac dinh"]) {
        return None;
    }
    if first(&["khong", "chua", "ko"]) {
        return Some(false);
    }
    if first(&["co", "duoc", "roi", "da co", "da duoc", "dung", "phai", "du"])
        || first(&["tra cuu duoc", "khai thac duoc", "lay duoc", "tim duoc"])
    {
        return Some(true);
    }
    None
}

/// 0 to 1: how well what was said fits an answer's label. A label may list several things ("anh,
/// chị, em ruột"), any of which will do.
fn label_fit(label: &str, says: &str, asked: &[String], weights: &Weights) -> f32 {
    // The question's own words tell nothing about which of its answers is meant.
    let pieces = |text: &str, drop_asked: bool| -> Vec<Vec<String>> {
        text.replace(" hoặc ", ",")
            .split([',', ';', '/', '(', ')', ':'])
            .map(|piece| {
                let words = signed(piece);
                let own: Vec<String> =
                    words.iter().filter(|word| !asked.contains(word)).cloned().collect();
                if own.is_empty() && !drop_asked { words } else { own }
            })
            .filter(|words| !words.is_empty())
            .collect()
    };
    let said = pieces(says, true);
    let all_said: Vec<String> = said.concat();
    let part_fit = |part: &Vec<String>| match part.as_slice() {
        // One word alone must be what a piece begins with: "mẹ" is not what "đồng nghiệp của mẹ" says.
        [only] => {
            let heads = said.iter().any(|piece| piece.first() == Some(only));
            if heads { 1.0 } else { 0.0 }
        }
        _ => Overlap::between(part, &all_said, weights).coverage(),
    };
    let parts = pieces(label, false);
    let of_label = parts.iter().map(part_fit).fold(0.0, f32::max);
    let whole: Vec<String> = parts.concat();
    let of_said = said
        .iter()
        .filter(|piece| piece.len() >= 2)
        .map(|piece| Overlap::between(piece, &whole, weights).coverage())
        .fold(0.0, f32::max);
    of_label.max(of_said)
}

/// Content words; those under a "không" carry a sign, so that they match only other denied words.
fn signed(text: &str) -> Vec<String> {
    let mut denied = false;
    let mut out = Vec::new();
    for word in content(text) {
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
];

/// Folded words without those that name nothing.
fn content(text: &str) -> Vec<String> {
    const EMPTY: &[&str] = &[
        "co", "khong", "do", "duoc", "hay", "nao", "gi", "la", "cac", "cho", "cua", "va", "tai",
        "ve", "trong", "theo", "the", "thuc", "hien", "thu", "tuc", "viec", "truong", "hop", "ho",
        "so",
    ];
    let mut text = format!(" {} ", phrase(text));
    for (from, to) in SAME {
        text = text.replace(&format!(" {from} "), &format!(" {to} "));
    }
    let denies = polarity(&text) == Some(false) || text.contains(" khong phai ");
    text.split_whitespace()
        .filter(|word| !EMPTY.contains(word) || (denies && *word == "khong"))
        .map(str::to_owned)
        .collect()
}

/// What an officer says of one paper: how it was handed in, and how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Declaration {
    /// Words that name the paper.
    pub(crate) about: Vec<String>,
    /// The form it was handed in as.
    pub(crate) copy: Option<DeclaredCopy>,
    /// The original was shown.
    pub(crate) shown: bool,
    /// Whether it was handed in or shown at all.
    pub(crate) given: Option<bool>,
    /// How many were handed in.
    pub(crate) count: Option<u32>,
}

/// The form in which an officer saw a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeclaredCopy {
    /// Bản chính, bản gốc.
    Original,
    /// Bản sao có chứng thực.
    Certified,
    /// Bản chụp, bản phô tô, bản sao không chứng thực.
    Plain,
}

/// Words of a note that count papers and name none.
const COUNTING: &[&str] = &["so", "bo", "luong", "nop", "loai"];

/// Reads a note as a statement about a paper; `None` if it says nothing of the kind.
pub(crate) fn declaration((about, says): &(String, String)) -> Option<Declaration> {
    let text = format!(" {} ", phrase(says));
    let has = |any: &[&str]| any.iter().any(|phrase| text.contains(&format!(" {phrase} ")));
    let shown = has(&["xuat trinh", "doi chieu"]) && !has(&["khong xuat trinh", "chua xuat trinh"]);
    let handed = has(&["nop", "co nop", "da nop", "kem"]);
    let copy = if has(&[
        "khong chung thuc",
        "khong co chung thuc",
        "chua chung thuc",
        "khong cong chung",
        "khong phai ban chinh",
        "ban chup",
        "ban pho to",
        "photo",
        "ban photo",
    ]) {
        Some(DeclaredCopy::Plain)
    } else if has(&["co chung thuc", "chung thuc", "cong chung", "sao y"]) {
        Some(DeclaredCopy::Certified)
    } else if has(&["nop ban chinh", "nop ban goc", "ban goc"])
        || (has(&["ban chinh"]) && !has(&["ban sao"]))
    {
        Some(DeclaredCopy::Original)
    } else if has(&["ban sao"]) {
        Some(DeclaredCopy::Plain)
    } else {
        None
    };
    let given = match polarity(says) {
        Some(false) => Some(false),
        _ if has(&["khong nop", "chua nop"]) => Some(false),
        _ if shown || handed => Some(true),
        _ => None,
    };
    let count = count(&text);
    let says_something = copy.is_some() || shown || given.is_some() || count.is_some();
    let named =
        words(about).into_iter().filter(|word| !COUNTING.contains(&word.as_str())).collect();
    says_something.then_some(Declaration { about: named, copy, shown, given, count })
}

/// "02 bộ", "1 bản": how many were handed in.
fn count(folded: &str) -> Option<u32> {
    let words: Vec<&str> = folded.split_whitespace().collect();
    words.windows(2).find_map(|pair| match pair {
        [number, "bo" | "ban" | "anh" | "tam" | "cai"] => number.parse().ok(),
        _ => None,
    })
}
