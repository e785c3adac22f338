//! The reviewable word lists of `corpus/lexicon`, parsed once.

use std::{collections::BTreeSet, sync::LazyLock};

use motcua_text::fold;
use serde::Deserialize;

/// The word lists in folded form.
pub(crate) struct Lexicon {
    /// What people say and the official words it stands for.
    pub(crate) everyday: Vec<Everyday>,
    /// Marks of variants.
    pub(crate) variants: Vec<Variant>,
    /// Single words without content.
    pub(crate) stop_words: BTreeSet<String>,
    /// Phrases without content, longest first.
    pub(crate) stop_phrases: Vec<String>,
}

pub(crate) struct Everyday {
    pub(crate) say: Vec<String>,
    pub(crate) mean: Vec<String>,
}

pub(crate) struct Variant {
    pub(crate) name: String,
    /// A cue leaves no doubt that the variant is meant.
    pub(crate) strong: bool,
    pub(crate) cues: Vec<String>,
}

#[derive(Deserialize)]
struct EverydayFile {
    words: Vec<EverydayEntry>,
}

#[derive(Deserialize)]
struct EverydayEntry {
    say: Vec<String>,
    mean: String,
}

#[derive(Deserialize)]
struct VariantFile {
    variants: Vec<VariantEntry>,
}

#[derive(Deserialize)]
struct VariantEntry {
    name: String,
    #[serde(default)]
    strong: bool,
    cues: Vec<String>,
}

#[derive(Deserialize)]
struct StopFile {
    words: Vec<String>,
}

/// The lists as they were when the program was built.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "files of this repository, read by every test")]
    {
        let everyday: EverydayFile =
            toml::from_str(include_str!("../../../corpus/lexicon/everyday.toml")).expect("valid");
        let variants: VariantFile =
            toml::from_str(include_str!("../../../corpus/lexicon/variants.toml")).expect("valid");
        let stop: StopFile =
            toml::from_str(include_str!("../../../corpus/lexicon/stopwords.toml")).expect("valid");
        Lexicon::new(everyday, variants, stop)
    }
});

impl Lexicon {
    fn new(everyday: EverydayFile, variants: VariantFile, stop: StopFile) -> Self {
        let folded = |words: Vec<String>| words.iter().map(|word| fold(word)).collect::<Vec<_>>();
        let everyday = everyday.words.into_iter().map(|entry| Everyday {
            say: folded(entry.say),
            mean: fold(&entry.mean).split(' ').map(str::to_owned).collect(),
        });
        let variants = variants.variants.into_iter().map(|entry| Variant {
            name: fold(&entry.name),
            strong: entry.strong,
            cues: folded(entry.cues),
        });
        let (mut stop_phrases, stop_words): (Vec<String>, Vec<String>) =
            folded(stop.words).into_iter().partition(|words| words.contains(' '));
        stop_phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        Self {
            everyday: everyday.collect(),
            variants: variants.collect(),
            stop_words: stop_words.into_iter().collect(),
            stop_phrases,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_there_and_folded() {
        assert!(LEXICON.stop_words.contains("khong"));
        assert!(LEXICON.variants.iter().any(|variant| variant.name == "luu dong"));
        assert!(LEXICON.everyday.iter().any(|entry| entry.say.contains(&"so do".to_owned())));
    }
}
