//! **guardians-consent**: whoever is under age asks, and nothing says that father, mother or guardian agreed.
//!
//! *Why it matters.* The place for it on the form may bear anybody's signature: an aunt is no guardian. A machine does
//! not know whose it is, so a person looks.
//!
//! *Legal basis.* Khoản 1 Điều 28 Luật Cư trú and the form's own column for the consent of father, mother or guardian.
//!
//! *Fails.* "Người đăng ký là người chưa thành niên = có, 16 tuổi, đi cùng cô ruột".
//! *Passes.* "có, 16 tuổi, cha đã ghi ý kiến và ký vào tờ khai".

use motcua_domain::FindingKind;

use crate::{
    rules::{Certainty, Defect, Held, PaperRule, unfilled_form::is_form},
    words::{holds, phrase, words},
};

pub(crate) const RULE: PaperRule = PaperRule { name: "guardians-consent", of_shown: false, check };

fn check(held: &Held<'_>) -> Option<Defect> {
    let wants = holds(&held.piece.all, &words("người giám hộ"));
    if !is_form(held) || !wants || !is_under_age(held.notes) || consents(held.notes) {
        return None;
    }
    Some(Defect {
        rule: RULE.name,
        kind: FindingKind::UnfilledForm,
        certainty: Certainty::Undecided,
        message: format!(
            "{}: người chưa thành niên phải có ý kiến đồng ý của cha, mẹ hoặc người giám hộ; chưa ghi nhận.",
            held.need.requirement.name
        ),
        fix: "Xem ai ký ở ô ý kiến của cha, mẹ hoặc người giám hộ.".to_owned(),
        lines: Vec::new(),
    })
}

/// An officer noted that the applicant is under age.
fn is_under_age(notes: &[(String, String)]) -> bool {
    notes.iter().any(|(about, says)| {
        let about = phrase(about);
        let of_age =
            ["chua thanh nien", "duoi 18 tuoi", "chua du 18"].iter().any(|age| about.contains(age));
        of_age && crate::officer::polarity(says) == Some(true)
    })
}

/// An officer noted that one who may consent did.
fn consents(notes: &[(String, String)]) -> bool {
    let clauses = notes.iter().flat_map(|(about, says)| {
        says.split([',', ';', '.'])
            .map(move |clause| format!(" {} {} ", phrase(about), phrase(clause)))
    });
    let has =
        |text: &str, any: &[&str]| any.iter().any(|words| text.contains(&format!(" {words} ")));
    let mut clauses = clauses;
    clauses.any(|text| {
        has(&text, &["cha", "me", "bo", "giam ho", "bo me", "cha me"])
            && has(&text, &["ky", "dong y", "y kien"])
            && !has(&text, &["khong", "chua co", "chua ky", "chua dong y"])
    })
}
