//! Whether letters could be Vietnamese: the measure of what recognition and old fonts get wrong.

use motcua_text::fold;

/// Counts over the words of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// Words of two letters or more, numbers and codes left out.
    pub(crate) all: usize,
    /// Those among them that Vietnamese could have.
    pub(crate) possible: usize,
}

impl Words {
    pub(crate) fn of(text: &str) -> Self {
        let mut words = Self::default();
        for word in text.split_whitespace().filter_map(letters) {
            words.all = words.all.saturating_add(1);
            words.possible = words.possible.saturating_add(usize::from(is_possible(word)));
        }
        words
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            all: self.all.saturating_add(other.all),
            possible: self.possible.saturating_add(other.possible),
        }
    }

    /// The share of possible words; 0 without words.
    pub(crate) fn share(self) -> f32 {
        self.possible as f32 / self.all.max(1) as f32
    }
}

/// The word in a run of characters; numbers and codes tell nothing.
fn letters(run: &str) -> Option<&str> {
    let word = run.trim_matches(|c: char| !c.is_alphanumeric());
    let has_digit = word.chars().any(|c| c.is_ascii_digit());
    (!has_digit && word.chars().nth(1).is_some()).then_some(word)
}

/// Whether a word is spelt as a Vietnamese syllable is, marks aside, or is an abbreviation.
fn is_possible(word: &str) -> bool {
    // UBND, CMND, HĐND: papers of the counter are full of them.
    if word.chars().count() <= 5 && word.chars().all(|c| c.is_uppercase() && c.is_alphabetic()) {
        return true;
    }
    // `xã/phường` and `Giấy-tờ` are words side by side.
    word.split(['/', '-', ',', '.', ':', ';', '(', ')']).all(|part| is_syllable(&fold(part)))
}

fn is_syllable(folded: &str) -> bool {
    let fits = |initial: &&str| {
        folded.strip_prefix(*initial).is_some_and(|rhyme| RHYMES.binary_search(&rhyme).is_ok())
    };
    folded.is_empty() || matches!(folded, "gi" | "gin" | "gieng") || INITIALS.iter().any(fits)
}

const INITIALS: [&str; 27] = [
    "", "b", "c", "ch", "d", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh",
    "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
];

/// The rhymes of Vietnamese without marks, sorted.
const RHYMES: [&str; 105] = [
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec",
    "ech", "em", "en", "eng", "enh", "eo", "ep", "et", "eu", "i", "ia", "ich", "iec", "iem", "ien",
    "ieng", "iep", "iet", "ieu", "im", "in", "inh", "ip", "it", "iu", "o", "oa", "oac", "oach",
    "oai", "oam", "oan", "oang", "oanh", "oao", "oat", "oay", "oc", "oe", "oen", "oeo", "oet",
    "oi", "om", "on", "ong", "ooc", "oong", "op", "ot", "u", "ua", "uan", "uang", "uat", "uay",
    "uc", "ue", "uech", "uen", "uenh", "ui", "um", "un", "ung", "uo", "uoc", "uoi", "uom", "uon",
    "uong", "uop", "uot", "uou", "up", "ut", "uu", "uy", "uya", "uych", "uyen", "uyet", "uynh",
    "uyt", "uyu", "y", "yem", "yen", "yet", "yeu",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rhymes_are_sorted_for_the_search() {
        assert!(RHYMES.is_sorted());
    }

    #[test]
    fn tells_vietnamese_from_noise() {
        let good = Words::of("Giấy đề nghị đăng ký hộ kinh doanh, UBND xã/phường Nghiêng 03/2026");
        assert_eq!((good.all, good.possible), (11, 11));
        let flipped = Words::of("uạfT ïqL nV TY Vnqgd dạn nộIt ugqu q2 tạtŒ ẹưu ưeq Án pựs");
        assert!(flipped.share() < 0.6, "{flipped:?}");
        let old_font = Words::of("Céng hßa x· héi chñ nghÜa ViÖt Nam §éc lËp Tù do");
        assert!(old_font.share() < 0.8, "{old_font:?}");
        assert_eq!(Words::of("12 a . …").all, 0);
    }
}
