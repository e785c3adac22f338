use std::{collections::HashMap, panic::resume_unwind, path::Path, sync::OnceLock, thread};

use motcua_domain::{Procedure, ProcedureCode};
use tantivy::{
    IndexReader, TantivyDocument, Term,
    collector::TopDocs,
    query::{BooleanQuery, BoostQuery, Occur, Query as TantivyQuery, TermQuery},
    schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{TextAnalyzer, WhitespaceTokenizer},
};

use crate::{
    analyse::{Analysed, pairs, words},
    entry::{Entry, body_texts},
    lexicon::Word,
    route::{Route, route_of_record},
    store::{BuildIndexError, OpenIndexError, build_aside, locate, read_words, write_words},
    vectors::Vectors,
    vocabulary::Vocabulary,
};

/// Memory for building; nine thousand procedures need a fraction of it.
const WRITER_BYTES: usize = 64 << 20;
const TOKENIZER: &str = "spaces";
/// The field that holds a procedure's place in the list.
const ENTRY: &str = "entry";

/// Searchable procedures.
pub struct Index {
    reader: IndexReader,
    fields: Fields,
    pub(crate) entries: Vec<Entry>,
    pub(crate) by_code: HashMap<ProcedureCode, usize>,
    pub(crate) vocabulary: Vocabulary,
    vectors: OnceLock<Vectors>,
}

/// Every field holds words joined by spaces; our own cutting, no language analysis.
#[derive(Clone, Copy)]
struct Fields {
    entry: Field,
    name: Field,
    name_pairs: Field,
    /// Name with its marks: whoever types them gets the better match.
    name_marked: Field,
    everyday: Field,
    everyday_pairs: Field,
    /// The field and who handles it.
    office: Field,
    body: Field,
    body_pairs: Field,
    forms: Field,
    documents: Field,
}

impl Fields {
    fn schema() -> (Schema, Self) {
        let mut builder = Schema::builder();
        let entry = builder.add_u64_field(ENTRY, FAST);
        let mut text = |name: &str| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(TOKENIZER)
                .set_index_option(IndexRecordOption::WithFreqs);
            builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
        };
        let fields = Self {
            entry,
            name: text("name"),
            name_pairs: text("name_pairs"),
            name_marked: text("name_marked"),
            everyday: text("everyday"),
            everyday_pairs: text("everyday_pairs"),
            office: text("office"),
            body: text("body"),
            body_pairs: text("body_pairs"),
            forms: text("forms"),
            documents: text("documents"),
        };
        (builder.build(), fields)
    }

    fn document<'a>(
        self,
        entry: u64,
        procedure: &'a Procedure,
        routes: &mut Routes<'a>,
    ) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_u64(self.entry, entry);
        let mut put = |field: Field, tokens: Vec<String>| {
            if !tokens.is_empty() {
                document.add_text(field, tokens.join(" "));
            }
        };
        let bare = |words: &[Word]| words.iter().map(|word| word.bare.clone()).collect();
        let name = words(&procedure.name);
        put(self.name, bare(&name));
        put(self.name_pairs, pairs(&name).collect());
        put(self.name_marked, name.into_iter().map(|word| word.marked).collect());
        let everyday: Vec<Vec<Word>> = procedure.everyday.iter().map(|text| words(text)).collect();
        put(self.everyday_pairs, everyday.iter().flat_map(|phrase| pairs(phrase)).collect());
        put(self.everyday, bare(&everyday.concat()));
        put(self.office, bare(&words(&office(procedure))));
        let body: Vec<Vec<Word>> = body_texts(procedure).map(|text| words(&text)).collect();
        put(self.body_pairs, body.iter().flat_map(|text| pairs(text)).collect());
        put(self.body, bare(&body.concat()));
        put(self.forms, forms(procedure, routes));
        put(self.documents, documents(procedure, routes));
        document
    }
}

fn office(procedure: &Procedure) -> String {
    format!("{} {}", procedure.field, procedure.agencies.join(" "))
}

/// What the texts of records name exactly, each read once: the same laws and papers stand in
/// hundreds of records, and reading them is the slowest part of building.
type Routes<'a> = HashMap<&'a str, Route>;

fn named<'m, 'a>(text: &'a str, routes: &'m mut Routes<'a>) -> &'m Route {
    routes.entry(text).or_insert_with(|| route_of_record(text))
}

fn forms<'a>(procedure: &'a Procedure, routes: &mut Routes<'a>) -> Vec<String> {
    let papers = procedure
        .requirements
        .iter()
        .flat_map(|requirement| requirement.any_of.iter().flat_map(|list| &list.all_of));
    let texts = papers.flat_map(|paper| [Some(paper.name.as_str()), paper.form.as_deref()]);
    texts.flatten().flat_map(|text| named(text, routes).forms.clone()).collect()
}

fn documents<'a>(procedure: &'a Procedure, routes: &mut Routes<'a>) -> Vec<String> {
    let numbers = procedure.legal_basis.iter().flat_map(|basis| {
        let titled = named(&basis.title, routes).documents.clone();
        basis
            .number
            .iter()
            .map(|number| motcua_text::fold(number))
            .chain(titled)
            .collect::<Vec<_>>()
    });
    // "118/2025" must find "118/2025/nđ-cp".
    numbers
        .flat_map(|number| {
            let short = number.rsplit_once('/').map(|(short, _)| short.to_owned());
            std::iter::once(number).chain(short.filter(|short| short.contains('/')))
        })
        .collect()
}

impl Index {
    /// Builds an index under `root`, named `key`, and opens it. `progress` is told how many of how
    /// many procedures are done.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn build(
        root: &Path,
        procedures: &[Procedure],
        key: &str,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Self, BuildIndexError> {
        let (schema, fields) = Fields::schema();
        let (place, vocabulary) = thread::scope(|scope| {
            // On the other core, while this one fills the index.
            let words = scope.spawn(|| Vocabulary::of(procedures));
            let mut vocabulary = None;
            let place = build_aside(root, key, |aside| {
                let index = tantivy::Index::create_in_dir(aside, schema)?;
                fill(&index, fields, procedures, progress)?;
                let words = words.join().unwrap_or_else(|panic| resume_unwind(panic));
                write_words(aside, vocabulary.insert(words))
            })?;
            Ok::<_, BuildIndexError>((place, vocabulary.unwrap_or_default()))
        })?;
        let index = tantivy::Index::open_in_dir(place)?;
        Ok(Self::over(&index, fields, procedures, vocabulary)?)
    }

    /// Opens the index `key` under `root`; `procedures` must be those it was built from.
    ///
    /// # Errors
    /// When there is none, or it is of other content, of another format, or damaged.
    pub fn open(root: &Path, key: &str, procedures: &[Procedure]) -> Result<Self, OpenIndexError> {
        let place = locate(root, key)?;
        let vocabulary = read_words(&place)?;
        let index = tantivy::Index::open_in_dir(&place)?;
        let (schema, fields) = Fields::schema();
        if index.schema() != schema {
            return Err(OpenIndexError::Incompatible { found: "lược đồ khác".to_owned() });
        }
        let held = vocabulary.lists.len();
        let opened = Self::over(&index, fields, procedures, vocabulary)?;
        let documents = opened.reader.searcher().num_docs();
        if documents != procedures.len() as u64 || held != procedures.len() {
            let found = format!("{documents} thủ tục, cần {}", procedures.len());
            return Err(OpenIndexError::Incompatible { found });
        }
        Ok(opened)
    }

    /// An index in memory only.
    ///
    /// # Errors
    /// When the search library refuses.
    pub fn in_memory(procedures: &[Procedure]) -> Result<Self, BuildIndexError> {
        let (schema, fields) = Fields::schema();
        let index = tantivy::Index::create_in_ram(schema);
        fill(&index, fields, procedures, &mut |_, _| {})?;
        Ok(Self::over(&index, fields, procedures, Vocabulary::of(procedures))?)
    }

    fn over(
        index: &tantivy::Index,
        fields: Fields,
        procedures: &[Procedure],
        vocabulary: Vocabulary,
    ) -> Result<Self, tantivy::TantivyError> {
        index.tokenizers().register(TOKENIZER, analyzer());
        let entries: Vec<Entry> = procedures.iter().map(Entry::new).collect();
        let by_code =
            entries.iter().enumerate().map(|(at, entry)| (entry.code.clone(), at)).collect();
        let vectors = OnceLock::new();
        Ok(Self { reader: index.reader()?, fields, entries, by_code, vocabulary, vectors })
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

    /// Entries by lexical score, best first.
    pub(crate) fn lexical(&self, question: &Analysed, limit: usize) -> Vec<(usize, f32)> {
        let fields = self.fields;
        let mut clauses: Vec<(Occur, Box<dyn TantivyQuery>)> = Vec::new();
        let mut add = |field: Field, term: &str, boost: f32| {
            let query =
                TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::WithFreqs);
            clauses.push((Occur::Should, Box::new(BoostQuery::new(Box::new(query), boost))));
        };
        for (word, weight, exact) in question.words() {
            if exact {
                add(fields.name_marked, &word.marked, 1.6 * weight);
                add(fields.name, &word.bare, 0.6 * weight);
            } else {
                add(fields.name, &word.bare, 2.2 * weight);
            }
            add(fields.everyday, &word.bare, 1.6 * weight);
            add(fields.office, &word.bare, 0.3 * weight);
            add(fields.body, &word.bare, 0.5 * weight);
        }
        for (one, other, weight) in question.pairs() {
            let pair = format!("{}_{}", one.bare, other.bare);
            add(fields.name_pairs, &pair, 1.5 * weight);
            add(fields.everyday_pairs, &pair, 1.8 * weight);
            add(fields.body_pairs, &pair, 0.4 * weight);
        }
        self.top(&BooleanQuery::new(clauses), limit)
    }

    /// Entries that name a form or cite a document, by how rarely it is named.
    pub(crate) fn routed(&self, route: &Route, limit: usize) -> Vec<(usize, f32)> {
        let fields = self.fields;
        let terms = route
            .forms
            .iter()
            .map(|form| (fields.forms, form))
            .chain(route.documents.iter().map(|number| (fields.documents, number)));
        let clauses: Vec<(Occur, Box<dyn TantivyQuery>)> = terms
            .map(|(field, text)| {
                let term = Term::from_field_text(field, text);
                let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                (Occur::Should, Box::new(query) as Box<dyn TantivyQuery>)
            })
            .collect();
        self.top(&BooleanQuery::new(clauses), limit)
    }

    fn top(&self, query: &BooleanQuery, limit: usize) -> Vec<(usize, f32)> {
        let searcher = self.reader.searcher();
        let collector = TopDocs::with_limit(limit.max(1)).order_by_score();
        // A query that fails finds nothing; it is built here from plain terms and cannot be wrong.
        let found = searcher.search(query, &collector).unwrap_or_default();
        let columns: Vec<_> = searcher
            .segment_readers()
            .iter()
            .map(|segment| segment.fast_fields().u64(ENTRY).ok())
            .collect();
        found
            .into_iter()
            .filter_map(|(score, address)| {
                let column = columns.get(address.segment_ord as usize)?.as_ref()?;
                let entry = usize::try_from(column.first(address.doc_id)?).ok()?;
                (entry < self.entries.len()).then_some((entry, score))
            })
            .collect()
    }
}

fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(WhitespaceTokenizer::default()).build()
}

/// One thread is plenty for thousands of short documents, and leaves the other core free.
fn fill(
    index: &tantivy::Index,
    fields: Fields,
    procedures: &[Procedure],
    progress: &mut dyn FnMut(usize, usize),
) -> Result<(), tantivy::TantivyError> {
    index.tokenizers().register(TOKENIZER, analyzer());
    let mut writer = index.writer_with_num_threads(1, WRITER_BYTES)?;
    let mut routes = Routes::new();
    for (at, procedure) in procedures.iter().enumerate() {
        writer.add_document(fields.document(at as u64, procedure, &mut routes))?;
        if at % 256 == 0 {
            progress(at, procedures.len());
        }
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    progress(procedures.len(), procedures.len());
    Ok(())
}
