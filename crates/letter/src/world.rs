//! What a template can reach: its own folder, the built-in parts, the letter's data, and nothing else.

use std::{
    fs,
    path::{Path, PathBuf},
};

use typst::{
    Library, LibraryExt as _, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, Source, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use crate::templates::COMMON;

/// The name under which a template reads its letter.
pub(crate) const DATA: &str = "letter.json";

/// Fonts and the standard library, loaded once.
pub(crate) struct Shop {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Shop {
    /// The built-in fonts, and those in the centre's own folder.
    pub(crate) fn new(folder: Option<&Path>) -> Self {
        let mut fonts: Vec<Font> =
            typst_assets::fonts().flat_map(|font| Font::iter(Bytes::new(font))).collect();
        for path in font_files(folder) {
            if let Ok(bytes) = fs::read(path) {
                fonts.extend(Font::iter(Bytes::new(bytes)));
            }
        }
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Self { library: LazyHash::new(Library::default()), book, fonts }
    }
}

/// In order of name, so that the same folder always gives the same letter.
fn font_files(folder: Option<&Path>) -> Vec<PathBuf> {
    let entries = folder.and_then(|folder| fs::read_dir(folder).ok());
    let paths = entries.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let is_font = |path: &PathBuf| {
        path.extension().is_some_and(|kind| ["ttf", "otf", "ttc"].iter().any(|font| kind == *font))
    };
    let mut fonts: Vec<PathBuf> = paths.filter(is_font).collect();
    fonts.sort();
    fonts
}

/// One letter to be set.
pub(crate) struct Desk<'a> {
    pub(crate) shop: &'a Shop,
    pub(crate) main: Source,
    pub(crate) data: Bytes,
    pub(crate) folder: Option<&'a Path>,
}

impl Desk<'_> {
    fn bytes(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get();
        let name = path.vpath().get_without_slash();
        if name == DATA {
            return Ok(self.data.clone());
        }
        let not_found = || FileError::NotFound(PathBuf::from(name));
        if !matches!(path.root(), VirtualRoot::Project) {
            return Err(not_found());
        }
        if let Some(folder) = self.folder {
            // Only what lies in the folder itself: a template is somebody else's file.
            let path = folder.join(name);
            let inside = fs::canonicalize(&path).ok().zip(fs::canonicalize(folder).ok());
            if let Some((path, folder)) = inside
                && path.starts_with(folder)
            {
                return fs::read(&path).map(Bytes::new).map_err(|_| not_found());
            }
        }
        let (common, text) = COMMON;
        if name == common { Ok(Bytes::new(text.as_bytes())) } else { Err(not_found()) }
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shop.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shop.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        let bytes = self.bytes(id)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(id, text.to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.bytes(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shop.fonts.get(index).cloned()
    }

    /// A letter never depends on the day it is printed.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
