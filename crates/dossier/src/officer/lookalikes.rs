//! Folded words of a note, without those that only the loss of their marks makes a denial.

use motcua_text::{fold, normalize};

/// What "chùa", "chữa" and "chứa" are folded to here: "sửa chữa nhà ở" denies no house, and "chùa Linh Sơn" nothing at
/// all. No word of anybody's is like it.
const NO_DENIAL: &str = "chua0";

/// As [`crate::words::words`], but for the words that look like "chưa".
pub(super) fn words(text: &str) -> Vec<String> {
    let text = normalize(text).to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let folded = |word: &str| match fold(word) {
        folded if folded == "chua" && word != "chưa" && !word.is_ascii() => NO_DENIAL.to_owned(),
        folded => folded,
    };
    words.map(folded).collect()
}

/// As [`crate::words::phrase`], but for the words that look like "chưa".
pub(super) fn phrase(text: &str) -> String {
    words(text).join(" ")
}

/// The parts of a note that each say one thing.
pub(super) fn clauses(says: &str) -> impl Iterator<Item = &str> {
    says.split([',', ';', '.', '(', ')', ':', '–'])
}

/// A note as it was written: with its marks, where it has any.
pub(super) struct Written {
    text: String,
    marked: bool,
}

impl Written {
    pub(super) fn of(text: &str) -> Self {
        let text = normalize(text).to_lowercase();
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let text = words.collect::<Vec<_>>().join(" ");
        Self { marked: !text.is_ascii(), text }
    }

    /// Whether it begins with one of these words.
    pub(super) fn starts(&self, any: &[&str]) -> bool {
        any.iter().any(|start| {
            self.read(start).is_some_and(|start| {
                let rest = self.text.strip_prefix(start.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            })
        })
    }

    /// Whether it ends with one of these words, after others.
    pub(super) fn ends(&self, any: &[&str]) -> bool {
        let ends = |end: &String| self.text.ends_with(&format!(" {end}"));
        any.iter().any(|end| self.read(end).is_some_and(|end| ends(&end)))
    }

    /// Whether these words stand somewhere in it.
    pub(super) fn holds(&self, any: &[&str]) -> bool {
        let text = format!(" {} ", self.text);
        let stand = |words: String| text.contains(&format!(" {words} "));
        any.iter().any(|words| self.read(words).is_some_and(stand))
    }

    /// Whether it is this word and nothing else.
    pub(super) fn is(&self, word: &str) -> bool {
        self.read(word).is_some_and(|word| word == self.text)
    }

    /// Whether it is this word and nothing else, written without marks.
    pub(super) fn is_unmarked(&self, word: &str) -> bool {
        self.text == word
    }

    /// Words as this note would have them; `None` for one that says nothing without its marks.
    fn read(&self, words: &str) -> Option<String> {
        match (self.marked, AMBIGUOUS.contains(&words)) {
            (true, _) => Some(words.to_owned()),
            (false, true) => None,
            (false, false) => Some(fold(words)),
        }
    }
}

/// Words that without their marks are others: "chùa", "cô", "dược", "rơi", "dùng", "phái", "dự", "con".
const AMBIGUOUS: &[&str] = &["chưa", "có", "được", "rồi", "đúng", "phải", "đủ", "còn"];
