//! The word lists of the lexicon in the numbers of a vocabulary: brought into these once, when an
//! index is opened, so that reading a question compares numbers only.

use std::cmp::Reverse;

use rustc_hash::FxHashSet;

use crate::{
    lexicon::{LEXICON, Word},
    numbers::{Numbers, WordId},
    pattern::{Pattern, Patterns},
    repair::{Known, one_slip},
    vocabulary::Vocabulary,
};

/// The word lists, cut and brought into the forms that are compared.
pub(crate) struct Glossary {
    /// Words that no procedure has, numbered on from those of the vocabulary.
    own: Numbers,
    /// What people say, longest first, and where in `meanings` stands what it may mean.
    pub(crate) everyday: Patterns<usize>,
    pub(crate) meanings: Vec<Vec<Meaning>>,
    /// Words and phrases without content.
    pub(crate) stop: Patterns<()>,
    /// What comes before a circumstance.
    pub(crate) given: Patterns<()>,
    /// Words by which a question asks for a variant, and which of the lexicon's it is.
    pub(crate) cues: Patterns<usize>,
    /// Neighbours in everyday wordings, without marks.
    neighbours: FxHashSet<[u32; 2]>,
}

/// An official wording: a few words of procedure names.
#[derive(Debug)]
pub(crate) struct Meaning {
    pub(crate) words: Vec<WordId>,
    /// Its neighbouring words, if any procedure has them side by side.
    pub(crate) pairs: Vec<u32>,
}

impl Glossary {
    pub(crate) fn of(vocabulary: &Vocabulary) -> Self {
        let mut own = Numbers::from(vocabulary.numbers.end());
        let mut id = |word: &Word| WordId {
            marked: vocabulary
                .numbers
                .marked(&word.marked)
                .unwrap_or_else(|| own.add_marked(&word.marked)),
            bare: vocabulary.numbers.bare(&word.bare).unwrap_or_else(|| own.add_bare(&word.bare)),
        };
        let mut meaning = |text: &String| {
            let words: Vec<WordId> = text.split(' ').map(|text| id(&Word::new(text))).collect();
            let pairs = words.windows(2);
            let pairs = pairs.filter_map(|pair| vocabulary.pair(pair[0].bare, pair[1].bare));
            Meaning { pairs: pairs.collect(), words }
        };
        let meanings =
            LEXICON.everyday.iter().map(|entry| entry.mean.iter().map(&mut meaning).collect());
        let meanings = meanings.collect();
        let ways = LEXICON.everyday.iter().enumerate();
        let ways = ways.flat_map(|(at, entry)| entry.say.iter().map(move |say| (say, at)));
        let mut everyday: Vec<(Pattern, usize)> =
            ways.map(|(say, at)| (Pattern::new(say, &mut id), at)).collect();
        everyday.sort_by_key(|(say, _)| Reverse(say.bare().count()));
        let neighbours = everyday.iter().flat_map(|(say, _)| say.neighbours()).collect();
        let stop = LEXICON.stop.iter().map(|text| Pattern::anywhere(text, &mut id));
        let mut stop: Vec<(Pattern, ())> = stop.map(|pattern| (pattern, ())).collect();
        let marked = LEXICON.stop_with_marks_only.iter();
        stop.extend(marked.map(|text| (Pattern::new(text, &mut id), ())));
        let given = LEXICON.given.iter().map(|text| (Pattern::anywhere(text, &mut id), ()));
        let given = Patterns::of(given.collect());
        let variants = LEXICON.variants.iter().enumerate();
        let cues = variants.flat_map(|(at, variant)| variant.cues.iter().map(move |cue| (cue, at)));
        let cues = cues.map(|(cue, at)| (Pattern::new(cue, &mut id), at)).collect();
        Self {
            everyday: Patterns::of(everyday),
            meanings,
            stop: Patterns::of(stop),
            given,
            cues: Patterns::of(cues),
            neighbours,
            own,
        }
    }
}

/// All that a question is read with.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) glossary: &'a Glossary,
}

impl Reader<'_> {
    pub(crate) fn marked(&self, word: &str) -> Option<u32> {
        self.vocabulary.numbers.marked(word).or_else(|| self.glossary.own.marked(word))
    }
}

impl Known for Reader<'_> {
    fn bare(&self, word: &str) -> Option<u32> {
        self.vocabulary.numbers.bare(word).or_else(|| self.glossary.own.bare(word))
    }

    fn frequency(&self, word: u32) -> u32 {
        self.vocabulary.frequency(word)
    }

    fn together(&self, one: u32, other: u32) -> u32 {
        let pair = self.vocabulary.pair(one, other);
        let heads = pair.map_or(0, |pair| self.vocabulary.heads_with(pair));
        heads + u32::from(self.glossary.neighbours.contains(&[one, other]))
    }

    fn near(&self, word: &str) -> Vec<String> {
        let near = self.vocabulary.numbers.all_bare().filter(|(known, _)| one_slip(known, word));
        let near = near.filter(|(_, number)| self.frequency(*number) > 0);
        near.map(|(known, _)| known.to_owned()).collect()
    }
}
