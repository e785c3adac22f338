//! Several texts on their way at once: every step reads for all of them, so that the weights are
//! gone through once for all.

use motcua_generate::{Event, GenerateError, Request};

use super::{
    Model,
    sequence::{Scores, Seat, Sequence, Sink},
};
use crate::{
    decoder::{Found, Part},
    prefix::{Prefixes, common},
};

/// Texts at once. More would each be slower than people read, and every one has a cache of its own.
const SEATS: usize = 8;

/// Tokens of a prompt that are read in one step: small enough to notice a reader who left, large
/// enough that unpacking the weights is little beside multiplying them.
const CHUNK: usize = 128;
/// The same while others are being written, who wait for it.
const CHUNK_BETWEEN: usize = 32;

/// Tokens that are guessed in one step without being sure, for all texts together.
const GUESSES: usize = 8;

/// What outlives the texts: caches with what is in them, and prompts that were read.
pub(super) struct Desk {
    seats: Vec<Seat>,
    prefixes: Prefixes,
}

impl Desk {
    pub(super) fn new(prefixes: Prefixes) -> Self {
        Self { seats: Vec::new(), prefixes }
    }

    /// A free cache, the one that holds most of the prompt's beginning.
    fn seat(&mut self, model: &Model, prompt: &[u32]) -> Seat {
        let known = |seat: &Seat| common(&seat.held, prompt);
        let best = (0..self.seats.len()).max_by_key(|at| known(&self.seats[*at]));
        match best {
            Some(at) => self.seats.swap_remove(at),
            None => {
                Seat { cache: model.decoder.cache(model.info.context_tokens), held: Vec::new() }
            }
        }
    }
}

/// The texts on their way.
pub(super) struct Batch<'a> {
    model: &'a Model,
    desk: &'a mut Desk,
    /// In the order in which they came.
    running: Vec<Sequence<'a>>,
}

impl<'a> Batch<'a> {
    pub(super) fn new(model: &'a Model, desk: &'a mut Desk) -> Self {
        Self { model, desk, running: Vec::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.running.is_empty()
    }

    pub(super) fn has_room(&self) -> bool {
        self.running.len() < SEATS
    }

    /// Takes up a text.
    pub(super) fn admit(&mut self, request: &Request, mut sink: Sink<'a>) {
        let most = self.model.info.context_tokens.saturating_sub(1);
        let prompt = self.model.encode(&request.messages).and_then(|prompt| {
            let fits = !prompt.is_empty() && prompt.len() <= most;
            let tokens = prompt.len();
            if fits { Ok(prompt) } else { Err(GenerateError::PromptTooLong { tokens, most }) }
        });
        match prompt {
            Ok(prompt) => {
                let seat = self.desk.seat(self.model, &prompt);
                self.running.push(Sequence::new(self.model, request, prompt, seat, sink));
            }
            // Whoever is gone needs no last word.
            Err(error) => drop(sink(Event::Failed(error))),
        }
    }

    /// One step: a token or more for every text that is written, and a piece of the prompt that
    /// came first of those not yet read.
    pub(super) fn step(&mut self) {
        let writing = self.running.iter().filter(|sequence| sequence.is_writing()).count();
        let chunk = if writing > 0 { CHUNK_BETWEEN } else { CHUNK };
        // A step for many has so much to multiply that a wrong guess takes another's time.
        let guesses = self.model.drafts.then(|| GUESSES / writing.max(1));
        for sequence in self.running.iter_mut().filter(|sequence| sequence.is_reading()) {
            sequence.look_up();
        }
        if let Some(first) = self.running.iter_mut().find(|sequence| sequence.is_reading()) {
            first.prepare_reading(&mut self.desk.prefixes, chunk);
        }
        for sequence in self.running.iter_mut().filter(|sequence| sequence.is_writing()) {
            sequence.prepare_writing(guesses);
        }
        let mut parts: Vec<Part<'_>> = self.running.iter_mut().filter_map(Sequence::part).collect();
        if !parts.is_empty() {
            let found = self.model.decoder.forward(&mut parts);
            self.take(&found);
        }
        let ended = self.running.extract_if(.., |sequence| sequence.has_ended());
        self.desk.seats.extend(ended.map(Sequence::into_seat));
    }

    fn take(&mut self, found: &Found) {
        let decoder = &self.model.decoder;
        // Where all may be chosen, the scores of all texts are found together.
        let (mut row, mut free) = (0, Vec::new());
        for sequence in &self.running {
            let rows = row..row + sequence.wanted();
            row = rows.end;
            free.extend(rows.filter(|_| sequence.is_free()));
        }
        let scores = decoder.scores(found, &free);
        let (mut row, mut left) = (0, scores.as_slice());
        for sequence in &mut self.running {
            let wanted = sequence.wanted();
            let own = if sequence.is_free() {
                let (own, others) = left.split_at(wanted * decoder.vocabulary());
                left = others;
                Scores::All(own)
            } else {
                Scores::From(found, row)
            };
            row += wanted;
            sequence.take(decoder, &mut self.desk.prefixes, own);
        }
    }
}
