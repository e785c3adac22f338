use crate::quant::{Input, multiply};

use super::{
    Decoder, Part,
    attention::attend,
    rope::Rotations,
    vector::{add, each_row, gated, norm},
    weights::{Layer, Linear},
};

impl Decoder {
    /// One layer: what it finds is added to the stream.
    /// `turns` are the rotations without and with a window.
    pub(crate) fn layer(
        &self,
        at: usize,
        turns: &[Rotations; 2],
        stream: &mut [f32],
        parts: &mut [Part<'_>],
    ) {
        let layer = &self.weights.layers[at];
        let turns = &turns[usize::from(self.shape.window_of(at).is_some())];
        let mut found = self.attention(at, turns, stream, parts);
        self.add(&mut found, layer.after_attention.as_deref(), stream);
        let mut found = self.feed_forward(layer, stream);
        self.add(&mut found, layer.after_forward.as_deref(), stream);
    }

    fn add(&self, found: &mut [f32], weights: Option<&[f32]>, stream: &mut [f32]) {
        if let Some(weights) = weights {
            each_row(found, self.shape.width, |row| norm(row, weights, self.shape.epsilon));
        }
        add(stream, found);
    }

    fn normed(&self, stream: &[f32], weights: &[f32]) -> Vec<f32> {
        let mut normed = stream.to_vec();
        each_row(&mut normed, self.shape.width, |row| norm(row, weights, self.shape.epsilon));
        normed
    }

    fn attention(
        &self,
        at: usize,
        turns: &Rotations,
        stream: &[f32],
        parts: &mut [Part<'_>],
    ) -> Vec<f32> {
        let (layer, shape) = (&self.weights.layers[at], &self.shape);
        let normed = self.normed(stream, &layer.attention_norm);
        let matrices = [&layer.query.matrix, &layer.key.matrix, &layer.value.matrix];
        let [mut queries, mut keys, mut values] =
            multiply(matrices, &Input::new(&normed, shape.width));
        let (all, kept) = (shape.heads * shape.head_width, shape.kv_heads * shape.head_width);
        self.placed(&mut queries, &layer.query, layer.query_norm.as_deref(), turns);
        self.placed(&mut keys, &layer.key, layer.key_norm.as_deref(), turns);
        biased(&mut values, &layer.value);
        let mut rows = keys.chunks_exact(kept).zip(values.chunks_exact(kept));
        for part in &mut *parts {
            let first = part.cache.len() - part.tokens.len();
            for (position, (keys, values)) in (first..part.cache.len()).zip(&mut rows) {
                part.cache.write(at, position, keys, values);
            }
        }
        let attended = attend(shape, at, &queries, parts);
        let [found] = multiply([&layer.attended], &Input::new(&attended, all));
        found
    }

    /// Queries or keys with bias, norm and rotation.
    fn placed(&self, rows: &mut [f32], by: &Linear, norms: Option<&[f32]>, turns: &Rotations) {
        biased(rows, by);
        let width = self.shape.head_width;
        for (token, row) in rows.chunks_exact_mut(by.matrix.rows()).enumerate() {
            for head in row.chunks_exact_mut(width) {
                if let Some(weights) = norms {
                    norm(head, weights, self.shape.epsilon);
                }
                turns.turn(head, token);
            }
        }
    }

    fn feed_forward(&self, layer: &Layer, stream: &[f32]) -> Vec<f32> {
        let normed = self.normed(stream, &layer.forward_norm);
        let input = Input::new(&normed, self.shape.width);
        let [through, mut up] = multiply([&layer.gate, &layer.up], &input);
        gated(self.shape.gate, &through, &mut up);
        let [found] = multiply([&layer.down], &Input::new(&up, layer.down.width()));
        found
    }
}

fn biased(rows: &mut [f32], by: &Linear) {
    if let Some(bias) = &by.bias {
        rows.chunks_exact_mut(bias.len()).for_each(|row| add(row, bias));
    }
}
