//! What is done to vectors of plain numbers.

use rayon::prelude::*;

use super::shape::Gate;
use crate::simd::Float;

/// Below this many numbers, waking another worker takes longer than the work.
const ALONE: usize = 1 << 14;

/// Does something to every row, on all workers if there is much to do.
pub(crate) fn each_row(numbers: &mut [f32], width: usize, act: impl Fn(&mut [f32]) + Send + Sync) {
    if numbers.len() < ALONE {
        numbers.chunks_exact_mut(width).for_each(act);
    } else {
        numbers.par_chunks_exact_mut(width).for_each(act);
    }
}

/// Divides by the root of the mean square, and multiplies by weights.
pub(crate) fn norm(row: &mut [f32], weights: &[f32], epsilon: f32) {
    let mean = crate::quant::dot(row, row) / row.len() as f32;
    let scale = 1.0 / (mean + epsilon).sqrt();
    for (number, weight) in row.iter_mut().zip(weights) {
        *number = *number * scale * weight;
    }
}

/// Adds one vector to another.
pub(crate) fn add(to: &mut [f32], what: &[f32]) {
    for (to, what) in to.iter_mut().zip(what) {
        *to += what;
    }
}

/// Adds a share of one vector to another.
#[inline]
pub(crate) fn add_share(to: &mut [f32], share: f32, what: &[f32]) {
    let (tos, to_rest) = to.as_chunks_mut::<8>();
    let (whats, rest) = what.as_chunks::<8>();
    let shares = Float::splat(share);
    for (to, what) in tos.iter_mut().zip(whats) {
        *to = Float::new(*what).times_plus(shares, Float::new(*to)).to_array();
    }
    for (to, what) in to_rest.iter_mut().zip(rest) {
        *to = what.mul_add(share, *to);
    }
}

/// `up` times what the gate lets through, into `up`.
pub(crate) fn gated(gate: Gate, through: &[f32], up: &mut [f32]) {
    const PART: usize = 1 << 12;
    let parts = up.par_chunks_mut(PART).zip(through.par_chunks(PART));
    parts.for_each(|(up, through)| match gate {
        Gate::Silu => up.iter_mut().zip(through).for_each(|(up, x)| *up *= x / (1.0 + exp(-x))),
        Gate::Gelu => up.iter_mut().zip(through).for_each(|(up, x)| *up *= gelu(*x)),
    });
}

fn gelu(x: f32) -> f32 {
    /// The root of 2/π.
    const ROOT: f32 = 0.797_884_6;
    let inner = ROOT * x * (0.044_715 * x).mul_add(x, 1.0);
    // 1 + tanh(y) = 2 − 2 / (e²ʸ + 1)
    x * (1.0 - 1.0 / (exp(2.0 * inner) + 1.0))
}

/// Scores to shares of their whole.
pub(crate) fn softmax(scores: &mut [f32]) {
    let largest = scores.iter().fold(f32::NEG_INFINITY, |largest, score| largest.max(*score));
    for score in &mut *scores {
        *score = exp(*score - largest);
    }
    let (eights, rest) = scores.as_chunks::<8>();
    let sum = eights.iter().fold(Float::zero(), |sum, eight| sum.plus(Float::new(*eight))).sum();
    let per_whole = 1.0 / rest.iter().fold(sum, |sum, score| sum + score);
    for score in scores {
        *score *= per_whole;
    }
}

/// eˣ to a few units of the last place, without a branch, so that loops over it become vectors
/// (after Cephes: 2ⁿ times a polynomial on the rest).
#[inline]
pub(crate) fn exp(x: f32) -> f32 {
    /// 1.5 × 2²³: what is added to it is rounded to a whole number, which stands in the lowest bits.
    const WHOLE: f32 = 12_582_912.0;
    const POWERS: [f32; 6] =
        [1.987_569_1e-4, 1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_65, 0.5];
    let x = x.clamp(-87.0, 88.0);
    let shifted = x.mul_add(std::f32::consts::LOG2_E, WHOLE);
    let whole = shifted - WHOLE;
    let rest = whole.mul_add(-0.693_359_4, x);
    let rest = whole.mul_add(2.121_944_4e-4, rest);
    let sum = POWERS.into_iter().reduce(|sum, power| sum.mul_add(rest, power)).unwrap_or(0.0);
    let sum = sum.mul_add(rest * rest, rest) + 1.0;
    let power = shifted.to_bits().wrapping_sub(WHOLE.to_bits()).wrapping_add(127) << 23;
    sum * f32::from_bits(power)
}
