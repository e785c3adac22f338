//! Blocks of 256 weights: Q4_K, Q5_K and Q6_K.

use half::f16;

use super::input::Wide;
use crate::simd::{Half, Int};

/// 256 weights: `weight = d × scale × packed − m × min`, scale and min for every 16.
pub(crate) struct Unpacked {
    /// Weights in their order, unsigned.
    pub(crate) packed: [Int; 8],
    pub(crate) scales: Half,
    /// As words.
    pub(crate) mins: Int,
    pub(crate) d: f32,
    pub(crate) m: f32,
}

/// A format of blocks of 256.
pub(crate) trait WideFormat<const BYTES: usize> {
    /// So many products of pairs of bytes fit into a word of 16 bits and have one scale.
    const PAIRS: usize;

    fn unpack(block: &[u8; BYTES]) -> Unpacked;
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
        let scales = Half::bytes(array(scales));
        Unpacked { packed, scales, mins: scales.to_words().up::<5>(), d, m: d }
    }
}

/// Scales and mins as Q4_K and Q5_K have them: six bits each, for every 32 weights.
#[inline(always)]
fn with_mins(head: &[u8], packed: [Int; 8]) -> Unpacked {
    let four = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    let [low_scales, low_mins, high] = [four(4), four(8), four(12)];
    let pair = |low: u32, high: u32| {
        let eight = u64::from(high) << 32 | u64::from(low);
        Half::bytes(u128::from(eight).to_le_bytes())
            .pick([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7])
    };
    let upper = |low: u32| (low >> 6 & 0x0303_0303) << 4;
    let scales = pair(low_scales & 0x3f3f_3f3f, (high & 0x0f0f_0f0f) | upper(low_scales));
    let mins = pair(low_mins & 0x3f3f_3f3f, (high >> 4 & 0x0f0f_0f0f) | upper(low_mins));
    Unpacked { packed, scales, mins: mins.to_words(), d: number(head, 0), m: number(head, 2) }
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
        let (block, tokens) = (F::unpack(block), tokens.map(|token| &token[at]));
        let (products, below) = block.times(tokens);
        if let ([product], [below]) = (products.as_slice(), below.as_slice()) {
            let [product, below] = Int::two_sums(*product, *below);
            block.add(product, below, tokens[0].step, &mut sums[0]);
            continue;
        }
        for first in (0..N).step_by(2) {
            let second = (first + 1).min(N - 1);
            let four = [products[first], products[second], below[first], below[second]];
            let [product, other_product, below, other_below] = Int::sums(four);
            block.add(product, below, tokens[first].step, &mut sums[first]);
            if second > first {
                block.add(other_product, other_below, tokens[second].step, &mut sums[second]);
            }
        }
    }
    sums
}

impl Unpacked {
    /// Products with tokens, scaled, and what is to be taken from them.
    #[inline(always)]
    fn times<const N: usize>(&self, tokens: [&Wide; N]) -> ([Int; N], [Int; N]) {
        let mut products = [Int::zero(); N];
        // Each half of a vector gets the scales of its sixteens: the first, third, … on the left.
        let scales = [0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15];
        let scales = self.scales.pick(scales).to_words();
        // Written out, as the compiler leaves it a loop for some numbers of tokens, several times slower.
        macro_rules! parts {
            ($($part:literal)*) => {$(
                let scale = scales.word_of_halves::<$part>();
                for n in 0..N {
                    let rounded = tokens[n].rounded.as_chunks::<32>().0[$part];
                    let words = self.packed[$part].times_bytes(Int::signed_bytes(rounded));
                    products[n] = products[n].plus(words.times_words(scale));
                }
            )*};
        }
        parts!(0 1 2 3 4 5 6 7);
        (products, tokens.map(|token| Int::words(token.sums).times_words(self.mins)))
    }

    #[inline(always)]
    fn add(&self, product: f32, below: f32, step: f32, sum: &mut f32) {
        *sum = product.mul_add(self.d * step, *sum);
        *sum = below.mul_add(-(self.m * step), *sum);
    }
}

/// The weights of one row.
pub(crate) fn unpack_row<const BYTES: usize, F: WideFormat<BYTES>>(row: &[u8], out: &mut [f32]) {
    let numbers = out.as_chunks_mut::<256>().0;
    for (block, numbers) in row.as_chunks::<BYTES>().0.iter().zip(numbers) {
        let block = F::unpack(block);
        let (scales, mins) = (block.scales.to_bytes(), block.mins.to_words());
        for (part, packed) in block.packed.iter().enumerate() {
            for (lane, byte) in packed.to_bytes().into_iter().enumerate() {
                let sixteen = 2 * part + lane / 16;
                let scale = block.d * f32::from(scales[sixteen]);
                let min = block.m * f32::from(mins[sixteen]);
                numbers[32 * part + lane] = scale.mul_add(f32::from(byte), -min);
            }
        }
    }
}
