//! A generator that recites what it is given: for tests of the crates above.

use std::{ops::ControlFlow, thread, time::Duration};

use crate::{FinishReason, Finished, GenerateError, Generator, ModelInfo, Request};

/// Recites a text word by word.
pub struct ScriptedGenerator {
    /// The text.
    pub script: String,
    /// How long each word takes.
    pub pace: Duration,
}

impl Generator for ScriptedGenerator {
    fn info(&self) -> ModelInfo {
        ModelInfo {
            name: "scripted".into(),
            architecture: "none".into(),
            context_tokens: 4096,
            trouble: None,
        }
    }

    fn generate(
        &mut self,
        request: &Request,
        sink: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Result<Finished, GenerateError> {
        let mut tokens = 0;
        let mut reason = FinishReason::Stop;
        for word in self.script.split_inclusive(' ') {
            if tokens == request.max_tokens {
                reason = FinishReason::Length;
                break;
            }
            thread::sleep(self.pace);
            tokens += 1;
            if sink(word).is_break() {
                reason = FinishReason::Cancelled;
                break;
            }
        }
        Ok(Finished { tokens, ..Finished::new(reason, request.messages.len()) })
    }
}
