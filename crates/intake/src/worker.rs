//! The child's side: limits on itself first, then the job.

use std::{
    env,
    io::{self, Read},
    path::PathBuf,
    process::ExitCode,
};

use motcua_domain::{Document, FileKind, Page};
use rustix::{
    process::{Resource, Rlimit, Signal, set_parent_process_death_signal, setrlimit},
    thread::set_no_new_privs,
};
use sha2::{Digest, Sha256};

use crate::{
    IntakeError, Limits, archive, docx, office, pdf, picture,
    protocol::{Answer, Job, MAX_JOB_BYTES, PagePicture, Step, read_message, write_message},
    sniff::{Sniffed, sniff},
    text,
};

/// The largest file that the child or a tool may write: a rendered page has a few megabytes.
const MAX_WRITTEN_BYTES: u64 = 256 << 20;

/// Reads one job from standard input, answers on standard output, and ends.
///
/// The whole of the program's work when it is started as `intake-worker`; it binds itself and
/// everything it starts to the job's limits before it looks at a byte of the upload.
pub fn worker_main() -> ExitCode {
    let mut stdin = io::stdin().lock();
    let Ok(job) = read_message::<Job>(&mut stdin, MAX_JOB_BYTES) else {
        return ExitCode::from(2);
    };
    if bind(&job.limits).is_err() {
        return ExitCode::from(3);
    }
    let mut bytes = Vec::new();
    let read = stdin.take(job.length).read_to_end(&mut bytes);
    let answer = match read {
        Ok(read) if read as u64 == job.length => read_upload(&job, &bytes),
        _ => Err(IntakeError::CannotOpen { detail: "the file changed meanwhile".to_owned() }),
    };
    match write_message(io::stdout().lock(), &Step::Done(answer)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(2),
    }
}

/// Inherited by every tool the child starts.
fn bind(limits: &Limits) -> io::Result<()> {
    let pages = u32::try_from(limits.max_pages).unwrap_or(u32::MAX);
    let longest = limits.wall_time.saturating_add(limits.page_time.saturating_mul(pages));
    let seconds = longest.as_secs().max(1);
    let bounds = [
        (Resource::Core, 0),
        (Resource::Nofile, 256),
        (Resource::As, limits.address_space),
        (Resource::Cpu, seconds),
        (Resource::Fsize, MAX_WRITTEN_BYTES),
    ];
    for (resource, most) in bounds {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    set_no_new_privs(true)?;
    // A server that is killed leaves no reader behind.
    set_parent_process_death_signal(Some(Signal::KILL))?;
    Ok(())
}

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
    fn found_text(&mut self, pages: &[Page]) -> Result<(), IntakeError> {
        self.chars = self.chars.saturating_add(text::weight(pages));
        if self.chars > self.limits.max_chars { Err(text::too_much(&self.limits)) } else { Ok(()) }
    }
}

fn read_upload(job: &Job, bytes: &[u8]) -> Answer {
    let shown = job.shown.then(String::new);
    let mut work = Work { limits: job.limits, folder: env::temp_dir(), pages: 0, chars: 0, shown };
    match kind(bytes)? {
        Kind::File(kind) => Ok(vec![read_file(&job.name, kind, bytes, &mut work)?]),
        Kind::Archive => read_archive(bytes, &mut work),
    }
}

/// Every file of an archive by the same rules; an archive in an archive is not opened.
fn read_archive(bytes: &[u8], work: &mut Work) -> Answer {
    let mut archive = archive::open(bytes, &work.limits)?;
    let mut documents = Vec::new();
    while let Some((name, bytes)) = archive.next_file()? {
        let document = match kind(&bytes) {
            Ok(Kind::File(kind)) => read_file(&name, kind, &bytes, work),
            Ok(Kind::Archive) => Err(unsupported("tệp nén nằm trong tệp nén")),
            Err(error) => Err(error),
        };
        documents.push(document.map_err(|error| in_archive(name, error))?);
    }
    if documents.is_empty() { Err(IntakeError::Empty) } else { Ok(documents) }
}

enum Kind {
    File(FileKind),
    Archive,
}

fn kind(bytes: &[u8]) -> Result<Kind, IntakeError> {
    match sniff(bytes) {
        Sniffed::File(kind) => Ok(Kind::File(kind)),
        Sniffed::Zip => archive::kind(bytes).map(|kind| kind.map_or(Kind::Archive, Kind::File)),
        Sniffed::Other(_) if bytes.is_empty() => Err(IntakeError::Empty),
        Sniffed::Other(looks_like) => Err(unsupported(looks_like)),
    }
}

/// What is wrong with the machine or the whole archive is not one file's fault.
fn in_archive(entry: String, error: IntakeError) -> IntakeError {
    match error {
        IntakeError::ToolMissing { .. }
        | IntakeError::OutOfMemory
        | IntakeError::TooManyPages { .. }
        | IntakeError::TooMuchText { .. } => error,
        error => IntakeError::InArchive { entry, error: Box::new(error) },
    }
}

pub(crate) fn unsupported(looks_like: &str) -> IntakeError {
    IntakeError::UnsupportedType { looks_like: looks_like.to_owned() }
}

fn read_file(
    name: &str,
    kind: FileKind,
    bytes: &[u8],
    work: &mut Work,
) -> Result<Document, IntakeError> {
    let mut signatures = Vec::new();
    let sha256 = hash(bytes);
    if let Some(shown) = &mut work.shown {
        shown.clone_from(&sha256);
    }
    let pages = match kind {
        FileKind::Pdf => {
            let (pages, found) = pdf::read(bytes, work)?;
            signatures = found;
            pages
        }
        FileKind::Docx => docx::read(bytes, work)?,
        FileKind::Doc => office::read_old_word(bytes, work)?,
        FileKind::Xlsx => office::read_workbook(bytes, work)?,
        FileKind::Text => text::pages_of(&String::from_utf8_lossy(bytes), work)?,
        FileKind::Heic => picture::read_heic(bytes, work)?,
        FileKind::Tiff => picture::read_tiff(bytes, work)?,
        FileKind::Png | FileKind::Jpeg | FileKind::Webp => picture::read(bytes, work)?,
        FileKind::Unknown => return Err(unsupported("không nhận ra")),
    };
    work.found_text(&pages)?;
    Ok(Document { name: name.to_owned(), kind, sha256, pages, signatures })
}

fn hash(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
