//! Whether a question names another province than the kiosk's, and as whose.
//!
//! "Quê em ở Nghệ An" says nothing of what is asked; "chế độ của tỉnh Nghệ An" asks for what no counter here knows.

use crate::{
    analyse::Analysed,
    lexicon::{Folded, LEXICON, Province},
    token::Token,
};

/// Whether another province than `own`, the folded current name of the kiosk's, is named, and whether as whose thing is
/// asked for: each 0 or 1.
pub(crate) fn elsewhere(question: &Analysed<'_>, own: &str) -> [f32; 2] {
    let tokens = &question.tokens;
    let mut named = [false; 2];
    for at in 0..tokens.len() {
        let Some(province) = longest(&tokens[at..]).filter(|province| province.current != own)
        else {
            continue;
        };
        let before = without_title(&tokens[..at]);
        let after = &tokens[at + province.words.len()..];
        let owns = LEXICON.elsewhere.before.iter().any(|words| ends_with(before, words));
        let gives = || LEXICON.elsewhere.after.iter().any(|words| begins_with(after, words));
        named[0] = true;
        named[1] |= owns || before.is_empty() && gives();
    }
    named.map(f32::from)
}

/// The province that the tokens begin with, by the longest of its names.
fn longest(tokens: &[Token]) -> Option<&'static Province> {
    let begins = |province: &&Province| {
        // Typed with marks, "hạ nằm" is no province.
        let is_it = |(token, word): (&Token, &crate::lexicon::Word)| {
            token.word.marked == word.marked
                || (!token.word.has_marks && token.word.bare == word.bare)
        };
        tokens.len() >= province.words.len() && tokens.iter().zip(&province.words).all(is_it)
    };
    LEXICON.provinces().iter().filter(begins).max_by_key(|province| province.words.len())
}

fn without_title(before: &[Token]) -> &[Token] {
    let title = LEXICON.elsewhere.titles.iter().find(|title| ends_with(before, title));
    &before[..before.len() - title.map_or(0, |title| title.0.len())]
}

fn ends_with(tokens: &[Token], words: &Folded) -> bool {
    tokens.len().checked_sub(words.0.len()).is_some_and(|at| begins_with(&tokens[at..], words))
}

fn begins_with(tokens: &[Token], words: &Folded) -> bool {
    let mut both = tokens.iter().zip(&words.0);
    tokens.len() >= words.0.len() && both.all(|(token, word)| token.word.bare == *word)
}

#[cfg(test)]
mod tests {
    use crate::Index;

    use super::*;

    #[test]
    fn whose_thing_is_asked_for_and_where_somebody_comes_from() {
        let index = Index::in_memory(&[]);
        let found = |text: &str| elsewhere(&index.analyse(text), "phu tho").map(|sign| sign > 0.5);
        for of_another in [
            "chế độ của tỉnh Nghệ An cho người già",
            "Đà Nẵng hỗ trợ mua nhà",
            "tien ho tro cua tp HCM",
        ] {
            assert_eq!(found(of_another), [true, true], "{of_another}");
        }
        assert_eq!(found("quê em ở Nghệ An"), [true, false]);
        for own in ["chế độ của tỉnh Vĩnh Phúc cũ", "của cháu nó", "mẹ hạ nằm xuống"]
        {
            assert_eq!(found(own), [false, false], "{own}");
        }
    }
}
