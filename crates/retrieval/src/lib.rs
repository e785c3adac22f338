//! From a question to the procedure that is meant.
//!
//! Exact routes come first: a procedure code, a form code, a document number.
//! Otherwise a lexical search over name, everyday phrases and content (BM25 over our own tokens, in
//! memory) and, where there is an embedder, a search by meaning give candidates, and
//! [`Index::search`] orders them by how much of the question and of the name is explained, preferring the plain
//! procedure to its variants and the kiosk's own province to others.
//!
//! What is kept of an index is one file, named after its content; it is written aside and renamed
//! into place, so a reader never sees half of one.
#![forbid(unsafe_code)]

mod analyse;
mod article;
mod document_number;
mod elsewhere;
mod english;
mod entry;
pub mod evaluation;
mod families;
mod following;
mod foreign;
mod glossary;
mod index;
mod introduction;
mod judge;
mod kin;
pub mod learn;
mod lexicon;
mod manner;
mod members;
mod numbers;
mod parts;
mod pattern;
mod postings;
mod rank;
mod redone;
mod repair;
mod route;
mod sayings;
mod signs;
mod sought;
mod store;
mod token;
mod turning;
mod undecided;
mod vectors;
mod vocabulary;
mod word;
mod worths;

pub use english::from_english;
pub use families::{Choice, Choices};
pub use following::sounds_second;
pub use foreign::Topic;
pub use index::Index;
pub use introduction::without_introduction;
pub use rank::{Decision, Found, Query};
pub use store::{BuildIndexError, OpenIndexError};
pub use turning::Following;
pub use vectors::{BuildVectorsError, EmbedTexts, Vectors};
pub use word::usually_spelt;

/// Whether a province goes, or went before the mergers of 2025, by this name.
pub fn is_province(name: &str) -> bool {
    let lexicon = &lexicon::LEXICON;
    let current = lexicon.province(name);
    lexicon.provinces().iter().any(|province| province.current == current)
}

/// How much of a commune counter's work a field is, from 0 to 1: what `counter.toml` says.
pub fn counter_share(field: &str) -> f32 {
    lexicon::LEXICON.field_weight(field)
}
