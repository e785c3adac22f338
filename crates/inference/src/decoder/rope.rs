use super::shape::{Rope, Shape};

/// The rotations of a few positions: for each position and pair its cosine and sine.
pub(crate) struct Rotations {
    turns: Vec<(f32, f32)>,
    pairs: usize,
    neighbours: bool,
}

impl Rotations {
    pub(crate) fn new(
        shape: &Shape,
        factors: Option<&[f32]>,
        positions: &[usize],
        windowed: bool,
    ) -> Self {
        let Rope { width, base, window_base, scale, neighbours } = shape.rope;
        let (base, scale) = if windowed { (window_base, 1.0) } else { (base, scale) };
        let pairs = width / 2;
        let speeds: Vec<f32> = (0..pairs)
            .map(|pair| {
                let factor = factors.map_or(1.0, |factors| factors[pair]);
                scale / base.powf(2.0 * pair as f32 / width as f32) / factor
            })
            .collect();
        let turns = positions
            .iter()
            .flat_map(|position| speeds.iter().map(move |speed| *position as f32 * speed))
            .map(|angle| (angle.cos(), angle.sin()))
            .collect();
        Self { turns, pairs, neighbours }
    }

    /// Turns a head of the token at `at`.
    pub(crate) fn turn(&self, head: &mut [f32], at: usize) {
        let turns = &self.turns[at * self.pairs..][..self.pairs];
        let turned =
            |a: f32, b: f32, (cos, sin): (f32, f32)| (a * cos - b * sin, a * sin + b * cos);
        if self.neighbours {
            for (pair, turn) in head.as_chunks_mut::<2>().0.iter_mut().zip(turns) {
                *pair = turned(pair[0], pair[1], *turn).into();
            }
        } else {
            let (ones, others) = head.split_at_mut(self.pairs);
            for ((one, other), turn) in ones.iter_mut().zip(others).zip(turns) {
                (*one, *other) = turned(*one, *other, *turn);
            }
        }
    }
}
