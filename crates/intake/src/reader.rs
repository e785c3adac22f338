use std::{
    fs::{self, File, FileType, OpenOptions},
    io::{self, Read, Write},
    os::unix::{
        fs::{FileTypeExt, OpenOptionsExt},
        process::{CommandExt, ExitStatusExt},
    },
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio},
    sync::{
        Condvar, Mutex, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use motcua_domain::Document;
use rustix::{
    fs::OFlags,
    process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid},
};

use crate::{
    IntakeError, Limits, Stop, clean_name,
    leftovers::ReadingFolder,
    protocol::{
        Answer, Job, MAX_STEP_BYTES, PagePicture, Step, WORKER_ARGUMENT, read_message,
        write_message,
    },
    stop::LOOK_EVERY,
};

/// Reads uploads, each in a child process of its own.
///
/// Meant to be shared: [`Reader::read`] blocks, so a server calls it from a thread that may block.
#[derive(Debug)]
pub struct Reader {
    worker: PathBuf,
    limits: Limits,
    running: Mutex<usize>,
    freed: Condvar,
}

/// What was read of an upload.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadUpload {
    /// The files in it.
    pub documents: Vec<Document>,
    /// What their pages look like, where that was asked for and can be shown.
    pub pictures: Vec<PagePicture>,
}

/// The most bytes of pictures that are taken of one upload: more than its most pages have.
const MOST_SHOWN: usize = 96 << 20;

impl Reader {
    /// A reader whose children are `worker intake-worker`; that program must call
    /// [`crate::worker_main`] and nothing else.
    pub fn new(worker: PathBuf, limits: Limits) -> Self {
        Self { worker, limits, running: Mutex::new(0), freed: Condvar::new() }
    }

    /// The limits it holds uploads to.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Reads one upload. An archive gives a document for each file in it.
    ///
    /// Blocks until a child is free and then until it is done, both within the limits.
    ///
    /// # Errors
    /// When the upload is not read; nothing of it is kept.
    pub fn read(&self, name: &str, bytes: &[u8]) -> Result<Vec<Document>, IntakeError> {
        self.read_until(name, bytes, &Stop::new())
    }

    /// Reads one upload as [`Self::read`] does, unless it is stopped: then the child and all that it started
    /// are ended at once, and so is the wait for a free one.
    ///
    /// # Errors
    /// When the upload is not read; [`IntakeError::Stopped`] when that was asked for.
    pub fn read_until(
        &self,
        name: &str,
        bytes: &[u8],
        stop: &Stop,
    ) -> Result<Vec<Document>, IntakeError> {
        Ok(self.read_from(name, (bytes.len() as u64, bytes), false, stop)?.documents)
    }

    /// Reads one upload as [`Self::read`] does, with pictures of its pages for people to look at.
    ///
    /// # Errors
    /// When the upload is not read; nothing of it is kept.
    pub fn read_shown(&self, name: &str, bytes: &[u8]) -> Result<ReadUpload, IntakeError> {
        self.read_shown_until(name, bytes, &Stop::new())
    }

    /// Reads one upload as [`Self::read_shown`] does, unless it is stopped as [`Self::read_until`] is.
    ///
    /// # Errors
    /// When the upload is not read; [`IntakeError::Stopped`] when that was asked for.
    pub fn read_shown_until(
        &self,
        name: &str,
        bytes: &[u8],
        stop: &Stop,
    ) -> Result<ReadUpload, IntakeError> {
        self.read_from(name, (bytes.len() as u64, bytes), true, stop)
    }

    /// Reads a file, handing it to the child without loading it.
    /// Its size is looked at before a byte of it.
    ///
    /// # Errors
    /// When it cannot be opened, is a folder, a pipe or a device, or is not read.
    pub fn read_path(&self, path: &Path) -> Result<Vec<Document>, IntakeError> {
        self.read_path_until(path, &Stop::new())
    }

    /// Reads a file as [`Self::read_path`] does, unless it is stopped as [`Self::read_until`] is.
    ///
    /// # Errors
    /// When it cannot be opened or is not read; [`IntakeError::Stopped`] when that was asked for.
    pub fn read_path_until(&self, path: &Path, stop: &Stop) -> Result<Vec<Document>, IntakeError> {
        let (file, length) = open_file(path)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        Ok(self.read_from(&name, (length, file), false, stop)?.documents)
    }

    fn read_from(
        &self,
        name: &str,
        (length, bytes): (u64, impl Read + Send),
        shown: bool,
        stop: &Stop,
    ) -> Result<ReadUpload, IntakeError> {
        let most = self.limits.max_file_bytes;
        match length {
            0 => return Err(IntakeError::Empty),
            _ if length > most => return Err(IntakeError::TooLarge { bytes: length, most }),
            _ => {}
        }
        let _turn = self.wait_for_turn(stop)?;
        let name = clean_name(name);
        self.run_child(&Job { name, limits: self.limits, length, shown }, bytes, stop)
    }

    fn wait_for_turn(&self, stop: &Stop) -> Result<Turn<'_>, IntakeError> {
        let started = Instant::now();
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if stop.is_stopped() {
                return Err(IntakeError::Stopped);
            }
            if *running < self.limits.at_once.max(1) {
                *running = running.saturating_add(1);
                return Ok(Turn { reader: self });
            }
            let left = self.limits.wait_time.saturating_sub(started.elapsed());
            if left.is_zero() {
                return Err(IntakeError::Busy);
            }
            let waited = self.freed.wait_timeout(running, left.min(LOOK_EVERY));
            running = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn run_child(
        &self,
        job: &Job,
        bytes: impl Read + Send,
        stop: &Stop,
    ) -> Result<ReadUpload, IntakeError> {
        let folder = ReadingFolder::new()
            .map_err(|error| IntakeError::failed(&format!("temporary folder: {error}")))?;
        let mut child = self.spawn(folder.path())?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(IntakeError::failed(&"no pipes"));
        };
        thread::scope(|scope| {
            // Writing and reading have threads of their own, which end when the child does:
            // a child that does neither must not hold this one.
            scope.spawn(|| send(stdin, job, bytes));
            let (steps, received) = channel();
            scope.spawn(move || receive(stdout, &steps));
            let mut pictures = Vec::new();
            let end = self.converse(&received, &mut pictures, stop);
            if matches!(end, End::Silent) {
                wait_shortly(&child, stop);
            }
            // Whatever happened: the child and all that it started are gone before the folder is.
            kill_group(&child);
            let status = child.wait();
            match end {
                End::Answered(answer) => answer.map(|documents| ReadUpload { documents, pictures }),
                End::TimedOut(allowed) => Err(timed_out(allowed)),
                End::Stopped => Err(IntakeError::Stopped),
                End::Silent => Err(status.map_or_else(
                    |error| IntakeError::failed(&error),
                    |status| self.without_answer(status),
                )),
            }
        })
    }

    fn spawn(&self, folder: &Path) -> Result<Child, IntakeError> {
        Command::new(&self.worker)
            .arg(WORKER_ARGUMENT)
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("LANG", "C.UTF-8")
            // Tesseract's own threads slow each other down when several pages are read at once.
            .env("OMP_THREAD_LIMIT", "1")
            .env("TMPDIR", folder)
            .current_dir(folder)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| IntakeError::failed(&format!("{}: {error}", self.worker.display())))
    }

    /// Waits for the answer, longer for each page the child finds.
    fn converse(
        &self,
        steps: &Receiver<Step>,
        pictures: &mut Vec<PagePicture>,
        stop: &Stop,
    ) -> End {
        let started = Instant::now();
        let (mut allowed, mut pages, mut shown) = (self.limits.wall_time, 0_usize, 0_usize);
        loop {
            if stop.is_stopped() {
                return End::Stopped;
            }
            let left = allowed.saturating_sub(started.elapsed());
            // Looked at before what the child says: one that talks on has no more time than one that does not.
            if left.is_zero() {
                return End::TimedOut(allowed);
            }
            match steps.recv_timeout(left.min(LOOK_EVERY)) {
                Ok(Step::Done(answer)) => return End::Answered(answer),
                Ok(Step::Pages(found)) => {
                    // More pages than are taken earn no time.
                    pages = pages.saturating_add(found as usize).min(self.limits.max_pages);
                    let more = u32::try_from(pages).unwrap_or(u32::MAX);
                    let for_pages = self.limits.page_time.saturating_mul(more);
                    allowed = self.limits.wall_time.saturating_add(for_pages);
                }
                Ok(Step::Picture(picture)) => {
                    shown = shown.saturating_add(picture.jpeg.len());
                    // A child that sends more than it may is believed no further.
                    if shown <= MOST_SHOWN && pictures.len() < self.limits.max_pages {
                        pictures.push(picture);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return End::Silent,
            }
        }
    }

    fn without_answer(&self, status: ExitStatus) -> IntakeError {
        match status.signal().and_then(Signal::from_named_raw) {
            // An allocation that fails aborts; the system's own last resort kills.
            Some(Signal::ABORT | Signal::KILL) => IntakeError::OutOfMemory,
            Some(Signal::XCPU) => timed_out(self.limits.wall_time),
            _ => IntakeError::failed(&status),
        }
    }
}

/// How a conversation ended.
enum End {
    Answered(Answer),
    TimedOut(Duration),
    Stopped,
    /// The pipe closed without an answer; the child's status tells why.
    Silent,
}

/// Opens a file for reading, and nothing else: a pipe would block, and a device has no end.
fn open_file(path: &Path) -> Result<(File, u64), IntakeError> {
    let cannot = |error: io::Error| IntakeError::CannotOpen { detail: error.to_string() };
    // Opening a device may already do something, so it is looked at first ...
    only_a_file(fs::metadata(path).map_err(cannot)?.file_type())?;
    let flags = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or_default();
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path).map_err(cannot)?;
    // ... and again once it is open, as another may have taken its name meanwhile.
    let about = file.metadata().map_err(cannot)?;
    only_a_file(about.file_type())?;
    Ok((file, about.len()))
}

fn only_a_file(kind: FileType) -> Result<(), IntakeError> {
    let what = match kind {
        _ if kind.is_file() => return Ok(()),
        _ if kind.is_dir() => "thư mục",
        _ if kind.is_fifo() || kind.is_socket() => "đường ống giữa các chương trình",
        _ => "thiết bị",
    };
    Err(IntakeError::NotAFile { what: what.to_owned() })
}

fn timed_out(allowed: Duration) -> IntakeError {
    IntakeError::TimedOut { seconds: allowed.as_secs().max(1) }
}

/// Errors are the child's to report: it ends without having read everything, or reads too little.
fn send(mut stdin: ChildStdin, job: &Job, bytes: impl Read) {
    if write_message(&mut stdin, job).is_ok() {
        let _ = io::copy(&mut bytes.take(job.length), &mut stdin);
        let _ = stdin.flush();
    }
}

fn receive(mut stdout: ChildStdout, steps: &Sender<Step>) {
    while let Ok(step) = read_message::<Step>(&mut stdout, MAX_STEP_BYTES) {
        let done = matches!(step, Step::Done(_));
        if steps.send(step).is_err() || done {
            break;
        }
    }
}

/// A child that closed its pipe ends by itself at once, unless it hangs; waits for that without
/// taking its status, which would free its number for another process before the group is killed.
fn wait_shortly(child: &Child, stop: &Stop) {
    let Some(pid) = pid(child) else { return };
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
    let started = Instant::now();
    while started.elapsed() < Duration::from_millis(500)
        && !stop.is_stopped()
        && matches!(waitid(WaitId::Pid(pid), options), Ok(None))
    {
        thread::sleep(Duration::from_millis(5));
    }
}

fn kill_group(child: &Child) {
    if let Some(pid) = pid(child) {
        // An error means that nobody is left in the group.
        let _ = kill_process_group(pid, Signal::KILL);
    }
}

fn pid(child: &Child) -> Option<Pid> {
    i32::try_from(child.id()).ok().and_then(Pid::from_raw)
}

/// A place among the uploads that are read at once.
struct Turn<'a> {
    reader: &'a Reader,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut running = self.reader.running.lock().unwrap_or_else(PoisonError::into_inner);
        *running = running.saturating_sub(1);
        self.reader.freed.notify_one();
    }
}
