use half::slice::HalfFloatSliceExt as _;
use rayon::prelude::*;

use super::{
    Part,
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

/// Lets queries look at what the caches of their own texts hold. `queries` are the tokens of all
/// parts, each with all its heads; so is what is returned.
pub(crate) fn attend(shape: &Shape, layer: usize, queries: &[f32], parts: &[Part<'_>]) -> Vec<f32> {
    let all = shape.heads * shape.head_width;
    let shared = shape.heads / shape.kv_heads * shape.head_width;
    // Head by head, so that what workers write lies together: all of a part's tokens of the first
    // head that keys are kept for, then of the second.
    let mut woven = vec![0_f32; queries.len()];
    let mut tasks = Vec::new();
    let (mut rest, mut behind) = (woven.as_mut_slice(), queries);
    for part in parts {
        let tokens = part.tokens.len();
        let (out, others) = rest.split_at_mut(tokens * all);
        let (queries, queries_behind) = behind.split_at(tokens * all);
        (rest, behind) = (others, queries_behind);
        let few = tokens == 1 && shape.kv_heads == 1;
        let size = if few { shape.head_width } else { shared * TOGETHER.min(tokens) };
        for (head, out) in out.chunks_mut(shared * tokens).enumerate() {
            let first = part.cache.len() - tokens;
            let block = Block { shape, layer, head, first, shared, queries, cache: &*part.cache };
            tasks.extend(out.chunks_mut(size).enumerate().map(|(at, out)| (block, at * size, out)));
        }
    }
    tasks.into_par_iter().for_each_init(Scratch::default, |scratch, (block, start, out)| {
        block.look(start, out, scratch);
    });
    if parts.iter().all(|part| part.tokens.len() == 1) {
        return woven;
    }
    let mut attended = vec![0_f32; queries.len()];
    let mut start = 0;
    for part in parts {
        let tokens = part.tokens.len();
        let range = start..start + tokens * all;
        start = range.end;
        let woven = &woven[range.clone()];
        attended[range].par_chunks_mut(all).enumerate().for_each(|(token, out)| {
            for (head, out) in out.chunks_exact_mut(shared).enumerate() {
                out.copy_from_slice(&woven[(head * tokens + token) * shared..][..shared]);
            }
        });
    }
    attended
}

/// Which token, and where in its part for a head, the `at`th query of a task is.
fn place(start: usize, at: usize, shared: usize, head_width: usize) -> (usize, usize) {
    let offset = start + at * head_width;
    (offset / shared, offset % shared)
}

/// Queries of one text that share one head's keys.
#[derive(Clone, Copy)]
struct Block<'a> {
    shape: &'a Shape,
    layer: usize,
    head: usize,
    first: usize,
    shared: usize,
    queries: &'a [f32],
    cache: &'a Cache,
}

impl Block<'_> {
    /// The positions that the `at`th query sees.
    fn seen(&self, start: usize, at: usize) -> (usize, usize) {
        let (token, _) = place(start, at, self.shared, self.shape.head_width);
        let end = self.first + token + 1;
        let from = self.shape.window_of(self.layer).map_or(0, |window| end.saturating_sub(window));
        (from, end)
    }

    /// What the queries from `start` on find.
    fn look(&self, start: usize, queries: &mut [f32], scratch: &mut Scratch) {
        let (width, cache) = (self.shape.head_width, self.cache);
        let all = self.shape.heads * width;
        for (at, query) in queries.chunks_exact_mut(width).enumerate() {
            let (token, within) = place(start, at, self.shared, width);
            let from = token * all + self.head * self.shared + within;
            query.copy_from_slice(&self.queries[from..from + width]);
        }
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
