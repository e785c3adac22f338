//! Blocks of 32 weights: Q4_0, Q4_1, Q5_0, Q5_1 and Q8_0.

use super::{input::Narrow, wide::number};
use crate::simd::{Float, Int};

/// 32 weights: `weight = d × packed + m`.
pub(crate) struct Unpacked {
    packed: Int,
    d: f32,
    m: f32,
}

/// A format of blocks of 32.
pub(crate) trait NarrowFormat<const BYTES: usize> {
    /// Whether packed weights have a sign.
    const SIGNED: bool = false;

    fn unpack(block: &[u8; BYTES]) -> Unpacked;
}

pub(crate) struct Q4_0;
pub(crate) struct Q4_1;
pub(crate) struct Q5_0;
pub(crate) struct Q5_1;
pub(crate) struct Q8_0;

impl NarrowFormat<18> for Q4_0 {
    #[inline(always)]
    fn unpack(block: &[u8; 18]) -> Unpacked {
        let d = number(block, 0);
        Unpacked { packed: fours(&block[2..]), d, m: -8.0 * d }
    }
}

impl NarrowFormat<20> for Q4_1 {
    #[inline(always)]
    fn unpack(block: &[u8; 20]) -> Unpacked {
        Unpacked { packed: fours(&block[4..]), d: number(block, 0), m: number(block, 2) }
    }
}

impl NarrowFormat<22> for Q5_0 {
    #[inline(always)]
    fn unpack(block: &[u8; 22]) -> Unpacked {
        let d = number(block, 0);
        let packed = fours(&block[6..]).or(fifths(&block[2..6]));
        Unpacked { packed, d, m: -16.0 * d }
    }
}

impl NarrowFormat<24> for Q5_1 {
    #[inline(always)]
    fn unpack(block: &[u8; 24]) -> Unpacked {
        let packed = fours(&block[8..]).or(fifths(&block[4..8]));
        Unpacked { packed, d: number(block, 0), m: number(block, 2) }
    }
}

impl NarrowFormat<34> for Q8_0 {
    const SIGNED: bool = true;

    #[inline(always)]
    fn unpack(block: &[u8; 34]) -> Unpacked {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(&block[2..]);
        Unpacked { packed: Int::bytes(bytes), d: number(block, 0), m: 0.0 }
    }
}

/// Lower halves of 16 bytes, then upper halves.
#[inline(always)]
fn fours(bytes: &[u8]) -> Int {
    let mut both = [0; 32];
    both[..16].copy_from_slice(bytes);
    for at in 0..16 {
        both[16 + at] = both[at] >> 4;
    }
    Int::bytes(both).and(Int::splat_byte(0x0f))
}

/// One bit for each weight, where the fifth belongs.
#[inline(always)]
fn fifths(bytes: &[u8]) -> Int {
    let bits = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    Int::bytes(std::array::from_fn(|at| if bits >> at & 1 == 1 { 0x10 } else { 0 }))
}

/// One row of a matrix times `N` tokens.
pub(crate) fn dot<const BYTES: usize, F: NarrowFormat<BYTES>, const N: usize>(
    row: &[u8],
    tokens: [&[Narrow]; N],
) -> [f32; N] {
    let mut sums = [Float::zero(); N];
    let mut offsets = [0_f32; N];
    let ones = Int::splat_word(1);
    for (at, block) in row.as_chunks::<BYTES>().0.iter().enumerate() {
        let block = F::unpack(block);
        for n in 0..N {
            let token = &tokens[n][at];
            let rounded = Int::signed_bytes(token.rounded);
            let words = if F::SIGNED {
                block.packed.size_bytes().times_bytes(rounded.signed_as(block.packed))
            } else {
                block.packed.times_bytes(rounded)
            };
            let products = words.times_words(ones).to_float();
            sums[n] = products.times_plus(Float::splat(block.d * token.step), sums[n]);
            offsets[n] = token.sum.mul_add(block.m * token.step, offsets[n]);
        }
    }
    std::array::from_fn(|n| sums[n].sum() + offsets[n])
}

/// The weights of one row.
pub(crate) fn unpack_row<const BYTES: usize, F: NarrowFormat<BYTES>>(row: &[u8], out: &mut [f32]) {
    let numbers = out.as_chunks_mut::<32>().0;
    for (block, numbers) in row.as_chunks::<BYTES>().0.iter().zip(numbers) {
        let block = F::unpack(block);
        for (number, byte) in numbers.iter_mut().zip(block.packed.to_bytes()) {
            let packed = if F::SIGNED { f32::from(byte.cast_signed()) } else { f32::from(byte) };
            *number = block.d.mul_add(packed, block.m);
        }
    }
}
