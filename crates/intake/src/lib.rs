//! Untrusted bytes to pages of text.
//!
//! A [`Reader`] hands each upload to a child process with limits on memory, time and file size,
//! and kills it with all it started when it takes too long or a [`Stop`] says so.
//! Invariant: uploaded bytes are parsed only inside that child; the parent looks at their number
//! and nothing else.
//!
//! What a file is, is told from its bytes, never from its name.
//! PDF goes through poppler's tools, pictures through Tesseract (`vie`), both Debian's.
#![forbid(unsafe_code)]
// What is parsed here was made by strangers: nothing may panic or overflow.
#![warn(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

mod archive;
mod area;
mod digital_signature;
mod docx;
mod error;
mod glance;
mod ink;
mod leaders;
mod leftovers;
mod legacy;
mod legibility;
mod light;
mod limits;
mod names;
mod numbers;
mod ocr;
mod office;
mod pages;
mod pdf;
mod picture;
mod placed;
mod protocol;
mod reader;
mod seal;
mod show;
mod signature;
mod smear;
mod sniff;
mod stop;
mod straighten;
mod tesseract;
mod text;
mod tiff;
mod tool;
mod words;
mod work;
mod worker;

pub use error::IntakeError;
pub use leftovers::remove_leftovers;
pub use limits::Limits;
pub use names::clean_name;
pub use protocol::PagePicture;
pub use reader::{ReadUpload, Reader};
pub use sniff::{Sniffed, sniff};
pub use stop::{Stop, StopOnDrop};
pub use worker::worker_main;

/// The pure parsers, open to the fuzz targets.
#[doc(hidden)]
pub mod fuzzing {
    pub use crate::docx::text_of_document_xml;
    pub use crate::ocr::lines_from_tsv;
    pub use crate::pdf::pages_from_text;
}
