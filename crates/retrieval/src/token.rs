//! Syllables of a text as they are compared.

use crate::{lexicon::Word, numbers::WordId};

/// A syllable of a question.
pub(crate) struct Token {
    pub(crate) word: Word,
    /// Words that are not known have numbers too, beyond all others.
    pub(crate) id: WordId,
    /// The mark it has, or lacks, was meant: compare it with its marks.
    pub(crate) exact: bool,
    /// It tells how something is asked, not what.
    pub(crate) stop: bool,
}

/// The words of a text in both forms.
pub(crate) fn words(text: &str) -> Vec<Word> {
    motcua_text::syllables(text).map(Word::new).collect()
}
