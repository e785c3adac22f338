//! Eight rows of a matrix of blocks of 256, woven so that each vector holds four weights of every
//! row: many tokens are multiplied by what was unpacked once, and no vector is ever summed across.

use super::{
    input::Wide,
    wide::{Unpacked, WideFormat},
};
use crate::simd::{Float, Int};

/// Rows in a panel.
pub(crate) const ROWS: usize = 8;

/// Eight rows, unpacked; kept between panels for its memory.
#[derive(Default)]
pub(crate) struct Panel {
    blocks: Vec<Block>,
}

#[derive(Clone)]
struct Block {
    /// Four weights of each row, 64 times.
    packed: [[u8; 32]; 64],
    /// Each row's scale, twice, for each 16 weights.
    scales: [[i16; 16]; 16],
    /// Each row's mins of two times 16 weights.
    mins: [[i16; 16]; 8],
    d: [f32; ROWS],
    m: [f32; ROWS],
}

impl Block {
    const EMPTY: Self = Self {
        packed: [[0; 32]; 64],
        scales: [[0; 16]; 16],
        mins: [[0; 16]; 8],
        d: [0.0; ROWS],
        m: [0.0; ROWS],
    };

    #[inline(always)]
    fn weave(&mut self, row: usize, unpacked: &Unpacked) {
        for (eight, part) in self.packed.as_chunks_mut::<8>().0.iter_mut().zip(unpacked.packed) {
            for (woven, four) in eight.iter_mut().zip(part.to_bytes().as_chunks::<4>().0) {
                woven.as_chunks_mut::<4>().0[row] = *four;
            }
        }
        for (woven, scale) in self.scales.iter_mut().zip(unpacked.scales.to_bytes()) {
            woven.as_chunks_mut::<2>().0[row] = [i16::from(scale); 2];
        }
        let mins = unpacked.mins.to_words();
        for (woven, two) in self.mins.iter_mut().zip(mins.as_chunks::<2>().0) {
            woven.as_chunks_mut::<2>().0[row] = *two;
        }
        self.d[row] = unpacked.d;
        self.m[row] = unpacked.m;
    }
}

impl Panel {
    /// Unpacks [`ROWS`] rows.
    pub(crate) fn fill<const BYTES: usize, F: WideFormat<BYTES>>(&mut self, rows: &[u8]) {
        let blocks = rows.len() / BYTES / ROWS;
        self.blocks.resize(blocks, Block::EMPTY);
        for (row, bytes) in rows.chunks_exact(blocks * BYTES).enumerate() {
            for (woven, block) in self.blocks.iter_mut().zip(bytes.as_chunks::<BYTES>().0) {
                woven.weave(row, &F::unpack(block));
            }
        }
    }

    /// The panel times all tokens: eight numbers for each.
    pub(crate) fn multiply<const BYTES: usize, F: WideFormat<BYTES>>(
        &self,
        tokens: &[Wide],
        out: &mut [f32],
    ) {
        let blocks = self.blocks.len();
        let outs = out.as_chunks_mut::<ROWS>().0;
        let (fours, rest) = outs.as_chunks_mut::<4>();
        let (whole, last) = tokens.split_at(4 * fours.len() * blocks);
        for (out, tokens) in fours.iter_mut().zip(whole.chunks_exact(4 * blocks)) {
            *out = self.times::<BYTES, F, 4>(tokens);
        }
        for (out, token) in rest.iter_mut().zip(last.chunks_exact(blocks)) {
            [*out] = self.times::<BYTES, F, 1>(token);
        }
    }

    /// The same sums in the same order as those of a single row (`wide::dot`).
    fn times<const BYTES: usize, F: WideFormat<BYTES>, const N: usize>(
        &self,
        tokens: &[Wide],
    ) -> [[f32; ROWS]; N] {
        let length = self.blocks.len();
        let tokens: [&[Wide]; N] = std::array::from_fn(|at| &tokens[at * length..][..length]);
        let mut sums = [Float::zero(); N];
        for (at, block) in self.blocks.iter().enumerate() {
            let tokens = tokens.map(|token| &token[at]);
            let (products, below) = (block.products::<BYTES, F, N>(tokens), block.below(tokens));
            let (d, m) = (Float::new(block.d), Float::new(block.m));
            for n in 0..N {
                let step = tokens[n].step;
                sums[n] = products[n].to_float().times_plus(d.times(Float::splat(step)), sums[n]);
                sums[n] = below[n].to_float().times_plus(m.times(Float::splat(-step)), sums[n]);
            }
        }
        sums.map(Float::to_array)
    }
}

impl Block {
    #[inline(always)]
    fn products<const BYTES: usize, F: WideFormat<BYTES>, const N: usize>(
        &self,
        tokens: [&Wide; N],
    ) -> [Int; N] {
        let mut products = [Int::zero(); N];
        let rounded = tokens.map(|token| token.rounded.as_chunks::<4>().0);
        for (step, packed) in self.packed.chunks_exact(F::PAIRS).enumerate() {
            let first = step * F::PAIRS;
            let mut words = [Int::zero(); N];
            for (pair, weights) in packed.iter().enumerate() {
                let weights = Int::bytes(*weights);
                for n in 0..N {
                    let four = rounded[n][first + pair].map(i8::cast_unsigned);
                    let four = Int::splat(i32::from_le_bytes(four));
                    words[n] = words[n].plus_words(weights.times_bytes(four));
                }
            }
            let scale = Int::words(self.scales[first / 4]);
            for n in 0..N {
                products[n] = products[n].plus(words[n].times_words(scale));
            }
        }
        products
    }

    #[inline(always)]
    fn below<const N: usize>(&self, tokens: [&Wide; N]) -> [Int; N] {
        let mut below = [Int::zero(); N];
        for (pair, mins) in self.mins.iter().enumerate() {
            let mins = Int::words(*mins);
            for n in 0..N {
                let [one, two] = tokens[n].sums.as_chunks::<2>().0[pair].map(i16::cast_unsigned);
                let both = (u32::from(two) << 16 | u32::from(one)).cast_signed();
                below[n] = below[n].plus(mins.times_words(Int::splat(both)));
            }
        }
        below
    }
}
