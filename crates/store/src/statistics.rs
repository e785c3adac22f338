//! What the head of a centre asks for: counts, nobody's name.

use jiff::civil::Date;
use serde::Serialize;

use crate::{Database, Row, Store, StoreError, Value};

/// How many of what is asked or missing most are listed.
const MOST: u32 = 20;
/// Offices that are listed: more than a province has.
const MOST_UNITS: u32 = 1_000;

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
    /// Procedure by procedure, by code; those without anything are left out.
    pub procedures: Vec<ProcedureCount>,
    /// Day by day; days without anything are left out.
    pub days: Vec<DayCount>,
    /// Office by office, those first that screened most.
    pub units: Vec<UnitCount>,
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
    /// Screenings by verdict, one for each set of papers that a dossier was checked with.
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

/// One procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProcedureCount {
    /// Its code.
    pub procedure: String,
    /// Questions about it.
    pub questions: u64,
    /// Dossiers screened.
    pub dossiers: u64,
    /// Of these, complete at their first check.
    pub right_at_first: u64,
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

/// One office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitCount {
    /// Its name; empty where none is set.
    pub unit: String,
    /// Questions.
    pub questions: u64,
    /// Dossiers screened.
    pub dossiers: u64,
    /// Of these, complete at their first check.
    pub right_at_first: u64,
}

impl Store {
    /// Counts over a period.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn statistics(&self, period: &Period) -> Result<Statistics, StoreError> {
        // All counts are of one moment.
        self.lock()?.whole(|database| Counting { database, period }.all())
    }
}

struct Counting<'a> {
    database: &'a mut Database,
    period: &'a Period,
}

impl Counting<'_> {
    fn all(&mut self) -> Result<Statistics, StoreError> {
        let screened = self.count("dossier_check", "is_first = 1")?;
        let right = self.count("dossier_check", "is_first = 1 AND verdict = 'complete'")?;
        Ok(Statistics {
            questions: QuestionCounts {
                total: self.count("question", "1 = 1")?,
                by_audience: self.named("question", "audience")?,
                by_outcome: self.named("question", "outcome")?,
                most_asked: self.most_asked()?,
            },
            dossiers: DossierCounts {
                screened,
                by_verdict: self.named("dossier_check", "verdict")?,
                first_time_right: (screened > 0).then(|| right as f64 / screened as f64),
                most_missing: self.most_missing()?,
            },
            decisions: DecisionCounts {
                accepted: self.count(DECISIONS, "accepted = 1")?,
                rejected: self.count(DECISIONS, "accepted = 0")?,
            },
            feedback: ThanksCounts {
                helpful: self.count("feedback", "helpful = 1")?,
                unhelpful: self.count("feedback", "helpful = 0")?,
            },
            procedures: self.procedures()?,
            days: self.days()?,
            units: self.units()?,
        })
    }

    /// Runs a query that ends in, or holds, the condition of the period once.
    fn rows<T>(&mut self, sql: &str, read: fn(&Row) -> T) -> Result<Vec<T>, StoreError> {
        let Period { from, to, unit } = self.period;
        let unit = unit.as_deref();
        let values: [Value; 4] =
            [from.to_string().into(), to.to_string().into(), unit.into(), unit.into()];
        Ok(self.database.query(sql, &values)?.iter().map(read).collect())
    }

    fn count(&mut self, table: &str, condition: &str) -> Result<u64, StoreError> {
        let sql = format!("SELECT count(*) FROM {table} WHERE {condition} AND {WITHIN}");
        Ok(self.rows(&sql, |row| row.count(0))?.into_iter().sum())
    }

    fn named(&mut self, table: &str, column: &str) -> Result<Vec<Named>, StoreError> {
        let sql = format!(
            "SELECT {column}, count(*) AS n FROM {table} WHERE {WITHIN}
             GROUP BY 1 ORDER BY n DESC, 1"
        );
        self.rows(&sql, |row| Named { name: row.text(0), count: row.count(1) })
    }

    fn most_asked(&mut self) -> Result<Vec<Asked>, StoreError> {
        let sql = format!(
            "SELECT procedure, count(*) AS n FROM question
             WHERE procedure IS NOT NULL AND {WITHIN}
             GROUP BY 1 ORDER BY n DESC, 1 LIMIT {MOST}"
        );
        self.rows(&sql, |row| Asked { procedure: row.text(0), count: row.count(1) })
    }

    fn most_missing(&mut self) -> Result<Vec<Missing>, StoreError> {
        let sql = format!(
            "SELECT procedure, requirement, max(name), count(*) AS n
             FROM missing_paper JOIN dossier_check ON dossier_check.id = missing_paper.dossier_check
             WHERE is_first = 1 AND {WITHIN}
             GROUP BY 1, 2 ORDER BY n DESC, 1, 2 LIMIT {MOST}"
        );
        self.rows(&sql, |row| Missing {
            procedure: row.text(0),
            requirement: row.text(1),
            name: row.text(2),
            count: row.count(3),
        })
    }

    fn days(&mut self) -> Result<Vec<DayCount>, StoreError> {
        let sql = format!(
            "SELECT day, CAST(sum(q) AS BIGINT), CAST(sum(d) AS BIGINT) FROM (
                 SELECT day, unit, 1 AS q, 0 AS d FROM question
                 UNION ALL SELECT day, unit, 0, 1 FROM dossier_check WHERE is_first = 1
             ) AS one WHERE {WITHIN} GROUP BY day ORDER BY day"
        );
        self.rows(&sql, |row| DayCount {
            day: row.text(0),
            questions: row.count(1),
            dossiers: row.count(2),
        })
    }

    fn units(&mut self) -> Result<Vec<UnitCount>, StoreError> {
        let sql = grouped("unit", &format!("ORDER BY 3 DESC, 2 DESC, 1 LIMIT {MOST_UNITS}"));
        self.rows(&sql, |row| UnitCount {
            unit: row.text(0),
            questions: row.count(1),
            dossiers: row.count(2),
            right_at_first: row.count(3),
        })
    }

    fn procedures(&mut self) -> Result<Vec<ProcedureCount>, StoreError> {
        self.rows(&grouped("procedure", "ORDER BY 1"), |row| ProcedureCount {
            procedure: row.text(0),
            questions: row.count(1),
            dossiers: row.count(2),
            right_at_first: row.count(3),
        })
    }
}

/// Questions, dossiers and those right at first by a column that both tables have.
fn grouped(column: &str, order: &str) -> String {
    format!(
        "SELECT {column}, CAST(sum(q) AS BIGINT), CAST(sum(d) AS BIGINT), CAST(sum(r) AS BIGINT)
         FROM (
             SELECT day, unit, procedure, 1 AS q, 0 AS d, 0 AS r FROM question
             UNION ALL
             SELECT day, unit, procedure, 0, 1, CASE WHEN verdict = 'complete' THEN 1 ELSE 0 END
             FROM dossier_check WHERE is_first = 1
         ) AS one WHERE {column} IS NOT NULL AND {WITHIN} GROUP BY {column} {order}"
    )
}

const WITHIN: &str = "day BETWEEN ? AND ? AND (CAST(? AS TEXT) IS NULL OR unit = ?)";
/// Decisions have a time where the others have a day.
const DECISIONS: &str =
    "(SELECT substr(at, 1, 10) AS day, unit, accepted FROM decision) AS decided";
