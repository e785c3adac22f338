//! Scoring of reports against labelled dossiers. Pure: the caller reads the files.
//!
//! ```
//! use motcua_dossier::evaluation::Totals;
//! let totals = Totals::default();
//! assert_eq!(totals.dossiers, 0);
//! assert!(totals.verdict_accuracy().is_none());
//! ```

use motcua_domain::{
    ComponentReport, ComponentState, DossierReport, Finding, FindingKind, Severity, Verdict,
};
use serde::{Deserialize, Serialize};

/// What a labelled dossier should come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// The verdict.
    pub verdict: Verdict,
    /// The rows whose state is labelled.
    #[serde(default)]
    pub components: Vec<ExpectedComponent>,
    /// The findings that should be raised.
    #[serde(default)]
    pub findings: Vec<ExpectedFinding>,
    /// Rows whose text is not clear for this case: neither their state nor a finding on them is scored.
    #[serde(default)]
    pub unscored_rows: Vec<usize>,
}

/// The expected state of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedComponent {
    /// 0-based row of the portal record's list.
    pub row: usize,
    /// The state.
    pub state: ComponentState,
    /// Other states that are right.
    #[serde(default)]
    pub also_accept: Vec<ComponentState>,
    /// The files that belong to it.
    #[serde(default)]
    pub files: Vec<String>,
    /// Other files that may be named for it.
    #[serde(default)]
    pub files_also_accept: Vec<String>,
    /// Files that belong to it and do not satisfy it alone.
    #[serde(default)]
    pub partial_files: Vec<String>,
}

/// A finding that should be raised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedFinding {
    /// What kind of defect it is.
    pub kind: FindingKind,
    /// Other kinds that are right.
    #[serde(default)]
    pub also_accept: Vec<FindingKind>,
    /// The row.
    #[serde(default)]
    pub row: Option<usize>,
    /// Any of these rows is right.
    #[serde(default)]
    pub row_any: Vec<usize>,
    /// The file.
    #[serde(default)]
    pub file: Option<String>,
    /// Any of these files is right. A finding that names none always is, so a null among them says nothing more.
    #[serde(default, deserialize_with = "named")]
    pub file_any: Vec<String>,
    /// Right to raise, not wrong to leave out.
    #[serde(default)]
    pub optional: bool,
}

fn named<'de, D: serde::Deserializer<'de>>(list: D) -> Result<Vec<String>, D::Error> {
    Ok(Vec::<Option<String>>::deserialize(list)?.into_iter().flatten().collect())
}

/// A report held against what was expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierScore {
    /// The labelled verdict.
    pub expected: Verdict,
    /// The verdict of the report.
    pub found: Verdict,
    /// Every scored row.
    pub rows: Vec<RowScore>,
    /// Expected findings that were raised.
    pub findings_right: usize,
    /// Expected findings, optional ones aside.
    pub findings_expected: Vec<FindingKind>,
    /// Expected findings that were not raised, optional ones aside.
    pub findings_missed: Vec<ExpectedFinding>,
    /// Findings that nobody expected. One that only informs is not counted.
    pub findings_false: Vec<Finding>,
}

/// A row held against its label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowScore {
    /// The row.
    pub row: usize,
    /// The labelled state.
    pub expected: ComponentState,
    /// The state in the report; `None` if it has no such row.
    pub found: Option<ComponentState>,
    /// Whether that is right, other accepted states included.
    pub state_right: bool,
    /// Whether the files named for it are right; `None` where the label names none.
    pub files_right: Option<bool>,
}

/// Scores over many dossiers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// How many dossiers.
    pub dossiers: usize,
    /// (expected, found, how often).
    pub verdicts: Vec<(Verdict, Verdict, usize)>,
    /// (expected, found, how often) of the scored rows.
    pub states: Vec<(ComponentState, ComponentState, usize)>,
    /// How many rows were scored.
    pub rows: usize,
    /// How many of them have a right state.
    pub rows_right: usize,
    /// Rows with labelled files, and how many of them are right.
    pub files: (usize, usize),
    /// Rows that are not missing by their label, and how many of them were called missing.
    pub called_missing: (usize, usize),
    /// Findings raised and expected, missed, and false.
    pub findings: (usize, usize, usize),
    /// Of each kind of finding: how many were expected, optional ones aside, and how many of them missed.
    pub kinds: Vec<(FindingKind, usize, usize)>,
}

/// Holds a report against a label.
pub fn score(report: &DossierReport, expected: &Expected) -> DossierScore {
    let rows = expected
        .components
        .iter()
        .filter(|component| !expected.unscored_rows.contains(&component.row))
        .map(|component| {
            row_score(component, report.components.iter().find(|found| found.row == component.row))
        })
        .collect();
    let mut open: Vec<&ExpectedFinding> = expected.findings.iter().collect();
    let mut findings_right = 0;
    let mut findings_false = Vec::new();
    for finding in &report.findings {
        if let Some(at) = open.iter().position(|expected| fits(expected, finding)) {
            open.remove(at);
            findings_right += 1;
        } else {
            let unscored = finding.row.is_some_and(|row| expected.unscored_rows.contains(&row));
            let again = expected.findings.iter().any(|expected| fits(expected, finding));
            if finding.severity > Severity::Info && !unscored && !again {
                findings_false.push(finding.clone());
            }
        }
    }
    let due = expected.findings.iter().filter(|expected| !expected.optional);
    let findings_expected = due.map(|expected| expected.kind).collect();
    let findings_missed = open.into_iter().filter(|expected| !expected.optional).cloned().collect();
    DossierScore {
        expected: expected.verdict,
        found: report.verdict,
        rows,
        findings_right,
        findings_expected,
        findings_missed,
        findings_false,
    }
}

fn row_score(expected: &ExpectedComponent, found: Option<&ComponentReport>) -> RowScore {
    let state = found.map(|found| found.state);
    let right =
        state.is_some_and(|state| state == expected.state || expected.also_accept.contains(&state));
    let files_right = (!expected.files.is_empty()).then(|| {
        let named: Vec<&str> = found
            .map(|found| found.files.iter().map(|file| file.name.as_str()).collect())
            .unwrap_or_default();
        let allowed = |name: &str| {
            let lists = [&expected.files, &expected.files_also_accept, &expected.partial_files];
            lists.iter().any(|list| list.iter().any(|file| file == name))
        };
        let all = expected.files.iter().all(|file| named.contains(&file.as_str()));
        let some_other =
            expected.files_also_accept.iter().any(|file| named.contains(&file.as_str()));
        (all || some_other) && named.iter().all(|name| allowed(name))
    });
    RowScore {
        row: expected.row,
        expected: expected.state,
        found: state,
        state_right: right,
        files_right,
    }
}

fn fits(expected: &ExpectedFinding, finding: &Finding) -> bool {
    let kind = expected.kind == finding.kind || expected.also_accept.contains(&finding.kind);
    let row = match (expected.row, expected.row_any.is_empty()) {
        (None, true) => true,
        (row, _) => {
            finding.row.is_some()
                && (row == finding.row
                    || finding.row.is_some_and(|row| expected.row_any.contains(&row)))
        }
    };
    let file = match (&expected.file, expected.file_any.is_empty()) {
        (None, true) => true,
        (file, _) => finding
            .file
            .as_ref()
            .is_none_or(|found| file.as_ref() == Some(found) || expected.file_any.contains(found)),
    };
    kind && row && file
}

impl Totals {
    /// Adds one dossier.
    pub fn add(&mut self, score: &DossierScore) {
        self.dossiers += 1;
        count(&mut self.verdicts, score.expected, score.found);
        for row in &score.rows {
            self.rows += 1;
            self.rows_right += usize::from(row.state_right);
            if let Some(found) = row.found {
                count(&mut self.states, row.expected, found);
            }
            if let Some(right) = row.files_right {
                self.files.0 += 1;
                self.files.1 += usize::from(right);
            }
            if row.expected != ComponentState::Missing {
                self.called_missing.0 += 1;
                self.called_missing.1 +=
                    usize::from(row.found == Some(ComponentState::Missing) && !row.state_right);
            }
        }
        self.findings.0 += score.findings_right;
        self.findings.1 += score.findings_missed.len();
        self.findings.2 += score.findings_false.len();
        for kind in &score.findings_expected {
            if !self.kinds.iter().any(|(known, ..)| known == kind) {
                self.kinds.push((*kind, 0, 0));
            }
            for (_, expected, _) in self.kinds.iter_mut().filter(|(known, ..)| known == kind) {
                *expected += 1;
            }
        }
        for finding in &score.findings_missed {
            for (_, _, missed) in self.kinds.iter_mut().filter(|(kind, ..)| *kind == finding.kind) {
                *missed += 1;
            }
        }
    }

    /// Share of dossiers with the right verdict, 0 to 1.
    pub fn verdict_accuracy(&self) -> Option<f64> {
        share(self.count_verdicts(|expected, found| expected == found), self.dossiers)
    }

    /// Of the dossiers that are not complete, the share that was called complete: the harmful error.
    pub fn false_complete(&self) -> Option<f64> {
        let open = |verdict: Verdict| verdict != Verdict::Complete;
        let all = self.count_verdicts(|expected, _| open(expected));
        share(
            self.count_verdicts(|expected, found| open(expected) && found == Verdict::Complete),
            all,
        )
    }

    /// Of the rows that are not missing, the share that was called missing: an applicant sent home.
    pub fn false_missing(&self) -> Option<f64> {
        share(self.called_missing.1, self.called_missing.0)
    }

    /// Share of scored rows with a right state.
    pub fn state_accuracy(&self) -> Option<f64> {
        share(self.rows_right, self.rows)
    }

    /// Share of the raised findings that were expected.
    pub fn finding_precision(&self) -> Option<f64> {
        share(self.findings.0, self.findings.0 + self.findings.2)
    }

    /// Share of the expected findings that were raised.
    pub fn finding_recall(&self) -> Option<f64> {
        share(self.findings.0, self.findings.0 + self.findings.1)
    }

    fn count_verdicts(&self, which: impl Fn(Verdict, Verdict) -> bool) -> usize {
        self.verdicts
            .iter()
            .filter(|(expected, found, _)| which(*expected, *found))
            .map(|(_, _, often)| often)
            .sum()
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

fn count<T: PartialEq>(table: &mut Vec<(T, T, usize)>, expected: T, found: T) {
    match table.iter_mut().find(|(a, b, _)| *a == expected && *b == found) {
        Some((_, _, often)) => *often += 1,
        None => table.push((expected, found, 1)),
    }
}

#[cfg(test)]
mod tests {
    use motcua_domain::{CopyType, Period};

    use super::*;

    fn component(row: usize, state: ComponentState) -> ComponentReport {
        ComponentReport {
            row,
            id: String::new(),
            name: String::new(),
            state,
            copy_type: CopyType::Unspecified,
            quantity: 1,
            files: Vec::new(),
            only_shown: false,
            reason: String::new(),
            legal_basis: Vec::new(),
        }
    }

    fn finding(kind: FindingKind, severity: Severity, row: Option<usize>) -> Finding {
        Finding {
            rule: String::new(),
            severity,
            kind,
            row,
            file: None,
            page: None,
            message: String::new(),
            fix: String::new(),
            legal_basis: Vec::new(),
            read_at: Vec::new(),
        }
    }

    fn report(
        verdict: Verdict,
        components: Vec<ComponentReport>,
        findings: Vec<Finding>,
    ) -> DossierReport {
        DossierReport {
            procedure: "1.000001".parse().unwrap(),
            procedure_version: String::new(),
            rules_in_force: Period::default(),
            received_on: jiff::civil::date(2026, 1, 1),
            verdict,
            components,
            questions: Vec::new(),
            findings,
            unassigned: Vec::new(),
            unmatched_facts: Vec::new(),
        }
    }

    fn expected(state: ComponentState, also_accept: Vec<ComponentState>) -> ExpectedComponent {
        ExpectedComponent {
            row: 0,
            state,
            also_accept,
            files: Vec::new(),
            files_also_accept: Vec::new(),
            partial_files: Vec::new(),
        }
    }

    #[test]
    fn other_right_answers_are_right_and_unscored_rows_do_not_count() {
        let label = Expected {
            verdict: Verdict::Complete,
            components: vec![expected(
                ComponentState::ReplacedByData,
                vec![ComponentState::NotApplicable],
            )],
            findings: Vec::new(),
            unscored_rows: vec![1],
        };
        let components = vec![
            component(0, ComponentState::NotApplicable),
            component(1, ComponentState::Missing),
        ];
        let on_unscored = finding(FindingKind::Missing, Severity::Blocking, Some(1));
        let came = score(&report(Verdict::Incomplete, components, vec![on_unscored]), &label);
        assert!(came.rows.iter().all(|row| row.state_right));
        assert!(came.findings_false.is_empty());
        let mut totals = Totals::default();
        totals.add(&came);
        assert_eq!(totals.verdict_accuracy(), Some(0.0));
        assert_eq!(totals.false_missing(), Some(0.0));
        assert_eq!(totals.false_complete(), None);
    }

    #[test]
    fn a_finding_on_a_note_is_false_and_a_missed_one_counts() {
        let missing = ExpectedFinding {
            kind: FindingKind::Missing,
            also_accept: Vec::new(),
            row: Some(2),
            row_any: vec![3],
            file: None,
            file_any: Vec::new(),
            optional: false,
        };
        let label = Expected {
            verdict: Verdict::Incomplete,
            components: Vec::new(),
            findings: vec![
                missing.clone(),
                ExpectedFinding { optional: true, row: Some(9), ..missing },
            ],
            unscored_rows: Vec::new(),
        };
        let other_row = finding(FindingKind::Missing, Severity::Blocking, Some(3));
        let on_note = finding(FindingKind::Missing, Severity::Blocking, Some(7));
        let informs = finding(FindingKind::Duplicate, Severity::Info, None);
        let came = score(
            &report(Verdict::Complete, Vec::new(), vec![other_row, on_note, informs]),
            &label,
        );
        assert_eq!(
            (came.findings_right, came.findings_missed.len(), came.findings_false.len()),
            (1, 0, 1)
        );
        let mut totals = Totals::default();
        totals.add(&came);
        assert_eq!(totals.false_complete(), Some(1.0));
        assert_eq!(totals.finding_precision(), Some(0.5));
        assert_eq!(totals.finding_recall(), Some(1.0));
    }
}
