//! **guardians-consent**: whoever is under age asks, and nothing says that father, mother or guardian agreed.
//!
//! *Why it matters.* The place for it on the form may bear anybody's signature: an aunt is no guardian. A machine does
//! not know whose it is, so a person looks. Where that place alone was left empty, and an officer noted that no consent
//! came apart, there is none.
//!
//! *Legal basis.* Khoản 1 Điều 28 Luật Cư trú and the form's own column for the consent of father, mother or guardian.
//!
//! *Fails.* "Người đăng ký là người chưa thành niên = có, 16 tuổi, đi cùng cô ruột".
//! *Passes.* "có, 16 tuổi, cha đã ghi ý kiến và ký vào tờ khai"; a form that says "Tôi là cha, đồng ý cho con …".

use jiff::ToSpan;
use motcua_domain::FindingKind;

use crate::{
    dates::dates,
    defect::{Certainty, Defect},
    piece::Piece,
    rules::rule::{Held, PaperRule},
    rules::unfilled_form::is_form,
    words::{holds, phrase, words},
};

pub(crate) const RULE: PaperRule = PaperRule { name: "guardians-consent", of_shown: false, check };

fn check(held: &Held<'_>) -> Option<Defect> {
    // Of boxes side by side one may have come out between the words of another.
    let wants = ["người giám hộ", "ý kiến của cha mẹ"];
    let wants = wants.iter().any(|place| holds(&held.piece.all, &words(place)));
    if !is_form(held) || !wants || consents(held.notes) || states_consent(&held.piece.all) {
        return None;
    }
    let noted = is_under_age(held.notes);
    if !noted && is_of_age(held.notes) {
        return None;
    }
    let empty = held.piece.is_clear() && empty_box(held.piece);
    if !(noted || empty && is_born_late(held)) {
        return None;
    }
    // Empty on the form, and no paper apart: nobody consented.
    let sure = noted && empty && withholds(held.notes);
    let name = &held.need.requirement.name;
    let due = "người chưa thành niên phải có ý kiến đồng ý của cha, mẹ hoặc người giám hộ";
    let (why, fix) = if empty {
        (
            "ô ý kiến đó còn để trống",
            "Cha, mẹ hoặc người giám hộ ghi ý kiến đồng ý và ký vào tờ khai.",
        )
    } else {
        ("chưa ghi nhận", "Xem ai ký ở ô ý kiến của cha, mẹ hoặc người giám hộ.")
    };
    Some(Defect {
        rule: RULE.name,
        kind: FindingKind::UnfilledForm,
        certainty: if sure { Certainty::Certain } else { Certainty::Undecided },
        message: format!("{name}: {due}; {why}."),
        fix: fix.to_owned(),
        lines: Vec::new(),
    })
}

/// An officer noted that the applicant is under age.
fn is_under_age(notes: &[(String, String)]) -> bool {
    notes.iter().any(|(about, says)| {
        let has = |text: &str| {
            ["chua thanh nien", "duoi 18 tuoi", "chua du 18"].iter().any(|age| text.contains(age))
        };
        let polarity = crate::officer::polarity(says);
        let told = polarity == Some(true) || age(says).is_some_and(|age| age < OF_AGE);
        // "31 tuổi, có hai con chưa thành niên": the applicant is of age; "dưới 18 tuổi" tells no age.
        let is_of_age = age(says).is_some_and(|age| age > OF_AGE);
        let says_so = polarity != Some(false) && !is_of_age && has(&phrase(says));
        (has(&phrase(about)) && told) || says_so
    })
}

/// An officer noted that the applicant is not under age.
fn is_of_age(notes: &[(String, String)]) -> bool {
    notes.iter().any(|(about, says)| {
        let denies = crate::officer::polarity(says) == Some(false);
        let (about, says) = (phrase(about), phrase(says));
        // "Người chưa thành niên = chưa có ý kiến cha mẹ" denies something else.
        let of_more = ["y kien", "dong y", "giam ho", "cha", "me"]
            .iter()
            .any(|words| format!(" {about} {says} ").contains(&format!(" {words} ")));
        let plainly = says.starts_with("khong") && !says.starts_with("khong co");
        about.ends_with("chua thanh nien") && denies && plainly && !of_more
    })
}

/// The first number of years that is told: "một em 16 tuổi".
fn age(says: &str) -> Option<u32> {
    let says = phrase(says);
    let words: Vec<&str> = says.split(' ').collect();
    words.windows(2).find_map(|pair| match pair {
        [age, "tuoi"] => age.parse().ok(),
        _ => None,
    })
}

/// In years.
const OF_AGE: u32 = 18;

/// The form gives a birthday by which the applicant is under age.
fn is_born_late(held: &Held<'_>) -> bool {
    let birth = held.piece.lines().find(|line| phrase(line).contains("ngay thang nam sinh"));
    let born = birth.and_then(|line| dates(line).into_iter().next());
    let of_age = born.and_then(|born| born.checked_add(i64::from(OF_AGE).years()).ok());
    of_age.is_some_and(|of_age| of_age > held.received_on)
}

/// Of the four places that are dated beside each other, the one for father and mother, the third, is not.
fn empty_box(piece: &Piece) -> bool {
    let undated = |line: &str| -> Option<Vec<bool>> {
        let folded = line.to_lowercase();
        let fields: Vec<&str> = folded.split("ngày").skip(1).collect();
        let undated = |field: &&str| !field.chars().take(WITHIN).any(|c| c.is_ascii_digit());
        (fields.len() == BOXES).then(|| fields.iter().map(undated).collect())
    };
    piece.lines().filter_map(undated).any(|boxes| boxes == [false, false, true, false])
}

const BOXES: usize = 4;
/// So far behind "ngày" its number would stand.
const WITHIN: usize = 6;

/// What a note says of the parents, clause by clause; `about` is not said of anybody's consent.
fn clauses(notes: &[(String, String)]) -> impl Iterator<Item = (String, String)> {
    notes.iter().flat_map(|(about, says)| {
        let about = phrase(about).replace("dang ky", "");
        let clauses = says.split([',', ';', '.']);
        clauses.map(move |clause| {
            let clause = phrase(clause).replace("dang ky", "");
            (format!(" {about} "), format!(" {clause} "))
        })
    })
}

fn has(text: &str, any: &[&str]) -> bool {
    any.iter().any(|words| text.contains(&format!(" {words} ")))
}

const PARENTS: &[&str] = &["cha", "me", "bo", "giam ho", "bo me", "cha me"];
const CONSENT: &[&str] = &["ky", "dong y", "y kien"];
const DENIAL: &[&str] = &["khong", "chua"];

/// Whether a paper is one by which parents or guardians consent.
pub(super) fn is_consent(about: &str) -> bool {
    let about = format!(" {} ", phrase(about).replace("dang ky", ""));
    has(&about, CONSENT) && has(&about, PARENTS)
}

/// An officer noted that one who may consent did.
pub(super) fn consents(notes: &[(String, String)]) -> bool {
    clauses(notes).any(|(about, clause)| {
        let text = format!("{about}{clause}");
        has(&text, PARENTS) && has(&text, CONSENT) && !has(&clause, DENIAL)
    })
}

/// "Tôi là cha, đồng ý cho con …", written on the form by whoever consents.
fn states_consent(form: &[String]) -> bool {
    let text = format!(" {} ", form.join(" "));
    PARENTS_OWN_WORDS.iter().any(|words| text.contains(&format!(" {words} dong y ")))
}

/// How parents begin, folded.
const PARENTS_OWN_WORDS: &[&str] = &[
    "toi la cha",
    "toi la cha de",
    "toi la bo",
    "toi la bo de",
    "toi la me",
    "toi la me de",
    "toi la nguoi giam ho",
    "la cha toi",
    "la me toi",
    "chung toi la cha me",
];

/// An officer noted that a consent is lacking: "không gửi giấy đồng ý riêng", "Văn bản đồng ý của cha mẹ = không có".
fn withholds(notes: &[(String, String)]) -> bool {
    clauses(notes).any(|(about, clause)| {
        let starts = DENIAL.iter().any(|no| clause.starts_with(&format!(" {no} ")));
        if starts && is_consent(&about) {
            return true;
        }
        let denied = DENIAL.iter().find_map(|no| clause.split_once(&format!(" {no} ")));
        denied.is_some_and(|(_, after)| has(&format!(" {after}"), CONSENT))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notes(about: &str, says: &str) -> Vec<(String, String)> {
        vec![(about.to_owned(), says.to_owned())]
    }

    #[test]
    fn to_register_is_not_to_sign() {
        let asked = "Người đăng ký là người chưa thành niên";
        let none = notes(asked, "đúng; cha mẹ ở quê, không gửi giấy đồng ý riêng");
        assert!(is_under_age(&none) && withholds(&none) && !consents(&none));
        assert!(!is_under_age(&notes("Người đăng ký", "31 tuổi, có hai con chưa thành niên")));
        assert!(is_under_age(&notes(asked, "có, đi cùng mẹ 42 tuổi")));
        let lacking = notes("Văn bản đồng ý riêng của cha mẹ", "không có");
        assert!(withholds(&lacking) && !consents(&lacking));
        assert!(is_of_age(&notes(asked, "không, 26 tuổi")));
        assert!(!is_of_age(&notes(asked, "không rõ")));
        assert!(!is_of_age(&notes("Người chưa thành niên", "chưa có ý kiến cha mẹ")));
        let given = notes(asked, "có, 16 tuổi, cha đã ghi ý kiến và ký vào tờ khai");
        assert!(is_under_age(&given) && consents(&given) && !withholds(&given));
    }
}
