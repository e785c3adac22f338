//! The child's side: limits on itself first, then the job.

use std::{
    io::{self, Read},
    process::ExitCode,
};

use motcua_domain::{Document, FileKind};
use rustix::{
    process::{Resource, Rlimit, Signal, set_parent_process_death_signal, setrlimit},
    thread::set_no_new_privs,
};
use sha2::{Digest, Sha256};

use crate::{
    IntakeError, Limits, archive, docx, office, pdf, picture,
    protocol::{Answer, Job, MAX_JOB_BYTES, Step, read_message, write_message},
    sniff::{Sniffed, sniff},
    text,
    work::Work,
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

fn read_upload(job: &Job, bytes: &[u8]) -> Answer {
    let mut work = Work::new(job);
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
            Ok(Kind::Archive) => Err(IntakeError::unsupported("tệp nén nằm trong tệp nén")),
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
        Sniffed::Other(looks_like) => Err(IntakeError::unsupported(looks_like)),
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

fn read_file(
    name: &str,
    kind: FileKind,
    bytes: &[u8],
    work: &mut Work,
) -> Result<Document, IntakeError> {
    let mut signatures = Vec::new();
    let sha256 = hash(bytes);
    work.begin(&sha256);
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
        FileKind::Unknown => return Err(IntakeError::unsupported("không nhận ra")),
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
