//! With what words people say what is ours, what is not, and what leaves open which procedure is
//! meant.
//!
//! Naive Bayes over words and neighbouring words without their marks (McCallum and Nigam 1998, "A
//! Comparison of Event Models for Naive Bayes Text Classification"), learned from all sayings when
//! an index is opened. It hears what a story is about where none of its words is in the right
//! procedure's own sayings.

use rustc_hash::FxHashMap;

use crate::vocabulary::{Saying, Vocabulary};

/// A word, or two neighbours.
pub(crate) type Gram = (u32, Option<u32>);

/// Grams of one saying only say nothing of others.
const FEWEST: u32 = 2;
/// What is added to every count, so that what was never heard is not impossible.
const SMOOTHING: f32 = 0.5;

/// How much each gram speaks for ours, against what is not, and for one procedure, against a family:
/// logarithms of the odds.
pub(crate) struct Manner(FxHashMap<Gram, [f32; 2]>);

impl Manner {
    pub(crate) fn of(vocabulary: &Vocabulary) -> Self {
        let of_procedures = vocabulary.lists.iter().flat_map(|lists| &lists.sayings);
        let of_families = vocabulary.families.iter().flatten();
        let foreign = vocabulary.foreign.iter().flatten();
        let mut counts: FxHashMap<Gram, [u32; 3]> = FxHashMap::default();
        let mut count = |saying: &Saying, class: usize| {
            let words: Vec<u32> = saying.iter().map(|(_, bare)| *bare).collect();
            for gram in grams(&words) {
                counts.entry(gram).or_default()[class] += 1;
            }
        };
        of_procedures.for_each(|saying| count(saying, 0));
        of_families.for_each(|saying| count(saying, 1));
        foreign.for_each(|saying| count(saying, 2));
        counts.retain(|_, count| count.iter().sum::<u32>() >= FEWEST);
        let total = |class: usize| counts.values().map(|count| count[class]).sum::<u32>() as f32;
        let totals = [total(0), total(1), total(2)];
        let room = SMOOTHING * counts.len() as f32;
        let share = |count: u32, total: f32| (count as f32 + SMOOTHING) / (total + room);
        let odds = |count: [u32; 3]| {
            let ours = share(count[0] + count[1], totals[0] + totals[1]);
            let one = share(count[0], totals[0]);
            [(ours / share(count[2], totals[2])).ln(), (one / share(count[1], totals[1])).ln()]
        };
        Self(counts.into_iter().map(|(gram, count)| (gram, odds(count))).collect())
    }

    /// How much a text sounds like ours, and like one procedure: the mean over its words, which are given
    /// by their numbers without marks.
    pub(crate) fn hear(&self, words: &[u32]) -> [f32; 2] {
        let mut sums = [0.0; 2];
        for gram in grams(words) {
            if let Some(odds) = self.0.get(&gram) {
                sums[0] += odds[0];
                sums[1] += odds[1];
            }
        }
        sums.map(|sum| sum / words.len().max(1) as f32)
    }
}

/// Each once, in order.
pub(crate) fn grams(words: &[u32]) -> Vec<Gram> {
    let pairs = words.windows(2).map(|pair| (pair[0], Some(pair[1])));
    let mut found: Vec<Gram> = words.iter().map(|word| (*word, None)).chain(pairs).collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_other_topics_sound_foreign_and_vague_ones_like_a_family() {
        let saying = |words: &[u32]| words.iter().map(|word| (100 + word, *word)).collect();
        let mut vocabulary = Vocabulary::default();
        let own = crate::vocabulary::Lists {
            sayings: vec![saying(&[1, 2, 3]), saying(&[1, 2, 4])],
            ..Default::default()
        };
        vocabulary.lists.push(own);
        vocabulary.families.push(vec![saying(&[1, 5]), saying(&[1, 5])]);
        vocabulary.foreign.push(vec![saying(&[7, 8]), saying(&[7, 8])]);
        let manner = Manner::of(&vocabulary);
        let [ours, one] = manner.hear(&[1, 2]);
        assert!(ours > 0.0 && one > 0.0, "{ours} {one}");
        let [foreign, _] = manner.hear(&[7, 8]);
        assert!(foreign < 0.0, "{foreign}");
        let [_, vague] = manner.hear(&[1, 5]);
        assert!(vague < one, "{vague} {one}");
        for unheard in [&[99][..], &[]] {
            assert!(manner.hear(unheard).iter().all(|odds| odds.abs() < f32::EPSILON));
        }
    }
}
