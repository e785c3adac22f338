use std::{collections::HashMap, path::Path, sync::OnceLock};

use motcua_domain::{Procedure, ProcedureCode};

use crate::{
    analyse::{Analysed, Wanted, analyse},
    entry::Entry,
    families::FAMILIES,
    glossary::{Glossary, Reader},
    manner::Manner,
    postings::{Members, Postings, Worths},
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
    glossary: Glossary,
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

/// Who holds the words of procedures, and what that is worth.
pub(crate) struct Parts {
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
            glossary: Glossary::of(&vocabulary),
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

    /// Reads a question.
    pub(crate) fn analyse(&self, text: &str) -> Analysed<'_> {
        analyse(text, Reader { vocabulary: &self.vocabulary, glossary: &self.glossary })
    }

    /// How well each entry answers a question word by word: a weighted sum of BM25 over its parts,
    /// 0 where no word is shared.
    pub(crate) fn lexical(&self, question: &Analysed<'_>) -> Vec<f32> {
        let mut scores = vec![0.0; self.entries.len()];
        let Parts { names, whole, pairs, .. } = &self.parts;
        let mut forms: Vec<(u32, f32)> = Vec::new();
        for Wanted { id, exact, weight } in question.words() {
            forms.push((id.bare, weight));
            // Whoever types marks gets the better match.
            if exact {
                forms.push((id.marked, weight));
            } else {
                names.add(id.bare, IN_NAME * weight, &mut scores);
            }
        }
        // Words that differ in their marks only are one without them.
        forms.sort_unstable_by_key(|(form, _)| *form);
        for same in forms.chunk_by(|a, b| a.0 == b.0) {
            let weight = same.iter().map(|(_, weight)| weight).sum();
            whole.add(same[0].0, weight, &mut scores);
        }
        for (pair, weight) in &question.pairs {
            pairs.add(*pair, 1.7 * weight, &mut scores);
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

/// How much a word counts that stands in a name as it was typed, ...
const IN_NAME: f32 = 1.6;
/// ... and without its marks in the name, in a saying, and in the content.
const WITHOUT_MARKS: [f32; 3] = [0.6, 1.6, 0.5];

impl Parts {
    fn of(vocabulary: &Vocabulary) -> Self {
        let words = vocabulary.len();
        let lists = vocabulary.lists.iter();
        let both = |both: &(u32, u32)| [both.0, both.1];
        let names = Postings::of(words, lists.clone().map(|l| l.name.iter().flat_map(both)));
        let sayings = Postings::of(words, lists.clone().map(|l| l.said.iter().copied()));
        let body = Postings::of(words, lists.clone().map(|l| l.body.iter().copied()));
        let mut is_bare = vec![false; words];
        vocabulary.numbers.all_bare().for_each(|(_, number)| is_bare[number as usize] = true);
        let marked = [(IN_NAME, &names)];
        let [in_name, in_saying, in_body] = WITHOUT_MARKS;
        let bare = [(in_name, &names), (in_saying, &sayings), (in_body, &body)];
        let parts = |word: u32| if is_bare[word as usize] { &bare[..] } else { &marked[..] };
        let whole = Worths::of(vocabulary.numbers.end(), lists.len(), parts);
        let heads = Postings::of(words, lists.clone().map(|l| l.head.iter().copied()));
        Self {
            whole,
            heads: Members::of(&heads, vocabulary.numbers.end(), lists.len()),
            body: Members::of(&body, vocabulary.numbers.end(), lists.len()),
            names,
            named: Names::of(vocabulary),
            pairs: Postings::of(vocabulary.pairs(), lists.map(|l| l.head_pairs.iter().copied())),
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
