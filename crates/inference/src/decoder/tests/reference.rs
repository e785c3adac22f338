//! The forward pass once more, in the plainest way: all tokens at once, in numbers of 64 bits, on
//! unpacked weights, without a cache.

use super::*;

type Rows = Vec<Vec<f64>>;

pub(super) struct Reference {
    architecture: String,
    said: HashMap<String, Value>,
    tensors: HashMap<String, Rows>,
}

impl Reference {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut reader = Cursor::new(bytes);
        let content = Content::read(&mut reader).expect("content");
        let cpu = &Device::Cpu;
        let rows = |name: &String| -> Rows {
            let tensor = content.tensor(&mut Cursor::new(bytes), name, cpu).expect("tensor");
            let tensor = tensor.dequantize(cpu).expect("plain");
            let tensor =
                if tensor.rank() == 1 { tensor.unsqueeze(0).expect("row") } else { tensor };
            let rows: Vec<Vec<f32>> = tensor.to_vec2().expect("rows");
            rows.iter().map(|row| row.iter().map(|x| f64::from(*x)).collect()).collect()
        };
        let tensors = content.tensor_infos.keys().map(|name| (name.clone(), rows(name))).collect();
        let architecture = content.metadata["general.architecture"].to_string().expect("text");
        Self { architecture: architecture.clone(), said: content.metadata.clone(), tensors }
    }

    fn size(&self, key: &str) -> usize {
        self.said[&format!("{}.{key}", self.architecture)].to_u32().expect("a number") as usize
    }

    fn gemma(&self) -> bool {
        self.architecture == "gemma3"
    }

    fn times(&self, rows: &Rows, name: &str) -> Rows {
        let matrix = &self.tensors[&format!("{name}.weight")];
        let bias = self.tensors.get(&format!("{name}.bias"));
        let product = |row: &Vec<f64>, at: usize| {
            let sum: f64 = row.iter().zip(&matrix[at]).map(|(a, b)| a * b).sum();
            sum + bias.map_or(0.0, |bias| bias[0][at])
        };
        rows.iter().map(|row| (0..matrix.len()).map(|at| product(row, at)).collect()).collect()
    }

    /// Rows, or parts of them as long as the weights, normed; as they are if there are no weights.
    fn normed(&self, rows: &Rows, name: &str) -> Rows {
        let Some(weights) = self.tensors.get(&format!("{name}.weight")) else {
            return rows.clone();
        };
        let part = |part: &[f64]| -> Vec<f64> {
            let mean = part.iter().map(|x| x * x).sum::<f64>() / part.len() as f64;
            part.iter().zip(&weights[0]).map(|(x, w)| x / (mean + 1e-6).sqrt() * w).collect()
        };
        rows.iter().map(|row| row.chunks(weights[0].len()).flat_map(part).collect()).collect()
    }

    fn turned(&self, rows: &Rows, base: f64) -> Rows {
        let head = self.size("attention.key_length");
        let mut turned = rows.clone();
        for (position, row) in turned.iter_mut().enumerate() {
            for head_numbers in row.chunks_mut(head) {
                for pair in 0..head / 2 {
                    let angle = position as f64 * base.powf(-2.0 * pair as f64 / head as f64);
                    let (one, two) = match self.architecture.as_str() {
                        "llama" => (2 * pair, 2 * pair + 1),
                        _ => (pair, pair + head / 2),
                    };
                    let (a, b) = (head_numbers[one], head_numbers[two]);
                    head_numbers[one] = a * angle.cos() - b * angle.sin();
                    head_numbers[two] = a * angle.sin() + b * angle.cos();
                }
            }
        }
        turned
    }

    fn attention(&self, rows: &Rows, at: usize) -> Rows {
        let name = |part: &str| format!("blk.{at}.{part}");
        let global = !self.gemma() || (at + 1).is_multiple_of(6);
        let base = if global { 1e5 } else { 1e4 };
        let queries = self.normed(&self.times(rows, &name("attn_q")), &name("attn_q_norm"));
        let keys = self.normed(&self.times(rows, &name("attn_k")), &name("attn_k_norm"));
        let (queries, keys) = (self.turned(&queries, base), self.turned(&keys, base));
        let values = self.times(rows, &name("attn_v"));
        let head = self.size("attention.key_length");
        let (heads, kv) = (self.size("attention.head_count"), self.size("attention.head_count_kv"));
        let mut out = vec![vec![0.0; heads * head]; rows.len()];
        for (token, out) in out.iter_mut().enumerate() {
            let from = if global { 0 } else { (token + 1).saturating_sub(6) };
            for (of, out) in out.chunks_mut(head).enumerate() {
                let part = |row: &Vec<f64>, head_at: usize| row[head_at * head..][..head].to_vec();
                let query = part(&queries[token], of);
                let score = |key: Vec<f64>| -> f64 {
                    let sum: f64 = query.iter().zip(key).map(|(a, b)| a * b).sum();
                    (sum / (head as f64).sqrt()).exp()
                };
                let of = of / (heads / kv);
                let shares: Vec<f64> =
                    (from..=token).map(|other| score(part(&keys[other], of))).collect();
                let whole: f64 = shares.iter().sum();
                for (share, other) in shares.iter().zip(from..) {
                    for (out, value) in out.iter_mut().zip(part(&values[other], of)) {
                        *out += share / whole * value;
                    }
                }
            }
        }
        self.normed(&self.times(&out, &name("attn_output")), &name("post_attention_norm"))
    }

    fn feed_forward(&self, rows: &Rows, at: usize) -> Rows {
        let name = |part: &str| format!("blk.{at}.{part}");
        let gate = |x: f64| {
            if self.gemma() {
                0.5 * x * (1.0 + (0.797_884_560_8 * (x + 0.044_715 * x * x * x)).tanh())
            } else {
                x / (1.0 + (-x).exp())
            }
        };
        let (through, up) =
            (self.times(rows, &name("ffn_gate")), self.times(rows, &name("ffn_up")));
        let gated = |(through, up): (&Vec<f64>, &Vec<f64>)| -> Vec<f64> {
            through.iter().zip(up).map(|(x, up)| gate(*x) * up).collect()
        };
        let gated: Rows = through.iter().zip(&up).map(gated).collect();
        self.normed(&self.times(&gated, &name("ffn_down")), &name("post_ffw_norm"))
    }

    /// The scores after every token.
    #[expect(clippy::cast_possible_truncation, reason = "what is compared with it is f32")]
    pub(super) fn scores(&self, tokens: &[u32]) -> Vec<f32> {
        let width = self.size("embedding_length") as f64;
        let scale = if self.gemma() { width.sqrt() } else { 1.0 };
        let embedded = |token: &u32| -> Vec<f64> {
            self.tensors["token_embd.weight"][*token as usize].iter().map(|x| x * scale).collect()
        };
        let mut rows: Rows = tokens.iter().map(embedded).collect();
        let add = |rows: &mut Rows, found: Rows| {
            for (row, found) in rows.iter_mut().zip(found) {
                row.iter_mut().zip(found).for_each(|(to, what)| *to += what);
            }
        };
        for at in 0..self.size("block_count") {
            let normed = self.normed(&rows, &format!("blk.{at}.attn_norm"));
            add(&mut rows, self.attention(&normed, at));
            let normed = self.normed(&rows, &format!("blk.{at}.ffn_norm"));
            add(&mut rows, self.feed_forward(&normed, at));
        }
        let output =
            if self.tensors.contains_key("output.weight") { "output" } else { "token_embd" };
        let scores = self.times(&self.normed(&rows, "output_norm"), output);
        scores.iter().flatten().map(|score| *score as f32).collect()
    }
}
