//! What goes over the wire: a request as JSON, an answer as server-sent events.

use std::{
    io::{BufRead, BufReader, Read},
    ops::ControlFlow,
    time::Duration,
};

use motcua_generate::{FinishReason, Request};
use serde::Deserialize;
use serde_json::json;
use ureq::{Agent, Body, http::Response};

use crate::{Key, Options};

/// A server did not write what was asked of it. The words are for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RemoteError {
    /// No connection.
    #[error("không kết nối được ({0}); kiểm tra địa chỉ và máy chủ")]
    Connect(String),
    /// It refused.
    #[error("trả lời mã {status}: {said}")]
    Status {
        /// The code.
        status: u16,
        /// What it says, shortened.
        said: String,
    },
    /// It answers, but not as chat completions do.
    #[error("trả lời không đúng kiểu chat completions: {0}")]
    Garbage(String),
    /// It reports a failure while it writes.
    #[error("báo lỗi khi đang viết: {0}")]
    Failed(String),
    /// It ended without an end.
    #[error("ngắt giữa chừng")]
    CutOff,
    /// Nothing came for too long.
    #[error("im lặng quá {} giây", .0.as_secs())]
    Silent(Duration),
}

/// A part of an answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(String),
    End(FinishReason),
    Usage { prompt: usize, written: usize, reused: usize },
}

/// A line of an answer is some hundred bytes; a server that sends more sends something else.
const MOST_LINE: u64 = 1 << 20;
/// Of what a server says in refusal so much is shown.
const MOST_SAID: usize = 200;
/// A list of models is asked for at the start, where nothing may hang.
const LIST: Duration = Duration::from_secs(5);

/// Knows where the server is.
pub(crate) struct Client {
    agent: Agent,
    base: String,
    key: Option<Key>,
    model: Option<String>,
    context: Option<usize>,
}

impl Client {
    /// # Errors
    /// When the address is not of this kind, in words for people.
    pub(crate) fn new(options: &Options) -> Result<Self, String> {
        let base = options.url.trim().trim_end_matches('/');
        let base = base.trim_end_matches("/chat/completions").trim_end_matches("/v1");
        let host = base.strip_prefix("http://").unwrap_or_default();
        if host.is_empty() || host.contains(['@', '?', '#', ' ']) {
            return Err(format!(
                "địa chỉ máy chủ mô hình phải có dạng http://máy:cổng (không có https, tên, mật khẩu); \
                 khóa đặt trong MOTCUA_REMOTE_KEY. Đang là: {}",
                // What stands before `@` may be a password.
                options.url.rsplit('@').next().unwrap_or_default()
            ));
        }
        let config = Agent::config_builder()
            .timeout_connect(Some(options.connect))
            .http_status_as_error(false)
            // Neither prompts nor the key go anywhere else.
            .max_redirects(0)
            .proxy(None);
        Ok(Self {
            agent: config.build().into(),
            base: base.to_owned(),
            key: options.key.clone(),
            model: options.model.clone(),
            context: None,
        })
    }

    pub(crate) fn url(&self) -> &str {
        &self.base
    }

    pub(crate) fn model(&self) -> Option<&str> {
        self.model.as_deref()
    }

    pub(crate) fn context_tokens(&self) -> Option<usize> {
        self.context
    }

    /// Asks the server what it has; a model that was named is taken as it is.
    pub(crate) fn find_model(&mut self) -> Result<(), RemoteError> {
        let get = self.agent.get(format!("{}/v1/models", self.base));
        let get = match &self.key {
            Some(Key(key)) => get.header("Authorization", format!("Bearer {key}")),
            None => get,
        };
        let answer = get.config().timeout_global(Some(LIST)).build().call();
        let answer = accepted(answer.map_err(|error| RemoteError::Connect(error.to_string()))?)?;
        let text = within_limit(answer)?;
        let list: Models = serde_json::from_str(&text).map_err(|_| garbage(&text))?;
        let named = |model: &&Model| self.model.as_ref().is_none_or(|name| *name == model.id);
        let found = list.data.iter().find(named);
        self.context = found.and_then(|model| model.max_model_len);
        match (found, &self.model) {
            (Some(model), _) => self.model = Some(model.id.clone()),
            // Some servers list files and take any name.
            (None, Some(_)) => {}
            (None, None) => return Err(garbage(&text)),
        }
        Ok(())
    }

    /// Everything that one answer takes, to be run on another thread.
    pub(crate) fn call(&mut self, request: &Request) -> Result<Call, RemoteError> {
        if self.model.is_none() {
            self.find_model()?;
        }
        let messages = request
            .messages
            .iter()
            .map(|message| json!({ "role": message.role.as_str(), "content": message.text }));
        let body = json!({
            "model": self.model,
            "messages": messages.collect::<Vec<_>>(),
            "max_tokens": request.max_tokens,
            "temperature": request.temperature,
            "seed": request.seed,
            "stream": true,
            "stream_options": { "include_usage": true },
        });
        let (agent, key) = (self.agent.clone(), self.key.clone());
        let url = format!("{}/v1/chat/completions", self.base);
        Ok(Call { agent, url, key, body, most: request.deadline })
    }
}

/// One request on its way.
pub(crate) struct Call {
    agent: Agent,
    url: String,
    key: Option<Key>,
    body: serde_json::Value,
    most: Duration,
}

impl Call {
    /// Hands out the answer piece by piece until it ends or `send` breaks.
    pub(crate) fn run(
        self,
        send: &mut dyn FnMut(Piece) -> ControlFlow<()>,
    ) -> Result<(), RemoteError> {
        let post = self.agent.post(&self.url);
        let post = match &self.key {
            Some(Key(key)) => post.header("Authorization", format!("Bearer {key}")),
            None => post,
        };
        let answer = post.config().timeout_global(Some(self.most)).build().send_json(&self.body);
        let answer = accepted(answer.map_err(|error| RemoteError::Connect(error.to_string()))?)?;
        let mut lines = BufReader::new(answer.into_body().into_reader());
        loop {
            let mut line = Vec::new();
            let read = (&mut lines).take(MOST_LINE).read_until(b'\n', &mut line);
            match read {
                // The connection is gone, whether politely or not.
                Ok(0) | Err(_) => return Err(RemoteError::CutOff),
                Ok(_) => {}
            }
            match pieces(&line)? {
                Said::Pieces(pieces) => {
                    if pieces.into_iter().any(|piece| send(piece).is_break()) {
                        return Ok(());
                    }
                }
                Said::Done => return Ok(()),
            }
        }
    }
}

/// What a line of an answer says.
#[derive(Debug, PartialEq, Eq)]
enum Said {
    Pieces(Vec<Piece>),
    Done,
}

fn pieces(line: &[u8]) -> Result<Said, RemoteError> {
    let line = String::from_utf8_lossy(line);
    let line = line.trim();
    let Some(data) = line.strip_prefix("data:").map(str::trim) else {
        let beside = ["", ":", "event:", "id:", "retry:"];
        let known = line.is_empty() || beside[1..].iter().any(|head| line.starts_with(head));
        return if known { Ok(Said::Pieces(Vec::new())) } else { Err(garbage(line)) };
    };
    if data == "[DONE]" {
        return Ok(Said::Done);
    }
    let chunk: Chunk = serde_json::from_str(data).map_err(|_| garbage(data))?;
    if let Some(error) = chunk.error {
        return Err(RemoteError::Failed(shortened(&error.to_string())));
    }
    let mut pieces = Vec::new();
    if let Some(choice) = chunk.choices.into_iter().next() {
        let text = choice.delta.and_then(|delta| delta.content).filter(|text| !text.is_empty());
        pieces.extend(text.map(Piece::Text));
        pieces.extend(choice.finish_reason.map(|reason| {
            Piece::End(if reason == "length" { FinishReason::Length } else { FinishReason::Stop })
        }));
    }
    pieces.extend(chunk.usage.map(|usage| Piece::Usage {
        prompt: usage.prompt_tokens,
        written: usage.completion_tokens,
        reused: usage.prompt_tokens_details.map_or(0, |details| details.cached_tokens),
    }));
    Ok(Said::Pieces(pieces))
}

fn accepted(answer: Response<Body>) -> Result<Response<Body>, RemoteError> {
    let status = answer.status();
    if status.is_success() {
        return Ok(answer);
    }
    let said = within_limit(answer).unwrap_or_default();
    Err(RemoteError::Status { status: status.as_u16(), said: shortened(&said) })
}

fn within_limit(answer: Response<Body>) -> Result<String, RemoteError> {
    let mut text = String::new();
    let mut reader = answer.into_body().into_reader().take(MOST_LINE);
    reader.read_to_string(&mut text).map_err(|error| garbage(&error.to_string()))?;
    Ok(text)
}

fn garbage(said: &str) -> RemoteError {
    RemoteError::Garbage(shortened(said))
}

/// On one line, and no more than a person reads.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(MOST_SAID).collect()
}

#[derive(Deserialize)]
struct Models {
    data: Vec<Model>,
}

#[derive(Deserialize)]
struct Model {
    id: String,
    /// As vLLM says it.
    max_model_len: Option<usize>,
}

#[derive(Deserialize)]
struct Chunk {
    #[serde(default)]
    choices: Vec<Choice>,
    usage: Option<Usage>,
    error: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Choice {
    delta: Option<Delta>,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Delta {
    content: Option<String>,
}

#[derive(Deserialize)]
struct Usage {
    #[serde(default)]
    prompt_tokens: usize,
    #[serde(default)]
    completion_tokens: usize,
    prompt_tokens_details: Option<Details>,
}

#[derive(Deserialize)]
struct Details {
    #[serde(default)]
    cached_tokens: usize,
}
