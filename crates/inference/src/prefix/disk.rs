//! Snapshots as files: `MAGIC`, a hash of the rest, the model's key, tokens, keys and values.

use std::{
    fmt::Write as _,
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

use super::common;
use crate::decoder::Kept;

/// Changes with everything that changes what a snapshot means.
const MAGIC: &[u8; 16] = b"motcua-prefix 1\n";
const HASH: usize = 32;
const EXTENSION: &str = "prefix";
/// More files than this are not kept for a model: the oldest go.
const MOST_FILES: usize = 256;

/// Tells models apart: a hash of the file's head and of samples of its weights.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct ModelKey(pub(crate) [u8; HASH]);

/// The snapshots of one model in a folder.
pub(crate) struct Disk {
    folder: PathBuf,
    key: ModelKey,
    known: Vec<(PathBuf, Vec<u32>)>,
}

impl Disk {
    /// Looks which snapshots there are. Files that are damaged or of another kind are removed.
    pub(crate) fn open(root: &Path, key: ModelKey) -> Self {
        let folder = root.join(hex(&key.0[..8]));
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|extension| extension == EXTENSION))
            .collect();
        let written = |path: &PathBuf| fs::metadata(path).and_then(|about| about.modified()).ok();
        paths.sort_by_key(|path| std::cmp::Reverse(written(path)));
        paths.iter().skip(MOST_FILES).for_each(|path| remove(path));
        paths.truncate(MOST_FILES);
        let read = |path: PathBuf| {
            let tokens = read_tokens(&path, key);
            if tokens.is_none() {
                remove(&path);
            }
            Some((path, tokens?))
        };
        let known = paths.into_iter().filter_map(read).collect();
        Self { folder, key, known }
    }

    /// Whether there is a snapshot of just these tokens.
    pub(crate) fn holds(&self, tokens: &[u32]) -> bool {
        self.known.iter().any(|(_, known)| known == tokens)
    }

    /// The snapshot that has most in common with a prompt, if that is `least` tokens or more.
    pub(crate) fn find(&mut self, prompt: &[u32], least: usize) -> Option<(Vec<u32>, Kept)> {
        let shared = |entry: &(PathBuf, Vec<u32>)| common(prompt, &entry.1);
        let (at, _) = self.known.iter().enumerate().max_by_key(|(_, entry)| shared(entry))?;
        if shared(&self.known[at]) < least {
            return None;
        }
        let (path, tokens) = &self.known[at];
        let kept = fs::read(path).ok().and_then(|bytes| parse(&bytes, self.key));
        match kept {
            Some((found, kept)) if found == *tokens => Some((found, kept)),
            _ => {
                tracing::warn!(path = %path.display(), "a damaged snapshot is removed");
                remove(path);
                self.known.swap_remove(at);
                None
            }
        }
    }

    /// Writes a snapshot; one that cannot be written is only missed.
    pub(crate) fn write(&mut self, tokens: &[u32], kept: &Kept) {
        match self.try_write(tokens, kept) {
            Ok(path) => self.known.push((path, tokens.to_vec())),
            Err(error) => tracing::warn!(%error, "a snapshot could not be written"),
        }
    }

    fn try_write(&self, tokens: &[u32], kept: &Kept) -> io::Result<PathBuf> {
        fs::create_dir_all(&self.folder)?;
        let mut rest = self.key.0.to_vec();
        let count = u32::try_from(tokens.len()).map_err(io::Error::other)?;
        rest.extend(count.to_le_bytes());
        for token in tokens {
            rest.extend(token.to_le_bytes());
        }
        kept.write(&mut rest);
        let name = Sha256::digest(&rest[..HASH + 4 + 4 * tokens.len()]);
        let path = self.folder.join(format!("{}.{EXTENSION}", hex(&name[..16])));
        // Under another name until it is whole: a process that is killed leaves no half file.
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        file.write_all(MAGIC)?;
        file.write_all(&Sha256::digest(&rest))?;
        file.write_all(&rest)?;
        file.persist(&path).map_err(|error| error.error)?;
        Ok(path)
    }
}

fn remove(path: &Path) {
    if let Err(error) = fs::remove_file(path) {
        tracing::warn!(%error, path = %path.display(), "a snapshot could not be removed");
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Only the head: the rest is checked when it is used.
fn read_tokens(path: &Path, key: ModelKey) -> Option<Vec<u32>> {
    let mut head = vec![0; MAGIC.len() + HASH + HASH + 4];
    let mut file = fs::File::open(path).ok()?;
    io::Read::read_exact(&mut file, &mut head).ok()?;
    let rest = head.strip_prefix(MAGIC)?.get(HASH..)?.strip_prefix(&key.0)?;
    let count = u64::from(u32::from_le_bytes(rest.try_into().ok()?));
    // A damaged length must not reserve gigabytes.
    let bytes = (count * 4 <= file.metadata().ok()?.len()).then_some(count * 4)?;
    let mut tokens = vec![0; usize::try_from(bytes).ok()?];
    io::Read::read_exact(&mut file, &mut tokens).ok()?;
    Some(tokens.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect())
}

fn parse(bytes: &[u8], key: ModelKey) -> Option<(Vec<u32>, Kept)> {
    let (hash, rest) = bytes.strip_prefix(MAGIC)?.split_at_checked(HASH)?;
    if Sha256::digest(rest).as_slice() != hash {
        return None;
    }
    let (count, rest) = rest.strip_prefix(&key.0)?.split_first_chunk::<4>()?;
    let count = usize::try_from(u32::from_le_bytes(*count)).ok()?;
    let (tokens, rest) = rest.split_at_checked(count.checked_mul(4)?)?;
    let tokens = tokens.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect();
    Some((tokens, Kept::read(count, rest)?))
}
