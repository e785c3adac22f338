//! Component rows of a portal record to requirements, by the wording alone.
//!
//! Rows mix papers with notes, exemptions and duties of the official; conditions stand only in the
//! text and in the case heading.
//! Each row is read into a [`CompiledRow`]; [`draft_tree`] makes the requirement tree of it.
//! What is not understood stays text and becomes a question to a person, never a silent pass.

mod glued;
mod necessity;
mod row;
mod tree;
mod wording;

use motcua_domain::{Conjunction, CopyType, Handover, Necessity, Procedure, Requirement, Term};

pub use row::compile_row;
pub(crate) use tree::draft_tree;

use self::wording as w;
use crate::record::Record;

/// What a row of the component list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// One thing to hand in.
    Paper,
    /// One thing to show.
    Present,
    /// Nothing to hand in or show.
    Note,
    /// Several things in one row.
    Glued,
}

impl RowKind {
    /// The word of the interfaces.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Present => "present",
            Self::Note => "note",
            Self::Glued => "glued",
        }
    }
}

/// A row as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompiledRow {
    /// 0-based row.
    pub row: usize,
    /// The row's text, cleaned.
    pub text: String,
    /// The heading it stands under.
    pub heading: String,
    /// What it is.
    pub kind: RowKind,
    /// Whether everybody needs it; none on notes.
    pub necessity: Option<Necessity>,
    /// The words of its condition, verbatim.
    pub condition: Option<String>,
    /// Of how many listed papers one is enough.
    pub alternatives: usize,
    /// What form of it is accepted.
    pub copy_type: CopyType,
    /// Whether a database removes the need.
    pub replaced_by_data: bool,
    /// Its validity, verbatim.
    pub validity: Option<String>,
    /// The form it is filled in on.
    pub form: Option<String>,
    /// How many, by the record's columns; at least 1.
    pub quantity: u32,
}

/// Reads all rows of a record.
pub fn compile_rows(record: &Record) -> Vec<CompiledRow> {
    let headings: Vec<&str> = record.components.iter().map(|row| row.case.as_str()).collect();
    let rows = record.components.iter().enumerate();
    let mut rows: Vec<_> =
        rows.map(|(row, component)| compile_row(row, component, &headings)).collect();
    if headings.iter().all(|heading| *heading == headings[0]) {
        require_sole_application(&mut rows);
    }
    drop_own_object(&record.name, &mut rows);
    rows
}

/// "Quyết định … đối với cảng dầu khí ngoài khơi" in the list of "Công bố mở cảng dầu khí ngoài khơi": what the
/// procedure itself is about is no case of it.
fn drop_own_object(name: &str, rows: &mut [CompiledRow]) {
    let name = format!(" {} ", motcua_text::fold(name));
    for row in rows {
        let object = row.condition.as_deref().map(motcua_text::fold).and_then(|condition| {
            let object = condition.strip_prefix("doi voi ")?.trim_end_matches(['.', ',', ';', ' ']);
            (object.split(' ').count() > 1).then(|| format!(" {object} "))
        });
        let is_own = object.is_some_and(|object| name.contains(&object));
        if is_own && row.necessity == Some(Necessity::Conditional) {
            row.necessity = Some(Necessity::Always);
            row.condition = None;
        }
    }
}

/// The rows of a procedure that a person wrote, as far as its requirements and notes name them, in their order.
/// Where several requirements cover a row, each in its case, the first tells what it is.
pub fn written_rows(procedure: &Procedure) -> Vec<CompiledRow> {
    let written = |row: usize| {
        let covers = |one: &&Requirement| one.rows.contains(&row);
        if let Some(requirement) = procedure.requirements.iter().find(covers) {
            return Some(written_row(row, requirement, procedure));
        }
        let note = procedure.notes.iter().find(|note| note.rows.contains(&row))?;
        Some(noted_row(row, &note.text))
    };
    (0..procedure.row_count).filter_map(written).collect()
}

fn noted_row(row: usize, text: &str) -> CompiledRow {
    CompiledRow {
        row,
        text: text.to_owned(),
        heading: String::new(),
        kind: RowKind::Note,
        necessity: None,
        condition: None,
        alternatives: 1,
        copy_type: CopyType::Unspecified,
        replaced_by_data: false,
        validity: None,
        form: None,
        quantity: 1,
    }
}

/// A case in the words of the questions that it answers: "Nộp bằng cách nào? Trực tiếp / Bưu chính".
fn condition_words(requirement: &Requirement, procedure: &Procedure) -> Option<String> {
    let term = |term: &Term| {
        let question = procedure.questions.iter().find(|one| one.key == term.key)?;
        let label = |value: &String| {
            let answer = question.answers.iter().find(|answer| answer.value == *value)?;
            Some(answer.label.clone())
        };
        let labels: Vec<String> = term.values.iter().filter_map(label).collect();
        Some(format!("{} {}", question.ask, labels.join(" / ")))
    };
    let all = |conjunction: &Conjunction| {
        let terms: Vec<String> = conjunction.all_of.iter().filter_map(term).collect();
        terms.join("; ")
    };
    let cases: Vec<String> = requirement.when.any_of.iter().map(all).collect();
    Some(cases.join(" | ")).filter(|words| !words.is_empty())
}

/// How the paper is copied, where that is the same whichever of the alternatives is brought.
fn one_copy_type(requirement: &Requirement) -> CopyType {
    let firsts = requirement.any_of.iter().filter_map(|list| list.all_of.first());
    let mut types: Vec<CopyType> = firsts.map(|paper| paper.copy_type).collect();
    types.dedup();
    if let [one] = types[..] { one } else { CopyType::Unspecified }
}

fn written_row(row: usize, requirement: &Requirement, procedure: &Procedure) -> CompiledRow {
    let paper = requirement.any_of.first().and_then(|list| list.all_of.first());
    let kind = match requirement.handover {
        _ if requirement.any_of.iter().all(|list| list.all_of.len() > 1) => RowKind::Glued,
        Handover::Submit => RowKind::Paper,
        Handover::Present => RowKind::Present,
    };
    CompiledRow {
        kind,
        necessity: Some(requirement.necessity),
        condition: condition_words(requirement, procedure),
        alternatives: requirement.any_of.len(),
        copy_type: one_copy_type(requirement),
        replaced_by_data: requirement.replaced_by_data.is_some(),
        validity: paper.and_then(|paper| paper.validity.clone()),
        form: paper.and_then(|paper| paper.form.clone()),
        quantity: paper.map_or(1, |paper| paper.quantity),
        ..noted_row(row, requirement.source_text.as_ref().unwrap_or(&requirement.name))
    }
}

/// The one form by which the request is made is everybody's, whatever "đối với …" says of the request:
/// "Đơn đề nghị giám định lại đối với thương binh".
fn require_sole_application(rows: &mut [CompiledRow]) {
    let lower: Vec<String> = rows.iter().map(|row| row.text.to_lowercase()).collect();
    let mut applications = (0..rows.len()).filter(|at| w::APPLICATION.is_match(&lower[*at]));
    let (Some(at), None) = (applications.next(), applications.next()) else { return };
    let row = &mut rows[at];
    let of_request = row.condition.as_ref().is_some_and(|condition| {
        let condition = condition.to_lowercase();
        w::OF_REQUEST.is_match(&condition) && !condition.contains("trường hợp")
    });
    if of_request && row.kind == RowKind::Paper && row.necessity == Some(Necessity::Conditional) {
        row.necessity = Some(Necessity::Always);
        row.condition = None;
    }
}
