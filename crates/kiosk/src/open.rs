//! Corpus and index from their caches, or built and cached.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use jiff::civil::Date;
use motcua_corpus::{Corpus, LoadCorpusError, Part, content_key};
use motcua_domain::Procedure;
use motcua_dossier::{Catalogue, ParseCatalogueError};
use motcua_generate::Engine;
use motcua_intake::Reader;
use motcua_retrieval::{BuildIndexError, Index, is_province};

use crate::{
    Inner, Kiosk, Settings,
    disk::write_whole,
    law::Law,
    shown::{self, ShownHere},
};

/// What takes long at a first start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Procedures are being read and compiled.
    ReadingCorpus,
    /// So many of so many procedures are indexed.
    Indexing(usize, usize),
}

/// A kiosk could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenKioskError {
    /// The procedures could not be loaded.
    #[error(transparent)]
    Corpus(#[from] LoadCorpusError),
    /// The index could not be built.
    #[error(transparent)]
    Index(#[from] BuildIndexError),
    /// The catalogue of common papers is missing.
    #[error("không đọc được danh mục giấy tờ `{}`: {source}", path.display())]
    ReadDocuments {
        /// Where it should be.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The catalogue of common papers is wrong.
    #[error("danh mục giấy tờ sai: {0}")]
    Documents(#[from] ParseCatalogueError),
    /// There is no province of that name: everybody's own procedures would be hidden from everybody.
    #[error("không có tỉnh, thành phố nào tên “{0}”: ghi tên như “Phú Thọ”, có dấu")]
    UnknownProvince(String),
    /// What the centre hides and shows first cannot be read.
    #[error("không đọc được danh sách thủ tục ẩn và ghim: {0}")]
    Shown(std::io::Error),
    /// The facts about changed law are wrong.
    #[error("danh mục văn bản đã đổi `{}` sai: {problem}", path.display())]
    Law {
        /// Where they stand.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
}

impl Kiosk {
    /// Loads the corpus and its index for use on a day, from the cache if the content is the same.
    ///
    /// # Errors
    /// When a source cannot be read or is wrong, or the cache cannot be written.
    pub fn open(
        settings: Settings,
        on: Date,
        engine: Engine,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, OpenKioskError> {
        if let Some(name) = settings.province.as_ref().filter(|name| !is_province(name)) {
            return Err(OpenKioskError::UnknownProvince(name.clone()));
        }
        // Before anything is read: what changes meanwhile is noticed afterwards.
        let stamp = stamp(&settings)?;
        let shown = shown_here(&settings)?;
        let corpus_key = content_key(&settings.sources)?;
        let corpus = corpus(&settings, on, progress)?;
        let key = index_key(&corpus_key, corpus.versions.last_change(on), &settings, &shown);
        let findable = shown.findable(&corpus.procedures);
        let root = settings.cache.join("index");
        let index = match Index::open(&root, &key, &findable) {
            Ok(index) => index,
            Err(reason) => {
                tracing::info!(%reason, "building the index");
                Index::build(&root, &findable, &key, &mut |done, all| {
                    progress(Progress::Indexing(done, all));
                })?
            }
        };
        drop(findable);
        let catalogue = catalogue(settings.documents.as_deref())?;
        let law = Law::beside(settings.documents.as_deref())?;
        let content = Content { on, stamp, corpus_key, corpus, index, catalogue, law, shown };
        Ok(Self::over(settings, Arc::new(engine), content))
    }

    /// The kiosk after its sources have changed or another version of a procedure has begun, with the same engine and
    /// embedder; nothing if neither happened. This one stays as it is: whoever works with it finishes on what it began with.
    ///
    /// Vectors of new texts are computed when the embedder is [added](Self::add_embedder_of); until
    /// then the new kiosk searches by words.
    ///
    /// # Errors
    /// When a source cannot be read or is wrong.
    pub fn renewed(&self, on: Date) -> Result<Option<Self>, OpenKioskError> {
        let settings = &self.0.settings;
        let stamp = self.stamp_now()?;
        let corpus_key = content_key(&settings.sources)?;
        let shown = shown_here(settings)?;
        if corpus_key == self.0.corpus_key && shown == self.0.shown && !self.is_of_before(on) {
            return Ok(None);
        }
        let corpus = corpus(settings, on, &mut |_| ())?;
        let (before, findable) =
            (self.0.shown.findable(&self.0.procedures), shown.findable(&corpus.procedures));
        let unchanged = |procedure: &Procedure| {
            let at = *self.0.by_code.get(&procedure.code)?;
            (before.get(at) == Some(procedure)).then_some(at)
        };
        let index = self.0.index.renewed(&findable, &unchanged);
        let key = index_key(&corpus_key, corpus.versions.last_change(on), settings, &shown);
        if let Err(error) = index.keep(&settings.cache.join("index"), &key) {
            tracing::warn!(%error, "the index is not kept");
        }
        drop(findable);
        let catalogue = catalogue(settings.documents.as_deref())?;
        let law = Law::beside(settings.documents.as_deref())?;
        let content = Content { on, stamp, corpus_key, corpus, index, catalogue, law, shown };
        Ok(Some(Self::over(settings.clone(), Arc::clone(&self.0.engine), content)))
    }

    /// Whether another version of a procedure has begun since the kiosk was opened.
    pub fn is_of_before(&self, on: Date) -> bool {
        self.0.versions.next_change(self.0.on).is_some_and(|day| day <= on)
    }

    /// A number that changes when a file of the sources is written, comes or goes: as it is now, ...
    ///
    /// # Errors
    /// When a source cannot be found.
    pub fn stamp_now(&self) -> Result<u64, LoadCorpusError> {
        stamp(&self.0.settings)
    }

    /// ... and as it was when the kiosk began to read them.
    pub fn stamp(&self) -> u64 {
        self.0.stamp
    }

    fn over(settings: Settings, engine: Arc<Engine>, content: Content) -> Self {
        let Content { on, stamp, corpus_key, corpus, index, catalogue, law, shown } = content;
        let Corpus { procedures, versions, report, record_rows, record_facts } = corpus;
        let by_code = procedures.iter().enumerate().map(|(at, p)| (p.code.clone(), at)).collect();
        let reader = Reader::new(settings.worker.clone(), settings.limits);
        Self(Arc::new(Inner {
            on,
            procedures,
            versions,
            record_rows,
            record_facts,
            by_code,
            index,
            report,
            stamp,
            corpus_key,
            catalogue,
            law,
            shown,
            reader,
            engine,
            embedder: OnceLock::new(),
            typesetter: OnceLock::new(),
            settings,
        }))
    }
}

/// What comes from the sources.
struct Content {
    on: Date,
    stamp: u64,
    corpus_key: String,
    corpus: Corpus,
    index: Index,
    catalogue: Catalogue,
    law: Law,
    shown: ShownHere,
}

fn shown_here(settings: &Settings) -> Result<ShownHere, OpenKioskError> {
    ShownHere::read(settings).map_err(OpenKioskError::Shown)
}

fn stamp(settings: &Settings) -> Result<u64, LoadCorpusError> {
    Ok(motcua_corpus::stamp(&settings.sources)? ^ shown::stamp(settings))
}

/// What is hidden, and versions of other days, are left out of an index, so that each choice has one of its own.
fn index_key(
    corpus_key: &str,
    began: Option<Date>,
    settings: &Settings,
    shown: &ShownHere,
) -> String {
    let began = began.map(|day| format!("-{day}")).unwrap_or_default();
    format!("{corpus_key}-{}{}{began}", settings.build, shown.key())
}

/// The project's own, for a program that stands without its folder.
const BUILT_IN: &str = include_str!("../../../corpus/documents.toml");

fn catalogue(path: Option<&Path>) -> Result<Catalogue, OpenKioskError> {
    let Some(path) = path else { return Ok(Catalogue::parse(BUILT_IN)?) };
    let documents = fs::read_to_string(path)
        .map_err(|source| OpenKioskError::ReadDocuments { path: path.to_owned(), source })?;
    Ok(Catalogue::parse(&documents)?)
}

/// The corpus: exports as they were compiled before, files of the project's own form read anew.
fn corpus(
    settings: &Settings,
    on: Date,
    progress: &mut dyn FnMut(Progress),
) -> Result<Corpus, LoadCorpusError> {
    let parts = settings.sources.iter().map(|source| {
        if source.is_dir() { Part::read(source) } else { compiled(settings, source, progress) }
    });
    let corpus = Corpus::of(parts.collect::<Result<_, _>>()?, on)?;
    for place in &corpus.report.unreadable {
        tracing::info!(place, "no record is read here");
    }
    Ok(corpus)
}

fn compiled(
    settings: &Settings,
    source: &PathBuf,
    progress: &mut dyn FnMut(Progress),
) -> Result<Part, LoadCorpusError> {
    let key = content_key(std::slice::from_ref(source))?;
    let name = format!("{key}-{}.postcard", settings.build);
    let cached = settings.cache.join("corpus").join(name);
    // A cache that does not read is as good as none.
    if let Ok(bytes) = fs::read(&cached) {
        match postcard::from_bytes(&bytes) {
            Ok(part) => return Ok(part),
            Err(error) => tracing::warn!(%error, "a compiled source does not read back"),
        }
    }
    progress(Progress::ReadingCorpus);
    let part = Part::read(source)?;
    if part.is_sound()
        && let Err(error) = write_cache(&cached, &part)
    {
        tracing::warn!(%error, path = %cached.display(), "compiled source is not cached");
    }
    Ok(part)
}

fn write_cache(place: &Path, part: &Part) -> std::io::Result<()> {
    let bytes = postcard::to_stdvec(part).map_err(std::io::Error::other)?;
    write_whole(place, &bytes)?;
    forget_old(place.parent().unwrap_or(place));
    Ok(())
}

/// How many compiled sources are kept: today's, and those that other commands or the last version may
/// still use.
const KEPT: usize = 8;

/// Removes the oldest caches, and what killed processes left half written. What cannot be removed
/// now will be next time.
fn forget_old(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut files: Vec<(std::time::SystemTime, PathBuf)> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    files.sort();
    for (_, path) in files.iter().rev().skip(KEPT) {
        let _ = fs::remove_file(path);
    }
}
