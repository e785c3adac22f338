use std::{
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use crate::{FinishReason, Finished, GenerateError, Generator, LoadError, ModelInfo, Request};

/// A handle to one generator on its own thread. Clones share it.
#[derive(Clone)]
pub struct Engine {
    jobs: Option<SyncSender<Job>>,
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<EngineState>,
    waiting: AtomicUsize,
}

/// Whether text can be generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineState {
    /// No model was asked for.
    Absent,
    /// The model is being loaded.
    Loading,
    /// Ready to generate.
    Ready(ModelInfo),
    /// Loading failed or the generator broke down; the reason is for people.
    Failed(String),
}

/// A request was not admitted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
    /// The queue is full.
    #[error("{queued} requests are waiting")]
    Busy {
        /// How many wait.
        queued: usize,
    },
    /// There is no model to generate with, now or ever.
    #[error("no model is ready")]
    NotReady(EngineState),
}

/// What a reader receives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A piece of text.
    Token(String),
    /// The end.
    Finished(Finished),
    /// The end, in failure.
    Failed(GenerateError),
}

/// What a reader finds within a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Something.
    Event(Event),
    /// Nothing yet.
    Nothing,
    /// Nothing any more.
    Over,
}

/// The stream of one generation. Dropping it cancels.
pub struct Reply {
    events: Receiver<Event>,
    left: Arc<AtomicBool>,
    ends_at: Instant,
    over: bool,
}

struct Job {
    request: Request,
    ends_at: Instant,
    events: SyncSender<Event>,
    /// Set when the reader drops the reply: tells it before there is a token to send.
    left: Arc<AtomicBool>,
}

/// A reader that falls this far behind holds the generator back.
const EVENTS_BUFFERED: usize = 64;
/// How much longer than its deadline a reader waits for the generator's own last word.
const GRACE: Duration = Duration::from_millis(500);

impl Engine {
    /// An engine that never generates.
    pub fn absent() -> Self {
        Self { jobs: None, shared: Shared::new(EngineState::Absent) }
    }

    /// Starts the owner thread, which loads the generator and then serves `queue` waiting requests.
    pub fn spawn<L>(queue: usize, load: L) -> Self
    where
        L: FnOnce() -> Result<Box<dyn Generator>, LoadError> + Send + 'static,
    {
        let shared = Shared::new(EngineState::Loading);
        let (jobs, received) = sync_channel(queue.max(1));
        let owned = Arc::clone(&shared);
        let thread = thread::Builder::new().name("generator".to_owned());
        match thread.spawn(move || own(load, &received, &owned)) {
            Ok(_) => Self { jobs: Some(jobs), shared },
            Err(error) => {
                shared.set(EngineState::Failed(error.to_string()));
                Self { jobs: None, shared }
            }
        }
    }

    /// Whether text can be generated now.
    pub fn state(&self) -> EngineState {
        self.shared.lock().clone()
    }

    /// How many requests wait or run.
    pub fn waiting(&self) -> usize {
        self.shared.waiting.load(Ordering::Relaxed)
    }

    /// Hands in a request, or says at once why not.
    ///
    /// # Errors
    /// When no model is ready, or the queue is full.
    pub fn submit(&self, request: Request) -> Result<Reply, SubmitError> {
        let state = self.state();
        let (EngineState::Ready(_), Some(jobs)) = (&state, &self.jobs) else {
            return Err(SubmitError::NotReady(state));
        };
        let ends_at = Instant::now() + request.deadline;
        let (events, received) = sync_channel(EVENTS_BUFFERED);
        self.shared.waiting.fetch_add(1, Ordering::Relaxed);
        let left = Arc::new(AtomicBool::new(false));
        match jobs.try_send(Job { request, ends_at, events, left: Arc::clone(&left) }) {
            Ok(()) => Ok(Reply { events: received, left, ends_at, over: false }),
            Err(refused) => {
                let queued = self.shared.waiting.fetch_sub(1, Ordering::Relaxed) - 1;
                Err(match refused {
                    TrySendError::Full(_) => SubmitError::Busy { queued },
                    TrySendError::Disconnected(_) => SubmitError::NotReady(self.state()),
                })
            }
        }
    }
}

impl Shared {
    fn new(state: EngineState) -> Arc<Self> {
        Arc::new(Self { state: Mutex::new(state), waiting: AtomicUsize::new(0) })
    }

    fn lock(&self) -> MutexGuard<'_, EngineState> {
        // The state is a plain value: whoever panicked while holding it left it whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, state: EngineState) {
        *self.lock() = state;
    }
}

impl Reply {
    /// The next event; none after the end. Never waits past the deadline.
    pub fn next_event(&mut self) -> Option<Event> {
        loop {
            match self.next_within(Duration::MAX) {
                Next::Event(event) => return Some(event),
                Next::Over => return None,
                Next::Nothing => {}
            }
        }
    }

    /// What happens within a time, for a reader who has something else to look at meanwhile.
    pub fn next_within(&mut self, at_most: Duration) -> Next {
        if self.over {
            return Next::Over;
        }
        let left = (self.ends_at + GRACE).saturating_duration_since(Instant::now());
        let event = match self.events.recv_timeout(left.min(at_most)) {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout) if left > at_most => return Next::Nothing,
            Err(RecvTimeoutError::Timeout) => {
                Event::Finished(Finished::new(FinishReason::Deadline, 0))
            }
            Err(RecvTimeoutError::Disconnected) => Event::Failed(GenerateError::Panicked),
        };
        self.over = !matches!(event, Event::Token(_));
        Next::Event(event)
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        self.left.store(true, Ordering::Relaxed);
    }
}

impl Iterator for Reply {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        self.next_event()
    }
}

/// The life of the owner thread.
fn own<L>(load: L, jobs: &Receiver<Job>, shared: &Shared)
where
    L: FnOnce() -> Result<Box<dyn Generator>, LoadError>,
{
    let loaded = catch_unwind(AssertUnwindSafe(load));
    let mut generator = match loaded {
        Ok(Ok(generator)) => generator,
        Ok(Err(error)) => return shared.set(EngineState::Failed(error.message)),
        Err(_) => {
            let message = "nạp mô hình gặp lỗi nội bộ, sản phẩm chạy tiếp không có mô hình";
            return shared.set(EngineState::Failed(message.to_owned()));
        }
    };
    shared.set(EngineState::Ready(generator.info()));
    while let Ok(job) = jobs.recv() {
        let served = catch_unwind(AssertUnwindSafe(|| serve(generator.as_mut(), &job)));
        shared.waiting.fetch_sub(1, Ordering::Relaxed);
        if served.is_err() {
            // Its state may be half written: out of service rather than wrong.
            shared.set(EngineState::Failed("mô hình gặp lỗi nội bộ, cần khởi động lại".to_owned()));
            let _ = job.events.try_send(Event::Failed(GenerateError::Panicked));
            return;
        }
        // A generator may have found out that something is not as it should be.
        shared.set(EngineState::Ready(generator.info()));
    }
}

fn serve(generator: &mut dyn Generator, job: &Job) {
    let mut ended: Option<FinishReason> = None;
    if Instant::now() >= job.ends_at {
        let finished = Finished::new(FinishReason::Deadline, 0);
        let _ = job.events.send(Event::Finished(finished));
        return;
    }
    let mut sink = |text: &str| {
        if Instant::now() >= job.ends_at {
            ended = Some(FinishReason::Deadline);
            return ControlFlow::Break(());
        }
        let left = job.left.load(Ordering::Relaxed);
        if left || !text.is_empty() && job.events.send(Event::Token(text.to_owned())).is_err() {
            ended = Some(FinishReason::Cancelled);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    };
    let outcome = generator.generate(&job.request, &mut sink);
    let event = match outcome {
        Ok(finished) => {
            Event::Finished(Finished { reason: ended.unwrap_or(finished.reason), ..finished })
        }
        Err(error) => Event::Failed(error),
    };
    // The reader may be gone; then nobody needs the last word.
    let _ = job.events.send(event);
}

#[cfg(test)]
mod tests;
