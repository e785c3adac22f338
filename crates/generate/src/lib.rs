//! The contract of a text generator, without any inference code.
//!
//! A [`Generator`] turns a [`Request`] into text. An [`Engine`] owns one on its own thread, loads it
//! there while everything else already serves, admits a few requests and refuses the rest at once
//! with "busy": nobody at a kiosk waits minutes in a queue they cannot see.
//! Dropping a [`Reply`] cancels its generation at the next token.
#![forbid(unsafe_code)]

mod engine;
pub mod shape;
#[cfg(feature = "testing")]
pub mod testing;

use std::{ops::ControlFlow, time::Duration};

pub use engine::{Admitted, Engine, EngineState, Event, Next, Queue, Reply, Stream, SubmitError};
pub use shape::Shape;

/// Who speaks in a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// What the model is to do.
    System,
    /// What it is asked.
    User,
}

impl Role {
    /// The word chat templates use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
        }
    }
}

/// One message of a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub text: String,
}

/// What is to be generated.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The chat so far.
    pub messages: Vec<Message>,
    /// The most tokens to generate.
    pub max_tokens: usize,
    /// 0 takes the likeliest token at each step; above 0 samples.
    pub temperature: f64,
    /// Seed of the sampler.
    pub seed: u64,
    /// The longest the reader waits for the end, counted from when the request is submitted.
    pub deadline: Duration,
    /// What the answer may look like, for generators that can hold themselves to it; the others write
    /// what they like.
    pub shape: Option<Shape>,
}

/// Why a generation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FinishReason {
    /// The model said all it had to say.
    Stop,
    /// The token limit was reached.
    Length,
    /// The reader left.
    Cancelled,
    /// The deadline passed.
    Deadline,
}

/// How a generation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finished {
    /// Why.
    pub reason: FinishReason,
    /// Tokens of the prompt.
    pub prompt_tokens: usize,
    /// Tokens generated.
    pub tokens: usize,
    /// Tokens of the prompt that were known from before and not read again.
    pub reused: usize,
    /// Tokens that were guessed ahead.
    pub drafted: usize,
    /// Guesses that were right: so many tokens cost no step of their own.
    pub accepted: usize,
}

impl Finished {
    /// An end before anything was generated.
    pub fn new(reason: FinishReason, prompt_tokens: usize) -> Self {
        Self { reason, prompt_tokens, tokens: 0, reused: 0, drafted: 0, accepted: 0 }
    }
}

/// What is loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelInfo {
    /// Its name.
    pub name: String,
    /// Its architecture, for example `qwen2`.
    pub architecture: String,
    /// How many tokens prompt and answer may have together.
    pub context_tokens: usize,
    /// What is not as it should be at the moment, in Vietnamese: a server that does not answer, and
    /// what writes in its place.
    pub trouble: Option<String>,
}

/// A generation failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GenerateError {
    /// The prompt leaves no room in the model's context.
    #[error("the prompt has {tokens} tokens, the model takes {most}")]
    PromptTooLong {
        /// Tokens of the prompt.
        tokens: usize,
        /// The most that fit.
        most: usize,
    },
    /// The model failed.
    #[error("the model failed: {0}")]
    Model(String),
    /// The generator panicked; the engine has taken itself out of service.
    #[error("the generator panicked")]
    Panicked,
}

/// A generator could not be loaded.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct LoadError {
    /// What went wrong and what to do, in Vietnamese.
    pub message: String,
}

/// Turns requests into text.
pub trait Generator: Send {
    /// What is loaded.
    fn info(&self) -> ModelInfo;

    /// Generates; hands out each piece of text as soon as it is whole characters, and ends early
    /// when `sink` breaks.
    ///
    /// # Errors
    /// When the prompt does not fit or the model fails.
    fn generate(
        &mut self,
        request: &Request,
        sink: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Result<Finished, GenerateError>;

    /// Serves those who wait, and returns: by itself one of them, but a generator that can write
    /// several texts at once takes up more for as long as it has room.
    fn serve(&mut self, queue: &mut Queue<'_>) {
        let Some(Admitted { request, mut stream }) = queue.take() else { return };
        let outcome =
            self.generate(&request, &mut |text| stream.send(Event::Token(text.to_owned())));
        // The reader may be gone; then nobody needs the last word.
        let _ = stream.send(match outcome {
            Ok(finished) => Event::Finished(finished),
            Err(error) => Event::Failed(error),
        });
    }
}
