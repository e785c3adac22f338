use std::time::Duration;

use motcua_domain::Candidate;
use motcua_kiosk::Asked;
use serde::Serialize;
use utoipa::ToSchema;

use super::word;

/// An answered question.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AskView {
    /// `answered`, `clarify`, `not_covered` or `refused`.
    pub outcome: String,
    /// The question, normalised.
    pub question: String,
    /// Which facts were asked for.
    pub intents: Vec<String>,
    /// The procedure it is about.
    pub procedure: Option<CandidateView>,
    /// The procedure that is meant and not taken in at this centre, if it is one of those.
    pub not_here: Option<CandidateView>,
    /// What may be meant, best first.
    pub candidates: Vec<CandidateView>,
    /// What must be asked first.
    pub clarify: Option<ClarifyView>,
    /// What a person is told when there is no answer, or when the model is busy.
    pub message: Option<String>,
    /// The sentences.
    pub answer: Option<AnswerView>,
    /// What they cite.
    pub evidence: Vec<EvidenceView>,
    /// Sentences of the model's that were not shown.
    pub dropped: Vec<DroppedView>,
    /// Times in milliseconds since the question arrived.
    pub timings_ms: TimingsView,
}

/// A procedure with its score.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CandidateView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// 0 to 1.
    pub score: f32,
}

/// What must be asked first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ClarifyView {
    /// The question.
    pub ask: String,
    /// What can be chosen.
    pub options: Vec<OptionView>,
}

/// One choice.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OptionView {
    /// The words shown.
    pub label: String,
    /// The procedure it leads to.
    pub code: String,
}

/// The sentences of an answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AnswerView {
    /// `extract` or `model`.
    pub basis: String,
    /// In order.
    pub sentences: Vec<SentenceView>,
}

/// A sentence with its citations.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SentenceView {
    /// The sentence.
    pub text: String,
    /// Identifiers of the evidence.
    pub citations: Vec<String>,
}

/// A fact with its source.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EvidenceView {
    /// Its identifier in this answer.
    pub id: String,
    /// What it states: `paper`, `fee`, `time` …
    pub kind: String,
    /// The fact.
    pub text: String,
    /// The procedure's code.
    pub procedure: String,
    /// Where it stands.
    pub source: SourceView,
}

/// Where a fact stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SourceView {
    /// The document.
    pub document: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// Since when it has been in force.
    pub effective_from: Option<String>,
}

/// A sentence that was not shown.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DroppedView {
    /// What the model wrote.
    pub text: String,
    /// Why it was dropped.
    pub reason: String,
}

/// Times in milliseconds.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TimingsView {
    /// Until the procedure was found.
    pub retrieve: f64,
    /// Until the first evidence was ready.
    pub first_evidence: f64,
    /// Until the model's first token.
    pub first_token: Option<f64>,
    /// Until the end.
    pub total: f64,
}

pub(super) fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e5).round() / 100.0
}

/// Candidates as they leave.
pub fn candidates_view(candidates: &[Candidate]) -> Vec<CandidateView> {
    candidates.iter().map(CandidateView::from).collect()
}

impl From<&Candidate> for CandidateView {
    fn from(candidate: &Candidate) -> Self {
        Self {
            code: candidate.code.to_string(),
            name: candidate.name.clone(),
            score: (candidate.score * 1000.0).round() / 1000.0,
        }
    }
}

impl From<&motcua_domain::Sentence> for SentenceView {
    fn from(sentence: &motcua_domain::Sentence) -> Self {
        let citations = sentence.citations.iter().map(ToString::to_string).collect();
        Self { text: sentence.text.clone(), citations }
    }
}

impl From<&motcua_domain::Evidence> for EvidenceView {
    fn from(piece: &motcua_domain::Evidence) -> Self {
        Self {
            id: piece.id.to_string(),
            kind: word(&piece.kind),
            text: piece.text.clone(),
            procedure: piece.procedure.to_string(),
            source: SourceView {
                document: piece.source.document.clone(),
                url: piece.source.url.clone(),
                effective_from: piece.source.effective_from.map(|date| date.to_string()),
            },
        }
    }
}

impl From<&Asked> for AskView {
    fn from(asked: &Asked) -> Self {
        Self {
            outcome: word(&asked.outcome),
            question: asked.question.clone(),
            intents: asked.intents.iter().map(word).collect(),
            procedure: asked.procedure.as_ref().map(CandidateView::from),
            not_here: asked.not_here.as_ref().map(CandidateView::from),
            candidates: candidates_view(&asked.candidates),
            clarify: asked.clarify.as_ref().map(|clarify| ClarifyView {
                ask: clarify.ask.clone(),
                options: clarify
                    .options
                    .iter()
                    .map(|o| OptionView { label: o.label.clone(), code: o.code.to_string() })
                    .collect(),
            }),
            message: asked.message.clone(),
            answer: asked.answer.as_ref().map(|answer| AnswerView {
                basis: word(&answer.basis),
                sentences: answer.sentences.iter().map(SentenceView::from).collect(),
            }),
            evidence: asked.evidence.iter().map(EvidenceView::from).collect(),
            dropped: asked
                .dropped
                .iter()
                .map(|d| DroppedView { text: d.text.clone(), reason: word(&d.reason) })
                .collect(),
            timings_ms: TimingsView {
                retrieve: milliseconds(asked.timings.retrieve),
                first_evidence: milliseconds(asked.timings.first_evidence),
                first_token: asked.timings.first_token.map(milliseconds),
                total: milliseconds(asked.timings.total),
            },
        }
    }
}
