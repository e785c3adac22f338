//! Holds a model to the shape of an answer: of all tokens only those may be picked that go on
//! within it.

mod vocabulary;

use motcua_generate::shape::{Automaton, Shape, State};

use crate::{draft::Likely, sample::Sampler, tokens::Tokens};

pub(crate) use vocabulary::{LazyVocabulary, Vocabulary};

/// Picks tokens; within a shape, if there is one.
pub(crate) struct Picker<'a> {
    sampler: Sampler,
    tokens: &'a Tokens,
    held: Option<Held<'a>>,
}

/// An answer on its way along a shape.
struct Held<'a> {
    vocabulary: &'a Vocabulary,
    automaton: Automaton,
    state: State,
    /// What may follow, stops among them where the text may end.
    allowed: Vec<u32>,
    written: Vec<u8>,
}

/// Bytes of what a shape lets follow that are looked at: more than a step takes.
const AHEAD: usize = 160;

impl<'a> Picker<'a> {
    pub(crate) fn new(sampler: Sampler, tokens: &'a Tokens) -> Self {
        Self { sampler, tokens, held: None }
    }

    /// Holds what is picked to a shape.
    pub(crate) fn hold(&mut self, shape: &Shape, vocabulary: &'a Vocabulary) {
        let automaton = shape.automaton();
        let state = automaton.start();
        let (allowed, written) = (Vec::new(), Vec::new());
        let mut held = Held { vocabulary, automaton, state, allowed, written };
        held.look(&self.tokens.stops);
        self.held = Some(held);
    }

    /// The tokens to choose from, in order; nothing where it is the whole vocabulary.
    pub(crate) fn choices(&self) -> Option<&[u32]> {
        self.held.as_ref().map(|held| held.allowed.as_slice())
    }

    /// The next token by the scores of the choices; whatever is picked is written. Nothing where
    /// the text ends.
    pub(crate) fn pick(&mut self, scores: &[f32]) -> Option<u32> {
        let stops = &self.tokens.stops;
        let Some(held) = &mut self.held else {
            return Some(self.sampler.pick(scores)).filter(|token| !stops.contains(token));
        };
        let token = match held.allowed.as_slice() {
            // Nothing is left to chance or to the model.
            [only] => *only,
            allowed => self.sampler.pick_among(scores, allowed)?,
        };
        if stops.contains(&token) {
            return None;
        }
        held.write(token);
        held.look(stops);
        Some(token)
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

    /// What most likely follows by the shape, cut into tokens as the model was taught them; nothing
    /// without a shape, or where the model has begun a word with other tokens.
    pub(crate) fn likely(&self) -> Option<Likely> {
        let held = self.held.as_ref()?;
        let ahead = held.automaton.ahead(&held.state, AHEAD);
        // From the word that is begun on: no token reaches from one word into the next.
        let word = held.written.iter().rposition(|byte| *byte == b' ').unwrap_or(0);
        let begun = held.written.len() - word;
        let whole = [&held.written[word..], &ahead.bytes].concat();
        let (mut likely, mut end) = (Likely::default(), 0);
        for token in self.tokens.cut(&whole) {
            let start = end;
            end += held.vocabulary.text(token)?.len();
            if start >= begun {
                likely.tokens.push(token);
                likely.sure += usize::from(end <= begun + ahead.sure);
            } else if end > begun {
                return None;
            }
        }
        likely.ends = ahead.ends && end == whole.len();
        Some(likely)
    }
}

impl Held<'_> {
    /// The state after a token that is text and goes on within the shape.
    fn after(&self, state: &State, token: u32) -> Option<State> {
        self.automaton.walk(state, self.vocabulary.text(token)?)
    }

    /// Goes on by a token that is allowed.
    fn write(&mut self, token: u32) {
        if let Some(next) = self.after(&self.state, token) {
            self.state = next;
            self.written.extend(self.vocabulary.text(token).unwrap_or_default());
        }
    }

    /// Finds what may follow.
    fn look(&mut self, stops: &[u32]) {
        self.allowed.clear();
        if self.state.may_end() {
            self.allowed.extend(stops);
        }
        self.vocabulary.allowed(&self.automaton, &self.state, &mut self.allowed);
    }
}

#[cfg(test)]
mod tests;
