//! Corpus and index from their caches, or built and cached.

use std::{
    fs,
    path::{Path, PathBuf},
    process,
    sync::{Arc, OnceLock},
};

use motcua_corpus::{Corpus, LoadCorpusError, LoadReport, content_key};
use motcua_domain::Procedure;
use motcua_dossier::{Catalogue, ParseCatalogueError};
use motcua_generate::Engine;
use motcua_intake::Reader;
use motcua_retrieval::{BuildIndexError, Index};
use serde::{Deserialize, Serialize};

use crate::{Inner, Kiosk, Settings};

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
}

impl Kiosk {
    /// Loads the corpus and its index, from the cache if the content is the same.
    ///
    /// # Errors
    /// When a source cannot be read or is wrong, or the cache cannot be written.
    pub fn open(
        settings: Settings,
        engine: Engine,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, OpenKioskError> {
        let path = &settings.documents;
        let documents = fs::read_to_string(path)
            .map_err(|source| OpenKioskError::ReadDocuments { path: path.clone(), source })?;
        let catalogue = Catalogue::parse(&documents)?;
        let corpus_key = content_key(&settings.sources)?;
        let key = format!("{corpus_key}-{}", settings.build);
        let Compiled { procedures, report } = compiled(&settings, &key, progress)?;
        let root = settings.cache.join("index");
        let index = match Index::open(&root, &key, &procedures) {
            Ok(index) => index,
            Err(reason) => {
                tracing::info!(%reason, "building the index");
                Index::build(&root, &procedures, &key, &mut |done, all| {
                    progress(Progress::Indexing(done, all));
                })?
            }
        };
        let by_code = procedures.iter().enumerate().map(|(at, p)| (p.code.clone(), at)).collect();
        let reader = Reader::new(settings.worker.clone(), settings.limits);
        Ok(Self(Arc::new(Inner {
            procedures,
            by_code,
            index,
            report,
            corpus_key,
            catalogue,
            reader,
            engine,
            embedder: OnceLock::new(),
            settings,
        })))
    }
}

#[derive(Serialize, Deserialize)]
struct Compiled {
    procedures: Vec<Procedure>,
    report: LoadReport,
}

fn compiled(
    settings: &Settings,
    key: &str,
    progress: &mut dyn FnMut(Progress),
) -> Result<Compiled, LoadCorpusError> {
    let cached = settings.cache.join("corpus").join(format!("{key}.postcard"));
    // A cache that does not read is as good as none.
    if let Ok(bytes) = fs::read(&cached)
        && let Ok(compiled) = postcard::from_bytes(&bytes)
    {
        return Ok(compiled);
    }
    progress(Progress::ReadingCorpus);
    let Corpus { procedures, report } = Corpus::load(&settings.sources)?;
    let compiled = Compiled { procedures, report };
    if let Err(error) = write_cache(&cached, &compiled) {
        tracing::warn!(%error, path = %cached.display(), "compiled corpus is not cached");
    }
    Ok(compiled)
}

/// Written aside and renamed, so that a killed process leaves no half file.
fn write_cache(place: &Path, compiled: &Compiled) -> std::io::Result<()> {
    let folder = place.parent().unwrap_or(place);
    fs::create_dir_all(folder)?;
    let bytes = postcard::to_stdvec(compiled).map_err(std::io::Error::other)?;
    let aside = folder.join(format!(".writing-{}", process::id()));
    fs::write(&aside, bytes)?;
    fs::rename(&aside, place).inspect_err(|_| {
        let _ = fs::remove_file(&aside);
    })?;
    forget_old(folder);
    Ok(())
}

/// How many compiled corpora are kept: today's, and those that other commands or the last version
/// may still use.
const KEPT: usize = 4;

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
