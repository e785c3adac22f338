//! Compiled rows to a draft requirement tree.

use std::collections::BTreeMap;

use motcua_domain::{
    CaseAnswer, CaseQuestion, Condition, DataReplacement, Handover, Necessity, Note, Paper,
    PaperList, Requirement,
};
use motcua_text::fold;

use super::{CompiledRow, RowKind};
use crate::facts::RECORD_SOURCE;

const YES: &str = "co";
const NO: &str = "khong";
const LOOKUP: &str = "tra_cuu_du_lieu";

/// A requirement tree with the questions that decide it.
pub(crate) struct DraftTree {
    pub(crate) questions: Vec<CaseQuestion>,
    pub(crate) requirements: Vec<Requirement>,
    pub(crate) notes: Vec<Note>,
}

/// Each conditional row hangs on a yes-or-no question that quotes its own words; rows with the
/// same words share one. A heading that excludes others becomes one choice.
pub(crate) fn draft_tree(rows: &[CompiledRow]) -> DraftTree {
    let mut tree = DraftTree { questions: Vec::new(), requirements: Vec::new(), notes: Vec::new() };
    let headings = case_headings(rows);
    if headings.len() > 1 {
        tree.questions.push(heading_question(&headings));
    }
    let mut asked: BTreeMap<String, String> = BTreeMap::new();
    if rows.iter().any(|row| row.replaced_by_data && row.kind != RowKind::Note) {
        tree.questions.push(lookup_question());
    }
    for row in rows {
        if row.kind == RowKind::Note {
            tree.notes.push(Note { rows: vec![row.row], text: row.text.clone() });
            continue;
        }
        let when = condition(row, &headings, &mut asked, &mut tree.questions);
        tree.requirements.push(requirement(row, when));
    }
    tree
}

/// Headings that serve as conditions, in order.
fn case_headings(rows: &[CompiledRow]) -> Vec<String> {
    let mut headings: Vec<String> = Vec::new();
    for row in rows.iter().filter(|row| row.condition.as_ref() == Some(&row.heading)) {
        if !headings.contains(&row.heading) {
            headings.push(row.heading.clone());
        }
    }
    headings
}

fn heading_question(headings: &[String]) -> CaseQuestion {
    let answers = headings.iter().enumerate().map(|(at, heading)| CaseAnswer {
        value: format!("truong_hop_{}", at + 1),
        label: heading.trim_end_matches(':').to_owned(),
    });
    let other = CaseAnswer { value: "khac".to_owned(), label: "Trường hợp khác".to_owned() };
    CaseQuestion {
        key: "truong_hop".to_owned(),
        ask: "Hồ sơ thuộc trường hợp nào?".to_owned(),
        answers: answers.chain([other]).collect(),
        lookup: false,
    }
}

fn condition(
    row: &CompiledRow,
    headings: &[String],
    asked: &mut BTreeMap<String, String>,
    questions: &mut Vec<CaseQuestion>,
) -> Condition {
    let Some(clause) = &row.condition else { return Condition::always() };
    if row.necessity != Some(Necessity::Conditional) {
        return Condition::always();
    }
    if headings.len() > 1
        && let Some(at) = headings.iter().position(|heading| heading == clause)
    {
        return Condition::equals("truong_hop", format!("truong_hop_{}", at + 1));
    }
    let next = format!("dong_{}", row.row);
    let key = asked.entry(fold(clause)).or_insert_with(|| {
        questions.push(yes_or_no(&next, clause));
        next
    });
    Condition::equals(key.clone(), YES)
}

fn yes_or_no(key: &str, clause: &str) -> CaseQuestion {
    let lookup = super::wording::LOOKUP_FAILED.is_match(&clause.to_lowercase());
    CaseQuestion {
        key: key.to_owned(),
        ask: format!("Hồ sơ có thuộc trường hợp này không: “{clause}”?"),
        answers: vec![
            CaseAnswer { value: YES.to_owned(), label: "Có".to_owned() },
            CaseAnswer { value: NO.to_owned(), label: "Không".to_owned() },
        ],
        lookup,
    }
}

/// Whether the look-up worked is not known from the row: an official says.
fn lookup_question() -> CaseQuestion {
    CaseQuestion {
        key: LOOKUP.to_owned(),
        ask: "Có khai thác được thông tin trong cơ sở dữ liệu để thay giấy tờ không?".to_owned(),
        answers: vec![
            CaseAnswer { value: "duoc".to_owned(), label: "Khai thác được".to_owned() },
            CaseAnswer { value: NO.to_owned(), label: "Không khai thác được".to_owned() },
        ],
        lookup: true,
    }
}

fn requirement(row: &CompiledRow, when: Condition) -> Requirement {
    let necessity = match row.necessity {
        Some(Necessity::Conditional) if when.is_always() => Necessity::Pending,
        Some(necessity) => necessity,
        None => Necessity::Pending,
    };
    Requirement {
        id: format!("dong-{}", row.row),
        rows: vec![row.row],
        name: row.text.clone(),
        necessity,
        when,
        handover: if row.kind == RowKind::Present { Handover::Present } else { Handover::Submit },
        any_of: vec![PaperList { when: Condition::always(), all_of: vec![paper(row)] }],
        replaced_by_data: row.replaced_by_data.then(|| DataReplacement {
            database: "Cơ sở dữ liệu dùng chung".to_owned(),
            when: Condition::equals(LOOKUP, "duoc"),
        }),
        note: None,
        source_text: Some(row.text.clone()),
        sources: vec![RECORD_SOURCE.to_owned()],
    }
}

fn paper(row: &CompiledRow) -> Paper {
    Paper {
        name: row.text.clone(),
        document: None,
        copy_type: row.copy_type,
        quantity: row.quantity,
        form: row.form.clone(),
        validity: row.validity.clone(),
    }
}
