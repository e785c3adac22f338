//! A report after an official has decided on its findings.

use std::collections::BTreeSet;

use motcua_domain::{ComponentReport, ComponentState, DossierReport, Finding, Severity};

use crate::report::verdict;

/// The report without the findings that an official rejected, by their places in it. A row that was
/// missing, unreadable or undecided by those alone counts as provided: a person has looked, and answers for it.
/// Nothing rejected, nothing changed.
#[must_use]
pub fn overrule(report: &DossierReport, rejected: &BTreeSet<usize>) -> DossierReport {
    let mut kept = report.clone();
    if rejected.is_empty() {
        return kept;
    }
    let marked = report.findings.iter().enumerate();
    let (out, findings): (Vec<_>, Vec<_>) = marked.partition(|(at, _)| rejected.contains(at));
    kept.findings = findings.into_iter().map(|(_, finding)| finding.clone()).collect();
    // A record may repeat a paper in several rows; a finding speaks of the paper.
    let id_of = |row: usize| {
        let component = report.components.iter().find(|component| component.row == row);
        component.map(|component| component.id.as_str()).filter(|id| !id.is_empty())
    };
    let speaks_of = |finding: &Finding, row: usize| {
        let of_row = finding.row == Some(row)
            || finding.row.and_then(id_of).is_some_and(|id| id_of(row) == Some(id));
        of_row && finding.severity >= Severity::Warning
    };
    for component in &mut kept.components {
        let was_rejected = out.iter().any(|(_, finding)| speaks_of(finding, component.row));
        let still_stands = kept.findings.iter().any(|finding| speaks_of(finding, component.row));
        let wanting = matches!(
            component.state,
            ComponentState::Missing | ComponentState::Unreadable | ComponentState::Pending
        );
        if wanting && was_rejected && !still_stands {
            component.state = ComponentState::Provided;
            "Cán bộ đã xem và chấp nhận.".clone_into(&mut component.reason);
        }
    }
    // What only informs stood in nobody's way.
    if out.iter().any(|(_, finding)| finding.severity >= Severity::Warning) {
        kept.verdict = verdict(&kept, is_empty(&kept));
    }
    kept
}

/// Whether nothing was handed in, and nothing was accepted as if it had been.
fn is_empty(report: &DossierReport) -> bool {
    let there = |component: &ComponentReport| {
        component.state == ComponentState::Provided || !component.files.is_empty()
    };
    report.unassigned.is_empty() && !report.components.iter().any(there)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use motcua_domain::{CopyType, FindingKind, Period, Verdict};

    use super::*;
    use crate::rules::RULES_NOT_IN_FORCE;

    fn component(row: usize, state: ComponentState) -> ComponentReport {
        ComponentReport {
            row,
            id: format!("r{row}"),
            name: "Giấy".to_owned(),
            state,
            copy_type: CopyType::Original,
            quantity: 1,
            files: Vec::new(),
            only_shown: false,
            reason: String::new(),
            legal_basis: Vec::new(),
        }
    }

    fn missing(row: usize) -> Finding {
        Finding {
            rule: "missing-component".to_owned(),
            severity: Severity::Blocking,
            kind: FindingKind::Missing,
            row: Some(row),
            file: None,
            page: None,
            message: String::new(),
            fix: String::new(),
            legal_basis: Vec::new(),
            read_at: Vec::new(),
        }
    }

    fn report() -> DossierReport {
        DossierReport {
            procedure: "1.001193".parse().expect("a code"),
            procedure_version: String::new(),
            rules_in_force: Period::default(),
            received_on: date(2026, 11, 10),
            verdict: Verdict::Incomplete,
            components: vec![
                component(0, ComponentState::Missing),
                component(1, ComponentState::Missing),
            ],
            questions: Vec::new(),
            findings: vec![missing(0), missing(1)],
            unassigned: Vec::new(),
            unmatched_facts: Vec::new(),
        }
    }

    #[test]
    fn what_stands_still_stands_in_the_way() {
        let half = overrule(&report(), &BTreeSet::from([0]));
        assert_eq!(half.verdict, Verdict::Incomplete);
        assert_eq!(half.components[0].state, ComponentState::Provided);
        assert_eq!(half.components[1].state, ComponentState::Missing);
        assert_eq!(half.findings.len(), 1);
        assert_eq!(overrule(&report(), &BTreeSet::from([0, 1])).verdict, Verdict::Complete);
        assert_eq!(overrule(&report(), &BTreeSet::new()), report());
    }

    #[test]
    fn a_paper_that_stands_in_two_rows_is_decided_once() {
        let mut report = report();
        report.components[1].id = "r0".to_owned();
        report.findings.pop();
        assert_eq!(overrule(&report, &BTreeSet::from([0])).verdict, Verdict::Complete);
    }

    #[test]
    fn a_doubt_is_settled_by_whoever_decides_on_it_and_by_nothing_else() {
        let doubt = Finding { severity: Severity::Warning, ..missing(2) };
        let two_numbers = Finding { kind: FindingKind::Inconsistent, row: None, ..doubt.clone() };
        let mut report = report();
        report.components = vec![component(2, ComponentState::Pending)];
        report.findings = vec![doubt, two_numbers];
        assert_eq!(overrule(&report, &BTreeSet::from([0])).verdict, Verdict::NeedsHuman);
        assert_eq!(overrule(&report, &BTreeSet::from([1])).verdict, Verdict::NeedsHuman);
        assert_eq!(overrule(&report, &BTreeSet::from([0, 1])).verdict, Verdict::Complete);
    }

    #[test]
    fn what_nobody_decided_stays_open() {
        let mut report = report();
        report.components.push(component(2, ComponentState::Pending));
        let all = BTreeSet::from([0, 1]);
        assert_eq!(overrule(&report, &all).verdict, Verdict::NeedsHuman);
        report.components.pop();
        report.findings.push(Finding {
            rule: RULES_NOT_IN_FORCE.to_owned(),
            severity: Severity::Warning,
            row: None,
            ..missing(0)
        });
        assert_eq!(overrule(&report, &all).verdict, Verdict::NeedsHuman);
    }

    #[test]
    fn what_only_informs_stood_in_nobodys_way() {
        let mut report = report();
        let to_show = ComponentReport { only_shown: true, ..component(1, ComponentState::Pending) };
        report.components = vec![component(0, ComponentState::Provided), to_show];
        report.findings = vec![Finding { severity: Severity::Info, ..missing(0) }];
        report.verdict = Verdict::Complete;
        assert_eq!(overrule(&report, &BTreeSet::from([0])).verdict, Verdict::Complete);
        // Nor does what is only to be shown, once what stood in the way was accepted.
        report.components[0].state = ComponentState::Missing;
        report.findings = vec![missing(0)];
        report.verdict = Verdict::Incomplete;
        assert_eq!(overrule(&report, &BTreeSet::from([0])).verdict, Verdict::Complete);
    }
}
