mod batch;
mod sequence;

use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use motcua_generate::{
    Admitted, Event, Finished, GenerateError, Generator, LoadError, Message, ModelInfo, Queue,
    Request,
};

use crate::{
    chat::ChatTemplate,
    decoder::{ARCHITECTURES, Decoder},
    gguf::Gguf,
    mask::{LazyVocabulary, Vocabulary},
    prefix::{ModelKey, Prefixes},
    priority::yield_to_others,
    tokens::Tokens,
};
use batch::{Batch, Desk};

/// More than a procedure's evidence and an answer need; a longer cache only costs memory.
const MOST_TOKENS: usize = 4096;

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
    let generator = GgufGenerator::new(&file, options).map_err(|error| wrong(&error))?;
    Ok(Box::new(generator))
}

struct GgufGenerator {
    model: Model,
    desk: Desk,
}

impl GgufGenerator {
    fn new(
        file: &Gguf,
        options: &Options,
    ) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let architecture = file.architecture().to_owned();
        if !ARCHITECTURES.contains(&architecture.as_str()) {
            let known = ARCHITECTURES.join(", ");
            return Err(format!("kiến trúc `{architecture}`, chỉ chạy được {known}").into());
        }
        let mut tokens = Tokens::read(file.content())?;
        let template = file.text("tokenizer.chat_template").map(str::to_owned);
        let template = template
            .map(|source| ChatTemplate::new(source, tokens.bos.clone(), tokens.eos.clone()))
            .transpose()?;
        let name = file.text("general.name").unwrap_or(&architecture).to_owned();
        let decoder = Decoder::read(file)?;
        tokens.stops.retain(|stop| (*stop as usize) < decoder.vocabulary());
        let context_tokens = decoder.longest().min(MOST_TOKENS);
        let info = ModelInfo { name, architecture, context_tokens, trouble: None };
        let folder = options.folder.clone().map(|folder| (folder, ModelKey(file.key())));
        let desk = Desk::new(Prefixes::new(options.memory, folder));
        let vocabulary = LazyVocabulary::default();
        let model = Model { info, tokens, vocabulary, template, decoder, drafts: options.drafts };
        Ok(Self { model, desk })
    }
}

impl Generator for GgufGenerator {
    fn info(&self) -> ModelInfo {
        self.model.info.clone()
    }

    fn generate(
        &mut self,
        request: &Request,
        sink: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Result<Finished, GenerateError> {
        let mut outcome = Err(GenerateError::Panicked);
        let mut batch = Batch::new(&self.model, &mut self.desk);
        let sink = |event| {
            match event {
                Event::Token(text) => return sink(&text),
                Event::Finished(finished) => outcome = Ok(finished),
                Event::Failed(error) => outcome = Err(error),
            }
            ControlFlow::Continue(())
        };
        batch.admit(request, Box::new(sink));
        while !batch.is_empty() {
            batch.step();
        }
        drop(batch);
        outcome
    }

    fn serve(&mut self, queue: &mut Queue<'_>) {
        let mut batch = Batch::new(&self.model, &mut self.desk);
        loop {
            while batch.has_room()
                && let Some(Admitted { request, mut stream }) = queue.take()
            {
                batch.admit(&request, Box::new(move |event| stream.send(event)));
            }
            if batch.is_empty() {
                return;
            }
            batch.step();
        }
    }
}

/// What all texts share and none changes.
struct Model {
    info: ModelInfo,
    tokens: Tokens,
    vocabulary: LazyVocabulary,
    template: Option<ChatTemplate>,
    decoder: Decoder,
    drafts: bool,
}

impl Model {
    fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.of(&self.tokens, self.decoder.vocabulary())
    }

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

#[cfg(test)]
mod tests;
