//! The tables, and how older ones become today's.

use crate::{
    database::{Database, Dialect},
    error::StoreError,
};

/// One step for each version; a step that was released is never changed. `{…}` stands for what the
/// two databases write differently.
const STEPS: [&str; 2] = [
    "
    CREATE TABLE question (
        id {ID},
        day TEXT NOT NULL, unit TEXT NOT NULL, audience TEXT NOT NULL, outcome TEXT NOT NULL,
        procedure TEXT
    ){STRICT};
    CREATE INDEX question_day ON question (day);
    CREATE TABLE dossier_check (
        id {ID},
        day TEXT NOT NULL, unit TEXT NOT NULL, procedure TEXT NOT NULL, verdict TEXT NOT NULL,
        is_first {INT} NOT NULL
    ){STRICT};
    CREATE INDEX dossier_check_day ON dossier_check (day);
    CREATE TABLE missing_paper (
        dossier_check {INT} NOT NULL REFERENCES dossier_check (id),
        requirement TEXT NOT NULL, name TEXT NOT NULL
    ){STRICT};
    CREATE INDEX missing_paper_check ON missing_paper (dossier_check);
    CREATE TABLE decision (
        id {ID},
        at TEXT NOT NULL, unit TEXT NOT NULL, case_code TEXT NOT NULL,
        procedure TEXT NOT NULL, procedure_version TEXT NOT NULL,
        finding {INT} NOT NULL, rule TEXT NOT NULL, kind TEXT NOT NULL, component {INT},
        accepted {INT} NOT NULL, reason TEXT NOT NULL
    ){STRICT};
    CREATE INDEX decision_case ON decision (case_code);
    {KEEP decision}
    CREATE TABLE feedback (
        id {ID},
        day TEXT NOT NULL, unit TEXT NOT NULL, procedure TEXT, helpful {INT} NOT NULL,
        comment TEXT NOT NULL
    ){STRICT};
    CREATE INDEX feedback_day ON feedback (day);
    ",
    "
    ALTER TABLE decision ADD COLUMN official TEXT NOT NULL DEFAULT '';
    ALTER TABLE decision ADD COLUMN version {INT} NOT NULL DEFAULT 0;
    CREATE TABLE official (
        id {ID},
        login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL,
        password TEXT NOT NULL, is_active {INT} NOT NULL
    ){STRICT};
    CREATE TABLE sign_in (
        token TEXT NOT NULL PRIMARY KEY,
        official {INT} NOT NULL REFERENCES official (id),
        since TEXT NOT NULL, seen TEXT NOT NULL
    ){STRICT};
    CREATE TABLE case_file (
        id {ID},
        code TEXT NOT NULL UNIQUE, unit TEXT NOT NULL, procedure TEXT NOT NULL,
        applicant TEXT NOT NULL, applicant_key TEXT NOT NULL, received_on TEXT NOT NULL,
        opened_at TEXT NOT NULL, changed_at TEXT NOT NULL, official TEXT NOT NULL,
        state TEXT NOT NULL, verdict TEXT NOT NULL, is_erased {INT} NOT NULL
    ){STRICT};
    CREATE INDEX case_changed ON case_file (changed_at);
    CREATE TABLE case_version (
        id {ID},
        case_file {INT} NOT NULL REFERENCES case_file (id), number {INT} NOT NULL,
        at TEXT NOT NULL, official TEXT NOT NULL, verdict TEXT NOT NULL,
        report {BYTES} NOT NULL, dossier {BYTES} NOT NULL,
        UNIQUE (case_file, number)
    ){STRICT};
    CREATE TABLE audit (
        id {ID},
        at TEXT NOT NULL, official TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
        detail TEXT NOT NULL
    ){STRICT};
    CREATE INDEX audit_subject ON audit (subject);
    {KEEP audit}
    ",
];

/// Brings a store up to date, each step whole or not at all.
pub(crate) fn migrate(database: &mut Database) -> Result<(), StoreError> {
    let dialect = database.dialect();
    if dialect == Dialect::Postgres {
        database.batch("CREATE TABLE IF NOT EXISTS version (number BIGINT NOT NULL)")?;
    }
    // Two programs that start at once take turns.
    database.whole(|database| {
        let version = read_version(database)?;
        let Some(missing) = STEPS.get(version..) else {
            let newer = "do một bản motcua mới hơn ghi; hãy nâng cấp chương trình";
            return Err(StoreError(newer.to_owned()));
        };
        for step in missing {
            database.batch(&in_words_of(dialect, step))?;
        }
        write_version(database, STEPS.len())
    })
}

fn read_version(database: &mut Database) -> Result<usize, StoreError> {
    let sql = match database.dialect() {
        Dialect::Sqlite => "PRAGMA user_version",
        Dialect::Postgres => {
            database.batch("LOCK TABLE version IN EXCLUSIVE MODE")?;
            "SELECT number FROM version"
        }
    };
    let rows = database.query(sql, &[])?;
    let number = rows.first().map_or(0, |row| row.int(0));
    Ok(usize::try_from(number).unwrap_or(usize::MAX))
}

fn write_version(database: &mut Database, version: usize) -> Result<(), StoreError> {
    match database.dialect() {
        Dialect::Sqlite => database.batch(&format!("PRAGMA user_version = {version}")),
        Dialect::Postgres => {
            database.batch(&format!("DELETE FROM version; INSERT INTO version VALUES ({version})"))
        }
    }
}

fn in_words_of(dialect: Dialect, step: &str) -> String {
    let words = match dialect {
        Dialect::Sqlite => [
            ("{ID}", "INTEGER PRIMARY KEY"),
            ("{INT}", "INTEGER"),
            ("{BYTES}", "BLOB"),
            ("{STRICT}", " STRICT"),
        ],
        Dialect::Postgres => [
            ("{ID}", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"),
            ("{INT}", "BIGINT"),
            ("{BYTES}", "BYTEA"),
            ("{STRICT}", ""),
        ],
    };
    let step = words.iter().fold(step.to_owned(), |step, (mark, word)| step.replace(mark, word));
    ["decision", "audit"].iter().fold(step, |step, table| {
        step.replace(&format!("{{KEEP {table}}}"), &kept_for_ever(dialect, table))
    })
}

/// What stands in the table is never changed and never deleted, whoever asks.
fn kept_for_ever(dialect: Dialect, table: &str) -> String {
    match dialect {
        Dialect::Sqlite => format!(
            "CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table}
                 BEGIN SELECT RAISE(ABORT, 'a {table} is never changed'); END;
             CREATE TRIGGER {table}_is_kept BEFORE DELETE ON {table}
                 BEGIN SELECT RAISE(ABORT, 'a {table} is never deleted'); END;"
        ),
        Dialect::Postgres => format!(
            "CREATE FUNCTION {table}_is_kept() RETURNS trigger LANGUAGE plpgsql AS
                 $$ BEGIN RAISE EXCEPTION 'a {table} is never changed or deleted'; END $$;
             CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
                 EXECUTE FUNCTION {table}_is_kept();"
        ),
    }
}
