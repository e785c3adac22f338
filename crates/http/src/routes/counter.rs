//! What officials do at their counter, signed in.

pub(crate) mod cases;
mod cases_view;
pub(crate) mod corpus;
pub(crate) mod desk;
pub(crate) mod mending;
pub(crate) mod officials;
pub(crate) mod pictures;
pub(crate) mod report;
pub(crate) mod requirement_form;
pub(crate) mod sign_in;
