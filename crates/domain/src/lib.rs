//! The vocabulary of the one-stop counter (*bộ phận Một cửa*).
//!
//! Every other crate speaks in these types: a [`Procedure`] with its facts and requirement tree,
//! the [`Evidence`] an answer cites, the documents read from a dossier and the [`DossierReport`]
//! that judges them.
//! Nothing here touches a file, a clock, the network or a thread; dates come in as arguments.
//!
//! Names follow `docs/GLOSSARY.md`; the Vietnamese term stands beside each type.
#![forbid(unsafe_code)]
#![deny(clippy::disallowed_methods)]

mod answer;
mod case;
mod code;
mod document;
mod fact;
mod procedure;
mod report;
mod requirement;

pub use answer::{
    AnswerBasis, AnswerText, Audience, Candidate, Clarification, ClarifyOption, DropReason,
    DroppedSentence, Evidence, EvidenceId, EvidenceKind, EvidenceSource, Intent, Outcome, Sentence,
};
pub use case::{CaseAnswer, CaseFacts, CaseQuestion, Condition, Conjunction, Term, Truth};
pub use code::{ParseProcedureCodeError, ProcedureCode};
pub use document::{
    Area, DigitalSignature, Document, Fact, FileKind, Integrity, Legibility, Page, Presence,
    Reading, TextLine,
};
pub use fact::{Channel, Fee, FeeAmount, Place, Statement, TimeLimit, TimeSpan, TimeUnit};
pub use procedure::{
    Detail, Jurisdiction, LegalBasis, Level, Period, Procedure, Review, Source, SourceId,
};
pub use report::{
    AssignedFile, ComponentReport, ComponentState, DossierReport, Finding, FindingKind,
    OpenQuestion, ReadAt, Severity, UnassignedDocument, Verdict,
};
pub use requirement::{
    Content, CopyType, DataReplacement, Handover, Necessity, Note, Paper, PaperList, Requirement,
    RowCase,
};
