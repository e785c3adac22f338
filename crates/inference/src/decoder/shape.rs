use crate::gguf::Gguf;

use super::error::ReadModelError;

/// The architectures that are run.
pub(crate) const ARCHITECTURES: [&str; 4] = ["qwen2", "qwen3", "llama", "gemma3"];

/// Everything in which the architectures differ.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    pub(crate) layers: usize,
    /// Numbers of a token's vector.
    pub(crate) width: usize,
    pub(crate) heads: usize,
    pub(crate) kv_heads: usize,
    pub(crate) head_width: usize,
    pub(crate) longest: usize,
    pub(crate) epsilon: f32,
    pub(crate) rope: Rope,
    /// Layers that look only some tokens back.
    pub(crate) window: Option<Window>,
    pub(crate) embedding_scale: f32,
    /// By which products of queries and keys are multiplied.
    pub(crate) query_scale: f32,
    pub(crate) gate: Gate,
}

/// Rotation by position.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rope {
    /// How many numbers of a head are rotated.
    pub(crate) width: usize,
    pub(crate) base: f32,
    /// The same in layers with a window.
    pub(crate) window_base: f32,
    /// By which positions are multiplied in layers without a window.
    pub(crate) scale: f32,
    /// Neighbours are a pair; else a number and the one half a head further.
    pub(crate) neighbours: bool,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Window {
    /// So many tokens are seen, the current one included.
    pub(crate) tokens: usize,
    /// Every so-manieth layer has no window.
    pub(crate) every: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gate {
    /// x / (1 + e⁻ˣ)
    Silu,
    /// Hendrycks and Gimpel 2016, in its form with tanh.
    Gelu,
}

impl Shape {
    pub(crate) fn read(file: &Gguf) -> Result<Self, ReadModelError> {
        let architecture = file.architecture();
        let gemma = architecture == "gemma3";
        let key = |name: &str| format!("{architecture}.{name}");
        let size = |name: &str| {
            let value = file.number(&key(name)).filter(|value| *value > 0);
            value.map(|value| value as usize).ok_or_else(|| ReadModelError::NoSize(key(name)))
        };
        let real = |name: &str, otherwise: f32| file.real(&key(name)).unwrap_or(otherwise);
        let (width, heads, layers) =
            (size("embedding_length")?, size("attention.head_count")?, size("block_count")?);
        let kv_heads = size("attention.head_count_kv").unwrap_or(heads);
        let head_width = size("attention.key_length").unwrap_or(width / heads);
        let value_width = size("attention.value_length").unwrap_or(head_width);
        if heads % kv_heads != 0 || head_width == 0 || value_width != head_width {
            return Err(ReadModelError::NoSize(key("attention.head_count_kv")));
        }
        if file.number(&key("expert_count")).is_some_and(|experts| experts > 0) {
            return Err(ReadModelError::Unsupported("mô hình nhiều chuyên gia".to_owned()));
        }
        let base = real("rope.freq_base", 10_000.0);
        let scaling = file.text(&key("rope.scaling.type")).unwrap_or("none");
        let scale = match scaling {
            "none" => 1.0,
            "linear" => 1.0 / real("rope.scaling.factor", 1.0),
            other => return Err(ReadModelError::Unsupported(format!("rope `{other}`"))),
        };
        let rotated = size("rope.dimension_count").unwrap_or(head_width).min(head_width);
        // The largest Gemma 3 alone divides by another width; its number of layers tells it.
        let scaled_by = if gemma && layers == 62 { width / heads } else { head_width };
        Ok(Self {
            layers,
            width,
            heads,
            kv_heads,
            head_width,
            longest: size("context_length")?,
            epsilon: real("attention.layer_norm_rms_epsilon", 1e-6),
            rope: Rope {
                width: rotated / 2 * 2,
                base,
                window_base: real("rope.local_freq_base", if gemma { 10_000.0 } else { base }),
                scale,
                neighbours: architecture == "llama",
            },
            window: if gemma {
                Some(Window { tokens: size("attention.sliding_window")?, every: 6 })
            } else {
                None
            },
            embedding_scale: if gemma { (width as f32).sqrt() } else { 1.0 },
            query_scale: 1.0 / (scaled_by as f32).sqrt(),
            gate: if gemma { Gate::Gelu } else { Gate::Silu },
        })
    }

    /// How many tokens a layer sees; none where it sees all.
    pub(crate) fn window_of(&self, layer: usize) -> Option<usize> {
        self.window.filter(|window| !(layer + 1).is_multiple_of(window.every)).map(|w| w.tokens)
    }
}
