//! Temporary folders of readers, and what killed servers left of them.
//!
//! Each holds a file that its reader keeps locked; the kernel lets go of the lock when the reader is gone,
//! however it went. A folder without such a file is not ours to judge.

use std::{
    env,
    fs::{self, File, Permissions},
    io,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
};

use tempfile::TempDir;

const PREFIX: &str = "motcua-";
const OWNER: &str = ".owner";

/// A private folder for one upload; gone with this value.
pub(crate) struct ReadingFolder {
    folder: TempDir,
    _owner: File,
}

impl ReadingFolder {
    pub(crate) fn new() -> io::Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix(PREFIX)
            .permissions(Permissions::from_mode(0o700))
            .tempdir()?;
        let owner = File::create(folder.path().join(OWNER))?;
        owner.lock()?;
        Ok(Self { folder, _owner: owner })
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Removes what readers of killed servers left in the temporary folder, with the papers in it; how many folders.
pub fn remove_leftovers() -> usize {
    remove_leftovers_in(&env::temp_dir())
}

fn remove_leftovers_in(place: &Path) -> usize {
    let Ok(entries) = fs::read_dir(place) else { return 0 };
    let folders = entries.flatten().filter(|entry| {
        let is_ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        is_ours && is_dead(&entry.path())
    });
    folders.filter(|entry| fs::remove_dir_all(entry.path()).is_ok()).count()
}

/// Whether it is a folder of this user's whose reader is gone.
fn is_dead(folder: &Path) -> bool {
    let own = rustix::process::getuid().as_raw();
    let is_own_folder = fs::symlink_metadata(folder)
        .is_ok_and(|about| about.file_type().is_dir() && about.uid() == own);
    is_own_folder && File::open(folder.join(OWNER)).is_ok_and(|owner| owner.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_dead_reader_left_is_removed() {
        let place = tempfile::tempdir().expect("folder");
        let folder = |name: &str| {
            let folder = place.path().join(name);
            fs::create_dir(&folder).expect("folder");
            folder
        };
        let (dead, alive) = (folder("motcua-dead"), folder("motcua-alive"));
        let (foreign, unmarked) = (folder("other-dead"), folder("motcua-unmarked"));
        for folder in [&dead, &foreign] {
            File::create(folder.join(OWNER)).expect("file");
        }
        fs::write(dead.join("upload.pdf"), "giấy tờ").expect("file");
        let owner = File::create(alive.join(OWNER)).expect("file");
        owner.lock().expect("locked");
        assert_eq!(remove_leftovers_in(place.path()), 1);
        assert!(!dead.exists() && alive.exists() && foreign.exists() && unmarked.exists());
        drop(owner);
        assert_eq!(remove_leftovers_in(place.path()), 1);
        assert!(!alive.exists());
    }
}
