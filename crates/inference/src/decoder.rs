//! The forward pass: one decoder for all architectures, whose differences are data ([`Shape`]).
//!
//! All of them are stacks of layers of grouped attention and a gated feed-forward part, with norms
//! by the root of the mean square and positions by rotation (Llama: Touvron et al. 2023, "LLaMA").

mod attention;
mod cache;
mod error;
mod layer;
mod rope;
mod shape;
mod vector;
mod weights;

use rayon::{ThreadPool, ThreadPoolBuilder};

pub(crate) use cache::{Cache, Kept};
pub(crate) use error::ReadModelError;
pub(crate) use shape::ARCHITECTURES;

use crate::{
    gguf::Gguf,
    quant::{Input, multiply},
};
use rope::Rotations;
use shape::Shape;
use vector::{each_row, norm};
use weights::Weights;

/// A model in memory.
pub(crate) struct Decoder {
    shape: Shape,
    weights: Weights,
    workers: ThreadPool,
}

/// Tokens of one text, to be read behind what its cache holds.
pub(crate) struct Part<'a> {
    pub(crate) tokens: &'a [u32],
    pub(crate) cache: &'a mut Cache,
    /// After how many of the last tokens something is to be chosen; the others only go into the cache.
    pub(crate) wanted: usize,
}

impl Decoder {
    /// Takes a model from a file in memory.
    pub(crate) fn read(file: &Gguf) -> Result<Self, ReadModelError> {
        let shape = Shape::read(file)?;
        let weights = Weights::read(file, &shape)?;
        let workers = ThreadPoolBuilder::new()
            .thread_name(|at| format!("model-{at}"))
            .build()
            .map_err(|error| ReadModelError::Workers(error.to_string()))?;
        Ok(Self { shape, weights, workers })
    }

    /// The longest text the model was made for, in tokens.
    pub(crate) fn longest(&self) -> usize {
        self.shape.longest
    }

    /// How many tokens there are to choose from.
    pub(crate) fn vocabulary(&self) -> usize {
        self.weights.output().rows()
    }

    /// An empty cache for so many tokens.
    pub(crate) fn cache(&self, capacity: usize) -> Cache {
        Cache::new(self.shape.layers, self.shape.kv_heads, self.shape.head_width, capacity)
    }

    /// Reads tokens of several texts in one step: the weights, which are what takes time, are gone
    /// through once for all of them. Returns what was found after each token of which it is wanted,
    /// for [`Decoder::scores`]. What a text finds does not depend on the others, in no bit.
    ///
    /// # Panics
    /// When a cache has no room, or a token is none of the vocabulary.
    pub(crate) fn forward(&self, parts: &mut [Part<'_>]) -> Found {
        self.workers.install(|| self.step(parts))
    }

    fn step(&self, parts: &mut [Part<'_>]) -> Found {
        let width = self.shape.width;
        let tokens: Vec<u32> = parts.iter().flat_map(|part| part.tokens).copied().collect();
        let mut stream = vec![0_f32; tokens.len() * width];
        for (token, out) in tokens.iter().zip(stream.chunks_exact_mut(width)) {
            self.weights.embedding.row(*token as usize, out);
        }
        for number in &mut stream {
            *number *= self.shape.embedding_scale;
        }
        let mut positions = Vec::with_capacity(tokens.len());
        for part in &mut *parts {
            let first = part.cache.grow(part.tokens.len());
            positions.extend(first..first + part.tokens.len());
        }
        let factors = self.weights.rope_factors.as_deref();
        let turns = [false, true]
            .map(|windowed| Rotations::new(&self.shape, factors, &positions, windowed));
        for at in 0..self.weights.layers.len() {
            self.layer(at, &turns, &mut stream, parts);
        }
        let mut rows = Vec::new();
        let mut end = 0;
        for part in parts {
            end += part.tokens.len() * width;
            rows.extend_from_slice(&stream[end - part.wanted * width..end]);
        }
        each_row(&mut rows, width, |row| norm(row, &self.weights.norm, self.shape.epsilon));
        Found { rows, width }
    }

    /// The score of every token of the vocabulary, for some rows of what was found.
    pub(crate) fn scores(&self, found: &Found, rows: &[usize]) -> Vec<f32> {
        if rows.is_empty() {
            return Vec::new();
        }
        let rows: Vec<f32> = rows.iter().flat_map(|row| found.row(*row)).copied().collect();
        let input = Input::new(&rows, found.width);
        let [scores] = self.workers.install(|| multiply([self.weights.output()], &input));
        scores
    }

    /// The scores of some tokens alone, the same bits: where few may be chosen, a fifth of a step is
    /// saved.
    pub(crate) fn scores_of(&self, found: &Found, row: usize, tokens: &[u32]) -> Vec<f32> {
        self.weights.output().some_rows(tokens, &Input::new(found.row(row), found.width))
    }
}

/// What tokens led to.
pub(crate) struct Found {
    rows: Vec<f32>,
    width: usize,
}

impl Found {
    fn row(&self, at: usize) -> &[f32] {
        &self.rows[at * self.width..][..self.width]
    }
}

#[cfg(test)]
pub(crate) mod tests;
