//! Words as numbers: all that comes after reading a text compares these, never texts.

use rustc_hash::FxHashMap;

use crate::lexicon::Word;

/// The numbers of a word's two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WordId {
    pub(crate) marked: u32,
    pub(crate) bare: u32,
}

/// The numbers of words with and without marks; no number stands for both.
#[derive(Debug, Clone, Default)]
pub(crate) struct Numbers {
    marked: FxHashMap<String, u32>,
    bare: FxHashMap<String, u32>,
    /// What the first word got.
    first: u32,
}

impl Numbers {
    /// None yet; the first word will get the number `first`.
    pub(crate) fn from(first: u32) -> Self {
        Self { first, ..Self::default() }
    }

    /// What the next word would get.
    pub(crate) fn end(&self) -> u32 {
        // Four thousand million words are more than any corpus has.
        let count = u32::try_from(self.marked.len() + self.bare.len()).unwrap_or(u32::MAX);
        self.first.saturating_add(count)
    }

    pub(crate) fn marked(&self, word: &str) -> Option<u32> {
        self.marked.get(word).copied()
    }

    pub(crate) fn bare(&self, word: &str) -> Option<u32> {
        self.bare.get(word).copied()
    }

    /// The number of a word with its marks, which it gets if it has none.
    pub(crate) fn add_marked(&mut self, word: &str) -> u32 {
        let next = self.end();
        self.marked(word).unwrap_or_else(|| *self.marked.entry(word.to_owned()).or_insert(next))
    }

    /// The same of a word without marks.
    pub(crate) fn add_bare(&mut self, word: &str) -> u32 {
        let next = self.end();
        self.bare(word).unwrap_or_else(|| *self.bare.entry(word.to_owned()).or_insert(next))
    }

    pub(crate) fn add(&mut self, word: &Word) -> WordId {
        WordId { marked: self.add_marked(&word.marked), bare: self.add_bare(&word.bare) }
    }

    /// All words without marks.
    pub(crate) fn all_bare(&self) -> impl Iterator<Item = (&str, u32)> {
        self.bare.iter().map(|(word, number)| (word.as_str(), *number))
    }

    /// All words in the order of their numbers, those without marks behind a `~`.
    pub(crate) fn listed(&self) -> Vec<String> {
        let bare = self.bare.iter().map(|(word, number)| (*number, format!("~{word}")));
        let marked = self.marked.iter().map(|(word, number)| (*number, word.clone()));
        let mut all: Vec<(u32, String)> = marked.chain(bare).collect();
        all.sort_unstable();
        all.into_iter().map(|(_, word)| word).collect()
    }

    /// What [`Self::listed`] lists.
    pub(crate) fn of_list(words: &[String]) -> Self {
        let mut numbers = Self::default();
        for word in words {
            match word.strip_prefix('~') {
                Some(bare) => numbers.add_bare(bare),
                None => numbers.add_marked(word),
            };
        }
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_gives_the_same_numbers() {
        let mut numbers = Numbers::default();
        let ids = ["khai", "đẻ", "để", "khai"].map(|word| numbers.add(&Word::new(word)));
        assert_eq!(ids[0], ids[3]);
        assert_ne!(ids[0].marked, ids[0].bare, "both forms have their own");
        assert_eq!(ids[1].bare, ids[2].bare);
        let again = Numbers::of_list(&numbers.listed());
        assert_eq!((again.marked, again.bare), (numbers.marked, numbers.bare));
    }
}
