//! Whether a question says which of a family's options is meant.
//!
//! Naive Bayes as in [`crate::manner`], once for each family: between what people say who mean one
//! of its options, and what they say who have left open which.

use rustc_hash::FxHashMap;

use crate::{
    families::FAMILIES,
    manner::{Gram, grams},
    vocabulary::{Saying, Vocabulary},
};

/// What is added to every count, so that what was never heard is not impossible.
const SMOOTHING: f32 = 0.5;

/// By family: how likely each gram is in what is left open, then in what is said of each of the family's procedures;
/// logarithms.
pub(crate) struct Undecided(Vec<FxHashMap<Gram, Vec<f32>>>);

impl Undecided {
    /// `options` are the places of a family's procedures.
    pub(crate) fn of(vocabulary: &Vocabulary, options: impl Fn(usize) -> Vec<usize>) -> Self {
        let family = |at: usize| {
            let own = vocabulary.families.get(at).map_or(&[][..], Vec::as_slice);
            let of = options(at).into_iter().filter_map(|one| vocabulary.lists.get(one));
            let mut classes = vec![own];
            classes.extend(of.map(|lists| lists.sayings.as_slice()));
            chances(&classes)
        };
        Self((0..FAMILIES.len()).map(family).collect())
    }

    /// How much more a text sounds as if nothing were decided than like the likeliest option: the
    /// logarithm of the odds, by the root of how many of its grams the family knows. 0 where none is known.
    pub(crate) fn hear(&self, family: usize, words: &[u32]) -> f32 {
        let Some(known) = self.0.get(family) else { return 0.0 };
        let heard: Vec<&Vec<f32>> =
            grams(words).iter().filter_map(|gram| known.get(gram)).collect();
        let options = heard.first().map_or(0, |chances| chances.len().saturating_sub(1));
        if options == 0 {
            return 0.0;
        }
        let sum = |class: usize| heard.iter().map(|chances| chances[class]).sum::<f32>();
        let likeliest = (1..=options).map(sum).fold(f32::NEG_INFINITY, f32::max);
        (sum(0) - likeliest) / (heard.len() as f32).sqrt()
    }
}

fn chances(classes: &[&[Saying]]) -> FxHashMap<Gram, Vec<f32>> {
    let mut counts: FxHashMap<Gram, Vec<f32>> = FxHashMap::default();
    for (class, sayings) in classes.iter().enumerate() {
        for saying in *sayings {
            let words: Vec<u32> = saying.iter().map(|(_, bare)| *bare).collect();
            for gram in grams(&words) {
                counts.entry(gram).or_insert_with(|| vec![0.0; classes.len()])[class] += 1.0;
            }
        }
    }
    counts.retain(|_, counts| counts.iter().sum::<f32>() >= 2.0);
    for counts in counts.values_mut() {
        for (count, sayings) in counts.iter_mut().zip(classes) {
            *count = ((*count + SMOOTHING) / (sayings.len() as f32 + 2.0 * SMOOTHING)).ln();
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Lists;

    #[test]
    fn words_of_one_option_decide_and_words_of_all_do_not() {
        let saying = |words: &[u32]| words.iter().map(|word| (100 + word, *word)).collect();
        let said = |sayings: &[&[u32]]| sayings.iter().map(|words| saying(words)).collect();
        let mut vocabulary = Vocabulary::default();
        let option = |sayings: &[&[u32]]| Lists { sayings: said(sayings), ..Lists::default() };
        vocabulary.lists = vec![option(&[&[1, 2, 3], &[1, 2, 3]]), option(&[&[1, 2, 4], &[1, 4]])];
        vocabulary.families.push(said(&[&[1, 2], &[1, 2, 5], &[2, 1, 5]]));
        let undecided =
            Undecided::of(&vocabulary, |family| if family == 0 { vec![0, 1] } else { vec![] });
        let (open, lost, worn) =
            (undecided.hear(0, &[1, 2, 5]), undecided.hear(0, &[1, 2, 3]), undecided.hear(0, &[4]));
        assert!(open > 0.0 && lost < 0.0 && worn < 0.0, "{open} {lost} {worn}");
        for (family, words) in [(0, &[99][..]), (1, &[1, 2]), (usize::MAX, &[1])] {
            assert!(undecided.hear(family, words).abs() < f32::EPSILON, "{family}");
        }
    }
}
