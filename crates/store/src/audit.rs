//! What was done, by whom and when. Only grows.

use jiff::Timestamp;

use crate::{Database, Row, Store, StoreError};

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// When.
    pub at: Timestamp,
    /// The official's login; empty for the program itself.
    pub official: String,
    /// What, in a stable word, for example `case_opened`.
    pub action: String,
    /// The case or official it was done to.
    pub subject: String,
    /// More about it; never a citizen's name.
    pub detail: String,
}

impl Store {
    /// Writes down what was done, for ever.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add_done(&self, done: &Done) -> Result<(), StoreError> {
        write(&mut *self.lock()?, done)
    }

    /// What was done to a case or an official, in order.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn done_to(&self, subject: &str) -> Result<Vec<Done>, StoreError> {
        let sql = "SELECT at, official, action, subject, detail FROM audit
                   WHERE subject = ? ORDER BY id";
        Ok(self.lock()?.query(sql, &[subject.into()])?.iter().map(read).collect())
    }

    /// Everything that was done, in order.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn all_done(&self) -> Result<Vec<Done>, StoreError> {
        let sql = "SELECT at, official, action, subject, detail FROM audit ORDER BY id";
        Ok(self.lock()?.query(sql, &[])?.iter().map(read).collect())
    }
}

pub(crate) fn write(database: &mut Database, done: &Done) -> Result<(), StoreError> {
    let Done { at, official, action, subject, detail } = done;
    database.execute(
        "INSERT INTO audit (at, official, action, subject, detail) VALUES (?, ?, ?, ?, ?)",
        &[at.to_string().into(), official.into(), action.into(), subject.into(), detail.into()],
    )?;
    Ok(())
}

fn read(row: &Row) -> Done {
    Done {
        at: time(&row.text(0)),
        official: row.text(1),
        action: row.text(2),
        subject: row.text(3),
        detail: row.text(4),
    }
}

/// Times are written by this program alone.
pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().unwrap_or(Timestamp::UNIX_EPOCH)
}
