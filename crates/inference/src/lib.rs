//! The only crate that links candle: where models come from, and how they write.
//!
//! A [`Manifest`] names a model's one file, its hash and its sources; a [`ModelStore`] fetches it,
//! resumes what was begun and gives the file its name only when its hash is right, so that a file
//! that has its name is whole.
//! [`load`] turns a GGUF file into a [`motcua_generate::Generator`]; tokens and chat template come
//! from the file itself.
//!
//! Nothing here is asked for at run time over a network once the file is there.
#![forbid(unsafe_code)]

mod chat;
mod generator;
mod hub;
mod manifest;
mod pip;
mod store;
mod tokens;
mod weights;

pub use generator::load;
pub use manifest::{Manifest, ParseManifestError, Source, manifests};
pub use store::{FetchError, ModelStore, Progress, VerifyError};
