//! The forms in which words are compared.
//!
//! Vietnamese is typed with and without marks, with the tone on either vowel ("hóa", "hoá") and
//! with "i" or "y" at the end of a syllable ("kí", "ký"). Both forms here make these one.

use std::sync::LazyLock;

use motcua_text::fold;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Without marks, in lower case, with a final "y" after a consonant as "i".
pub(crate) fn bare(word: &str) -> String {
    final_i(fold(word))
}

/// With its marks, in lower case; the tone stands at the end, wherever it was typed.
pub(crate) fn marked(word: &str) -> String {
    let known = word.chars().map(|c| LETTERS.get(c as usize).copied().flatten());
    let (mut whole, mut tones) = (String::with_capacity(word.len() + 1), String::new());
    for letter in known {
        let Some(Letter { plain, tone, .. }) = letter else { return marked_anew(word) };
        whole.push(plain);
        tones.extend(tone);
    }
    whole = final_i(whole);
    whole.push_str(&tones);
    whole
}

/// The same by Unicode's decomposition of the whole word.
fn marked_anew(word: &str) -> String {
    let lower = word.to_lowercase();
    let (tones, letters): (Vec<char>, Vec<char>) = lower.nfd().partition(|c| is_tone(*c));
    let letters: String = letters.into_iter().nfc().collect();
    let mut whole = final_i(letters);
    whole.extend(tones.into_iter().map(tone_digit));
    whole
}

/// Whether a word carries a mark or is written with đ.
pub(crate) fn has_marks(word: &str) -> bool {
    word.chars().any(|c| match LETTERS.get(c as usize).copied().flatten() {
        Some(letter) => letter.has_marks,
        None => char_has_marks(c),
    })
}

fn char_has_marks(c: char) -> bool {
    std::iter::once(c).nfd().any(|c| is_combining_mark(c) || matches!(c, 'đ' | 'Đ'))
}

/// What one character is in lower case.
#[derive(Clone, Copy)]
struct Letter {
    /// With all marks but the tone.
    plain: char,
    tone: Option<char>,
    has_marks: bool,
}

/// Latin letters that are one character with one tone at most: decomposing each anew took most of the
/// time of reading a word.
static LETTERS: LazyLock<Vec<Option<Letter>>> = LazyLock::new(|| {
    let letter = |c: char| {
        let is_latin = matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..);
        let (tones, plain): (Vec<char>, Vec<char>) =
            c.to_lowercase().nfd().partition(|c| is_tone(*c));
        let plain: Vec<char> = plain.into_iter().nfc().collect();
        let tone = tones.first().copied().map(tone_digit);
        match plain[..] {
            [plain] if is_latin && tones.len() < 2 => {
                Some(Letter { plain, tone, has_marks: char_has_marks(c) })
            }
            _ => None,
        }
    };
    ('\0'..='\u{1eff}').map(letter).collect()
});

fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

/// No syllable ends in a digit, so the tone cannot be taken for a letter.
fn tone_digit(tone: char) -> char {
    match tone {
        '\u{300}' => '2',
        '\u{301}' => '1',
        '\u{303}' => '4',
        '\u{309}' => '3',
        _ => '5',
    }
}

/// "ký" and "kí" are one word, "tay" and "tai" are two.
fn final_i(word: String) -> String {
    match word.strip_suffix('y') {
        Some(rest) if matches!(rest, "h" | "k" | "l" | "m" | "s" | "t" | "v" | "qu") => {
            format!("{rest}i")
        }
        _ => word,
    }
}

/// A text with "y" where most write it, though "i" is right too: "kí" as "ký", "lí" as "lý", "qui" as "quy".
///
/// Words meet whichever way they are written; an embedder, which has seen one far more often than the other, takes them
/// for two.
/// ```
/// use motcua_retrieval::usually_spelt;
/// assert_eq!(usually_spelt("Đăng kí, lí lịch, qui định, kinh tế"), "Đăng ký, lý lịch, quy định, kinh tế");
/// ```
pub fn usually_spelt(text: &str) -> String {
    let mut spelt = String::with_capacity(text.len());
    for part in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let (word, sign) = match part.char_indices().next_back() {
            Some((at, last)) if !last.is_alphabetic() => part.split_at(at),
            _ => (part, ""),
        };
        spelt.push_str(&with_final_y(word).unwrap_or_else(|| word.to_owned()));
        spelt.push_str(sign);
    }
    spelt
}

fn with_final_y(word: &str) -> Option<String> {
    let (at, last) = word.char_indices().next_back()?;
    let onset = word.get(..at)?;
    let known = ["k", "l", "qu"].iter().any(|known| onset.eq_ignore_ascii_case(known));
    let place = "iíìỉĩịIÍÌỈĨỊ".chars().position(|c| c == last).filter(|_| known)?;
    Some(format!("{onset}{}", "yýỳỷỹỵYÝỲỶỸỴ".chars().nth(place)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_word_meet() {
        assert_eq!(marked("hóa"), marked("hoá"));
        assert_eq!(marked("Thủy"), marked("thuỷ"));
        assert_eq!(marked("ký"), marked("kí"));
        assert_eq!(bare("lý"), bare("lí"));
        assert_ne!(bare("tay"), bare("tai"));
        assert_ne!(marked("mưa"), marked("mua"));
        assert_ne!(marked("đường"), marked("dương"));
    }

    proptest! {
        #[test]
        fn unmarked_words_have_one_form(word in "[a-z]{1,8}") {
            prop_assert_eq!(marked(&word), bare(&word));
            prop_assert!(!has_marks(&word));
        }

        #[test]
        fn letters_are_read_as_unicode_has_them(word in "[a-zA-Zđà-ỹÀ-Ỹ\\u{300}-\\u{323}]{1,8}|\\PC*") {
            prop_assert_eq!(marked(&word), marked_anew(&word));
        }
    }
}
