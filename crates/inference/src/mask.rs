//! Holds a model to the shape of an answer: of all tokens only those may be picked that go on
//! within it.

use std::{ops::Range, sync::OnceLock};

use motcua_generate::shape::{Automaton, Shape, State};

use crate::{sample::Sampler, tokens::Tokens};

/// The bytes of every token that is text, in order of their bytes.
pub(crate) struct Vocabulary {
    bytes: Vec<u8>,
    /// Where a token begins in `bytes`, and which it is.
    tokens: Vec<(u32, u32)>,
    /// Where the bytes of each token lie in `tokens`, by its number.
    places: Vec<u32>,
}

/// No such token, or none that is text.
const NOWHERE: u32 = u32::MAX;

impl Vocabulary {
    #[expect(clippy::cast_possible_truncation, reason = "a vocabulary has some million bytes")]
    pub(crate) fn new(texts: Vec<(u32, Vec<u8>)>) -> Self {
        let mut texts: Vec<(Vec<u8>, u32)> = texts
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(id, text)| (text, id))
            .collect();
        texts.sort_unstable();
        let largest = texts.iter().map(|(_, id)| *id as usize + 1).max().unwrap_or(0);
        let (mut bytes, mut tokens) = (Vec::new(), Vec::with_capacity(texts.len()));
        let mut places = vec![NOWHERE; largest];
        for (text, id) in texts {
            places[id as usize] = tokens.len() as u32;
            tokens.push((bytes.len() as u32, id));
            bytes.extend(text);
        }
        Self { bytes, tokens, places }
    }

    /// The bytes of the token at a place of the order.
    fn at(&self, place: usize) -> &[u8] {
        let start = self.tokens[place].0 as usize;
        let end = self.tokens.get(place + 1).map_or(self.bytes.len(), |next| next.0 as usize);
        &self.bytes[start..end]
    }

    /// The bytes of a token, if it is text.
    fn text(&self, token: u32) -> Option<&[u8]> {
        let place = self.places.get(token as usize).filter(|place| **place != NOWHERE)?;
        Some(self.at(*place as usize))
    }

    /// Collects the tokens that go on from a state. Those with the same first bytes are looked at
    /// together, so that the cost is that of what is allowed, not of the vocabulary.
    fn allowed(&self, automaton: &Automaton, state: &State, found: &mut Vec<u32>) {
        self.descend(automaton, state, 0, 0..self.tokens.len(), found);
        found.sort_unstable();
    }

    fn descend(
        &self,
        automaton: &Automaton,
        state: &State,
        depth: usize,
        mut range: Range<usize>,
        found: &mut Vec<u32>,
    ) {
        while range.start < range.end && self.at(range.start).len() == depth {
            found.push(self.tokens[range.start].1);
            range.start += 1;
        }
        for byte in automaton.next_bytes(state) {
            let rest = range.start..range.end;
            let start = rest.start + self.before(rest, |own| own[depth] < byte);
            let rest = start..range.end;
            let end = rest.start + self.before(rest, |own| own[depth] <= byte);
            range.start = end;
            if start < end
                && let Some(next) = automaton.step(state, byte)
            {
                self.descend(automaton, &next, depth + 1, start..end, found);
            }
        }
    }

    /// How many tokens of a range stand before the first for which `holds` does not.
    fn before(&self, range: Range<usize>, holds: impl Fn(&[u8]) -> bool) -> usize {
        let (mut low, mut high) = (range.start, range.end);
        while low < high {
            let middle = usize::midpoint(low, high);
            if holds(self.at(middle)) { low = middle + 1 } else { high = middle }
        }
        low - range.start
    }
}

/// The vocabulary as a model's tokens have it, made when it is first needed.
#[derive(Default)]
pub(crate) struct LazyVocabulary(OnceLock<Vocabulary>);

impl LazyVocabulary {
    pub(crate) fn of(&self, tokens: &Tokens) -> &Vocabulary {
        self.0.get_or_init(|| Vocabulary::new(tokens.texts()))
    }
}

/// Picks tokens; within a shape, if there is one.
pub(crate) struct Picker<'a> {
    sampler: Sampler,
    stops: &'a [u32],
    held: Option<Held<'a>>,
}

/// An answer on its way along a shape.
struct Held<'a> {
    vocabulary: &'a Vocabulary,
    automaton: Automaton,
    state: State,
    allowed: Vec<u32>,
}

impl<'a> Picker<'a> {
    pub(crate) fn new(
        sampler: Sampler,
        shape: Option<&Shape>,
        tokens: &'a Tokens,
        vocabulary: &'a LazyVocabulary,
    ) -> Self {
        let held = shape.map(|shape| {
            let automaton = shape.automaton();
            let state = automaton.start();
            Held { vocabulary: vocabulary.of(tokens), automaton, state, allowed: Vec::new() }
        });
        Self { sampler, stops: &tokens.stops, held }
    }

    /// The next token by the scores after the last; whatever is picked is written. Nothing where
    /// the text ends.
    pub(crate) fn pick(&mut self, scores: &[f32]) -> Option<u32> {
        let token = match &mut self.held {
            Some(held) => held.pick(&mut self.sampler, self.stops, scores)?,
            None => self.sampler.pick(scores),
        };
        (!self.stops.contains(&token)).then_some(token)
    }

    /// How many of these tokens may follow one after the other.
    pub(crate) fn may_follow(&self, tokens: &[u32]) -> usize {
        let Some(held) = &self.held else { return tokens.len() };
        let mut state = held.state.clone();
        for (at, token) in tokens.iter().enumerate() {
            match held.after(&state, *token) {
                Some(next) => state = next,
                None => return at,
            }
        }
        tokens.len()
    }
}

impl Held<'_> {
    /// The state after a token that is text and goes on within the shape.
    fn after(&self, state: &State, token: u32) -> Option<State> {
        self.automaton.walk(state, self.vocabulary.text(token)?)
    }

    /// The token that is taken of those that may follow, stops among them where a text may end.
    fn pick(&mut self, sampler: &mut Sampler, stops: &[u32], scores: &[f32]) -> Option<u32> {
        let ends = |token: &u32| self.state.may_end() && stops.contains(token);
        // What the model likes best is mostly allowed, because it copies.
        let best = (!sampler.is_random()).then(|| sampler.pick(scores));
        let next = best.and_then(|best| self.after(&self.state, best));
        if best.as_ref().is_some_and(ends) {
            return best;
        }
        if let (Some(best), Some(next)) = (best, next) {
            self.state = next;
            return Some(best);
        }
        self.allowed.clear();
        if self.state.may_end() {
            self.allowed.extend(stops);
        }
        self.vocabulary.allowed(&self.automaton, &self.state, &mut self.allowed);
        self.allowed.retain(|token| (*token as usize) < scores.len());
        let token = sampler.pick_among(scores, &self.allowed)?;
        if let Some(next) = self.after(&self.state, token) {
            self.state = next;
        }
        Some(token)
    }
}

#[cfg(test)]
mod tests;
