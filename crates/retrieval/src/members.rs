//! Who holds each word, to be asked of a few candidates.

use crate::postings::Postings;

/// A word that more than one in so many hold has a bit for everybody: as small as a list of holders.
const OFTEN: usize = 32;

/// Who holds each word, for asking it of a few.
pub(crate) struct Members {
    /// By word: where its holders begin, and its bits; the last are the ends.
    starts: Vec<(usize, usize)>,
    /// Nobody of a word that has bits.
    holders: Vec<u32>,
    bits: Vec<u64>,
}

impl Members {
    /// `words` and `texts`: how many there are.
    pub(crate) fn of(postings: &Postings, words: u32, texts: usize) -> Self {
        let mut all = Self { starts: vec![(0, 0)], holders: Vec::new(), bits: Vec::new() };
        for word in 0..words {
            let holders = postings.holders(word);
            if holders.len() * OFTEN > texts {
                let from = all.bits.len();
                all.bits.resize(from + texts.div_ceil(64), 0);
                for holder in holders {
                    all.bits[from + *holder as usize / 64] |= 1 << (holder % 64);
                }
            } else {
                all.holders.extend(holders);
            }
            all.starts.push((all.holders.len(), all.bits.len()));
        }
        all
    }

    /// Sets the values of those of `few` that hold a word.
    pub(crate) fn set(&self, word: u32, few: &Few<'_>, values: &mut [f32], to: f32) {
        let at = word as usize;
        let (Some(from), Some(end)) = (self.starts.get(at), self.starts.get(at + 1)) else {
            return;
        };
        let bits = &self.bits[from.1..end.1];
        if !bits.is_empty() {
            for (value, at) in values.iter_mut().zip(few.all) {
                if bits[*at / 64] >> (at % 64) & 1 == 1 {
                    *value = to;
                }
            }
        }
        for holder in &self.holders[from.0..end.0] {
            if let Some(value) = values.get_mut(usize::from(few.places[*holder as usize])) {
                *value = to;
            }
        }
    }
}

/// A few of all texts, and where among them each stands.
pub(crate) struct Few<'a> {
    all: &'a [usize],
    /// Beyond the last for those that are not among them.
    places: Vec<u16>,
}

impl<'a> Few<'a> {
    /// `all` are fewer than 65,536 of so many.
    pub(crate) fn of(all: &'a [usize], texts: usize) -> Self {
        let mut places = vec![u16::MAX; texts];
        for (at, place) in all.iter().zip(0..u16::MAX) {
            places[*at] = place;
        }
        Self { all, places }
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_and_rare_words_are_found_alike() {
        let texts = || (0..200).map(|at| if at % 50 == 7 { vec![0, 1] } else { vec![0] });
        let members = Members::of(&Postings::of(3, texts()), 3, 200);
        assert!(!members.bits.is_empty() && !members.holders.is_empty(), "both kinds are there");
        let few = Few::of(&[7, 8, 199, 57], 200);
        let held = |word| {
            let mut values = [0.0; 4];
            members.set(word, &few, &mut values, 1.0);
            values.map(|value| value > 0.5)
        };
        assert_eq!(held(0), [true; 4]);
        assert_eq!(held(1), [true, false, false, true]);
        assert_eq!(held(2), [false; 4], "nobody holds it");
        assert_eq!(held(99), [false; 4], "there is no such word");
    }
}
