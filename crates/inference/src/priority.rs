//! Who goes first on a busy processor.

use rustix::process::{getpriority_process, setpriority_process};

/// How much less of a busy processor long work gets than search and checks: the first evidence of the next
/// person must not wait for the sentences of this one, nor for vectors of new texts.
const NICENESS: i32 = 10;

/// Lowers the priority of the calling thread; threads started by it from here on inherit it.
pub(crate) fn yield_to_others() {
    let lowered = getpriority_process(None)
        .and_then(|current| setpriority_process(None, current.saturating_add(NICENESS)));
    if let Err(error) = lowered {
        tracing::info!(%error, "long work runs at normal priority");
    }
}
