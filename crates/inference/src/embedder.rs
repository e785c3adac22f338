//! Sentences to vectors: multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text
//! Embeddings"), a BERT encoder whose averaged outputs point the same way for the same meaning.

mod adapter;
mod file;

use std::{fs, path::Path};

use candle_core::{
    CpuStorage, CustomOp1, D, Device, IndexOp, Layout, Module, Result, Shape, Tensor,
    quantized::{GgmlDType, QMatMul, QTensor},
};
use motcua_generate::LoadError;
use rayon::{ThreadPool, ThreadPoolBuilder};
use tokenizers::{
    Tokenizer,
    models::unigram::Unigram,
    normalizers::NFKC,
    pre_tokenizers::metaspace::{Metaspace, PrependScheme},
};

use crate::priority::yield_to_others;
use adapter::Adapter;
use file::{EmbedderFile, ReadFileError, Sizes};

/// The model was trained to tell what is asked from what is there by these words.
const QUERY: &str = "query: ";
const PASSAGE: &str = "passage: ";
/// Longer texts are cut here: names and questions have a tenth of it.
const MOST_TOKENS: usize = 160;
/// So many tokens are run in one step.
const STEP: usize = 768;

/// An embedder in memory; shared by threads.
pub struct Embedder {
    /// Questions run here, alone, and records on all cores, at a lower priority. Both keep away from the workers
    /// that all of candle shares: those write a model's sentences for someone else.
    questions: ThreadPool,
    records: ThreadPool,
    tokenizer: Tokenizer,
    network: Network,
    begin: u32,
    end: u32,
}

/// What a text is to the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// What somebody asks.
    Query,
    /// What is looked through.
    Passage,
}

/// A vector could not be computed.
#[derive(Debug, thiserror::Error)]
#[error("không tính được véc-tơ: {0}")]
pub struct EmbedError(String);

impl Embedder {
    /// Names what was learned on top of the model, and the arithmetic: vectors of different names do
    /// not compare.
    pub fn identity() -> String {
        format!("{}-q8k", *adapter::IDENTITY)
    }

    /// Reads the file of an embedder, and adds what the project taught it.
    ///
    /// # Errors
    /// When it cannot be read, is no such file, or is not the model that was taught.
    pub fn load(path: &Path) -> std::result::Result<Self, LoadError> {
        let wrong = |what: String| LoadError {
            message: format!(
                "không nạp được mô hình nhúng `{}`: {what}; chạy `motcua models verify`",
                path.display()
            ),
        };
        let bytes = fs::read(path).map_err(|error| wrong(error.to_string()))?;
        let file = EmbedderFile::read(&bytes).map_err(|error| wrong(error.to_string()))?;
        let pool = |threads| ThreadPoolBuilder::new().num_threads(threads);
        let questions = pool(1).build().map_err(|error| wrong(error.to_string()))?;
        let records = pool(0).start_handler(|_| yield_to_others()).build();
        let records = records.map_err(|error| wrong(error.to_string()))?;
        let adapter = Adapter::for_model(&bytes).map_err(|error| wrong(error.to_string()))?;
        let network = records.install(|| Network::read(&file, &adapter));
        let network = network.map_err(|error| wrong(error.to_string()))?;
        let (begin, end) = (file.specials.begin, file.specials.end);
        let unknown = Some(file.specials.unknown as usize);
        let pieces = Unigram::from(file.pieces, unknown, false);
        let mut tokenizer = Tokenizer::new(pieces.map_err(|error| wrong(error.to_string()))?);
        tokenizer.with_normalizer(Some(NFKC)).map_err(|error| wrong(error.to_string()))?;
        tokenizer.with_pre_tokenizer(Some(Metaspace::new('▁', PrependScheme::Always, true)));
        Ok(Self { questions, records, tokenizer, network, begin, end })
    }

    /// One vector of length 1 for each text, in order.
    ///
    /// # Errors
    /// When the texts cannot be cut or the arithmetic fails.
    pub fn embed(
        &self,
        texts: &[&str],
        role: Role,
    ) -> std::result::Result<Vec<Vec<f32>>, EmbedError> {
        let tokens: std::result::Result<Vec<Vec<u32>>, EmbedError> =
            texts.iter().map(|text| self.tokens(text, role)).collect();
        let tokens = tokens?;
        let mut vectors = Vec::with_capacity(texts.len());
        let mut rest = tokens.as_slice();
        while !rest.is_empty() {
            let mut sum = 0;
            let fits = rest.iter().take_while(|tokens| {
                sum += tokens.len();
                sum <= STEP
            });
            let (step, later) = rest.split_at(fits.count().max(1));
            let pool = match role {
                Role::Query => &self.questions,
                Role::Passage => &self.records,
            };
            let found = pool.install(|| self.network.forward(step));
            vectors.extend(found.map_err(|error| EmbedError(error.to_string()))?);
            rest = later;
        }
        Ok(vectors)
    }

    fn tokens(&self, text: &str, role: Role) -> std::result::Result<Vec<u32>, EmbedError> {
        let prefix = if role == Role::Query { QUERY } else { PASSAGE };
        let words: Vec<&str> = text.split_whitespace().collect();
        let text = format!("{prefix}{}", words.join(" "));
        let cut = self.tokenizer.encode_fast(text, false);
        let cut = cut.map_err(|error| EmbedError(error.to_string()))?;
        let middle = cut.get_ids().iter().copied().take(MOST_TOKENS - 2);
        Ok([self.begin].into_iter().chain(middle).chain([self.end]).collect())
    }
}

struct Network {
    sizes: Sizes,
    words: QTensor,
    positions: Tensor,
    token_type: Tensor,
    norm: Norm,
    layers: Vec<Layer>,
}

struct Layer {
    query_key_value: [Linear; 3],
    attended: Linear,
    attended_norm: Norm,
    widen: Linear,
    narrow: Linear,
    norm: Norm,
}

impl Network {
    fn read(
        file: &EmbedderFile<'_>,
        adapter: &Adapter<'_>,
    ) -> std::result::Result<Self, ReadFileError> {
        let sizes = file.sizes;
        let hidden = sizes.hidden;
        let linear =
            |name: &str, out: usize, into: usize| -> std::result::Result<_, ReadFileError> {
                let stored = file.quantised(&format!("{name}.w"), out, into)?;
                let bias = file.plain(&format!("{name}.b"), &[out])?;
                Ok(Linear::of(&stored, adapter.change(name, out, into)?, bias, into)?)
            };
        let norm = |name: &str| -> std::result::Result<_, ReadFileError> {
            Ok(Norm {
                weight: file.plain(&format!("{name}.w"), &[hidden])?,
                bias: file.plain(&format!("{name}.b"), &[hidden])?,
                epsilon: sizes.epsilon,
            })
        };
        let layers = (0..sizes.layers).map(|at| {
            let square = |name: &str| linear(&format!("l{at}.{name}"), hidden, hidden);
            Ok(Layer {
                query_key_value: [square("q")?, square("k")?, square("v")?],
                attended: square("ao")?,
                attended_norm: norm(&format!("l{at}.aln"))?,
                widen: linear(&format!("l{at}.fi"), sizes.feed_forward, hidden)?,
                narrow: linear(&format!("l{at}.fo"), hidden, sizes.feed_forward)?,
                norm: norm(&format!("l{at}.oln"))?,
            })
        });
        Ok(Self {
            sizes,
            words: file.quantised("emb.word", sizes.vocabulary, hidden)?,
            positions: file.plain("emb.pos", &[sizes.positions, hidden])?,
            // The model has two kinds of token and has only ever seen the first.
            token_type: file.plain("emb.type", &[2, hidden])?.i(0)?,
            norm: norm("emb.ln")?,
            layers: layers.collect::<std::result::Result<_, ReadFileError>>()?,
        })
    }

    /// Runs several texts at once: one matrix of all their tokens, in which a token attends to those
    /// of its own text.
    fn forward(&self, texts: &[Vec<u32>]) -> Result<Vec<Vec<f32>>> {
        let cpu = &Device::Cpu;
        let ids: Vec<u32> = texts.concat();
        let places: Vec<u32> = texts.iter().flat_map(|text| (0..).take(text.len())).collect();
        let words = self.words.embedding(&Tensor::new(ids, cpu)?)?;
        let places = self.positions.index_select(&Tensor::new(places, cpu)?, 0)?;
        let mut tokens = self.norm.forward(&(words + places)?.broadcast_add(&self.token_type)?)?;
        for layer in &self.layers {
            tokens = self.layer(layer, &tokens, texts)?;
        }
        let mut at = 0;
        let mut vectors = Vec::with_capacity(texts.len());
        for text in texts {
            let sum = tokens.narrow(0, at, text.len())?.sum(0)?.to_vec1::<f32>()?;
            at += text.len();
            let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
            vectors.push(sum.into_iter().map(|x| x / length).collect());
        }
        Ok(vectors)
    }

    fn layer(&self, layer: &Layer, tokens: &Tensor, texts: &[Vec<u32>]) -> Result<Tensor> {
        let [query, key, value] = &layer.query_key_value;
        let (query, key, value) =
            (query.forward(tokens)?, key.forward(tokens)?, value.forward(tokens)?);
        let mut attended = Vec::with_capacity(texts.len());
        let mut at = 0;
        for text in texts {
            let heads = |tensor: &Tensor| self.heads(tensor, at, text.len());
            attended.push(self.attend(&heads(&query)?, &heads(&key)?, &heads(&value)?)?);
            at += text.len();
        }
        let attended = layer.attended.forward(&Tensor::cat(&attended, 0)?)?;
        let tokens = layer.attended_norm.forward(&(attended + tokens)?)?;
        let wide = layer.widen.forward(&tokens)?.apply_op1_no_bwd(&Gelu)?;
        layer.norm.forward(&(layer.narrow.forward(&wide)? + tokens)?)
    }

    /// A text's part of a matrix, head by head.
    fn heads(&self, tensor: &Tensor, at: usize, length: usize) -> Result<Tensor> {
        let width = self.sizes.hidden / self.sizes.heads;
        let text = tensor.narrow(0, at, length)?;
        text.reshape((length, self.sizes.heads, width))?.transpose(0, 1)?.contiguous()
    }

    fn attend(&self, query: &Tensor, key: &Tensor, value: &Tensor) -> Result<Tensor> {
        let width = self.sizes.hidden / self.sizes.heads;
        let scores = (query.matmul(&key.t()?)? / (width as f64).sqrt())?;
        let scores = scores.broadcast_sub(&scores.max_keepdim(D::Minus1)?)?.exp()?;
        let shares = scores.broadcast_div(&scores.sum_keepdim(D::Minus1)?)?;
        let length = query.dim(1)?;
        shares.matmul(value)?.transpose(0, 1)?.reshape((length, self.sizes.hidden))
    }
}

struct Linear {
    weight: QMatMul,
    bias: Tensor,
    /// Numbers in a row of the weight, zeros at the end included.
    width: usize,
}

/// Rows of a multiple of so many numbers candle lays out for its fastest kernels, where the processor has what they
/// need; without it the zeros at their ends would only be multiplied.
fn row_of(kind: GgmlDType) -> usize {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512vnni") || is_x86_feature_detected!("avxvnni") {
        return GgmlDType::Q4K.block_size();
    }
    kind.block_size()
}

impl Linear {
    /// As candle multiplies it fastest: in four bits with a scale for every 32 numbers, into which the file's own
    /// four bits fit almost without loss. What was taught is finer than that and is kept in eight.
    fn of(stored: &QTensor, change: Option<Tensor>, bias: Tensor, into: usize) -> Result<Self> {
        let plain = stored.dequantize(&Device::Cpu)?;
        let (kind, plain) = match change {
            Some(change) => (GgmlDType::Q8_0, (plain + change)?),
            None => (GgmlDType::Q4K, plain),
        };
        let width = into.next_multiple_of(row_of(kind));
        let filled = plain.pad_with_zeros(1, 0, width - into)?;
        let weight = QMatMul::from_qtensor(QTensor::quantize(&filled, kind)?)?;
        Ok(Self { weight, bias, width })
    }

    fn forward(&self, tokens: &Tensor) -> Result<Tensor> {
        let missing = self.width - tokens.dim(D::Minus1)?;
        let product = self.weight.forward(&tokens.pad_with_zeros(D::Minus1, 0, missing)?)?;
        product.broadcast_add(&self.bias)
    }
}

/// The activation between the two wide layers, in the form with the hyperbolic tangent (Hendrycks and
/// Gimpel 2016): no digit that four-bit weights keep is lost by it, and it is twenty times quicker
/// than one with an error function called number by number.
struct Gelu;

impl CustomOp1 for Gelu {
    fn name(&self) -> &'static str {
        "gelu"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let numbers = storage.as_slice::<f32>()?;
        let (from, to) = layout
            .contiguous_offsets()
            .ok_or_else(|| candle_core::Error::Msg("gelu needs a contiguous tensor".to_owned()))?;
        let numbers = numbers[from..to].iter().map(|x| gelu(*x)).collect();
        Ok((CpuStorage::F32(numbers), layout.shape().clone()))
    }
}

fn gelu(x: f32) -> f32 {
    let inner = 0.797_884_6 * (x + 0.044_715 * x * x * x);
    0.5 * x * (1.0 + tanh(inner))
}

/// Seven steps of Lambert's continued fraction; from where it passes 1 on it is 1.
fn tanh(x: f32) -> f32 {
    let x = x.clamp(-4.97, 4.97);
    let square = x * x;
    let over = x * (135_135.0 + square * (17_325.0 + square * (378.0 + square)));
    let under = 135_135.0 + square * (62_370.0 + square * (3_150.0 + square * 28.0));
    (over / under).clamp(-1.0, 1.0)
}

struct Norm {
    weight: Tensor,
    bias: Tensor,
    epsilon: f32,
}

impl Norm {
    fn forward(&self, tokens: &Tensor) -> Result<Tensor> {
        candle_nn::ops::layer_norm(tokens, &self.weight, &self.bias, self.epsilon)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tangent_is_close_enough() {
        for step in -600i16..=600 {
            let x = f32::from(step) / 100.0;
            assert!((tanh(x) - x.tanh()).abs() < 2e-4, "{x}: {}", tanh(x));
        }
    }
}
