//! From files to validated procedures.
//!
//! Three kinds of source, told by what they hold: the project's own reviewable files
//! ([`read_procedure`], schema in `corpus/README.md`), the national portal's records (one `.json`
//! each, or many in a `.jsonl` or `.jsonl.xz`), and name-only catalogues.
//! [`Corpus::load`] reads any mixture; a checked or approved file wins over an import of the same
//! code.
//! Rows of imported records are compiled to draft requirement trees ([`compile_rows`]).
//! Nothing that cannot be understood is dropped: it is kept as text, and counted in
//! [`LoadReport`].
#![forbid(unsafe_code)]

mod catalogue;
mod check;
mod compile;
mod english;
mod error;
pub mod evaluation;
mod fact_texts;
mod facts;
mod file;
mod import;
mod life_events;
mod load;
mod mend;
mod portal;
mod reader;
mod record;
mod requirement_file;
mod versions;
mod write;

pub use compile::{CompiledRow, RowKind, compile_row, compile_rows, written_rows};
pub use english::in_english;
pub use error::{LoadCorpusError, Problem};
pub use fact_texts::FactTexts;
pub use file::read_procedure;
pub use import::procedure_from_record;
pub use life_events::{LifeEvent, Need, life_events};
pub use load::{
    Corpus, LoadReport, Part, RowTexts, check_source, content_key, portal_files, stamp, version_of,
};
pub use mend::{MendError, MendedList, MendedPaper, MendedRequirement, Needed, mend_requirement};
pub use portal::record_from_portal;
pub use record::{ChannelRecord, ComponentRecord, LegalRecord, Record};
pub use versions::Versions;
pub use write::{file_name, write_procedure};
