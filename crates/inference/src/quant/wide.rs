//! Blocks of 256 weights: Q4_K, Q5_K and Q6_K.

use half::f16;

use super::input::Wide;
use crate::simd::Int;

/// 256 weights: `weight = d × scale × packed − m × min`, scale and min for every 16.
pub(crate) struct Unpacked {
    /// Weights in their order, unsigned.
    pub(crate) packed: [Int; 8],
    pub(crate) scales: [i16; 16],
    pub(crate) mins: [i16; 16],
    pub(crate) d: f32,
    pub(crate) m: f32,
}

/// A format of blocks of 256.
pub(crate) trait WideFormat<const BYTES: usize> {
    /// So many products of pairs of bytes fit into a word of 16 bits and have one scale.
    const PAIRS: usize;

    fn unpack(block: &[u8; BYTES]) -> Unpacked;

    /// The scales of 32 weights, word by word.
    #[inline(always)]
    fn scale(scales: &[i16; 16], part: usize) -> Int {
        Int::splat_word(scales[2 * part])
    }
}

pub(crate) struct Q4K;
pub(crate) struct Q5K;
pub(crate) struct Q6K;

impl WideFormat<144> for Q4K {
    // 8 × 2 × 15 × 127 = 30,480.
    const PAIRS: usize = 8;

    #[inline(always)]
    fn unpack(block: &[u8; 144]) -> Unpacked {
        let (head, packed) = block.split_at(16);
        let low = Int::splat_byte(0x0f);
        let halves = packed.as_chunks::<32>().0;
        let packed = std::array::from_fn(|at| {
            let both = Int::bytes(halves[at / 2]);
            if at % 2 == 0 { both.and(low) } else { both.down::<4>().and(low) }
        });
        with_mins(head, packed)
    }
}

impl WideFormat<176> for Q5K {
    // 4 × 2 × 31 × 127 = 31,496.
    const PAIRS: usize = 4;

    #[inline(always)]
    fn unpack(block: &[u8; 176]) -> Unpacked {
        let (head, rest) = block.split_at(16);
        let (fifth, packed) = rest.split_at(32);
        let fifth = Int::bytes(array(fifth));
        let (low, bit) = (Int::splat_byte(0x0f), Int::splat_byte(0x10));
        let halves = packed.as_chunks::<32>().0;
        let high = [
            fifth.up::<4>(),
            fifth.up::<3>(),
            fifth.up::<2>(),
            fifth.up::<1>(),
            fifth,
            fifth.down::<1>(),
            fifth.down::<2>(),
            fifth.down::<3>(),
        ];
        let packed = std::array::from_fn(|at| {
            let both = Int::bytes(halves[at / 2]);
            let four = if at % 2 == 0 { both.and(low) } else { both.down::<4>().and(low) };
            four.or(high[at].and(bit))
        });
        with_mins(head, packed)
    }
}

impl WideFormat<210> for Q6K {
    // 2 × 2 × 63 × 127 = 32,004.
    const PAIRS: usize = 2;

    #[inline(always)]
    fn unpack(block: &[u8; 210]) -> Unpacked {
        let (low_bits, rest) = block.split_at(128);
        let (high_bits, rest) = rest.split_at(64);
        let (scales, d) = rest.split_at(16);
        let d = number(d, 0);
        let (low, two) = (Int::splat_byte(0x0f), Int::splat_byte(0x30));
        let (lows, highs) = (low_bits.as_chunks::<32>().0, high_bits.as_chunks::<32>().0);
        let packed = std::array::from_fn(|at| {
            let (half, quarter) = (at / 4, at % 4);
            let four = Int::bytes(lows[2 * half + quarter % 2]);
            let four = if quarter < 2 { four } else { four.down::<4>() };
            let high = Int::bytes(highs[half]);
            let high = match quarter {
                0 => high.up::<4>(),
                1 => high.up::<2>(),
                2 => high,
                _ => high.down::<2>(),
            };
            four.and(low).or(high.and(two))
        });
        let scales: [i16; 16] = std::array::from_fn(|at| i16::from(scales[at].cast_signed()));
        Unpacked { packed, scales, mins: scales.map(|scale| 32 * scale), d, m: d }
    }

    #[inline(always)]
    fn scale(scales: &[i16; 16], part: usize) -> Int {
        Int::two_words(scales[2 * part], scales[2 * part + 1])
    }
}

/// Scales and mins as Q4_K and Q5_K have them: six bits each, for every 32 weights.
#[inline(always)]
fn with_mins(head: &[u8], packed: [Int; 8]) -> Unpacked {
    let four = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    let [low_scales, low_mins, high] = [four(4), four(8), four(12)];
    let pair = |low: u32, high: u32| (u64::from(high) << 32 | u64::from(low)).to_le_bytes();
    let upper = |low: u32| (low >> 6 & 0x0303_0303) << 4;
    let scales = pair(low_scales & 0x3f3f_3f3f, (high & 0x0f0f_0f0f) | upper(low_scales));
    let mins = pair(low_mins & 0x3f3f_3f3f, (high >> 4 & 0x0f0f_0f0f) | upper(low_mins));
    let each_twice = |of: [u8; 8]| std::array::from_fn(|at| i16::from(of[at / 2]));
    let (scales, mins) = (each_twice(scales), each_twice(mins));
    Unpacked { packed, scales, mins, d: number(head, 0), m: number(head, 2) }
}

#[inline(always)]
pub(crate) fn number(bytes: &[u8], at: usize) -> f32 {
    f16::from_le_bytes([bytes[at], bytes[at + 1]]).to_f32()
}

#[inline(always)]
fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut array = [0; N];
    array.copy_from_slice(bytes);
    array
}

/// One row of a matrix times `N` tokens.
pub(crate) fn dot<const BYTES: usize, F: WideFormat<BYTES>, const N: usize>(
    row: &[u8],
    tokens: [&[Wide]; N],
) -> [f32; N] {
    let mut sums = [0_f32; N];
    for (at, block) in row.as_chunks::<BYTES>().0.iter().enumerate() {
        let block = F::unpack(block);
        let mins = Int::words(block.mins);
        for (sum, token) in sums.iter_mut().zip(tokens) {
            let token = &token[at];
            let mut products = Int::zero();
            for (part, rounded) in token.rounded.as_chunks::<32>().0.iter().enumerate() {
                let words = block.packed[part].times_bytes(Int::signed_bytes(*rounded));
                products = products.plus(words.times_words(F::scale(&block.scales, part)));
            }
            let below = Int::words(token.sums).times_words(mins);
            let (products, below) = products.sums(below);
            *sum = products.mul_add(block.d * token.step, *sum);
            *sum = below.mul_add(-(block.m * token.step), *sum);
        }
    }
    sums
}

/// The weights of one row.
pub(crate) fn unpack_row<const BYTES: usize, F: WideFormat<BYTES>>(row: &[u8], out: &mut [f32]) {
    let numbers = out.as_chunks_mut::<256>().0;
    for (block, numbers) in row.as_chunks::<BYTES>().0.iter().zip(numbers) {
        let block = F::unpack(block);
        for (part, packed) in block.packed.iter().enumerate() {
            for (lane, byte) in packed.to_bytes().into_iter().enumerate() {
                let sixteen = 2 * part + lane / 16;
                let scale = block.d * f32::from(block.scales[sixteen]);
                let min = block.m * f32::from(block.mins[sixteen]);
                numbers[32 * part + lane] = scale.mul_add(f32::from(byte), -min);
            }
        }
    }
}
