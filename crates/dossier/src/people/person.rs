//! Who is named on a paper, and whether two papers name the same one.

use crate::words::likeness;

/// The people a paper names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct People {
    /// Folded names, each at least two syllables.
    pub(crate) names: Vec<Vec<String>>,
    /// Personal identification numbers, twelve digits.
    pub(crate) numbers: Vec<String>,
    /// Those of them that the birthday beside them bears out: no digit of them was misread.
    pub(crate) proven: Vec<String>,
    /// It names more than were read.
    pub(crate) more: bool,
}

/// Somebody whose number was read beyond doubt: it encodes the year of birth that the paper states beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identified {
    /// Folded name.
    pub(crate) name: Vec<String>,
    /// Personal identification number.
    pub(crate) number: String,
    /// Year of birth.
    pub(crate) year: u16,
}

impl People {
    /// Whether the paper names nobody and bears no personal number.
    pub(crate) fn is_nobody(&self) -> bool {
        self.names.is_empty() && self.numbers.is_empty()
    }

    /// Whether somebody here is also named there, forgiving a misread syllable or digit.
    pub(crate) fn share_someone(&self, text: &[String], others: &Self) -> bool {
        let named = |name: &Vec<String>| {
            // "Thị" and "Văn" tell nobody from anybody: of "Mông Thị Hà" nothing may be misread.
            let telling =
                name.iter().filter(|word| !["thi", "van"].contains(&word.as_str())).count();
            let forgiven = usize::from(telling >= 3);
            text.windows(name.len()).any(|window| {
                let same = window.iter().zip(name).filter(|(a, b)| likeness(a, b) > 0.0).count();
                // The given name stands last; "Nguyễn Thị" alone is half the country.
                let given =
                    window.last().zip(name.last()).is_some_and(|(a, b)| likeness(a, b) > 0.0);
                given && same.saturating_add(forgiven) >= name.len()
            })
        };
        let numbered = |number: &String| {
            others.numbers.iter().any(|other| {
                let apart = number.chars().zip(other.chars()).filter(|(a, b)| a != b).count();
                let both = self.proven.contains(number) && others.proven.contains(other);
                apart == 0 || (apart <= 2 && !both)
            })
        };
        self.names.iter().any(named) || self.numbers.iter().any(numbered)
    }
}
