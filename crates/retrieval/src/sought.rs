//! How well a procedure's words explain a question, and the question the procedure's name.

use crate::{
    analyse::Analysed,
    members::Few,
    numbers::WordId,
    parts::{NameWord, Parts},
    postings::Postings,
    token::Token,
    vocabulary::Vocabulary,
};

/// A word found in the content, not in the name, explains this share of itself.
const IN_BODY: f32 = 0.3;
/// A word found only with other marks than were typed.
const OTHER_MARKS: f32 = 0.25;
/// Of a word of a saying, this much is found whatever marks were typed.
const IN_ANY_MARKS: f32 = 0.4;
/// What an official wording explains of the everyday one it stands for.
const MEANING: f32 = 0.95;
/// A word of how a question is asked covers a word of a name only so far: "mẹ" in a story is no
/// hint of "nhận cha, mẹ, con".
const BY_THE_WAY: f32 = 0.4;
/// Long official wordings do not outweigh everything else that was said.
const MOST_UNIT: f32 = 9.0;

/// What a question looks for in a procedure's words.
pub(crate) struct Sought<'a> {
    question: &'a Analysed<'a>,
    vocabulary: &'a Vocabulary,
    /// By word of names, with and without marks: how well the question covers it.
    covering: Vec<f32>,
    /// What was said, with and without marks, by how telling it is.
    said: Vec<(u32, f32)>,
    /// The weight of all that was said.
    said_weight: f32,
}

struct SoughtWord {
    id: u32,
    /// The word without its marks, if they were meant.
    fallback: Option<u32>,
    weight: f32,
}

/// Shares from 0 to 1.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Match {
    /// Of what the question says, by weight.
    pub(crate) explained: f32,
    /// Of the procedure's name, by weight.
    pub(crate) covered: f32,
    /// Of the question's pairs of words that stand in any name.
    pub(crate) phrases: f32,
}

impl<'a> Sought<'a> {
    pub(crate) fn new(question: &'a Analysed<'a>) -> Self {
        let vocabulary = question.reader.vocabulary;
        let covering = vec![0.0; vocabulary.len()];
        let mut sought =
            Self { question, vocabulary, covering, said: Vec::new(), said_weight: 0.0 };
        for token in &question.tokens {
            let id = if token.exact { token.id.marked } else { token.id.bare };
            sought.cover(id, if token.stop { BY_THE_WAY } else { 1.0 });
        }
        for unit in &question.units {
            for id in unit.mean.iter().flat_map(|meaning| &meaning.words) {
                sought.cover(id.marked, unit.stress.min(1.0));
            }
        }
        sought.read_said();
        sought
    }

    fn cover(&mut self, id: u32, share: f32) {
        if let Some(best) = self.covering.get_mut(id as usize) {
            *best = best.max(share);
        }
    }

    /// Every word that was said, once: what is compared with whole sayings. A word typed with its
    /// marks is partly found by those without, as marks are often wrong.
    fn read_said(&mut self) {
        let known = |id: u32| Some(id).filter(|id| self.vocabulary.has(*id));
        let mut said: Vec<(u32, f32)> = Vec::new();
        let mut all = 0.0;
        for token in &self.question.tokens {
            let word = self.said(token);
            let (id, fallback) = (known(word.id), word.fallback.and_then(known));
            let either = id.or(fallback);
            let share = match (token.stop, either) {
                (false, _) => 1.0,
                (true, Some(_)) => BY_THE_WAY,
                (true, None) => 0.0,
            };
            let weight = word.weight * share;
            if either.is_some_and(|id| said.iter().any(|(known, _)| *known == id)) {
                continue;
            }
            match (id, fallback) {
                (Some(marked), Some(bare)) => {
                    said.push((marked, weight * (1.0 - IN_ANY_MARKS)));
                    said.push((bare, weight * IN_ANY_MARKS));
                }
                (one, other) => said.extend(one.or(other).map(|id| (id, weight))),
            }
            all += weight;
        }
        (self.said, self.said_weight) = (said, all);
    }

    fn said(&self, token: &Token) -> SoughtWord {
        let WordId { marked, bare } = token.id;
        if !token.exact {
            return SoughtWord { id: bare, fallback: None, weight: self.vocabulary.weight(bare) };
        }
        let heard = if self.vocabulary.has(marked) { marked } else { bare };
        SoughtWord { id: marked, fallback: Some(bare), weight: self.vocabulary.weight(heard) }
    }

    fn meant(&self, id: u32) -> SoughtWord {
        SoughtWord { id, fallback: None, weight: self.vocabulary.weight(id) }
    }

    /// Whether the question says nothing but how it asks.
    pub(crate) fn is_empty(&self) -> bool {
        self.question.units.is_empty()
    }

    /// What was said, each word once with its weight, and the weight of all of it.
    pub(crate) fn said_words(&self) -> (&[(u32, f32)], f32) {
        (&self.said, self.said_weight)
    }

    /// How well each of some procedures fits, by their places in the index.
    pub(crate) fn weigh(&self, candidates: &[usize], parts: &Parts) -> Vec<Match> {
        let explained = self.explained(candidates, parts);
        let phrases = self.phrases(&parts.pairs);
        let explained = candidates.iter().zip(explained);
        let matched = |(at, explained): (&usize, f32)| {
            let covered = self.covered(parts.named.words(*at));
            Match { explained, covered, phrases: phrases[*at] }
        };
        explained.map(matched).collect()
    }

    fn explained(&self, candidates: &[usize], parts: &Parts) -> Vec<f32> {
        let held = Held::of(self.words(), candidates, parts, self.vocabulary);
        let none = || vec![0.0; candidates.len()];
        let (mut sums, mut best, mut share) = (none(), none(), none());
        let mut all = 0.0;
        for unit in &self.question.units {
            let said = unit.said.iter().map(|at| self.said(&self.question.tokens[*at]));
            let mut heaviest = held.share(said, &mut best);
            for meaning in unit.mean {
                let words = meaning.words.iter().map(|id| self.meant(id.marked));
                heaviest = heaviest.max(held.share(words, &mut share));
                for (best, share) in best.iter_mut().zip(&share) {
                    *best = best.max(MEANING * share);
                }
            }
            let weight = unit.stress * heaviest.min(MOST_UNIT);
            all += weight;
            for (sum, best) in sums.iter_mut().zip(&best) {
                *sum += weight * best;
            }
        }
        divide(&mut sums, all);
        sums
    }

    /// The numbers of all that explains something.
    fn words(&self) -> impl Iterator<Item = u32> {
        self.question.units.iter().flat_map(|unit| {
            let said = unit.said.iter().map(|at| self.question.tokens[*at].id);
            let said = said.flat_map(|id| [id.marked, id.bare]);
            let meant = unit.mean.iter().flat_map(|meaning| &meaning.words);
            said.chain(meant.map(|id| id.marked))
        })
    }

    fn covered(&self, name: &[NameWord]) -> f32 {
        let (mut all, mut held) = (0.0, 0.0);
        for NameWord { marked, bare, weight } in name {
            all += weight;
            held += weight * self.covering[*marked as usize].max(self.covering[*bare as usize]);
        }
        if all > 0.0 { held / all } else { 0.0 }
    }

    /// Of every procedure.
    fn phrases(&self, pairs: &Postings) -> Vec<f32> {
        let mut held = vec![0.0; self.vocabulary.lists.len()];
        let mut all = 0.0;
        for (pair, weight) in &self.question.pairs {
            let weight = weight * self.vocabulary.pair_weight(*pair);
            all += weight;
            for holder in pairs.holders(*pair) {
                held[*holder as usize] += weight;
            }
        }
        divide(&mut held, all);
        held
    }
}

/// Makes sums shares of the whole, if there is any.
fn divide(sums: &mut [f32], all: f32) {
    if all > 0.0 {
        for sum in sums {
            *sum /= all;
        }
    } else {
        sums.fill(0.0);
    }
}

/// How strongly each candidate holds each of some words.
struct Held {
    /// A row for each word, with a place for each candidate.
    rows: Vec<f32>,
    /// By word: its row.
    row_of: Vec<u16>,
    candidates: usize,
}

impl Held {
    const NO_ROW: u16 = u16::MAX;

    fn of(
        words: impl Iterator<Item = u32>,
        candidates: &[usize],
        parts: &Parts,
        vocabulary: &Vocabulary,
    ) -> Self {
        let few = Few::of(candidates, vocabulary.lists.len());
        let mut row_of = vec![Self::NO_ROW; vocabulary.len()];
        let mut rows = Vec::new();
        let mut next = 0..Self::NO_ROW;
        for word in words {
            let Some(row) = row_of.get_mut(word as usize).filter(|row| **row == Self::NO_ROW)
            else {
                continue;
            };
            *row = next.next().unwrap_or(Self::NO_ROW);
            let from = rows.len();
            rows.resize(from + few.len(), 0.0);
            parts.body.set(word, &few, &mut rows[from..], IN_BODY);
            parts.heads.set(word, &few, &mut rows[from..], 1.0);
        }
        Self { rows, row_of, candidates: few.len() }
    }

    fn row(&self, word: u32) -> Option<&[f32]> {
        let start = usize::from(*self.row_of.get(word as usize)?) * self.candidates;
        self.rows.get(start..start + self.candidates)
    }

    /// Of the weight of some words, how much each candidate holds, and the weight.
    fn share(&self, words: impl Iterator<Item = SoughtWord>, shares: &mut [f32]) -> f32 {
        shares.fill(0.0);
        let mut all = 0.0;
        for SoughtWord { id, fallback, weight } in words {
            all += weight;
            let (row, bare) = (self.row(id), fallback.and_then(|bare| self.row(bare)));
            let bare = bare
                .map(|bare| bare.iter().map(|bare| if *bare >= 1.0 { OTHER_MARKS } else { 0.0 }));
            match (row, bare) {
                (Some(row), None) => add(shares, weight, row.iter().copied()),
                (None, Some(bare)) => add(shares, weight, bare),
                (Some(row), Some(bare)) => {
                    add(shares, weight, row.iter().zip(bare).map(|(row, bare)| row.max(bare)));
                }
                (None, None) => {}
            }
        }
        // A word of every name weighs nothing; that it is there still says something.
        divide(shares, all);
        all
    }
}

fn add(shares: &mut [f32], weight: f32, strengths: impl Iterator<Item = f32>) {
    for (share, strength) in shares.iter_mut().zip(strengths) {
        *share += weight * strength;
    }
}
