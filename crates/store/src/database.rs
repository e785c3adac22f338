//! One face over SQLite and PostgreSQL: the same statements, written with `?`, run on both.
//!
//! Statements keep to what both understand; where they differ, [`Dialect`] says how. Truth is 0 or 1,
//! times and days are text in ISO 8601, so that both sort them alike.

use std::{
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use postgres::types::ToSql;
use rusqlite::ErrorCode;

use crate::{error::StoreError, server};

/// How long one writer waits for another, for example a backup.
const PATIENCE: Duration = Duration::from_secs(5);

/// A value that goes in or comes out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        text.map_or(Self::Null, Self::from)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Int(i64::from(truth))
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

/// One row of an answer.
#[derive(Debug)]
pub(crate) struct Row(Vec<Value>);

impl Row {
    /// The text of a column; empty where there is none.
    pub(crate) fn text(&self, at: usize) -> String {
        self.optional(at).unwrap_or_default()
    }

    /// The text of a column that may have none.
    pub(crate) fn optional(&self, at: usize) -> Option<String> {
        match self.0.get(at) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        }
    }

    /// The number of a column; 0 where there is none.
    pub(crate) fn int(&self, at: usize) -> i64 {
        self.optional_int(at).unwrap_or_default()
    }

    /// The number of a column that may have none.
    pub(crate) fn optional_int(&self, at: usize) -> Option<i64> {
        match self.0.get(at) {
            Some(Value::Int(number)) => Some(*number),
            _ => None,
        }
    }

    /// A count.
    pub(crate) fn count(&self, at: usize) -> u64 {
        u64::try_from(self.int(at)).unwrap_or_default()
    }

    /// A place in a list.
    pub(crate) fn place(&self, at: usize) -> usize {
        usize::try_from(self.int(at)).unwrap_or_default()
    }

    /// The bytes of a column; none where there are none.
    pub(crate) fn bytes(&self, at: usize) -> Vec<u8> {
        match self.0.get(at) {
            Some(Value::Bytes(bytes)) => bytes.clone(),
            _ => Vec::new(),
        }
    }
}

/// Which words the two use for the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// An open connection.
pub(crate) enum Database {
    Sqlite(rusqlite::Connection),
    Postgres { client: Box<postgres::Client>, url: String },
}

impl Database {
    /// A file of SQLite, with a write-ahead log and every write on the disk when its call returns.
    pub(crate) fn sqlite(path: &Path) -> Result<Self, StoreError> {
        Self::prepared(rusqlite::Connection::open(path)?)
    }

    /// A database that is gone with the process.
    pub(crate) fn memory() -> Result<Self, StoreError> {
        Self::prepared(rusqlite::Connection::open_in_memory()?)
    }

    fn prepared(connection: rusqlite::Connection) -> Result<Self, StoreError> {
        connection.busy_timeout(PATIENCE)?;
        start_log(&connection)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        Ok(Self::Sqlite(connection))
    }

    /// A server of PostgreSQL, `postgres://user:password@host/database`.
    pub(crate) fn postgres(url: &str) -> Result<Self, StoreError> {
        let client = Box::new(server::connect(url)?);
        Ok(Self::Postgres { client, url: url.to_owned() })
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres { .. } => Dialect::Postgres,
        }
    }

    /// Runs a statement; how many rows it changed.
    pub(crate) fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                Ok(statement.execute(rusqlite::params_from_iter(values.iter().map(lite)))? as u64)
            }
            Self::Postgres { client, .. } => {
                let values: Vec<Box<dyn ToSql + Sync>> = values.iter().map(boxed).collect();
                Ok(client.execute(&numbered(sql), &borrowed(&values))?)
            }
        }
    }

    /// Runs a query; all its rows.
    pub(crate) fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                let columns = statement.column_count();
                let values = rusqlite::params_from_iter(values.iter().map(lite));
                let rows = statement.query_map(values, |row| {
                    (0..columns).map(|at| row.get_ref(at).map(from_lite)).collect()
                })?;
                Ok(rows.map(|row| row.map(Row)).collect::<Result<_, _>>()?)
            }
            Self::Postgres { client, .. } => {
                let values: Vec<Box<dyn ToSql + Sync>> = values.iter().map(boxed).collect();
                let rows = client.query(&numbered(sql), &borrowed(&values))?;
                rows.iter().map(from_postgres).collect()
            }
        }
    }

    /// Runs several statements that take no values.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => Ok(connection.execute_batch(sql)?),
            Self::Postgres { client, .. } => Ok(client.batch_execute(sql)?),
        }
    }

    /// Does something whole or not at all; whoever else writes takes turns.
    pub(crate) fn whole<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.connected()?;
        self.batch(match self.dialect() {
            Dialect::Sqlite => "BEGIN IMMEDIATE",
            Dialect::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ",
        })?;
        match work(self) {
            Ok(done) => {
                self.batch("COMMIT")?;
                Ok(done)
            }
            Err(error) => {
                // What failed is what is told; a connection that is gone has undone it anyway.
                let _ = self.batch("ROLLBACK");
                Err(error)
            }
        }
    }

    /// A server that was started again is found again.
    pub(crate) fn connected(&mut self) -> Result<(), StoreError> {
        if let Self::Postgres { client, url } = self
            && client.is_closed()
        {
            **client = server::connect(url)?;
        }
        Ok(())
    }

    /// Copies everything into a new file, while others go on writing.
    pub(crate) fn copy_to(&mut self, path: &Path) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => {
                let to: PathBuf = path.to_owned();
                connection.execute("VACUUM INTO ?", [to.to_string_lossy()])?;
                Ok(())
            }
            Self::Postgres { .. } => Err(StoreError(
                "kho ở PostgreSQL được sao lưu bằng công cụ của máy chủ, ví dụ pg_dump".to_owned(),
            )),
        }
    }
}

/// Turns the write-ahead log on. SQLite does not wait for others here, so two programs that open a new
/// file at once would meet an error where a moment's patience is enough.
fn start_log(connection: &rusqlite::Connection) -> rusqlite::Result<()> {
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

/// `?` becomes `$1`, `$2` …; no statement of ours has a question mark in a text.
fn numbered(sql: &str) -> String {
    let mut parts = sql.split('?');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (at, part) in parts.enumerate() {
        text.push('$');
        text.push_str(&(at + 1).to_string());
        text.push_str(part);
    }
    text
}

fn lite(value: &Value) -> rusqlite::types::Value {
    match value.clone() {
        Value::Null => rusqlite::types::Value::Null,
        Value::Int(number) => rusqlite::types::Value::Integer(number),
        Value::Text(text) => rusqlite::types::Value::Text(text),
        Value::Bytes(bytes) => rusqlite::types::Value::Blob(bytes),
    }
}

fn from_lite(value: rusqlite::types::ValueRef<'_>) -> Value {
    use rusqlite::types::ValueRef;
    match value {
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
        ValueRef::Null | ValueRef::Real(_) => Value::Null,
    }
}

/// Our only nullable columns are texts.
fn boxed(value: &Value) -> Box<dyn ToSql + Sync> {
    match value.clone() {
        Value::Null => Box::new(None::<String>),
        Value::Int(number) => Box::new(number),
        Value::Text(text) => Box::new(text),
        Value::Bytes(bytes) => Box::new(bytes),
    }
}

fn borrowed(values: &[Box<dyn ToSql + Sync>]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(AsRef::as_ref).collect()
}

fn from_postgres(row: &postgres::Row) -> Result<Row, StoreError> {
    use postgres::types::Type;
    let columns = row.columns().iter().enumerate();
    let values = columns.map(|(at, column)| {
        Ok(match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(at)?.map_or(Value::Null, Value::Int),
            Type::INT4 => {
                row.try_get::<_, Option<i32>>(at)?.map_or(Value::Null, |n| Value::Int(n.into()))
            }
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at)?.map_or(Value::Null, Value::Bytes),
            _ => row.try_get::<_, Option<String>>(at)?.map_or(Value::Null, Value::Text),
        })
    });
    values.collect::<Result<_, postgres::Error>>().map(Row).map_err(StoreError::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_values_are_numbered() {
        assert_eq!(numbered("a = ? AND b = ?"), "a = $1 AND b = $2");
        assert_eq!(numbered("SELECT 1"), "SELECT 1");
    }
}
