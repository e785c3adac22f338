use std::{path::PathBuf, time::Duration};

use motcua_intake::Limits;
use motcua_letter::Office;

/// What a kiosk is opened with; resolved, nothing optional that matters.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Sources of procedures, the project's own corpus first.
    pub sources: Vec<PathBuf>,
    /// The catalogue of common papers (`corpus/documents.toml`), the law that changed beside it; without one those
    /// that were built in.
    pub documents: Option<PathBuf>,
    /// Where files that the centre approves are kept, itself one of the sources; none where nothing can
    /// be approved.
    pub approved: Option<PathBuf>,
    /// Where indexes and compiled corpora are kept.
    pub cache: PathBuf,
    /// Tells builds of this program apart, so that none reads what another compiled.
    pub build: String,
    /// The kiosk's province, without "tỉnh" or "thành phố".
    pub province: Option<String>,
    /// Where phones reach this server, `https://…` without a slash at its end; none where nobody said.
    pub address: Option<String>,
    /// The program that reads uploads, started as `worker intake-worker`.
    pub worker: PathBuf,
    /// What one upload may cost.
    pub limits: Limits,
    /// The office that issues letters.
    pub office: Office,
    /// The centre's own letter templates and fonts; what is not there is built in.
    pub letters: Option<PathBuf>,
    /// The longest a reader waits for the model.
    pub deadline: Duration,
    /// The most tokens of one answer.
    pub max_tokens: usize,
    /// What receiving a dossier takes an official.
    pub reception: Reception,
}

/// How many minutes receiving a dossier takes an official, as the centre reckons it: what screening
/// saves is an estimate by these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reception {
    /// By hand alone.
    pub before: u32,
    /// With a dossier that was screened.
    pub after: u32,
}

impl Default for Reception {
    fn default() -> Self {
        Self { before: 10, after: 5 }
    }
}
