//! A generator that writes on another machine of the centre: vLLM, llama.cpp's server, TGI, or
//! whatever else speaks OpenAI's chat completions.
//!
//! The prompts are those of the local model and what comes back is verified like its text, so a
//! server can make an answer worse or slower but never wrong. While it does not answer, a local
//! model takes its place if there is one, and it is asked again after a while.
//!
//! Plain HTTP only, to a machine of one's own network: the client is built without TLS.
//! A shape is not passed on, because servers do not agree on how to ask for one.
#![forbid(unsafe_code)]

mod wire;

use std::{
    fmt,
    ops::ControlFlow,
    sync::mpsc::{Receiver, RecvTimeoutError, sync_channel},
    thread,
    time::{Duration, Instant},
};

use motcua_generate::{
    FinishReason, Finished, GenerateError, Generator, LoadError, ModelInfo, Request,
};

pub use crate::wire::RemoteError;
use crate::wire::{Client, Piece};

/// Where to write, and how long to wait.
#[derive(Debug, Clone)]
pub struct Options {
    /// `http://host:port`, with or without `/v1`.
    pub url: String,
    /// The model's name there; without one the first that the server names.
    pub model: Option<String>,
    /// What the server wants to see before it writes.
    pub key: Option<Key>,
    /// The longest a connection may take.
    pub connect: Duration,
    /// The longest it may be silent, reading of the prompt included.
    pub silence: Duration,
    /// How long it is left alone after it failed.
    pub pause: Duration,
}

impl Options {
    /// The usual waits: a machine in the same house answers at once, and reads a prompt in seconds.
    pub fn new(url: String) -> Self {
        Self {
            url,
            model: None,
            key: None,
            connect: Duration::from_secs(2),
            silence: Duration::from_secs(20),
            pause: Duration::from_secs(30),
        }
    }
}

/// A key, which is never printed.
#[derive(Clone)]
pub struct Key(String);

impl Key {
    /// A key as it stands in a file or variable, white space around it left out.
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// Loads what writes while the server does not.
pub type LoadFallback = Box<dyn FnOnce() -> Result<Box<dyn Generator>, LoadError> + Send>;

/// A generator on a server. The server need not be up: it is asked when there is something to write.
///
/// # Errors
/// When the address is none that can be asked.
pub fn connect(
    options: Options,
    fallback: Option<LoadFallback>,
) -> Result<Box<dyn Generator>, LoadError> {
    let client = Client::new(&options).map_err(|message| LoadError { message })?;
    let mut remote = Remote {
        client,
        options,
        fallback: fallback.map_or(Fallback::None, Fallback::Unloaded),
        trouble: None,
    };
    if let Err(error) = remote.client.find_model() {
        remote.fail(&error);
    }
    Ok(Box::new(remote))
}

struct Remote {
    client: Client,
    options: Options,
    fallback: Fallback,
    trouble: Option<Trouble>,
}

enum Fallback {
    None,
    Unloaded(LoadFallback),
    Loaded(Box<dyn Generator>),
}

struct Trouble {
    since: Instant,
    what: String,
}

/// Tokens that a prompt and answer may have when the server does not say.
const CONTEXT_TOKENS: usize = 4096;
/// How often a reader who waits for the server is looked after.
const LOOK_UP: Duration = Duration::from_millis(50);
/// Pieces that may wait to be read.
const BUFFERED: usize = 64;

impl Generator for Remote {
    fn info(&self) -> ModelInfo {
        let trouble = self.trouble.as_ref().map(|trouble| trouble.what.clone());
        if let (Some(_), Fallback::Loaded(local)) = (&trouble, &self.fallback) {
            return ModelInfo { trouble, ..local.info() };
        }
        ModelInfo {
            name: self.client.model().unwrap_or("remote").to_owned(),
            architecture: "remote".to_owned(),
            context_tokens: self.client.context_tokens().unwrap_or(CONTEXT_TOKENS),
            trouble,
        }
    }

    fn generate(
        &mut self,
        request: &Request,
        sink: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Result<Finished, GenerateError> {
        // Reading ahead is the server's own business.
        if request.max_tokens == 0 {
            return Ok(Finished::new(FinishReason::Stop, 0));
        }
        let resting =
            self.trouble.as_ref().filter(|trouble| trouble.since.elapsed() < self.options.pause);
        if let Some(trouble) = resting {
            let what = trouble.what.clone();
            return self.fall_back(request, sink, what);
        }
        let mut written = false;
        let outcome = self.write(request, &mut |text| {
            written |= !text.is_empty();
            sink(text)
        });
        match outcome {
            Ok(finished) => {
                if self.trouble.take().is_some() {
                    tracing::info!(url = self.client.url(), "the model server writes again");
                }
                Ok(finished)
            }
            Err(error) => {
                self.fail(&error);
                // What is out cannot be taken back: the sentences that hold stand, the extract follows.
                if written {
                    return Err(GenerateError::Model(error.to_string()));
                }
                self.fall_back(request, sink, error.to_string())
            }
        }
    }
}

impl Remote {
    fn fail(&mut self, error: &RemoteError) {
        tracing::warn!(
            url = self.client.url(),
            %error,
            pause_s = self.options.pause.as_secs(),
            "the model server does not write, it is left alone for a while"
        );
        let what = format!("máy chủ mô hình {}: {error}", self.client.url());
        self.trouble = Some(Trouble { since: Instant::now(), what });
    }

    fn fall_back(
        &mut self,
        request: &Request,
        sink: &mut dyn FnMut(&str) -> ControlFlow<()>,
        what: String,
    ) -> Result<Finished, GenerateError> {
        if let Fallback::Unloaded(_) = self.fallback
            && let Fallback::Unloaded(load) = std::mem::replace(&mut self.fallback, Fallback::None)
        {
            match load() {
                Ok(local) => self.fallback = Fallback::Loaded(local),
                Err(error) => tracing::warn!(%error, "there is no local model in its place"),
            }
        }
        match &mut self.fallback {
            Fallback::Loaded(local) => local.generate(request, sink),
            _ => Err(GenerateError::Model(what)),
        }
    }

    /// Lets the server write. A thread reads, so that a reader who leaves is noticed while the
    /// server is silent; it ends with the next piece or the request's time.
    fn write(
        &mut self,
        request: &Request,
        sink: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Result<Finished, RemoteError> {
        let call = self.client.call(request)?;
        let (pieces, received) = sync_channel(BUFFERED);
        let thread = thread::Builder::new().name("remote".to_owned());
        thread
            .spawn(move || {
                let mut send = |piece| match pieces.send(Ok(piece)) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(_) => ControlFlow::Break(()),
                };
                if let Err(error) = call.run(&mut send) {
                    // Nobody may be there any more to hear of it.
                    let _ = pieces.send(Err(error));
                }
            })
            .map_err(|error| RemoteError::Connect(error.to_string()))?;
        self.follow(&received, sink)
    }

    fn follow(
        &self,
        received: &Receiver<Result<Piece, RemoteError>>,
        sink: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Result<Finished, RemoteError> {
        let mut finished = Finished::new(FinishReason::Cancelled, 0);
        let (mut last, mut whole) = (Instant::now(), false);
        loop {
            let text = match received.recv_timeout(LOOK_UP) {
                Ok(piece) => {
                    last = Instant::now();
                    match piece? {
                        Piece::Text(text) => {
                            finished.tokens += 1;
                            text
                        }
                        Piece::End(reason) => {
                            (finished.reason, whole) = (reason, true);
                            continue;
                        }
                        Piece::Usage { prompt, written, reused } => {
                            finished.prompt_tokens = prompt;
                            finished.tokens = written;
                            finished.reused = reused;
                            continue;
                        }
                    }
                }
                Err(RecvTimeoutError::Timeout) if last.elapsed() > self.options.silence => {
                    return Err(RemoteError::Silent(self.options.silence));
                }
                Err(RecvTimeoutError::Timeout) => String::new(),
                Err(RecvTimeoutError::Disconnected) if whole => return Ok(finished),
                Err(RecvTimeoutError::Disconnected) => return Err(RemoteError::CutOff),
            };
            if sink(&text).is_break() {
                return Ok(Finished { reason: FinishReason::Cancelled, ..finished });
            }
        }
    }
}

#[cfg(test)]
mod tests;
