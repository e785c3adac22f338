//! Handlers, one module for each resource.

pub(crate) mod counter;
pub(crate) mod documents;
pub(crate) mod dossiers;
pub(crate) mod handoffs;
pub(crate) mod health;
pub(crate) mod letters;
pub(crate) mod life_events;
pub(crate) mod procedures;
pub(crate) mod questions;
pub(crate) mod records;
