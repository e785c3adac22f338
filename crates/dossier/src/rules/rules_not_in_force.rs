//! **rules-not-in-force**: the requirements at hand do not hold on the day of reception.
//!
//! *Why it matters.* A dossier is judged by the rules of the day it was received; with the rules of another
//! day nothing may be called complete, nor missing, without a person's look.
//!
//! *Legal basis.* Nghị định 118/2025/NĐ-CP, Điều 16: guidance follows the published decision.
//!
//! *Fails.* Received on 1/6/2025 under requirements in force from 1/7/2025.
//! *Passes.* Received on 10/11/2026 under the same.

use motcua_domain::{Finding, FindingKind, Severity};

use crate::{
    judged::{Judged, finding},
    rules::rule::DossierRule,
};

pub(crate) const NAME: &str = "rules-not-in-force";
pub(crate) const RULE: DossierRule = DossierRule { name: NAME, check };

fn check(judged: &Judged<'_>) -> Vec<Finding> {
    let submission = judged.submission;
    if submission.procedure.effective.contains(submission.received_on) {
        return Vec::new();
    }
    let day = submission.received_on.strftime("%d/%m/%Y");
    let message = format!("Yêu cầu đang có của thủ tục này không có hiệu lực vào ngày {day}.");
    let fix = "Cán bộ đối chiếu với quy định có hiệu lực vào ngày tiếp nhận.".to_owned();
    let kind = (FindingKind::Inconsistent, Severity::Warning);
    vec![finding(RULE.name, kind, None, (message, fix))]
}
