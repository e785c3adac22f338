use memchr::memmem;

/// The syllables of a text: runs of letters and digits. Vietnamese writes a space between
/// syllables, so these are also what a search engine's tokens are.
///
/// A dot, slash or dash between digits or capital letters does not cut, so codes such as
/// `1.001193` and `118/2025/NĐ-CP` stay whole.
/// ```
/// let cut: Vec<&str> = motcua_text::syllables("Mã 1.001193, nộp ở đâu?").collect();
/// assert_eq!(cut, ["Mã", "1.001193", "nộp", "ở", "đâu"]);
/// ```
pub fn syllables(text: &str) -> impl Iterator<Item = &str> {
    Syllables { text, at: 0 }
}

struct Syllables<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Syllables<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.text.get(self.at..)?;
        let start = self.at + rest.find(is_word)?;
        let mut end = start;
        let mut chars = self.text.get(start..)?.char_indices().peekable();
        let mut in_code = false;
        while let Some((offset, c)) = chars.next() {
            if is_word(c) {
                in_code = in_code || c.is_ascii_digit();
                end = start + offset + c.len_utf8();
                continue;
            }
            let next = chars.peek().map(|(_, c)| *c);
            if !(in_code
                && is_joiner(c)
                && next.is_some_and(|n| n.is_ascii_digit() || n.is_uppercase()))
            {
                break;
            }
        }
        self.at = end;
        self.text.get(start..end)
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

fn is_joiner(c: char) -> bool {
    matches!(c, '.' | '/' | '-')
}

/// Whether `text` holds `phrase` as whole syllables; both must have been folded alike.
/// ```
/// assert!(motcua_text::contains_phrase("nop le phi o dau", "le phi"));
/// assert!(!motcua_text::contains_phrase("nop le phieu", "le phi"));
/// ```
pub fn contains_phrase(text: &str, phrase: &str) -> bool {
    if phrase.is_empty() {
        return false;
    }
    let boundary = |c: Option<char>| !c.is_some_and(is_word);
    // A phrase begins and ends between characters wherever its bytes stand in a text.
    memmem::find_iter(text.as_bytes(), phrase).any(|at| {
        boundary(text[..at].chars().next_back())
            && boundary(text[at + phrase.len()..].chars().next())
    })
}

/// Whether a text reads as Vietnamese: Latin letters, and no other script.
///
/// A short sentence may carry no mark at all, so marks are required only of longer ones.
pub fn is_vietnamese(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.iter().any(|c| !is_vietnamese_letter(*c)) {
        return false;
    }
    let marked = letters.iter().filter(|c| !c.is_ascii()).count();
    // Running Vietnamese carries a mark on about one letter in four; English on none.
    letters.len() < 24 || marked * 20 >= letters.len()
}

fn is_vietnamese_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, 'À'..='ỹ' if {
            let base = crate::fold_char(c);
            base.is_ascii_alphabetic()
        })
        || matches!(c, 'đ' | 'Đ')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keeps_codes_whole() {
        let cut = |text| syllables(text).collect::<Vec<_>>();
        assert_eq!(cut("NĐ 118/2025/NĐ-CP."), ["NĐ", "118/2025/NĐ-CP"]);
        assert_eq!(cut("xã-phường"), ["xã", "phường"]);
        assert_eq!(cut("CT01; 3.5"), ["CT01", "3.5"]);
        assert_eq!(cut("…"), Vec::<&str>::new());
    }

    #[test]
    fn tells_vietnamese_from_other_languages() {
        assert!(is_vietnamese("Lệ phí là 10.000 đồng, nộp tại Ủy ban nhân dân cấp xã."));
        assert!(!is_vietnamese("You need to submit the birth certificate at the office."));
        assert!(!is_vietnamese("需要提交出生证明"));
    }

    proptest! {
        #[test]
        fn slices_the_source_in_order(text in "\\PC*") {
            let mut at = 0;
            for syllable in syllables(&text) {
                let found = text[at..].find(syllable);
                prop_assert!(found.is_some());
                at += found.unwrap_or(0) + syllable.len();
            }
        }

        #[test]
        fn phrase_search_never_panics(text in "\\PC*", phrase in "\\PC*") {
            contains_phrase(&text, &phrase);
        }
    }
}
