//! Slips of keyboard and ear: unfinished Telex, words run together, one wrong letter, sounds that
//! a region does not tell apart.
//!
//! Only words that the corpus does not know are touched, or that stand beside words they never
//! stand beside; so what is right is not changed.

use crate::{lexicon::Word, word::bare};

/// A Vietnamese syllable is at most seven letters; longer words are run together or foreign.
const LONGEST_SYLLABLE: usize = 7;

/// The words of a corpus, by numbers of words without marks.
pub(crate) trait Known {
    /// The number of a word.
    fn bare(&self, word: &str) -> Option<u32>;
    /// In how many procedures it stands.
    fn frequency(&self, word: u32) -> u32;
    /// In how many names two words stand side by side.
    fn together(&self, one: u32, other: u32) -> u32;
    /// Known words that are one letter longer, shorter or other.
    fn near(&self, word: &str) -> Vec<String>;
}

/// The place of a word: what stands before and after it, as far as it is known.
struct Place<'a> {
    known: &'a dyn Known,
    before: Option<u32>,
    next: Option<u32>,
}

/// Leads unknown words back to known ones where that is clear.
pub(crate) fn repair(words: Vec<Word>, known: &dyn Known) -> Vec<Word> {
    let numbers: Vec<Option<u32>> = words.iter().map(|word| known.bare(&word.bare)).collect();
    let mut repaired: Vec<Word> = Vec::with_capacity(words.len());
    let mut before = None;
    for (at, word) in words.into_iter().enumerate() {
        let place = Place { known, before, next: numbers.get(at + 1).copied().flatten() };
        if let Some(meant) = place.meant(&word, numbers[at]) {
            repaired.extend(meant.iter().map(|part| Word::new(part)));
            before = repaired.last().and_then(|last| known.bare(&last.bare));
        } else {
            repaired.push(word);
            before = numbers[at];
        }
    }
    repaired
}

impl Place<'_> {
    /// What was meant by a word, if not the word.
    fn meant(&self, word: &Word, number: Option<u32>) -> Option<Vec<String>> {
        if let Some(meant) = self.misheard(word, number) {
            return Some(vec![meant]);
        }
        let is_latin = word.bare.bytes().all(|b| b.is_ascii_lowercase());
        if !is_latin || word.bare.len() < 3 || frequency(number, self.known) > 0 {
            return None;
        }
        let plain =
            telex(&word.bare).filter(|plain| frequency(self.known.bare(plain), self.known) > 0);
        plain
            .map(|plain| vec![plain])
            .or_else(|| split(&word.bare, self.known))
            .or_else(|| self.nearest(&word.bare).map(|nearest| vec![nearest]))
    }

    /// How much the neighbours speak for a word.
    fn support(&self, word: Option<u32>) -> u32 {
        together(self.before, word, self.known) + together(word, self.next, self.known)
    }

    /// The word that sounds alike and that a neighbour speaks for, where none speaks for what was
    /// typed.
    fn misheard(&self, word: &Word, number: Option<u32>) -> Option<String> {
        // "đ" is folded to d, but nobody takes it for "gi".
        if word.marked.starts_with('đ') || self.support(number) > 0 {
            return None;
        }
        let (from, into) = SOUNDS.iter().find(|(from, _)| word.bare.starts_with(from))?;
        let others = into.iter().map(|into| word.bare.replacen(from, into, 1));
        self.best(others)
    }

    /// The known word one letter away that its neighbours speak for.
    fn nearest(&self, word: &str) -> Option<String> {
        // Without a neighbour's word for it, a guess would do more harm than good.
        self.best(self.known.near(word).into_iter())
    }

    /// The word that the neighbours speak for most.
    fn best(&self, words: impl Iterator<Item = String>) -> Option<String> {
        let supported = words.map(|word| (self.support(self.known.bare(&word)), word));
        supported.filter(|(support, _)| *support > 0).max().map(|(_, word)| word)
    }
}

fn frequency(word: Option<u32>, known: &dyn Known) -> u32 {
    word.map_or(0, |word| known.frequency(word))
}

fn together(one: Option<u32>, other: Option<u32>, known: &dyn Known) -> u32 {
    one.zip(other).map_or(0, |(one, other)| known.together(one, other))
}

/// First sounds that many people do not tell apart: n and l, s and x, ch and tr, d, gi and r.
const SOUNDS: [(&str, &[&str]); 9] = [
    ("n", &["l"]),
    ("l", &["n"]),
    ("s", &["x"]),
    ("x", &["s"]),
    ("ch", &["tr"]),
    ("tr", &["ch"]),
    ("gi", &["d", "r"]),
    ("d", &["gi", "r"]),
    ("r", &["d", "gi"]),
];

/// What Telex keys were meant to give, without marks: "ddaay" is "day", "sinhf" is "sinh".
fn telex(word: &str) -> Option<String> {
    let mut plain = String::with_capacity(word.len());
    for (at, c) in word.char_indices() {
        let doubled = matches!(c, 'a' | 'e' | 'o' | 'd') && plain.ends_with(c);
        let is_key = matches!(c, 's' | 'f' | 'r' | 'x' | 'j' | 'w');
        let after_vowel = plain.contains(['a', 'e', 'i', 'o', 'u', 'y']);
        let lone_w = c == 'w' && !after_vowel;
        if lone_w {
            plain.push('u');
        } else if !(at > 0 && (doubled || (is_key && after_vowel))) {
            plain.push(c);
        }
    }
    (plain != word && plain.len() > 1).then(|| bare(&plain))
}

/// Cuts a run of syllables so that all parts are known and stand side by side in some name.
fn split(word: &str, known: &dyn Known) -> Option<Vec<String>> {
    if word.len() < 6 || word.len() > 40 {
        return None;
    }
    // best[i]: the fewest syllables that make up the first i letters, and the last one's start.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; word.len() + 1];
    best[0] = Some((0, 0));
    for end in 1..=word.len() {
        for start in end.saturating_sub(LONGEST_SYLLABLE)..end.saturating_sub(1) {
            let Some((count, _)) = best[start] else { continue };
            let better = best[end].is_none_or(|(most, _)| count + 1 < most);
            if better && frequency(known.bare(&word[start..end]), known) > 20 {
                best[end] = Some((count + 1, start));
            }
        }
    }
    let mut parts = Vec::new();
    let mut end = word.len();
    while end > 0 {
        let (_, start) = best[end]?;
        parts.push(word[start..end].to_owned());
        end = start;
    }
    parts.reverse();
    let numbers: Vec<Option<u32>> = parts.iter().map(|part| known.bare(part)).collect();
    let is_said = numbers.windows(2).any(|pair| together(pair[0], pair[1], known) > 0);
    (parts.len() > 1 && is_said).then_some(parts)
}

/// Whether one letter added, dropped, changed or two swapped make one word of the other.
pub(crate) fn one_slip(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if long.len() - short.len() > 1 || one == other {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    if short.len() < long.len() {
        return short[same..] == long[same + 1..];
    }
    let swapped = short.len() > same + 1
        && short[same] == long[same + 1]
        && short[same + 1] == long[same]
        && short[same + 2..] == long[same + 2..];
    swapped || short[same + 1..] == long[same + 1..]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    struct Few;

    const WORDS: [&str; 8] = ["dang", "ki", "ket", "hon", "khai", "sinh", "duong", "giay"];

    impl Known for Few {
        fn bare(&self, word: &str) -> Option<u32> {
            (0..).zip(WORDS).find(|(_, known)| *known == word).map(|(number, _)| number)
        }

        fn frequency(&self, _: u32) -> u32 {
            50
        }

        fn together(&self, one: u32, other: u32) -> u32 {
            u32::from([[0, 1], [2, 3], [4, 5]].contains(&[one, other]))
        }

        fn near(&self, word: &str) -> Vec<String> {
            let known = ["sinh", "ket", "khai"].into_iter();
            known.filter(|known| one_slip(known, word)).map(str::to_owned).collect()
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let words: Vec<Word> = text.split(' ').map(Word::new).collect();
        let bare: Vec<String> = repair(words, &Few).into_iter().map(|word| word.bare).collect();
        assert_eq!(bare.join(" "), expected, "from {text}");
    }

    #[test]
    fn leads_slips_back_to_known_words() {
        check("ddawng kys keest hoon", "dang ki ket hon");
        check("giaays", "giay");
        check("dduwowngf", "duong");
        check("khaisinh", "khai sinh");
        check("khai sihn", "khai sinh");
        check("khai snih", "khai sinh");
        check("khai xinh", "khai sinh");
    }

    #[test]
    fn leaves_alone_what_it_cannot_tell() {
        check("qzptk", "qzptk");
        check("sihn", "sihn");
        check("ket hon", "ket hon");
    }

    #[test]
    fn one_slip_and_no_more() {
        assert!(one_slip("sinh", "sin") && one_slip("sinh", "sihn") && one_slip("sinh", "senh"));
        assert!(!one_slip("sinh", "sinh") && !one_slip("sinh", "si") && !one_slip("sinh", "hnis"));
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,60}") {
            let words: Vec<Word> = text.split(' ').map(Word::new).collect();
            repair(words, &Few);
        }
    }
}
