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

// A RUSTFLAGS of the environment replaces .cargo/config.toml without a word, and the kernels would be
// several times slower: AVX2 must be compiled in.
#[cfg(all(
    target_arch = "x86_64",
    not(all(target_feature = "avx2", target_feature = "fma")),
    // rustdoc reads the crate without the flags of the build, and compiles nothing of it.
    not(any(doc, doctest))
))]
compile_error!(
    "build for x86-64-v3 or later: leave RUSTFLAGS unset, or add `-C target-cpu=x86-64-v3` to it"
);

mod chat;
mod decoder;
mod draft;
mod embedder;
mod generator;
mod gguf;
mod hub;
mod manifest;
mod mask;
mod pip;
mod prefix;
mod priority;
mod quant;
mod sample;
mod simd;
mod store;
mod tokens;

pub use embedder::{EmbedError, Embedder, Role};
pub use generator::{Options, load};
pub use manifest::{Kind, Manifest, ParseManifestError, Source, manifests};
pub use store::{FetchError, ModelStore, Progress, VerifyError};
