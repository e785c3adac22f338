//! The forms in which words are compared.
//!
//! Vietnamese is typed with and without marks, with the tone on either vowel ("hóa", "hoá") and
//! with "i" or "y" at the end of a syllable ("kí", "ký"). Both forms here make these one.

use motcua_text::fold;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Without marks, in lower case, with a final "y" after a consonant as "i".
pub(crate) fn bare(word: &str) -> String {
    final_i(fold(word))
}

/// With its marks, in lower case; the tone stands at the end, wherever it was typed.
pub(crate) fn marked(word: &str) -> String {
    let lower = word.to_lowercase();
    let (tones, letters): (Vec<char>, Vec<char>) = lower.nfd().partition(|c| is_tone(*c));
    let letters: String = letters.into_iter().nfc().collect();
    let mut whole = final_i(letters);
    whole.extend(tones.into_iter().map(tone_digit));
    whole
}

/// Whether a word carries a mark or is written with đ.
pub(crate) fn has_marks(word: &str) -> bool {
    word.nfd().any(|c| is_combining_mark(c) || matches!(c, 'đ' | 'Đ'))
}

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
    }
}
