//! Files that are whole or not there: written aside, renamed into place, checked when opened.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, SystemTime},
};

use sha2::{Digest, Sha256};

use crate::vocabulary::Vocabulary;

/// Raised whenever what is kept of a procedure, or how its words are cut, changes.
const FORMAT: &str = "motcua-index 7";
const EXTENSION: &str = "index";
/// How files in the making begin.
const ASIDE: &str = ".writing-";
/// No file is in the making for longer.
const FORGOTTEN: Duration = Duration::from_mins(10);
/// How many files of one kind stay: corpora take turns.
const KEPT: usize = 5;

/// An index could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildIndexError {
    /// The folder cannot be written.
    #[error("không ghi được chỉ mục tại `{}`: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// An index could not be opened; building it again mends all of these.
#[derive(Debug, thiserror::Error)]
pub enum OpenIndexError {
    /// There is none for this content.
    #[error("chưa có chỉ mục cho kho thủ tục này")]
    Missing,
    /// It was built by another version, or for another content.
    #[error("chỉ mục thuộc định dạng hoặc kho thủ tục khác: `{found}`")]
    Incompatible {
        /// What it states.
        found: String,
    },
    /// It is not as it was written.
    #[error("tệp chỉ mục hỏng")]
    Damaged,
}

fn place(root: &Path, key: &str) -> PathBuf {
    root.join(format!("{key}.{EXTENSION}"))
}

/// Keeps the words of a corpus under its key.
pub(crate) fn write_index(
    root: &Path,
    key: &str,
    words: &Vocabulary,
) -> Result<(), BuildIndexError> {
    let path = place(root, key);
    let failed = |source| BuildIndexError::Write { path: path.clone(), source };
    let content = words.bytes().map_err(|error| failed(io::Error::other(error)))?;
    let head = format!("{FORMAT}\n{key}\n");
    fs::create_dir_all(root).map_err(failed)?;
    let parts = [head.as_bytes(), &Sha256::digest(&content), &content];
    write_whole(&path, |file| parts.iter().try_for_each(|part| file.write_all(part)))
        .map_err(failed)?;
    remove_oldest(root, EXTENSION, &path);
    Ok(())
}

/// Reads back what [`write_index`] kept under a key.
pub(crate) fn read_index(root: &Path, key: &str) -> Result<Vocabulary, OpenIndexError> {
    let bytes = fs::read(place(root, key)).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => OpenIndexError::Missing,
        _ => OpenIndexError::Damaged,
    })?;
    let mut parts = bytes.splitn(3, |byte| *byte == b'\n');
    let (format, held) = (parts.next().unwrap_or(b""), parts.next().unwrap_or(b""));
    if (format, held) != (FORMAT.as_bytes(), key.as_bytes()) {
        let found = [format, b" ", held].concat();
        let found = String::from_utf8_lossy(&found[..found.len().min(80)]).into_owned();
        return Err(OpenIndexError::Incompatible { found });
    }
    let (sum, content) = parts
        .next()
        .and_then(|rest| rest.split_at_checked(Sha256::output_size()))
        .ok_or(OpenIndexError::Damaged)?;
    let is_whole = Sha256::digest(content).as_slice() == sum;
    is_whole.then(|| Vocabulary::from_bytes(content)).flatten().ok_or(OpenIndexError::Damaged)
}

/// Writes a file so that whoever reads it finds all of it or what was there before, whenever the
/// process is killed or the power fails. Of two that write the same file the last one wins.
pub(crate) fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> io::Result<()> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    // Process numbers repeat between containers that share a volume; the clock seldom does.
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("{ASIDE}{}-{count}-{}", process::id(), since.as_nanos());
    let aside = path.with_file_name(name);
    let written = || {
        let mut file = io::BufWriter::new(fs::File::create_new(&aside)?);
        write(&mut file)?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&aside, path)?;
        // A power cut must not bring the folder back without its file.
        path.parent().map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())
    };
    written().inspect_err(|_| {
        let _ = fs::remove_file(&aside);
    })
}

/// Removes the files of a kind that were not used for longest, and what killed processes left.
/// What cannot be removed now will be next time.
pub(crate) fn remove_oldest(root: &Path, extension: &str, but: &Path) {
    let now = SystemTime::now();
    let mut files = Vec::new();
    for entry in fs::read_dir(root).into_iter().flatten().flatten() {
        let path = entry.path();
        let Ok(written) = entry.metadata().and_then(|meta| meta.modified()) else { continue };
        if entry.file_name().to_string_lossy().starts_with(ASIDE) {
            if now.duration_since(written).is_ok_and(|age| age > FORGOTTEN) {
                let _ = fs::remove_file(path);
            }
        } else if path != but && path.extension().is_some_and(|found| found == extension) {
            files.push((written, path));
        }
    }
    files.sort();
    for (_, path) in files.iter().rev().skip(KEPT - 1) {
        let _ = fs::remove_file(path);
    }
}
