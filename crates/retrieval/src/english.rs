//! Questions in English, put into the Vietnamese words that the search knows.
//!
//! Foreigners ask in a few set phrases: what they need ("register the birth of a child") and what they want to know
//! of it ("how much"). These are turned phrase by phrase, the longest first, by `corpus/lexicon/english_asks.toml`;
//! order does not matter to the search. A text that is not English for the most part is left as it is.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use motcua_text::fold;
use serde::Deserialize;

/// English phrases and what they mean: `corpus/lexicon/english_asks.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AsksFile {
    schema: u32,
    /// Words that carry nothing.
    function: HashSet<String>,
    /// Phrases that carry nothing.
    openings: Vec<String>,
    /// By English phrase, the Vietnamese one.
    phrases: HashMap<String, String>,
}

struct Asks {
    function: HashSet<String>,
    /// Nothing is meant by an opening.
    phrases: HashMap<String, String>,
    /// Words of the longest phrase.
    longest: usize,
}

static ASKS: LazyLock<Asks> = LazyLock::new(|| {
    let text = include_str!("../../../corpus/lexicon/english_asks.toml");
    #[expect(clippy::expect_used, reason = "a file of this repository, read by every test")]
    let AsksFile { schema, function, openings, mut phrases } = toml::from_str(text).expect("valid");
    debug_assert_eq!(schema, 1);
    phrases.extend(openings.into_iter().map(|opening| (opening, String::new())));
    let longest = phrases.keys().map(|phrase| phrase.split(' ').count()).max().unwrap_or(1);
    Asks { function, phrases, longest }
});

/// Of a text so many words in a hundred must be known for it to be taken for English.
const KNOWN: usize = 60;

/// What a question in English asks, in Vietnamese; none if it is not English, or nothing of it is known.
pub fn from_english(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let all: Vec<String> = words(&text).collect();
    let carrying: Vec<&str> =
        all.iter().map(String::as_str).filter(|word| !ASKS.function.contains(*word)).collect();
    let (mut at, mut unknown, mut said) = (0, 0, Vec::new());
    while at < carrying.len() {
        let longest = ASKS.longest.min(carrying.len() - at);
        let known = (1..=longest).rev().find_map(|length| {
            Some((length, ASKS.phrases.get(&carrying[at..at + length].join(" "))?))
        });
        // A name, a number or a word that is not known is passed over.
        let Some((length, meant)) = known else {
            (at, unknown) = (at + 1, unknown + 1);
            continue;
        };
        if !meant.is_empty() && !said.contains(&meant.as_str()) {
            said.push(meant);
        }
        at += length;
    }
    let is_english = (all.len() - unknown) * 100 >= all.len() * KNOWN
        && carrying.iter().any(|word| !may_be_vietnamese(&fold(word)));
    (is_english && !said.is_empty()).then(|| said.join(" "))
}

/// The words of a text in lower case, each in the singular and without what makes it a possessive.
fn words(text: &str) -> impl Iterator<Item = String> {
    let split = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-');
    split.filter_map(|word| {
        let word = word.trim_matches(['\'', '-']);
        let word = word.strip_suffix("'s").unwrap_or(word);
        Some(singular(word)).filter(|word| !word.is_empty())
    })
}

fn singular(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 1 => return format!("{stem}y"),
        _ => {}
    }
    let is_plural = word.len() > 3
        && word.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    word[..word.len() - usize::from(is_plural)].to_owned()
}

/// Beginnings of Vietnamese syllables, the longest first.
const BEGINNINGS: [&str; 27] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "g", "h",
    "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];
/// Their ends.
const ENDS: [&str; 9] = ["ch", "ng", "nh", "c", "m", "n", "p", "t", ""];

/// Whether a word is built as a Vietnamese syllable without its marks: "so" and "do" are, "birth" is not.
fn may_be_vietnamese(word: &str) -> bool {
    let is_vowels = |middle: &str| {
        (1..=3).contains(&middle.len()) && middle.chars().all(|c| "aeiouy".contains(c))
    };
    BEGINNINGS
        .iter()
        .filter_map(|beginning| word.strip_prefix(beginning))
        .any(|rest| ENDS.iter().filter_map(|end| rest.strip_suffix(end)).any(is_vowels))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_put_into_the_words_of_the_search() {
        let asked = |text| from_english(text).unwrap_or_default();
        assert!(asked("How do I register the birth of my child?").contains("khai sinh"));
        assert!(
            asked("How do I register my child Nguyễn's birth in Đà Nẵng?").contains("khai sinh")
        );
        assert!(asked("how much does a marriage certificate cost").contains("kết hôn"));
    }

    #[test]
    fn vietnamese_is_left_as_it_is() {
        for text in [
            "đăng ký khai sinh",
            "to khai dang ky khai sinh",
            "can giay to gi",
            "ban sao",
            "lam can cuoc o dau",
            "xin cap lai so do bi mat",
            "sang ten xe may",
            "hen gap can bo",
            "nop ho so o dau va mat bao lau",
            "xac nhan doc than",
            "the bao hiem y te",
            "ca nha toi",
            "lam so do",
            "do",
            "mang do di",
        ] {
            assert_eq!(from_english(text), None, "{text}");
        }
    }
}
