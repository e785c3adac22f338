use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{CaseQuestion, CopyType, Period, ProcedureCode};

/// The judgement of a dossier (*kết quả kiểm tra hồ sơ*). A function of its inputs alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DossierReport {
    /// The procedure it was judged by.
    pub procedure: ProcedureCode,
    /// Hash of the procedure's facts, so that a later reader can tell which version was used.
    pub procedure_version: String,
    /// When the rules it was judged by are in force, as far as that is stated.
    pub rules_in_force: Period,
    /// The day of reception, by which validity is judged.
    pub received_on: Date,
    /// What it comes to.
    pub verdict: Verdict,
    /// One entry per row of the record's component list, in row order.
    pub components: Vec<ComponentReport>,
    /// Questions that still decide something.
    pub questions: Vec<OpenQuestion>,
    /// What is wrong or doubtful.
    pub findings: Vec<Finding>,
    /// Papers that belong to no component.
    pub unassigned: Vec<UnassignedDocument>,
    /// Facts given in words that matched no question.
    pub unmatched_facts: Vec<String>,
}

/// What a dossier comes to. Never a score: a score has no legal meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Everything asked for is there.
    Complete,
    /// Something asked for is not there.
    Incomplete,
    /// Something could not be read or decided: a person must look.
    NeedsHuman,
}

/// The state of one row of the component list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComponentState {
    /// An acceptable paper is there.
    Provided,
    /// Nothing acceptable was handed in.
    Missing,
    /// It does not concern this case, or the row asks for nothing.
    NotApplicable,
    /// A database stands in for it.
    ReplacedByData,
    /// It is only shown at the counter.
    PresentOnly,
    /// A paper is there and cannot be read.
    Unreadable,
    /// It depends on an answer not yet given, or on words the machine could not read.
    Pending,
}

/// One row of the component list, judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComponentReport {
    /// 0-based row in the record's own list.
    pub row: usize,
    /// The requirement it belongs to; empty for notes.
    pub id: String,
    /// What a reader is shown.
    pub name: String,
    /// Its state.
    pub state: ComponentState,
    /// The accepted form.
    pub copy_type: CopyType,
    /// How many.
    pub quantity: u32,
    /// The files that were taken for it.
    pub files: Vec<AssignedFile>,
    /// Whether it waits for an answer that decides nothing but what has to be shown: the verdict does not wait for it.
    pub only_shown: bool,
    /// Why it has this state, in a sentence.
    pub reason: String,
    /// The law behind it.
    pub legal_basis: Vec<String>,
}

/// A file, or part of one, taken for a component.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AssignedFile {
    /// The file's name.
    pub name: String,
    /// Its pages, 1-based.
    pub pages: Vec<u32>,
    /// What the paper was taken for.
    pub document_type: String,
    /// 0 to 1.
    pub confidence: f32,
}

/// A question that still decides rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenQuestion {
    /// The question.
    pub question: CaseQuestion,
    /// The rows that hang on it.
    pub decides_rows: Vec<usize>,
}

/// Something wrong or doubtful in a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule that found it, named as the defect, for example `missing-component`.
    pub rule: String,
    /// How much it matters.
    pub severity: Severity,
    /// What kind of defect it is.
    pub kind: FindingKind,
    /// The row concerned.
    pub row: Option<usize>,
    /// The file concerned.
    pub file: Option<String>,
    /// The page concerned, 1-based.
    pub page: Option<u32>,
    /// What is wrong, in Vietnamese.
    pub message: String,
    /// What to do about it.
    pub fix: String,
    /// The law behind it.
    pub legal_basis: Vec<String>,
    /// The lines it rests on; none where it rests on what is not there.
    #[serde(default)]
    pub read_at: Vec<ReadAt>,
}

/// A line on which something was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadAt {
    /// The file's name.
    pub file: String,
    /// The page, 1-based.
    pub page: u32,
    /// The line's place among those of the page, from 0.
    pub line: usize,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// A person should look.
    Warning,
    /// The dossier cannot be accepted as it is.
    Blocking,
}

/// The kinds of defect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// No paper was handed in for it.
    Missing,
    /// A plain copy where a certified one or the original is due.
    WrongCopyType,
    /// No longer valid on the day of reception.
    Expired,
    /// The paper is someone else's.
    WrongPerson,
    /// The form is blank or half filled.
    UnfilledForm,
    /// It belongs to no component.
    IrrelevantDocument,
    /// A page cannot be read.
    Illegible,
    /// The same paper twice.
    Duplicate,
    /// Two papers contradict each other.
    Inconsistent,
    /// The form has been replaced by a newer one.
    OutdatedForm,
}

/// A paper that belongs to no component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnassignedDocument {
    /// The file's name.
    pub file: String,
    /// What it looks like; empty when that cannot be told.
    pub document_type: String,
}
