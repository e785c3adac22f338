//! The words of a corpus as numbers, with how telling each is.

use motcua_domain::Procedure;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::{
    entry::body_texts,
    families::FAMILIES,
    foreign::TOPICS,
    lexicon::Word,
    numbers::{Numbers, WordId},
    route::KnownRoutes,
    token::words,
};

/// Words rarer than this in a large corpus are taken for its own misprints.
const MISPRINT: u32 = 3;
const LARGE: usize = 500;
/// A word of the content tells this much less than the same word in a name.
const BODY_SHARE: u32 = 3;
/// The weight of a word no procedure uses: high enough to count against a match.
const UNKNOWN: f32 = 6.0;
const MOST: f32 = 8.0;

/// What the ordering needs of all procedures' words; kept beside the search index.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Vocabulary {
    #[serde(with = "numbers_as_list")]
    pub(crate) numbers: Numbers,
    /// Neighbouring words without marks; a pair's number is its place.
    pairs: Vec<[u32; 2]>,
    /// In the order of the procedures.
    pub(crate) lists: Vec<Lists>,
    /// The sayings of each family, in the order of the families.
    pub(crate) families: Vec<Vec<Saying>>,
    /// The sayings of each topic that is not ours.
    pub(crate) foreign: Vec<Vec<Saying>>,
    #[serde(skip)]
    pair_numbers: FxHashMap<[u32; 2], u32>,
    #[serde(skip)]
    in_heads: Vec<u32>,
    #[serde(skip)]
    in_bodies: Vec<u32>,
    /// How telling each word is.
    #[serde(skip)]
    weights: Vec<f32>,
    /// Of each pair, in how many heads it stands.
    #[serde(skip)]
    pairs_in_heads: Vec<u32>,
}

/// [`Numbers`] in a file.
mod numbers_as_list {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::numbers::Numbers;

    pub(super) fn serialize<S: Serializer>(numbers: &Numbers, to: S) -> Result<S::Ok, S::Error> {
        numbers.listed().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Numbers, D::Error> {
        Ok(Numbers::of_list(&Vec::deserialize(from)?))
    }
}

/// The words of a saying in both forms, each once, in its order.
pub(crate) type Saying = Vec<(u32, u32)>;

/// One procedure's words; lists without order are sorted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Lists {
    /// The name's words in both forms, each once.
    pub(crate) name: Vec<(u32, u32)>,
    /// Words of the name and of what people call it.
    pub(crate) head: Vec<u32>,
    /// Neighbours in the same texts, by the numbers of pairs.
    pub(crate) head_pairs: Vec<u32>,
    /// Words of the content.
    pub(crate) body: Vec<u32>,
    pub(crate) sayings: Vec<Saying>,
    /// Words of all sayings without their marks.
    pub(crate) said: Vec<u32>,
    /// Codes of the forms it uses, folded.
    pub(crate) forms: Vec<String>,
    /// Numbers of the documents it cites, folded.
    pub(crate) documents: Vec<String>,
    /// Articles that its texts name, with their documents.
    pub(crate) articles: Vec<String>,
}

impl Vocabulary {
    /// Collects the words of procedures. `progress` is told how many of how many are done.
    pub(crate) fn of(procedures: &[Procedure], progress: &mut dyn FnMut(usize, usize)) -> Self {
        Self::default().with(procedures, &|_| None, progress)
    }

    /// The words of other procedures, where the lists of those that `known` finds a place for are
    /// taken from here.
    pub(crate) fn renewed(
        &self,
        procedures: &[Procedure],
        known: &dyn Fn(&Procedure) -> Option<usize>,
    ) -> Self {
        let lists =
            |procedure: &Procedure| known(procedure).and_then(|at| self.lists.get(at)).cloned();
        let words = Self {
            numbers: self.numbers.clone(),
            pairs: self.pairs.clone(),
            pair_numbers: self.pair_numbers.clone(),
            ..Self::default()
        };
        words.with(procedures, &lists, &mut |_, _| {})
    }

    fn with(
        mut self,
        procedures: &[Procedure],
        known: &dyn Fn(&Procedure) -> Option<Lists>,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Self {
        let vocabulary = &mut self;
        let mut routes = KnownRoutes::default();
        for (at, procedure) in procedures.iter().enumerate() {
            let lists =
                known(procedure).unwrap_or_else(|| vocabulary.lists_of(procedure, &mut routes));
            vocabulary.lists.push(lists);
            if at % 256 == 0 {
                progress(at, procedures.len());
            }
        }
        for family in FAMILIES.iter() {
            let sayings = family.say.iter().map(|text| vocabulary.saying(text)).collect();
            vocabulary.families.push(sayings);
        }
        for topic in TOPICS.iter() {
            let sayings = topic.say.iter().map(|text| vocabulary.saying(text)).collect();
            vocabulary.foreign.push(sayings);
        }
        vocabulary.count();
        progress(procedures.len(), procedures.len());
        self
    }

    /// Reads what [`Self::bytes`] gave; nothing where it is not that.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut vocabulary: Self = postcard::from_bytes(bytes).ok()?;
        if !vocabulary.is_sound() {
            return None;
        }
        let pairs = vocabulary.pairs.iter().copied().zip(0..);
        vocabulary.pair_numbers = pairs.collect();
        vocabulary.count();
        Some(vocabulary)
    }

    /// Whether all its numbers stand for something.
    fn is_sound(&self) -> bool {
        let is_word = |word: &u32| self.has(*word);
        let is_saying =
            |saying: &Saying| saying.iter().all(|(marked, bare)| is_word(marked) && is_word(bare));
        let is_pair = |pair: &u32| (*pair as usize) < self.pairs.len();
        let groups = [&self.families, &self.foreign];
        [FAMILIES.len(), TOPICS.len()] == groups.map(Vec::len)
            && groups.into_iter().flatten().flatten().all(is_saying)
            && self.pairs.iter().flatten().all(is_word)
            && self.lists.iter().all(|lists| {
                is_saying(&lists.name)
                    && lists.sayings.iter().all(is_saying)
                    && [&lists.head, &lists.body, &lists.said].into_iter().flatten().all(is_word)
                    && lists.head_pairs.iter().all(is_pair)
            })
    }

    /// The form in which it is kept on disk.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, postcard::Error> {
        postcard::to_stdvec(self)
    }

    fn lists_of<'a>(&mut self, procedure: &'a Procedure, routes: &mut KnownRoutes<'a>) -> Lists {
        let mut lists = Lists {
            forms: routes.forms(procedure),
            documents: routes.documents(procedure),
            articles: routes.articles(procedure),
            ..Lists::default()
        };
        for word in words(&procedure.name) {
            let both = self.both(&word);
            if !lists.name.contains(&both) {
                lists.name.push(both);
            }
        }
        for text in std::iter::once(&procedure.name).chain(&procedure.everyday) {
            let words: Vec<(u32, u32)> = words(text).iter().map(|word| self.both(word)).collect();
            for pair in words.windows(2) {
                lists.head_pairs.push(self.add_pair([pair[0].1, pair[1].1]));
            }
            lists.head.extend(words.into_iter().flat_map(<[u32; 2]>::from));
        }
        for saying in &procedure.everyday {
            let saying = self.saying(saying);
            lists.said.extend(saying.iter().map(|(_, bare)| bare));
            lists.sayings.push(saying);
        }
        for text in body_texts(procedure) {
            let words = words(&text);
            lists.body.extend(words.iter().map(|word| self.both(word)).flat_map(<[u32; 2]>::from));
        }
        for list in [&mut lists.head, &mut lists.head_pairs, &mut lists.body, &mut lists.said] {
            list.sort_unstable();
            list.dedup();
        }
        lists
    }

    fn saying(&mut self, text: &str) -> Saying {
        let mut saying = Saying::new();
        for word in words(text) {
            let both = self.both(&word);
            if !saying.contains(&both) {
                saying.push(both);
            }
        }
        saying
    }

    fn both(&mut self, word: &Word) -> (u32, u32) {
        let WordId { marked, bare } = self.numbers.add(word);
        (marked, bare)
    }

    fn add_pair(&mut self, pair: [u32; 2]) -> u32 {
        // As many pairs as words would be too many for any corpus.
        let next = u32::try_from(self.pairs.len()).unwrap_or(u32::MAX);
        *self.pair_numbers.entry(pair).or_insert_with(|| {
            self.pairs.push(pair);
            next
        })
    }

    fn count(&mut self) {
        self.in_heads = vec![0; self.len()];
        self.in_bodies = vec![0; self.len()];
        self.pairs_in_heads = vec![0; self.pairs.len()];
        let add = |counts: &mut Vec<u32>, list: &[u32]| {
            for number in list {
                counts[*number as usize] += 1;
            }
        };
        for lists in &self.lists {
            add(&mut self.in_heads, &lists.head);
            add(&mut self.in_bodies, &lists.body);
            add(&mut self.pairs_in_heads, &lists.head_pairs);
        }
        let counts = self.in_heads.iter().zip(&self.in_bodies);
        let weights = counts.map(|(heads, bodies)| self.rarity(*heads.max(&(bodies / BODY_SHARE))));
        self.weights = weights.collect();
    }

    /// How telling something is that so many procedures hold.
    fn rarity(&self, holds: u32) -> f32 {
        ((self.lists.len() as f32 + 1.0) / (holds as f32 + 0.5)).ln().clamp(0.0, MOST)
    }

    /// How many words, in both forms, there are.
    pub(crate) fn len(&self) -> usize {
        self.numbers.end() as usize
    }

    /// Whether a word has a number below that.
    pub(crate) fn has(&self, word: u32) -> bool {
        word < self.numbers.end()
    }

    /// How many pairs of words there are.
    pub(crate) fn pairs(&self) -> usize {
        self.pairs.len()
    }

    /// The number of two neighbouring words, given by their numbers without marks.
    pub(crate) fn pair(&self, one: u32, other: u32) -> Option<u32> {
        self.pair_numbers.get(&[one, other]).copied()
    }

    /// How telling a word is: from 0 for a word of every name up to 8.
    pub(crate) fn weight(&self, word: u32) -> f32 {
        self.weights.get(word as usize).copied().unwrap_or(UNKNOWN)
    }

    /// The same of a pair.
    pub(crate) fn pair_weight(&self, pair: u32) -> f32 {
        self.rarity(self.heads_with(pair))
    }

    /// In how many heads a pair stands.
    pub(crate) fn heads_with(&self, pair: u32) -> u32 {
        self.pairs_in_heads.get(pair as usize).copied().unwrap_or(0)
    }

    /// In how many procedures a word stands, but for the corpus's own misprints.
    pub(crate) fn frequency(&self, word: u32) -> u32 {
        let count = |counts: &[u32]| counts.get(word as usize).copied().unwrap_or(0);
        let holds = count(&self.in_heads) + count(&self.in_bodies);
        if holds < MISPRINT && self.lists.len() > LARGE { 0 } else { holds }
    }
}
