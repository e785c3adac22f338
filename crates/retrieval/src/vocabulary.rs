//! The words of a corpus as numbers, with how telling each is.

use std::collections::{HashMap, HashSet};

use motcua_domain::Procedure;
use serde::{Deserialize, Serialize};

use crate::{
    analyse::{pairs, words},
    entry::body_texts,
    families::FAMILIES,
    foreign::TOPICS,
    lexicon::{LEXICON, Word},
    repair::{Known, one_slip},
    route::KnownRoutes,
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
    words: Vec<String>,
    /// In the order of the procedures.
    pub(crate) lists: Vec<Lists>,
    /// The sayings of each family, in the order of the families.
    pub(crate) families: Vec<Vec<Saying>>,
    /// The sayings of each topic that is not ours.
    pub(crate) foreign: Vec<Vec<Saying>>,
    #[serde(skip)]
    ids: HashMap<String, u32>,
    #[serde(skip)]
    in_heads: Vec<u32>,
    #[serde(skip)]
    in_bodies: Vec<u32>,
    /// How telling each word is.
    #[serde(skip)]
    weights: Vec<f32>,
    /// Words without marks, for finding near ones.
    #[serde(skip)]
    bare: Vec<u32>,
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
    /// Neighbours in the same texts.
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
        let words = Self { words: self.words.clone(), ids: self.ids.clone(), ..Self::default() };
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
        let all = u32::try_from(vocabulary.words.len()).ok()?;
        let sound = vocabulary.lists.iter().all(|lists| {
            let named = lists.name.iter().flat_map(|(marked, bare)| [marked, bare]);
            let said = lists.sayings.iter().flatten().flat_map(|(marked, bare)| [marked, bare]);
            let named = named.chain(said);
            let listed = [&lists.head, &lists.head_pairs, &lists.body, &lists.said];
            named.chain(listed.into_iter().flatten()).all(|id| *id < all)
        }) && vocabulary.families.len() == FAMILIES.len()
            && vocabulary.foreign.len() == TOPICS.len()
            && [&vocabulary.families, &vocabulary.foreign]
                .into_iter()
                .flat_map(|groups| groups.iter().flatten().flatten())
                .all(|(marked, bare)| marked.max(bare) < &all);
        let words = vocabulary.words.iter().zip(0..);
        vocabulary.ids = words.map(|(word, id)| (word.clone(), id)).collect();
        if !sound {
            return None;
        }
        vocabulary.count();
        Some(vocabulary)
    }

    /// The form in which it is kept on disk.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, postcard::Error> {
        postcard::to_stdvec(self)
    }

    fn lists_of<'a>(&mut self, procedure: &'a Procedure, routes: &mut KnownRoutes<'a>) -> Lists {
        let mut lists = Lists {
            forms: routes.forms(procedure),
            documents: routes.documents(procedure),
            ..Lists::default()
        };
        for word in words(&procedure.name) {
            let both = self.both(&word);
            if !lists.name.contains(&both) {
                lists.name.push(both);
            }
        }
        for text in std::iter::once(&procedure.name).chain(&procedure.everyday) {
            let words = words(text);
            for pair in pairs(&words) {
                lists.head_pairs.push(self.id_of(pair));
            }
            lists.head.extend(words.iter().map(|word| self.both(word)).flat_map(<[u32; 2]>::from));
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
        (self.id_of(word.marked.clone()), self.id_of(bare_key(&word.bare)))
    }

    fn id_of(&mut self, key: String) -> u32 {
        if let Some(id) = self.ids.get(&key) {
            return *id;
        }
        // Four thousand million words are more than any corpus has.
        let id = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(key.clone());
        self.ids.insert(key, id);
        id
    }

    fn count(&mut self) {
        self.in_heads = vec![0; self.words.len()];
        self.in_bodies = vec![0; self.words.len()];
        for lists in &self.lists {
            for id in lists.head.iter().chain(&lists.head_pairs) {
                self.in_heads[*id as usize] += 1;
            }
            for id in &lists.body {
                self.in_bodies[*id as usize] += 1;
            }
        }
        let all = self.lists.len() as f32;
        let weight = |(heads, bodies): (&u32, &u32)| {
            let holds = (*heads).max(bodies / BODY_SHARE) as f32;
            ((all + 1.0) / (holds + 0.5)).ln().clamp(0.0, MOST)
        };
        self.weights = self.in_heads.iter().zip(&self.in_bodies).map(weight).collect();
        let bare = self.words.iter().zip(0..).filter(|(word, _)| word.starts_with('~'));
        self.bare = bare.map(|(_, id)| id).collect();
    }

    /// How many words, in all forms, and pairs of them there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The number of a word in the form with its marks.
    pub(crate) fn marked(&self, word: &Word) -> Option<u32> {
        self.ids.get(&word.marked).copied()
    }

    /// The number of a word in the form without marks.
    pub(crate) fn bare(&self, word: &Word) -> Option<u32> {
        self.ids.get(&bare_key(&word.bare)).copied()
    }

    /// The number of two neighbouring words.
    pub(crate) fn pair(&self, one: &Word, other: &Word) -> Option<u32> {
        self.ids.get(&format!("{}_{}", one.bare, other.bare)).copied()
    }

    /// How telling a word is: from 0 for a word of every name up to 8.
    pub(crate) fn weight(&self, id: Option<u32>) -> f32 {
        id.and_then(|id| self.weights.get(id as usize)).copied().unwrap_or(UNKNOWN)
    }

    fn heads_with(&self, key: &str) -> u32 {
        self.ids.get(key).map_or(0, |id| self.in_heads[*id as usize])
    }
}

fn bare_key(bare: &str) -> String {
    format!("~{bare}")
}

impl Known for Vocabulary {
    fn frequency(&self, bare: &str) -> u32 {
        let Some(id) = self.ids.get(&bare_key(bare)) else { return 0 };
        let holds = self.in_heads[*id as usize] + self.in_bodies[*id as usize];
        if holds < MISPRINT && self.lists.len() > LARGE { 0 } else { holds }
    }

    fn together(&self, one: &str, other: &str) -> u32 {
        let said = u32::from(LEXICON.says_together(one, other));
        self.heads_with(&format!("{one}_{other}")) + said
    }

    fn near(&self, bare: &str) -> Vec<String> {
        let words: HashSet<&str> = self
            .bare
            .iter()
            .filter_map(|id| self.words[*id as usize].strip_prefix('~'))
            .filter(|word| one_slip(word, bare))
            .collect();
        let mut words: Vec<String> =
            words.into_iter().filter(|word| self.frequency(word) > 0).map(str::to_owned).collect();
        words.sort();
        words
    }
}
