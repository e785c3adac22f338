//! What is written down.

use jiff::{Timestamp, civil::Date};
use rusqlite::params;

use crate::{Store, StoreError};

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
    /// The code of the case, as letters carry it.
    pub case: String,
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

impl Store {
    /// Counts a question.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add_question(&self, asked: &QuestionAsked) -> Result<(), StoreError> {
        let QuestionAsked { day, unit, audience, outcome, procedure } = asked;
        self.lock().prepare_cached(
            "INSERT INTO question (day, unit, audience, outcome, procedure) VALUES (?, ?, ?, ?, ?)",
        )?
        .execute(params![day.to_string(), unit, audience, outcome, procedure])?;
        Ok(())
    }

    /// Counts a check, with what was missing.
    ///
    /// # Errors
    /// When it cannot be written; then nothing of it is.
    pub fn add_check(&self, checked: &DossierChecked) -> Result<(), StoreError> {
        let DossierChecked { day, unit, procedure, verdict, is_first, missing } = checked;
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        transaction.execute(
            "INSERT INTO dossier_check (day, unit, procedure, verdict, is_first)
             VALUES (?, ?, ?, ?, ?)",
            params![day.to_string(), unit, procedure, verdict, is_first],
        )?;
        let check = transaction.last_insert_rowid();
        for paper in missing {
            transaction.execute(
                "INSERT INTO missing_paper (dossier_check, requirement, name) VALUES (?, ?, ?)",
                params![check, paper.requirement, paper.name],
            )?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Keeps a decision, for ever.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add_decision(&self, decision: &Decision) -> Result<(), StoreError> {
        self.lock().execute(
            "INSERT INTO decision (at, unit, case_code, procedure, procedure_version, finding, rule,
                                   kind, component, accepted, reason)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                decision.at.to_string(),
                decision.unit,
                decision.case,
                decision.procedure,
                decision.procedure_version,
                i64::try_from(decision.finding).unwrap_or(i64::MAX),
                decision.rule,
                decision.kind,
                decision.row.and_then(|row| i64::try_from(row).ok()),
                decision.accepted,
                decision.reason,
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
        self.lock().execute(
            "INSERT INTO feedback (day, unit, procedure, helpful, comment) VALUES (?, ?, ?, ?, ?)",
            params![day.to_string(), unit, procedure, helpful, masked(comment)],
        )?;
        Ok(())
    }

    /// All decisions on a case, in the order they were made.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn decisions(&self, case: &str) -> Result<Vec<Decision>, StoreError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT at, unit, case_code, procedure, procedure_version, finding, rule, kind,
                    component, accepted, reason
             FROM decision WHERE case_code = ? ORDER BY id",
        )?;
        let place = |number: i64| usize::try_from(number).unwrap_or(0);
        let decisions = statement.query_map([case], |row| {
            let at: String = row.get(0)?;
            Ok(Decision {
                at: at.parse().unwrap_or(Timestamp::UNIX_EPOCH),
                unit: row.get(1)?,
                case: row.get(2)?,
                procedure: row.get(3)?,
                procedure_version: row.get(4)?,
                finding: place(row.get(5)?),
                rule: row.get(6)?,
                kind: row.get(7)?,
                row: row.get::<_, Option<i64>>(8)?.map(place),
                accepted: row.get(9)?,
                reason: row.get(10)?,
            })
        })?;
        Ok(decisions.collect::<Result<_, _>>()?)
    }
}

/// Identity and telephone numbers have six digits and more, written together or in groups.
fn masked(comment: &str) -> String {
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
