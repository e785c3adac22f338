//! **broken-signature**: a file was changed after somebody signed it digitally.
//!
//! *Why it matters.* What was signed is not what was handed in. A faulty program can do that too, so a person looks.
//!
//! *Legal basis.* Điều 22 Luật Giao dịch điện tử 2023: a digital signature must tell every change of what was signed.
//!
//! *Fails.* A signed PDF in which a byte of the signed text was changed.
//! *Passes.* A PDF to which another person's signature was added; a signature that could not be checked.

use motcua_domain::FindingKind;

use crate::{
    defect::{Certainty, Defect},
    rules::rule::{Held, PaperRule},
};

pub(crate) const RULE: PaperRule = PaperRule { name: "broken-signature", of_shown: true, check };

fn check(held: &Held<'_>) -> Option<Defect> {
    let tampered = held.piece.sheets.iter().any(|sheet| sheet.tampered);
    tampered.then(|| Defect {
        rule: RULE.name,
        kind: FindingKind::WrongCopyType,
        certainty: Certainty::Undecided,
        message: format!("{}: tệp đã bị sửa sau khi ký số.", held.need.requirement.name),
        fix: "Nộp tệp gốc có chữ ký số còn nguyên vẹn, hoặc bản giấy.".to_owned(),
        lines: Vec::new(),
    })
}
