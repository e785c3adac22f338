//! Matrices as GGUF files store them, multiplied as they are.
//!
//! Weights stay in the file's own blocks; what they are multiplied by is rounded to eight bits per
//! block ([`Input`]) and the products are summed in whole numbers. The result for a token does not
//! depend on how many tokens are multiplied with it, bit for bit: whether a text is drafted, read
//! in one piece or continued from a snapshot cannot change what the model writes.
#![allow(
    clippy::inline_always,
    clippy::needless_range_loop,
    reason = "kernels: what is unpacked stays in registers, and lanes of several arrays go together"
)]

mod format;
mod input;
mod matrix;
mod narrow;
mod panel;
mod plain;
mod wide;

pub(crate) use format::Format;
pub(crate) use input::Input;
pub(crate) use matrix::{Matrix, multiply};
pub(crate) use plain::dot;

#[cfg(test)]
mod tests;
