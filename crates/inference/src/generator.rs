use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use motcua_generate::{
    FinishReason, Finished, GenerateError, Generator, LoadError, Message, ModelInfo, Request,
};
use rustix::process::{getpriority_process, setpriority_process};

use crate::{
    chat::ChatTemplate,
    decoder::{ARCHITECTURES, Cache, Decoder, Wanted},
    draft::Draft,
    gguf::Gguf,
    mask::{LazyVocabulary, Picker},
    prefix::{ModelKey, Prefixes},
    sample::Sampler,
    tokens::Tokens,
};

/// More than a procedure's evidence and an answer need; a longer cache only costs memory.
const MOST_TOKENS: usize = 4096;

/// How much less of a busy processor the model gets than search and checks: the first evidence of
/// the next person must not wait for the sentences of this one.
const NICENESS: i32 = 10;

/// Prompt tokens run in one step: small enough to notice a reader who left, large enough that
/// unpacking the weights is little beside multiplying them.
const STEP: usize = 128;

/// How a model is run; nothing here changes what it writes.
#[derive(Debug, Clone)]
pub struct Options {
    /// Several tokens are guessed and checked in one step.
    pub drafts: bool,
    /// Bytes of memory for prompts that were read before; 0 keeps only the last.
    pub memory: usize,
    /// Where such prompts are also looked for, and written to when they are only read
    /// (`max_tokens` of 0).
    pub folder: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self { drafts: true, memory: 512 << 20, folder: None }
    }
}

/// Loads a GGUF file. Meant for the thread that will own the generator, whose priority it lowers.
///
/// # Errors
/// When the file is no GGUF of a supported architecture, or is cut off.
pub fn load(path: &Path, options: &Options) -> Result<Box<dyn Generator>, LoadError> {
    yield_to_others();
    let wrong = |what: &dyn ToString| LoadError {
        message: format!(
            "không nạp được mô hình `{}`: {}; chạy `motcua models verify`, hoặc dùng --model none",
            path.display(),
            what.to_string()
        ),
    };
    let file = Gguf::open(path).map_err(|error| wrong(&error))?;
    let architecture = file.architecture().to_owned();
    if !ARCHITECTURES.contains(&architecture.as_str()) {
        let known = ARCHITECTURES.join(", ");
        return Err(wrong(&format!("kiến trúc `{architecture}`, chỉ chạy được {known}")));
    }
    let tokens = Tokens::read(file.content()).map_err(|error| wrong(&error))?;
    let template = file.text("tokenizer.chat_template").map(str::to_owned);
    let template = template
        .map(|source| ChatTemplate::new(source, tokens.bos.clone(), tokens.eos.clone()))
        .transpose()
        .map_err(|error| wrong(&error))?;
    let name = file.text("general.name").unwrap_or(&architecture).to_owned();
    let decoder = Decoder::read(&file).map_err(|error| wrong(&error))?;
    let context_tokens = decoder.longest().min(MOST_TOKENS);
    let cache = decoder.cache(context_tokens);
    let info = ModelInfo { name, architecture, context_tokens, trouble: None };
    let folder = options.folder.clone().map(|folder| (folder, ModelKey(file.key())));
    let prefixes = Prefixes::new(options.memory, folder);
    Ok(Box::new(GgufGenerator {
        info,
        tokens,
        vocabulary: LazyVocabulary::default(),
        template,
        decoder,
        reader: Reader { cache, held: Vec::new(), prefixes },
        drafts: options.drafts,
    }))
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
    vocabulary: LazyVocabulary,
    template: Option<ChatTemplate>,
    decoder: Decoder,
    reader: Reader,
    drafts: bool,
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
        let sampler = Sampler::new(request.temperature, request.seed);
        let shape = request.shape.as_ref();
        let mut picker = Picker::new(sampler, shape, &self.tokens, &self.vocabulary);
        let mut finished = Finished::new(FinishReason::Cancelled, prompt.len());
        let only_read = request.max_tokens == 0;
        let read =
            self.reader.read(&self.decoder, &prompt, only_read, &mut || sink("").is_continue());
        let Some((scores, reused)) = read else { return Ok(finished) };
        (finished.reused, finished.reason) = (reused, FinishReason::Stop);
        let mut writer = Writer {
            text: self.tokens.tokenizer.decode_stream(true),
            left: request.max_tokens.min(self.info.context_tokens - prompt.len()),
            finished,
            sink,
        };
        let mut draft = Draft::new(&prompt);
        let mut next = picker.pick(&scores);
        while let Some(token) = next {
            if let Some(reason) = writer.write(token)? {
                writer.finished.reason = reason;
                break;
            }
            draft.push(token);
            // The last token that may be written need not be read.
            let room = if self.drafts { writer.left.saturating_sub(1) } else { 0 };
            let guess = draft.guess(room);
            let guess = guess[..picker.may_follow(guess)].to_vec();
            let scores = self.reader.step(&self.decoder, token, &guess);
            let (mut right, mut reason) = (0, None);
            for row in scores.chunks_exact(self.decoder.vocabulary()) {
                next = picker.pick(row);
                let Some(token) = next.filter(|token| guess.get(right) == Some(token)) else {
                    break;
                };
                reason = writer.write(token)?;
                if reason.is_some() {
                    break;
                }
                draft.push(token);
                right += 1;
            }
            self.reader.forget(guess.len() - right);
            draft.judge(guess.len(), right);
            if let Some(reason) = reason {
                writer.finished.reason = reason;
                break;
            }
        }
        Ok(Finished { drafted: draft.guessed, accepted: draft.right, ..writer.finished })
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

/// The cache and what is in it.
struct Reader {
    cache: Cache,
    held: Vec<u32>,
    prefixes: Prefixes,
}

impl Reader {
    /// Reads a prompt, as far as it is not known; returns the scores after it and how many of its
    /// tokens were known, or nothing when `goes_on` says so. A prompt that is `only_read` is kept on disk.
    fn read(
        &mut self,
        decoder: &Decoder,
        prompt: &[u32],
        only_read: bool,
        goes_on: &mut dyn FnMut() -> bool,
    ) -> Option<(Vec<f32>, usize)> {
        let reused = self.prefixes.restore(prompt, &self.held, &mut self.cache);
        self.held.clear();
        self.held.extend(&prompt[..reused]);
        let mut scores = Vec::new();
        for step in prompt[reused..].chunks(STEP) {
            if !goes_on() {
                return None;
            }
            let wanted = if self.held.len() + step.len() == prompt.len() {
                Wanted::Last
            } else {
                Wanted::Nothing
            };
            scores = decoder.forward(step, &mut self.cache, wanted);
            self.held.extend(step);
        }
        self.prefixes.keep(prompt, &self.cache, only_read);
        Some((scores, reused))
    }

    /// Reads a token and what is guessed to follow; returns the scores after each.
    fn step(&mut self, decoder: &Decoder, token: u32, guess: &[u32]) -> Vec<f32> {
        let before = self.held.len();
        self.held.push(token);
        self.held.extend(guess);
        decoder.forward(&self.held[before..], &mut self.cache, Wanted::All)
    }

    /// Takes back the last tokens.
    fn forget(&mut self, tokens: usize) {
        self.held.truncate(self.held.len() - tokens);
        self.cache.truncate(self.held.len());
    }
}

type DecodeStream<'a> = tokenizers::DecodeStream<
    'a,
    tokenizers::ModelWrapper,
    tokenizers::NormalizerWrapper,
    tokenizers::PreTokenizerWrapper,
    tokenizers::PostProcessorWrapper,
    tokenizers::DecoderWrapper,
>;

/// Hands out tokens as text.
struct Writer<'a> {
    text: DecodeStream<'a>,
    left: usize,
    finished: Finished,
    sink: &'a mut dyn FnMut(&str) -> ControlFlow<()>,
}

impl Writer<'_> {
    /// Writes a token; returns why nothing may follow, if so.
    fn write(&mut self, token: u32) -> Result<Option<FinishReason>, GenerateError> {
        if self.left == 0 {
            return Ok(Some(FinishReason::Length));
        }
        self.left -= 1;
        self.finished.tokens += 1;
        let piece = self.text.step(token).map_err(model_failed)?.unwrap_or_default();
        let left = (self.sink)(&piece).is_break();
        Ok(left.then_some(FinishReason::Cancelled))
    }
}

#[cfg(test)]
mod tests;
