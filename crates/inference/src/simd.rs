//! The few vector operations that the kernels are made of.
//!
//! 32 bytes of integers ([`Int`]), 16 of them ([`Half`]) and eight numbers ([`Float`]): AVX2 where it is compiled in, plain
//! loops elsewhere. Both give the same bits, so an answer does not depend on the machine.
#![allow(
    clippy::inline_always,
    reason = "each is one or a few instructions, and a call would put its vectors into memory"
)]

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(any(test, not(target_arch = "x86_64")))]
mod portable;

#[cfg(target_arch = "x86_64")]
pub(crate) use avx2::{Float, Half, Int};
#[cfg(not(target_arch = "x86_64"))]
pub(crate) use portable::{Float, Half, Int};

#[cfg(all(test, target_arch = "x86_64"))]
mod tests;
