use std::{ops::Range, sync::OnceLock};

use motcua_generate::shape::{Automaton, State};

use crate::tokens::Tokens;

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
    pub(crate) fn text(&self, token: u32) -> Option<&[u8]> {
        let place = self.places.get(token as usize).filter(|place| **place != NOWHERE)?;
        Some(self.at(*place as usize))
    }

    /// Collects the tokens that go on from a state. Those with the same first bytes are looked at
    /// together, so that the cost is that of what is allowed, not of the vocabulary.
    pub(crate) fn allowed(&self, automaton: &Automaton, state: &State, found: &mut Vec<u32>) {
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
    /// Of the tokens that the model scores, `scored` in number; a file may name more.
    pub(crate) fn of(&self, tokens: &Tokens, scored: usize) -> &Vocabulary {
        let texts = || tokens.texts().into_iter().filter(|(id, _)| (*id as usize) < scored);
        self.0.get_or_init(|| Vocabulary::new(texts().collect()))
    }
}
