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

/// A word that more than one in so many hold has a whole row: adding it up is quicker than going from
/// holder to holder, and hardly larger.
const MOST: usize = 4;

/// What holding a word is worth in all parts together.
pub(crate) struct Worths {
    /// By word: where its holders begin, and what it is worth to them; the last are the ends.
    starts: Vec<(usize, usize)>,
    /// Nobody of a word that has a whole row.
    holders: Vec<u32>,
    worths: Vec<f32>,
}

impl Worths {
    /// `parts` are those of a word, and how much it counts in each.
    pub(crate) fn of<'a>(
        words: u32,
        texts: usize,
        parts: impl Fn(u32) -> &'a [(f32, &'a Postings)],
    ) -> Self {
        let mut all = Self { starts: vec![(0, 0)], holders: Vec::new(), worths: Vec::new() };
        let mut scores = vec![0.0; texts];
        for word in 0..words {
            let parts = parts(word);
            parts.iter().for_each(|(boost, part)| part.add(word, *boost, &mut scores));
            let holders = parts.iter().flat_map(|(_, part)| part.holders(word));
            let mut holders: Vec<u32> = holders.copied().collect();
            holders.sort_unstable();
            holders.dedup();
            if holders.len() * MOST > texts {
                all.worths.append(&mut scores);
                scores.resize(texts, 0.0);
            } else {
                let worth = |holder: &u32| std::mem::take(&mut scores[*holder as usize]);
                all.worths.extend(holders.iter().map(worth));
                all.holders.extend(holders);
            }
            all.starts.push((all.holders.len(), all.worths.len()));
        }
        all
    }

    /// Adds to each holder's score what holding a word is worth.
    pub(crate) fn add(&self, word: u32, boost: f32, scores: &mut [f32]) {
        let at = word as usize;
        let (Some(from), Some(to)) = (self.starts.get(at), self.starts.get(at + 1)) else { return };
        let holders = &self.holders[from.0..to.0];
        let worths = &self.worths[from.1..to.1];
        if holders.is_empty() {
            scores.iter_mut().zip(worths).for_each(|(score, worth)| *score += boost * worth);
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
