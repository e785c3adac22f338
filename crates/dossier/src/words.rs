//! Folded words, how much each of them tells, and how alike two names are.

use std::collections::{BTreeMap, BTreeSet};

use motcua_text::{fold, normalize};

/// The folded words of a text, in order. Punctuation and marks are gone, digits stay.
pub(crate) fn words(text: &str) -> Vec<String> {
    words_of_line(&normalize(text))
}

/// The same of a text that is normalised already, as the lines of a sheet are.
pub(crate) fn words_of_line(line: &str) -> Vec<String> {
    fold(line)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The folded words of a text with one space between them, for searching phrases.
pub(crate) fn phrase(text: &str) -> String {
    words(text).join(" ")
}

/// Words that join others and name nothing.
const FUNCTION_WORDS: &[&str] = &[
    "cac", "cho", "co", "cua", "do", "duoc", "hoac", "khi", "kem", "la", "mot", "nay", "neu",
    "nhung", "tai", "theo", "thi", "trong", "ve", "va", "voi", "vao", "viec", "den", "o",
];

/// What a function word weighs: something, so that "bản chính" differs from "bản", but little.
const FUNCTION_WEIGHT: f32 = 0.08;

/// How much each word tells, from how many names it stands in: "giấy" tells little, "chứng sinh" much.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weights {
    names: usize,
    holding: BTreeMap<String, usize>,
}

impl Weights {
    /// Counts the names each word stands in.
    pub(crate) fn over<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut weights = Self::default();
        for name in names {
            weights.names += 1;
            for word in words(name).into_iter().collect::<BTreeSet<_>>() {
                *weights.holding.entry(word).or_default() += 1;
            }
        }
        weights
    }

    /// 0 to 1: 1 for a word that stands in at most one name.
    pub(crate) fn of(&self, word: &str) -> f32 {
        if FUNCTION_WORDS.contains(&word) {
            return FUNCTION_WEIGHT;
        }
        let all = self.names.max(2) as f32;
        let holding = self.holding.get(word).copied().unwrap_or(0).max(1) as f32;
        ((1.0 + all / holding).ln() / (1.0 + all).ln()).clamp(0.15, 1.0)
    }

    fn sum(&self, words: &[String]) -> f32 {
        words.iter().map(|word| self.of(word)).sum()
    }
}

/// How two lists of words overlap, in weight.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Overlap {
    /// In both.
    pub(crate) both: f32,
    /// In the first only.
    pub(crate) left: f32,
    /// In the second only.
    pub(crate) right: f32,
}

impl Overlap {
    /// Compares two lists; order does not count, recognition errors cost a little.
    pub(crate) fn between(left: &[String], right: &[String], weights: &Weights) -> Self {
        let mut free: Vec<&String> = right.iter().collect();
        let mut overlap = Self { right: weights.sum(right), ..Self::default() };
        for word in left {
            let weight = weights.of(word);
            let best = free
                .iter()
                .enumerate()
                .map(|(at, other)| (at, likeness(word, other)))
                .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
            match best {
                Some((at, likeness)) if likeness > 0.0 => {
                    overlap.both += weight * likeness;
                    overlap.left += weight * (1.0 - likeness);
                    let other = free.remove(at);
                    overlap.right -= weights.of(other);
                }
                _ => overlap.left += weight,
            }
        }
        overlap.right = overlap.right.max(0.0);
        overlap
    }

    /// 0 to 1: how much of a name stands in a text, as [`Self::coverage`] of the two.
    pub(crate) fn covered(name: &[String], text: &Vocabulary, weights: &Weights) -> f32 {
        let mut used: Vec<&str> = Vec::new();
        let (mut found, mut all) = (0.0, 0.0);
        for word in name {
            let weight = weights.of(word);
            all += weight;
            if let Some((other, likeness)) = text.most_alike(word, &used) {
                found += weight * likeness;
                used.push(other);
            }
        }
        if all <= 0.0 { 0.0 } else { found / all }
    }

    /// 0 to 1: whether two names can be names of one thing.
    ///
    /// A name that only says more than the other ("… theo Mẫu số 18") is still the same thing; names
    /// that each say something the other does not ("khai sinh", "khai tử") are two.
    pub(crate) fn same_thing(self) -> f32 {
        if self.both <= 0.0 {
            return 0.0;
        }
        let (less, more) = (self.left.min(self.right), self.left.max(self.right));
        let substance = self.substance();
        // A long name that shares a word or two with a short title is told less surely by it.
        let unsaid = if self.left > self.right { 0.12 } else { 0.08 };
        let agreement = self.both / (self.both + 2.5 * less + unsaid * more);
        let contradiction = if less >= 0.5 { 0.7 } else { 1.0 };
        substance * agreement * contradiction
    }

    /// 0 to 1: whether what is shared is more than a common word or two.
    pub(crate) fn substance(self) -> f32 {
        self.both / (self.both + 0.35)
    }

    /// 0 to 1: how much of the first stands in the second.
    pub(crate) fn coverage(self) -> f32 {
        let all = self.both + self.left;
        if all <= 0.0 { 0.0 } else { self.both / all }
    }
}

/// How often each word stands in a text: names are looked for on a page by the hundred.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    /// By the length of the words, as only words of about the same length are alike.
    of_length: BTreeMap<usize, BTreeMap<String, usize>>,
}

impl Vocabulary {
    /// Counts the words.
    pub(crate) fn of<'a>(words: impl Iterator<Item = &'a String>) -> Self {
        let mut all = Self::default();
        for word in words {
            let alike = all.of_length.entry(word.len()).or_default();
            match alike.get_mut(word) {
                Some(often) => *often = often.saturating_add(1),
                None => drop(alike.insert(word.clone(), 1)),
            }
        }
        all
    }

    /// Whether a text of these words can [hold](holds) the phrase: short of ten words, what it lacks of one cannot be
    /// made up for by the others.
    pub(crate) fn may_hold(&self, phrase: &[String]) -> bool {
        phrase.len() >= 10 || phrase.iter().all(|word| self.most_alike(word, &[]).is_some())
    }

    /// The word most like this one that was not used as often as it stands there, and how alike it is.
    fn most_alike(&self, word: &str, used: &[&str]) -> Option<(&str, f32)> {
        let is_free =
            |other: &str, often: usize| used.iter().filter(|used| **used == other).count() < often;
        let same = self.of_length.get(&word.len()).and_then(|all| all.get_key_value(word));
        if let Some((same, _)) = same.filter(|(other, often)| is_free(other, **often)) {
            return Some((same, 1.0));
        }
        let near = word.len().saturating_sub(1)..=word.len().saturating_add(1);
        let alike =
            self.of_length.range(near).flat_map(|(_, all)| all).filter_map(|(other, often)| {
                let likeness = likeness(word, other);
                (likeness > 0.0 && is_free(other, *often)).then_some((other.as_str(), likeness))
            });
        alike.max_by(|a, b| a.1.total_cmp(&b.1))
    }
}

/// 1 for the same word, something for one that a scanner may have made of it, else 0.
///
/// Vietnamese syllables are short: one other letter usually makes another word ("sinh", "minh"), so
/// only long ones, or letters that look alike, are forgiven.
pub(crate) fn likeness(a: &str, b: &str) -> f32 {
    if a == b {
        return 1.0;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let short = a.len().min(b.len());
    if short < 3 || a.len().abs_diff(b.len()) > 1 || !a.is_ascii() || !b.is_ascii() {
        return 0.0;
    }
    if a.iter().all(u8::is_ascii_digit) || b.iter().all(u8::is_ascii_digit) {
        return 0.0;
    }
    let shared = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let rest = |word, skip: usize| -> Option<&[u8]> { <[u8]>::get(word, shared + skip..) };
    let long = short >= 5;
    if a.len() == b.len() {
        let alike =
            matches!((a.get(shared), b.get(shared)), (Some(x), Some(y)) if look_alike(*x, *y));
        return match (rest(a, 1) == rest(b, 1), long, alike) {
            (true, true, _) => 0.8,
            (true, false, true) => 0.7,
            _ => 0.0,
        };
    }
    let (longer, shorter) = if a.len() > b.len() { (a, b) } else { (b, a) };
    if long && rest(longer, 1) == rest(shorter, 0) { 0.8 } else { 0.0 }
}

fn look_alike(a: u8, b: u8) -> bool {
    const GROUPS: [&[u8]; 8] = [b"il1tfj", b"o0ceaq", b"unv", b"hb", b"g9q8", b"s5", b"z2", b"rn"];
    GROUPS.iter().any(|group| group.contains(&a) && group.contains(&b))
}

/// Whether the phrase stands in the text, both as lists of folded words, forgiving scanner errors:
/// on average nine tenths of each word.
pub(crate) fn holds(text: &[String], phrase: &[String]) -> bool {
    place(text, phrase).is_some()
}

/// Where the phrase first stands in the text, as [`holds`] finds it.
pub(crate) fn place(text: &[String], phrase: &[String]) -> Option<usize> {
    let least = 0.9 * phrase.len() as f32;
    let stands = |window: &[String]| {
        // Most places are left at their first word, as what it lacks can no longer be made up for.
        let mut most = phrase.len() as f32;
        window.iter().zip(phrase).all(|(a, b)| {
            most -= 1.0 - likeness(a, b);
            most >= least
        })
    };
    if phrase.is_empty() { None } else { text.windows(phrase.len()).position(stands) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> f32 {
        let names = [
            "Tờ khai đăng ký khai sinh",
            "Tờ khai đăng ký khai tử",
            "Giấy chứng sinh",
            "Giấy chứng nhận kết hôn",
            "Giấy chứng nhận quyền sử dụng đất",
            "Văn bản ủy quyền",
            "Đơn đề nghị",
            "Giấy đề nghị",
        ];
        let weights = Weights::over(names.into_iter());
        Overlap::between(&words(a), &words(b), &weights).same_thing()
    }

    #[test]
    fn a_longer_name_is_the_same_thing_and_another_name_is_not() {
        let longer = same("Tờ khai đăng ký khai sinh theo mẫu", "TỜ KHAI ĐĂNG KÝ KHAI SINH");
        let other = same("Tờ khai đăng ký khai sinh", "TỜ KHAI ĐĂNG KÝ KHAI TỬ");
        assert!(longer > 0.7, "{longer}");
        assert!(other < 0.5, "{other}");
        assert!(same("Giấy chứng sinh", "GIẤY CHỨNG MINH NHÂN DÂN") < 0.4);
    }

    #[test]
    fn forgives_what_scanners_do_and_nothing_else() {
        assert!(likeness("chuong", "chuông") < 1.0);
        assert!(likeness("nhuong", "nhuang") > 0.5);
        assert!(likeness("sinh", "minh").abs() < f32::EPSILON);
        assert!(likeness("tu", "su").abs() < f32::EPSILON);
        assert!(likeness("18", "19").abs() < f32::EPSILON);
        assert!(holds(
            &words("CHỨNG THỰC BẢN SAO ĐUNG VỚI BAN CHÍNH"),
            &words("bản sao đúng với bản chính")
        ));
    }
}
