//! The forward pass: one decoder for all architectures, whose differences are data ([`Shape`]).
//!
//! All of them are stacks of layers of grouped attention and a gated feed-forward part, with norms
//! by the root of the mean square and positions by rotation (Llama: Touvron et al. 2023, "LLaMA").

mod attention;
mod cache;
mod layer;
mod rope;
mod shape;
mod vector;
mod weights;

use rayon::{ThreadPool, ThreadPoolBuilder};

pub(crate) use cache::{Cache, Kept};
pub(crate) use shape::ARCHITECTURES;
pub(crate) use weights::ReadModelError;

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

/// Whose scores a step returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// None: the tokens only go into the cache.
    Nothing,
    /// Those after the last token.
    Last,
    /// Those after every token.
    All,
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

    /// Reads `tokens` behind what the cache holds, and returns the scores that are wanted, one for
    /// each token of the vocabulary.
    ///
    /// # Panics
    /// When the cache has no room, or a token is none of the vocabulary.
    pub(crate) fn forward(&self, tokens: &[u32], cache: &mut Cache, wanted: Wanted) -> Vec<f32> {
        self.workers.install(|| self.step(tokens, cache, wanted))
    }

    fn step(&self, tokens: &[u32], cache: &mut Cache, wanted: Wanted) -> Vec<f32> {
        let width = self.shape.width;
        let mut stream = vec![0_f32; tokens.len() * width];
        for (token, out) in tokens.iter().zip(stream.chunks_exact_mut(width)) {
            self.weights.embedding.row(*token as usize, out);
        }
        for number in &mut stream {
            *number *= self.shape.embedding_scale;
        }
        let first = cache.grow(tokens.len());
        let factors = self.weights.rope_factors.as_deref();
        let turns = [false, true]
            .map(|windowed| Rotations::new(&self.shape, factors, first, tokens.len(), windowed));
        for at in 0..self.weights.layers.len() {
            self.layer(at, first, &turns, &mut stream, cache);
        }
        let after = match wanted {
            Wanted::Nothing => return Vec::new(),
            Wanted::Last => stream.len() - width,
            Wanted::All => 0,
        };
        let stream = &mut stream[after..];
        each_row(stream, width, |row| norm(row, &self.weights.norm, self.shape.epsilon));
        let [scores] = multiply([self.weights.output()], &Input::new(stream, width));
        scores
    }
}

#[cfg(test)]
pub(crate) mod tests;
