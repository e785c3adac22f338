//! Everything people say, found by its words: of procedures, of families, of what is not ours.

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
            saying.iter().map(|(marked, _)| vocabulary.weight(Some(*marked))).sum()
        };
        Self {
            words: Postings::of(vocabulary.len(), all.clone().map(forms)),
            weights: all.map(weight).collect(),
            starts,
        }
    }

    /// For each group, how alike a text and the best of its sayings are: the weight they share, as a
    /// part of what both have (Dice). `said` are the text's words, each once, with their weights;
    /// `weight` is that of all of it, unknown words included.
    pub(crate) fn alike(&self, said: &[(u32, f32)], weight: f32) -> Vec<f32> {
        let mut shared = vec![0.0f32; self.weights.len()];
        for (word, weight) in said {
            for holder in self.words.holders(*word) {
                shared[*holder as usize] += weight;
            }
        }
        let dice = |at: usize| {
            let both = self.weights[at] + weight;
            if both > 0.0 { (2.0 * shared[at] / both).min(1.0) } else { 0.0 }
        };
        let groups = self.starts.windows(2);
        groups.map(|group| (group[0]..group[1]).map(dice).fold(0.0, f32::max)).collect()
    }
}
