//! A dossier from uploaded bytes to a report.

use std::{
    path::PathBuf,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use jiff::civil::Date;
use motcua_domain::{
    CaseFacts, Document, DossierReport, FileKind, Finding, FindingKind, Legibility, Page, Presence,
    ProcedureCode, Reading, Severity, Verdict,
};
use motcua_dossier::{ReadFact, Submission, UnknownAnswer, resolve_answers};
use motcua_intake::{IntakeError, ReadUpload, Stop, clean_name};

use crate::Kiosk;

/// A dossier to be checked.
#[derive(Debug, Clone)]
pub struct Check {
    /// The procedure.
    pub procedure: ProcedureCode,
    /// Answers to its questions, by key.
    pub answers: Vec<(String, String)>,
    /// What an officer noted in words.
    pub facts: Vec<(String, String)>,
    /// The day it was received.
    pub received_on: Date,
    /// The papers, read.
    pub documents: Vec<Document>,
    /// The files that could not be read, with the reason.
    pub unread: Vec<UnreadFile>,
}

/// A file to be read.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: UploadBytes,
}

/// Where an upload's content is.
#[derive(Debug, Clone)]
pub enum UploadBytes {
    /// In memory.
    Memory(Vec<u8>),
    /// In a file of this machine.
    File(PathBuf),
}

/// A file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadFile {
    /// Its name.
    pub name: String,
    /// Why.
    pub error: IntakeError,
}

/// A dossier could not be checked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// There is no such procedure.
    #[error("không có thủ tục {0}")]
    UnknownProcedure(ProcedureCode),
    /// An answer to no question, or no answer of it.
    #[error(transparent)]
    UnknownAnswer(#[from] UnknownAnswer),
    /// Only the procedure's name is known: there is no list to check against.
    #[error("thủ tục {0} chưa có thành phần hồ sơ để kiểm tra")]
    NoComponents(ProcedureCode),
}

/// A checked dossier.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The judgement.
    pub report: DossierReport,
    /// How long it took.
    pub timings: CheckTimings,
}

/// How long a check took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CheckTimings {
    /// Reading the files, recognition included.
    pub intake: Duration,
    /// Judging.
    pub rules: Duration,
}

impl Check {
    /// Adds papers that were read. A name that another paper has is numbered: findings name papers, and of two
    /// pictures called `image.jpg` one must not answer for the other.
    pub fn add(&mut self, documents: Vec<Document>) {
        for mut document in documents {
            document.name = self.free_name(document.name);
            self.documents.push(document);
        }
    }

    /// Adds a file that could not be read.
    pub fn add_unread(&mut self, name: &str, error: IntakeError) {
        let name = self.free_name(clean_name(name));
        self.unread.push(UnreadFile { name, error });
    }

    fn free_name(&self, name: String) -> String {
        let is_taken = |name: &str| {
            self.documents.iter().any(|one| one.name == name)
                || self.unread.iter().any(|one| one.name == name)
        };
        let numbered = (2..).map(|number| {
            let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
            let dot = if ending.is_empty() { "" } else { "." };
            format!("{stem} ({number}){dot}{ending}")
        });
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !is_taken(name));
        free.unwrap_or(name)
    }
}

impl Kiosk {
    /// Reads one upload in a child process, until somebody stops it.
    ///
    /// # Errors
    /// When it is not read.
    pub fn read_upload(&self, upload: &Upload, stop: &Stop) -> Result<Vec<Document>, IntakeError> {
        let reader = &self.0.reader;
        let mut documents = match &upload.bytes {
            UploadBytes::Memory(bytes) => reader.read_until(&upload.name, bytes, stop)?,
            UploadBytes::File(path) => reader.read_path_until(path, stop)?,
        };
        // A single document is known by the name it was handed in under.
        if let [document] = documents.as_mut_slice() {
            document.name = clean_name(&upload.name);
        }
        Ok(documents)
    }

    /// Reads one upload in a child process, until somebody stops it, with pictures of its pages for people to look at.
    ///
    /// # Errors
    /// When it is not read.
    pub fn read_shown(
        &self,
        name: &str,
        bytes: &[u8],
        stop: &Stop,
    ) -> Result<ReadUpload, IntakeError> {
        let mut read = self.0.reader.read_shown_until(name, bytes, stop)?;
        if let [document] = read.documents.as_mut_slice() {
            document.name = clean_name(name);
        }
        Ok(read)
    }

    /// What the papers state, with where each thing stands.
    pub fn facts_of(document: &Document) -> Vec<ReadFact> {
        motcua_dossier::facts(document)
    }

    /// Judges a dossier whose papers have been read, by the rules of the day it was received.
    ///
    /// # Errors
    /// When the procedure or an answer is unknown.
    pub fn check(&self, check: &Check) -> Result<Checked, CheckError> {
        let started = Instant::now();
        let unknown = || CheckError::UnknownProcedure(check.procedure.clone());
        let procedure =
            self.procedure_on(&check.procedure, check.received_on).ok_or_else(unknown)?;
        if procedure.row_count == 0 {
            return Err(CheckError::NoComponents(check.procedure.clone()));
        }
        let answers: CaseFacts = resolve_answers(procedure, &check.answers)?;
        let mut documents = check.documents.clone();
        documents.extend(check.unread.iter().map(unread_document));
        let version = self.version_of(procedure);
        let submission = Submission {
            procedure,
            procedure_version: &version,
            received_on: check.received_on,
            answers: &answers,
            facts: &check.facts,
            documents: &documents,
        };
        let mut report = motcua_dossier::check(&submission, &self.0.catalogue);
        for unread in &check.unread {
            add_unread(&mut report, unread);
        }
        let rules = started.elapsed();
        Ok(Checked { report, timings: CheckTimings { intake: Duration::ZERO, rules } })
    }

    /// Reads uploads, as many at once as the reader has places for, and adds them to the dossier in
    /// their order. `done` is told after each file, since recognition takes seconds a page.
    pub fn read_uploads(&self, check: &mut Check, uploads: &[Upload], done: &mut dyn FnMut()) {
        for (upload, read) in uploads.iter().zip(self.read_at_once(uploads, done)) {
            match read {
                Ok(documents) => check.add(documents),
                Err(error) => check.add_unread(&upload.name, error),
            }
        }
    }

    fn read_at_once(
        &self,
        uploads: &[Upload],
        done: &mut dyn FnMut(),
    ) -> Vec<Result<Vec<Document>, IntakeError>> {
        let next = AtomicUsize::new(0);
        let (report, reports) = mpsc::channel();
        let mut read: Vec<Option<Result<Vec<Document>, IntakeError>>> = vec![None; uploads.len()];
        thread::scope(|scope| {
            for _ in 0..self.0.reader.limits().at_once.min(uploads.len()) {
                let (next, report) = (&next, report.clone());
                scope.spawn(move || {
                    while let Some((at, upload)) = take(next, uploads) {
                        let _ = report.send((at, self.read_upload(upload, &Stop::new())));
                    }
                });
            }
            drop(report);
            for (at, document) in reports {
                read[at] = Some(document);
                done();
            }
        });
        let lost = || IntakeError::WorkerFailed { detail: "a reading thread ended".to_owned() };
        read.into_iter().map(|read| read.unwrap_or_else(|| Err(lost()))).collect()
    }

    /// Reads uploads and judges them in one go; a file that cannot be read becomes a finding.
    /// `done` is told after each file.
    ///
    /// # Errors
    /// When the procedure or an answer is unknown.
    pub fn check_uploads(
        &self,
        mut check: Check,
        uploads: &[Upload],
        done: &mut dyn FnMut(),
    ) -> Result<Checked, CheckError> {
        let started = Instant::now();
        self.read_uploads(&mut check, uploads, done);
        let intake = started.elapsed();
        let mut checked = self.check(&check)?;
        checked.timings.intake = intake;
        Ok(checked)
    }
}

/// The next upload that nobody has taken yet, with its place.
fn take<'a>(next: &AtomicUsize, uploads: &'a [Upload]) -> Option<(usize, &'a Upload)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    uploads.get(at).map(|upload| (at, upload))
}

/// What cannot be read may be any paper: to the rules it is a page that nobody can read, so that
/// no paper is called missing that may lie in it.
fn unread_document(unread: &UnreadFile) -> Document {
    let page = Page {
        number: 1,
        lines: Vec::new(),
        reading: Reading::Ocr,
        legibility: Legibility::Illegible,
        seal: Presence::Unclear,
        signature: Presence::Unclear,
        unsigned: Vec::new(),
        smeared: false,
    };
    Document {
        name: unread.name.clone(),
        kind: FileKind::Unknown,
        sha256: String::new(),
        pages: vec![page],
        signatures: Vec::new(),
    }
}

fn add_unread(report: &mut DossierReport, unread: &UnreadFile) {
    let of_file = |finding: &Finding| finding.file.as_deref() == Some(unread.name.as_str());
    let row =
        report.findings.iter().find(|finding| of_file(finding)).and_then(|finding| finding.row);
    report.findings.retain(|finding| !of_file(finding));
    report.findings.push(Finding {
        rule: "unread-file".to_owned(),
        severity: Severity::Warning,
        kind: FindingKind::Illegible,
        row,
        file: Some(unread.name.clone()),
        page: None,
        message: format!("{}: {}", unread.name, unread.error.vietnamese()),
        fix: unread.error.hint(),
        legal_basis: Vec::new(),
        read_at: Vec::new(),
    });
    if report.verdict == Verdict::Complete {
        report.verdict = Verdict::NeedsHuman;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_of_one_name_are_told_apart() {
        let mut check = Check {
            procedure: "1.001193".parse().expect("a code"),
            answers: Vec::new(),
            facts: Vec::new(),
            received_on: jiff::civil::date(2026, 11, 10),
            documents: Vec::new(),
            unread: Vec::new(),
        };
        let broken = || IntakeError::WorkerFailed { detail: String::new() };
        for name in ["image.jpg", "image.jpg", "giấy", "giấy"] {
            check.add_unread(name, broken());
        }
        check.add(vec![unread_document(&UnreadFile { name: "image.jpg".into(), error: broken() })]);
        let unread: Vec<&str> = check.unread.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(unread, ["image.jpg", "image (2).jpg", "giấy", "giấy (2)"]);
        assert_eq!(check.documents[0].name, "image (3).jpg");
    }
}
