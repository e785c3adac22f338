//! The shapes that leave: JSON of the HTTP interface and of the command line alike.

mod answer;
mod procedure;
mod report;
mod statistics;

pub use answer::{
    AnswerView, AskView, CandidateView, ClarifyView, DroppedView, EvidenceView, OptionView,
    SentenceView, SourceView, TimingsView, candidates_view,
};
pub use procedure::{
    CaseAnswerView, CaseQuestionView, ChecklistItemView, ChecklistView, FeeView, LegalBasisView,
    NoteView, PaperListView, PaperView, ProcedureSummaryView, ProcedureView, ProceduresView,
    RequirementView, ReviewView, StatementView, TimeView, checklist_view,
};
pub use report::{
    BadReport, CheckTimingsView, ComponentView, DecisionView, DossierReportView, FileView,
    FindingView, OpenQuestionView, ReadAtView, RequiredView, UnassignedView,
};

pub use statistics::{
    AskedView, CountView, DayView, DecisionCountsView, DossierCountsView, FeedbackCountsView,
    FieldView, MissingView, QuestionCountsView, StatisticsView, TimeSavedView, UnitView,
};

pub use crate::error::{ErrorBody, ErrorView};

/// The word of the interfaces for a value of a closed set: what its serialisation says.
pub fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The value that [`word`] makes this word of, if there is one.
fn of_word<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}
