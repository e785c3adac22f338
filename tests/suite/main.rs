//! One suite over the built product.
//!
//! From the shape of the workspace to a person at the kiosk page; each module says what it holds.
//! Where a test needs the reference data, a tool or a model that is not here, it prints why and
//! passes over.
#![allow(missing_docs, reason = "a test says what it holds by its name")]
#![allow(clippy::print_stdout, reason = "a test that passes over says why")]

mod architecture;
mod command_line;
mod conversation;
mod corpus;
mod counter;
mod dossiers;
mod hostile;
mod http;
mod killed;
mod letters;
mod living;
mod meaning;
mod model;
mod offline;
mod product;
mod questions;
mod records;
mod web;
