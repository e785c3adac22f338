//! Whose paper it is: names after their labels, and personal numbers.

use crate::{
    piece::Piece,
    words::{likeness, words},
};

/// The people a paper names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct People {
    /// Folded names, each at least two syllables.
    pub(crate) names: Vec<Vec<String>>,
    /// Personal identification numbers, twelve digits.
    pub(crate) numbers: Vec<String>,
}

/// Labels after which a person's name stands.
const LABELS: &[&str] = &["toi la", "toi ten la", "ten toi la", "ong ba", "ong", "ba", "chau"];

/// Labels that a colon must follow, as the same words also stand elsewhere.
const FIELD_LABELS: &[&str] = &[
    "ho va ten",
    "ho ten",
    "ho chu dem ten",
    "ho chu dem va ten",
    "full name",
    "ten",
    "nguoi yeu cau",
    "khai sinh",
    "me",
    "cha",
    "chong",
    "vo",
    "chu ho",
    "ben nam",
    "ben nu",
    "ten chu dau tu",
];

/// Reads the people of a paper.
pub(crate) fn people(piece: &Piece) -> People {
    let lines: Vec<&str> = piece.lines().collect();
    let mut people = People::default();
    for (at, line) in lines.iter().enumerate() {
        for name in names_in(line, lines.get(at.saturating_add(1)).copied()) {
            if !people.names.contains(&name) {
                people.names.push(name);
            }
        }
        people.numbers.extend(personal_numbers(line));
    }
    people
}

/// Names on a line: capitalised words right after a label, or on the next line if the label ends this one.
fn names_in(line: &str, next: Option<&str>) -> Vec<Vec<String>> {
    let tokens: Vec<&str> = line.split_whitespace().collect();
    let mut names = Vec::new();
    for start in 0..tokens.len() {
        let before = tokens.iter().take(start).copied().collect::<Vec<_>>().join(" ");
        if !ends_with_label(&before) {
            continue;
        }
        names.extend(name_at(tokens.iter().skip(start).copied()));
    }
    if line.trim_end().ends_with(':') && ends_with_label(line) {
        names.extend(next.and_then(|next| name_at(next.split_whitespace())));
    }
    names
}

fn ends_with_label(text: &str) -> bool {
    let folded = words(text).join(" ");
    let colon = text.trim_end().ends_with(':');
    let ends = |label: &&str| folded == **label || folded.ends_with(&format!(" {label}"));
    LABELS.iter().any(&ends) || (colon && FIELD_LABELS.iter().any(&ends))
}

/// Two to five capitalised words in a row.
fn name_at<'a>(tokens: impl Iterator<Item = &'a str>) -> Option<Vec<String>> {
    let mut name = Vec::new();
    for token in tokens.take(5) {
        let bare = token.trim_matches(|c: char| !c.is_alphabetic());
        let capital = bare.chars().next().is_some_and(char::is_uppercase);
        if !capital || !bare.chars().all(char::is_alphabetic) {
            break;
        }
        name.extend(words(bare));
        // A comma or a row of dots ends a name.
        if token.ends_with(|c: char| !c.is_alphabetic()) {
            break;
        }
    }
    (name.len() >= 2).then_some(name)
}

/// Numbers of twelve digits; forms print them with a box for each digit.
fn personal_numbers(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut digits = String::new();
    for c in line.chars().chain(std::iter::once('.')) {
        if c.is_ascii_digit() {
            digits.push(c);
        } else if c != ' ' {
            if digits.len() == 12 {
                found.push(digits.clone());
            }
            digits.clear();
        }
    }
    found
}

impl People {
    /// Whether somebody here is also named there, forgiving a misread syllable or digit.
    pub(crate) fn share_someone(&self, text: &[String], others: &Self) -> bool {
        let named = |name: &Vec<String>| {
            let forgiven = usize::from(name.len() >= 3);
            text.windows(name.len()).any(|window| {
                let same = window.iter().zip(name).filter(|(a, b)| likeness(a, b) > 0.0).count();
                // The given name stands last; "Nguyễn Thị" alone is half the country.
                let given =
                    window.last().zip(name.last()).is_some_and(|(a, b)| likeness(a, b) > 0.0);
                given && same.saturating_add(forgiven) >= name.len()
            })
        };
        let numbered = |number: &String| {
            others
                .numbers
                .iter()
                .any(|other| number.chars().zip(other.chars()).filter(|(a, b)| a != b).count() <= 2)
        };
        self.names.iter().any(named) || self.numbers.iter().any(numbered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_after_their_labels() {
        let names = |line, next| {
            names_in(line, next).into_iter().map(|name| name.join(" ")).collect::<Vec<_>>()
        };
        assert_eq!(names("Họ và tên mẹ: Lương Thị Ngân", None), ["luong thi ngan"]);
        assert_eq!(names("TÊN BẢN VẼ", None), Vec::<String>::new());
        assert_eq!(names("Ông: CAO VĂN LÀNH, năm sinh 1962", None), ["cao van lanh"]);
        assert_eq!(
            names("Họ, chữ đệm và tên khai sinh / Full name:", Some("NGÔ QUANG VINH")),
            ["ngo quang vinh"]
        );
        assert_eq!(names("Tôi là: Trần Thị Mẫu, sinh ngày 01/01/1990", None), ["tran thi mau"]);
        assert_eq!(
            personal_numbers("Số định danh cá nhân: 0 9 2 0 9 7 9 9 9 0 5 4"),
            ["092097999054"]
        );
    }
}
