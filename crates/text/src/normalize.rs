use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// One line of clean text: NFC, every run of white space one space, control and invisible
/// characters gone. Idempotent; never loses a letter or a digit.
/// ```
/// assert_eq!(motcua_text::normalize("  đăng\u{a0}ký\tkhai\u{200b} sinh\n"), "đăng ký khai sinh");
/// ```
pub fn normalize(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Composing may meet a mark that an invisible character kept apart, so those go first.
    let visible = || text.chars().filter(|c| !is_invisible(*c));
    let mut push = |c: char| {
        if c.is_whitespace() || c.is_control() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(plain_punctuation(c));
        }
    };
    // Most text is composed already, and telling so is much quicker than composing it again.
    if is_nfc_quick(visible()) == IsNormalized::Yes {
        visible().for_each(&mut push);
    } else {
        visible().nfc().for_each(&mut push);
    }
    out.truncate(out.trim_end().len());
    out
}

/// Like [`normalize`], but keeps line breaks; blank lines are dropped.
pub fn normalize_lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(normalize).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

/// Quotes and dashes in the form a keyboard has; full-width digits stay what NFC leaves.
fn plain_punctuation(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201b}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        // Icelandic eth is a common stand-in for đ in old fonts.
        'Ð' => 'Đ',
        'ð' => 'đ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn composes_decomposed_vietnamese() {
        assert_eq!(normalize("Tha\u{302}\u{301}t nghie\u{323}\u{302}p"), "Thất nghiệp");
    }

    #[test]
    fn keeps_lines_when_asked() {
        assert_eq!(normalize_lines(" a  b \n\n\tc\r\n"), "a b\nc");
    }

    proptest! {
        #[test]
        fn is_idempotent(text in "\\PC*") {
            let once = normalize(&text);
            prop_assert_eq!(normalize(&once), once);
        }

        #[test]
        fn never_loses_a_digit(text in "[0-9a-zđăâêôơư .,\u{300}-\u{323}\u{200b}]*") {
            let digits = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
            prop_assert_eq!(digits(&normalize(&text)), digits(&text));
        }
    }
}
