//! From a question to an answer in which every fact is cited.
//!
//! [`Question::parse`] takes what was typed; [`screen`] turns away what the assistant must not do;
//! [`intents`] tells which facts are asked for; [`evidence`] renders them from a procedure's data;
//! [`extract`] is the answer that stands without any model.
//! A model's draft is fed token by token to a [`Draft`], which cuts it into sentences and shows only
//! those that [`verify`] finds in the evidence they cite. [`phrasings`] tells beforehand how a sentence
//! may be put so that it is shown, for generators that can be held to it.
//!
//! Invariant: facts never pass through the model. A number, date, amount, form code, legal
//! reference or paper name in a shown sentence stands in its cited evidence, token for token.
//!
//! Nothing here reads a file, a clock or the network.
#![forbid(unsafe_code)]
#![deny(clippy::disallowed_methods)]

mod bounds;
mod clause;
mod draft;
mod evidence;
mod extract;
mod intent;
mod phrasing;
mod prompt;
mod question;
mod screen;
mod verify;
mod wording;

pub use draft::{Draft, DraftEvent};
pub use evidence::evidence;
pub use extract::extract;
pub use intent::{answered_with, intents, plain_intents};
pub use phrasing::{Phrase, Phrasing, phrasings};
pub use prompt::{ANSWER_TEMPLATE, Prompt, RenderPromptError, render_prompt, within_budget};
pub use question::{MAX_QUESTION_CHARS, ParseQuestionError, Question};
pub use screen::{Refusal, is_blameless, screen};
pub use verify::{is_told_whole, verify};
pub use wording::{
    agencies_text, channel_answer, condition_text, data_text, fee_text, narrowed, place_text,
    requirement_text, time_text,
};
