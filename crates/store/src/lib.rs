//! What outlives a visit: cases with their versions, officials and their decisions, which are kept for
//! ever, what was done by whom, and counts of what was asked and screened.
//!
//! Of a question only its outcome and procedure are kept, never a word that a citizen typed but a
//! comment of their own free will, in which long numbers are masked. A case holds what its report and
//! papers say until it is erased, on request or when its time is over (Luật 91/2025/QH15); decisions
//! and the record of what was done stay.
//!
//! SQLite in one file with a write-ahead log, or a PostgreSQL server; every write is on the disk when
//! its call returns, so that a killed process loses nothing. The clock is the caller's.
#![forbid(unsafe_code)]

mod audit;
mod cases;
mod database;
mod error;
mod officials;
mod pictures;
mod record;
mod schema;
mod server;
mod statistics;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

pub use audit::Done;
pub use cases::{Case, CaseQuery, CaseState, CaseVersion, NewCase, NewVersion};
use database::{Database, Row, Value};
pub use error::StoreError;
pub use officials::{AddOfficialError, Official, OfficialRole, SignIn};
use pictures::Pictures;
pub use pictures::{PICTURES, PictureName, copy_pictures};
pub use record::{Decision, DossierChecked, Feedback, MissingPaper, QuestionAsked, masked};
pub use statistics::{
    Asked, DayCount, DecisionCounts, DossierCounts, Missing, Named, Period, ProcedureCount,
    QuestionCounts, Statistics, ThanksCounts, UnitCount,
};

const FILE: &str = "motcua.db";

/// The store could not be opened.
#[derive(Debug, thiserror::Error)]
#[error("không mở được kho dữ liệu `{place}`: {reason}")]
pub struct OpenStoreError {
    place: String,
    reason: String,
}

impl OpenStoreError {
    /// Whether the file is there and is no sound database.
    pub fn is_damaged(&self) -> bool {
        // SQLITE_NOTADB and SQLITE_CORRUPT.
        ["file is not a database", "database disk image is malformed"]
            .iter()
            .any(|words| self.reason.contains(words))
    }
}

/// An open store. Meant to be shared: calls block, so a server makes them where it may block.
pub struct Store {
    database: Mutex<Database>,
    pictures: Pictures,
}

impl Store {
    /// Opens the store in a folder, which is made if it is not there; an older one is brought up to
    /// date.
    ///
    /// # Errors
    /// When it cannot be opened or written, or was written by a newer program.
    pub fn open(folder: &Path) -> Result<Self, OpenStoreError> {
        let path = folder.join(FILE);
        let place = path.display().to_string();
        if let Err(error) = fs::create_dir_all(folder) {
            return Err(OpenStoreError { place, reason: error.to_string() });
        }
        Ok(Self::over(Database::sqlite(&path), place)?.with_pictures(folder))
    }

    /// Opens the store on a PostgreSQL server, `postgres://user:password@host/database`; its tables
    /// are made if they are not there. A server on another machine is spoken to by TLS and must prove
    /// who it is, unless the address ends in `?sslmode=disable`.
    ///
    /// # Errors
    /// When the server is not reached, refuses or is not believed, or the tables are of a newer
    /// program.
    pub fn connect(url: &str) -> Result<Self, OpenStoreError> {
        // The password is nobody's business.
        let place = url.rsplit_once('@').map_or(url, |(_, host)| host);
        Self::over(Database::postgres(url), format!("postgres://{place}"))
    }

    /// Keeps pictures of pages in a folder of this machine, whatever keeps the rest.
    #[must_use]
    pub fn with_pictures(self, data: &Path) -> Self {
        Self { pictures: Pictures::beside(data), ..self }
    }

    /// A store that is gone with the process; it keeps no pictures.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn in_memory() -> Result<Self, OpenStoreError> {
        Self::over(Database::memory(), ":memory:".to_owned())
    }

    fn over(opened: Result<Database, StoreError>, place: String) -> Result<Self, OpenStoreError> {
        let ready = opened.and_then(|mut database| {
            schema::migrate(&mut database)?;
            Ok(Self { database: Mutex::new(database), pictures: Pictures::default() })
        });
        ready.map_err(|StoreError(reason)| OpenStoreError { place, reason })
    }

    /// Copies the whole store into a new folder, from which it can be opened, while others go on
    /// writing. Returns the file.
    ///
    /// # Errors
    /// When the folder holds a store already, or it cannot be written.
    pub fn back_up(&self, folder: &Path) -> Result<PathBuf, StoreError> {
        let path = folder.join(FILE);
        let told = |error: std::io::Error| StoreError(format!("{}: {error}", folder.display()));
        fs::create_dir_all(folder).map_err(told)?;
        if path.exists() {
            return Err(StoreError(format!("`{}` đã có, chọn thư mục khác", path.display())));
        }
        self.lock()?.copy_to(&path)?;
        self.pictures.copy_to(folder)?;
        Ok(path)
    }

    /// A panic elsewhere leaves no half of a statement: what was not committed is undone.
    fn lock(&self) -> Result<MutexGuard<'_, Database>, StoreError> {
        let mut database = self.database.lock().unwrap_or_else(PoisonError::into_inner);
        database.connected()?;
        Ok(database)
    }
}
