//! What outlives a visit: an official's decisions, which are kept for ever, and counts of what was
//! asked and screened.
//!
//! Nobody is named: of a question only its outcome and procedure are kept, of a dossier its verdict
//! and what was missing, never a word that a citizen typed but a comment of their own free will, in
//! which long numbers are masked (Luật 91/2025/QH15).
//!
//! One SQLite file with a write-ahead log; every write is on the disk when its call returns, so that
//! a killed process loses nothing. The clock is the caller's.
#![forbid(unsafe_code)]

mod record;
mod schema;
mod statistics;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use rusqlite::{Connection, ErrorCode};

pub use record::{Decision, DossierChecked, Feedback, MissingPaper, QuestionAsked};
pub use statistics::{
    Asked, DayCount, DecisionCounts, DossierCounts, Missing, Named, Period, QuestionCounts,
    Statistics, ThanksCounts, TimeSaved,
};

/// How long one writer waits for another, for example a backup.
const PATIENCE: Duration = Duration::from_secs(5);
const FILE: &str = "motcua.db";

/// The store could not be opened.
#[derive(Debug, thiserror::Error)]
#[error("không mở được kho dữ liệu `{}`: {reason}", path.display())]
pub struct OpenStoreError {
    path: PathBuf,
    reason: String,
}

/// Something could not be kept or read.
#[derive(Debug, thiserror::Error)]
#[error("kho dữ liệu: {0}")]
pub struct StoreError(#[from] rusqlite::Error);

/// An open store. Meant to be shared: calls block, so a server makes them where it may block.
pub struct Store(Mutex<Connection>);

impl Store {
    /// Opens the store in a folder, which is made if it is not there; an older one is brought up to
    /// date.
    ///
    /// # Errors
    /// When it cannot be opened or written, or was written by a newer program.
    pub fn open(folder: &Path) -> Result<Self, OpenStoreError> {
        let path = folder.join(FILE);
        let wrong = |reason: String| OpenStoreError { path: path.clone(), reason };
        fs::create_dir_all(folder).map_err(|error| wrong(error.to_string()))?;
        let connection = Connection::open(&path).map_err(|error| wrong(error.to_string()))?;
        Self::over(connection).map_err(wrong)
    }

    /// A store that is gone with the process.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn in_memory() -> Result<Self, OpenStoreError> {
        let wrong = |reason: String| OpenStoreError { path: PathBuf::from(":memory:"), reason };
        let connection = Connection::open_in_memory().map_err(|error| wrong(error.to_string()))?;
        Self::over(connection).map_err(wrong)
    }

    fn over(mut connection: Connection) -> Result<Self, String> {
        let prepared = connection
            .busy_timeout(PATIENCE)
            .and_then(|()| start_log(&connection))
            .and_then(|()| connection.pragma_update(None, "synchronous", "FULL"));
        prepared.map_err(|error| error.to_string())?;
        schema::migrate(&mut connection)?;
        Ok(Self(Mutex::new(connection)))
    }

    /// A panic elsewhere leaves no half of a statement: SQLite undoes what was not committed.
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Turns the write-ahead log on. SQLite does not wait for others here, so two programs that open a new
/// file at once would meet an error where a moment's patience is enough.
fn start_log(connection: &Connection) -> rusqlite::Result<()> {
    let started = Instant::now();
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL") {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && started.elapsed() < PATIENCE =>
            {
                thread::sleep(Duration::from_millis(10));
            }
            done => return done,
        }
    }
}
