//! Whether something is to be made once more ("làm lại"), and nothing is told of why.
//!
//! A card that was lost, one that has run out and one on which something has to be changed are made anew by different
//! procedures, all of which people call by the same two words.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::{lexicon::Word, token::Token};

/// `corpus/lexicon/redone.toml` as it was when the program was built.
#[expect(clippy::expect_used, reason = "a file of this repository, read by every test")]
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../corpus/lexicon/redone.toml")).expect("valid words")
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    #[expect(dead_code, reason = "says which form the file has")]
    schema: u32,
    says: Vec<Phrase>,
    reasons: Vec<Phrase>,
}

#[derive(Deserialize)]
#[serde(from = "String")]
struct Phrase(Vec<Word>);

impl From<String> for Phrase {
    fn from(text: String) -> Self {
        Self(motcua_text::syllables(&text).map(Word::new).collect())
    }
}

impl Phrase {
    fn stands_in(&self, tokens: &[Token]) -> bool {
        let is_it = |(token, word): (&Token, &Word)| {
            let said = &token.word;
            said.marked == word.marked || (!said.has_marks && said.bare == word.bare)
        };
        let begins = |run: &[Token]| run.iter().zip(&self.0).all(is_it);
        tokens.windows(self.0.len()).any(begins)
    }
}

/// 1 where that is so, else 0.
pub(crate) fn redone(tokens: &[Token]) -> f32 {
    let any = |phrases: &[Phrase]| phrases.iter().any(|phrase| phrase.stands_in(tokens));
    f32::from(any(&WORDS.says) && !any(&WORDS.reasons))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Index;

    #[test]
    fn a_reason_decides() {
        let index = Index::in_memory(&[]);
        let found = |text: &str| redone(&index.analyse(text).tokens) > 0.5;
        for open in ["làm lại bằng lái xe", "giay khuyet tat cua me can lam lai"] {
            assert!(found(open), "{open}");
        }
        for told in ["mất bằng lái, làm lại", "the can cuoc het han lam lai", "đổi bằng lái"]
        {
            assert!(!found(told), "{told}");
        }
    }
}
