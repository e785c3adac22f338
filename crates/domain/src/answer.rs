use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ProcedureCode;

/// Who is asking.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Someone at a kiosk.
    #[default]
    Citizen,
    /// Someone behind the counter: legal basis first.
    Official,
}

/// A kind of fact that a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// Giấy tờ.
    Papers,
    /// Phí, lệ phí.
    Fee,
    /// Thời hạn.
    Time,
    /// Nơi nộp.
    Place,
    /// Các bước.
    Steps,
    /// Điều kiện.
    Conditions,
    /// Căn cứ pháp lý.
    LegalBasis,
    /// Mẫu đơn, tờ khai.
    Form,
    /// Kết quả.
    Result,
    /// Nộp trực tuyến.
    Online,
}

/// How a question ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Answered from a procedure's facts.
    Answered,
    /// Several procedures fit: one thing must be asked first.
    Clarify,
    /// Nothing in the corpus fits.
    NotCovered,
    /// Something the assistant must not do.
    Refused,
}

/// A procedure that may be meant, with its score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// Its code.
    pub code: ProcedureCode,
    /// Its name.
    pub name: String,
    /// 0 to 1, comparable within one result.
    pub score: f32,
}

/// What must be asked before answering.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clarification {
    /// The question.
    pub ask: String,
    /// What can be chosen.
    pub options: Vec<ClarifyOption>,
}

/// One choice of a [`Clarification`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClarifyOption {
    /// The words shown.
    pub label: String,
    /// The procedure it leads to.
    pub code: ProcedureCode,
}

/// The identifier of a piece of evidence within one answer: `E1`, `E2` …
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EvidenceId(pub u16);

impl fmt::Display for EvidenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "E{}", self.0)
    }
}

/// What a piece of evidence states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// A paper to hand in or show.
    Paper,
    /// A fee.
    Fee,
    /// A time limit.
    Time,
    /// A place.
    Place,
    /// A step.
    Step,
    /// A condition.
    Condition,
    /// A legal basis.
    LegalBasis,
    /// A form.
    Form,
    /// A result.
    Result,
    /// What and whose the procedure is: name, code, field, authority, state of review.
    Overview,
}

/// A fact with its source, which sentences cite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its identifier in this answer.
    pub id: EvidenceId,
    /// What it states.
    pub kind: EvidenceKind,
    /// The fact, in Vietnamese, complete in itself.
    pub text: String,
    /// The procedure it is a fact of.
    pub procedure: ProcedureCode,
    /// Where it stands.
    pub source: EvidenceSource,
}

/// Where a piece of evidence stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceSource {
    /// The document.
    pub document: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// Since when it has been in force.
    pub effective_from: Option<Date>,
}

/// What an answer's sentences were made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerBasis {
    /// Rendered from data.
    Extract,
    /// Written by the model and verified sentence by sentence.
    Model,
}

/// The sentences shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerText {
    /// What they were made from.
    pub basis: AnswerBasis,
    /// In order.
    pub sentences: Vec<Sentence>,
}

/// A sentence and what it cites; without a citation none is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// The sentence, without citation marks.
    pub text: String,
    /// The evidence it rests on. Never empty.
    pub citations: Vec<EvidenceId>,
}

/// A sentence of the model's that was not shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DroppedSentence {
    /// What the model wrote.
    pub text: String,
    /// Why it was dropped.
    pub reason: DropReason,
}

/// Why a sentence was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DropReason {
    /// It cites nothing.
    NoCitation,
    /// It cites evidence that was not given.
    UnknownCitation,
    /// A number, amount or duration is not in the cited evidence.
    NumberNotInEvidence,
    /// A date is not in the cited evidence.
    DateNotInEvidence,
    /// A form code is not in the cited evidence.
    FormNotInEvidence,
    /// An article, clause, point or document number is not in the cited evidence.
    LegalReferenceNotInEvidence,
    /// A paper is named that the cited evidence does not name.
    PaperNotInEvidence,
    /// It is not Vietnamese.
    NotVietnamese,
    /// It says too little that the cited evidence says.
    NotSupported,
    /// It repeats an earlier sentence.
    Repeated,
}
