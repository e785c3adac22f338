//! **unacceptable-paper**: a paper was handed in and does not count; the rule about the paper says why.
//!
//! *Why it matters.* Whoever brought a paper must hear what is wrong with it, not that it is missing.
//!
//! *Legal basis.* Điều 16 Nghị định 118/2025/NĐ-CP: guidance is accurate, complete and specific.
//!
//! *Fails.* A văn bản ủy quyền without lời chứng where it must be attested: reported as `wrong-copy-type`.
//! *Passes.* The same paper where the law does not ask for attestation.

use motcua_domain::{ComponentState, Finding, FindingKind, Severity};

use crate::{defect::Certainty, judged::Judged, rules::rule::DossierRule};

pub(crate) const RULE: DossierRule = DossierRule { name: "unacceptable-paper", check };

fn check(judged: &Judged<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (need, outcome) in judged.needs_with_outcomes() {
        let matters = match outcome.state {
            ComponentState::Missing | ComponentState::Unreadable | ComponentState::Pending => true,
            _ => need.is_optional(),
        };
        if !matters {
            continue;
        }
        let mut spoken_of = Vec::new();
        for (_, taken) in need.taken() {
            // A paper that will do in one of the ways is not at fault.
            let good =
                need.taken().any(|(_, other)| other.piece == taken.piece && other.defect.is_none());
            let Some(defect) = taken.defect.as_ref().filter(|_| !good) else { continue };
            if spoken_of.contains(&taken.piece) {
                continue;
            }
            spoken_of.push(taken.piece);
            let told = outcome.state == ComponentState::Missing;
            let (kind, severity) = match defect.certainty {
                Certainty::Certain if told => (defect.kind, Severity::Blocking),
                Certainty::Certain | Certainty::Undecided => (defect.kind, Severity::Warning),
                Certainty::Unread => (FindingKind::Illegible, Severity::Warning),
            };
            let words = (defect.message.clone(), defect.fix.clone());
            let mut finding = judged.finding(defect.rule, (kind, severity), (need, outcome), words);
            judged.point_at(&mut finding, taken.piece, &defect.lines);
            findings.push(finding);
        }
    }
    findings
}
