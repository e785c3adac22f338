//! **not-shown**: a paper that is only looked at, and nothing says that it was.
//!
//! *Why it matters.* What is shown at the counter leaves no file, so its absence is no defect; but the
//! officer must not forget to look.
//!
//! *Legal basis.* The procedure's own list: the paper is presented (*xuất trình*), not handed in.
//!
//! *Fails.* No identity card among the files, and no note that it was shown.
//! *Passes.* "Giấy tờ tùy thân = đã xuất trình thẻ căn cước".

use motcua_domain::{ComponentState, Finding, FindingKind, Handover, Severity};

use crate::{judged::Judged, need::Need, rules::rule::DossierRule};

pub(crate) const RULE: DossierRule = DossierRule { name: "not-shown", check };

fn check(judged: &Judged<'_>) -> Vec<Finding> {
    judged
        .needs_with_outcomes()
        .filter(|(need, outcome)| {
            let is_awaited =
                outcome.state == ComponentState::PresentOnly || hangs_on_it(need, outcome.state);
            is_awaited
                && need.taken().next().is_none()
                && !need
                    .said
                    .as_ref()
                    .is_some_and(|said| said.shown == Some(true) || said.given == Some(true))
        })
        .map(|(need, outcome)| {
            let severity =
                if hangs_on_it(need, outcome.state) { Severity::Warning } else { Severity::Info };
            let message = format!("Chưa ghi nhận đã xem: {}.", need.requirement.name);
            let fix = "Đề nghị người nộp xuất trình bản chính tại quầy để đối chiếu.".to_owned();
            judged.finding(
                RULE.name,
                (FindingKind::Missing, severity),
                (need, outcome),
                (message, fix),
            )
        })
        .collect()
}

/// Whether nothing but this paper can decide, as its look-up failed.
fn hangs_on_it(need: &Need<'_>, state: ComponentState) -> bool {
    let is_shown = need.requirement.handover == Handover::Present;
    is_shown && state == ComponentState::Pending && need.looked_up_in_vain()
}
