use std::error::Error as _;

/// Something could not be kept or read.
#[derive(Debug, thiserror::Error)]
#[error("kho dữ liệu: {0}")]
pub struct StoreError(pub(crate) String);

impl StoreError {
    /// Whether there is no room left to write.
    pub fn is_full(&self) -> bool {
        // SQLITE_FULL, and what PostgreSQL and the system say.
        ["database or disk is full", "No space left on device", "could not extend file"]
            .iter()
            .any(|words| self.0.contains(words))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<postgres::Error> for StoreError {
    fn from(error: postgres::Error) -> Self {
        // The driver's own text is only "db error"; what the server said stands behind it.
        let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
        Self(format!("{error}{cause}"))
    }
}
