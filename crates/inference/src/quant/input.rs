use std::sync::OnceLock;

use rayon::prelude::*;

/// 256 numbers, rounded: `number ≈ step × rounded`. No vector of them lies across two cache lines.
#[derive(Clone)]
#[repr(align(64))]
pub(crate) struct Wide {
    pub(crate) rounded: [i8; 256],
    /// Sums of 16 rounded numbers each.
    pub(crate) sums: [i16; 16],
    pub(crate) step: f32,
}

/// 32 numbers, rounded.
#[derive(Clone)]
pub(crate) struct Narrow {
    pub(crate) rounded: [i8; 32],
    /// The sum of the rounded numbers.
    pub(crate) sum: f32,
    pub(crate) step: f32,
}

/// What matrices are multiplied by: a few tokens, each a vector; rounded when a matrix first needs
/// it so.
pub(crate) struct Input<'a> {
    numbers: &'a [f32],
    width: usize,
    wide: OnceLock<Vec<Wide>>,
    narrow: OnceLock<Vec<Narrow>>,
}

impl<'a> Input<'a> {
    /// Of vectors of `width` numbers, one behind the other.
    pub(crate) fn new(numbers: &'a [f32], width: usize) -> Self {
        Self { numbers, width, wide: OnceLock::new(), narrow: OnceLock::new() }
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// How many tokens there are.
    pub(crate) fn tokens(&self) -> usize {
        self.numbers.len() / self.width
    }

    /// A token's vector.
    pub(crate) fn plain(&self, token: usize) -> &[f32] {
        &self.numbers[token * self.width..][..self.width]
    }

    /// All tokens' blocks of 256, one behind the other.
    pub(crate) fn wide(&self) -> &[Wide] {
        self.wide.get_or_init(|| blocks(self.numbers, Wide::new))
    }

    /// All tokens' blocks of 32.
    pub(crate) fn narrow(&self) -> &[Narrow] {
        self.narrow.get_or_init(|| blocks(self.numbers, Narrow::new))
    }
}

/// Below this many blocks, waking another worker takes longer than the work.
const ALONE: usize = 64;

fn blocks<T: Send, const N: usize>(numbers: &[f32], round: fn(&[f32; N]) -> T) -> Vec<T> {
    let blocks = numbers.as_chunks::<N>().0;
    if blocks.len() < ALONE {
        return blocks.iter().map(round).collect();
    }
    blocks.par_iter().with_min_len(ALONE / 4).map(round).collect()
}

impl Wide {
    fn new(numbers: &[f32; 256]) -> Self {
        let (rounded, step) = round(numbers);
        let sixteens = rounded.as_chunks::<16>().0;
        let sum = |at: usize| sixteens[at].iter().map(|one| i16::from(*one)).sum();
        Self { rounded, sums: std::array::from_fn(sum), step }
    }
}

impl Narrow {
    fn new(numbers: &[f32; 32]) -> Self {
        let (rounded, step) = round(numbers);
        let sum: i16 = rounded.iter().map(|one| i16::from(*one)).sum();
        Self { rounded, sum: f32::from(sum), step }
    }
}

/// Rounds to the 255 steps between the largest size and its negative.
fn round<const N: usize>(numbers: &[f32; N]) -> ([i8; N], f32) {
    /// 1.5 × 2²³: what is added to it is rounded to a whole number, which stands in the lowest bits.
    const WHOLE: f32 = 12_582_912.0;
    let largest = numbers.iter().fold(0_f32, |largest, number| largest.max(number.abs()));
    let step = largest / 127.0;
    let per_step = if step > 0.0 { 1.0 / step } else { 0.0 };
    let rounded = numbers.map(|number| {
        // The lowest byte alone is wanted: the numbers lie between -127 and 127.
        number.mul_add(per_step, WHOLE).to_bits().to_le_bytes()[0].cast_signed()
    });
    (rounded, step)
}
