use std::{ops::ControlFlow, path::Path, time::Duration};

use candle_core::quantized::GgmlDType;
use motcua_generate::{
    Engine, EngineState, FinishReason, Reply, Role,
    shape::{Shape, Statement, Unit},
};

use super::*;
use crate::{
    decoder::{
        Part,
        tests::{fetched, tiny},
    },
    sample::Sampler,
};

fn request(question: &str, temperature: f64) -> Request {
    let facts = "The fee for a birth certificate is 8,000 dong. It takes three working days. ";
    let text =
        format!("Facts: {}\nQuestion: {question}\nAnswer by repeating the facts.", facts.repeat(3));
    Request {
        messages: vec![Message { role: Role::User, text }],
        max_tokens: 40,
        temperature,
        seed: 5,
        deadline: Duration::from_mins(1),
        shape: None,
    }
}

fn write(generator: &mut dyn Generator, request: &Request) -> (String, Finished) {
    let mut text = String::new();
    let finished = generator.generate(request, &mut |piece| {
        text.push_str(piece);
        ControlFlow::Continue(())
    });
    (text, finished.expect("generates"))
}

fn small() -> Option<std::path::PathBuf> {
    fetched("SmolLM2-135M-Instruct.Q4_1.gguf")
}

fn loaded(path: &Path, drafts: bool, folder: Option<&Path>) -> Box<dyn Generator> {
    let folder = folder.map(Path::to_owned);
    load(path, &Options { drafts, memory: 64 << 20, folder }).expect("loads")
}

#[test]
fn drafts_and_snapshots_change_no_word() {
    let Some(path) = small() else { return };
    let questions = ["What is the fee?", "How long does it take?", "What is the fee?"];
    let mut quick = loaded(&path, true, None);
    let (mut accepted, mut reused) = (0, 0);
    for temperature in [0.0, 0.7] {
        for question in questions {
            let request = request(question, temperature);
            // A new one each time: nothing is known from before.
            let (right, first) = write(loaded(&path, false, None).as_mut(), &request);
            let (text, finished) = write(quick.as_mut(), &request);
            assert_eq!(text, right, "{question} at {temperature}");
            assert_eq!((finished.tokens, finished.reason), (first.tokens, first.reason));
            accepted += finished.accepted;
            reused += finished.reused;
        }
    }
    assert!(accepted > 0 && reused > 0, "{accepted} drafted, {reused} reused: nothing was tried");
}

#[test]
fn what_was_only_read_is_known_after_a_restart() {
    let Some(path) = small() else { return };
    let folder = tempfile::tempdir().expect("folder");
    let read = Request { max_tokens: 0, ..request("", 0.0) };
    let (text, finished) = write(loaded(&path, true, Some(folder.path())).as_mut(), &read);
    assert_eq!((text.as_str(), finished.tokens, finished.reused), ("", 0, 0));
    let asked = request("What is the fee?", 0.0);
    let (text, finished) = write(loaded(&path, true, Some(folder.path())).as_mut(), &asked);
    assert!(finished.reused * 10 > finished.prompt_tokens * 7, "{finished:?}");
    assert_eq!(text, write(loaded(&path, false, None).as_mut(), &asked).0);
}

/// "The fee is 8,000 dong" and "It takes three working days", each from pieces that cannot be cut.
fn shape() -> Shape {
    let statement = |mark: &str, words: &[&str], needed: &str| {
        let unit = |(at, word): (usize, &&str)| Unit {
            opens: if at == 0 { vec![(*word).to_owned()] } else { Vec::new() },
            begins: vec![(*word).to_owned()],
            continues: vec![format!(" {word}")],
            meets: u32::from(*word == needed),
        };
        Statement {
            mark: mark.to_owned(),
            spans: vec![words.iter().enumerate().map(unit).collect()],
            needs: 1,
            least_units: 2,
            in_order: false,
        }
    };
    let fee = ["The", "fee", "for", "a", "birth", "certificate", "8,000 dong"];
    let time = ["It", "takes", "three working days"];
    Shape {
        statements: vec![
            statement("[E1]", &fee, "8,000 dong"),
            statement("[E2]", &time, "three working days"),
        ],
    }
}

#[test]
fn a_model_held_to_a_shape_keeps_to_it() {
    let Some(path) = small() else { return };
    let shape = shape();
    let automaton = shape.automaton();
    let mut quick = loaded(&path, true, None);
    for (question, temperature) in [("What is the fee?", 0.0), ("How long?", 0.0), ("Why?", 0.9)] {
        let request = Request { shape: Some(shape.clone()), ..request(question, temperature) };
        let (right, _) = write(loaded(&path, false, None).as_mut(), &request);
        let (text, finished) = write(quick.as_mut(), &request);
        assert_eq!(text, right, "{question} at {temperature}");
        let state = automaton.walk(&automaton.start(), text.as_bytes());
        let state = state.unwrap_or_else(|| panic!("{text:?} is not of the shape"));
        assert_eq!(finished.reason == FinishReason::Stop, state.may_end(), "{text:?}");
    }
}

/// What is written one token at a time, every token of the vocabulary scored and tried: no drafts,
/// no jumps, no batch, no snapshots, no search.
fn plainly(generator: &GgufGenerator, request: &Request) -> String {
    let model = &generator.model;
    let automaton = request.shape.as_ref().expect("a shape").automaton();
    let texts = model.tokens.texts();
    let mut state = automaton.start();
    let mut cache = model.decoder.cache(model.info.context_tokens);
    let mut step = model.encode(&request.messages).expect("a prompt");
    let mut text = Vec::new();
    for _ in 0..request.max_tokens {
        let part = Part { tokens: &step, cache: &mut cache, wanted: 1 };
        let found = model.decoder.forward(&mut [part]);
        let mut scores = model.decoder.scores(&found, &[0]);
        let mut allowed = vec![false; scores.len()];
        for (token, bytes) in &texts {
            allowed[*token as usize] = !bytes.is_empty() && automaton.walk(&state, bytes).is_some();
        }
        for stop in &model.tokens.stops {
            allowed[*stop as usize] = state.may_end();
        }
        for (score, _) in scores.iter_mut().zip(allowed).filter(|(_, allowed)| !allowed) {
            *score = f32::NEG_INFINITY;
        }
        let token = Sampler::new(0.0, 0).pick(&scores);
        let Some((_, bytes)) = texts.iter().find(|(id, _)| *id == token) else { break };
        state = automaton.walk(&state, bytes).expect("it was allowed");
        text.extend(bytes);
        step = vec![token];
    }
    String::from_utf8_lossy(&text).into_owned()
}

#[test]
fn jumps_change_no_word() {
    let Some(path) = small() else { return };
    let file = Gguf::open(&path).expect("a file");
    let mut generator = GgufGenerator::new(&file, &Options::default()).expect("loads");
    let mut alone = shape();
    alone.statements.truncate(1);
    for (shape, question) in
        [(shape(), "What is the fee?"), (shape(), "How long?"), (alone, "Why?")]
    {
        let last = shape.statements.len() == 1;
        let request = Request { shape: Some(shape), ..request(question, 0.0) };
        let right = plainly(&generator, &request);
        let (text, finished) = write(&mut generator, &request);
        assert_eq!(text, right, "{question}");
        assert!(finished.accepted > 0, "{finished:?}");
        // Where one sentence is all there is, its end takes neither a step nor a guess.
        assert!(!last || finished.accepted + 4 < finished.tokens, "{finished:?}");
    }
}

/// A model of letters; what it writes means nothing.
fn letters(architecture: &str) -> GgufGenerator {
    let file = Gguf::from_bytes(tiny(architecture, GgmlDType::Q4K)).expect("a file");
    let options = Options { memory: 8 << 20, ..Options::default() };
    GgufGenerator::new(&file, &options).expect("loads")
}

/// Texts that have a beginning in common, of all lengths and kinds.
fn letter_requests() -> Vec<Request> {
    let facts = "the fee is 20 and it takes 3 days. ";
    let ask = |text: &str, max_tokens: usize| Request {
        messages: vec![Message { role: Role::User, text: text.to_owned() }],
        max_tokens,
        ..request("", 0.0)
    };
    vec![
        ask(&format!("{facts}what is the fee"), 30),
        ask(&format!("{facts}how long does it take"), 9),
        Request { shape: Some(shape()), ..ask(&facts.repeat(2), 24) },
        Request { temperature: 0.9, ..ask(&format!("{facts}why"), 20) },
        ask("a", 40),
        ask(&format!("{facts}{facts}and who"), 1),
        Request { shape: Some(shape()), temperature: 0.9, ..ask("b c", 40) },
        ask(&format!("{facts}what is the fee"), 30),
        ask(&"too long ".repeat(40), 5),
        ask(facts, 0),
    ]
}

fn submit(engine: &Engine, request: &Request) -> Reply {
    engine.submit(request.clone()).expect("admitted")
}

/// All that a reader receives.
fn read(reply: Reply) -> (String, Option<Event>) {
    let (mut text, mut end) = (String::new(), None);
    for event in reply {
        match event {
            Event::Token(piece) => text.push_str(&piece),
            other => end = Some(other),
        }
    }
    (text, end)
}

fn reason(end: Option<&Event>) -> Option<FinishReason> {
    match end {
        Some(Event::Finished(finished)) => Some(finished.reason),
        _ => None,
    }
}

/// Many at once, who come and leave at any time, each read what they would have read alone.
#[test]
fn company_changes_no_word() {
    for architecture in ARCHITECTURES {
        let requests = letter_requests();
        let alone: Vec<_> = requests
            .iter()
            .map(|request| {
                let mut text = String::new();
                let outcome = letters(architecture).generate(request, &mut |piece| {
                    text.push_str(piece);
                    ControlFlow::Continue(())
                });
                (text, outcome)
            })
            .collect();
        assert!(matches!(alone[8].1, Err(GenerateError::PromptTooLong { .. })));
        let owned = letters(architecture);
        let engine = Engine::spawn(32, move || Ok(Box::new(owned)));
        while !matches!(engine.state(), EngineState::Ready(_)) {
            std::thread::yield_now();
        }
        let first: Vec<Reply> = requests.iter().map(|one| submit(&engine, one)).collect();
        let leaves = submit(&engine, &requests[4]);
        let hurried = Request { deadline: Duration::ZERO, ..requests[0].clone() };
        let hurried = submit(&engine, &hurried);
        // These come when some are gone and others half written.
        let mut replies = first.into_iter();
        let mut texts = vec![read(replies.next().expect("the first"))];
        drop(leaves);
        let second: Vec<Reply> = requests.iter().rev().map(|one| submit(&engine, one)).collect();
        texts.extend(replies.map(read));
        let mut again: Vec<_> = second.into_iter().map(read).collect();
        again.reverse();
        for ((text, end), (right, outcome)) in texts.iter().chain(&again).zip(alone.iter().cycle())
        {
            assert_eq!(text, right, "{architecture}");
            assert_eq!(reason(end.as_ref()), outcome.as_ref().ok().map(|it| it.reason));
        }
        assert_eq!(reason(read(hurried).1.as_ref()), Some(FinishReason::Deadline));
        while engine.waiting() > 0 {
            std::thread::yield_now();
        }
    }
}

/// A long prompt is read in pieces between the words of the others.
#[test]
fn nobody_waits_for_anothers_prompt() {
    let generator = letters("llama");
    let mut desk = Desk::new(Prefixes::new(0, None));
    let mut batch = Batch::new(&generator.model, &mut desk);
    let said = [(); 2].map(|()| std::rc::Rc::new(std::cell::Cell::new(0)));
    let sink = |at: usize| {
        let said = std::rc::Rc::clone(&said[at]);
        Box::new(move |event| {
            said.set(said.get() + usize::from(event != Event::Token(String::new())));
            ControlFlow::Continue(())
        })
    };
    let mut requests = letter_requests();
    requests[4].shape = None;
    batch.admit(&requests[4], sink(0));
    batch.step();
    assert_eq!(said[0].get(), 1, "the short one is read at once");
    let long = "a b c ".repeat(16);
    requests[0].messages[0].text = long[..90].to_owned();
    batch.admit(&requests[0], sink(1));
    for step in 1..=3 {
        assert_eq!(said[1].get(), 0, "three steps read the long one, {step}");
        let before = said[0].get();
        batch.step();
        assert!(said[0].get() > before, "the other one is written meanwhile");
    }
    assert_eq!(said[1].get(), 1);
}

#[test]
fn a_prompt_without_room_is_refused() {
    let Some(path) = small() else { return };
    let mut long = request("What is the fee?", 0.0);
    long.messages[0].text = "fee ".repeat(5000);
    let refused = loaded(&path, true, None).generate(&long, &mut |_| ControlFlow::Continue(()));
    assert!(matches!(refused, Err(GenerateError::PromptTooLong { .. })));
}
