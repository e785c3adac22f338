use std::{path::PathBuf, time::Duration};

use motcua_intake::Limits;
use motcua_letter::Office;

/// What a kiosk is opened with; resolved, nothing optional that matters.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Sources of procedures, the project's own corpus first.
    pub sources: Vec<PathBuf>,
    /// The catalogue of common papers (`corpus/documents.toml`).
    pub documents: PathBuf,
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
}
