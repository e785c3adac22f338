//! Writing files so that others only ever see whole ones.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::Path,
};

use tempfile::NamedTempFile;

/// Written aside, brought to the disk and renamed: a killed process or a power cut leaves the old file or the new one.
pub(crate) fn write_whole(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut aside = NamedTempFile::new_in(folder)?;
    aside.write_all(bytes)?;
    aside.as_file().sync_all()?;
    aside.persist(place)?;
    File::open(folder)?.sync_all()
}
