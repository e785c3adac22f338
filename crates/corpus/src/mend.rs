//! What a person mends of a requirement: whom it concerns, and which papers it takes.

use motcua_domain::{
    CaseQuestion, Condition, Conjunction, CopyType, Handover, Necessity, Note, Paper, PaperList,
    Procedure, Requirement, Term,
};

/// A requirement as a person wants it. What is not told here stays as it was: its rows, its sources, the look-up
/// that stands in for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MendedRequirement {
    /// What a reader is shown.
    pub name: String,
    /// Who needs it.
    pub needed: Needed,
    /// Handed in, or shown and handed back.
    pub handover: Handover,
    /// Something the reader should know, in a sentence.
    pub note: Option<String>,
    /// Any one of these lists is enough.
    pub any_of: Vec<MendedList>,
}

/// Who needs a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Needed {
    /// As the file has it.
    AsBefore,
    /// Everybody.
    ByAll,
    /// Those whose answer to a question of the procedure is this one.
    InCase(Term),
    /// Whoever has it: nobody is sent home for the lack of it.
    IfAny,
    /// Nobody: the row explains something, and asks for no paper.
    ByNobody,
}

/// Papers that are needed together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MendedList {
    /// Which list of the requirement it was, from 0; none for a new one.
    pub was: Option<usize>,
    /// The papers.
    pub papers: Vec<MendedPaper>,
}

/// One paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MendedPaper {
    /// Which paper of its list it was, from 0; none for a new one.
    pub was: Option<usize>,
    /// Its name as a reader is shown it.
    pub name: String,
    /// What form of it is accepted.
    pub copy_type: CopyType,
    /// How many; at least 1.
    pub quantity: u32,
    /// The form it must be filled in on.
    pub form: Option<String>,
    /// How long or until when it must be valid, in words.
    pub validity: Option<String>,
}

/// Why a requirement cannot be mended so. What else is wrong with the file is told when it is read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MendError {
    /// The procedure has no such requirement.
    #[error("thủ tục không có yêu cầu `{0}`")]
    Unknown(String),
    /// A requirement without papers.
    #[error(
        "yêu cầu phải có ít nhất một giấy tờ có tên; nếu không phải nộp gì, hãy chọn “chỉ là lưu ý”"
    )]
    NoPapers,
    /// A list or a paper that the requirement does not have.
    #[error("giấy tờ được sửa không còn trong tệp: hãy mở lại thủ tục rồi sửa")]
    Moved,
}

/// Mends the requirement `id`. Questions that nothing hangs on any more go.
///
/// # Errors
/// When there is no such requirement, or no paper would be left; then the procedure stays as it was.
pub fn mend_requirement(
    procedure: &mut Procedure,
    id: &str,
    mended: MendedRequirement,
) -> Result<(), MendError> {
    let at = procedure.requirements.iter().position(|one| one.id == id);
    let at = at.ok_or_else(|| MendError::Unknown(id.to_owned()))?;
    let before = &procedure.requirements[at];
    if mended.needed == Needed::ByNobody {
        let text = before.source_text.clone().unwrap_or(mended.name);
        let note = Note { rows: before.rows.clone(), text };
        procedure.requirements.remove(at);
        procedure.notes.push(note);
    } else {
        procedure.requirements[at] = mended_of(before, mended)?;
    }
    let used: Vec<String> = procedure.requirements.iter().flat_map(keys).collect();
    procedure.questions.retain(|CaseQuestion { key, .. }| used.contains(key));
    Ok(())
}

fn mended_of(before: &Requirement, mended: MendedRequirement) -> Result<Requirement, MendError> {
    let MendedRequirement { name, needed, handover, note, any_of } = mended;
    let (necessity, when) = match needed {
        Needed::AsBefore | Needed::ByNobody => (before.necessity, before.when.clone()),
        Needed::ByAll => (Necessity::Always, Condition::always()),
        Needed::InCase(term) => {
            (Necessity::Conditional, Condition { any_of: vec![Conjunction { all_of: vec![term] }] })
        }
        Needed::IfAny => (Necessity::Optional, before.when.clone()),
    };
    let any_of = any_of.into_iter().map(|list| mended_list(before, list));
    let any_of = any_of.collect::<Result<Vec<_>, _>>()?;
    if any_of.is_empty() || name.trim().is_empty() {
        return Err(MendError::NoPapers);
    }
    Ok(Requirement { name, necessity, when, handover, note, any_of, ..before.clone() })
}

fn mended_list(before: &Requirement, mended: MendedList) -> Result<PaperList, MendError> {
    let was = match mended.was {
        Some(at) => Some(before.any_of.get(at).ok_or(MendError::Moved)?),
        None => None,
    };
    let papers = mended.papers.into_iter().map(|paper| mended_paper(was, paper));
    let all_of = papers.collect::<Result<Vec<_>, _>>()?;
    if all_of.is_empty() || all_of.iter().any(|paper| paper.name.trim().is_empty()) {
        return Err(MendError::NoPapers);
    }
    let (when, rows) = was.map(|was| (was.when.clone(), was.rows.clone())).unwrap_or_default();
    Ok(PaperList { when, all_of, rows })
}

fn mended_paper(list: Option<&PaperList>, mended: MendedPaper) -> Result<Paper, MendError> {
    let MendedPaper { was, name, copy_type, quantity, form, validity } = mended;
    let was = match was {
        Some(at) => Some(list.and_then(|list| list.all_of.get(at)).ok_or(MendError::Moved)?),
        None => None,
    };
    let (document, contents) =
        was.map(|was| (was.document.clone(), was.contents.clone())).unwrap_or_default();
    let quantity = quantity.max(1);
    Ok(Paper { name, document, copy_type, quantity, form, validity, contents })
}

/// The keys of all questions that a requirement hangs on.
fn keys(requirement: &Requirement) -> Vec<String> {
    requirement
        .conditions()
        .flat_map(|when| when.keys().into_iter().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Record, procedure_from_record, read_procedure, write_procedure};

    /// A procedure as the machine reads it from the rows of a record.
    fn draft(rows: &[(&str, &str)]) -> Procedure {
        let rows = rows.iter().map(|(case, name)| {
            serde_json::json!({ "case": case, "name": name, "originals": 1, "copies": 0 })
        });
        let record = serde_json::json!({
            "code": "1.000001", "name": "Thủ tục thử", "field": "Hộ tịch", "ministry": "Bộ Tư pháp",
            "components": rows.collect::<Vec<_>>(),
        });
        let record: Record = serde_json::from_value(record).expect("a record");
        procedure_from_record(&record).expect("a procedure")
    }

    fn as_it_is(requirement: &Requirement) -> MendedRequirement {
        let paper = |(at, paper): (usize, &Paper)| MendedPaper {
            was: Some(at),
            name: paper.name.clone(),
            copy_type: paper.copy_type,
            quantity: paper.quantity,
            form: paper.form.clone(),
            validity: paper.validity.clone(),
        };
        let list = |(at, list): (usize, &PaperList)| MendedList {
            was: Some(at),
            papers: list.all_of.iter().enumerate().map(paper).collect(),
        };
        MendedRequirement {
            name: requirement.name.clone(),
            needed: Needed::AsBefore,
            handover: requirement.handover,
            note: requirement.note.clone(),
            any_of: requirement.any_of.iter().enumerate().map(list).collect(),
        }
    }

    fn read_back(procedure: &Procedure) -> Result<Procedure, Vec<crate::Problem>> {
        read_procedure("1.000001.toml".as_ref(), &write_procedure(procedure))
    }

    #[test]
    fn mended_as_it_is_nothing_changes() {
        let before = draft(&[("", "Tờ khai"), ("", "Giấy ủy quyền trong trường hợp ủy quyền")]);
        let mut after = before.clone();
        for requirement in &before.requirements {
            mend_requirement(&mut after, &requirement.id, as_it_is(requirement)).expect("mended");
        }
        assert_eq!(before, after);
    }

    #[test]
    fn a_question_goes_with_the_last_paper_that_hangs_on_it() {
        let mut procedure =
            draft(&[("", "Tờ khai"), ("", "Giấy ủy quyền trong trường hợp ủy quyền")]);
        assert_eq!(procedure.questions.len(), 1);
        let conditional = procedure.requirements[1].clone();
        let mended = MendedRequirement { needed: Needed::ByAll, ..as_it_is(&conditional) };
        mend_requirement(&mut procedure, &conditional.id, mended).expect("mended");
        assert_eq!(procedure.requirements[1].necessity, Necessity::Always);
        assert!(procedure.questions.is_empty());
        read_back(&procedure).expect("a whole file");
    }

    #[test]
    fn a_paper_is_said_to_be_needed_in_the_case_of_another() {
        let mut procedure =
            draft(&[("", "Tờ khai"), ("", "Giấy ủy quyền trong trường hợp ủy quyền")]);
        let (key, value) = (procedure.questions[0].key.clone(), "co".to_owned());
        let form = procedure.requirements[0].clone();
        let term = Term { key, values: vec![value] };
        let mended = MendedRequirement { needed: Needed::InCase(term), ..as_it_is(&form) };
        mend_requirement(&mut procedure, &form.id, mended).expect("mended");
        assert_eq!(procedure.requirements[0].when, procedure.requirements[1].when);
        let read = read_back(&procedure).expect("a whole file");
        assert_eq!(read.requirements[0].necessity, Necessity::Conditional);
    }

    #[test]
    fn a_row_that_asks_for_nothing_becomes_a_note() {
        let mut procedure = draft(&[("", "Tờ khai"), ("", "Giấy tờ khai trung thực")]);
        let row = procedure.requirements[1].clone();
        let mended = MendedRequirement { needed: Needed::ByNobody, ..as_it_is(&row) };
        mend_requirement(&mut procedure, &row.id, mended).expect("mended");
        assert_eq!(procedure.requirements.len(), 1);
        assert_eq!(procedure.notes.last().map(|note| note.rows.as_slice()), Some(&[1][..]));
        read_back(&procedure).expect("a whole file");
    }

    #[test]
    fn papers_and_alternatives_are_added_and_taken_away() {
        let mut procedure = draft(&[("", "Bản sao Hộ chiếu")]);
        let row = procedure.requirements[0].clone();
        let mut mended = as_it_is(&row);
        let card = MendedPaper {
            was: None,
            name: "Thẻ căn cước".to_owned(),
            copy_type: CopyType::CertifiedCopy,
            quantity: 0,
            form: None,
            validity: Some("còn hạn".to_owned()),
        };
        mended.any_of.push(MendedList { was: None, papers: vec![card] });
        mend_requirement(&mut procedure, &row.id, mended.clone()).expect("mended");
        let read = read_back(&procedure).expect("a whole file");
        let [_, card] = &read.requirements[0].any_of[..] else { panic!("two lists") };
        assert_eq!(
            (card.all_of[0].quantity, card.all_of[0].copy_type),
            (1, CopyType::CertifiedCopy)
        );

        mended.any_of.clear();
        let empty = mend_requirement(&mut procedure, &row.id, mended.clone());
        assert_eq!(empty, Err(MendError::NoPapers));
        mended.any_of.push(MendedList { was: Some(9), papers: Vec::new() });
        let moved = mend_requirement(&mut procedure, &row.id, mended.clone());
        assert_eq!(moved, Err(MendError::Moved));
        let unknown = mend_requirement(&mut procedure, "khong-co", mended);
        assert_eq!(unknown, Err(MendError::Unknown("khong-co".to_owned())));
        assert_eq!(procedure.requirements[0].any_of.len(), 2, "as it was");
    }

    #[test]
    fn nobody_approves_what_the_machine_could_not_read() {
        let mut procedure = draft(&[("", "Tờ khai")]);
        procedure.requirements[0].necessity = Necessity::Pending;
        let read = read_back(&procedure).expect("a draft may be open");
        assert_eq!(read.requirements[0].necessity, Necessity::Pending, "not due from everybody");
        let approved = motcua_domain::Review::Checked { on: jiff::civil::date(2026, 11, 28) };
        procedure.review = approved;
        let problems = read_back(&procedure).expect_err("a person has to decide");
        assert!(problems.iter().any(|problem| problem.to_string().contains("pending")));
    }
}
