//! Rows of numbers that are not packed.

use half::f16;

use crate::simd::Float;

/// The sum of products, always in the same order.
#[inline]
pub(crate) fn dot(one: &[f32], other: &[f32]) -> f32 {
    let (ones, one_rest) = one.as_chunks::<8>();
    let (others, other_rest) = other.as_chunks::<8>();
    let mut sums = [Float::zero(); 4];
    let (ones, last) = ones.as_chunks::<4>();
    let (others, other_last) = others.as_chunks::<4>();
    for (one, other) in ones.iter().zip(others) {
        for (sum, (one, other)) in sums.iter_mut().zip(one.iter().zip(other)) {
            *sum = Float::new(*one).times_plus(Float::new(*other), *sum);
        }
    }
    for (one, other) in last.iter().zip(other_last) {
        sums[0] = Float::new(*one).times_plus(Float::new(*other), sums[0]);
    }
    let [a, b, c, d] = sums;
    let whole = a.plus(c).plus(b.plus(d)).sum();
    one_rest.iter().zip(other_rest).fold(whole, |sum, (one, other)| one.mul_add(*other, sum))
}

pub(crate) fn unpack_f32(row: &[u8], out: &mut [f32]) {
    for (number, bytes) in out.iter_mut().zip(row.as_chunks::<4>().0) {
        *number = f32::from_le_bytes(*bytes);
    }
}

pub(crate) fn unpack_f16(row: &[u8], out: &mut [f32]) {
    for (number, bytes) in out.iter_mut().zip(row.as_chunks::<2>().0) {
        *number = f16::from_le_bytes(*bytes).to_f32();
    }
}
