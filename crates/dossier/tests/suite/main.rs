//! Tests of the checker: literate cases beside this folder, and properties.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own files has failed")]

mod literate;
mod loader;
mod properties;
mod sizes;
