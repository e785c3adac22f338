//! Slips of keyboard and ear: unfinished Telex, words run together, one wrong letter, sounds that
//! a region does not tell apart.
//!
//! Only words that the corpus does not know are touched, or that stand beside words they never
//! stand beside; so what is right is not changed.

use crate::{lexicon::Word, word::bare};

/// A Vietnamese syllable is at most seven letters; longer words are run together or foreign.
const LONGEST_SYLLABLE: usize = 7;

/// The words of a corpus.
pub(crate) trait Known {
    /// In how many procedures a word stands, without its marks.
    fn frequency(&self, bare: &str) -> u32;
    /// In how many names two words stand side by side.
    fn together(&self, one: &str, other: &str) -> u32;
    /// Known words that are one letter longer, shorter or other.
    fn near(&self, bare: &str) -> Vec<String>;
}

/// Leads unknown words back to known ones where that is clear.
pub(crate) fn repair(words: &[Word], known: &dyn Known) -> Vec<Word> {
    let mut repaired: Vec<Word> = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).map(|next| next.bare.as_str());
        let before = repaired.last().map(|before| before.bare.clone());
        if let Some(meant) = misheard(word, before.as_deref(), next, known) {
            repaired.push(meant);
            continue;
        }
        let is_latin = word.bare.bytes().all(|b| b.is_ascii_lowercase());
        if !is_latin || word.bare.len() < 3 || known.frequency(&word.bare) > 0 {
            repaired.push(word.clone());
            continue;
        }
        if let Some(plain) = telex(&word.bare).filter(|plain| known.frequency(plain) > 0) {
            repaired.push(Word::new(&plain));
        } else if let Some(parts) = split(&word.bare, known) {
            repaired.extend(parts.iter().map(|part| Word::new(part)));
        } else if let Some(nearest) = nearest(&word.bare, before.as_deref(), next, known) {
            repaired.push(Word::new(&nearest));
        } else {
            repaired.push(word.clone());
        }
    }
    repaired
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

/// The word that sounds alike and that a neighbour speaks for, where none speaks for what was
/// typed.
fn misheard(
    word: &Word,
    before: Option<&str>,
    next: Option<&str>,
    known: &dyn Known,
) -> Option<Word> {
    let support = |bare: &str| {
        let left = before.map_or(0, |before| known.together(before, bare));
        left + next.map_or(0, |next| known.together(bare, next))
    };
    // "đ" is folded to d, but nobody takes it for "gi".
    if word.marked.starts_with('đ') || support(&word.bare) > 0 {
        return None;
    }
    let (from, into) = SOUNDS.iter().find(|(from, _)| word.bare.starts_with(from))?;
    let others = into.iter().map(|into| word.bare.replacen(from, into, 1));
    let (most, meant) = others.map(|bare| (support(&bare), bare)).max()?;
    (most > 0).then(|| Word::new(&meant))
}

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
            if better && known.frequency(&word[start..end]) > 20 {
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
    let together = parts.windows(2).any(|pair| known.together(&pair[0], &pair[1]) > 0);
    (parts.len() > 1 && together).then_some(parts)
}

/// The known word one letter away that its neighbours speak for.
fn nearest(
    word: &str,
    before: Option<&str>,
    next: Option<&str>,
    known: &dyn Known,
) -> Option<String> {
    let near = known.near(word).into_iter().map(|candidate| {
        let left = before.map_or(0, |before| known.together(before, &candidate));
        let right = next.map_or(0, |next| known.together(&candidate, next));
        (left + right, candidate)
    });
    // Without a neighbour's word for it, a guess would do more harm than good.
    near.filter(|(support, _)| *support > 0).max().map(|(_, candidate)| candidate)
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

    impl Known for Few {
        fn frequency(&self, bare: &str) -> u32 {
            let known = ["dang", "ki", "ket", "hon", "khai", "sinh", "duong", "giay"];
            if known.contains(&bare) { 50 } else { 0 }
        }

        fn together(&self, one: &str, other: &str) -> u32 {
            let known = [("dang", "ki"), ("ket", "hon"), ("khai", "sinh")];
            u32::from(known.contains(&(one, other)))
        }

        fn near(&self, bare: &str) -> Vec<String> {
            ["sinh", "ket", "khai"]
                .into_iter()
                .filter(|known| one_slip(known, bare))
                .map(str::to_owned)
                .collect()
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let words: Vec<Word> = text.split(' ').map(Word::new).collect();
        let bare: Vec<String> = repair(&words, &Few).into_iter().map(|word| word.bare).collect();
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
            repair(&words, &Few);
        }
    }
}
