//! Models of every architecture, small enough to be made on the spot.

use super::*;

pub(super) const VOCABULARY: usize = 64;
const WIDTH: usize = 256;
const HEADS: u32 = 4;
const KV_HEADS: u32 = 2;
const HEAD: usize = 64;
const FORWARD: usize = 512;

/// A file with weights that look random; norms and biases are plain numbers as in every real file.
pub(crate) fn tiny(architecture: &str, format: GgmlDType) -> Vec<u8> {
    let gemma = architecture == "gemma3";
    let layers: usize = if gemma { 7 } else { 3 };
    let mut maker = Maker { seed: 1, tensors: Vec::new(), format };
    maker.matrix("token_embd.weight", VOCABULARY, WIDTH);
    maker.vector("output_norm.weight", WIDTH, 1.0);
    if architecture == "qwen2" {
        maker.matrix("output.weight", VOCABULARY, WIDTH);
    }
    for at in 0..layers {
        let name = |part: &str| format!("blk.{at}.{part}");
        let (all, kv) = (HEADS as usize * HEAD, KV_HEADS as usize * HEAD);
        for (part, rows, width) in [
            ("attn_q.weight", all, WIDTH),
            ("attn_k.weight", kv, WIDTH),
            ("attn_v.weight", kv, WIDTH),
            ("attn_output.weight", WIDTH, all),
            ("ffn_gate.weight", FORWARD, WIDTH),
            ("ffn_up.weight", FORWARD, WIDTH),
            ("ffn_down.weight", WIDTH, FORWARD),
        ] {
            maker.matrix(&name(part), rows, width);
        }
        maker.vector(&name("attn_norm.weight"), WIDTH, 1.0);
        maker.vector(&name("ffn_norm.weight"), WIDTH, 1.0);
        if architecture == "qwen2" {
            maker.vector(&name("attn_q.bias"), all, 0.0);
            maker.vector(&name("attn_k.bias"), kv, 0.0);
            maker.vector(&name("attn_v.bias"), kv, 0.0);
        }
        if gemma || architecture == "qwen3" {
            maker.vector(&name("attn_q_norm.weight"), HEAD, 1.0);
            maker.vector(&name("attn_k_norm.weight"), HEAD, 1.0);
        }
        if gemma {
            maker.vector(&name("post_attention_norm.weight"), WIDTH, 1.0);
            maker.vector(&name("post_ffw_norm.weight"), WIDTH, 1.0);
        }
    }
    let size = |value: usize| Value::U32(u32::try_from(value).expect("small"));
    let mut said: HashMap<String, Value> = [
        ("block_count", size(layers)),
        ("context_length", size(128)),
        ("embedding_length", size(WIDTH)),
        ("feed_forward_length", size(FORWARD)),
        ("attention.head_count", Value::U32(HEADS)),
        ("attention.head_count_kv", Value::U32(KV_HEADS)),
        ("attention.key_length", size(HEAD)),
        ("attention.value_length", size(HEAD)),
        ("attention.layer_norm_rms_epsilon", Value::F32(1e-6)),
        ("rope.freq_base", Value::F32(1e5)),
    ]
    .into_iter()
    .map(|(key, value)| (format!("{architecture}.{key}"), value))
    .collect();
    said.extend(words());
    said.insert("general.architecture".to_owned(), Value::String(architecture.to_owned()));
    if architecture == "llama" {
        said.insert("llama.rope.dimension_count".to_owned(), size(HEAD));
    }
    if gemma {
        said.insert("gemma3.attention.sliding_window".to_owned(), Value::U32(6));
    }
    let said: Vec<(&str, &Value)> = said.iter().map(|(key, value)| (key.as_str(), value)).collect();
    let tensors: Vec<(&str, &QTensor)> =
        maker.tensors.iter().map(|(name, tensor)| (name.as_str(), tensor)).collect();
    let mut bytes = Cursor::new(Vec::new());
    gguf_file::write(&mut bytes, &said, &tensors).expect("written");
    bytes.into_inner()
}

/// Letters as tokens, the last of which ends a text.
fn words() -> HashMap<String, Value> {
    let letters = "▁abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,[]012345";
    let pieces = letters.chars().map(String::from).chain(["</s>".to_owned()]);
    let pieces: Vec<Value> = pieces.map(Value::String).collect();
    assert_eq!(pieces.len(), VOCABULARY);
    let kind = |at: usize| Value::I32(if at + 1 == VOCABULARY { 3 } else { 1 });
    let value = |key: &str, value: Value| (format!("tokenizer.ggml.{key}"), value);
    HashMap::from([
        value("model", Value::String("llama".to_owned())),
        value("scores", Value::Array(vec![Value::F32(0.0); VOCABULARY])),
        value("token_type", Value::Array((0..VOCABULARY).map(kind).collect())),
        value("tokens", Value::Array(pieces)),
        value("eos_token_id", Value::U32(63)),
        value("add_space_prefix", Value::Bool(false)),
    ])
}

struct Maker {
    seed: u64,
    tensors: Vec<(String, QTensor)>,
    format: GgmlDType,
}

impl Maker {
    fn numbers(&mut self, count: usize, around: f32, size: f32) -> Vec<f32> {
        self.seed += 1;
        let mut random = fastrand::Rng::with_seed(self.seed);
        (0..count).map(|_| around + size * (random.f32() + random.f32() - 1.0)).collect()
    }

    fn matrix(&mut self, name: &str, rows: usize, width: usize) {
        let numbers = self.numbers(rows * width, 0.0, 2.0 / (width as f32).sqrt());
        let plain = Tensor::from_vec(numbers, (rows, width), &Device::Cpu).expect("tensor");
        self.tensors
            .push((name.to_owned(), QTensor::quantize(&plain, self.format).expect("packed")));
    }

    fn vector(&mut self, name: &str, width: usize, around: f32) {
        let numbers = self.numbers(width, around, 0.2);
        let plain = Tensor::from_vec(numbers, width, &Device::Cpu).expect("tensor");
        let plain = QTensor::quantize(&plain, GgmlDType::F32).expect("packed");
        self.tensors.push((name.to_owned(), plain));
    }
}
