//! How well a procedure's words explain a question, and the question the procedure's name.

use std::collections::HashMap;

use crate::{
    analyse::{Analysed, Token},
    index::Parts,
    lexicon::Word,
    postings::Postings,
    vocabulary::{Lists, Vocabulary},
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

/// A question in the numbers of a vocabulary.
pub(crate) struct Sought<'a> {
    vocabulary: &'a Vocabulary,
    units: Vec<SoughtUnit>,
    /// Words of names that the question covers and how well: with and without marks.
    marked: Vec<(u32, f32)>,
    bare: Vec<(u32, f32)>,
    pairs: Vec<(u32, f32)>,
    /// What was said, with and without marks, by how telling it is.
    said: Vec<(u32, f32)>,
    /// The weight of all that was said.
    said_weight: f32,
}

struct SoughtUnit {
    weight: f32,
    said: Vec<SoughtWord>,
    mean: Vec<Vec<SoughtWord>>,
}

struct SoughtWord {
    id: Option<u32>,
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
    pub(crate) fn new(question: &Analysed, vocabulary: &'a Vocabulary) -> Self {
        let mut sought = Self {
            vocabulary,
            units: Vec::new(),
            marked: Vec::new(),
            bare: Vec::new(),
            pairs: Vec::new(),
            said: Vec::new(),
            said_weight: 0.0,
        };
        for token in &question.tokens {
            let share = if token.stop { BY_THE_WAY } else { 1.0 };
            if token.exact {
                sought.marked.extend(vocabulary.marked(&token.word).map(|id| (id, share)));
            } else {
                sought.bare.extend(vocabulary.bare(&token.word).map(|id| (id, share)));
            }
        }
        for unit in &question.units {
            let said: Vec<SoughtWord> = unit
                .said
                .iter()
                .filter_map(|at| question.tokens.get(*at))
                .map(|token| sought.said(token))
                .collect();
            let mean: Vec<Vec<SoughtWord>> = unit
                .mean
                .iter()
                .map(|words| words.iter().map(|word| sought.meant(word)).collect())
                .collect();
            let meant = mean.iter().flatten().filter_map(|word| word.id);
            sought.marked.extend(meant.map(|id| (id, unit.stress.min(1.0))));
            let heaviest = mean.iter().map(|words| total(words)).fold(total(&said), f32::max);
            sought.units.push(SoughtUnit {
                weight: unit.stress * heaviest.min(MOST_UNIT),
                said,
                mean,
            });
        }
        each_once(&mut sought.marked);
        each_once(&mut sought.bare);
        sought.read_said(question);
        let pairs = question.pairs();
        sought.pairs = pairs
            .into_iter()
            .filter_map(|(one, other, weight)| {
                let id = vocabulary.pair(one, other)?;
                Some((id, weight * vocabulary.weight(Some(id))))
            })
            .collect();
        sought
    }

    /// Every word that was said, once: what is compared with whole sayings. A word typed with its
    /// marks is partly found by those without, as marks are often wrong.
    fn read_said(&mut self, question: &Analysed) {
        for token in &question.tokens {
            let word = self.said(token);
            let known = word.id.or(word.fallback);
            let share = match (token.stop, known) {
                (false, _) => 1.0,
                (true, Some(_)) => BY_THE_WAY,
                (true, None) => 0.0,
            };
            let weight = word.weight * share;
            if known.is_some_and(|id| self.said.iter().any(|(known, _)| *known == id)) {
                continue;
            }
            match (word.id, word.fallback) {
                (Some(marked), Some(bare)) => {
                    self.said.push((marked, weight * (1.0 - IN_ANY_MARKS)));
                    self.said.push((bare, weight * IN_ANY_MARKS));
                }
                (one, other) => self.said.extend(one.or(other).map(|id| (id, weight))),
            }
            self.said_weight += weight;
        }
    }

    fn said(&self, token: &Token) -> SoughtWord {
        let bare = self.vocabulary.bare(&token.word);
        let (id, fallback) =
            if token.exact { (self.vocabulary.marked(&token.word), bare) } else { (bare, None) };
        SoughtWord { id, fallback, weight: self.vocabulary.weight(id.or(bare)) }
    }

    fn meant(&self, word: &Word) -> SoughtWord {
        let id = self.vocabulary.marked(word);
        SoughtWord { id, fallback: None, weight: self.vocabulary.weight(id) }
    }

    /// Whether the question says nothing but how it asks.
    pub(crate) fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// What was said, each word once with its weight, and the weight of all of it.
    pub(crate) fn said_words(&self) -> (&[(u32, f32)], f32) {
        (&self.said, self.said_weight)
    }

    /// How well each of some procedures fits, by their places in the index.
    pub(crate) fn weigh(&self, candidates: &[usize], parts: &Parts) -> Vec<Match> {
        let slots = Slots::of(candidates, self.vocabulary.lists.len());
        let explained = self.explained(&slots, parts);
        let phrases = self.phrases(&slots, parts);
        let matches = candidates.iter().zip(explained.into_iter().zip(phrases));
        matches
            .map(|(at, (explained, phrases))| {
                let lists = &self.vocabulary.lists[*at];
                Match { explained, covered: self.covered(lists), phrases }
            })
            .collect()
    }

    fn explained(&self, slots: &Slots, parts: &Parts) -> Vec<f32> {
        let mut held = vec![0.0; slots.count];
        let mut all = 0.0;
        let mut strengths = Strengths { slots, parts, known: HashMap::new() };
        for unit in &self.units {
            let mut best = strengths.share(&unit.said);
            for words in &unit.mean {
                for (best, share) in best.iter_mut().zip(strengths.share(words)) {
                    *best = best.max(MEANING * share);
                }
            }
            all += unit.weight;
            for (held, best) in held.iter_mut().zip(best) {
                *held += unit.weight * best;
            }
        }
        part_of(all, held)
    }

    fn covered(&self, lists: &Lists) -> f32 {
        let (mut all, mut held) = (0.0, 0.0);
        for (marked, bare) in &lists.name {
            let weight = self.vocabulary.weight(Some(*marked));
            all += weight;
            held += weight * best(&self.marked, *marked).max(best(&self.bare, *bare));
        }
        if all > 0.0 { held / all } else { 0.0 }
    }

    fn phrases(&self, slots: &Slots, parts: &Parts) -> Vec<f32> {
        let mut held = vec![0.0; slots.count];
        for (pair, weight) in &self.pairs {
            slots.each(parts.pairs.holders(*pair), |slot| held[slot] += weight);
        }
        part_of(self.pairs.iter().map(|(_, weight)| weight).sum(), held)
    }
}

fn part_of(all: f32, held: Vec<f32>) -> Vec<f32> {
    held.into_iter().map(|held| if all > 0.0 { held / all } else { 0.0 }).collect()
}

/// Which of all procedures are candidates, and where among them each stands.
struct Slots {
    of: Vec<u16>,
    count: usize,
}

impl Slots {
    const NONE: u16 = u16::MAX;

    fn of(candidates: &[usize], all: usize) -> Self {
        let mut of = vec![Self::NONE; all];
        for (at, slot) in candidates.iter().zip(0..Self::NONE) {
            of[*at] = slot;
        }
        Self { of, count: candidates.len() }
    }

    /// Calls with the place of every candidate among some procedures.
    fn each(&self, holders: &[u32], mut call: impl FnMut(usize)) {
        for holder in holders {
            let slot = self.of[*holder as usize];
            if slot != Self::NONE {
                call(usize::from(slot));
            }
        }
    }
}

/// The share that covers a word best; `covering` is sorted and holds each word once.
fn best(covering: &[(u32, f32)], id: u32) -> f32 {
    let at = covering.binary_search_by_key(&id, |(known, _)| *known);
    at.map_or(0.0, |at| covering[at].1)
}

/// Sorts by word and keeps the best share of each.
fn each_once(covering: &mut Vec<(u32, f32)>) {
    covering.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    covering.dedup_by_key(|(id, _)| *id);
}

fn total(words: &[SoughtWord]) -> f32 {
    words.iter().map(|word| word.weight).sum()
}

/// How strongly each candidate holds words; official wordings repeat, so each is looked up once.
struct Strengths<'a> {
    slots: &'a Slots,
    parts: &'a Parts,
    known: HashMap<[Option<u32>; 2], Vec<f32>>,
}

impl Strengths<'_> {
    /// Of the weight of some words, how much each candidate holds.
    fn share(&mut self, words: &[SoughtWord]) -> Vec<f32> {
        let (slots, parts) = (self.slots, self.parts);
        let mut held = vec![0.0; slots.count];
        for word in words {
            let strength = self.known.entry([word.id, word.fallback]).or_insert_with(|| {
                let mut strength = vec![0.0; slots.count];
                let mut at_least = |holders: &[u32], value: f32| {
                    slots.each(holders, |slot| strength[slot] = f32::max(strength[slot], value));
                };
                at_least(holders(&parts.heads, word.fallback), OTHER_MARKS);
                at_least(holders(&parts.body, word.id), IN_BODY);
                at_least(holders(&parts.heads, word.id), 1.0);
                strength
            });
            for (held, strength) in held.iter_mut().zip(strength) {
                *held += word.weight * *strength;
            }
        }
        // A word of every name weighs nothing; that it is there still says something.
        part_of(total(words), held)
    }
}

fn holders(part: &Postings, word: Option<u32>) -> &[u32] {
    word.map_or(&[], |word| part.holders(word))
}
