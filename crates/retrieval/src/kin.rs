//! Kin by marriage, who are grown people: "con dâu" is no child and no seal.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::lexicon::Word;

/// `corpus/lexicon/kin.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kin {
    #[expect(dead_code, reason = "says which form the file has")]
    schema: u32,
    /// What a child is called too.
    heads: Vec<String>,
    by_marriage: Vec<String>,
    /// Words after which, without marks, kin are meant, ...
    after: Vec<String>,
    /// ... and before which.
    before: Vec<String>,
}

/// The file as it was when the program was built.
#[expect(clippy::expect_used, reason = "a file of this repository, read by every test")]
static KIN: LazyLock<Kin> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../corpus/lexicon/kin.toml")).expect("valid kin")
});

/// Reads kin by marriage without the word that makes children of them: "con dâu" as "dâu".
pub(crate) fn read(mut words: Vec<Word>) -> Vec<Word> {
    let mut keep: Vec<bool> = (0..words.len()).map(|at| !is_head(&words, at)).collect();
    keep.reverse();
    words.retain(|_| keep.pop().unwrap_or(true));
    words
}

fn is_head(words: &[Word], at: usize) -> bool {
    let [Some(head), Some(kin)] = [words.get(at), words.get(at + 1)] else { return false };
    if !is_among(head, &KIN.heads) || !is_among(kin, &KIN.by_marriage) {
        return false;
    }
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    kin.has_marks
        || before.is_some_and(|word| is_among(word, &KIN.after))
        || words.get(at + 2).is_some_and(|word| is_among(word, &KIN.before))
}

/// Whether a word is one of some, with its marks or without any.
fn is_among(word: &Word, among: &[String]) -> bool {
    among
        .iter()
        .map(|known| Word::new(known))
        .any(|known| known.marked == word.marked || !word.has_marks && known.bare == word.bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let read = read(motcua_text::syllables(text).map(Word::new).collect());
        let typed: Vec<&str> = read.iter().map(|word| word.typed.as_str()).collect();
        assert_eq!(typed.join(" "), expected);
    }

    #[test]
    fn kin_by_marriage_are_no_children() {
        check("nhap ho khau cho con dau", "nhap ho khau cho dau");
        check("nhập khẩu cho con rể út", "nhập khẩu cho rể út");
        check("chau dau toi moi cuoi", "dau toi moi cuoi");
        check("con dâu sinh con", "dâu sinh con");
    }

    #[test]
    fn seals_and_children_stay() {
        for other in [
            "đăng ký con dấu",
            "khac con dau cong ty",
            "con tôi ở đâu",
            "con đau ốm",
            "khai sinh cho con",
        ] {
            check(other, other);
        }
    }
}
