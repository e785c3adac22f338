use std::{collections::HashMap, path::Path, sync::OnceLock};

use motcua_domain::{Procedure, ProcedureCode};

use crate::{
    analyse::Analysed,
    entry::Entry,
    families::FAMILIES,
    manner::Manner,
    postings::Postings,
    route::Route,
    sayings::Sayings,
    store::{BuildIndexError, OpenIndexError, read_index, write_index},
    vectors::Vectors,
    vocabulary::{Lists, Vocabulary},
};

/// Searchable procedures, all in memory: what a country has fits many times over.
pub struct Index {
    pub(crate) entries: Vec<Entry>,
    pub(crate) by_code: HashMap<ProcedureCode, usize>,
    pub(crate) vocabulary: Vocabulary,
    /// For each entry the first that has the same name and field: copies of one procedure.
    pub(crate) copies: Vec<usize>,
    /// The families of each entry.
    pub(crate) families: Vec<Vec<usize>>,
    pub(crate) parts: Parts,
    pub(crate) sayings: Sayings,
    pub(crate) manner: Manner,
    routes: Routes,
    vectors: OnceLock<Vectors>,
}

/// The parts of a procedure whose words count differently.
pub(crate) struct Parts {
    names: Postings,
    sayings: Postings,
    /// Words of both, with and without marks.
    pub(crate) heads: Postings,
    /// Neighbouring words of both.
    pub(crate) pairs: Postings,
    /// Words of the content, with and without marks.
    pub(crate) body: Postings,
}

/// Who names a form or cites a document, by its folded code or number.
#[derive(Default)]
struct Routes {
    forms: HashMap<String, Vec<usize>>,
    documents: HashMap<String, Vec<usize>>,
}

impl Index {
    /// Builds an index, keeps it under `root` by the name `key`, and opens it. `progress` is told
    /// how many of how many procedures are done.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn build(
        root: &Path,
        procedures: &[Procedure],
        key: &str,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Self, BuildIndexError> {
        let index = Self::over(procedures, Vocabulary::of(procedures, progress));
        index.keep(root, key)?;
        Ok(index)
    }

    /// Opens the index `key` under `root`; `procedures` must be those it was built from.
    ///
    /// # Errors
    /// When there is none, or it is of other content, of another format, or damaged.
    pub fn open(root: &Path, key: &str, procedures: &[Procedure]) -> Result<Self, OpenIndexError> {
        let vocabulary = read_index(root, key)?;
        if vocabulary.lists.len() != procedures.len() {
            let found = format!("{} thủ tục", vocabulary.lists.len());
            return Err(OpenIndexError::Incompatible { found });
        }
        Ok(Self::over(procedures, vocabulary))
    }

    /// An index of other procedures, most of which are the same: `unchanged` tells the place that one
    /// has in this index. Takes a fraction of the time of building anew.
    #[must_use]
    pub fn renewed(
        &self,
        procedures: &[Procedure],
        unchanged: &dyn Fn(&Procedure) -> Option<usize>,
    ) -> Self {
        Self::over(procedures, self.vocabulary.renewed(procedures, unchanged))
    }

    /// Keeps the index under `root` by the name `key`.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn keep(&self, root: &Path, key: &str) -> Result<(), BuildIndexError> {
        write_index(root, key, &self.vocabulary)
    }

    /// An index that is not kept.
    pub fn in_memory(procedures: &[Procedure]) -> Self {
        Self::over(procedures, Vocabulary::of(procedures, &mut |_, _| {}))
    }

    fn over(procedures: &[Procedure], vocabulary: Vocabulary) -> Self {
        let entries: Vec<Entry> = procedures.iter().map(Entry::new).collect();
        let by_code =
            entries.iter().enumerate().map(|(at, entry)| (entry.code.clone(), at)).collect();
        Self {
            copies: copies(&entries),
            families: families(&by_code, entries.len()),
            parts: Parts::of(&vocabulary),
            sayings: Sayings::of(&vocabulary),
            manner: Manner::of(&vocabulary),
            routes: Routes::of(&vocabulary.lists),
            entries,
            by_code,
            vocabulary,
            vectors: OnceLock::new(),
        }
    }

    /// Adds the vectors of the same procedures; searches that bring a vector use them from now on.
    /// They come once: later ones are not taken.
    pub fn add_vectors(&self, vectors: Vectors) {
        let _ = self.vectors.set(vectors);
    }

    /// Whether there are vectors.
    pub fn has_vectors(&self) -> bool {
        self.vectors.get().is_some()
    }

    pub(crate) fn vectors(&self) -> Option<&Vectors> {
        self.vectors.get()
    }

    pub(crate) fn has_sayings(&self, entry: usize) -> bool {
        self.vocabulary.lists.get(entry).is_some_and(|lists| !lists.sayings.is_empty())
    }

    /// How many procedures it holds.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How well each entry answers a question word by word: a weighted sum of BM25 over its parts,
    /// 0 where no word is shared.
    pub(crate) fn lexical(&self, question: &Analysed) -> Vec<f32> {
        let mut scores = vec![0.0; self.entries.len()];
        let Parts { names, sayings, pairs, body, .. } = &self.parts;
        for (word, weight, exact) in question.words() {
            let bare = self.vocabulary.bare(word);
            let marked = self.vocabulary.marked(word).filter(|_| exact);
            let mut add = |part: &Postings, word: Option<u32>, boost: f32| {
                if let Some(word) = word {
                    part.add(word, boost * weight, &mut scores);
                }
            };
            // Whoever types marks gets the better match.
            if exact {
                add(names, marked, 1.6);
                add(names, bare, 0.6);
            } else {
                add(names, bare, 2.2);
            }
            add(sayings, bare, 1.6);
            add(body, bare, 0.5);
        }
        for (one, other, weight) in question.pairs() {
            if let Some(pair) = self.vocabulary.pair(one, other) {
                pairs.add(pair, 1.7 * weight, &mut scores);
            }
        }
        scores
    }

    /// Entries that name a form or cite a document.
    pub(crate) fn routed(&self, route: &Route) -> Vec<usize> {
        let forms = route.forms.iter().filter_map(|form| self.routes.forms.get(form));
        let documents = route.documents.iter().filter_map(|one| self.routes.documents.get(one));
        let mut found: Vec<usize> = forms.chain(documents).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn copies(entries: &[Entry]) -> Vec<usize> {
    let mut first = HashMap::new();
    let one = |(at, entry): (usize, &Entry)| {
        *first.entry((entry.folded_name.clone(), entry.field.clone())).or_insert(at)
    };
    entries.iter().enumerate().map(one).collect()
}

fn families(by_code: &HashMap<ProcedureCode, usize>, entries: usize) -> Vec<Vec<usize>> {
    let mut families = vec![Vec::new(); entries];
    for (which, family) in FAMILIES.iter().enumerate() {
        for at in family.codes().filter_map(|code| by_code.get(code)) {
            families[*at].push(which);
        }
    }
    families
}

impl Parts {
    fn of(vocabulary: &Vocabulary) -> Self {
        let words = vocabulary.len();
        let lists = vocabulary.lists.iter();
        let both = |both: &(u32, u32)| [both.0, both.1];
        Self {
            names: Postings::of(words, lists.clone().map(|l| l.name.iter().flat_map(both))),
            sayings: Postings::of(words, lists.clone().map(|l| l.said.iter().copied())),
            heads: Postings::of(words, lists.clone().map(|l| l.head.iter().copied())),
            pairs: Postings::of(words, lists.clone().map(|l| l.head_pairs.iter().copied())),
            body: Postings::of(words, lists.map(|l| l.body.iter().copied())),
        }
    }
}

impl Routes {
    fn of(lists: &[Lists]) -> Self {
        let mut routes = Self::default();
        for (at, lists) in lists.iter().enumerate() {
            for form in &lists.forms {
                routes.forms.entry(form.clone()).or_default().push(at);
            }
            for number in &lists.documents {
                routes.documents.entry(number.clone()).or_default().push(at);
            }
        }
        routes
    }
}
