//! The statutory letters of the one-stop mechanism (TT 03/2025/TT-VPCP, Phụ lục I): 01 receipt and
//! appointment, 02 request to supplement, 03 refusal.
//!
//! [`compose`] turns a report into a [`Letter`], which is plain data; [`Typesetter`] sets it by a
//! template into a PDF. Templates are files that a centre may replace. A letter is made for a person
//! to sign: name, signature and appointment stay blank.
//!
//! [`Figures`] is a report of counts for the head of a centre, on paper or as a workbook.
//!
//! The same letter is the same bytes, always: nothing here reads the clock.
#![forbid(unsafe_code)]

mod compose;
mod figures;
mod form;
mod letter;
mod templates;
mod typeset;
mod world;

pub use compose::{About, ComposeError, Note, advice, case_of, compose};
pub use figures::{Cell, FigureTable, Figures, WorkbookError};
pub use form::{Form, UnknownForm};
pub use letter::{Applicant, Day, Letter, Line, Office};
pub use templates::TemplateError;
pub use typeset::{TypesetError, Typesetter};
