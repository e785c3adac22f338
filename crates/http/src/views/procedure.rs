use motcua_domain::{
    CaseAnswer, CaseFacts, CaseQuestion, Channel, Detail, FeeAmount, Jurisdiction, Place,
    Procedure, Requirement, Review, SourceId, Statement, Truth,
};
use motcua_kiosk::{in_english, wording};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{SourceView, word};

/// A list of procedures.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProceduresView {
    /// This page's procedures.
    pub procedures: Vec<ProcedureSummaryView>,
    /// Which page, from 1.
    pub page: usize,
    /// How many procedures there are in all pages.
    pub total: usize,
}

/// A procedure in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProcedureSummaryView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its field.
    pub field: String,
    /// Its levels.
    pub levels: Vec<String>,
    /// How much of it is known: `full`, `name_only` or `suspect`.
    pub detail: String,
    /// 0 to 1 where the list is a search result.
    pub score: Option<f32>,
}

/// A whole procedure.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProcedureView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its field.
    pub field: String,
    /// Who publishes it.
    pub ministry: String,
    /// The decision that publishes it.
    pub decision: Option<String>,
    /// Its levels.
    pub levels: Vec<String>,
    /// `national`, `internal` or a province's name.
    pub jurisdiction: String,
    /// Who may apply.
    pub subjects: Vec<String>,
    /// Who decides.
    pub agencies: Vec<String>,
    /// Hash of its facts.
    pub version: String,
    /// Who stands behind it.
    pub review: ReviewView,
    /// How much of it is known: `full`, `name_only` or `suspect`.
    pub detail: String,
    /// Time limits.
    pub times: Vec<TimeView>,
    /// Fees.
    pub fees: Vec<FeeView>,
    /// Where to hand in.
    pub places: Vec<StatementView>,
    /// What happens.
    pub steps: Vec<StatementView>,
    /// What must be true.
    pub conditions: Vec<StatementView>,
    /// What one gets.
    pub results: Vec<StatementView>,
    /// Questions that decide which requirements apply.
    pub questions: Vec<CaseQuestionView>,
    /// The requirement tree.
    pub requirements: Vec<RequirementView>,
    /// Rows that ask for nothing.
    pub notes: Vec<NoteView>,
    /// How many rows the record's component list has.
    pub row_count: usize,
    /// The legal basis.
    pub legal_basis: Vec<LegalBasisView>,
    /// First and last day in force.
    pub effective_from: Option<String>,
    /// The last day in force.
    pub effective_to: Option<String>,
    /// Where its facts come from.
    pub sources: Vec<SourceView>,
}

/// Who stands behind a procedure.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReviewView {
    /// `draft`, `checked` or `approved`.
    pub state: String,
    /// The same in words for screens.
    pub text: String,
}

/// A time limit.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TimeView {
    /// Channels it holds for; empty means all.
    pub channels: Vec<String>,
    /// The amount, where it is a number.
    pub amount: Option<f64>,
    /// Its unit.
    pub unit: Option<String>,
    /// What a reader is shown.
    pub text: String,
    /// In which case it holds.
    pub condition: Option<String>,
    /// Where it is stated.
    pub source: Option<SourceView>,
}

/// A fee.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FeeView {
    /// Channels it holds for; empty means all.
    pub channels: Vec<String>,
    /// What it is for.
    pub name: String,
    /// `free`, `dong`, `set_elsewhere` or `in_text`.
    pub kind: String,
    /// The amount in đồng, where it is one.
    pub dong: Option<u64>,
    /// What a reader is shown.
    pub text: String,
    /// In which case it holds.
    pub condition: Option<String>,
    /// Where it is stated.
    pub source: Option<SourceView>,
}

/// A statement with the channels it holds for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StatementView {
    /// Channels it holds for; empty means all.
    pub channels: Vec<String>,
    /// The statement.
    pub text: String,
    /// Where it is stated.
    pub source: Option<SourceView>,
}

/// A question about the case.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CaseQuestionView {
    /// Its key.
    pub key: String,
    /// The question.
    pub ask: String,
    /// The question in English, where somebody has written it down.
    pub ask_en: Option<String>,
    /// What can be answered.
    pub answers: Vec<CaseAnswerView>,
    /// Whether an official looks it up instead of asking.
    pub lookup: bool,
}

/// One possible answer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CaseAnswerView {
    /// Its value.
    pub value: String,
    /// The words shown.
    pub label: String,
    /// The same in English, where somebody has written it down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_en: Option<String>,
}

/// A requirement.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RequirementView {
    /// Its identifier.
    pub id: String,
    /// The record's rows it covers.
    pub rows: Vec<usize>,
    /// What a reader is shown.
    pub name: String,
    /// `always`, `conditional`, `optional` or `pending`.
    pub necessity: String,
    /// When it applies, in words.
    pub when: Option<String>,
    /// `submit` or `present`.
    pub handover: String,
    /// Any one of these lists is enough.
    pub any_of: Vec<PaperListView>,
    /// The database that stands in for it.
    pub replaced_by_data: Option<String>,
    /// Something to know.
    pub note: Option<String>,
    /// The whole requirement in a sentence.
    pub text: String,
}

/// Papers that are needed together.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PaperListView {
    /// When the list may be used, in words.
    pub when: Option<String>,
    /// The papers.
    pub papers: Vec<PaperView>,
}

/// One paper.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PaperView {
    /// Its name.
    pub name: String,
    /// Its kind in the catalogue of common papers.
    pub document: Option<String>,
    /// What form is accepted.
    pub copy_type: String,
    /// How many.
    pub quantity: u32,
    /// The form it is filled in on.
    pub form: Option<String>,
    /// How long it must be valid.
    pub validity: Option<String>,
}

/// A row that asks for nothing.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NoteView {
    /// The rows it stands in.
    pub rows: Vec<usize>,
    /// What it says.
    pub text: String,
}

/// A document of law.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LegalBasisView {
    /// Its number.
    pub number: Option<String>,
    /// Its title.
    pub title: String,
}

/// What one person must bring.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChecklistView {
    /// The procedure's code.
    pub procedure: String,
    /// Its name.
    pub name: String,
    /// Who stands behind it.
    pub review: ReviewView,
    /// What is needed, or may be.
    pub items: Vec<ChecklistItemView>,
    /// Questions whose answers would decide more.
    pub questions: Vec<CaseQuestionView>,
}

/// One item of a checklist.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChecklistItemView {
    /// The requirement's identifier.
    pub id: String,
    /// `needed`, `depends` or `optional`.
    pub state: String,
    /// The requirement in a sentence.
    pub text: String,
    /// Where it is stated.
    pub source: Option<SourceView>,
    /// What the published record says of it, where that record is at hand.
    pub source_text: Option<String>,
}

fn channels(channels: &[Channel]) -> Vec<String> {
    channels.iter().map(word).collect()
}

impl From<&CaseQuestion> for CaseQuestionView {
    fn from(question: &CaseQuestion) -> Self {
        Self {
            key: question.key.clone(),
            ask: question.ask.clone(),
            ask_en: in_english(&question.ask).map(str::to_owned),
            answers: question.answers.iter().map(CaseAnswerView::from).collect(),
            lookup: question.lookup,
        }
    }
}

impl From<&CaseAnswer> for CaseAnswerView {
    fn from(answer: &CaseAnswer) -> Self {
        Self {
            value: answer.value.clone(),
            label: answer.label.clone(),
            label_en: in_english(&answer.label).map(str::to_owned),
        }
    }
}

impl From<CaseAnswerView> for CaseAnswer {
    fn from(view: CaseAnswerView) -> Self {
        Self::new(view.value, view.label)
    }
}

impl From<&Review> for ReviewView {
    fn from(review: &Review) -> Self {
        Self { state: review.state().to_owned(), text: review.vietnamese() }
    }
}

/// The first of the sources that a fact names.
fn source_of(procedure: &Procedure, sources: &[SourceId]) -> Option<SourceView> {
    procedure.sources.iter().find(|source| sources.contains(&source.id)).map(SourceView::from)
}

fn statements(procedure: &Procedure, list: &[Statement]) -> Vec<StatementView> {
    let view = |statement: &Statement| StatementView {
        channels: Vec::new(),
        text: statement.text.clone(),
        source: source_of(procedure, &statement.sources),
    };
    list.iter().map(view).collect()
}

fn places(procedure: &Procedure) -> Vec<StatementView> {
    let view = |place: &Place| StatementView {
        channels: channels(&place.channels),
        text: place.text.clone(),
        source: source_of(procedure, &place.sources),
    };
    procedure.places.iter().map(view).collect()
}

impl From<&Procedure> for ProcedureSummaryView {
    fn from(procedure: &Procedure) -> Self {
        Self {
            code: procedure.code.to_string(),
            name: procedure.name.clone(),
            field: procedure.field.clone(),
            levels: procedure.levels.iter().map(word).collect(),
            detail: detail_word(procedure),
            score: None,
        }
    }
}

/// How much of a procedure is known, in a word.
pub(super) fn detail_word(procedure: &Procedure) -> String {
    let word = match procedure.detail {
        Detail::Full => "full",
        Detail::NameOnly => "name_only",
        Detail::Suspect(_) => "suspect",
    };
    word.to_owned()
}

impl ProcedureView {
    /// A procedure as it leaves; `version` is the hash of its facts.
    pub fn new(procedure: &Procedure, version: String) -> Self {
        let jurisdiction = match &procedure.jurisdiction {
            Jurisdiction::National => "national",
            Jurisdiction::Internal => "internal",
            Jurisdiction::Province(name) => name,
        };
        Self {
            code: procedure.code.to_string(),
            name: procedure.name.clone(),
            field: procedure.field.clone(),
            ministry: procedure.ministry.clone(),
            decision: procedure.decision.clone(),
            levels: procedure.levels.iter().map(word).collect(),
            jurisdiction: jurisdiction.to_owned(),
            subjects: procedure.subjects.clone(),
            agencies: procedure.agencies.clone(),
            version,
            review: ReviewView::from(&procedure.review),
            detail: detail_word(procedure),
            times: times(procedure),
            fees: fees(procedure),
            places: places(procedure),
            steps: statements(procedure, &procedure.steps),
            conditions: statements(procedure, &procedure.conditions),
            results: statements(procedure, &procedure.results),
            questions: procedure.questions.iter().map(CaseQuestionView::from).collect(),
            requirements: procedure
                .requirements
                .iter()
                .map(|r| requirement(r, procedure))
                .collect(),
            notes: procedure
                .notes
                .iter()
                .map(|note| NoteView { rows: note.rows.clone(), text: note.text.clone() })
                .collect(),
            row_count: procedure.row_count,
            legal_basis: procedure
                .legal_basis
                .iter()
                .map(|b| LegalBasisView { number: b.number.clone(), title: b.title.clone() })
                .collect(),
            effective_from: procedure.effective.from.map(|date| date.to_string()),
            effective_to: procedure.effective.to.map(|date| date.to_string()),
            sources: procedure.sources.iter().map(SourceView::from).collect(),
        }
    }
}

fn times(procedure: &Procedure) -> Vec<TimeView> {
    let view = |time: &motcua_domain::TimeLimit| TimeView {
        channels: channels(&time.channels),
        amount: time.span.map(|span| f64::from(span.tenths) / 10.0),
        unit: time.span.map(|span| word(&span.unit)),
        text: time.text.clone(),
        condition: time.condition.clone(),
        source: source_of(procedure, &time.sources),
    };
    procedure.times.iter().map(view).collect()
}

fn fees(procedure: &Procedure) -> Vec<FeeView> {
    let view = |fee: &motcua_domain::Fee| {
        let (kind, dong) = match fee.amount {
            FeeAmount::Free => ("free", None),
            FeeAmount::Dong(dong) => ("dong", Some(dong)),
            FeeAmount::SetElsewhere => ("set_elsewhere", None),
            FeeAmount::InText => ("in_text", None),
        };
        FeeView {
            channels: channels(&fee.channels),
            name: fee.name.clone(),
            kind: kind.to_owned(),
            dong,
            text: fee.text.clone(),
            condition: fee.condition.clone(),
            source: source_of(procedure, &fee.sources),
        }
    };
    procedure.fees.iter().map(view).collect()
}

fn requirement(requirement: &Requirement, procedure: &Procedure) -> RequirementView {
    let in_words = |condition: &motcua_domain::Condition| {
        (!condition.is_always()).then(|| wording::condition_text(condition, &procedure.questions))
    };
    RequirementView {
        id: requirement.id.clone(),
        rows: requirement.rows.clone(),
        name: requirement.name.clone(),
        necessity: word(&requirement.necessity),
        when: in_words(&requirement.when),
        handover: word(&requirement.handover),
        any_of: requirement
            .any_of
            .iter()
            .map(|list| PaperListView {
                when: in_words(&list.when),
                papers: list
                    .all_of
                    .iter()
                    .map(|paper| PaperView {
                        name: paper.name.clone(),
                        document: paper.document.clone(),
                        copy_type: word(&paper.copy_type),
                        quantity: paper.quantity,
                        form: paper.form.clone(),
                        validity: paper.validity.clone(),
                    })
                    .collect(),
            })
            .collect(),
        replaced_by_data: requirement.replaced_by_data.as_ref().map(|data| data.database.clone()),
        note: requirement.note.clone(),
        text: wording::requirement_text(requirement, procedure),
    }
}

/// What somebody must bring, as far as the answers decide it. Whoever can look things up is asked for that too.
/// `record_text` tells what the published record says of a requirement.
pub fn checklist_view(
    procedure: &Procedure,
    facts: &CaseFacts,
    with_lookups: bool,
    record_text: impl Fn(&Requirement) -> Option<String>,
) -> ChecklistView {
    let mut items = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for requirement in &procedure.requirements {
        let replaced = requirement.replaced_by_data.as_ref().map(|data| data.when.evaluate(facts));
        let state = match (requirement.when.evaluate(facts), replaced) {
            (Truth::False, _) | (_, Some(Truth::True)) => continue,
            (Truth::Unknown, _) => "depends",
            (Truth::True, _) if word(&requirement.necessity) == "optional" => "optional",
            (Truth::True, _) if word(&requirement.necessity) == "pending" => "depends",
            (Truth::True, _) => "needed",
        };
        let narrowed = wording::narrowed(requirement, facts);
        let undecided = std::iter::once(&narrowed.when)
            .chain(narrowed.any_of.iter().map(|list| &list.when))
            .chain(narrowed.replaced_by_data.iter().map(|data| &data.when))
            .filter(|condition| condition.evaluate(facts) == Truth::Unknown);
        open.extend(undecided.flat_map(|condition| condition.keys()).map(str::to_owned));
        items.push(ChecklistItemView {
            id: requirement.id.clone(),
            state: state.to_owned(),
            text: wording::requirement_text(&narrowed, procedure),
            source: source_of(procedure, &requirement.sources),
            source_text: record_text(requirement),
        });
    }
    let undecided = procedure.questions.iter().filter(|question| {
        (with_lookups || !question.lookup)
            && facts.get(&question.key).is_none()
            && open.contains(&question.key)
    });
    ChecklistView {
        procedure: procedure.code.to_string(),
        name: procedure.name.clone(),
        review: ReviewView::from(&procedure.review),
        items,
        questions: undecided.map(CaseQuestionView::from).collect(),
    }
}
