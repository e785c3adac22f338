//! Checks a dossier (*hồ sơ*): finds the papers on the uploaded pages, holds them against a procedure's
//! requirements in the case at hand, names what is wrong, and comes to a verdict.
//!
//! Three-valued throughout: what could not be read or is not known never passes silently and never accuses.
//! The model has no say here. [`check`] is a function of its arguments alone: no file, clock, network or
//! thread, so the same dossier gets the same verdict a year later.
//!
//! ```text
//! pages -> sheets -> pieces (one paper each) -> taken for needs -> defects -> states -> findings -> verdict
//! ```
#![forbid(unsafe_code)]
#![deny(clippy::disallowed_methods)]
#![deny(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice
)]

use motcua_domain::DossierReport;

pub mod evaluation;

mod answers;
mod assign;
mod catalogue;
mod dates;
mod defect;
mod exchange;
mod facts;
mod judge;
mod judged;
mod need;
mod officer;
mod overrule;
mod people;
mod piece;
mod profile;
mod reading;
mod report;
mod rules;
mod sheet;
mod state;
mod submission;
mod take;
mod words;

pub use answers::{UnknownAnswer, resolve_answers};
pub use catalogue::{Catalogue, DocumentKind, ParseCatalogueError};
pub use facts::{ReadFact, ReadFactKind, facts};
pub use officer::match_facts;
pub use overrule::overrule;
pub use submission::Submission;

/// Judges a dossier.
///
/// Every row of the procedure's component list gets one entry in the report. A row is *missing* only by
/// certain facts; what hangs on an unanswered question is *pending*, what cannot be read *unreadable*.
pub fn check(submission: &Submission<'_>, catalogue: &Catalogue) -> DossierReport {
    judge::check(submission, catalogue)
}
