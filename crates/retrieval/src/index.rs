use std::{collections::HashMap, path::Path, sync::OnceLock};

use motcua_domain::{Procedure, ProcedureCode};

use crate::{
    analyse::{Analysed, analyse},
    entry::Entry,
    families::{FAMILIES, Membership},
    glossary::{Glossary, Reader},
    introduction::without_introduction,
    manner::Manner,
    parts::Parts,
    route::Route,
    sayings::Sayings,
    store::{BuildIndexError, OpenIndexError, read_index, write_index},
    undecided::Undecided,
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
    pub(crate) families: Vec<Vec<Membership>>,
    pub(crate) parts: Parts,
    pub(crate) sayings: Sayings,
    pub(crate) manner: Manner,
    pub(crate) undecided: Undecided,
    routes: Routes,
    vectors: OnceLock<Vectors>,
}

/// Who names a form or cites a document, by its folded code or number.
#[derive(Default)]
struct Routes {
    forms: HashMap<String, Vec<usize>>,
    documents: HashMap<String, Vec<usize>>,
    articles: HashMap<String, Vec<usize>>,
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
            undecided: Undecided::of(&vocabulary, |family| {
                FAMILIES[family].codes().filter_map(|code| by_code.get(code).copied()).collect()
            }),
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

    /// Reads a question; what the asker tells of themselves is no part of it.
    pub(crate) fn analyse(&self, text: &str) -> Analysed<'_> {
        let asked = without_introduction(text);
        analyse(&asked, Reader { vocabulary: &self.vocabulary, glossary: &self.glossary })
    }

    /// Entries that name a form or cite a document: where some speak of the very article, only those.
    pub(crate) fn routed(&self, route: &Route) -> Vec<usize> {
        fn of<'a>(
            names: &'a [String],
            lists: &'a HashMap<String, Vec<usize>>,
        ) -> impl Iterator<Item = usize> + 'a {
            names.iter().filter_map(|name| lists.get(name)).flatten().copied()
        }
        let mut found: Vec<usize> = of(&route.articles, &self.routes.articles).collect();
        if found.is_empty() {
            found.extend(of(&route.documents, &self.routes.documents));
        }
        found.extend(of(&route.forms, &self.routes.forms));
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

fn families(by_code: &HashMap<ProcedureCode, usize>, entries: usize) -> Vec<Vec<Membership>> {
    let mut families = vec![Vec::new(); entries];
    for (family, of) in FAMILIES.iter().enumerate() {
        for (code, share) in of.shares() {
            if let Some(at) = by_code.get(code) {
                families[*at].push(Membership { family, share });
            }
        }
    }
    families
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
            for article in &lists.articles {
                routes.articles.entry(article.clone()).or_default().push(at);
            }
        }
        routes
    }
}
