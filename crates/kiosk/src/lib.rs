//! The facade: what a screen, a command line or another system can ask of the product.
//!
//! [`Kiosk::open`] loads the corpus and its index; [`Kiosk::ask`] answers a question,
//! [`Kiosk::check`] judges a dossier, [`Kiosk::letter`] makes the letter of it, [`Kiosk::search`] and [`Kiosk::procedure`] look things up.
//! Plain data goes in and comes out; JSON is the outer crates' business.
//! A model is optional: without one every answer is an extract and everything else is unchanged.
#![forbid(unsafe_code)]

mod approve;
mod ask;
mod changes;
mod check;
mod demand;
mod disk;
mod embedder;
mod law;
mod letter;
mod official;
mod open;
mod settings;
mod shape;
mod shown;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, OnceLock},
};

use jiff::civil::Date;
pub use motcua_corpus::{
    FactTexts, MendError, MendedList, MendedPaper, MendedRequirement, Needed, mend_requirement,
    write_procedure,
};
use motcua_corpus::{LoadReport, RowTexts, Versions};
use motcua_domain::{Detail, Jurisdiction, Level, Procedure, ProcedureCode};
use motcua_dossier::Catalogue;
use motcua_generate::Engine;
use motcua_intake::Reader;
use motcua_letter::Typesetter;
use motcua_retrieval::{
    Decision, Found, Index, Query, from_english,
    learn::{Kind, Lesson},
};

pub use approve::ApproveError;
pub use ask::{Ask, AskError, AskEvent, Asked, Timings};
pub use changes::{ChangeSet, ChangedProcedure, NamedProcedure, Part};
pub use check::{Check, CheckError, CheckTimings, Checked, UnreadFile, Upload, UploadBytes};
pub use embedder::{Embed, Embedder, TextRole};
pub use law::{ChangedDocument, ChangedLaw, LawChange};
pub use letter::LetterError;
pub use motcua_corpus::{LifeEvent, Need, in_english};
pub use motcua_retrieval::BuildVectorsError;
pub use open::{OpenKioskError, Progress};
pub use settings::{Reception, Settings};
pub use shape::shape;
pub use shown::Shown;

/// The product behind its screens. Clones share everything.
#[derive(Clone)]
pub struct Kiosk(Arc<Inner>);

struct Inner {
    on: Date,
    procedures: Vec<Procedure>,
    versions: Versions,
    record_rows: BTreeMap<ProcedureCode, RowTexts>,
    record_facts: BTreeMap<ProcedureCode, FactTexts>,
    by_code: HashMap<ProcedureCode, usize>,
    index: Index,
    report: LoadReport,
    stamp: u64,
    corpus_key: String,
    catalogue: Catalogue,
    law: law::Law,
    shown: shown::ShownHere,
    reader: Reader,
    engine: Arc<Engine>,
    embedder: OnceLock<Arc<Embedder>>,
    typesetter: OnceLock<Typesetter>,
    settings: Settings,
}

/// How the product is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Procedures that are loaded, those too that nobody here is led to.
    pub procedures: usize,
    /// Of these, procedures of which no more than the name and who handles them is known.
    pub names_only: usize,
    /// The content key of the corpus.
    pub corpus_key: String,
    /// Whether text can be generated.
    pub model: EngineState,
    /// Requests that wait for the model or are with it.
    pub waiting: usize,
    /// Whether the search goes by meaning too, not by words alone.
    pub vectors: bool,
}

/// Which procedures are listed.
#[derive(Debug, Clone, Default)]
pub struct Browse<'a> {
    /// Only of this field.
    pub field: Option<&'a str>,
    /// Only of this level.
    pub level: Option<Level>,
}

/// A field and how much there is in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FieldCount<'a> {
    /// Its name.
    pub name: &'a str,
    /// How many procedures it has.
    pub procedures: usize,
    /// How many of them the commune handles.
    pub commune: usize,
    /// How much of a commune counter's work it is, from 0 to 1.
    pub share: f32,
}

/// What words alone are this sure of, meaning would not change.
const CLEAR: f32 = 0.7;

impl Kiosk {
    /// Ranked procedures for some words.
    pub fn search(&self, text: &str, on: Date, browse: &Browse<'_>, limit: usize) -> Found {
        let english = from_english(text);
        let text = english.as_deref().unwrap_or(text);
        let query = self.query(text, on, browse);
        let by_words = self.0.index.search(&query, limit);
        let is_clear = by_words.candidates.first().is_some_and(|best| best.score >= CLEAR);
        if is_clear && matches!(by_words.decision, Decision::One(_)) {
            return by_words;
        }
        // A vector takes longer than everything else: it is asked for where words leave a doubt.
        match self.vector_of(text) {
            Some(vector) => self.0.index.search(&Query { vector: Some(&vector), ..query }, limit),
            None => by_words,
        }
    }

    fn query<'a>(&'a self, text: &'a str, on: Date, browse: &Browse<'a>) -> Query<'a> {
        Query {
            text,
            province: self.0.settings.province.as_deref(),
            on,
            field: browse.field,
            level: browse.level,
            internal: false,
            vector: None,
        }
    }

    /// A judged question with its candidates, by words alone and by meaning too, to learn from.
    pub fn lessons(&self, text: &str, on: Date, kind: Kind, right: &[String]) -> [Lesson; 2] {
        let query = self.query(text, on, &Browse::default());
        let vector = self.vector_of(text);
        let hybrid = Query { vector: vector.as_deref(), ..query };
        [query, hybrid].map(|query| self.0.index.lesson(&query, kind, right))
    }

    /// One procedure, in the version that is used today.
    pub fn procedure(&self, code: &ProcedureCode) -> Option<&Procedure> {
        self.0.by_code.get(code).and_then(|at| self.0.procedures.get(*at))
    }

    /// One procedure in the version that was or will be in force on a day; where none is known to have been, the
    /// version that is used today.
    pub fn procedure_on(&self, code: &ProcedureCode, day: Date) -> Option<&Procedure> {
        self.0.versions.in_force(code, day).or_else(|| self.procedure(code))
    }

    /// A hash of a procedure's facts, which reports name.
    pub fn version_of(&self, procedure: &Procedure) -> String {
        motcua_corpus::version_of(procedure)
    }

    /// Procedures of a field or level that hold at this kiosk: those that are pinned, those that people's lives ask
    /// for, those of the commune, then the others, each in order of code.
    pub fn browse(&self, browse: &Browse<'_>) -> Vec<&Procedure> {
        let listed = |procedure: &&Procedure| {
            self.holds_here(procedure)
                && browse.field.is_none_or(|field| procedure.field == field)
                && browse.level.is_none_or(|level| procedure.levels.contains(&level))
        };
        let events = motcua_corpus::life_events();
        let asked: HashSet<&ProcedureCode> =
            events.iter().flat_map(|event| &event.needs).map(|need| &need.code).collect();
        let rank = |procedure: &&Procedure| match self.shown(&procedure.code) {
            Shown::Pinned => 0,
            _ if asked.contains(&procedure.code) => 1,
            _ if procedure.levels.contains(&Level::Commune) => 2,
            _ => 3,
        };
        let mut found: Vec<&Procedure> = self.0.procedures.iter().filter(listed).collect();
        found.sort_by_key(rank);
        found
    }

    /// Whether people at this kiosk can use it: the country's, or their own province's, and taken in here.
    fn holds_here(&self, procedure: &Procedure) -> bool {
        if self.shown(&procedure.code) == Shown::Hidden {
            return false;
        }
        match &procedure.jurisdiction {
            Jurisdiction::National => true,
            Jurisdiction::Internal => false,
            Jurisdiction::Province(province) => {
                self.0.settings.province.as_ref().is_none_or(|own| own == province)
            }
        }
    }

    /// All fields with how many procedures each has: a counter's daily work first, then those of which the commune
    /// handles most, then the largest.
    pub fn fields(&self) -> Vec<FieldCount<'_>> {
        let mut fields: HashMap<&str, FieldCount<'_>> = HashMap::new();
        for procedure in self.0.procedures.iter().filter(|procedure| self.holds_here(procedure)) {
            let name = procedure.field.as_str();
            let field = fields.entry(name).or_insert(FieldCount {
                name,
                procedures: 0,
                commune: 0,
                share: motcua_retrieval::counter_share(name),
            });
            field.procedures += 1;
            field.commune += usize::from(procedure.levels.contains(&Level::Commune));
        }
        let mut fields: Vec<_> = fields.into_values().collect();
        fields.sort_by_key(|field| (Reverse((field.commune, field.procedures)), field.name));
        fields.sort_by(|a, b| b.share.total_cmp(&a.share));
        fields
    }

    /// What happens in people's lives, with those procedures for it that hold at this kiosk.
    pub fn life_events(&self) -> Vec<LifeEvent> {
        let here = |need: &Need| self.procedure(&need.code).is_some_and(|p| self.holds_here(p));
        let events = motcua_corpus::life_events().iter().map(|event| {
            let needs = event.needs.iter().filter(|need| here(need)).cloned().collect();
            LifeEvent { needs, ..event.clone() }
        });
        events.filter(|event| !event.needs.is_empty()).collect()
    }

    /// What loading the corpus met.
    pub fn load_report(&self) -> &LoadReport {
        &self.0.report
    }

    /// How the product is.
    pub fn health(&self) -> Health {
        let is_named = |one: &&Procedure| one.detail == Detail::NameOnly;
        Health {
            procedures: self.0.procedures.len(),
            names_only: self.0.procedures.iter().filter(is_named).count(),
            corpus_key: self.0.corpus_key.clone(),
            model: self.0.engine.state(),
            waiting: self.0.engine.waiting(),
            vectors: self.0.embedder.get().is_some(),
        }
    }

    /// What it was opened with.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }
}

/// How facts are put into words: the same on every screen.
pub mod wording {
    pub use motcua_answer::{
        agencies_text, channel_answer, condition_text, data_text, fee_text, narrowed, place_text,
        requirement_text, time_text,
    };
}

/// What outlives a visit.
pub use motcua_store as records;

pub use motcua_text::fold;

pub use motcua_dossier::{ReadFact, ReadFactKind};
pub use motcua_dossier::{UnknownAnswer, overrule, resolve_answers};
pub use motcua_generate::{EngineState, ModelInfo};
pub use motcua_intake::IntakeError;
pub use motcua_intake::Limits;
pub use motcua_intake::{PagePicture, ReadUpload, Stop, remove_leftovers};
pub use motcua_letter::{
    Applicant, Cell, ComposeError, FigureTable, Figures, Form, Note, Office, TypesetError,
    UnknownForm, WorkbookError, advice, case_of,
};
