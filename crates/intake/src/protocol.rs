//! What parent and child say to each other.
//!
//! The parent sends a [`Job`] and then the bytes themselves, as many as the job says; the child
//! sends any number of [`Step`]s, the last of which is the answer.
//! Each message goes behind its length.

use std::io::{self, Read, Write};

use motcua_domain::Document;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{IntakeError, Limits};

/// The argument under which the parent starts its child.
pub(crate) const WORKER_ARGUMENT: &str = "intake-worker";

/// Known before any untrusted byte, so that the child can bind itself first.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(crate) name: String,
    pub(crate) limits: Limits,
    pub(crate) length: u64,
    /// Whether pictures of the pages are wanted too.
    pub(crate) shown: bool,
}

/// A picture of a page as it was read, for people to look at: JPEG, upright, made anew from its points, so that
/// nothing of the upload's own bytes is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PagePicture {
    /// The hash of the document it belongs to.
    pub sha256: String,
    /// The page, 1-based.
    pub page: u32,
    /// The picture.
    pub jpeg: Vec<u8>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Step {
    /// So many pages more were found; the parent allows time for them.
    Pages(u32),
    /// What a page looks like; comes in any order.
    Picture(PagePicture),
    Done(Answer),
}

pub(crate) type Answer = Result<Vec<Document>, IntakeError>;

/// A job is a name and numbers.
pub(crate) const MAX_JOB_BYTES: u64 = 64 << 10;

/// The most text that is taken has some four megabytes and so has the largest picture; a child that sends
/// more than this is not believed.
pub(crate) const MAX_STEP_BYTES: u64 = 16 << 20;

pub(crate) fn write_message(mut to: impl Write, message: &impl Serialize) -> io::Result<()> {
    let bytes = postcard::to_stdvec(message).map_err(io::Error::other)?;
    to.write_all(&(bytes.len() as u64).to_le_bytes())?;
    to.write_all(&bytes)?;
    to.flush()
}

pub(crate) fn read_message<T: DeserializeOwned>(mut from: impl Read, most: u64) -> io::Result<T> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    if length > most {
        return Err(io::Error::other("message too long"));
    }
    let mut bytes = Vec::new();
    from.take(length).read_to_end(&mut bytes)?;
    postcard::from_bytes(&bytes).map_err(io::Error::other)
}
