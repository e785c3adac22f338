//! ZIP archives, bounded before they are unpacked.

use std::{
    borrow::Cow,
    io::{Cursor, Read},
};

use motcua_domain::FileKind;
use zip::{ZipArchive, result::ZipError};

use crate::{IntakeError, Limits, clean_name};

/// What a ZIP file holds when it is one file and no archive; none for an archive.
///
/// # Errors
/// When it is damaged or of an office program that is not read.
pub(crate) fn kind(bytes: &[u8]) -> Result<Option<FileKind>, IntakeError> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(zip_error)?;
    let holds = |wanted: &str| archive.index_for_name(wanted).is_some();
    if holds("word/document.xml") {
        Ok(Some(FileKind::Docx))
    } else if holds("xl/workbook.xml") {
        Ok(Some(FileKind::Xlsx))
    } else if holds("ppt/presentation.xml") {
        Err(IntakeError::unsupported("bài trình chiếu PowerPoint"))
    } else if holds("META-INF/manifest.xml") && holds("content.xml") {
        Err(IntakeError::unsupported("văn bản OpenDocument"))
    } else if holds("AndroidManifest.xml") || holds("META-INF/MANIFEST.MF") {
        Err(IntakeError::unsupported("chương trình"))
    } else {
        Ok(None)
    }
}

/// An archive whose files are taken out one after the other, all of them within one bound.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    next: usize,
    left: u64,
}

/// Opens an archive.
///
/// # Errors
/// When it is damaged, has too many entries, or says itself that it is too large.
pub(crate) fn open<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Archive<'a>, IntakeError> {
    let zip = ZipArchive::new(Cursor::new(bytes)).map_err(zip_error)?;
    let too_many = zip.len() > limits.max_archive_entries;
    let says = zip.decompressed_size().unwrap_or(0);
    if too_many || says > u128::from(limits.max_archive_bytes) {
        return Err(IntakeError::ArchiveTooLarge);
    }
    Ok(Archive { zip, next: 0, left: limits.max_archive_bytes })
}

impl Archive<'_> {
    /// The next file with its name; folders and what operating systems leave behind are skipped.
    pub(crate) fn next_file(&mut self) -> Result<Option<(String, Vec<u8>)>, IntakeError> {
        while self.next < self.zip.len() {
            let entry = self.zip.by_index(self.next).map_err(zip_error)?;
            self.next = self.next.saturating_add(1);
            // Old programs write names in their own code page; a name is only shown.
            let path = String::from_utf8_lossy(entry.name_raw()).into_owned();
            if entry.is_dir() || is_left_behind(&path) {
                continue;
            }
            let name = clean_name(&path);
            let bytes = read_bounded(entry, &mut self.left)?;
            return Ok(Some((name, bytes)));
        }
        Ok(None)
    }

    /// The names of all entries, as they stand.
    pub(crate) fn names(&self) -> Vec<String> {
        self.zip.file_names().flatten().map(Cow::into_owned).collect()
    }

    /// One named entry of at most `most` bytes.
    pub(crate) fn named(&mut self, name: &str, most: u64) -> Result<Vec<u8>, IntakeError> {
        let entry = self.zip.by_name(name).map_err(zip_error)?;
        let mut left = most.min(self.left);
        let bytes = read_bounded(entry, &mut left)?;
        self.left = self.left.saturating_sub(bytes.len() as u64);
        Ok(bytes)
    }
}

/// What an entry says of its size is not believed: reading stops at what is left.
fn read_bounded(entry: impl Read, left: &mut u64) -> Result<Vec<u8>, IntakeError> {
    let mut bytes = Vec::new();
    let read = entry.take(left.saturating_add(1)).read_to_end(&mut bytes);
    let read = read.map_err(|error| IntakeError::damaged(&error))? as u64;
    *left = left.checked_sub(read).ok_or(IntakeError::ArchiveTooLarge)?;
    Ok(bytes)
}

fn zip_error(error: ZipError) -> IntakeError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            IntakeError::EncryptedArchive
        }
        other => IntakeError::damaged(&other),
    }
}

fn is_left_behind(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    path.starts_with("__MACOSX/") || matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}
