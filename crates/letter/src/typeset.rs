use std::path::PathBuf;

use serde::Serialize;
use typst::{
    diag::SourceDiagnostic,
    foundations::{Bytes, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::{
    Figures, Letter, TemplateError, templates,
    world::{Desk, Shop},
};

/// What typst remembers between letters is forgotten after this many more.
const REMEMBERED: usize = 5;

/// Sets letters. Fonts are read once.
pub struct Typesetter {
    shop: Shop,
    folder: Option<PathBuf>,
}

/// A letter that could not be set.
#[derive(Debug, thiserror::Error)]
pub enum TypesetError {
    /// A template of the centre's own cannot be read.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The fonts have no such character.
    #[error("phông chữ của phiếu không có chữ “{character}”")]
    NoGlyph {
        /// Which one.
        character: String,
    },
    /// The template is wrong; the sentence is typst's own.
    #[error("mẫu phiếu `{template}` có lỗi: {message}")]
    Typst {
        /// Which template.
        template: String,
        /// What typst says of it.
        message: String,
    },
}

impl Typesetter {
    /// `folder`: the centre's own templates and fonts, if it has any; what is not there is built in.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { shop: Shop::new(folder.as_deref()), folder }
    }

    /// The letter as PDF/A-2a, with every font embedded: the same bytes for the same letter.
    ///
    /// # Errors
    /// When a template cannot be read or is wrong.
    pub fn pdf(&self, letter: &Letter) -> Result<Vec<u8>, TypesetError> {
        let template = templates::of(letter, self.folder.as_deref())?;
        self.set(template, letter, format!("{}-{}", letter.case, letter.form))
    }

    /// A report of figures as PDF/A-2a.
    ///
    /// # Errors
    /// When the centre's own template cannot be read or is wrong.
    pub fn figures(&self, figures: &Figures) -> Result<Vec<u8>, TypesetError> {
        let template = templates::figures(self.folder.as_deref())?;
        self.set(template, figures, format!("{} {}", figures.title, figures.period))
    }

    /// Sets data by a template, of which name and text are given.
    fn set(
        &self,
        (template, text): (String, String),
        data: &impl Serialize,
        identifier: String,
    ) -> Result<Vec<u8>, TypesetError> {
        let wrong = |message: &str| TypesetError::Typst {
            template: template.clone(),
            message: message.to_owned(),
        };
        let said = |errors: &[SourceDiagnostic]| {
            let message = errors.first().map_or("không rõ", |error| error.message.as_str());
            let no_glyph = message.contains("could not be displayed");
            match message.split('"').nth(1).filter(|_| no_glyph) {
                Some(text) => TypesetError::NoGlyph { character: text.to_owned() },
                None => wrong(message),
            }
        };
        let path = VirtualPath::new(&template).map_err(|error| wrong(&error.to_string()))?;
        let main = FileId::new(RootedPath::new(VirtualRoot::Project, path));
        let data = serde_json::to_vec(data).map_err(|error| wrong(&error.to_string()))?;
        let desk = Desk {
            shop: &self.shop,
            main: Source::new(main, text),
            data: Bytes::new(data),
            folder: self.folder.as_deref(),
        };
        let document = typst::compile::<PagedDocument>(&desk).output.map_err(|e| said(&e));
        typst::comemo::evict(REMEMBERED);
        let standards = PdfStandards::new(&[PdfStandard::A_2a]).map_err(|e| wrong(e.message()))?;
        let options = PdfOptions {
            ident: Smart::Custom(identifier),
            creator: Smart::Custom(Some("Một Cửa".to_owned())),
            standards,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&document?, &options).map_err(|errors| said(&errors))
    }
}
