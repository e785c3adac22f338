//! What is to be checked, and on which day.

use jiff::civil::Date;
use motcua_domain::{CaseFacts, Document, Procedure};

/// What is to be checked.
#[derive(Debug, Clone, Copy)]
pub struct Submission<'a> {
    /// The procedure it is judged by.
    pub procedure: &'a Procedure,
    /// Hash of the procedure's facts, written into the report.
    pub procedure_version: &'a str,
    /// The day of reception, by which validity is judged.
    pub received_on: Date,
    /// Answers to the procedure's questions, by key.
    pub answers: &'a CaseFacts,
    /// What an officer noted in words, for example ("Ủy quyền", "không"). Answers by key win over these.
    pub facts: &'a [(String, String)],
    /// The uploaded files, read.
    pub documents: &'a [Document],
}
