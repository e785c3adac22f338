//! An answer noted in words that the procedure file says officials use for it.

use motcua_domain::CaseQuestion;

use super::{
    Fit, TOLD,
    lookalikes::{clauses, phrase, words},
    looked_up, names_a_paper, polarity, speaks_of_handing_in,
    standing::{asks_who_comes, is_granting, is_of_comer},
};

/// What each word of it adds to how well a note fits.
const PER_WORD: f32 = 0.02;

/// So many words may stand between two of the phrase: "con trai của người chết" is noted as "con trai người chết".
const GAP: usize = 2;

/// The answers whose own words stand in the note; the longest words win, others of the same length stay possible.
/// Who comes is what a clause of a note on that begins with: "đồng nghiệp của mẹ trẻ" is not "mẹ trẻ".
pub(super) fn noted_fit<'a>(
    question: &'a CaseQuestion,
    (about, says): &(String, String),
) -> Option<Fit<'a>> {
    if (asks_who_comes(question) && !is_of_comer(&phrase(about))) || is_of_award_before(about, says)
    {
        return None;
    }
    let heads = asks_who_comes(question);
    let place = if heads { Place::Head } else { Place::Anywhere };
    let denies = || other_than(question, &denied(question, about, says)?);
    let (values, length) = longer_told(question, about, says, place)
        .or_else(|| if heads { None } else { Some((denies()?, 0)) })
        .or_else(|| by_label(question, about, says, place))?;
    // Whoever might come in their own right may have been authorised all the same.
    let in_own_right = heads && !values.iter().any(|value| is_granting(question, value));
    // Of two notes the one that says more is meant: a dying person's will is one of land as well.
    let told = TOLD + PER_WORD * length as f32;
    let score = if in_own_right { told - 0.2 } else { told };
    Some(Fit { question, values, about: 1.0, by_polarity: false, score })
}

/// What the note says, or what its label says where that is affirmed in more words: "Người lập di chúc đang bị cái chết
/// đe dọa = đúng vậy, nguy kịch".
fn longer_told<'a>(
    question: &'a CaseQuestion,
    about: &str,
    says: &str,
    place: Place,
) -> Option<(Vec<&'a str>, usize)> {
    let said = told(question, about, says, place)?;
    let affirmed = polarity(says) == Some(true);
    let label = told(question, about, about, place)
        .filter(|(values, length)| affirmed && *values == said.0 && *length > said.1);
    Some(label.unwrap_or(said))
}

/// "Khen thưởng đã có = giấy khen của giám đốc": an award of before is not the one that is asked for now.
fn is_of_award_before(about: &str, says: &str) -> bool {
    let (about, says) = (format!(" {} ", phrase(about)), phrase(says));
    let speaks = |any: &[&str]| any.iter().any(|words| about.contains(&format!(" {words} ")));
    let before = speaks(&["da co", "da nhan", "da dat", "da duoc tang", "truoc day", "cu"])
        || ["da co ", "da nhan ", "da duoc tang "].iter().any(|words| says.starts_with(words));
    speaks(&["khen thuong", "thanh tich", "danh hieu"]) && before
}

/// What the words before the equals sign name and those after it affirm or deny: "Trích đo = có", "Thuê nhà = không".
fn by_label<'a>(
    question: &'a CaseQuestion,
    about: &str,
    says: &str,
    place: Place,
) -> Option<(Vec<&'a str>, usize)> {
    if polarity(says) == Some(true) || looked_up(says).is_some() {
        return told(question, about, about, place);
    }
    // Who has no judgement to hand in may be divorced all the same.
    let about_paper = names_a_paper(about) || speaks_of_handing_in(says);
    let denies = ["khong", "chua"].iter().any(|no| phrase(says).starts_with(no));
    if about_paper || !denies {
        return None;
    }
    let (values, length) = told(question, about, about, Place::Whole)?;
    Some((other_than(question, &values)?, length))
}

/// The answers whose own words a clause denies: "không thuộc diện bị bỏ rơi".
fn denied<'a>(question: &'a CaseQuestion, about: &str, says: &str) -> Option<Vec<&'a str>> {
    let denied = says.split([',', ';', '.', '(', ')']).map(words).filter_map(|clause| {
        let (first, rest) = clause.split_first()?;
        (["khong", "chua"].contains(&first.as_str())).then(|| rest.to_vec())
    });
    let denied: Vec<Vec<String>> = denied.collect();
    let stands = |noted: &String| {
        words_for(about, noted).and_then(|noted| stands_in(&denied, &noted, Place::Whole)).is_some()
    };
    let answers = question.answers.iter().filter(|answer| answer.noted_as.iter().any(stands));
    let values: Vec<&str> = answers.map(|answer| answer.value.as_str()).collect();
    (!values.is_empty()).then_some(values)
}

/// Where in a clause words must stand to count.
#[derive(Debug, Clone, Copy)]
enum Place {
    Anywhere,
    Head,
    /// Nothing else is said to speak of: "hợp đồng thuê nhà: không" denies no lease of a house.
    Whole,
}

/// So many words beside those that are noted still say nothing else: "sinh con nhờ mang thai hộ".
const BESIDE: usize = 3;

/// The answers whose own words stand in a text, the longest, and how many words these are.
fn told<'a>(
    question: &'a CaseQuestion,
    about: &str,
    text: &str,
    place: Place,
) -> Option<(Vec<&'a str>, usize)> {
    // "Bà chủ hộ (người ủy quyền) chưa đăng ký" is said of her without the aside, too.
    let without_asides = without_asides(text);
    let clauses: Vec<Vec<String>> =
        clauses(text).chain(clauses(&without_asides)).map(words).collect();
    // Whoever comes is named first; how they are kin is explained after.
    let first = match place {
        Place::Head => clauses.iter().find(|clause| {
            let mut noted = question.answers.iter().flat_map(|answer| &answer.noted_as);
            noted.any(|noted| {
                words_for(about, noted)
                    .and_then(|noted| stands_in(std::slice::from_ref(clause), &noted, place))
                    .is_some()
            })
        }),
        Place::Anywhere | Place::Whole => None,
    };
    let clauses = first.map_or_else(|| clauses.clone(), |clause| vec![clause.clone()]);
    let stands = |noted: &str| stands_in(&clauses, &words_for(about, noted)?, place);
    let found: Vec<(&str, usize)> = question
        .answers
        .iter()
        .filter_map(|answer| {
            let longest = answer.noted_as.iter().filter_map(|phrase| stands(phrase)).max();
            Some((answer.value.as_str(), longest?))
        })
        .collect();
    let longest = found.iter().map(|(_, length)| *length).max()?;
    let values = found.iter().filter(|(_, length)| *length == longest).map(|(value, _)| *value);
    Some((values.collect(), longest))
}

/// A text without what stands in brackets; nothing where nothing does.
fn without_asides(text: &str) -> String {
    if !text.contains('(') {
        return String::new();
    }
    let after =
        |part: &str| part.split_once(')').map_or(String::new(), |(_, rest)| rest.to_owned());
    let mut parts = text.split('(');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.map(after).fold(first, |whole, rest| whole.trim_end().to_owned() + &rest)
}

/// The words that are noted; `None` if they count only in notes about something else: "cấp lại: hết hạn" says of what
/// has run out that it is the old certificate, and not a card.
fn words_for(about: &str, noted: &str) -> Option<Vec<String>> {
    match noted.split_once(':') {
        Some((topic, noted)) => phrase(about).contains(&phrase(topic)).then(|| words(noted)),
        None => Some(words(noted)),
    }
}

/// How long the phrase is, if it stands in one of the clauses where it must.
fn stands_in(clauses: &[Vec<String>], phrase: &[String], place: Place) -> Option<usize> {
    let placed = |clause: &[String]| match place {
        Place::Anywhere => true,
        Place::Head => clause.first() == phrase.first(),
        Place::Whole => clause.len() <= phrase.len().saturating_add(BESIDE),
    };
    clauses.iter().find(|clause| placed(clause) && is_said(clause, phrase)).map(|_| phrase.len())
}

/// "Thuê nhà = không" leaves every answer but that one.
fn other_than<'a>(question: &'a CaseQuestion, denied: &[&str]) -> Option<Vec<&'a str>> {
    let left = question.answers.iter().map(|answer| answer.value.as_str());
    let left: Vec<&str> = left.filter(|value| !denied.contains(value)).collect();
    (!left.is_empty()).then_some(left)
}

/// What the note denies in so many words: "chết đã lâu" of "04/11, không phải trường hợp chết đã lâu".
pub(super) fn denied_clauses(says: &str) -> Vec<String> {
    let denied = |clause: &str| {
        let clause = phrase(clause);
        let starts = ["khong phai ", "khong thuoc ", "chua phai "];
        let rest = starts.iter().find_map(|start| clause.strip_prefix(start))?;
        (rest.split(' ').count() >= 2).then(|| rest.to_owned())
    };
    clauses(says).filter_map(denied).collect()
}

/// Whether the words stand in the clause in their order, nothing before them denying it.
fn is_said(clause: &[String], phrase: &[String]) -> bool {
    let Some(first) = phrase.first() else { return false };
    let starts = clause.iter().enumerate().filter(|(_, word)| *word == first);
    let denies = |word: &String| ["khong", "chua"].contains(&word.as_str());
    // "Chưa kết hôn với ai sau khi ly hôn": the divorce is not denied. "Người được ủy quyền" is not "người ủy quyền".
    let of_past = phrase.starts_with(&["sau".to_owned(), "khi".to_owned()]);
    let parts = |word: &String| denies(word) || word == "duoc";
    let mut starts = starts.map(|(at, _)| at);
    starts.any(|start| {
        let mut at = start;
        let follows = phrase.iter().skip(1).all(|word| {
            let next = clause.iter().skip(at.saturating_add(1)).take(GAP.saturating_add(1));
            let step = next.clone().position(|other| other == word);
            match step.filter(|step| !next.take(*step).any(parts)) {
                Some(step) => {
                    at = at.saturating_add(step).saturating_add(1);
                    true
                }
                None => false,
            }
        });
        follows && (of_past || !clause.iter().take(start).any(denies))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_may_stand_apart_and_must_not_be_denied() {
        let said = |clause: &str, phrase: &str| is_said(&words(clause), &words(phrase));
        assert!(said("con trai của người chết", "con trai người chết"));
        assert!(said("nay vợ về ở với chồng", "vợ về ở với chồng"));
        assert!(!said("không phải vợ về ở với chồng", "vợ về ở với chồng"));
        assert!(!said("người được ủy quyền đã có", "người ủy quyền đã có"));
        assert!(said("chưa kết hôn với ai sau khi ly hôn", "sau khi ly hôn"));
        assert_eq!(
            denied_clauses("04/11/2026, không phải trường hợp chết đã lâu"),
            ["truong hop chet da lau"]
        );
    }
}
