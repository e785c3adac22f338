use motcua_domain::{
    AssignedFile, CaseQuestion, ComponentReport, DossierReport, Finding, OpenQuestion, Period,
    ReadAt, UnassignedDocument,
};
use motcua_kiosk::Checked;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::dossiers::Decided;

use super::{CaseAnswerView, answer::milliseconds, of_word, word};

/// A checked dossier. Read back (for a letter), what is left out is empty.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct DossierReportView {
    /// The procedure's code.
    pub procedure: String,
    /// Hash of the facts it was judged by.
    pub procedure_version: String,
    /// The first day on which the rules it was judged by are in force, where that is stated.
    pub rules_from: Option<String>,
    /// Their last day, where it has been set.
    pub rules_to: Option<String>,
    /// The day of reception.
    pub received_on: String,
    /// `complete`, `incomplete` or `needs_human`.
    pub verdict: String,
    /// One entry per row of the component list.
    pub components: Vec<ComponentView>,
    /// Questions that still decide something.
    pub questions: Vec<OpenQuestionView>,
    /// What is wrong or doubtful.
    pub findings: Vec<FindingView>,
    /// Papers that belong to no component.
    pub unassigned: Vec<UnassignedView>,
    /// Facts in words that matched no question.
    pub unmatched_facts: Vec<String>,
    /// Times in milliseconds.
    pub timings_ms: CheckTimingsView,
}

/// One row of the component list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ComponentView {
    /// 0-based row in the record's own list.
    pub row: usize,
    /// The requirement it belongs to.
    pub id: String,
    /// What a reader is shown.
    pub name: String,
    /// `provided`, `missing`, `not_applicable` …
    pub state: String,
    /// What is asked for.
    pub required: RequiredView,
    /// The files taken for it.
    pub files: Vec<FileView>,
    /// Whether it waits for an answer that decides nothing but what has to be shown: the verdict does not wait for it.
    pub only_shown: bool,
    /// Why it has this state.
    pub reason: String,
    /// The law behind it.
    pub legal_basis: Vec<String>,
}

/// What form and how many.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct RequiredView {
    /// `original`, `certified_copy` …
    pub copy_type: String,
    /// How many.
    pub quantity: u32,
}

/// A file taken for a component.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct FileView {
    /// Its name.
    pub name: String,
    /// Its pages, 1-based.
    pub pages: Vec<u32>,
    /// What it was taken for.
    pub document_type: String,
    /// 0 to 1.
    pub confidence: f32,
}

/// A question that still decides rows.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct OpenQuestionView {
    /// Its key.
    pub key: String,
    /// The question.
    pub ask: String,
    /// What can be answered.
    pub answers: Vec<CaseAnswerView>,
    /// Whether an official looks it up instead of asking.
    pub lookup: bool,
    /// The rows that hang on it.
    pub decides_rows: Vec<usize>,
}

/// Something wrong or doubtful.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct FindingView {
    /// The rule that found it.
    pub rule: String,
    /// `blocking`, `warning` or `info`.
    pub severity: String,
    /// `missing`, `wrong_copy_type` …
    pub kind: String,
    /// The row concerned.
    pub row: Option<usize>,
    /// The file concerned.
    pub file: Option<String>,
    /// The page concerned, 1-based.
    pub page: Option<u32>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub fix: String,
    /// The law behind it.
    pub legal_basis: Vec<String>,
    /// The lines it rests on; none where it rests on what is not there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub read_at: Vec<ReadAtView>,
    /// What an official decided on it, if one has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionView>,
}

/// A line on which something was read.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ReadAtView {
    /// The file's name.
    pub file: String,
    /// The page, 1-based.
    pub page: u32,
    /// The line's place among those of the page, from 0.
    pub line: usize,
}

/// What an official decided on a finding.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct DecisionView {
    /// Whether they agree with it.
    pub accepted: bool,
    /// Why.
    pub reason: String,
}

/// A paper that belongs to no component.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct UnassignedView {
    /// The file's name.
    pub file: String,
    /// What it looks like.
    pub document_type: String,
}

/// Times in milliseconds.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct CheckTimingsView {
    /// Reading the files, recognition included.
    pub intake: f64,
    /// Recognition is part of reading; kept for programs that add the parts up.
    pub ocr: f64,
    /// Judging.
    pub rules: f64,
    /// All.
    pub total: f64,
}

impl From<&Checked> for DossierReportView {
    fn from(checked: &Checked) -> Self {
        let DossierReport {
            procedure,
            procedure_version,
            rules_in_force,
            received_on,
            verdict,
            components,
            questions,
            findings,
            unassigned,
            unmatched_facts,
        } = &checked.report;
        let (intake, rules) = (checked.timings.intake, checked.timings.rules);
        Self {
            procedure: procedure.to_string(),
            procedure_version: procedure_version.clone(),
            rules_from: rules_in_force.from.map(|day| day.to_string()),
            rules_to: rules_in_force.to.map(|day| day.to_string()),
            received_on: received_on.to_string(),
            verdict: word(verdict),
            components: components.iter().map(ComponentView::from).collect(),
            questions: questions
                .iter()
                .map(|open| OpenQuestionView {
                    key: open.question.key.clone(),
                    ask: open.question.ask.clone(),
                    answers: open.question.answers.iter().map(CaseAnswerView::from).collect(),
                    lookup: open.question.lookup,
                    decides_rows: open.decides_rows.clone(),
                })
                .collect(),
            findings: findings.iter().map(FindingView::from).collect(),
            unassigned: unassigned
                .iter()
                .map(|u| UnassignedView {
                    file: u.file.clone(),
                    document_type: u.document_type.clone(),
                })
                .collect(),
            unmatched_facts: unmatched_facts.clone(),
            timings_ms: CheckTimingsView {
                intake: milliseconds(intake),
                ocr: 0.0,
                rules: milliseconds(rules),
                total: milliseconds(intake + rules),
            },
        }
    }
}

impl From<&ComponentReport> for ComponentView {
    fn from(component: &ComponentReport) -> Self {
        Self {
            row: component.row,
            id: component.id.clone(),
            name: component.name.clone(),
            state: word(&component.state),
            required: RequiredView {
                copy_type: word(&component.copy_type),
                quantity: component.quantity,
            },
            files: component
                .files
                .iter()
                .map(|file| FileView {
                    name: file.name.clone(),
                    pages: file.pages.clone(),
                    document_type: file.document_type.clone(),
                    confidence: (file.confidence * 100.0).round() / 100.0,
                })
                .collect(),
            only_shown: component.only_shown,
            reason: component.reason.clone(),
            legal_basis: component.legal_basis.clone(),
        }
    }
}

impl From<&Finding> for FindingView {
    fn from(finding: &Finding) -> Self {
        Self {
            rule: finding.rule.clone(),
            severity: word(&finding.severity),
            kind: word(&finding.kind),
            row: finding.row,
            file: finding.file.clone(),
            page: finding.page,
            message: finding.message.clone(),
            fix: finding.fix.clone(),
            legal_basis: finding.legal_basis.clone(),
            read_at: finding.read_at.iter().map(ReadAtView::from).collect(),
            decision: None,
        }
    }
}

impl From<&ReadAt> for ReadAtView {
    fn from(read: &ReadAt) -> Self {
        let ReadAt { file, page, line } = read;
        Self { file: file.clone(), page: *page, line: *line }
    }
}

impl From<ReadAtView> for ReadAt {
    fn from(view: ReadAtView) -> Self {
        let ReadAtView { file, page, line } = view;
        Self { file, page, line }
    }
}

impl DossierReportView {
    /// With what an official decided on one finding.
    pub(crate) fn decided(mut self, (at, decided): (usize, Decided)) -> Self {
        if let Some(finding) = self.findings.get_mut(at) {
            let Decided { accepted, reason } = decided;
            finding.decision = Some(DecisionView { accepted, reason });
        }
        self
    }
}

/// A report that was not written by this program, or was changed by hand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("báo cáo có {field} không đúng: `{value}`")]
pub struct BadReport {
    field: &'static str,
    value: String,
}

fn parsed<T>(field: &'static str, value: &str, parsed: Option<T>) -> Result<T, BadReport> {
    parsed.ok_or_else(|| BadReport { field, value: value.to_owned() })
}

impl TryFrom<DossierReportView> for DossierReport {
    type Error = BadReport;

    fn try_from(view: DossierReportView) -> Result<Self, BadReport> {
        let procedure = parsed("procedure", &view.procedure, view.procedure.parse().ok())?;
        let received_on = parsed("received_on", &view.received_on, view.received_on.parse().ok())?;
        let day = |field, text: Option<String>| {
            text.map(|text| parsed(field, &text, text.parse().ok())).transpose()
        };
        let rules_in_force = Period {
            from: day("rules_from", view.rules_from)?,
            to: day("rules_to", view.rules_to)?,
        };
        let components = view.components.into_iter().map(ComponentReport::try_from);
        let findings = view.findings.into_iter().map(Finding::try_from);
        let unassigned = view.unassigned.into_iter();
        Ok(Self {
            procedure,
            procedure_version: view.procedure_version,
            rules_in_force,
            received_on,
            verdict: parsed("verdict", &view.verdict, of_word(&view.verdict))?,
            components: components.collect::<Result<_, _>>()?,
            questions: view.questions.into_iter().map(OpenQuestion::from).collect(),
            findings: findings.collect::<Result<_, _>>()?,
            unassigned: unassigned
                .map(|u| UnassignedDocument { file: u.file, document_type: u.document_type })
                .collect(),
            unmatched_facts: view.unmatched_facts,
        })
    }
}

impl TryFrom<ComponentView> for ComponentReport {
    type Error = BadReport;

    fn try_from(view: ComponentView) -> Result<Self, BadReport> {
        let RequiredView { copy_type, quantity } = view.required;
        Ok(Self {
            row: view.row,
            id: view.id,
            name: view.name,
            state: parsed("state", &view.state, of_word(&view.state))?,
            copy_type: parsed("copy_type", &copy_type, of_word(&copy_type))?,
            quantity,
            files: view.files.into_iter().map(AssignedFile::from).collect(),
            only_shown: view.only_shown,
            reason: view.reason,
            legal_basis: view.legal_basis,
        })
    }
}

impl From<FileView> for AssignedFile {
    fn from(view: FileView) -> Self {
        let FileView { name, pages, document_type, confidence } = view;
        Self { name, pages, document_type, confidence }
    }
}

impl From<OpenQuestionView> for OpenQuestion {
    fn from(view: OpenQuestionView) -> Self {
        let answers = view.answers.into_iter().map(Into::into).collect();
        let OpenQuestionView { key, ask, lookup, decides_rows, .. } = view;
        let question = CaseQuestion { key, ask, answers, lookup, usual: None };
        Self { question, decides_rows }
    }
}

impl TryFrom<FindingView> for Finding {
    type Error = BadReport;

    fn try_from(view: FindingView) -> Result<Self, BadReport> {
        Ok(Self {
            severity: parsed("severity", &view.severity, of_word(&view.severity))?,
            kind: parsed("kind", &view.kind, of_word(&view.kind))?,
            rule: view.rule,
            row: view.row,
            file: view.file,
            page: view.page,
            message: view.message,
            fix: view.fix,
            legal_basis: view.legal_basis,
            read_at: view.read_at.into_iter().map(ReadAt::from).collect(),
        })
    }
}
