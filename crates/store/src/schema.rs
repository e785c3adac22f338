//! The tables, and how older ones become today's.

use rusqlite::Connection;

/// One step for each version; a step that was released is never changed.
const STEPS: [&str; 1] = ["
    CREATE TABLE question (
        id INTEGER PRIMARY KEY,
        day TEXT NOT NULL, unit TEXT NOT NULL, audience TEXT NOT NULL, outcome TEXT NOT NULL,
        procedure TEXT
    ) STRICT;
    CREATE INDEX question_day ON question (day);
    CREATE TABLE dossier_check (
        id INTEGER PRIMARY KEY,
        day TEXT NOT NULL, unit TEXT NOT NULL, procedure TEXT NOT NULL, verdict TEXT NOT NULL,
        is_first INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX dossier_check_day ON dossier_check (day);
    CREATE TABLE missing_paper (
        dossier_check INTEGER NOT NULL REFERENCES dossier_check (id),
        requirement TEXT NOT NULL, name TEXT NOT NULL
    ) STRICT;
    CREATE INDEX missing_paper_check ON missing_paper (dossier_check);
    CREATE TABLE decision (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL, unit TEXT NOT NULL, case_code TEXT NOT NULL,
        procedure TEXT NOT NULL, procedure_version TEXT NOT NULL,
        finding INTEGER NOT NULL, rule TEXT NOT NULL, kind TEXT NOT NULL, component INTEGER,
        accepted INTEGER NOT NULL, reason TEXT NOT NULL
    ) STRICT;
    CREATE INDEX decision_case ON decision (case_code);
    CREATE TRIGGER decision_stays BEFORE UPDATE ON decision
        BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END;
    CREATE TRIGGER decision_is_kept BEFORE DELETE ON decision
        BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END;
    CREATE TABLE feedback (
        id INTEGER PRIMARY KEY,
        day TEXT NOT NULL, unit TEXT NOT NULL, procedure TEXT, helpful INTEGER NOT NULL,
        comment TEXT NOT NULL
    ) STRICT;
    CREATE INDEX feedback_day ON feedback (day);
"];

/// Brings a store up to date, each step whole or not at all.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), String> {
    let told = |error: rusqlite::Error| error.to_string();
    // Two programs that start at once take turns.
    let transaction = connection
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .map_err(told)?;
    let version: usize = transaction
        .query_row("PRAGMA user_version", [], |row| row.get::<_, u32>(0))
        .map_err(told)?
        .try_into()
        .unwrap_or(usize::MAX);
    let Some(missing) = STEPS.get(version..) else {
        return Err("do một bản motcua mới hơn ghi; hãy nâng cấp chương trình".to_owned());
    };
    for step in missing {
        transaction.execute_batch(step).map_err(told)?;
    }
    transaction.pragma_update(None, "user_version", STEPS.len() as u64).map_err(told)?;
    transaction.commit().map_err(told)
}
