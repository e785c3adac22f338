//! What holding a word is worth in all parts of a procedure together, summed when an index is opened.

use crate::postings::Postings;

/// A word that more than one in so many hold has a whole row: adding it up is quicker than going from
/// holder to holder, and hardly larger.
const MOST: usize = 4;

/// By word, what it is worth to whom.
pub(crate) struct Worths {
    /// By word: where its holders begin, and what it is worth to them; the last are the ends.
    starts: Vec<(usize, usize)>,
    /// Nobody of a word that has a whole row.
    holders: Vec<u32>,
    all: Vec<f32>,
}

impl Worths {
    /// `parts` are those of a word, and how much it counts in each.
    pub(crate) fn of<'a>(
        words: u32,
        texts: usize,
        parts: impl Fn(u32) -> &'a [(f32, &'a Postings)],
    ) -> Self {
        let mut worths = Self { starts: vec![(0, 0)], holders: Vec::new(), all: Vec::new() };
        let mut scores = vec![0.0; texts];
        for word in 0..words {
            let parts = parts(word);
            for (boost, part) in parts {
                part.add(word, *boost, &mut scores);
            }
            let holders = parts.iter().flat_map(|(_, part)| part.holders(word));
            let mut holders: Vec<u32> = holders.copied().collect();
            holders.sort_unstable();
            holders.dedup();
            if holders.len() * MOST > texts {
                worths.all.append(&mut scores);
                scores.resize(texts, 0.0);
            } else {
                let worth = |holder: &u32| std::mem::take(&mut scores[*holder as usize]);
                worths.all.extend(holders.iter().map(worth));
                worths.holders.extend(holders);
            }
            worths.starts.push((worths.holders.len(), worths.all.len()));
        }
        worths
    }

    /// Adds to each holder's score what holding a word is worth.
    pub(crate) fn add(&self, word: u32, boost: f32, scores: &mut [f32]) {
        let at = word as usize;
        let (Some(from), Some(to)) = (self.starts.get(at), self.starts.get(at + 1)) else { return };
        let holders = &self.holders[from.0..to.0];
        let worths = &self.all[from.1..to.1];
        if holders.is_empty() {
            for (score, worth) in scores.iter_mut().zip(worths) {
                *score += boost * worth;
            }
        }
        for (holder, worth) in holders.iter().zip(worths) {
            scores[*holder as usize] += boost * worth;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_parts_count_for_frequent_and_rare_words_alike() {
        let texts = || (0..20).map(|at| if at == 7 { vec![0, 1] } else { vec![0] });
        let others = || (0..20).map(|at| if at == 9 { vec![1] } else { vec![] });
        let (one, other) = (Postings::of(2, texts()), Postings::of(2, others()));
        let parts = [(2.0, &one), (0.5, &other)];
        let worths = Worths::of(2, 20, |_| &parts);
        for word in 0..2 {
            let (mut sum, mut both) = ([0.0; 20], [0.0; 20]);
            worths.add(word, 3.0, &mut sum);
            for (boost, part) in &parts {
                part.add(word, 3.0 * boost, &mut both);
            }
            assert!(sum.iter().zip(both).all(|(sum, both)| (sum - both).abs() < 1e-5), "{word}");
        }
        let mut none = [0.0; 20];
        worths.add(99, 1.0, &mut none);
        assert!(none.iter().all(|score| *score <= 0.0), "there is no such word");
    }
}
