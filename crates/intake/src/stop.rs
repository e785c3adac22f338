use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// How often whoever waits looks whether it was stopped: quicker than anybody notices.
pub(crate) const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Ends readings from another thread: the child, all that it started, and the wait for a free place.
///
/// Its copies are one and the same; what is stopped stays so.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// One that nobody has used yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends what reads with this, and what is about to.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether it was used.
    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// Stops when it is dropped: kept by whoever waits for what is read, so that nothing is read for nobody.
    #[must_use = "dropping it stops the reading"]
    pub fn on_drop(&self) -> StopOnDrop {
        StopOnDrop(self.clone())
    }
}

/// Stops readings when it is dropped; see [`Stop::on_drop`].
#[derive(Debug)]
pub struct StopOnDrop(Stop);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.stop();
    }
}
