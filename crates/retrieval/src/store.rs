//! Indexes on disk: built aside, renamed into place, checked when opened.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process,
};

/// Raised whenever fields or their tokens change.
const FORMAT: &str = "motcua-index 1";
const MARK: &str = "format";

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
    /// It is damaged.
    #[error("chỉ mục hỏng: {0}")]
    Damaged(#[from] tantivy::TantivyError),
}

/// Builds a folder aside and renames it to `root/key`. A process killed at any moment leaves the
/// old index or none, and leftovers that the next build removes.
pub(crate) fn build_aside(
    root: &Path,
    key: &str,
    fill: impl FnOnce(&Path) -> Result<(), BuildIndexError>,
) -> Result<PathBuf, BuildIndexError> {
    let write = |path: &Path| {
        let path = path.to_owned();
        move |source| BuildIndexError::Write { path, source }
    };
    fs::create_dir_all(root).map_err(write(root))?;
    remove_leftovers(root);
    let aside = root.join(format!(".building-{}", process::id()));
    let _ = fs::remove_dir_all(&aside);
    fs::create_dir_all(&aside).map_err(write(&aside))?;
    let filled =
        fill(&aside).and_then(|()| fs::write(aside.join(MARK), FORMAT).map_err(write(&aside)));
    if let Err(error) = filled {
        let _ = fs::remove_dir_all(&aside);
        return Err(error);
    }
    let place = root.join(key);
    if let Err(first) = fs::rename(&aside, &place) {
        // Another process was quicker, or a damaged index lies there: replace it.
        let _ = fs::remove_dir_all(&place);
        if fs::rename(&aside, &place).is_err() {
            let _ = fs::remove_dir_all(&aside);
            return Err(write(&place)(first));
        }
    }
    Ok(place)
}

/// Folders that a killed build left behind: those of processes that are gone.
fn remove_leftovers(root: &Path) {
    let Ok(entries) = fs::read_dir(root) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let pid = name.to_str().and_then(|name| name.strip_prefix(".building-"));
        if pid.is_some_and(|pid| !Path::new("/proc").join(pid).exists()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The folder of an index, if it is of this format.
pub(crate) fn locate(root: &Path, key: &str) -> Result<PathBuf, OpenIndexError> {
    let place = root.join(key);
    let found = fs::read_to_string(place.join(MARK)).map_err(|_| OpenIndexError::Missing)?;
    if found == FORMAT { Ok(place) } else { Err(OpenIndexError::Incompatible { found }) }
}
