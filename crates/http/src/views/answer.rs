use std::{collections::BTreeMap, time::Duration};

use motcua_domain::{
    Candidate, CaseFacts, Channel, Evidence, EvidenceKind, Procedure, Requirement, Source, Truth,
};
use motcua_kiosk::{
    Asked, Kiosk, in_english,
    wording::{channel_answer, fee_text, narrowed, place_text, requirement_text, time_text},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{procedure::detail_word, word};

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
    /// How much of that procedure is known: `full`, `name_only` or `suspect`.
    pub detail: Option<String>,
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
    /// The question in English, where somebody has written it down.
    pub ask_en: Option<String>,
    /// What can be chosen.
    pub options: Vec<OptionView>,
}

/// One choice.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OptionView {
    /// The words shown.
    pub label: String,
    /// The same in English, where somebody has written it down.
    pub label_en: Option<String>,
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
    /// The channels of handing in for which it holds; empty means all.
    pub channels: Vec<String>,
    /// By channel, what is left of the fact for those who hand in that way, where it is less.
    pub by_channel: BTreeMap<String, String>,
    /// What the published record says of it, where that record is at hand.
    pub source_text: Option<String>,
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
            channels: Vec::new(),
            by_channel: BTreeMap::new(),
            source_text: None,
        }
    }
}

impl From<&Source> for SourceView {
    fn from(source: &Source) -> Self {
        Self {
            document: source.document.clone(),
            url: source.url.clone(),
            effective_from: source.effective_from.map(|date| date.to_string()),
        }
    }
}

impl EvidenceView {
    /// A fact with what the procedure knows about it beyond its sentence.
    fn of(piece: &Evidence, kiosk: &Kiosk) -> Self {
        let mut view = Self::from(piece);
        let Some(procedure) = kiosk.procedure(&piece.procedure) else { return view };
        let says = |text: String| text == piece.text;
        let stated = match piece.kind {
            EvidenceKind::Fee => {
                procedure.fees.iter().find(|fee| says(fee_text(fee))).map(|fee| &fee.channels)
            }
            EvidenceKind::Time => {
                procedure.times.iter().find(|time| says(time_text(time))).map(|time| &time.channels)
            }
            EvidenceKind::Place => {
                let mut places = procedure.places.iter();
                places.find(|place| says(place_text(place))).map(|place| &place.channels)
            }
            _ => None,
        };
        view.channels = stated.into_iter().flatten().map(word).collect();
        let mut requirements = procedure.requirements.iter();
        if let Some(paper) = requirements.find(|one| says(requirement_text(one, procedure))) {
            view.source_text = kiosk.words_of(procedure, paper);
            view.narrow(paper, procedure);
        }
        view
    }

    /// What a paper's requirement comes to on each channel.
    fn narrow(&mut self, paper: &Requirement, procedure: &Procedure) {
        let mut held = Vec::new();
        for channel in Channel::ALL {
            let Some((key, value)) = channel_answer(procedure, channel) else { continue };
            let facts: CaseFacts = [(key, value)].into_iter().collect();
            if paper.when.evaluate(&facts) == Truth::False {
                continue;
            }
            held.push(word(&channel));
            let text = requirement_text(&narrowed(paper, &facts), procedure);
            if text != self.text {
                self.by_channel.insert(word(&channel), text);
            }
        }
        self.channels = held;
    }
}

impl AskView {
    /// An answer as it leaves, with what the kiosk knows about its facts.
    pub fn new(asked: &Asked, kiosk: &Kiosk) -> Self {
        Self {
            outcome: word(&asked.outcome),
            question: asked.question.clone(),
            intents: asked.intents.iter().map(word).collect(),
            procedure: asked.procedure.as_ref().map(CandidateView::from),
            detail: asked
                .procedure
                .as_ref()
                .and_then(|meant| kiosk.procedure(&meant.code))
                .map(detail_word),
            not_here: asked.not_here.as_ref().map(CandidateView::from),
            candidates: candidates_view(&asked.candidates),
            clarify: asked.clarify.as_ref().map(|clarify| ClarifyView {
                ask: clarify.ask.clone(),
                ask_en: in_english(&clarify.ask).map(str::to_owned),
                options: clarify
                    .options
                    .iter()
                    .map(|option| OptionView {
                        label: option.label.clone(),
                        label_en: in_english(&option.label).map(str::to_owned),
                        code: option.code.to_string(),
                    })
                    .collect(),
            }),
            message: asked.message.clone(),
            answer: asked.answer.as_ref().map(|answer| AnswerView {
                basis: word(&answer.basis),
                sentences: answer.sentences.iter().map(SentenceView::from).collect(),
            }),
            evidence: asked.evidence.iter().map(|piece| EvidenceView::of(piece, kiosk)).collect(),
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
