//! Everything people say, found by its words: of procedures, of families, of what is not ours.

use std::ops::Range;

use crate::{
    postings::Postings,
    vocabulary::{Saying, Vocabulary},
};

/// Sayings in groups: one for each procedure, then each family, then each foreign topic.
pub(crate) struct Sayings {
    words: Postings,
    /// How much all words of a saying weigh.
    weights: Vec<f32>,
    /// Where each group's sayings begin; the last number is where all end.
    starts: Vec<usize>,
}

impl Sayings {
    pub(crate) fn of(vocabulary: &Vocabulary) -> Self {
        let own = vocabulary.lists.iter().map(|lists| &lists.sayings);
        let groups = own.chain(&vocabulary.families).chain(&vocabulary.foreign);
        let mut starts = vec![0];
        starts.extend(groups.clone().scan(0, |end, group| {
            *end += group.len();
            Some(*end)
        }));
        let all = groups.flatten();
        let forms = |saying: &'_ Saying| {
            saying.iter().flat_map(|(marked, bare)| [*marked, *bare]).collect::<Vec<_>>()
        };
        let weight = |saying: &Saying| -> f32 {
            saying.iter().map(|(marked, _)| vocabulary.weight(*marked)).sum()
        };
        Self {
            words: Postings::of(vocabulary.len(), all.clone().map(forms)),
            weights: all.map(weight).collect(),
            starts,
        }
    }

    /// How alike a text and each saying are: the weight they share, as a part of what both have
    /// (Dice). `said` are the text's words, each once, with their weights; `weight` is that of all of
    /// it, unknown words included.
    pub(crate) fn alike(&self, said: &[(u32, f32)], weight: f32) -> AlikeSayings<'_> {
        let mut alike = vec![0.0; self.weights.len()];
        for (word, weight) in said {
            for holder in self.words.holders(*word) {
                alike[*holder as usize] += weight;
            }
        }
        for (alike, own) in alike.iter_mut().zip(&self.weights) {
            // Where both weigh nothing they share nothing.
            *alike = 2.0 * *alike / (own + weight).max(f32::MIN_POSITIVE);
        }
        AlikeSayings { sayings: self, alike }
    }
}

/// How alike a text and every saying are.
pub(crate) struct AlikeSayings<'a> {
    sayings: &'a Sayings,
    alike: Vec<f32>,
}

impl AlikeSayings<'_> {
    /// The most that any saying of some groups is.
    pub(crate) fn of(&self, groups: Range<usize>) -> f32 {
        let starts = &self.sayings.starts;
        most(&self.alike[starts[groups.start]..starts[groups.end]]).min(1.0)
    }
}

/// The most of some numbers, none of which is negative; side by side, as there are thousands.
fn most(numbers: &[f32]) -> f32 {
    let (rows, rest) = numbers.as_chunks::<16>();
    let more = |a: f32, b: f32| if a > b { a } else { b };
    let mut best = [0.0; 16];
    for row in rows {
        for (best, number) in best.iter_mut().zip(row) {
            *best = more(*best, *number);
        }
    }
    best.iter().chain(rest).copied().fold(0.0, more)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{lexicon::Word, vocabulary::Lists};

    #[test]
    fn the_best_saying_of_a_group_counts() {
        let mut vocabulary = Vocabulary::default();
        for word in ["khai", "sinh"] {
            vocabulary.numbers.add(&Word::new(word));
        }
        let sayings = vec![vec![(0, 1)], vec![(0, 1), (2, 3)]];
        vocabulary.lists.push(Lists { sayings, ..Lists::default() });
        vocabulary.families.push(vec![vec![(2, 3)]]);
        let sayings = Sayings::of(&vocabulary);
        let weight = vocabulary.weight(0);
        let alike = sayings.alike(&[(0, weight)], weight);
        assert!((alike.of(0..1) - 1.0).abs() < 1e-6, "the first says just that");
        assert!(alike.of(1..2) <= 0.0, "nothing is shared");
        assert!((alike.of(0..2) - 1.0).abs() < 1e-6, "of both");
    }

    #[test]
    fn the_most_of_any_count_is_found() {
        for count in 0..40u8 {
            let numbers: Vec<f32> = (0..count).map(|at| f32::from(at % 11)).collect();
            let expected = numbers.iter().copied().fold(0.0, f32::max);
            assert!((most(&numbers) - expected).abs() < f32::EPSILON, "{numbers:?}");
        }
    }
}
