//! The parts of procedures whose words count differently, turned around for the search.

use crate::{
    analyse::{Analysed, Wanted},
    members::Members,
    postings::Postings,
    vocabulary::Vocabulary,
    worths::Worths,
};

/// How much a word counts that stands in a name as it was typed, ...
const IN_NAME: f32 = 1.6;
/// ... and without its marks in the name, in a saying, and in the content.
const WITHOUT_MARKS: [f32; 3] = [0.6, 1.6, 0.5];

/// Who holds the words of procedures, and what that is worth.
pub(crate) struct Parts {
    /// How many procedures there are.
    count: usize,
    names: Postings,
    /// Names, sayings and content.
    whole: Worths,
    pub(crate) named: Names,
    /// Names and sayings.
    pub(crate) heads: Members,
    /// The content.
    pub(crate) body: Members,
    /// Neighbouring words of names and sayings.
    pub(crate) pairs: Postings,
}

/// The words of all names, one name after the other: candidates are read side by side.
pub(crate) struct Names {
    /// By procedure: where its name begins; the last number is where all end.
    starts: Vec<usize>,
    words: Vec<NameWord>,
}

pub(crate) struct NameWord {
    pub(crate) marked: u32,
    pub(crate) bare: u32,
    pub(crate) weight: f32,
}

impl Names {
    fn of(vocabulary: &Vocabulary) -> Self {
        let mut names = Self { starts: vec![0], words: Vec::new() };
        for lists in &vocabulary.lists {
            names.words.extend(lists.name.iter().map(|(marked, bare)| NameWord {
                marked: *marked,
                bare: *bare,
                weight: vocabulary.weight(*marked),
            }));
            names.starts.push(names.words.len());
        }
        names
    }

    pub(crate) fn words(&self, entry: usize) -> &[NameWord] {
        &self.words[self.starts[entry]..self.starts[entry + 1]]
    }
}

impl Parts {
    pub(crate) fn of(vocabulary: &Vocabulary) -> Self {
        let words = vocabulary.len();
        let lists = vocabulary.lists.iter();
        let both = |both: &(u32, u32)| [both.0, both.1];
        let names = Postings::of(words, lists.clone().map(|l| l.name.iter().flat_map(both)));
        let sayings = Postings::of(words, lists.clone().map(|l| l.said.iter().copied()));
        let body = Postings::of(words, lists.clone().map(|l| l.body.iter().copied()));
        let mut is_bare = vec![false; words];
        for (_, number) in vocabulary.numbers.all_bare() {
            is_bare[number as usize] = true;
        }
        let marked = [(IN_NAME, &names)];
        let [in_name, in_saying, in_body] = WITHOUT_MARKS;
        let bare = [(in_name, &names), (in_saying, &sayings), (in_body, &body)];
        let parts = |word: u32| if is_bare[word as usize] { &bare[..] } else { &marked[..] };
        let whole = Worths::of(vocabulary.numbers.end(), lists.len(), parts);
        let heads = Postings::of(words, lists.clone().map(|l| l.head.iter().copied()));
        Self {
            count: lists.len(),
            whole,
            heads: Members::of(&heads, vocabulary.numbers.end(), lists.len()),
            body: Members::of(&body, vocabulary.numbers.end(), lists.len()),
            names,
            named: Names::of(vocabulary),
            pairs: Postings::of(vocabulary.pairs(), lists.map(|l| l.head_pairs.iter().copied())),
        }
    }

    /// How well each procedure answers a question word by word: a weighted sum of BM25 over its parts,
    /// 0 where no word is shared.
    pub(crate) fn lexical(&self, question: &Analysed<'_>) -> Vec<f32> {
        let mut scores = vec![0.0; self.count];
        let mut forms: Vec<(u32, f32)> = Vec::new();
        for Wanted { id, exact, weight } in question.words() {
            forms.push((id.bare, weight));
            // Whoever types marks gets the better match.
            if exact {
                forms.push((id.marked, weight));
            } else {
                self.names.add(id.bare, IN_NAME * weight, &mut scores);
            }
        }
        // Words that differ in their marks only are one without them.
        forms.sort_unstable_by_key(|(form, _)| *form);
        for same in forms.chunk_by(|a, b| a.0 == b.0) {
            let weight = same.iter().map(|(_, weight)| weight).sum();
            self.whole.add(same[0].0, weight, &mut scores);
        }
        for (pair, weight) in &question.pairs {
            self.pairs.add(*pair, 1.7 * weight, &mut scores);
        }
        scores
    }
}
