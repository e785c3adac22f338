//! **missing-component**: a paper that is certainly due is not among the uploaded files.
//!
//! *Why it matters.* The dossier cannot be received, and the applicant must be told once, completely.
//!
//! *Legal basis.* Điều 16 Nghị định 118/2025/NĐ-CP: guidance is accurate, complete and specific.
//!
//! *Fails.* "Ủy quyền = có" was noted and no văn bản ủy quyền is there.
//! "Không khai thác được nơi cư trú" was noted, and nothing that was shown in its place.
//! *Passes.* "Ủy quyền" was not noted: the row is pending, nobody is accused.

use motcua_domain::{ComponentState, Finding, FindingKind, Handover, Severity};

use crate::{judged::Judged, need::Need, rules::rule::DossierRule};

pub(crate) const RULE: DossierRule = DossierRule { name: "missing-component", check };

fn check(judged: &Judged<'_>) -> Vec<Finding> {
    judged
        .needs_with_outcomes()
        .filter(|(need, outcome)| {
            outcome.state == ComponentState::Missing
                && !need.taken().any(|(_, taken)| taken.defect.is_some())
        })
        .map(|(need, outcome)| {
            let name = &need.requirement.name;
            let lacking = lacking(need);
            let shown = need.requirement.handover == Handover::Present;
            let message = if need.taken().next().is_some() && !lacking.is_empty() {
                format!("{name}: còn thiếu {}.", lacking.join("; "))
            } else if shown {
                format!("Chưa xuất trình: {name}.")
            } else {
                format!("Chưa có giấy tờ: {name}.")
            };
            let fix =
                format!("{} {}.", if shown { "Xuất trình" } else { "Nộp thêm" }, wanted(need));
            judged.finding(
                RULE.name,
                (FindingKind::Missing, Severity::Blocking),
                (need, outcome),
                (message, fix),
            )
        })
        .collect()
}

/// The papers of the first open list that are not there.
fn lacking(need: &Need<'_>) -> Vec<String> {
    let papers = need
        .lists
        .first()
        .into_iter()
        .flat_map(|list| &list.slots)
        .filter_map(|at| need.slots.get(*at));
    papers.filter(|slot| slot.taken.is_empty()).map(|slot| slot.paper.name.clone()).collect()
}

/// The open lists in words: "A và B, hoặc C".
fn wanted(need: &Need<'_>) -> String {
    let list = |slots: &[usize]| {
        let names: Vec<&str> = slots
            .iter()
            .filter_map(|at| need.slots.get(*at))
            .map(|slot| slot.paper.name.as_str())
            .collect();
        names.join(" và ")
    };
    let lists: Vec<String> = need.lists.iter().map(|open| list(&open.slots)).collect();
    if lists.is_empty() { need.requirement.name.clone() } else { lists.join(", hoặc ") }
}
