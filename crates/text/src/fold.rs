use std::sync::LazyLock;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case without marks, for matching text that people typed with or without them.
///
/// `đ` is a letter of its own that Unicode does not decompose: it is folded by hand.
/// ```
/// assert_eq!(motcua_text::fold("Đăng ký LẠI khai sinh"), "dang ky lai khai sinh");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else if let Some(Some(known)) = LATIN.get(c as usize) {
            folded.push(*known);
        } else {
            folded.extend(decomposed(c));
        }
    }
    folded
}

/// What one character folds to, by Unicode's decomposition. Marks that it orders anew are dropped
/// anyway, so a text folds character by character.
fn decomposed(c: char) -> impl Iterator<Item = char> {
    let bases = std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c));
    bases.flat_map(char::to_lowercase).map(fold_base)
}

/// Characters up to the last Vietnamese vowel that fold to just one: decomposing each anew took most
/// of the time of reading thirty megabytes of records.
static LATIN: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
    let one = |c: char| {
        let mut folded = decomposed(c);
        folded.next().filter(|_| folded.next().is_none())
    };
    ('\0'..='\u{1eff}').map(one).collect()
});

/// Folds one character: `Ệ` and `ệ` give `e`, `Đ` gives `d`.
pub fn fold_char(c: char) -> char {
    let base = std::iter::once(c).nfd().find(|c| !is_combining_mark(*c)).unwrap_or(c);
    fold_base(base.to_lowercase().next().unwrap_or(base))
}

fn fold_base(c: char) -> char {
    match c {
        'đ' | 'ð' => 'd',
        'ı' => 'i',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folds_every_vietnamese_vowel_and_d() {
        assert_eq!(fold("ÀẢÃÁẠĂẰÂẦĐÈÊỀÌÒÔỒƠỜÙƯỪỲ"), "aaaaaaaaadeeeiooooouuuy");
    }

    proptest! {
        #[test]
        fn commutes_with_case(text in "[a-zA-ZđĐàÀệỆơƠ ]*") {
            prop_assert_eq!(fold(&text.to_uppercase()), fold(&text.to_lowercase()));
        }

        #[test]
        fn is_idempotent(text in "\\PC*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
