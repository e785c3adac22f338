//! What is written down.

use jiff::{Timestamp, civil::Date};

use crate::{Database, Row, Store, StoreError, Value, audit};

/// A question was asked. Its words are not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionAsked {
    /// The day.
    pub day: Date,
    /// The office.
    pub unit: String,
    /// `citizen` or `official`.
    pub audience: String,
    /// `answered`, `clarify`, `not_covered` or `refused`.
    pub outcome: String,
    /// The code of the procedure that it was about.
    pub procedure: Option<String>,
}

/// A dossier was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierChecked {
    /// The day.
    pub day: Date,
    /// The office.
    pub unit: String,
    /// The procedure's code.
    pub procedure: String,
    /// `complete`, `incomplete` or `needs_human`.
    pub verdict: String,
    /// Whether it is this dossier's first check.
    pub is_first: bool,
    /// What was missing.
    pub missing: Vec<MissingPaper>,
}

/// A paper that was missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingPaper {
    /// The requirement's identifier.
    pub requirement: String,
    /// Its name.
    pub name: String,
}

/// An official's decision on a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// When.
    pub at: Timestamp,
    /// The office.
    pub unit: String,
    /// The official who decided; empty where nobody was signed in.
    pub official: String,
    /// The code of the case, as letters carry it.
    pub case: String,
    /// Which version of the case; 0 where the dossier belongs to none.
    pub version: usize,
    /// The procedure's code.
    pub procedure: String,
    /// By which version the dossier was judged.
    pub procedure_version: String,
    /// The finding's place in the report.
    pub finding: usize,
    /// The rule that found it.
    pub rule: String,
    /// What kind of defect it is.
    pub kind: String,
    /// The row concerned.
    pub row: Option<usize>,
    /// Whether the official agrees with the finding.
    pub accepted: bool,
    /// Why.
    pub reason: String,
}

/// What somebody thought of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    /// The day.
    pub day: Date,
    /// The office.
    pub unit: String,
    /// The procedure's code.
    pub procedure: Option<String>,
    /// Whether it helped.
    pub helpful: bool,
    /// In their own words; numbers of six digits and more are masked before it is kept.
    pub comment: String,
}

fn add_missing(
    database: &mut Database,
    check: i64,
    missing: &[MissingPaper],
) -> Result<(), StoreError> {
    for paper in missing {
        database.execute(
            "INSERT INTO missing_paper (dossier_check, requirement, name) VALUES (?, ?, ?)",
            &[check.into(), (&paper.requirement).into(), (&paper.name).into()],
        )?;
    }
    Ok(())
}

impl Store {
    /// Counts a question.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add_question(&self, asked: &QuestionAsked) -> Result<(), StoreError> {
        let QuestionAsked { day, unit, audience, outcome, procedure } = asked;
        self.lock()?.execute(
            "INSERT INTO question (day, unit, audience, outcome, procedure) VALUES (?, ?, ?, ?, ?)",
            &[
                day.to_string().into(),
                unit.into(),
                audience.into(),
                outcome.into(),
                procedure.as_deref().into(),
            ],
        )?;
        Ok(())
    }

    /// Counts a check, with what was missing; returns its number.
    ///
    /// # Errors
    /// When it cannot be written; then nothing of it is.
    pub fn add_check(&self, checked: &DossierChecked) -> Result<i64, StoreError> {
        let DossierChecked { day, unit, procedure, verdict, is_first, missing } = checked;
        self.lock()?.whole(|database| {
            let added = database.query(
                "INSERT INTO dossier_check (day, unit, procedure, verdict, is_first)
                 VALUES (?, ?, ?, ?, ?) RETURNING id",
                &[
                    day.to_string().into(),
                    unit.into(),
                    procedure.into(),
                    verdict.into(),
                    (*is_first).into(),
                ],
            )?;
            let check = added.first().map_or(0, |row| row.int(0));
            add_missing(database, check, missing)?;
            Ok(check)
        })
    }

    /// Counts another outcome in place of a check's: the same papers, when the case became clearer.
    ///
    /// # Errors
    /// When it cannot be written; then the first outcome stays.
    pub fn replace_check(&self, check: i64, checked: &DossierChecked) -> Result<(), StoreError> {
        self.lock()?.whole(|database| {
            database.execute(
                "UPDATE dossier_check SET verdict = ? WHERE id = ?",
                &[(&checked.verdict).into(), check.into()],
            )?;
            database
                .execute("DELETE FROM missing_paper WHERE dossier_check = ?", &[check.into()])?;
            add_missing(database, check, &checked.missing)
        })
    }

    /// Keeps a decision, for ever; numbers of six digits and more in its reason are masked.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add_decision(&self, decision: &Decision) -> Result<(), StoreError> {
        let row = decision.row.map(|row| row.to_string());
        self.lock()?.execute(
            // A row is a number or nothing, which the two databases type differently.
            "INSERT INTO decision (at, unit, official, case_code, version, procedure,
                                   procedure_version, finding, rule, kind, component, accepted,
                                   reason)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(CAST(? AS TEXT) AS BIGINT), ?, ?)",
            &[
                decision.at.to_string().into(),
                (&decision.unit).into(),
                (&decision.official).into(),
                (&decision.case).into(),
                decision.version.into(),
                (&decision.procedure).into(),
                (&decision.procedure_version).into(),
                decision.finding.into(),
                (&decision.rule).into(),
                (&decision.kind).into(),
                Value::from(row.as_deref()),
                decision.accepted.into(),
                masked(&decision.reason).into(),
            ],
        )?;
        Ok(())
    }

    /// Keeps what somebody thought of an answer.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add_feedback(&self, feedback: &Feedback) -> Result<(), StoreError> {
        let Feedback { day, unit, procedure, helpful, comment } = feedback;
        self.lock()?.execute(
            "INSERT INTO feedback (day, unit, procedure, helpful, comment) VALUES (?, ?, ?, ?, ?)",
            &[
                day.to_string().into(),
                unit.into(),
                procedure.as_deref().into(),
                (*helpful).into(),
                masked(comment).into(),
            ],
        )?;
        Ok(())
    }

    /// All decisions on a case, in the order they were made.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn decisions(&self, case: &str) -> Result<Vec<Decision>, StoreError> {
        let sql = "SELECT at, unit, official, case_code, version, procedure, procedure_version,
                          finding, rule, kind, component, accepted, reason
                   FROM decision WHERE case_code = ? ORDER BY id";
        Ok(self.lock()?.query(sql, &[case.into()])?.iter().map(decision).collect())
    }
}

fn decision(row: &Row) -> Decision {
    Decision {
        at: audit::time(&row.text(0)),
        unit: row.text(1),
        official: row.text(2),
        case: row.text(3),
        version: row.place(4),
        procedure: row.text(5),
        procedure_version: row.text(6),
        finding: row.place(7),
        rule: row.text(8),
        kind: row.text(9),
        row: row.optional_int(10).and_then(|row| usize::try_from(row).ok()),
        accepted: row.int(11) == 1,
        reason: row.text(12),
    }
}

/// Words without the numbers that name somebody: identity and telephone numbers have six digits and
/// more, written together or in groups.
pub fn masked(comment: &str) -> String {
    let mut kept = String::with_capacity(comment.len());
    let mut run = String::new();
    let flush = |run: &mut String, kept: &mut String| {
        let digits = run.chars().filter(char::is_ascii_digit).count();
        if digits >= 6 {
            kept.push('…');
            // What stood between the number and the next word.
            kept.extend(run.chars().rev().take_while(|c| !c.is_ascii_digit()));
        } else {
            kept.push_str(run);
        }
        run.clear();
    };
    for c in comment.chars() {
        let joins = !run.is_empty() && matches!(c, ' ' | '.' | '-');
        if c.is_ascii_digit() || joins {
            run.push(c);
        } else {
            flush(&mut run, &mut kept);
            kept.push(c);
        }
    }
    flush(&mut run, &mut kept);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_name_somebody_are_masked() {
        assert_eq!(masked("gọi tôi 0912 345 678 nhé"), "gọi tôi … nhé");
        assert_eq!(masked("CCCD 025087001234."), "CCCD ….");
        assert_eq!(masked("chờ 15 phút, sai ở Điều 16"), "chờ 15 phút, sai ở Điều 16");
    }
}
