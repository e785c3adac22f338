//! One text on its way: its prompt is read, then it is written.

use std::ops::ControlFlow;

use motcua_generate::{Event, FinishReason, Finished, GenerateError, Request};

use super::{Model, model_failed};
use crate::{
    decoder::{Cache, Decoder, Found, Part},
    draft::Draft,
    mask::Picker,
    prefix::Prefixes,
    sample::Sampler,
};

/// Where a text goes, piece by piece, and its end.
pub(super) type Sink<'a> = Box<dyn FnMut(Event) -> ControlFlow<()> + 'a>;

/// A cache and what is in it.
pub(super) struct Seat {
    pub(super) cache: Cache,
    pub(super) held: Vec<u32>,
}

/// A text on its way.
pub(super) struct Sequence<'a> {
    prompt: Vec<u32>,
    stage: Stage,
    picker: Picker<'a>,
    draft: Draft,
    text: DecodeStream<'a>,
    sink: Sink<'a>,
    seat: Seat,
    /// Tokens that may still be written.
    left: usize,
    only_read: bool,
    finished: Finished,
    /// What the step under way reads.
    step: Vec<u32>,
    ended: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// For its turn to have its prompt read.
    Waiting,
    Reading,
    /// A token was written that the model has yet to read.
    Writing(u32),
}

/// The scores of what a step found for one text.
#[derive(Clone, Copy)]
pub(super) enum Scores<'s> {
    /// Of the whole vocabulary, for one token after the other.
    All(&'s [f32]),
    /// Still to be found for what may be chosen, from this row on.
    From(&'s Found, usize),
}

impl<'a> Sequence<'a> {
    /// A request whose prompt has room in the model's context.
    pub(super) fn new(
        model: &'a Model,
        request: &Request,
        prompt: Vec<u32>,
        seat: Seat,
        sink: Sink<'a>,
    ) -> Self {
        let mut picker =
            Picker::new(Sampler::new(request.temperature, request.seed), &model.tokens);
        if let Some(shape) = &request.shape {
            picker.hold(shape, model.vocabulary());
        }
        Self {
            stage: Stage::Waiting,
            picker,
            draft: Draft::new(&prompt),
            text: model.tokens.tokenizer.decode_stream(true),
            sink,
            seat,
            left: request.max_tokens.min(model.info.context_tokens - prompt.len()),
            only_read: request.max_tokens == 0,
            finished: Finished::new(FinishReason::Cancelled, prompt.len()),
            step: Vec::new(),
            ended: false,
            prompt,
        }
    }

    pub(super) fn is_writing(&self) -> bool {
        matches!(self.stage, Stage::Writing(_)) && !self.ended
    }

    pub(super) fn is_reading(&self) -> bool {
        !matches!(self.stage, Stage::Writing(_)) && !self.ended
    }

    pub(super) fn has_ended(&self) -> bool {
        self.ended
    }

    pub(super) fn into_seat(self) -> Seat {
        self.seat
    }

    /// Takes up to `chunk` tokens of the prompt into the coming step.
    pub(super) fn prepare_reading(&mut self, prefixes: &mut Prefixes, chunk: usize) {
        if self.stage == Stage::Waiting {
            let Seat { cache, held } = &mut self.seat;
            let reused = prefixes.restore(&self.prompt, held, cache);
            held.clear();
            held.extend(&self.prompt[..reused]);
            self.finished.reused = reused;
            self.stage = Stage::Reading;
        }
        let rest = &self.prompt[self.seat.held.len()..];
        self.step.extend(&rest[..rest.len().min(chunk)]);
    }

    /// Takes the last token into the coming step, with what is guessed to follow: of what is not
    /// sure at most so much; nothing at all if nothing is said. Where the shape leaves nothing open
    /// until the end, the rest is written without a step.
    pub(super) fn prepare_writing(&mut self, guesses: Option<usize>) {
        let Stage::Writing(token) = self.stage else { return };
        let likely = self.picker.likely();
        if let Some(rest) = likely.as_ref().filter(|likely| likely.ends)
            && rest.tokens.len() <= self.left
        {
            let ended = rest.tokens.iter().find_map(|token| self.write(*token).transpose());
            return self.end(ended.unwrap_or(Ok(FinishReason::Stop)));
        }
        self.step.push(token);
        if let Some(most) = guesses {
            // The last token that may be written need not be read.
            let room = self.left.saturating_sub(1);
            let guess = self.draft.guess(room, most, likely.as_ref());
            let may_follow = self.picker.may_follow(&guess);
            self.step.extend(&guess[..may_follow]);
        }
    }

    /// Looks whether the reader is still there.
    pub(super) fn look_up(&mut self) {
        if (self.sink)(Event::Token(String::new())).is_break() {
            self.end(Ok(FinishReason::Cancelled));
        }
    }

    /// After how many tokens of the coming step something is to be chosen.
    pub(super) fn wanted(&self) -> usize {
        let last = self.seat.held.len() + self.step.len() == self.prompt.len();
        match self.stage {
            Stage::Writing(_) => self.step.len(),
            _ => usize::from(last && !self.only_read && !self.step.is_empty()),
        }
    }

    /// Whether all of the vocabulary may be chosen.
    pub(super) fn is_free(&self) -> bool {
        self.picker.choices().is_none()
    }

    /// Its part in the coming step, if it has one.
    pub(super) fn part(&mut self) -> Option<Part<'_>> {
        let wanted = self.wanted();
        let part = Part { tokens: &self.step, cache: &mut self.seat.cache, wanted };
        (!self.step.is_empty()).then_some(part)
    }

    /// Goes on by what the step found.
    pub(super) fn take(&mut self, decoder: &Decoder, prefixes: &mut Prefixes, scores: Scores<'_>) {
        let step = std::mem::take(&mut self.step);
        if step.is_empty() {
            return;
        }
        self.seat.held.extend(&step);
        if self.stage == Stage::Reading {
            if self.seat.held.len() < self.prompt.len() {
                return;
            }
            prefixes.keep(&self.prompt, &self.seat.cache, self.only_read);
            if self.only_read {
                return self.end(Ok(FinishReason::Length));
            }
        }
        // The last row of a prompt has no guess behind it, and the first of a step is its token's.
        let guess = if self.stage == Stage::Reading { &[] } else { &step[1..] };
        let mut right = 0;
        let ended = loop {
            let Some(token) = self.pick(decoder, scores, right) else {
                break Some(Ok(FinishReason::Stop));
            };
            if let Some(ended) = self.write(token).transpose() {
                break Some(ended);
            }
            if guess.get(right) != Some(&token) {
                self.stage = Stage::Writing(token);
                break None;
            }
            right += 1;
        };
        self.seat.held.truncate(self.seat.held.len() - (guess.len() - right));
        self.seat.cache.truncate(self.seat.held.len());
        self.draft.judge(guess.len(), right);
        if let Some(ended) = ended {
            self.end(ended);
        }
    }

    fn pick(&mut self, decoder: &Decoder, scores: Scores<'_>, row: usize) -> Option<u32> {
        match (scores, self.picker.choices()) {
            (Scores::From(found, first), Some(choices)) => {
                // One alone is taken whatever its score.
                let choices = if choices.len() > 1 { choices } else { &[] };
                let scores = decoder.scores_of(found, first + row, choices);
                self.picker.pick(&scores)
            }
            (Scores::All(scores), _) => {
                let width = decoder.vocabulary();
                self.picker.pick(&scores[row * width..][..width])
            }
            (Scores::From(found, first), None) => {
                let scores = decoder.scores(found, &[first + row]);
                self.picker.pick(&scores)
            }
        }
    }

    /// Writes a token; returns why nothing may follow, if so.
    fn write(&mut self, token: u32) -> Result<Option<FinishReason>, GenerateError> {
        if self.left == 0 {
            return Ok(Some(FinishReason::Length));
        }
        self.left -= 1;
        self.finished.tokens += 1;
        let piece = self.text.step(token).map_err(model_failed)?.unwrap_or_default();
        self.draft.push(token);
        let gone = (self.sink)(Event::Token(piece)).is_break();
        Ok(gone.then_some(FinishReason::Cancelled))
    }

    fn end(&mut self, ended: Result<FinishReason, GenerateError>) {
        let (drafted, accepted) = (self.draft.guessed, self.draft.right);
        let event = match ended {
            Ok(reason) => Event::Finished(Finished { reason, drafted, accepted, ..self.finished }),
            Err(error) => Event::Failed(error),
        };
        self.ended = true;
        // Whoever is gone needs no last word.
        let _ = (self.sink)(event);
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
