//! The cases: procedures of several fields, read from their published lists by people.

mod business;
mod civil;
mod others;

use crate::case::Case;

/// All cases, in a fixed order.
pub(crate) fn all() -> Vec<Case> {
    let mut all = civil::cases();
    all.extend(business::cases());
    all.extend(others::cases());
    all
}
