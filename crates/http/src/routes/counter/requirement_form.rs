//! A requirement as a person can mend it by a form.

use motcua_domain::{
    CopyType, Handover, Necessity, Paper, PaperList, Procedure, Requirement, Term,
};
use motcua_kiosk::{MendedList, MendedPaper, MendedRequirement, Needed};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a person can mend of a requirement.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct RequirementForm {
    /// What a reader is shown.
    name: String,
    /// Who needs it: `by_all`, `in_case`, `if_any`, `by_nobody` (the row only explains), or `as_before`: as the file
    /// has it, where that is more than one answer to one question, or not known yet.
    needed: NeededForm,
    /// The answer that it hangs on, where it is needed `in_case`.
    case: Option<CaseForm>,
    /// `submit` or `present`.
    #[schema(value_type = String)]
    handover: Handover,
    /// Something the reader should know, in a sentence.
    note: Option<String>,
    /// Any one of these lists is enough.
    any_of: Vec<ListForm>,
}

/// Who needs a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum NeededForm {
    AsBefore,
    ByAll,
    InCase,
    IfAny,
    ByNobody,
}

/// An answer to one of the procedure's questions.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct CaseForm {
    /// The question's key.
    key: String,
    /// The answer's value.
    value: String,
}

/// Papers that are needed together.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct ListForm {
    /// Which list of the file it is, from 0; none for a new one.
    was: Option<usize>,
    /// The papers.
    papers: Vec<PaperForm>,
}

/// One paper.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct PaperForm {
    /// Which paper of its list it is, from 0; none for a new one.
    was: Option<usize>,
    /// Its name.
    name: String,
    /// `original`, `certified_copy`, `plain_copy`, `original_or_copy`, `electronic` or `unspecified`.
    #[schema(value_type = String)]
    copy_type: CopyType,
    /// How many.
    quantity: u32,
    /// The form it must be filled in on.
    form: Option<String>,
    /// How long or until when it must be valid, in words.
    validity: Option<String>,
}

impl From<&Requirement> for RequirementForm {
    fn from(requirement: &Requirement) -> Self {
        let (needed, case) = needed(requirement);
        let list = |(at, list): (usize, &PaperList)| ListForm {
            was: Some(at),
            papers: list.all_of.iter().enumerate().map(paper).collect(),
        };
        Self {
            name: requirement.name.clone(),
            needed,
            case,
            handover: requirement.handover,
            note: requirement.note.clone(),
            any_of: requirement.any_of.iter().enumerate().map(list).collect(),
        }
    }
}

fn paper((at, paper): (usize, &Paper)) -> PaperForm {
    PaperForm {
        was: Some(at),
        name: paper.name.clone(),
        copy_type: paper.copy_type,
        quantity: paper.quantity,
        form: paper.form.clone(),
        validity: paper.validity.clone(),
    }
}

fn needed(requirement: &Requirement) -> (NeededForm, Option<CaseForm>) {
    match requirement.necessity {
        Necessity::Always => (NeededForm::ByAll, None),
        Necessity::Optional => (NeededForm::IfAny, None),
        Necessity::Pending => (NeededForm::AsBefore, None),
        Necessity::Conditional => match only_answer(requirement) {
            Some(case) => (NeededForm::InCase, Some(case)),
            None => (NeededForm::AsBefore, None),
        },
    }
}

/// The one answer to one question that a requirement hangs on.
fn only_answer(requirement: &Requirement) -> Option<CaseForm> {
    let [alternative] = &requirement.when.any_of[..] else { return None };
    let [Term { key, values }] = &alternative.all_of[..] else { return None };
    let [value] = &values[..] else { return None };
    Some(CaseForm { key: key.clone(), value: value.clone() })
}

impl From<RequirementForm> for MendedRequirement {
    fn from(form: RequirementForm) -> Self {
        let needed = match (form.needed, form.case) {
            (NeededForm::ByAll, _) => Needed::ByAll,
            (NeededForm::IfAny, _) => Needed::IfAny,
            (NeededForm::ByNobody, _) => Needed::ByNobody,
            (NeededForm::InCase, Some(CaseForm { key, value })) => {
                Needed::InCase(Term { key, values: vec![value] })
            }
            (NeededForm::InCase, None) | (NeededForm::AsBefore, _) => Needed::AsBefore,
        };
        let paper = |paper: PaperForm| MendedPaper {
            was: paper.was,
            name: paper.name,
            copy_type: paper.copy_type,
            quantity: paper.quantity,
            form: said(paper.form),
            validity: said(paper.validity),
        };
        let list = |list: ListForm| MendedList {
            was: list.was,
            papers: list.papers.into_iter().map(paper).collect(),
        };
        Self {
            name: form.name,
            needed,
            handover: form.handover,
            note: said(form.note),
            any_of: form.any_of.into_iter().map(list).collect(),
        }
    }
}

/// An empty field says nothing.
fn said(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// An answer that a paper may hang on, in words.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseView {
    /// The question's key.
    key: String,
    /// The answer's value.
    value: String,
    /// Question and answer.
    text: String,
}

/// All answers to all questions of a procedure.
pub(super) fn cases(procedure: &Procedure) -> Vec<CaseView> {
    let of_question = |question: &motcua_domain::CaseQuestion| {
        let ask = question.ask.clone();
        let key = question.key.clone();
        let view = move |answer: &motcua_domain::CaseAnswer| CaseView {
            key: key.clone(),
            value: answer.value.clone(),
            text: format!("{ask} – {}", answer.label),
        };
        question.answers.iter().map(view).collect::<Vec<_>>()
    };
    procedure.questions.iter().flat_map(of_question).collect()
}
