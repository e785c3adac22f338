//! Indexes on disk: built aside, renamed into place, checked when opened.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicUsize, Ordering},
    time::SystemTime,
};

use crate::vocabulary::Vocabulary;

/// Raised whenever fields or their tokens change.
const FORMAT: &str = "motcua-index 3";
/// The file that makes a folder an index: format and key.
const MARK: &str = "format";
const WORDS: &str = "words";
/// How folders in the making begin.
const ASIDE: &str = ".building-";
/// How many other indexes stay beside a new one.
const KEPT: usize = 4;

/// An index could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildIndexError {
    /// The folder cannot be written.
    #[error("không ghi được chỉ mục tại `{}`: {source}", path.display())]
    Write {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The search library refused.
    #[error("không lập được chỉ mục: {0}")]
    Tantivy(#[from] tantivy::TantivyError),
}

/// An index could not be opened; building it again mends all of these.
#[derive(Debug, thiserror::Error)]
pub enum OpenIndexError {
    /// There is none for this content.
    #[error("chưa có chỉ mục cho kho thủ tục này")]
    Missing,
    /// It was built by another version.
    #[error("chỉ mục thuộc định dạng `{found}`, cần `{FORMAT}`")]
    Incompatible {
        /// The format it states.
        found: String,
    },
    /// There are only indexes of other content.
    #[error("kho thủ tục đã đổi từ lần lập chỉ mục trước (`{found}`)")]
    Stale {
        /// The content key of one of them.
        found: String,
    },
    /// A part of it is damaged.
    #[error("chỉ mục hỏng phần `{part}`")]
    Damaged {
        /// The file.
        part: String,
    },
    /// The search library cannot read it.
    #[error("chỉ mục hỏng: {0}")]
    Tantivy(#[from] tantivy::TantivyError),
}

/// Builds a folder aside and renames it to `root/key`. A process killed at any moment leaves the
/// old index or none, and leftovers that the next build removes. Of two that build the same index
/// at once, the first to finish wins.
pub(crate) fn build_aside(
    root: &Path,
    key: &str,
    fill: impl FnOnce(&Path) -> Result<(), BuildIndexError>,
) -> Result<PathBuf, BuildIndexError> {
    fs::create_dir_all(root).map_err(write_error(root))?;
    remove_leftovers(root);
    let place = root.join(key);
    let before = stamp(&place);
    let aside = Aside::create(root).or_else(|_| Aside::create(root))?;
    fill(&aside.path)?;
    let mark = aside.path.join(MARK);
    write_synced(&mark, format!("{FORMAT}\n{key}").as_bytes())?;
    aside.move_to(&place, before)?;
    remove_oldest(root, &place);
    Ok(place)
}

/// A folder being filled; removed with what is in it unless it was moved into place.
struct Aside {
    path: PathBuf,
    /// Held as long as the building process lives, so that others can tell it from a leftover.
    lock: fs::File,
    lock_path: PathBuf,
}

impl Aside {
    fn create(root: &Path) -> Result<Self, BuildIndexError> {
        static BUILDS: AtomicUsize = AtomicUsize::new(0);
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let count = BUILDS.fetch_add(1, Ordering::Relaxed);
        // Process numbers repeat between containers that share a volume; the clock seldom does.
        let name = format!("{}-{count}-{}", process::id(), since.as_nanos());
        let lock_path = root.join(format!("{ASIDE}{name}.lock"));
        let lock = fs::File::create_new(&lock_path).map_err(write_error(&lock_path))?;
        lock.lock().map_err(write_error(&lock_path))?;
        if !lock_path.exists() {
            // Another build cleaned it away before it was locked.
            return Err(write_error(&lock_path)(io::ErrorKind::NotFound.into()));
        }
        let path = root.join(format!("{ASIDE}{name}"));
        fs::create_dir(&path).map_err(write_error(&path))?;
        Ok(Self { path, lock, lock_path })
    }

    /// `before` is the stamp of what lay at the place when the build began.
    fn move_to(
        &self,
        place: &Path,
        before: Option<(SystemTime, SystemTime)>,
    ) -> Result<(), BuildIndexError> {
        let Err(first) = fs::rename(&self.path, place) else { return sync_folder(place) };
        let now = stamp(place);
        if now.is_some() && now != before {
            // Another process was quicker; its index is as good.
            return Ok(());
        }
        // What lay there before could not be used, or nobody would build: out of the way with it.
        let away = self.path.with_extension("replaced");
        fs::rename(place, &away).map_err(|_| write_error(place)(first))?;
        let moved = fs::rename(&self.path, place).map_err(write_error(place));
        let _ = fs::remove_dir_all(&away);
        moved?;
        sync_folder(place)
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
        let _ = self.lock.unlock();
        let _ = fs::remove_file(&self.lock_path);
    }
}

/// What tells one index from its successor under the same name.
fn stamp(place: &Path) -> Option<(SystemTime, SystemTime)> {
    let changed = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified()).ok();
    Some((changed(place)?, changed(&place.join(MARK))?))
}

fn write_error(path: &Path) -> impl FnOnce(io::Error) -> BuildIndexError {
    let path = path.to_owned();
    move |source| BuildIndexError::Write { path, source }
}

fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), BuildIndexError> {
    let mut file = fs::File::create(path).map_err(write_error(path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(write_error(path))
}

/// A power cut after the rename must not bring back a folder without its files.
fn sync_folder(place: &Path) -> Result<(), BuildIndexError> {
    let folders = [Some(place), place.parent()];
    folders.into_iter().flatten().try_for_each(|folder| {
        fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(write_error(folder))
    })
}

/// Folders that a killed build left behind: those whose lock nobody holds.
fn remove_leftovers(root: &Path) {
    for path in children(root) {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let Some(rest) = name.strip_prefix(ASIDE) else { continue };
        let build = rest.split('.').next().unwrap_or(rest);
        let lock_path = root.join(format!("{ASIDE}{build}.lock"));
        // Held until the folder is gone, so that a build that is just starting notices.
        let lock = fs::File::open(&lock_path).ok();
        if lock.as_ref().is_none_or(|lock| lock.try_lock().is_ok()) {
            let _ = fs::remove_dir_all(&path);
            let _ = fs::remove_file(&lock_path);
        }
    }
}

/// Indexes of contents that are no longer used are kept for a while: corpora take turns.
fn remove_oldest(root: &Path, but: &Path) {
    let mut indexes: Vec<(SystemTime, PathBuf)> = children(root)
        .filter(|path| path != but && path.join(MARK).is_file())
        .filter_map(|path| Some((fs::metadata(&path).and_then(|m| m.modified()).ok()?, path)))
        .collect();
    indexes.sort();
    let surplus = indexes.len().saturating_sub(KEPT);
    for (_, path) in indexes.into_iter().take(surplus) {
        let _ = fs::remove_dir_all(path);
    }
}

fn children(root: &Path) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(root).into_iter().flatten().flatten().map(|entry| entry.path())
}

/// The format and the key that a folder states.
fn read_mark(place: &Path) -> Option<(String, String)> {
    let mark = fs::read_to_string(place.join(MARK)).ok()?;
    let (format, key) = mark.split_once('\n').unwrap_or((&mark, ""));
    Some((format.to_owned(), key.to_owned()))
}

/// The folder of an index, if it is of this format and content.
pub(crate) fn locate(root: &Path, key: &str) -> Result<PathBuf, OpenIndexError> {
    let place = root.join(key);
    match read_mark(&place) {
        Some((format, held)) if format == FORMAT && held == key => Ok(place),
        Some((format, _)) if format != FORMAT => {
            Err(OpenIndexError::Incompatible { found: format })
        }
        Some((_, held)) => Err(OpenIndexError::Stale { found: held }),
        None => match children(root).find_map(|other| read_mark(&other)) {
            Some((_, held)) => Err(OpenIndexError::Stale { found: held }),
            None => Err(OpenIndexError::Missing),
        },
    }
}

/// Keeps the words beside the index.
pub(crate) fn write_words(place: &Path, words: &Vocabulary) -> Result<(), BuildIndexError> {
    let path = place.join(WORDS);
    let bytes = words.bytes().map_err(|error| write_error(&path)(io::Error::other(error)))?;
    write_synced(&path, &bytes)
}

/// Reads the words back.
pub(crate) fn read_words(place: &Path) -> Result<Vocabulary, OpenIndexError> {
    let bytes = fs::read(place.join(WORDS)).ok();
    bytes
        .and_then(|bytes| Vocabulary::from_bytes(&bytes))
        .ok_or(OpenIndexError::Damaged { part: WORDS.to_owned() })
}
