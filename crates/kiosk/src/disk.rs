//! Writing files so that others only ever see whole ones.

use std::{fs, io, path::Path, process};

/// Written aside and renamed: a killed process leaves the old file or the new one.
pub(crate) fn write_whole(place: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    let aside = place.with_extension(format!("{}.partial", process::id()));
    let written = fs::write(&aside, bytes).and_then(|()| fs::rename(&aside, place));
    written.inspect_err(|_| {
        let _ = fs::remove_file(&aside);
    })
}
