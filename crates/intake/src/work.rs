//! What the child works with, and what it has taken of an upload so far.

use std::{env, io, path::PathBuf};

use motcua_domain::Page;

use crate::{
    IntakeError, Limits,
    protocol::{Job, PagePicture, Step, write_message},
};

/// A line counts as so many characters at least: what it takes beside its text.
const SHORT_LINE: usize = 20;

/// What the child works with.
pub(crate) struct Work {
    pub(crate) limits: Limits,
    /// A private folder that the parent removes.
    pub(crate) folder: PathBuf,
    pages: usize,
    chars: usize,
    /// The hash of the document in work, where pictures of its pages are wanted.
    shown: Option<String>,
}

impl Work {
    /// Nothing of the upload is read yet.
    pub(crate) fn new(job: &Job) -> Self {
        let shown = job.shown.then(String::new);
        Self { limits: job.limits, folder: env::temp_dir(), pages: 0, chars: 0, shown }
    }

    /// Says which document is in work.
    pub(crate) fn begin(&mut self, sha256: &str) {
        if let Some(shown) = &mut self.shown {
            sha256.clone_into(shown);
        }
    }

    /// The same with another folder, for a page that is read beside others.
    pub(crate) fn beside(&self, folder: PathBuf) -> Self {
        let (pages, chars, shown) = (self.pages, self.chars, self.shown.clone());
        Self { limits: self.limits, folder, pages, chars, shown }
    }

    /// Whether pictures of the pages are wanted.
    pub(crate) fn is_shown(&self) -> bool {
        self.shown.is_some()
    }

    /// Hands over the picture of a page, if it is wanted and there is one.
    ///
    /// # Errors
    /// When the parent is gone.
    pub(crate) fn show(&self, page: u32, jpeg: Option<Vec<u8>>) -> Result<(), IntakeError> {
        let (Some(sha256), Some(jpeg)) = (self.shown.clone(), jpeg) else { return Ok(()) };
        let step = Step::Picture(PagePicture { sha256, page, jpeg });
        write_message(io::stdout().lock(), &step).map_err(|error| IntakeError::failed(&error))
    }

    /// Counts pages before they are read, and tells the parent to allow time for them.
    ///
    /// # Errors
    /// When the upload has more than are taken.
    pub(crate) fn found_pages(&mut self, pages: usize) -> Result<(), IntakeError> {
        self.can_take(pages)?;
        self.pages = self.pages.saturating_add(pages);
        let found = u32::try_from(pages).unwrap_or(u32::MAX);
        write_message(io::stdout().lock(), &Step::Pages(found))
            .map_err(|error| IntakeError::failed(&error))
    }

    /// Looks whether so many pages more are taken.
    ///
    /// # Errors
    /// When the upload has more than are taken.
    pub(crate) fn can_take(&self, pages: usize) -> Result<(), IntakeError> {
        let (pages, most) = (self.pages.saturating_add(pages), self.limits.max_pages);
        if pages > most { Err(IntakeError::TooManyPages { pages, most }) } else { Ok(()) }
    }

    /// Counts the text of a file that was read.
    ///
    /// # Errors
    /// When the upload has more than is taken.
    pub(crate) fn found_text(&mut self, pages: &[Page]) -> Result<(), IntakeError> {
        self.chars = self.chars.saturating_add(weight(pages));
        if self.chars > self.limits.max_chars {
            Err(IntakeError::TooMuchText { most: self.limits.max_chars })
        } else {
            Ok(())
        }
    }
}

/// What the text of these pages counts as.
pub(crate) fn weight(pages: &[Page]) -> usize {
    let lines = pages.iter().flat_map(|page| &page.lines);
    lines.map(|line| line.text.chars().count().max(SHORT_LINE)).fold(0, usize::saturating_add)
}
