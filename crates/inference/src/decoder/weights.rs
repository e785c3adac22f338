use crate::{
    gguf::{Gguf, TensorError},
    quant::Matrix,
};

use super::shape::Shape;

/// All tensors.
pub(crate) struct Weights {
    pub(crate) embedding: Matrix,
    /// None where tokens are scored by their embedding.
    output: Option<Matrix>,
    pub(crate) norm: Vec<f32>,
    /// By which Llama 3 divides its rotations.
    pub(crate) rope_factors: Option<Vec<f32>>,
    pub(crate) layers: Vec<Layer>,
}

/// A layer's tensors.
pub(crate) struct Layer {
    pub(crate) attention_norm: Vec<f32>,
    pub(crate) query: Linear,
    pub(crate) key: Linear,
    pub(crate) value: Linear,
    pub(crate) query_norm: Option<Vec<f32>>,
    pub(crate) key_norm: Option<Vec<f32>>,
    pub(crate) attended: Matrix,
    pub(crate) after_attention: Option<Vec<f32>>,
    pub(crate) forward_norm: Vec<f32>,
    pub(crate) gate: Matrix,
    pub(crate) up: Matrix,
    pub(crate) down: Matrix,
    pub(crate) after_forward: Option<Vec<f32>>,
}

/// A matrix and what is added.
pub(crate) struct Linear {
    pub(crate) matrix: Matrix,
    pub(crate) bias: Option<Vec<f32>>,
}

impl Weights {
    pub(crate) fn read(file: &Gguf, shape: &Shape) -> Result<Self, TensorError> {
        let output = file.has("output.weight");
        let output = output.then(|| file.matrix("output.weight", None, shape.width)).transpose()?;
        let factors = file.has("rope_freqs.weight");
        let factors = factors.then(|| file.vector("rope_freqs.weight", shape.rope.width / 2));
        Ok(Self {
            embedding: file.matrix("token_embd.weight", None, shape.width)?,
            output,
            norm: file.vector("output_norm.weight", shape.width)?,
            rope_factors: factors.transpose()?,
            layers: (0..shape.layers)
                .map(|at| Layer::read(file, shape, at))
                .collect::<Result<_, _>>()?,
        })
    }

    /// The matrix that scores tokens.
    pub(crate) fn output(&self) -> &Matrix {
        self.output.as_ref().unwrap_or(&self.embedding)
    }
}

impl Layer {
    fn read(file: &Gguf, shape: &Shape, at: usize) -> Result<Self, TensorError> {
        let name = |part: &str| format!("blk.{at}.{part}");
        let (width, all) = (shape.width, shape.heads * shape.head_width);
        let vector = |part: &str, width: usize| file.vector(&name(part), width);
        let perhaps = |part: &str, width: usize| {
            file.has(&name(part)).then(|| vector(part, width)).transpose()
        };
        let linear = |part: &str, rows: usize| -> Result<_, TensorError> {
            Ok(Linear {
                matrix: file.matrix(&name(&format!("{part}.weight")), Some(rows), width)?,
                bias: perhaps(&format!("{part}.bias"), rows)?,
            })
        };
        let gate = file.matrix(&name("ffn_gate.weight"), None, width)?;
        let forward = gate.rows();
        let kv = shape.kv_heads * shape.head_width;
        Ok(Self {
            attention_norm: vector("attn_norm.weight", width)?,
            query: linear("attn_q", all)?,
            key: linear("attn_k", kv)?,
            value: linear("attn_v", kv)?,
            query_norm: perhaps("attn_q_norm.weight", shape.head_width)?,
            key_norm: perhaps("attn_k_norm.weight", shape.head_width)?,
            attended: file.matrix(&name("attn_output.weight"), Some(width), all)?,
            after_attention: perhaps("post_attention_norm.weight", width)?,
            forward_norm: vector("ffn_norm.weight", width)?,
            up: file.matrix(&name("ffn_up.weight"), Some(forward), width)?,
            down: file.matrix(&name("ffn_down.weight"), Some(width), forward)?,
            gate,
            after_forward: perhaps("post_ffw_norm.weight", width)?,
        })
    }
}
