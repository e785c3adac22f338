//! An official reads a procedure's file, mends it and puts their name under it.

use std::{io, path::PathBuf};

use jiff::civil::Date;
use motcua_corpus::{FactTexts, file_name, read_procedure, write_procedure};
use motcua_domain::{Procedure, ProcedureCode, Requirement, Review};

use crate::{Kiosk, disk::write_whole};

/// A file could not be approved.
#[derive(Debug, thiserror::Error)]
pub enum ApproveError {
    /// This kiosk keeps no approved files.
    #[error("máy chủ này không có thư mục để giữ bản duyệt")]
    NoPlace,
    /// The file has problems; all of them, each with its line.
    #[error("tệp thủ tục có {} lỗi", .0.len())]
    Problems(Vec<String>),
    /// The file cannot be written.
    #[error("không ghi được `{}`: {source}", path.display())]
    Write {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl Kiosk {
    /// A procedure as a file of the project's own form, to be read and mended.
    pub fn file_of(&self, code: &ProcedureCode) -> Option<String> {
        self.procedure(code).map(write_procedure)
    }

    /// What the published record says of a requirement, whoever wrote that down.
    pub fn words_of(&self, procedure: &Procedure, requirement: &Requirement) -> Option<String> {
        let own = requirement.source_text.clone();
        own.or_else(|| self.record_text(&procedure.code, requirement))
    }

    /// What the portal's record says in the rows of a requirement that a person wrote; nothing where that record is
    /// not among the sources.
    pub fn record_text(&self, code: &ProcedureCode, requirement: &Requirement) -> Option<String> {
        let rows = self.0.record_rows.get(code)?;
        let mut said: Vec<&str> =
            requirement.rows.iter().filter_map(|row| rows.get(row)).map(String::as_str).collect();
        said.dedup();
        (!said.is_empty()).then(|| said.join("\n"))
    }

    /// What the portal's record says of time, cost and place; nothing where no source has that record.
    pub fn record_facts(&self, code: &ProcedureCode) -> Option<&FactTexts> {
        self.0.record_facts.get(code)
    }

    /// What is wrong with a file, if anything, and the procedure that it states.
    ///
    /// # Errors
    /// All its problems.
    pub fn read_file(&self, code: &ProcedureCode, text: &str) -> Result<Procedure, ApproveError> {
        let file = PathBuf::from(format!("{code}.toml"));
        read_procedure(&file, text).map_err(|problems| {
            ApproveError::Problems(problems.iter().map(ToString::to_string).collect())
        })
    }

    /// Keeps a file as approved `by` an official `on` a day. From the moment that the sources are looked at again it
    /// goes before every other source of the same code that begins on the same day; what began before is kept for the
    /// dossiers of those days.
    ///
    /// # Errors
    /// When the file has problems or cannot be written; then the procedure stays as it was.
    pub fn approve(
        &self,
        code: &ProcedureCode,
        text: &str,
        by: &str,
        on: Date,
    ) -> Result<(), ApproveError> {
        let folder = self.0.settings.approved.as_deref().ok_or(ApproveError::NoPlace)?;
        let (procedure, file) = self.as_approved(code, text, by, on)?;
        let path = folder.join("procedures").join(file_name(&procedure));
        write_whole(&path, file.as_bytes()).map_err(|source| ApproveError::Write { path, source })
    }

    /// The procedure and the file that [`Kiosk::approve`] would keep; nothing is kept. A draft may leave open what
    /// nobody can approve.
    ///
    /// # Errors
    /// All problems of the file.
    pub fn as_approved(
        &self,
        code: &ProcedureCode,
        text: &str,
        by: &str,
        on: Date,
    ) -> Result<(Procedure, String), ApproveError> {
        let mut procedure = self.read_file(code, text)?;
        procedure.review = Review::Approved { on, by: by.to_owned() };
        let file = write_procedure(&procedure);
        // What is written must be what will be read.
        self.read_file(code, &file)?;
        Ok((procedure, file))
    }
}
