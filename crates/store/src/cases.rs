//! Cases: what was handed in, each time it was looked at.

use jiff::{Timestamp, civil::Date};

use crate::{Database, Row, Store, StoreError, Value, audit};

/// How far a case has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CaseState {
    /// Being looked at.
    Open,
    /// Received, with letter 01.
    Accepted,
    /// Sent back to be supplemented, with letter 02.
    ToSupplement,
    /// Refused, with letter 03.
    Refused,
    /// Taken back by its owner.
    Withdrawn,
}

impl CaseState {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::ToSupplement => "to_supplement",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of a word.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Open, Self::Accepted, Self::ToSupplement, Self::Refused, Self::Withdrawn]
            .into_iter()
            .find(|it| it.as_str() == word)
    }

    /// Whether nothing more is to come.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Accepted | Self::Refused | Self::Withdrawn)
    }
}

/// A new case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCase {
    /// Its code, which nobody can guess.
    pub code: String,
    /// The office.
    pub unit: String,
    /// The procedure's code.
    pub procedure: String,
    /// Who hands in, as the official noted it; may be empty.
    pub applicant: String,
    /// The same as it is searched for: small letters without marks.
    pub applicant_key: String,
    /// The day of reception.
    pub received_on: Date,
}

/// A case as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its code.
    pub code: String,
    /// The office.
    pub unit: String,
    /// The procedure's code.
    pub procedure: String,
    /// Who hands in; empty when not noted or erased.
    pub applicant: String,
    /// The day of reception.
    pub received_on: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When something last happened.
    pub changed_at: Timestamp,
    /// The official who opened it.
    pub official: String,
    /// How far it has come.
    pub state: CaseState,
    /// The last verdict; empty before the first check.
    pub verdict: String,
    /// Whether what it said of people is gone.
    pub is_erased: bool,
    /// How many versions it has.
    pub versions: usize,
}

/// What a check made of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVersion {
    /// The case's code.
    pub case: String,
    /// When.
    pub at: Timestamp,
    /// Who had it checked.
    pub official: String,
    /// The verdict.
    pub verdict: String,
    /// The report, in the form of the caller.
    pub report: Vec<u8>,
    /// The papers as they were read, and the answers, in the form of the caller.
    pub dossier: Vec<u8>,
    /// The number of the version in whose place it is kept, if that is still the last one and nothing was done with it.
    pub replaces: Option<usize>,
}

/// A version that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseVersion {
    /// From 1.
    pub number: usize,
    /// When.
    pub at: Timestamp,
    /// Who had it checked.
    pub official: String,
    /// The verdict.
    pub verdict: String,
    /// The report; empty when erased.
    pub report: Vec<u8>,
    /// Papers and answers; empty when erased.
    pub dossier: Vec<u8>,
}

/// Which cases are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseQuery {
    /// In this state.
    pub state: Option<CaseState>,
    /// Of this procedure.
    pub procedure: Option<String>,
    /// Opened by this official.
    pub official: Option<String>,
    /// With this last verdict; empty for those never checked.
    pub verdict: Option<String>,
    /// Received on this day or later.
    pub received_from: Option<Date>,
    /// Received on this day or before.
    pub received_to: Option<Date>,
    /// The code begins with this, or the applicant's key holds it.
    pub text: Option<String>,
    /// From this place.
    pub offset: usize,
    /// At most so many.
    pub limit: usize,
}

const COLUMNS: &str = "code, unit, procedure, applicant, received_on, opened_at, changed_at,
    official, state, verdict, is_erased,
    (SELECT count(*) FROM case_version WHERE case_version.case_file = case_file.id)";

impl Store {
    /// Opens a case.
    ///
    /// # Errors
    /// When it cannot be written; then nothing of it is.
    pub fn open_case(
        &self,
        case: &NewCase,
        official: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let NewCase { code, unit, procedure, applicant, applicant_key, received_on } = case;
        let at_text = at.to_string();
        self.lock()?.whole(|database| {
            database.execute(
                "INSERT INTO case_file (code, unit, procedure, applicant, applicant_key, received_on,
                                        opened_at, changed_at, official, state, verdict, is_erased)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', '', 0)",
                &[
                    code.into(),
                    unit.into(),
                    procedure.into(),
                    applicant.into(),
                    applicant_key.into(),
                    received_on.to_string().into(),
                    at_text.as_str().into(),
                    at_text.as_str().into(),
                    official.into(),
                ],
            )?;
            note(database, at, official, "case_opened", code, procedure)
        })
    }

    /// Keeps what a check made of a case, as a new version or in place of the last; returns the version's number.
    ///
    /// # Errors
    /// When there is no such case, or it cannot be written; then nothing of it is.
    pub fn add_version(&self, version: &NewVersion) -> Result<usize, StoreError> {
        let NewVersion { case, at, official, verdict, report, dossier, replaces } = version;
        self.lock()?.whole(|database| {
            let id = id_of(database, case)?;
            // A check that was under way when a case was erased must not bring anything back.
            let erased = "SELECT is_erased FROM case_file WHERE id = ?";
            if database.query(erased, &[id.into()])?.first().is_some_and(|row| row.int(0) == 1) {
                return Err(StoreError(format!("nội dung hồ sơ {case} đã xóa")));
            }
            let last = "SELECT coalesce(max(number), 0) FROM case_version WHERE case_file = ?";
            let last = database.query(last, &[id.into()])?.first().map_or(0, |row| row.place(0));
            let again = *replaces == Some(last) && !is_used(database, case, last)?;
            let number = if again { last } else { last + 1 };
            database.execute(
                "DELETE FROM case_version WHERE case_file = ? AND number = ?",
                &[id.into(), number.into()],
            )?;
            database.execute(
                "INSERT INTO case_version (case_file, number, at, official, verdict, report, dossier)
                 VALUES (?, ?, ?, ?, ?, ?, ?)",
                &[
                    id.into(),
                    number.into(),
                    at.to_string().into(),
                    official.into(),
                    verdict.into(),
                    report.clone().into(),
                    dossier.clone().into(),
                ],
            )?;
            database.execute(
                "UPDATE case_file SET verdict = ?, changed_at = ?, state = 'open' WHERE id = ?",
                &[verdict.into(), at.to_string().into(), id.into()],
            )?;
            note(database, *at, official, "checked", case, &format!("{number} {verdict}"))?;
            Ok(number)
        })
    }

    /// Says how far a case has come.
    ///
    /// # Errors
    /// When there is no such case, or it cannot be written.
    pub fn set_case_state(
        &self,
        code: &str,
        state: CaseState,
        official: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.lock()?.whole(|database| {
            let id = id_of(database, code)?;
            database.execute(
                "UPDATE case_file SET state = ?, changed_at = ? WHERE id = ?",
                &[state.as_str().into(), at.to_string().into(), id.into()],
            )?;
            note(database, at, official, "state_set", code, state.as_str())
        })
    }

    /// A case.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn case(&self, code: &str) -> Result<Option<Case>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM case_file WHERE code = ?");
        Ok(self.lock()?.query(&sql, &[code.into()])?.first().map(read))
    }

    /// Cases, those first that changed last, and how many there are in all.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn cases(&self, asked: &CaseQuery) -> Result<(Vec<Case>, u64), StoreError> {
        let mut within = vec!["1 = 1"];
        let mut values: Vec<Value> = Vec::new();
        let state = asked.state.map(|state| state.as_str().to_owned());
        let is = [
            (state, "state = ?"),
            (asked.procedure.clone(), "procedure = ?"),
            (asked.official.clone(), "official = ?"),
            (asked.verdict.clone(), "verdict = ?"),
            (asked.received_from.map(|day| day.to_string()), "received_on >= ?"),
            (asked.received_to.map(|day| day.to_string()), "received_on <= ?"),
        ];
        for (value, condition) in is {
            if let Some(value) = value {
                within.push(condition);
                values.push(value.into());
            }
        }
        if let Some(text) = &asked.text {
            // What people type is no pattern.
            let text = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            within.push("(code LIKE ? ESCAPE '\\' OR applicant_key LIKE ? ESCAPE '\\')");
            values.push(format!("{}%", text.to_uppercase()).into());
            values.push(format!("%{text}%").into());
        }
        let within = within.join(" AND ");
        let mut database = self.lock()?;
        let all = format!("SELECT count(*) FROM case_file WHERE {within}");
        let all = database.query(&all, &values)?.first().map_or(0, |row| row.count(0));
        let sql = format!(
            "SELECT {COLUMNS} FROM case_file WHERE {within}
             ORDER BY changed_at DESC, id DESC LIMIT ? OFFSET ?"
        );
        values.push(asked.limit.into());
        values.push(asked.offset.into());
        Ok((database.query(&sql, &values)?.iter().map(read).collect(), all))
    }

    /// The procedures and the officials of all cases, each once: what a list can be narrowed to.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn case_choices(&self) -> Result<(Vec<String>, Vec<String>), StoreError> {
        let mut database = self.lock()?;
        let mut each = |column: &str| {
            let sql = format!("SELECT DISTINCT {column} FROM case_file ORDER BY 1");
            let rows = database.query(&sql, &[])?;
            Ok::<_, StoreError>(rows.iter().map(|row| row.text(0)).collect())
        };
        Ok((each("procedure")?, each("official")?))
    }

    /// The versions of a case, in order.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn versions(&self, code: &str) -> Result<Vec<CaseVersion>, StoreError> {
        let sql = "SELECT number, case_version.at, case_version.official, case_version.verdict,
                          report, dossier
                   FROM case_version JOIN case_file ON case_file.id = case_version.case_file
                   WHERE code = ? ORDER BY number";
        let rows = self.lock()?.query(sql, &[code.into()])?;
        let version = |row: &Row| CaseVersion {
            number: row.place(0),
            at: audit::time(&row.text(1)),
            official: row.text(2),
            verdict: row.text(3),
            report: row.bytes(4),
            dossier: row.bytes(5),
        };
        Ok(rows.iter().map(version).collect())
    }

    /// Erases what a case says of people: who handed in, what the reports and papers say, the pictures of its
    /// pages. Its code, procedure, verdicts and decisions stay.
    ///
    /// # Errors
    /// When there is no such case, or it cannot be written; then nothing is erased.
    pub fn erase_case(&self, code: &str, official: &str, at: Timestamp) -> Result<(), StoreError> {
        let mut database = self.lock()?;
        database.whole(|database| {
            let id = id_of(database, code)?;
            erase(database, id)?;
            note(database, at, official, "case_erased", code, "")
        })?;
        self.pictures.remove_case(code)?;
        scrub(&mut database)
    }

    /// Erases cases in which nothing happened since `before`; how many they were.
    ///
    /// # Errors
    /// When they cannot be written; then nothing is erased.
    pub fn erase_cases_before(
        &self,
        before: Timestamp,
        at: Timestamp,
    ) -> Result<usize, StoreError> {
        let mut database = self.lock()?;
        let erased = database.whole(|database| {
            let sql = "SELECT id, code FROM case_file WHERE is_erased = 0 AND changed_at < ?";
            let old = database.query(sql, &[before.to_string().into()])?;
            let mut erased = Vec::new();
            for row in &old {
                erase(database, row.int(0))?;
                note(database, at, "", "case_erased", &row.text(1), "hết thời hạn lưu")?;
                erased.push(row.text(1));
            }
            Ok::<_, StoreError>(erased)
        })?;
        for code in &erased {
            self.pictures.remove_case(code)?;
        }
        if !erased.is_empty() {
            scrub(&mut database)?;
        }
        Ok(erased.len())
    }
}

fn erase(database: &mut Database, id: i64) -> Result<(), StoreError> {
    database.execute(
        "UPDATE case_file SET applicant = '', applicant_key = '', is_erased = 1 WHERE id = ?",
        &[id.into()],
    )?;
    database.execute(
        "UPDATE case_version SET report = ?, dossier = ? WHERE case_file = ?",
        &[Vec::new().into(), Vec::new().into(), id.into()],
    )?;
    Ok(())
}

/// What was erased must not stay readable in the log or in free pages of the file.
fn scrub(database: &mut Database) -> Result<(), StoreError> {
    match database {
        Database::Sqlite(connection) => {
            connection.execute_batch("VACUUM")?;
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            Ok(())
        }
        Database::Postgres { client, .. } => {
            Ok(client.batch_execute("VACUUM case_file, case_version")?)
        }
    }
}

/// Whether something was done with the last version of a case since it was checked: a finding decided on, a letter
/// printed, the case moved on.
fn is_used(database: &mut Database, case: &str, version: usize) -> Result<bool, StoreError> {
    let decided = "SELECT 1 FROM decision WHERE case_code = ? AND version = ? LIMIT 1";
    let decided = database.query(decided, &[case.into(), version.into()])?;
    let done = "SELECT action FROM audit WHERE subject = ? ORDER BY id DESC LIMIT 1";
    let done = database.query(done, &[case.into()])?;
    Ok(!decided.is_empty() || done.first().is_some_and(|last| last.text(0) != "checked"))
}

fn id_of(database: &mut Database, code: &str) -> Result<i64, StoreError> {
    let rows = database.query("SELECT id FROM case_file WHERE code = ?", &[code.into()])?;
    let missing = || StoreError(format!("không có hồ sơ {code}"));
    rows.first().map(|row| row.int(0)).ok_or_else(missing)
}

fn note(
    database: &mut Database,
    at: Timestamp,
    official: &str,
    action: &str,
    code: &str,
    detail: &str,
) -> Result<(), StoreError> {
    let done = audit::Done {
        at,
        official: official.to_owned(),
        action: action.to_owned(),
        subject: code.to_owned(),
        detail: detail.to_owned(),
    };
    audit::write(database, &done)
}

fn read(row: &Row) -> Case {
    Case {
        code: row.text(0),
        unit: row.text(1),
        procedure: row.text(2),
        applicant: row.text(3),
        received_on: row.text(4),
        opened_at: audit::time(&row.text(5)),
        changed_at: audit::time(&row.text(6)),
        official: row.text(7),
        state: CaseState::of(&row.text(8)).unwrap_or(CaseState::Open),
        verdict: row.text(9),
        is_erased: row.int(10) == 1,
        versions: row.place(11),
    }
}
