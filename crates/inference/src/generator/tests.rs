use std::{ops::ControlFlow, path::Path, time::Duration};

use motcua_generate::{
    Role,
    shape::{Shape, Statement, Unit},
};

use super::*;
use crate::decoder::tests::fetched;

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

#[test]
fn a_prompt_without_room_is_refused() {
    let Some(path) = small() else { return };
    let mut long = request("What is the fee?", 0.0);
    long.messages[0].text = "fee ".repeat(5000);
    let refused = loaded(&path, true, None).generate(&long, &mut |_| ControlFlow::Continue(()));
    assert!(matches!(refused, Err(GenerateError::PromptTooLong { .. })));
}
