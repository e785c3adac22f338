//! Words to be found in a question one after the other.

use rustc_hash::FxHashMap;

use crate::{lexicon::Word, numbers::WordId, token::Token};

/// How many words may stand where a pattern leaves a gap.
const GAP: usize = 3;

/// `None` stands for up to three other words.
pub(crate) struct Pattern {
    parts: Vec<Option<Part>>,
    /// A single short word is another one without its marks ("đẻ", "để"): it must carry them.
    needs_marks: bool,
}

struct Part {
    id: WordId,
    has_marks: bool,
}

impl Pattern {
    /// `id` gives a word its numbers.
    pub(crate) fn new(text: &str, id: &mut impl FnMut(&Word) -> WordId) -> Self {
        let mut pattern = Self::anywhere(text, id);
        pattern.needs_marks = matches!(pattern.parts.as_slice(), [Some(part)] if part.has_marks);
        pattern
    }

    /// One that is found without its marks, even if it is but a word.
    pub(crate) fn anywhere(text: &str, id: &mut impl FnMut(&Word) -> WordId) -> Self {
        let mut part = |text: &str| {
            let word = Word::new(text);
            Part { id: id(&word), has_marks: word.has_marks }
        };
        let parts = text.split(' ').map(|text| (text != "…").then(|| part(text)));
        Self { parts: parts.collect(), needs_marks: false }
    }

    /// Its words without marks.
    pub(crate) fn bare(&self) -> impl Iterator<Item = u32> {
        self.parts.iter().flatten().map(|part| part.id.bare)
    }

    /// Its words that stand side by side, without marks.
    pub(crate) fn neighbours(&self) -> impl Iterator<Item = [u32; 2]> {
        self.parts.windows(2).filter_map(|pair| match pair {
            [Some(one), Some(other)] => Some([one.id.bare, other.id.bare]),
            _ => None,
        })
    }

    /// The tokens where it first matches, none of which is taken.
    pub(crate) fn find(&self, tokens: &[Token], taken: &[bool]) -> Option<Vec<usize>> {
        (0..tokens.len()).find_map(|from| self.match_at(tokens, taken, from))
    }

    /// The same where it has to begin with the token `from`.
    pub(crate) fn match_at(
        &self,
        tokens: &[Token],
        taken: &[bool],
        from: usize,
    ) -> Option<Vec<usize>> {
        let mut found = Vec::new();
        let mut at = from;
        let mut slack = 0;
        for part in &self.parts {
            let Some(part) = part else {
                slack = GAP;
                continue;
            };
            let reach = tokens.len().min(at + slack + 1);
            let here = (at..reach).find(|at| !taken[*at] && self.is_word(&tokens[*at], part))?;
            found.push(here);
            at = here + 1;
            slack = 0;
        }
        (!found.is_empty()).then_some(found)
    }

    fn is_word(&self, token: &Token, part: &Part) -> bool {
        let with_marks =
            token.word.has_marks || self.needs_marks || (token.exact && !part.has_marks);
        if with_marks { token.id.marked == part.id.marked } else { token.id.bare == part.id.bare }
    }
}

/// Patterns in their order, each with what it stands for.
pub(crate) struct Patterns<T> {
    all: Vec<(Pattern, T)>,
    /// By the word that a pattern begins with, without its marks: where it is.
    openings: FxHashMap<u32, Vec<usize>>,
}

impl<T> Patterns<T> {
    pub(crate) fn of(all: Vec<(Pattern, T)>) -> Self {
        let mut openings: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (at, (pattern, _)) in all.iter().enumerate() {
            if let Some(first) = pattern.bare().next() {
                openings.entry(first).or_default().push(at);
            }
        }
        Self { all, openings }
    }

    /// Those of which all words are among some without marks, which are sorted and come once each.
    pub(crate) fn within(&self, bare: &[u32]) -> impl Iterator<Item = &(Pattern, T)> {
        let may_match = |at: &usize| {
            self.all[*at].0.bare().skip(1).all(|word| bare.binary_search(&word).is_ok())
        };
        let opened = bare.iter().filter_map(|word| self.openings.get(word)).flatten();
        let mut found: Vec<usize> = opened.copied().filter(may_match).collect();
        found.sort_unstable();
        found.into_iter().map(|at| &self.all[at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbers::Numbers;

    /// Where a pattern is found in a text that was typed with its marks.
    fn found(pattern: &str, text: &str) -> Option<Vec<usize>> {
        let mut numbers = Numbers::from(0);
        let mut id = |word: &Word| numbers.add(word);
        let patterns = Patterns::of(vec![(Pattern::new(pattern, &mut id), ())]);
        let token = |text: &str| {
            let word = Word::new(text);
            Token { id: id(&word), exact: true, stop: false, word }
        };
        let tokens: Vec<Token> = text.split(' ').map(token).collect();
        let mut bare: Vec<u32> = tokens.iter().map(|token| token.id.bare).collect();
        bare.sort_unstable();
        let free = vec![false; tokens.len()];
        patterns.within(&bare).find_map(|(pattern, ())| pattern.find(&tokens, &free))
    }

    #[test]
    fn gaps_are_short_and_marks_of_lone_words_count() {
        assert_eq!(found("bố … mất", "hôm qua bố em vừa mất"), Some(vec![2, 5]));
        assert_eq!(found("bố … mất", "bố em đi chợ xa mất"), None, "too far apart");
        assert_eq!(found("bố … mất", "mất bố"), None, "the other way round");
        assert_eq!(found("sinh con", "mới sinh con"), Some(vec![1, 2]));
        assert_eq!(found("đẻ", "mới đẻ"), Some(vec![1]));
        assert_eq!(found("đẻ", "hỏi để biết"), None, "another word without its marks");
    }
}
