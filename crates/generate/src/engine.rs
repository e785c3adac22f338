use std::{
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{
            Receiver, RecvTimeoutError, Sender, SyncSender, TrySendError, channel, sync_channel,
        },
    },
    thread,
    time::{Duration, Instant},
};

use crate::{FinishReason, Finished, GenerateError, Generator, LoadError, ModelInfo, Request};

/// A handle to one generator on its own thread. Clones share it.
#[derive(Clone)]
pub struct Engine {
    jobs: Option<SyncSender<Admitted>>,
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

/// A request whose turn has come, and where its text goes.
pub struct Admitted {
    /// What is to be generated.
    pub request: Request,
    /// To its reader.
    pub stream: Stream,
}

/// The generator's end of a [`Reply`]. Dropping it without a last word tells the reader of a failure.
pub struct Stream {
    // Not bounded: one slow reader must not hold back the others, and an answer is short.
    events: Sender<Event>,
    ends_at: Instant,
    /// Set when the reader drops the reply: tells it before there is a token to send.
    left: Arc<AtomicBool>,
    /// Why nothing more is taken.
    closed: Option<FinishReason>,
    shared: Arc<Shared>,
}

/// Those who wait for the generator, the first first.
pub struct Queue<'a> {
    first: Option<Admitted>,
    others: &'a Receiver<Admitted>,
}

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
        let (events, received) = channel();
        let left = Arc::new(AtomicBool::new(false));
        let reply = Reply { events: received, left: Arc::clone(&left), ends_at, over: false };
        let shared = Arc::clone(&self.shared);
        shared.waiting.fetch_add(1, Ordering::Relaxed);
        let stream = Stream { events, ends_at, left, closed: None, shared };
        jobs.try_send(Admitted { request, stream }).map(|()| reply).map_err(|refused| {
            let full = matches!(refused, TrySendError::Full(_));
            // It no longer counts among those who wait.
            drop(refused);
            if full {
                SubmitError::Busy { queued: self.waiting() }
            } else {
                SubmitError::NotReady(self.state())
            }
        })
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

impl Stream {
    /// Hands out a piece of text or the end; breaks when the reader left or their time is up.
    pub fn send(&mut self, event: Event) -> ControlFlow<()> {
        let event = match event {
            Event::Token(_) if Instant::now() >= self.ends_at => {
                self.closed = Some(FinishReason::Deadline);
                return ControlFlow::Break(());
            }
            Event::Finished(finished) => Event::Finished(Finished {
                reason: self.closed.unwrap_or(finished.reason),
                ..finished
            }),
            other => other,
        };
        let nothing = matches!(&event, Event::Token(text) if text.is_empty());
        let left = self.left.load(Ordering::Relaxed);
        if left || !nothing && self.events.send(event).is_err() {
            self.closed = Some(FinishReason::Cancelled);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.shared.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Queue<'_> {
    /// The next who waits, if there is anybody. Whose time is up is told so and passed over.
    pub fn take(&mut self) -> Option<Admitted> {
        loop {
            let mut next = self.first.take().or_else(|| self.others.try_recv().ok())?;
            if Instant::now() < next.stream.ends_at {
                return Some(next);
            }
            let late = Finished::new(FinishReason::Deadline, 0);
            // The reader may be gone; then nobody needs the last word.
            let _ = next.stream.send(Event::Finished(late));
        }
    }
}

/// The life of the owner thread.
fn own<L>(load: L, jobs: &Receiver<Admitted>, shared: &Shared)
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
    while let Ok(first) = jobs.recv() {
        let mut queue = Queue { first: Some(first), others: jobs };
        // Whoever was being served finds their stream cut off, and is told of the panic by that.
        let served = catch_unwind(AssertUnwindSafe(|| generator.serve(&mut queue)));
        if served.is_err() {
            // Its state may be half written: out of service rather than wrong.
            return shared
                .set(EngineState::Failed("mô hình gặp lỗi nội bộ, cần khởi động lại".to_owned()));
        }
        // A generator may have found out that something is not as it should be.
        shared.set(EngineState::Ready(generator.info()));
    }
}

#[cfg(test)]
mod tests;
