//! Texts to tokens, and questions to weighted terms.

use motcua_text::{contains_phrase, fold, syllables};

use crate::lexicon::{LEXICON, Variant};

/// Words of an official synonym count for less than words that were said.
const SYNONYM_WEIGHT: f32 = 0.75;
/// A question is read up to this many syllables; spoken questions stay far below.
const MAX_SYLLABLES: usize = 120;

/// A question as terms.
#[derive(Debug, Clone, Default)]
pub(crate) struct Analysed {
    /// The folded text.
    pub(crate) folded: String,
    /// The text in lower case with its marks.
    pub(crate) lower: String,
    /// Content words that were said, each once, folded.
    pub(crate) said: Vec<String>,
    /// The same words as typed: with marks if the question carries marks, so that "mưa" is not
    /// taken for "mua".
    pub(crate) typed: Vec<String>,
    /// Content words and their official synonyms, each once, with weights.
    pub(crate) terms: Vec<(String, f32)>,
    /// Neighbouring content words, `a_b`, with weights.
    pub(crate) bigrams: Vec<(String, f32)>,
}

/// Cuts and weighs a question.
pub(crate) fn analyse(text: &str) -> Analysed {
    let lower = syllables(&motcua_text::normalize(text))
        .take(MAX_SYLLABLES)
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ");
    let folded = fold(&lower);
    let stripped = LEXICON
        .stop_phrases
        .iter()
        .fold(format!(" {folded} "), |text, phrase| text.replace(&format!(" {phrase} "), " | "));
    let mut analysed = Analysed { folded, lower, ..Analysed::default() };
    let words: Vec<&str> = stripped.split_whitespace().collect();
    for word in &words {
        if is_content(word) {
            push_once(&mut analysed.terms, word, 1.0);
            if !analysed.said.iter().any(|said| said == word) {
                analysed.said.push((*word).to_owned());
            }
        }
    }
    analysed.typed = typed(&analysed);
    // Neighbours are taken from the whole question: "cấp lại" is worth more than its words.
    let all: Vec<&str> = analysed.folded.split(' ').collect();
    for pair in all.windows(2) {
        if let [one, other] = pair
            && (is_content(one) || is_content(other))
        {
            push_once(&mut analysed.bigrams, &format!("{one}_{other}"), 1.0);
        }
    }
    add_synonyms(&mut analysed);
    analysed
}

/// Few people mark every word; a question with some marks is read as marked where it is.
fn typed(analysed: &Analysed) -> Vec<String> {
    let mut typed: Vec<String> = Vec::new();
    for word in analysed.lower.split(' ') {
        if analysed.said.contains(&fold(word)) && !typed.iter().any(|known| known == word) {
            typed.push(word.to_owned());
        }
    }
    typed
}

fn add_synonyms(analysed: &mut Analysed) {
    for entry in &LEXICON.everyday {
        if !entry.say.iter().any(|say| contains_phrase(&analysed.folded, say)) {
            continue;
        }
        for word in &entry.mean {
            push_once(&mut analysed.terms, word, SYNONYM_WEIGHT);
        }
        for pair in entry.mean.windows(2) {
            push_once(&mut analysed.bigrams, &pair.join("_"), SYNONYM_WEIGHT);
        }
    }
}

fn is_content(word: &str) -> bool {
    word != "|" && !LEXICON.stop_words.contains(word)
}

fn push_once(terms: &mut Vec<(String, f32)>, term: &str, weight: f32) {
    match terms.iter_mut().find(|(known, _)| known == term) {
        Some((_, known)) => *known = known.max(weight),
        None => terms.push((term.to_owned(), weight)),
    }
}

/// Whether a question carries a mark of a variant.
pub(crate) fn asks_for(variant: &Variant, folded: &str) -> bool {
    variant.cues.iter().any(|cue| contains_phrase(folded, cue))
        || contains_phrase(folded, &variant.name)
}

/// The folded syllables of a text.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let folded = fold(text);
    syllables(&folded).map(str::to_owned).collect()
}

/// Neighbouring syllables joined, for the phrase fields.
pub(crate) fn pairs(tokens: &[String]) -> impl Iterator<Item = String> {
    tokens.windows(2).map(|pair| pair.join("_"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn drops_how_it_is_asked_and_adds_what_is_meant() {
        let analysed = analyse("Cho em hỏi làm giấy độc thân cần gì ạ?");
        let terms: Vec<&str> = analysed.terms.iter().map(|(term, _)| term.as_str()).collect();
        assert!(terms.contains(&"doc") && terms.contains(&"hon"), "{terms:?}");
        assert!(!terms.contains(&"can"), "{terms:?}");
    }

    #[test]
    fn marks_make_no_difference() {
        let with = analyse("Đăng ký khai sinh").terms;
        assert_eq!(with, analyse("dang ky khai sinh").terms);
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,300}") {
            analyse(&text);
        }
    }
}
