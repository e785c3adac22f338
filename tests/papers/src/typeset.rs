//! Typst source to PDF, with the fonts that come with typst, and PDF to pictures through poppler.

use std::{collections::BTreeMap, path::PathBuf, process::Command};

use anyhow::{Context as _, Result, anyhow, ensure};
use image::RgbImage;
use typst::{
    Library, LibraryExt as _, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

/// Fonts and the standard library, loaded once.
pub(crate) struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Press {
    pub(crate) fn new() -> Self {
        let fonts: Vec<Font> =
            typst_assets::fonts().flat_map(|font| Font::iter(Bytes::new(font))).collect();
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Self { library: LazyHash::new(Library::default()), book, fonts }
    }

    /// The source as PDF; `files` are the pictures it names. The same bytes for the same source.
    pub(crate) fn pdf(&self, source: String, files: BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>> {
        let path = VirtualPath::new("main.typ").map_err(|error| anyhow!("{error}"))?;
        let main = FileId::new(RootedPath::new(VirtualRoot::Project, path));
        let files = files.into_iter().map(|(name, bytes)| (name, Bytes::new(bytes))).collect();
        let desk = Desk { press: self, main: Source::new(main, source), files };
        let document = typst::compile::<PagedDocument>(&desk).output;
        let document = document.map_err(|errors| anyhow!("{errors:?}"))?;
        typst::comemo::evict(3);
        let options =
            PdfOptions { ident: Smart::Custom("papers".to_owned()), ..PdfOptions::default() };
        typst_pdf::pdf(&document, &options).map_err(|errors| anyhow!("{errors:?}"))
    }
}

struct Desk<'a> {
    press: &'a Press,
    main: Source,
    files: BTreeMap<String, Bytes>,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::NotSource) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let name = id.get().vpath().get_without_slash();
        self.files.get(name).cloned().ok_or_else(|| FileError::NotFound(PathBuf::from(name)))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The pages of a PDF as pictures, at so many dots an inch.
pub(crate) fn pictures(pdf: &[u8], dpi: u32) -> Result<Vec<RgbImage>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("in.pdf");
    std::fs::write(&path, pdf)?;
    let said = Command::new("pdftoppm")
        .args(["-r", &dpi.to_string()])
        .arg(&path)
        .arg(folder.path().join("p"))
        .status();
    ensure!(said.context("pdftoppm (poppler-utils) is needed")?.success(), "pdftoppm failed");
    let mut pages: Vec<PathBuf> =
        std::fs::read_dir(folder.path())?.flatten().map(|entry| entry.path()).collect();
    pages.retain(|path| path.extension().is_some_and(|kind| kind == "ppm"));
    pages.sort();
    pages.iter().map(|page| Ok(image::open(page)?.into_rgb8())).collect()
}
