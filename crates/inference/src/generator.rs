use std::{fs::File, io::BufReader, ops::ControlFlow, path::Path};

use candle_core::{DType, quantized::gguf_file::Content};
use candle_transformers::generation::LogitsProcessor;
use motcua_generate::{
    FinishReason, Finished, GenerateError, Generator, LoadError, Message, ModelInfo, Request,
};
use rustix::process::{getpriority_process, setpriority_process};

use crate::{
    chat::ChatTemplate,
    tokens::{self, Tokens},
    weights::{ARCHITECTURES, Weights},
};

/// More than a procedure's evidence and an answer need; a longer cache only costs memory.
const MOST_TOKENS: usize = 4096;

/// How much less of a busy processor the model gets than search and checks: the first evidence of
/// the next person must not wait for the sentences of this one.
const NICENESS: i32 = 10;

/// Loads a GGUF file. Meant for the thread that will own the generator, whose priority it lowers.
///
/// # Errors
/// When the file is no GGUF of a supported architecture, or is cut off.
pub fn load(path: &Path) -> Result<Box<dyn Generator>, LoadError> {
    yield_to_others();
    let wrong = |what: &str| LoadError {
        message: format!(
            "không nạp được mô hình `{}`: {what}; chạy `motcua models verify`, hoặc dùng --model none",
            path.display()
        ),
    };
    let file = File::open(path).map_err(|error| wrong(&error.to_string()))?;
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let content = Content::read(&mut reader)
        .map_err(|error| wrong(&format!("không phải tệp GGUF đọc được ({error})")))?;
    let architecture = tokens::text(&content, "general.architecture").unwrap_or("?").to_owned();
    let unknown = || {
        wrong(&format!("kiến trúc `{architecture}`, chỉ chạy được {}", ARCHITECTURES.join(", ")))
    };
    if !ARCHITECTURES.contains(&architecture.as_str()) {
        return Err(unknown());
    }
    let tokens = Tokens::read(&content).map_err(|error| wrong(&error.to_string()))?;
    let template = tokens::text(&content, "tokenizer.chat_template").map(str::to_owned);
    let template = template
        .map(|source| ChatTemplate::new(source, tokens.bos.clone(), tokens.eos.clone()))
        .transpose()
        .map_err(|error| wrong(&error.to_string()))?;
    let name = tokens::text(&content, "general.name").unwrap_or(&architecture).to_owned();
    let longest = tokens::number(&content, &format!("{architecture}.context_length"));
    let context_tokens = longest.map_or(MOST_TOKENS, |tokens| MOST_TOKENS.min(tokens as usize));
    let weights = Weights::read(&architecture, content, &mut reader)
        .map_err(|error| wrong(&error.to_string()))?
        .ok_or_else(unknown)?;
    let info = ModelInfo { name, architecture, context_tokens };
    Ok(Box::new(GgufGenerator { info, tokens, template, weights }))
}

/// Threads started from here on inherit the lower priority, candle's workers among them.
fn yield_to_others() {
    let lowered = getpriority_process(None)
        .and_then(|current| setpriority_process(None, current.saturating_add(NICENESS)));
    if let Err(error) = lowered {
        tracing::info!(%error, "the model runs at normal priority");
    }
}

struct GgufGenerator {
    info: ModelInfo,
    tokens: Tokens,
    template: Option<ChatTemplate>,
    weights: Weights,
}

impl Generator for GgufGenerator {
    fn info(&self) -> ModelInfo {
        self.info.clone()
    }

    fn generate(
        &mut self,
        request: &Request,
        sink: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Result<Finished, GenerateError> {
        let prompt = self.encode(&request.messages)?;
        let most = self.info.context_tokens.saturating_sub(1);
        if prompt.is_empty() || prompt.len() > most {
            return Err(GenerateError::PromptTooLong { tokens: prompt.len(), most });
        }
        let room = self.info.context_tokens - prompt.len();
        let finished = |reason, tokens| Finished { reason, prompt_tokens: prompt.len(), tokens };
        self.weights.reset();
        let temperature = (request.temperature > 0.0).then_some(request.temperature);
        let mut sampler = LogitsProcessor::new(request.seed, temperature, None);
        let mut text = self.tokens.tokenizer.decode_stream(true);
        let mut position = 0;
        let mut scores = None;
        for chunk in prompt.chunks(self.weights.chunk()) {
            if sink("").is_break() {
                return Ok(finished(FinishReason::Cancelled, 0));
            }
            scores = Some(self.weights.forward(chunk, position).map_err(model_failed)?);
            position += chunk.len();
        }
        let mut written = 0;
        while let Some(current) = scores.take() {
            if written == request.max_tokens.min(room) {
                return Ok(finished(FinishReason::Length, written));
            }
            let current = current.to_dtype(DType::F32).map_err(model_failed)?;
            let token = sampler.sample(&current).map_err(model_failed)?;
            if self.tokens.stops.contains(&token) {
                break;
            }
            written += 1;
            let piece = text.step(token).map_err(model_failed)?.unwrap_or_default();
            if sink(&piece).is_break() {
                return Ok(finished(FinishReason::Cancelled, written));
            }
            scores = Some(self.weights.forward(&[token], position).map_err(model_failed)?);
            position += 1;
        }
        Ok(finished(FinishReason::Stop, written))
    }
}

impl GgufGenerator {
    fn encode(&self, messages: &[Message]) -> Result<Vec<u32>, GenerateError> {
        // Without a template the model was never taught to chat: it continues plain text, and its
        // file's own rule for the first token applies.
        let (text, add_special) = if let Some(template) = &self.template {
            (template.render(messages).map_err(model_failed)?, false)
        } else {
            let texts: Vec<&str> = messages.iter().map(|message| message.text.as_str()).collect();
            (texts.join("\n\n"), true)
        };
        let encoded = self.tokens.tokenizer.encode(text, add_special).map_err(model_failed)?;
        Ok(encoded.get_ids().to_vec())
    }
}

#[expect(clippy::needless_pass_by_value, reason = "stands in `map_err`")]
fn model_failed(error: impl ToString) -> GenerateError {
    GenerateError::Model(error.to_string())
}
