//! Running the tools that the child depends on, each with a time limit and a bounded answer.

use std::{
    ffi::OsStr,
    io::{self, ErrorKind, Read},
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Resource, Rlimit, prlimit};

use crate::IntakeError;

/// A tool and the Debian package it comes in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    pub(crate) package: &'static str,
    /// How long one run may take.
    pub(crate) time: Duration,
    /// The most bytes it may write to its standard output.
    pub(crate) most: u64,
}

/// What a tool said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) status: ExitStatus,
    pub(crate) output: Vec<u8>,
    pub(crate) errors: String,
}

/// Complaints are read for a few known words only.
const MAX_ERROR_BYTES: u64 = 8 << 10;

impl Tool {
    /// One of poppler's.
    pub(crate) const fn poppler(name: &'static str, seconds: u64, most: u64) -> Self {
        Self { name, package: "poppler-utils", time: Duration::from_secs(seconds), most }
    }

    /// Runs it to its end.
    ///
    /// # Errors
    /// When it is not installed, takes too long, writes too much, or lacks memory; an exit status
    /// of its own is the caller's to judge.
    pub(crate) fn run<A: AsRef<OsStr>>(self, arguments: &[A]) -> Result<Said, IntakeError> {
        let mut child = Command::new(self.name)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| self.cannot_start(&error))?;
        self.bind(&child);
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let (status, output, errors) = thread::scope(|scope| {
            let output = scope.spawn(|| read_bounded(stdout, self.most));
            let errors = scope.spawn(|| read_bounded(stderr, MAX_ERROR_BYTES));
            let status = wait(&mut child, self.time);
            (status, output.join().unwrap_or_default(), errors.join().unwrap_or_default())
        });
        let errors = String::from_utf8_lossy(&errors).into_owned();
        if errors.contains("bad_alloc") || errors.contains("Out of memory") {
            return Err(IntakeError::OutOfMemory);
        }
        let bytes = output.len() as u64;
        if bytes > self.most {
            return Err(IntakeError::TooLarge { bytes, most: self.most });
        }
        let status = status.map_err(|error| IntakeError::failed(&error))?;
        let status = status.ok_or(IntakeError::TimedOut { seconds: self.time.as_secs() })?;
        Ok(Said { status, output, errors })
    }

    /// Should the child be killed with its parent, nobody is left to stop the tool but the system.
    fn bind(self, child: &Child) {
        let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) else { return };
        let most = Some(self.time.as_secs());
        // A tool that has ended already needs no limit.
        let _ = prlimit(Some(pid), Resource::Cpu, Rlimit { current: most, maximum: most });
    }

    fn cannot_start(self, error: &io::Error) -> IntakeError {
        match error.kind() {
            ErrorKind::NotFound => IntakeError::ToolMissing {
                tool: self.name.to_owned(),
                package: self.package.to_owned(),
            },
            ErrorKind::OutOfMemory => IntakeError::OutOfMemory,
            _ => IntakeError::failed(&format!("{}: {error}", self.name)),
        }
    }
}

/// One byte more than allowed tells that there was more; then the pipe closes and the tool ends.
fn read_bounded(from: Option<impl Read>, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(from) = from {
        // What came before an error is all there is to judge.
        let _ = from.take(most.saturating_add(1)).read_to_end(&mut bytes);
    }
    bytes
}

/// None when it had to be killed.
fn wait(child: &mut Child, time: Duration) -> io::Result<Option<ExitStatus>> {
    let started = Instant::now();
    while started.elapsed() < time {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        thread::sleep(Duration::from_millis(2));
    }
    child.kill()?;
    child.wait().map(|_| None)
}
