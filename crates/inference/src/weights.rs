//! The architectures that are run, behind one face.

use std::io::{Read, Seek};

use candle_core::{Device, Result, Tensor, quantized::gguf_file::Content};
use candle_transformers::models::{
    quantized_gemma3, quantized_llama, quantized_qwen2, quantized_qwen3,
};

/// Prompt tokens run in one step: small enough to notice a reader who left, large enough for the
/// matrix kernels.
const CHUNK: usize = 128;

pub(crate) enum Weights {
    Qwen2(quantized_qwen2::ModelWeights),
    Qwen3(quantized_qwen3::ModelWeights),
    Llama(quantized_llama::ModelWeights),
    Gemma3(quantized_gemma3::ModelWeights),
}

/// The architectures that [`Weights::read`] knows.
pub(crate) const ARCHITECTURES: [&str; 4] = ["qwen2", "qwen3", "llama", "gemma3"];

impl Weights {
    /// Reads the tensors; none for an architecture that is not known.
    pub(crate) fn read<R: Read + Seek>(
        architecture: &str,
        content: Content,
        reader: &mut R,
    ) -> Result<Option<Self>> {
        let cpu = &Device::Cpu;
        Ok(Some(match architecture {
            "qwen2" => Self::Qwen2(quantized_qwen2::ModelWeights::from_gguf(content, reader, cpu)?),
            "qwen3" => Self::Qwen3(quantized_qwen3::ModelWeights::from_gguf(content, reader, cpu)?),
            "llama" => Self::Llama(quantized_llama::ModelWeights::from_gguf(content, reader, cpu)?),
            "gemma3" => {
                Self::Gemma3(quantized_gemma3::ModelWeights::from_gguf(content, reader, cpu)?)
            }
            _ => return Ok(None),
        }))
    }

    /// How many prompt tokens may run in one step.
    pub(crate) fn chunk(&self) -> usize {
        match self {
            // Its mask covers only the tokens of the step, not those before it.
            Self::Gemma3(_) => usize::MAX,
            Self::Qwen2(_) | Self::Qwen3(_) | Self::Llama(_) => CHUNK,
        }
    }

    /// Forgets what was read before.
    pub(crate) fn reset(&mut self) {
        match self {
            Self::Qwen2(weights) => weights.clear_kv_cache(),
            Self::Qwen3(weights) => weights.clear_kv_cache(),
            Self::Llama(weights) => weights.clear_kv_cache(),
            // A step at position 0 begins its cache anew.
            Self::Gemma3(_) => {}
        }
    }

    /// Reads `tokens` at `position` and returns the scores of the token that follows, one for each
    /// of the vocabulary.
    pub(crate) fn forward(&mut self, tokens: &[u32], position: usize) -> Result<Tensor> {
        let input = Tensor::new(tokens, &Device::Cpu)?.unsqueeze(0)?;
        let scores = match self {
            Self::Qwen2(weights) => weights.forward(&input, position),
            Self::Qwen3(weights) => weights.forward(&input, position),
            Self::Llama(weights) => weights.forward(&input, position),
            Self::Gemma3(weights) => weights.forward(&input, position),
        }?;
        scores.flatten_all()
    }
}
