//! What the head of a centre asks for: counts, nobody's name.

use jiff::civil::Date;
use rusqlite::{Connection, Params, named_params};
use serde::Serialize;

use crate::{Store, StoreError};

/// How many of what is asked or missing most are listed.
const MOST: u32 = 20;
/// What screening saves of an official's time for each dossier, in minutes: in the pilot reception
/// fell from ten to five.
const SAVED_MINUTES: u64 = 5;

/// Which days, both inclusive, and which office; all of them if none is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The office.
    pub unit: Option<String>,
}

/// What was asked and screened in a period.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Statistics {
    /// Questions.
    pub questions: QuestionCounts,
    /// Dossiers.
    pub dossiers: DossierCounts,
    /// What officials decided on findings.
    pub decisions: DecisionCounts,
    /// What people thought of answers.
    pub feedback: ThanksCounts,
    /// What screening saved.
    pub time_saved: TimeSaved,
    /// Day by day; days without anything are left out.
    pub days: Vec<DayCount>,
}

/// Questions.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct QuestionCounts {
    /// All.
    pub total: u64,
    /// By `citizen` and `official`.
    pub by_audience: Vec<Named>,
    /// By outcome; `not_covered` are the unanswered ones.
    pub by_outcome: Vec<Named>,
    /// The procedures asked about most.
    pub most_asked: Vec<Asked>,
}

/// A word with how often it occurs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The word.
    pub name: String,
    /// How often.
    pub count: u64,
}

/// A procedure with how often it was asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// Its code.
    pub procedure: String,
    /// How often.
    pub count: u64,
}

/// Dossiers.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct DossierCounts {
    /// How many were screened, each once however often it was checked.
    pub screened: u64,
    /// All checks by verdict.
    pub by_verdict: Vec<Named>,
    /// The share of dossiers that were complete at their first check; none without dossiers.
    pub first_time_right: Option<f64>,
    /// The papers missing most.
    pub most_missing: Vec<Missing>,
}

/// A paper with how often it was missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// The procedure's code.
    pub procedure: String,
    /// The requirement's identifier.
    pub requirement: String,
    /// Its name.
    pub name: String,
    /// How often.
    pub count: u64,
}

/// Decisions on findings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DecisionCounts {
    /// Findings that officials agreed with.
    pub accepted: u64,
    /// Findings that they did not.
    pub rejected: u64,
}

/// Feedback.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ThanksCounts {
    /// It helped.
    pub helpful: u64,
    /// It did not.
    pub unhelpful: u64,
}

/// What screening saved, with how that is reckoned.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TimeSaved {
    /// Minutes.
    pub minutes: u64,
    /// The reckoning, in Vietnamese.
    pub method: String,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayCount {
    /// `YYYY-MM-DD`.
    pub day: String,
    /// Questions.
    pub questions: u64,
    /// Dossiers screened.
    pub dossiers: u64,
}

impl Store {
    /// Counts over a period.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn statistics(&self, period: &Period) -> Result<Statistics, StoreError> {
        let mut connection = self.lock();
        // All counts are of one moment.
        let moment = connection.transaction()?;
        let (from, to, unit) = (period.from.to_string(), period.to.to_string(), &period.unit);
        let when = named_params! { ":from": from, ":to": to, ":unit": unit };
        let screened =
            count(&moment, "SELECT count(*) FROM dossier_check WHERE is_first AND ", when)?;
        let right = count(
            &moment,
            "SELECT count(*) FROM dossier_check WHERE is_first AND verdict = 'complete' AND ",
            when,
        )?;
        let decided = |accepted: &str| {
            let sql = format!("SELECT count(*) FROM decision WHERE accepted = {accepted} AND ");
            let sql = format!("{sql}{}", WITHIN.replace("day", "substr(at, 1, 10)"));
            moment.query_row(&sql, when, |row| row.get(0))
        };
        let thanked = |helpful: &str| {
            count(
                &moment,
                &format!("SELECT count(*) FROM feedback WHERE helpful = {helpful} AND "),
                when,
            )
        };
        Ok(Statistics {
            questions: QuestionCounts {
                total: count(&moment, "SELECT count(*) FROM question WHERE ", when)?,
                by_audience: named(&moment, "question", "audience", when)?,
                by_outcome: named(&moment, "question", "outcome", when)?,
                most_asked: most_asked(&moment, when)?,
            },
            dossiers: DossierCounts {
                screened,
                by_verdict: named(&moment, "dossier_check", "verdict", when)?,
                first_time_right: (screened > 0).then(|| right as f64 / screened as f64),
                most_missing: most_missing(&moment, when)?,
            },
            decisions: DecisionCounts { accepted: decided("1")?, rejected: decided("0")? },
            feedback: ThanksCounts { helpful: thanked("1")?, unhelpful: thanked("0")? },
            time_saved: TimeSaved {
                minutes: screened * SAVED_MINUTES,
                method: format!(
                    "{screened} hồ sơ × {SAVED_MINUTES} phút: ở nơi thí điểm, tiếp nhận một hồ sơ giảm từ 10 còn 5 phút"
                ),
            },
            days: days(&moment, when)?,
        })
    }
}

const WITHIN: &str = "day BETWEEN :from AND :to AND (:unit IS NULL OR unit = :unit)";

fn count<P: Params>(connection: &Connection, sql: &str, when: P) -> rusqlite::Result<u64> {
    connection.query_row(&format!("{sql}{WITHIN}"), when, |row| row.get(0))
}

fn named<P: Params>(
    connection: &Connection,
    table: &str,
    column: &str,
    when: P,
) -> rusqlite::Result<Vec<Named>> {
    let sql = format!(
        "SELECT {column}, count(*) AS n FROM {table} WHERE {WITHIN} GROUP BY 1 ORDER BY n DESC, 1"
    );
    let mut statement = connection.prepare(&sql)?;
    let rows =
        statement.query_map(when, |row| Ok(Named { name: row.get(0)?, count: row.get(1)? }))?;
    rows.collect()
}

fn most_asked<P: Params>(connection: &Connection, when: P) -> rusqlite::Result<Vec<Asked>> {
    let sql = format!(
        "SELECT procedure, count(*) AS n FROM question WHERE procedure IS NOT NULL AND {WITHIN}
         GROUP BY 1 ORDER BY n DESC, 1 LIMIT {MOST}"
    );
    let mut statement = connection.prepare(&sql)?;
    let rows = statement
        .query_map(when, |row| Ok(Asked { procedure: row.get(0)?, count: row.get(1)? }))?;
    rows.collect()
}

fn most_missing<P: Params>(connection: &Connection, when: P) -> rusqlite::Result<Vec<Missing>> {
    let sql = format!(
        "SELECT procedure, requirement, max(name), count(*) AS n
         FROM missing_paper JOIN dossier_check ON dossier_check.id = dossier_check
         WHERE is_first AND {WITHIN}
         GROUP BY 1, 2 ORDER BY n DESC, 1, 2 LIMIT {MOST}"
    );
    let mut statement = connection.prepare(&sql)?;
    let rows = statement.query_map(when, |row| {
        Ok(Missing {
            procedure: row.get(0)?,
            requirement: row.get(1)?,
            name: row.get(2)?,
            count: row.get(3)?,
        })
    })?;
    rows.collect()
}

fn days<P: Params>(connection: &Connection, when: P) -> rusqlite::Result<Vec<DayCount>> {
    let sql = format!(
        "SELECT day, sum(q), sum(d) FROM (
             SELECT day, unit, 1 AS q, 0 AS d FROM question
             UNION ALL SELECT day, unit, 0, 1 FROM dossier_check WHERE is_first
         ) WHERE {WITHIN} GROUP BY day ORDER BY day"
    );
    let mut statement = connection.prepare(&sql)?;
    let rows = statement.query_map(when, |row| {
        Ok(DayCount { day: row.get(0)?, questions: row.get(1)?, dossiers: row.get(2)? })
    })?;
    rows.collect()
}
