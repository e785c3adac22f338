//! One file from the model hub, taken up where an earlier try stopped.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
    time::Duration,
};

use hf_hub::{HFClient, HFError};
use tokio::time::{error::Elapsed, timeout};
use tokio_stream::StreamExt;

use crate::Progress;

/// A hub that has not answered by then is not reachable from here.
const ANSWER: Duration = Duration::from_secs(20);
/// A stream that has been still for so long is dead.
const STILL: Duration = Duration::from_mins(1);

#[derive(Debug, thiserror::Error)]
pub(crate) enum HubError {
    #[error("không truy cập được")]
    Hub(#[from] HFError),
    #[error("không trả lời trong thời gian cho phép")]
    Timeout(#[from] Elapsed),
    #[error("không ghi được: {0}")]
    Write(#[from] io::Error),
}

/// Downloads into `partial`, after what it already holds. `bytes` is the whole size, 0 if unknown.
pub(crate) fn download(
    repository: &str,
    file: &str,
    partial: &Path,
    bytes: u64,
    progress: &mut Progress<'_>,
) -> Result<(), HubError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(stream_into(repository, file, partial, bytes, progress))
}

async fn stream_into(
    repository: &str,
    file: &str,
    partial: &Path,
    bytes: u64,
    progress: &mut Progress<'_>,
) -> Result<(), HubError> {
    let (owner, name) = repository.split_once('/').unwrap_or(("", repository));
    let client = HFClient::builder().retry_max_attempts(1).build()?;
    let model = client.model(owner, name);
    let mut out = File::options().create(true).append(true).open(partial)?;
    let mut have = out.metadata()?.len();
    if bytes != 0 && have >= bytes {
        return Ok(());
    }
    // Without a known size there is no range to ask for: begin again.
    let range = (bytes != 0).then_some(have..bytes);
    if range.is_none() {
        out.set_len(0)?;
        have = 0;
    }
    let asked = model.download_file_stream().filename(file).maybe_range(range).send();
    let (length, mut stream) = timeout(ANSWER, asked).await??;
    let all = if bytes == 0 { length.unwrap_or(0) } else { bytes };
    while let Some(chunk) = timeout(STILL, stream.next()).await? {
        let chunk = chunk?;
        out.write_all(&chunk)?;
        have += chunk.len() as u64;
        progress(have, all);
    }
    out.sync_all()?;
    Ok(())
}
