//! Pictures of a case's pages: files beside the database, in a folder of the case, gone with what the case says
//! of people.
//!
//! Files and not rows, because erasing rewrites the database from end to end, and copies of it would too. A
//! folder is named by the case's code and a file by its document's hash and page: no name that anybody typed
//! becomes a path.

use std::{
    collections::BTreeSet,
    fs::{self, DirBuilder, File},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use crate::{Store, StoreError};

/// The folder of the pictures, in that of the data.
pub const PICTURES: &str = "pages";

/// A picture that is kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PictureName {
    /// The hash of the document it belongs to.
    pub sha256: String,
    /// The page, 1-based.
    pub page: u32,
}

impl PictureName {
    /// The file's name; none where the hash is none.
    fn file(&self) -> Option<String> {
        let is_hash = self.sha256.len() == 64
            && self.sha256.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        is_hash.then(|| format!("{}-{}.jpg", self.sha256, self.page))
    }

    fn of_file(name: &str) -> Option<Self> {
        let (sha256, page) = name.strip_suffix(".jpg")?.split_once('-')?;
        Some(Self { sha256: sha256.to_owned(), page: page.parse().ok()? })
    }
}

/// Where pictures are kept; nowhere for a store in memory.
#[derive(Debug, Default)]
pub(crate) struct Pictures(Option<PathBuf>);

impl Pictures {
    pub(crate) fn beside(data: &Path) -> Self {
        Self(Some(data.join(PICTURES)))
    }

    /// The folder of a case; none where none are kept or the code is no code.
    fn folder(&self, case: &str) -> Option<PathBuf> {
        let is_code = !case.is_empty()
            && case.len() <= 64
            && case.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
        self.0.as_ref().filter(|_| is_code).map(|root| root.join(case))
    }

    pub(crate) fn remove_case(&self, case: &str) -> Result<(), StoreError> {
        let Some(folder) = self.folder(case) else { return Ok(()) };
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(told(&folder, &error)),
            _ => Ok(()),
        }
    }

    /// Copies all pictures into a folder that has none.
    pub(crate) fn copy_to(&self, folder: &Path) -> Result<(), StoreError> {
        let Some(root) = self.0.as_ref().filter(|root| root.is_dir()) else { return Ok(()) };
        copy_pictures(root, &folder.join(PICTURES)).map_err(|error| told(folder, &error))
    }

    /// The cases of which there are pictures.
    fn cases(&self) -> Vec<String> {
        let Some(root) = &self.0 else { return Vec::new() };
        names(root)
    }
}

/// Copies a folder of pictures, one folder for each case.
///
/// # Errors
/// When it cannot be read or written.
pub fn copy_pictures(from: &Path, to: &Path) -> io::Result<()> {
    make_folder(to)?;
    for case in names(from) {
        let (from, to) = (from.join(&case), to.join(&case));
        make_folder(&to)?;
        for picture in names(&from).iter().filter(|name| PictureName::of_file(name).is_some()) {
            match fs::read(from.join(picture)) {
                Ok(bytes) => write_file(&to.join(picture), &bytes)?,
                // Erased meanwhile.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// For the server's own user only.
fn make_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Whole or not at all, and on the disk when this returns.
fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let aside = path.with_extension("part");
    let mut file =
        File::options().write(true).create(true).truncate(true).mode(0o600).open(&aside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&aside, path)
}

fn told(path: &Path, error: &io::Error) -> StoreError {
    StoreError(format!("{}: {error}", path.display()))
}

impl Store {
    /// Keeps a picture of a case's page. A case that is erased keeps none.
    ///
    /// # Errors
    /// When there is no such case, it is erased, or the picture cannot be written.
    pub fn keep_picture(
        &self,
        case: &str,
        name: &PictureName,
        jpeg: &[u8],
    ) -> Result<(), StoreError> {
        let (Some(folder), Some(file)) = (self.pictures.folder(case), name.file()) else {
            return Ok(());
        };
        make_folder(&folder).map_err(|error| told(&folder, &error))?;
        let path = folder.join(file);
        write_file(&path, jpeg).map_err(|error| told(&path, &error))?;
        // Erasing marks the case first and removes its folder then; so whichever of the two came first, nothing
        // stays.
        match self.case(case)? {
            Some(kept) if !kept.is_erased => Ok(()),
            _ => {
                self.pictures.remove_case(case)?;
                Err(StoreError(format!("nội dung hồ sơ {case} đã xóa hoặc không có")))
            }
        }
    }

    /// The pictures that are kept of a case.
    pub fn pictures(&self, case: &str) -> BTreeSet<PictureName> {
        let folder = self.pictures.folder(case);
        let files = folder.map(|folder| names(&folder)).unwrap_or_default();
        files.iter().filter_map(|name| PictureName::of_file(name)).collect()
    }

    /// A picture of a case's page; none where it is not kept.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn picture(&self, case: &str, name: &PictureName) -> Result<Option<Vec<u8>>, StoreError> {
        let (Some(folder), Some(file)) = (self.pictures.folder(case), name.file()) else {
            return Ok(None);
        };
        let path = folder.join(file);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(told(&path, &error)),
        }
    }

    /// Removes the pictures of a document that was taken back, unless a version of the case holds it.
    ///
    /// # Errors
    /// When they cannot be removed.
    pub fn drop_pictures(&self, case: &str, sha256: &str) -> Result<(), StoreError> {
        let Some(folder) = self.pictures.folder(case).filter(|_| sha256.len() == 64) else {
            return Ok(());
        };
        let named = |text: &[u8]| text.windows(64).any(|part| part == sha256.as_bytes());
        if self.versions(case)?.iter().any(|version| named(&version.dossier)) {
            return Ok(());
        }
        for name in self.pictures(case).iter().filter(|name| name.sha256 == sha256) {
            let Some(path) = name.file().map(|file| folder.join(file)) else { continue };
            fs::remove_file(&path).map_err(|error| told(&path, &error))?;
        }
        Ok(())
    }

    /// Removes pictures of cases that are erased or not there, as a power cut may leave them; of how many.
    ///
    /// # Errors
    /// When they cannot be removed.
    pub fn sweep_pictures(&self) -> Result<usize, StoreError> {
        let mut swept = 0;
        for case in self.pictures.cases() {
            let lives = self.case(&case)?.is_some_and(|kept| !kept.is_erased);
            if !lives && self.pictures.folder(&case).is_some() {
                self.pictures.remove_case(&case)?;
                swept += 1;
            }
        }
        Ok(swept)
    }
}
