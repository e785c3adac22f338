use std::sync::atomic::AtomicBool;

use super::*;

struct Scripted<F>(F);

impl<F> Generator for Scripted<F>
where
    F: FnMut(&Request, &mut dyn FnMut(&str) -> ControlFlow<()>) -> FinishReason + Send,
{
    fn info(&self) -> ModelInfo {
        ModelInfo {
            name: "scripted".into(),
            architecture: "none".into(),
            context_tokens: 64,
            trouble: None,
        }
    }

    fn generate(
        &mut self,
        request: &Request,
        sink: &mut dyn FnMut(&str) -> ControlFlow<()>,
    ) -> Result<Finished, GenerateError> {
        let reason = (self.0)(request, sink);
        Ok(Finished { tokens: 1, ..Finished::new(reason, 1) })
    }
}

fn engine<F>(queue: usize, script: F) -> Engine
where
    F: FnMut(&Request, &mut dyn FnMut(&str) -> ControlFlow<()>) -> FinishReason + Send + 'static,
{
    let engine = Engine::spawn(queue, move || Ok(Box::new(Scripted(script)) as Box<dyn Generator>));
    wait_until(|| !matches!(engine.state(), EngineState::Loading));
    engine
}

fn wait_until(done: impl Fn() -> bool) {
    let started = Instant::now();
    while !done() {
        assert!(started.elapsed() < Duration::from_secs(10), "never happened");
        thread::sleep(Duration::from_millis(2));
    }
}

fn request(deadline: Duration) -> Request {
    Request {
        messages: Vec::new(),
        max_tokens: 8,
        temperature: 0.0,
        seed: 0,
        deadline,
        shape: None,
    }
}

const LONG: Duration = Duration::from_secs(20);

#[test]
fn tokens_come_in_order_and_then_the_end() {
    let engine = engine(1, |_, sink| {
        for word in ["a", "b", "c"] {
            let _ = sink(word);
        }
        FinishReason::Stop
    });
    let events: Vec<Event> = engine.submit(request(LONG)).expect("admitted").collect();
    let token = |text: &str| Event::Token(text.into());
    assert_eq!(&events[..3], [token("a"), token("b"), token("c")]);
    assert!(matches!(events[3], Event::Finished(Finished { reason: FinishReason::Stop, .. })));
    wait_until(|| engine.waiting() == 0);
}

#[test]
fn a_full_queue_refuses_at_once() {
    let engine = engine(1, |_, sink| {
        while sink("x").is_continue() {
            thread::sleep(Duration::from_millis(1));
        }
        FinishReason::Stop
    });
    let mut running = engine.submit(request(LONG)).expect("admitted");
    assert!(matches!(running.next_event(), Some(Event::Token(_))));
    let _waiting = engine.submit(request(LONG)).expect("one may wait");
    let started = Instant::now();
    assert!(matches!(engine.submit(request(LONG)), Err(SubmitError::Busy { queued: 2 })));
    assert!(started.elapsed() < Duration::from_millis(200));
}

#[test]
fn a_reader_who_leaves_frees_the_engine() {
    let engine = engine(4, |_, sink| {
        while sink("x").is_continue() {}
        FinishReason::Stop
    });
    let mut first = engine.submit(request(LONG)).expect("admitted");
    first.next_event();
    drop(first);
    wait_until(|| engine.waiting() == 0);
}

#[test]
fn the_deadline_ends_a_generation() {
    let engine = engine(4, |_, sink| {
        while sink("x").is_continue() {
            thread::sleep(Duration::from_millis(1));
        }
        FinishReason::Stop
    });
    let last = engine.submit(request(Duration::from_millis(60))).expect("admitted").last();
    assert!(matches!(last, Some(Event::Finished(Finished { reason: FinishReason::Deadline, .. }))));
}

#[test]
fn a_generator_that_hangs_does_not_hang_its_reader() {
    let engine = engine(4, |_, _| {
        thread::sleep(Duration::from_secs(3));
        FinishReason::Stop
    });
    let started = Instant::now();
    let last = engine.submit(request(Duration::from_millis(50))).expect("admitted").last();
    assert!(matches!(last, Some(Event::Finished(Finished { reason: FinishReason::Deadline, .. }))));
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[test]
fn a_panic_reaches_the_reader_and_the_state() {
    let engine = engine(4, |_, _| panic!("planted"));
    let events: Vec<Event> = engine.submit(request(LONG)).expect("admitted").collect();
    assert_eq!(events, [Event::Failed(GenerateError::Panicked)]);
    wait_until(|| matches!(engine.state(), EngineState::Failed(_)));
    assert!(matches!(engine.submit(request(LONG)), Err(SubmitError::NotReady(_))));
}

#[test]
fn loading_goes_on_behind_and_its_failure_is_told() {
    static GO: AtomicBool = AtomicBool::new(false);
    let engine = Engine::spawn(1, || {
        wait_until(|| GO.load(Ordering::Relaxed));
        Err(LoadError { message: "thiếu tệp".into() })
    });
    assert!(matches!(
        engine.submit(request(LONG)),
        Err(SubmitError::NotReady(EngineState::Loading))
    ));
    GO.store(true, Ordering::Relaxed);
    wait_until(|| engine.state() == EngineState::Failed("thiếu tệp".into()));
}

#[test]
fn without_a_model_nothing_is_admitted() {
    let refused = Engine::absent().submit(request(LONG)).err();
    assert_eq!(refused, Some(SubmitError::NotReady(EngineState::Absent)));
}
