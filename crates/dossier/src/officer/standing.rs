//! Whether somebody came in another's place, and who.

use motcua_domain::{CaseAnswer, CaseQuestion};

use super::{
    Fit, TOLD, content, label_fit, label_weights,
    lookalikes::{clauses, phrase},
    polarity,
    relation::of_relation,
};

/// What a note says of who came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Somebody was authorised.
    Authorised,
    /// Nobody was: people came themselves, or in their own right.
    InPerson,
    /// Somebody came because another asked them to.
    Sent,
    /// No letter of authority was brought, which whoever comes in their own right does not need and a friend does.
    NoLetter,
}

/// What the note says of who came. "Bà nội của trẻ" alone says nothing: many may come in their own right.
fn standing((about, says): &(String, String)) -> Option<Standing> {
    let about = format!(" {} ", phrase(about)).replace(" uq ", " uy quyen ");
    let holds = |any: &[&str]| any.iter().any(|words| about.contains(words));
    // What members of a household give each other, and who has an account, is asked apart.
    if holds(&["thanh vien", "tai khoan", "dinh danh", "nguoi uy quyen", "duoc uy quyen"]) {
        return None;
    }
    let named = holds(&["uy quyen"]);
    let of_comer = named || is_of_comer(&about);
    let parts: Vec<Standing> =
        clauses(says).filter_map(|part| clause_says(part, of_comer)).collect();
    let to_somebody = named && phrase(says).starts_with("cho ");
    let by_word = match polarity(says).or(to_somebody.then_some(true)).filter(|_| named) {
        Some(true) => Some(Standing::Authorised),
        // "Ủy quyền = không có giấy", "= chưa".
        Some(false) if holds(&["giay", "van ban"]) || is_of_lacking_letter(says) => {
            Some(Standing::NoLetter)
        }
        Some(false) => Some(Standing::InPerson),
        None => None,
    };
    let first = [Standing::Authorised, Standing::InPerson, Standing::Sent];
    let said = first.into_iter().find(|standing| parts.contains(standing));
    said.or(by_word).or(parts.first().copied())
}

/// "Không có giấy", "chưa có", "chưa làm": there is no letter, whoever came.
fn is_of_lacking_letter(says: &str) -> bool {
    let says = phrase(says.split([',', ';', '(', '.']).next().unwrap_or(says));
    let verbs = ["dem", "mang", "kem", "nop", "lam", "thay", "kip"];
    let not_here = says.strip_prefix("khong ").and_then(|rest| rest.split(' ').next());
    says == "chua"
        || not_here.is_some_and(|verb| verbs.contains(&verb))
        || says.starts_with("chua ")
        || ["giay", "van ban"].iter().any(|paper| says.contains(paper))
}

/// Whether a note is about whoever comes; `about` is folded.
pub(super) fn is_of_comer(about: &str) -> bool {
    COMERS.iter().any(|words| about.contains(words))
}

/// How notes call whoever comes.
const COMERS: &[&str] = &[
    "nguoi di",
    "nguoi nop",
    "nguoi mang",
    "mang ho so",
    "di nop",
    "ai nop",
    "ai den",
    "nguoi khai",
    "nguoi den",
    "nguoi yeu cau",
    "nguoi dang ky",
    "nguoi lam",
    "nguoi thuc hien",
    "nop ho so",
    "hinh thuc nop",
    "quan he",
];

/// What one clause says of it. `of_comer`: the note is about who comes.
fn clause_says(clause: &str, of_comer: bool) -> Option<Standing> {
    let text = format!(" {} ", phrase(clause));
    let has = |any: &[&str]| any.iter().any(|words| text.contains(&format!(" {words} ")));
    // Members of a household make one of them its head: that one may still come alone.
    let speaks = has(&["uy quyen"]) && !has(&["lam chu ho"]);
    if speaks && has(&["khong", "chua"]) {
        let needless = ["khong uy quyen", "khong co uy quyen", "khong can", "khong phai"];
        if has(&needless) && !has(&["khong phai chung thuc", "khong can chung thuc"]) {
            return Some(Standing::InPerson);
        }
        let letter = has(&["giay uy quyen", "van ban uy quyen"]);
        let lacking = ["khong co giay", "khong co van ban", "chua co giay", "chua co van ban"];
        let unmade = ["khong lam", "khong nop", "chua nop", "khong mang", "chua lam", "khong kem"];
        if letter && (has(&lacking) || has(&unmade)) {
            return Some(Standing::NoLetter);
        }
        // "Có giấy ủy quyền không chứng thực" was handed in all the same.
        return has(&["co giay", "co van ban", "duoc uy quyen"]).then_some(Standing::Authorised);
    }
    if speaks && (of_comer || !has(&["nguoi uy quyen"])) {
        return Some(Standing::Authorised);
    }
    if of_comer
        && has(&["nop thay", "di thay", "nop ho", "di ho", "lam thay", "khai thay", "nho", "gium"])
    {
        return Some(Standing::Sent);
    }
    let self_done = ["tu di", "tu nop", "tu den", "tu lam", "tu minh", "tu khai"];
    let oneself = ["chinh nguoi", "chinh chu", "chinh minh", "duong su", "dich than", "ban than"];
    let asker = ["nguoi yeu cau", "nguoi de nghi", "nguoi can xac nhan"];
    let asks = |text: &str| asker.iter().any(|asker| text.starts_with(asker));
    let is_asker = asks(text.trim_start()) || asks(text.trim_start().trim_start_matches("la "));
    // Without its marks a close friend ("bạn thân") is oneself ("bản thân").
    let denied_friend = clause.to_lowercase().contains("bạn");
    let said = has(&self_done) || (of_comer && (has(&oneself) || is_asker));
    let denied = has(&["khong the", "khong tu", "khong phai", "khong di", "ban cua", "con cua"]);
    (said && !denied && !denied_friend).then_some(Standing::InPerson)
}

/// The one of these answers whose label the note fits clearly best.
fn clearest_label<'a>(
    question: &CaseQuestion,
    answers: &[&'a CaseAnswer],
    (about, says): &(String, String),
) -> Option<&'a CaseAnswer> {
    let labels = label_weights(question);
    let asked = content(&question.ask);
    let mut fits: Vec<(&'a CaseAnswer, f32)> = answers
        .iter()
        .map(|answer| (*answer, label_fit(&answer.label, (about, says), &asked, &labels).0))
        .collect();
    fits.sort_by(|a, b| b.1.total_cmp(&a.1));
    match fits.as_slice() {
        [(answer, best), (_, next), ..] if *best >= 0.85 && best - next >= 0.2 => Some(*answer),
        _ => None,
    }
}

/// The answers that a note on who comes leaves possible, where the question asks for that. `noted`: the answers whose
/// own words stand in it.
pub(super) fn standing_fit<'a>(
    question: &'a CaseQuestion,
    note: &(String, String),
    noted: &[&str],
) -> Option<Fit<'a>> {
    let (granting, own) = sides(question)?;
    let named = |answers: &[&'a CaseAnswer]| {
        let mut named = answers.iter().filter(|answer| noted.contains(&answer.value.as_str()));
        named.next().copied().filter(|_| named.next().is_none())
    };
    let in_own_right = || {
        let own_right = named(&own).or_else(|| clearest_label(question, &own, note));
        own_right.filter(|_| own.len() > 1)
    };
    let granted = || match named(&granting) {
        Some(only) => vec![only],
        None => of_kin(&of_recipient(&granting, &note.1), note),
    };
    let left = match standing(note)? {
        Standing::Authorised => granted(),
        Standing::InPerson => in_own_right().map_or_else(|| own.clone(), |only| vec![only]),
        // A grandfather whom the parents sent needs no letter for what he may do himself.
        Standing::Sent => in_own_right().map_or_else(granted, |only| vec![only]),
        Standing::NoLetter => vec![in_own_right()?],
    };
    let values = left.into_iter().map(|answer| answer.value.as_str()).collect();
    Some(Fit { question, values, about: 1.0, by_polarity: true, score: TOLD })
}

/// Whether the answer is one by which somebody was authorised.
pub(super) fn is_granting(question: &CaseQuestion, value: &str) -> bool {
    let sides = sides(question);
    sides.is_some_and(|(granting, _)| granting.iter().any(|answer| answer.value == value))
}

/// Answers that do not contradict how the note says people are related, as far as that tells them apart.
fn of_kin<'a>(answers: &[&'a CaseAnswer], (about, says): &(String, String)) -> Vec<&'a CaseAnswer> {
    let fitting = of_relation(answers.iter().copied(), &format!("{about}, {says}"));
    if fitting.is_empty() { answers.to_vec() } else { fitting }
}

/// Whether the fit takes for granted what the note does not say: "con trai người chết" is no answer to whom somebody
/// authorised, and "giấy ủy quyền: không có" none to whether somebody should have been.
pub(super) fn presumes(fit: &Fit<'_>, note: &(String, String)) -> bool {
    if !asks_who_comes(fit.question) {
        return false;
    }
    let grants = fit.values.iter().all(|value| is_granting(fit.question, value));
    match standing(note) {
        Some(Standing::NoLetter) => true,
        Some(Standing::InPerson) => grants,
        Some(_) => false,
        None => grants && !phrase(&note.0).contains("uy quyen"),
    }
}

/// Whether a note says that no letter was brought, by which the question who comes stays open.
pub(crate) fn lacks_letter(question: &CaseQuestion, note: &(String, String)) -> bool {
    asks_who_comes(question) && standing(note) == Some(Standing::NoLetter)
}

/// Whether the question asks who comes, and whether in another's place.
pub(super) fn asks_who_comes(question: &CaseQuestion) -> bool {
    sides(question).is_some()
}

/// Whether the question is about whoever comes at all: who it is, and how they are kin.
pub(super) fn asks_of_comer(question: &CaseQuestion) -> bool {
    let ask = phrase(&question.ask);
    asks_who_comes(question) || is_of_comer(&ask) || ask.contains("uy quyen")
}

/// The answers by which somebody was authorised and those by which nobody was; `None` where that is not asked.
fn sides(question: &CaseQuestion) -> Option<(Vec<&CaseAnswer>, Vec<&CaseAnswer>)> {
    let ask = phrase(&question.ask);
    let asks = ask.starts_with("co uy quyen cho nguoi khac");
    // "Người được ủy quyền là ai?" takes it for granted.
    if ask.contains("uy quyen") && !asks {
        return None;
    }
    // "Thay đổi nội dung gì?" may have an answer that speaks of an authorisation, and asks of no one.
    let of_somebody = ask.split(' ').any(|word| ["ai", "nguoi", "nop", "den"].contains(&word));
    if !asks && !of_somebody {
        return None;
    }
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

    fn said(about: &str, says: &str) -> Option<Standing> {
        standing(&(about.to_owned(), says.to_owned()))
    }

    #[test]
    fn whoever_comes_in_person_authorises_nobody() {
        let in_person = [
            ("Người đi khai", "con trai người chết, tự đi, không ủy quyền cho ai"),
            ("Người đi nộp", "chính người cần xác nhận"),
            ("Người đi nộp", "đương sự tự nộp"),
            ("Ủy quyền", "không"),
        ];
        for (about, says) in in_person {
            assert_eq!(said(about, says), Some(Standing::InPerson), "{about}: {says}");
        }
        let authorised = [
            ("Ủy quyền", "có, chủ hộ ủy quyền cho cháu đi nộp"),
            ("Người đi nộp", "em gái, có giấy ủy quyền không chứng thực"),
            ("Ủy quyền", "có (nói miệng), không có giấy"),
        ];
        for (about, says) in authorised {
            assert_eq!(said(about, says), Some(Standing::Authorised), "{about}: {says}");
        }
        assert_eq!(said("Người đi nộp", "không tự đi được, nhờ con gái"), Some(Standing::Sent));
        assert_eq!(said("Thành viên hộ", "vợ chồng, ủy quyền cho chồng làm chủ hộ"), None);
        assert_eq!(said("Giấy ủy quyền", "không có"), Some(Standing::NoLetter));
        let no_letter = said("Người đi đăng ký", "bà nội của trẻ, không có giấy ủy quyền");
        assert_eq!(no_letter, Some(Standing::NoLetter));
        assert_eq!(said("Người đi khai", "con trai người chết"), None);
        assert_eq!(said("Tài khoản định danh", "người ủy quyền chưa có"), None);
        assert_eq!(said("Tài khoản của người ủy quyền", "chưa có"), None);
    }
}
