//! Whether somebody came in another's place, and who.

use motcua_domain::{CaseAnswer, CaseQuestion};

use super::{Fit, TOLD, noted::clauses, of_relation, polarity};
use crate::words::phrase;

/// Whether the note says that somebody was authorised. "Bà nội của trẻ" alone says neither: many may come in their
/// own right.
pub(super) fn authorised((about, says): &(String, String)) -> Option<bool> {
    let of_members = phrase(about).contains("thanh vien");
    let named = phrase(about).contains("uy quyen") && !of_members;
    let of_comer =
        named || ["nguoi", "nop", "di ", "yeu cau"].iter().any(|word| phrase(about).contains(word));
    let parts: Vec<Option<bool>> =
        clauses(says).map(|clause| clause_says(clause, of_comer)).collect();
    if parts.contains(&Some(true)) {
        return Some(true);
    }
    if parts.contains(&Some(false)) {
        return Some(false);
    }
    if named { polarity(says) } else { None }
}

/// What one clause says of it. `of_comer`: the note is about who comes.
fn clause_says(clause: &str, of_comer: bool) -> Option<bool> {
    let text = format!(" {} ", phrase(clause));
    let has = |any: &[&str]| any.iter().any(|words| text.contains(&format!(" {words} ")));
    let speaks = has(&["uy quyen"]);
    if speaks && has(&["khong", "chua"]) {
        // "Giấy ủy quyền không chứng thực" was handed in all the same.
        let none = ["uy quyen", "co uy quyen", "co giay uy quyen", "co van ban uy quyen"];
        let none = none.iter().chain(&["can uy quyen", "phai uy quyen", "can giay uy quyen"]);
        let none =
            none.chain(&["can van ban uy quyen", "lam giay uy quyen", "phai co giay uy quyen"]);
        let denied = |words: &&str| has(&[&format!("khong {words}")]);
        return none.into_iter().any(|words| denied(&words)).then_some(false);
    }
    let for_another = has(&["nop thay", "di thay", "nop ho", "di nop ho", "lam thay", "nho"]);
    if speaks && !has(&["nguoi uy quyen"]) || (of_comer && for_another) {
        return Some(true);
    }
    let self_done = ["tu di", "tu nop", "tu den", "tu lam", "tu minh", "tu khai", "tu di nop"];
    let oneself = ["chinh nguoi", "chinh chu", "chinh minh", "duong su", "dich than", "ban than"];
    let said = has(&self_done) || (of_comer && has(&oneself));
    let denied = has(&["khong the", "khong tu", "khong phai", "khong di"]);
    (said && !denied).then_some(false)
}

/// The answers that a note on who comes leaves possible, where the question asks for that.
pub(super) fn standing_fit<'a>(
    question: &'a CaseQuestion,
    note: &(String, String),
) -> Option<Fit<'a>> {
    let (granting, own) = sides(question)?;
    let possible = if authorised(note)? { granting } else { own };
    let of_kin = |answers: &[&'a CaseAnswer]| -> Vec<&'a CaseAnswer> {
        let fitting = of_relation(answers.iter().copied(), &format!("{}, {}", note.0, note.1));
        if fitting.is_empty() { answers.to_vec() } else { fitting }
    };
    let mut left = of_kin(&of_recipient(&possible, &note.1));
    if left.len() > 1 {
        let named = super::clearest_label(question, &left, note);
        left.retain(|answer| named.is_none_or(|named| answer.value == named));
    }
    let values = left.into_iter().map(|answer| answer.value.as_str()).collect();
    Some(Fit { question, values, about: 1.0, by_polarity: true, score: TOLD })
}

/// Whether the fit takes for granted that somebody was authorised, of which the note says nothing: "con trai người
/// chết" is no answer to whom somebody authorised.
pub(super) fn presumes(fit: &Fit<'_>, note: &(String, String)) -> bool {
    let speaks = phrase(&note.0).contains("uy quyen") || authorised(note).is_some();
    let Some((granting, _)) = sides(fit.question).filter(|_| !speaks) else { return false };
    fit.values.iter().all(|value| granting.iter().any(|answer| answer.value == *value))
}

/// Whether the question asks who comes, and whether in another's place.
pub(super) fn asks_who_comes(question: &CaseQuestion) -> bool {
    sides(question).is_some()
}

/// The answers by which somebody was authorised and those by which nobody was; `None` where that is not asked.
fn sides(question: &CaseQuestion) -> Option<(Vec<&CaseAnswer>, Vec<&CaseAnswer>)> {
    let asks = phrase(&question.ask).starts_with("co uy quyen cho nguoi khac");
    let grants = |answer: &&CaseAnswer| {
        if asks {
            polarity(&answer.label) == Some(true)
        } else {
            phrase(&answer.label).contains("uy quyen")
        }
    };
    let (granting, own): (Vec<_>, Vec<_>) = question.answers.iter().partition(grants);
    (!question.lookup && !granting.is_empty() && !own.is_empty()).then_some((granting, own))
}

/// Who may act for another, as labels and notes call them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Recipient {
    Person,
    Organisation,
    Post,
}

fn recipient(text: &str) -> Option<Recipient> {
    let text = format!(" {} ", phrase(text));
    let has = |any: &[&str]| any.iter().any(|words| text.contains(&format!(" {words} ")));
    if has(&["buu chinh", "buu dien"]) {
        return Some(Recipient::Post);
    }
    if has(&["to chuc", "cong ty", "doanh nghiep", "don vi", "van phong"]) {
        return Some(Recipient::Organisation);
    }
    has(&[
        "ca nhan", "nguoi", "con", "chau", "vo", "chong", "anh", "chi", "em", "me", "bo", "cha",
        "ban",
    ])
    .then_some(Recipient::Person)
}

/// The answers for the kind of recipient that is named, where answers tell kinds apart.
fn of_recipient<'a>(answers: &[&'a CaseAnswer], says: &str) -> Vec<&'a CaseAnswer> {
    let named = recipient(says);
    let fits = |answer: &&&CaseAnswer| named.is_some() && recipient(&answer.label) == named;
    let fitting: Vec<&CaseAnswer> = answers.iter().filter(fits).copied().collect();
    if fitting.is_empty() { answers.to_vec() } else { fitting }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(about: &str, says: &str) -> Option<bool> {
        authorised(&(about.to_owned(), says.to_owned()))
    }

    #[test]
    fn whoever_comes_in_person_authorises_nobody() {
        let self_done = [
            ("Người đi khai", "con trai người chết, tự đi, không ủy quyền cho ai"),
            ("Người đi nộp", "chính người cần xác nhận"),
            ("Người đi nộp", "đương sự tự nộp"),
            ("Người đi đăng ký", "bà nội của trẻ, không có giấy ủy quyền"),
            ("Ủy quyền", "không"),
        ];
        for (about, says) in self_done {
            assert_eq!(said(about, says), Some(false), "{about}: {says}");
        }
        assert_eq!(said("Ủy quyền", "có, chủ hộ ủy quyền cho cháu đi nộp"), Some(true));
        assert_eq!(said("Người đi nộp", "em gái, có giấy ủy quyền không chứng thực"), Some(true));
        assert_eq!(said("Người đi nộp", "không tự đi được, nhờ con gái"), Some(true));
        assert_eq!(said("Người đi khai", "con trai người chết"), None);
        assert_eq!(said("Tài khoản định danh", "người ủy quyền chưa có"), None);
    }
}
