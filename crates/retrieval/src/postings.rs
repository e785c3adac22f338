//! Which procedures hold each word: the word lists of procedures, turned around.

/// BM25's constants (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"), as
/// usual: how much the length of a text counts, and how fast it does.
const B: f32 = 0.75;
const K1: f32 = 1.2;

/// The holders of every word in one part of the procedures, each word counted once in each.
#[derive(Debug, Default)]
pub(crate) struct Postings {
    /// By word: where its holders begin; the last number is where all end.
    starts: Vec<u32>,
    holders: Vec<u32>,
    /// By procedure: what one word of it is worth, less in a long text than in a short one.
    norms: Vec<f32>,
}

impl Postings {
    /// `texts` are the words of that part of each procedure, each once, by their numbers below
    /// `words`.
    pub(crate) fn of<'a, I>(words: usize, texts: impl Iterator<Item = I> + Clone + 'a) -> Self
    where
        I: IntoIterator<Item = u32>,
    {
        let mut starts = vec![0; words + 1];
        let mut lengths = Vec::new();
        for text in texts.clone() {
            let mut length = 0.0;
            for word in text {
                starts[word as usize + 1] += 1;
                length += 1.0;
            }
            lengths.push(length);
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut holders = vec![0; *starts.last().unwrap_or(&0) as usize];
        for (text, holder) in texts.zip(0..) {
            for word in text {
                let place = &mut next[word as usize];
                holders[*place as usize] = holder;
                *place += 1;
            }
        }
        let mean = lengths.iter().sum::<f32>() / lengths.len().max(1) as f32;
        let norm = |length| (K1 + 1.0) / (1.0 + K1 * (1.0 - B + B * length / f32::max(mean, 1.0)));
        Self { starts, holders, norms: lengths.into_iter().map(norm).collect() }
    }

    /// Who holds a word.
    pub(crate) fn holders(&self, word: u32) -> &[u32] {
        let at = word as usize;
        let (Some(from), Some(to)) = (self.starts.get(at), self.starts.get(at + 1)) else {
            return &[];
        };
        self.holders.get(*from as usize..*to as usize).unwrap_or_default()
    }

    /// Adds to each holder's score what holding a word is worth.
    pub(crate) fn add(&self, word: u32, boost: f32, scores: &mut [f32]) {
        let holders = self.holders(word);
        let (all, holding) = (self.norms.len() as f32, holders.len() as f32);
        let rarity = boost * (1.0 + (all - holding + 0.5) / (holding + 0.5)).ln();
        for holder in holders {
            let holder = *holder as usize;
            scores[holder] += rarity * self.norms[holder];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_of_short_texts_count_most() {
        let texts = [vec![0, 1], vec![0, 2, 3, 4], vec![0, 1, 2, 3, 4]];
        let postings = Postings::of(6, texts.iter().map(|text| text.iter().copied()));
        let worth = |word| {
            let mut scores = [0.0; 3];
            postings.add(word, 1.0, &mut scores);
            scores
        };
        let (common, rarer) = (worth(0), worth(1));
        assert!(common[0] > common[1] && common[1] > common[2], "shorter is better: {common:?}");
        assert!(rarer[0] > common[0] && rarer[1] <= 0.0, "rarer is better: {rarer:?}");
        assert!(worth(5).iter().all(|worth| *worth <= 0.0), "nobody holds it");
        assert!(worth(99).iter().all(|worth| *worth <= 0.0), "there is no such word");
    }
}
