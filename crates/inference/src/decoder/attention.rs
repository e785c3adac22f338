use half::slice::HalfFloatSliceExt as _;
use rayon::prelude::*;

use super::{
    cache::Cache,
    shape::Shape,
    vector::{add_share, softmax},
};
use crate::quant::dot;

/// Tokens whose heads look at a head's keys together, while those are unpacked.
const TOGETHER: usize = 8;
/// Keys unpacked at once: with 128 numbers each, they fit the first cache of a core.
const UNPACKED: usize = 32;

/// What a worker needs, kept for its memory.
#[derive(Default)]
struct Scratch {
    unpacked: Vec<f32>,
    scores: Vec<f32>,
}

/// Lets queries look at what the cache holds. `queries` are tokens from position `first` on, each
/// with all its heads; so is what is returned.
pub(crate) fn attend(
    shape: &Shape,
    layer: usize,
    first: usize,
    queries: &[f32],
    cache: &Cache,
) -> Vec<f32> {
    let all = shape.heads * shape.head_width;
    let tokens = queries.len() / all;
    let shared = shape.heads / shape.kv_heads * shape.head_width;
    // Head by head, so that what workers write lies together: all tokens of the first head that
    // keys are kept for, then of the second.
    let mut woven = vec![0_f32; queries.len()];
    let few = tokens == 1 && shape.kv_heads == 1;
    let part = if few { shape.head_width } else { shared * TOGETHER.min(tokens) };
    let tasks: Vec<(usize, usize, &mut [f32])> = woven
        .chunks_mut(shared * tokens)
        .enumerate()
        .flat_map(|(head, out)| {
            out.chunks_mut(part).enumerate().map(move |(at, out)| (head, at * part, out))
        })
        .collect();
    tasks.into_par_iter().for_each_init(Scratch::default, |scratch, (head, start, out)| {
        let block = Block { shape, layer, head, first, shared };
        for (at, out) in out.chunks_exact_mut(shape.head_width).enumerate() {
            let (token, within) = place(start, at, shared, shape.head_width);
            out.copy_from_slice(
                &queries[token * all + head * shared + within..][..shape.head_width],
            );
        }
        block.look(start, out, cache, scratch);
    });
    if tokens == 1 {
        return woven;
    }
    let mut attended = vec![0_f32; queries.len()];
    attended.par_chunks_mut(all).enumerate().for_each(|(token, out)| {
        for (head, out) in out.chunks_exact_mut(shared).enumerate() {
            out.copy_from_slice(&woven[(head * tokens + token) * shared..][..shared]);
        }
    });
    attended
}

/// Which token, and where in its part for a head, the `at`th query of a task is.
fn place(start: usize, at: usize, shared: usize, head_width: usize) -> (usize, usize) {
    let offset = start + at * head_width;
    (offset / shared, offset % shared)
}

/// Queries that share one head's keys.
struct Block<'a> {
    shape: &'a Shape,
    layer: usize,
    head: usize,
    first: usize,
    shared: usize,
}

impl Block<'_> {
    /// The positions that the `at`th query sees.
    fn seen(&self, start: usize, at: usize) -> (usize, usize) {
        let (token, _) = place(start, at, self.shared, self.shape.head_width);
        let end = self.first + token + 1;
        let from = self.shape.window_of(self.layer).map_or(0, |window| end.saturating_sub(window));
        (from, end)
    }

    /// Replaces queries by what they find.
    fn look(&self, start: usize, queries: &mut [f32], cache: &Cache, scratch: &mut Scratch) {
        let width = self.shape.head_width;
        let many = queries.len() / width;
        let (from, _) = self.seen(start, 0);
        let (_, end) = self.seen(start, many - 1);
        let longest = end - from;
        scratch.scores.resize(many * longest, 0.0);
        scratch.unpacked.resize(UNPACKED * width, 0.0);
        for tile in (from..end).step_by(UNPACKED) {
            let tile_end = end.min(tile + UNPACKED);
            let (keys, _) = cache.read(self.layer, self.head, tile, tile_end);
            let unpacked = &mut scratch.unpacked[..keys.len()];
            keys.convert_to_f32_slice(unpacked);
            for (at, query) in queries.chunks_exact(width).enumerate() {
                let scores = &mut scratch.scores[at * longest + tile - from..][..tile_end - tile];
                for (score, key) in scores.iter_mut().zip(unpacked.chunks_exact(width)) {
                    *score = dot(query, key) * self.shape.query_scale;
                }
            }
        }
        for (at, scores) in scratch.scores.chunks_exact_mut(longest).take(many).enumerate() {
            let (sees_from, sees_to) = self.seen(start, at);
            softmax(&mut scores[sees_from - from..sees_to - from]);
        }
        queries.fill(0.0);
        for tile in (from..end).step_by(UNPACKED) {
            let tile_end = end.min(tile + UNPACKED);
            let (_, values) = cache.read(self.layer, self.head, tile, tile_end);
            let unpacked = &mut scratch.unpacked[..values.len()];
            values.convert_to_f32_slice(unpacked);
            for (at, out) in queries.chunks_exact_mut(width).enumerate() {
                let (sees_from, sees_to) = self.seen(start, at);
                let scores = &scratch.scores[at * longest..][..longest];
                for position in tile.max(sees_from)..tile_end.min(sees_to) {
                    let value = &unpacked[(position - tile) * width..][..width];
                    add_share(out, scores[position - from], value);
                }
            }
        }
    }
}
