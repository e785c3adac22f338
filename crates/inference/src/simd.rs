//! The few vector operations that the kernels are made of.
//!
//! 32 bytes of integers ([`Int`]) and eight numbers ([`Float`]): AVX2 where it is compiled in, plain
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
pub(crate) use avx2::{Float, Int};
#[cfg(not(target_arch = "x86_64"))]
pub(crate) use portable::{Float, Int};

#[cfg(all(test, target_arch = "x86_64"))]
mod tests;
