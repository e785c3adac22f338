//! **not-shown**: a paper that is only looked at, and nothing says that it was.
//!
//! *Why it matters.* What is shown at the counter leaves no file, so its absence is no defect; but the
//! officer must not forget to look.
//!
//! *Legal basis.* The procedure's own list: the paper is presented (*xuất trình*), not handed in.
//!
//! *Fails.* No identity card among the files, and no note that it was shown.
//! *Passes.* "Giấy tờ tùy thân = đã xuất trình thẻ căn cước".

use motcua_domain::{ComponentState, Finding, FindingKind, Severity};

use crate::{judge::Judged, rules::DossierRule};

pub(crate) const RULE: DossierRule = DossierRule { name: "not-shown", check };

fn check(judged: &Judged<'_>) -> Vec<Finding> {
    judged
        .needs_with_outcomes()
        .filter(|(need, outcome)| {
            outcome.state == ComponentState::PresentOnly
                && need.taken().next().is_none()
                && !need.said.as_ref().is_some_and(|said| said.shown || said.given == Some(true))
        })
        .map(|(need, outcome)| {
            let message = format!("Chưa ghi nhận đã xem: {}.", need.requirement.name);
            let fix = "Đề nghị người nộp xuất trình bản chính tại quầy để đối chiếu.".to_owned();
            judged.finding(
                RULE.name,
                (FindingKind::Missing, Severity::Info),
                (need, outcome),
                (message, fix),
            )
        })
        .collect()
}
