//! Vietnamese text, without files, clocks or threads.
//!
//! [`normalize`] brings what people type into one form, [`fold`] drops the marks for matching,
//! [`syllables`] cuts words, [`sentences`] cuts prose, and [`mentions`] finds what must never be
//! wrong: numbers, money, durations, dates, form codes and legal references.
#![forbid(unsafe_code)]
#![deny(clippy::disallowed_methods)]

mod fold;
mod mention;
mod normalize;
mod sentence;
mod syllable;

pub use fold::{fold, fold_char};
pub use mention::{Mention, MentionKind, mentions};
pub use normalize::{normalize, normalize_lines};
pub use sentence::sentences;
pub use syllable::{contains_phrase, is_vietnamese, syllables};
