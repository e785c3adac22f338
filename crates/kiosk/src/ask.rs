//! A question from the first word to the last sentence.

use std::{
    ops::ControlFlow,
    time::{Duration, Instant},
};

use jiff::civil::Date;
use motcua_answer::{
    ANSWER_TEMPLATE, Draft, DraftEvent, ParseQuestionError, Question, answered_with, evidence,
    extract, intents, is_blameless, is_told_whole, plain_intents, render_prompt, screen,
    within_budget,
};
use motcua_domain::{
    AnswerBasis, AnswerText, Audience, Candidate, Clarification, ClarifyOption, DroppedSentence,
    Evidence, EvidenceKind, Intent, Outcome, Procedure, ProcedureCode, Sentence,
};
use motcua_generate::{Event, Message, Next, Request, Role, SubmitError};
use motcua_retrieval::{Choices, Decision, Following, Found, from_english, sounds_second};

use crate::{Browse, Kiosk, Shown, official, shape::shape};

/// How often a reader who waits for the model is looked after.
const LOOK_UP: Duration = Duration::from_millis(200);

/// How many candidates an answer names.
const CANDIDATES: usize = 10;

/// A question with its circumstances.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    /// What was typed.
    pub question: &'a str,
    /// Who asks.
    pub audience: Audience,
    /// The procedure in hand, if there is one: the question is about it.
    pub procedure: Option<ProcedureCode>,
    /// The person picked that procedure for this very question: it is answered about that, whatever
    /// else it may mean.
    pub chosen: bool,
    /// The day, by which procedures in force are chosen.
    pub today: Date,
    /// Whether a model may write sentences.
    pub use_model: bool,
}

/// A question that is not answered at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// It is no question.
    #[error(transparent)]
    Question(#[from] ParseQuestionError),
    /// The procedure in hand does not exist.
    #[error("không có thủ tục {0}")]
    UnknownProcedure(ProcedureCode),
    /// The procedure in hand is not taken in at this centre.
    #[error("trung tâm này không tiếp nhận thủ tục {0}")]
    HiddenProcedure(ProcedureCode),
}

/// How a question ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The outcome.
    pub outcome: Outcome,
    /// The question, normalised.
    pub question: String,
    /// Which facts were asked for; never empty on an answer.
    pub intents: Vec<Intent>,
    /// The procedure it is about.
    pub procedure: Option<Candidate>,
    /// The procedure that is meant and not taken in at this centre.
    pub not_here: Option<Candidate>,
    /// What else may be meant, best first.
    pub candidates: Vec<Candidate>,
    /// What must be asked first.
    pub clarify: Option<Clarification>,
    /// What a person is told when there is no answer, or when the model is busy.
    pub message: Option<String>,
    /// The sentences.
    pub answer: Option<AnswerText>,
    /// What they cite.
    pub evidence: Vec<Evidence>,
    /// Sentences of the model's that were not shown.
    pub dropped: Vec<DroppedSentence>,
    /// How long it took.
    pub timings: Timings,
}

/// Times since the question arrived.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Timings {
    /// Until the procedure was found.
    pub retrieve: Duration,
    /// Until the first evidence was ready.
    pub first_evidence: Duration,
    /// Until the model's first token, if there was one.
    pub first_token: Option<Duration>,
    /// Until the end.
    pub total: Duration,
}

/// What happens on the way to an answer.
#[derive(Debug, Clone, Copy)]
pub enum AskEvent<'a> {
    /// The facts are there, and the extract that stands if nothing better follows.
    Evidence(&'a Asked),
    /// A verified sentence of the model's.
    Sentence(&'a Sentence),
    /// The model is at work. Comes often, so that a reader who left is noticed soon.
    Writing,
}

impl Kiosk {
    /// Answers a question. `watch` is told what happens; when it breaks, generating stops and what
    /// is there is returned.
    ///
    /// Blocks while the model writes, at most the settings' deadline.
    ///
    /// # Errors
    /// When there is no question, or the procedure in hand does not exist.
    pub fn ask(
        &self,
        ask: &Ask<'_>,
        watch: &mut dyn FnMut(AskEvent<'_>) -> ControlFlow<()>,
    ) -> Result<Asked, AskError> {
        let started = Instant::now();
        let typed = Question::parse(ask.question)?;
        let mut asked = Asked::new(&typed);
        // The rest is of Vietnamese words; whoever asks in English is shown their own.
        let english = from_english(typed.text());
        // What has no Vietnamese words is heard as it was typed too.
        let refusal = screen(typed.text()).or_else(|| english.as_deref().and_then(screen));
        let question = english.map_or(Ok(typed), |vietnamese| Question::parse(&vietnamese))?;
        if let Some(refusal) = refusal {
            asked.outcome = Outcome::Refused;
            asked.message = Some(refusal.vietnamese().to_owned());
            asked.candidates = self.found(&question, ask).candidates;
            asked.timings.total = started.elapsed();
            return Ok(asked);
        }
        let procedure = self.procedure_meant(&question, ask, &mut asked)?;
        asked.timings.retrieve = started.elapsed();
        if let Some(procedure) = procedure {
            answer_from_facts(procedure, &question, ask.audience, &mut asked);
        }
        asked.timings.first_evidence = started.elapsed();
        let watching = watch(AskEvent::Evidence(&asked)).is_continue();
        if let Some(procedure) = procedure.filter(|_| ask.use_model && watching) {
            self.write_answer(procedure, &question, started, &mut asked, watch);
        }
        asked.timings.total = started.elapsed();
        Ok(asked)
    }

    fn found(&self, question: &Question, ask: &Ask<'_>) -> Found {
        self.search(question.text(), ask.today, &Browse::default(), CANDIDATES)
    }

    /// Finds the procedure, or fills in why there is none.
    fn procedure_meant(
        &self,
        question: &Question,
        ask: &Ask<'_>,
        asked: &mut Asked,
    ) -> Result<Option<&Procedure>, AskError> {
        let in_hand = match &ask.procedure {
            Some(code) if self.shown(code) == Shown::Hidden => {
                return Err(AskError::HiddenProcedure(code.clone()));
            }
            Some(code) => {
                Some(self.procedure(code).ok_or_else(|| AskError::UnknownProcedure(code.clone()))?)
            }
            None => None,
        };
        let found = self.found(question, ask);
        let meant = in_hand.map(|procedure| self.followed(procedure, question, ask, &found));
        if let (Some(procedure), Some(Followed::Same)) = (in_hand, &meant) {
            asked.candidates = with_first(procedure, found.candidates);
            return Ok(Some(procedure));
        }
        asked.candidates = found.candidates;
        if let Some(hidden) = self.hidden_meant(question.text(), ask.today) {
            asked.message = Some(not_here(hidden));
            asked.not_here = Some(candidate(hidden, 1.0));
            return Ok(None);
        }
        let decision = match meant {
            Some(Followed::Sibling(code)) => Decision::One(code),
            _ => found.decision,
        };
        match decision {
            Decision::One(code) => Ok(self.procedure(&code)),
            Decision::Clarify(choices) => {
                asked.outcome = Outcome::Clarify;
                asked.clarify = Some(self.clarification(choices, question, ask.audience));
                Ok(None)
            }
            Decision::NotCovered(topic) => {
                // What only sounds like a wrong is no reason to be told off.
                let topic = topic.filter(|topic| !topic.refused || !is_blameless(question.text()));
                if topic.is_some_and(|topic| topic.refused) {
                    asked.outcome = Outcome::Refused;
                }
                let nothing = match ask.audience {
                    Audience::Citizen if names_no_need(question.text()) => OF_WHAT,
                    Audience::Citizen => NOT_COVERED,
                    Audience::Official => official::not_covered(question.text()),
                };
                let advice = topic.map_or(nothing, |topic| &topic.advice);
                asked.message = Some(advice.to_owned());
                Ok(None)
            }
        }
    }

    /// What a question that comes while a procedure is in hand is about. `found` is what it would
    /// find by itself.
    fn followed(
        &self,
        in_hand: &Procedure,
        question: &Question,
        ask: &Ask<'_>,
        found: &Found,
    ) -> Followed {
        if ask.chosen {
            return Followed::Same;
        }
        // Who was asked back and chose asks the same question again.
        if let Decision::Clarify(choices) = &found.decision
            && choices.options.iter().any(|choice| choice.code == in_hand.code)
        {
            return Followed::Same;
        }
        let (following, sibling) =
            self.held_against(question.text(), ask.today, &in_hand.code, found);
        if following.is_none_or(|following| following.turns_away() < 0.0) {
            return Followed::Same;
        }
        let is_near =
            |code: &ProcedureCode| found.candidates.iter().take(NEAR).any(|one| one.code == *code);
        match sibling {
            Some((code, odds)) if odds >= SIBLING && is_near(&code) => Followed::Sibling(code),
            // What is known to be no counter's business is told so; what is not understood goes on.
            _ if matches!(found.decision, Decision::NotCovered(None)) => Followed::Same,
            _ => Followed::Other,
        }
    }

    /// A question held against the procedure in hand and against what it would find by itself, to learn from.
    pub fn following(&self, text: &str, on: Date, in_hand: &ProcedureCode) -> Option<Following> {
        let found = self.search(text, on, &Browse::default(), CANDIDATES);
        self.held_against(text, on, in_hand, &found).0
    }

    /// The same, with the sibling that fits better and by how much.
    fn held_against(
        &self,
        text: &str,
        on: Date,
        in_hand: &ProcedureCode,
        found: &Found,
    ) -> (Option<Following>, Option<(ProcedureCode, f32)>) {
        let query = self.query(text, on, &Browse::default());
        let sibling = self.0.index.better_sibling(&query, in_hand);
        let odds = sibling.as_ref().map_or(0.0, |(_, odds)| *odds);
        (self.0.index.following(&query, in_hand, found, odds), sibling)
    }

    fn clarification(
        &self,
        choices: Choices,
        question: &Question,
        audience: Audience,
    ) -> Clarification {
        let procedures: Vec<&Procedure> =
            choices.options.iter().filter_map(|choice| self.procedure(&choice.code)).collect();
        let usual = match audience {
            Audience::Citizen => "Ông/bà muốn làm việc nào dưới đây?",
            Audience::Official => official::which(question.text(), &procedures),
        };
        let options = choices.options.into_iter().filter_map(|choice| {
            let name = || self.procedure(&choice.code).map(|procedure| procedure.name.clone());
            Some(ClarifyOption { label: choice.label.or_else(name)?, code: choice.code })
        });
        let ask = choices.ask.unwrap_or_else(|| usual.to_owned());
        Clarification { ask, options: options.collect() }
    }

    /// What the model is asked to do.
    fn request(
        &self,
        procedure: &Procedure,
        question: &str,
        evidence: &[Evidence],
    ) -> Option<Request> {
        let prompt = render_prompt(ANSWER_TEMPLATE, &procedure.name, question, evidence)
            .inspect_err(|error| tracing::error!(%error, "the answer prompt does not render"))
            .ok()?;
        Some(Request {
            messages: vec![
                Message { role: Role::System, text: prompt.system },
                Message { role: Role::User, text: prompt.user },
            ],
            max_tokens: self.0.settings.max_tokens,
            temperature: 0.0,
            seed: 0,
            deadline: self.0.settings.deadline,
            shape: shape(within_budget(evidence)),
        })
    }

    /// What the model reads before the question when somebody asks about a procedure, by what is
    /// asked for: nothing in particular, how it is done, or one kind of fact. Nothing is to be written.
    pub fn readings(&self, procedure: &Procedure) -> Vec<Request> {
        let one = [Intent::Papers, Intent::Fee, Intent::Time, Intent::Place].map(|one| vec![one]);
        let plain = [plain_intents(Audience::Citizen), answered_with(HOW, Audience::Citizen)];
        let kinds = plain.into_iter().chain(one);
        // Any question: reading ends where it begins.
        let Ok(question) = Question::parse(&procedure.name) else { return Vec::new() };
        kinds
            .filter_map(|intents| {
                let evidence = evidence(procedure, &question, &intents, Audience::Citizen);
                self.request(procedure, "", &evidence)
            })
            .map(|request| Request { max_tokens: 0, ..request })
            .collect()
    }

    /// Lets the model write, shows what holds, and puts back the facts that it left out.
    fn write_answer(
        &self,
        procedure: &Procedure,
        question: &Question,
        started: Instant,
        asked: &mut Asked,
        watch: &mut dyn FnMut(AskEvent<'_>) -> ControlFlow<()>,
    ) {
        let Some(request) = self.request(procedure, question.text(), &asked.evidence) else {
            return;
        };
        let mut reply = match self.0.engine.submit(request) {
            Ok(reply) => reply,
            Err(SubmitError::Busy { .. }) => {
                asked.message = Some(BUSY.to_owned());
                return;
            }
            // No model, or not yet: health says so, and the extract is the answer.
            Err(SubmitError::NotReady(_)) => return,
        };
        let mut draft = Draft::new(&asked.evidence);
        let mut first_token = None;
        loop {
            if watch(AskEvent::Writing).is_break() {
                break;
            }
            let event = match reply.next_within(LOOK_UP) {
                Next::Event(event) => event,
                Next::Nothing => continue,
                Next::Over => break,
            };
            let events = match event {
                Event::Token(text) => {
                    first_token.get_or_insert_with(|| started.elapsed());
                    draft.push(&text)
                }
                Event::Finished(_) => draft.finish(),
                Event::Failed(error) => {
                    tracing::warn!(%error, "generation failed");
                    Vec::new()
                }
            };
            let shown = events.iter().filter_map(|event| match event {
                DraftEvent::Shown(sentence) => Some(sentence),
                DraftEvent::Dropped(_) => None,
            });
            let mut left = shown.map(|sentence| watch(AskEvent::Sentence(sentence)));
            if left.any(|flow| flow.is_break()) {
                break;
            }
        }
        let (shown, dropped) = (draft.shown().to_vec(), draft.dropped().to_vec());
        asked.timings.first_token = first_token;
        asked.dropped = dropped;
        if !shown.is_empty() {
            asked.answer = Some(completed(shown, &asked.evidence));
        }
    }
}

/// A model that says three of five papers must not look as if there were three, nor a paper that some may leave out
/// as if everybody had to bring it: facts that no sentence cites, or that none says with all that they depend on,
/// follow as they stand.
fn completed(mut sentences: Vec<Sentence>, evidence: &[Evidence]) -> AnswerText {
    for piece in evidence.iter().filter(|piece| piece.kind != EvidenceKind::Overview) {
        if !is_told_whole(piece, &sentences) {
            sentences.push(Sentence { text: piece.text.clone(), citations: vec![piece.id] });
        }
    }
    AnswerText { basis: AnswerBasis::Model, sentences }
}

/// What a question is about while a procedure is in hand.
#[derive(Debug, PartialEq, Eq)]
enum Followed {
    /// The same procedure.
    Same,
    /// One that differs from it in what the question says.
    Sibling(ProcedureCode),
    /// Something else, by itself.
    Other,
}

/// Of those that are taken for one with the procedure in hand, another is meant if it fits so much better, in the
/// logarithm of the odds, ...
const SIBLING: f32 = 1.0;
/// ... and it must be among so many that the question would find by itself.
const NEAR: usize = 2;

/// The procedure in hand comes first.
fn with_first(procedure: &Procedure, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let others = candidates.into_iter().filter(|one| one.code != procedure.code);
    std::iter::once(candidate(procedure, 1.0)).chain(others).take(CANDIDATES).collect()
}

fn answer_from_facts(
    procedure: &Procedure,
    question: &Question,
    audience: Audience,
    asked: &mut Asked,
) {
    asked.intents = answered_with(question.text(), audience);
    asked.outcome = Outcome::Answered;
    asked.evidence = evidence(procedure, question, &asked.intents, audience);
    asked.answer = Some(extract(procedure, &asked.evidence));
    let score = asked.candidates.iter().find(|c| c.code == procedure.code).map_or(1.0, |c| c.score);
    asked.procedure = Some(candidate(procedure, score));
}

fn candidate(procedure: &Procedure, score: f32) -> Candidate {
    Candidate { code: procedure.code.clone(), name: procedure.name.clone(), score }
}

/// As people ask who want to know how something is done.
const HOW: &str = "làm thế nào";

const BUSY: &str =
    "Máy soạn lời đang bận với người khác. Câu trả lời trích nguyên từ hồ sơ thủ tục vẫn đầy đủ.";

const NOT_COVERED: &str = "Tôi chưa tìm thấy thủ tục nào khớp với câu hỏi này. Mời ông/bà hỏi lại bằng \
    tên việc cần làm (ví dụ: đăng ký khai sinh, cấp lại căn cước), hoặc gặp cán bộ tại quầy.";

/// "Lệ phí bao nhiêu?", and nothing has been spoken of.
fn names_no_need(question: &str) -> bool {
    !intents(question).is_empty() && sounds_second(question)
}

const OF_WHAT: &str =
    "Ông/bà hỏi về việc gì? Mời gõ cả tên việc cần làm, ví dụ: “lệ phí đăng ký khai sinh”.";

/// What a person is told of a procedure that is not taken in here: its name, who decides, and what to do.
fn not_here(procedure: &Procedure) -> String {
    let Procedure { name, code, agencies, .. } = procedure;
    let decides = match agencies.as_slice() {
        [] => String::new(),
        all => format!(" Nơi giải quyết: {}.", all.join("; ")),
    };
    format!(
        "Trung tâm này không tiếp nhận thủ tục “{name}” (mã {code}).{decides} Mời ông/bà hỏi cán bộ tại quầy để được \
         chỉ nơi nộp."
    )
}

impl Asked {
    fn new(question: &Question) -> Self {
        Self {
            outcome: Outcome::NotCovered,
            question: question.text().to_owned(),
            intents: intents(question.text()),
            procedure: None,
            not_here: None,
            candidates: Vec::new(),
            clarify: None,
            message: None,
            answer: None,
            evidence: Vec::new(),
            dropped: Vec::new(),
            timings: Timings::default(),
        }
    }
}
