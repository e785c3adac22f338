//! How well a procedure's words explain a question, and the question the procedure's name.

use crate::{
    analyse::{Analysed, Token},
    lexicon::Word,
    vocabulary::{Lists, Saying, Vocabulary},
};

/// A word found in the content, not in the name, explains this share of itself.
const IN_BODY: f32 = 0.3;
/// A word found only with other marks than were typed.
const OTHER_MARKS: f32 = 0.25;
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
    /// How alike the question and the best of what people say are.
    pub(crate) saying: f32,
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

    /// Every word that was said, once: what is compared with whole sayings.
    fn read_said(&mut self, question: &Analysed) {
        for token in &question.tokens {
            let word = self.said(token);
            let Some(id) = word.id.or(word.fallback) else {
                self.said_weight += if token.stop { 0.0 } else { word.weight };
                continue;
            };
            let weight = word.weight * if token.stop { BY_THE_WAY } else { 1.0 };
            if self.said.iter().all(|(known, _)| *known != id) {
                self.said.push((id, weight));
                self.said_weight += weight;
            }
        }
        self.said.sort_unstable_by_key(|(id, _)| *id);
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

    pub(crate) fn weigh(&self, lists: &Lists) -> Match {
        Match {
            explained: self.explained(lists),
            covered: self.covered(lists),
            phrases: self.phrases(lists),
            saying: self.most_alike(&lists.sayings),
        }
    }

    /// How alike the question and the best of some sayings are.
    pub(crate) fn most_alike(&self, sayings: &[Saying]) -> f32 {
        sayings.iter().map(|saying| self.alike(saying)).fold(0.0, f32::max)
    }

    fn explained(&self, lists: &Lists) -> f32 {
        let (mut all, mut held) = (0.0, 0.0);
        for unit in &self.units {
            let said = share(&unit.said, lists);
            let mean = unit.mean.iter().map(|words| MEANING * share(words, lists));
            all += unit.weight;
            held += unit.weight * mean.fold(said, f32::max);
        }
        if all > 0.0 { held / all } else { 0.0 }
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

    fn phrases(&self, lists: &Lists) -> f32 {
        let all: f32 = self.pairs.iter().map(|(_, weight)| weight).sum();
        let held = self.pairs.iter().filter(|(id, _)| lists.head_pairs.binary_search(id).is_ok());
        if all > 0.0 { held.map(|(_, weight)| weight).sum::<f32>() / all } else { 0.0 }
    }
}

impl Sought<'_> {
    /// The weight that a question and a saying share, as a share of what both have (Dice).
    fn alike(&self, saying: &[(u32, u32)]) -> f32 {
        let held = |id: u32| {
            let at = self.said.binary_search_by_key(&id, |(known, _)| *known).ok()?;
            self.said.get(at).map(|(_, weight)| *weight)
        };
        let (mut all, mut shared) = (0.0, 0.0);
        for (marked, bare) in saying {
            let weight = self.vocabulary.weight(Some(*marked));
            all += weight;
            shared += held(*marked).or_else(|| held(*bare)).map_or(0.0, |said| said.min(weight));
        }
        let both = all + self.said_weight;
        if both > 0.0 { 2.0 * shared / both } else { 0.0 }
    }
}

fn best(covering: &[(u32, f32)], id: u32) -> f32 {
    covering.iter().filter(|(known, _)| *known == id).map(|(_, share)| *share).fold(0.0, f32::max)
}

fn total(words: &[SoughtWord]) -> f32 {
    words.iter().map(|word| word.weight).sum()
}

fn share(words: &[SoughtWord], lists: &Lists) -> f32 {
    let all = total(words);
    let held: f32 = words.iter().map(|word| word.weight * strength(word, lists)).sum();
    // A word of every name weighs nothing; that it is there still says something.
    if all > 0.0 { held / all } else { 0.0 }
}

fn strength(word: &SoughtWord, lists: &Lists) -> f32 {
    let stands =
        |list: &[u32], id: Option<u32>| id.is_some_and(|id| list.binary_search(&id).is_ok());
    if stands(&lists.head, word.id) {
        1.0
    } else if stands(&lists.body, word.id) {
        IN_BODY
    } else if stands(&lists.head, word.fallback) {
        OTHER_MARKS
    } else {
        0.0
    }
}
