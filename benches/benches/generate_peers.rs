//! Our generator beside llama.cpp: the same file, the same prompts made from real records, in turn
//! within one run; ours plainly, with drafts, and held to the shape of an answer as the product runs it. llama.cpp takes part if `MOTCUA_BENCH_PYTHON` names a Python that has
//! `llama-cpp-python` (`make bench` sees to that). `MOTCUA_BENCH_PROMPTS` says how many prompts.
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::{
    env,
    io::{BufRead as _, BufReader, Write as _},
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use motcua_answer::{
    ANSWER_TEMPLATE, Draft, Question, evidence, plain_intents, render_prompt, within_budget,
};
use motcua_corpus::Corpus;
use motcua_domain::{Audience, Detail, Evidence};
use motcua_generate::{Finished, Generator, Message, Request, Role, Shape};
use motcua_inference::{ModelStore, Options, load, manifests};
use motcua_kiosk::shape;
use serde::Deserialize;
use serde_json::json;

const MOST_TOKENS: usize = 96;
/// Bytes of a prompt, some two for a token, and how long its answer may be.
const CURVE: [(usize, usize); 5] = [(250, 32), (1000, 64), (2000, 128), (4000, 256), (6500, 512)];

/// What one engine took for one prompt.
#[derive(Deserialize)]
struct Took {
    prompt_tokens: usize,
    tokens: usize,
    first_s: f64,
    total_s: f64,
    text: String,
}

impl Took {
    fn prefill(&self) -> f64 {
        self.prompt_tokens as f64 / self.first_s
    }

    fn decode(&self) -> f64 {
        self.tokens.saturating_sub(1) as f64 / (self.total_s - self.first_s).max(1e-9)
    }
}

fn main() {
    let Some(model) = model() else {
        println!("skipped: the model is not there (motcua models fetch)");
        return;
    };
    let prompts = prompts();
    let started = Instant::now();
    let mut quick = load(&model, &Options::default()).expect("our engine");
    println!("ours: loaded in {:.2} s", started.elapsed().as_secs_f64());
    let plain = Options { drafts: false, ..Options::default() };
    let mut plain = load(&model, &plain).expect("our engine");
    let mut peer = Peer::start(&model);
    println!(
        "| prompt tokens | reading | writing | with drafts | held to a shape | same text | sentences shown |\n\
         | --- | --- | --- | --- | --- | --- | --- |"
    );
    let mut ratios: [Vec<f64>; 4] = Default::default();
    for (messages, evidence) in &prompts {
        let theirs = peer.as_mut().map(|peer| peer.run(messages, MOST_TOKENS));
        let (took, _) = run(plain.as_mut(), messages, None, MOST_TOKENS);
        let (drafted, drafts) = run(quick.as_mut(), messages, None, MOST_TOKENS);
        let (held, held_drafts) =
            run(quick.as_mut(), messages, shape(within_budget(evidence)), MOST_TOKENS);
        assert_eq!(drafted.text, took.text, "drafts change no word");
        let rates = [took.prefill(), took.decode(), drafted.decode(), held.decode()];
        let beside =
            theirs.as_ref().map(|it| [it.prefill(), it.decode(), it.decode(), it.decode()]);
        let cells: Vec<String> = (0..4)
            .map(|at| {
                let Some(beside) = beside else { return format!("{:.1}", rates[at]) };
                let ratio = rates[at] / beside[at];
                ratios[at].push(ratio);
                format!("{:.1} to {:.1}: {ratio:.2}", rates[at], beside[at])
            })
            .collect();
        println!(
            "| {} | {} | {} | {} ({}) | {} ({}, {} tokens) | {} | {} |",
            took.prompt_tokens,
            cells[0],
            cells[1],
            cells[2],
            right(&drafts),
            cells[3],
            right(&held_drafts),
            held.tokens,
            theirs.map_or("-", |theirs| if theirs.text == took.text { "yes" } else { "no" }),
            shown(&held.text, evidence)
        );
    }
    let names = ["reading", "writing", "with drafts", "held to a shape"];
    for (name, mut ratios) in names.into_iter().zip(ratios) {
        ratios.sort_by(f64::total_cmp);
        let median = ratios.get(ratios.len() / 2).copied().unwrap_or(f64::NAN);
        println!("{name}: {median:.2} times llama.cpp's (median)");
    }
    curves(plain.as_mut(), peer.as_mut(), &prompts);
}

/// How both do with longer prompts and longer answers, plainly.
fn curves(
    engine: &mut dyn Generator,
    mut peer: Option<&mut Peer>,
    prompts: &[(Vec<Message>, Vec<Evidence>)],
) {
    let facts: Vec<&str> =
        prompts.iter().flat_map(|(_, facts)| facts).map(|fact| fact.text.as_str()).collect();
    println!("| prompt tokens | reading | answer tokens | writing |\n| --- | --- | --- | --- |");
    for (at, (bytes, answer)) in CURVE.into_iter().enumerate() {
        // None begins as another does: nothing of one is known from another.
        let mut text = format!("Lần {}:", at + 1);
        let mut facts = facts.iter().cycle().skip(13 * at);
        while text.len() < bytes {
            let Some(fact) = facts.next() else { return };
            text.push('\n');
            text.push_str(fact);
        }
        text.push_str(
            "\n\nViết một câu chuyện thật dài, hai nghìn chữ, về một người đi làm việc này.",
        );
        let messages = [Message { role: Role::User, text }];
        let (ours, _) = run(engine, &messages, None, answer);
        let theirs = peer.as_mut().map(|peer| peer.run(&messages, answer));
        let beside = |rate: fn(&Took) -> f64| {
            let own = rate(&ours);
            theirs.as_ref().map_or_else(
                || format!("{own:.1}"),
                |theirs| format!("{own:.1} to {:.1}: {:.2}", rate(theirs), own / rate(theirs)),
            )
        };
        let (reading, writing) = (beside(Took::prefill), beside(Took::decode));
        println!("| {} | {reading} | {} | {writing} |", ours.prompt_tokens, ours.tokens);
    }
}

fn right(finished: &Finished) -> String {
    format!("{}/{}", finished.accepted, finished.drafted)
}

/// The default model where it was fetched to, or the file that `MOTCUA_BENCH_MODEL` names.
fn model() -> Option<PathBuf> {
    if let Some(path) = env::var_os("MOTCUA_BENCH_MODEL") {
        return Some(PathBuf::from(path));
    }
    let folder = env::var_os("MOTCUA_MODELS").map(PathBuf::from);
    let folder =
        folder.or_else(|| Some(Path::new(&env::var_os("HOME")?).join(".cache/motcua/models")))?;
    let default = manifests().expect("manifests").into_iter().find(|manifest| manifest.default)?;
    ModelStore::new(folder).path(&default)
}

/// What would be asked of the model about procedures of the project's own corpus, with the facts.
fn prompts() -> Vec<(Vec<Message>, Vec<Evidence>)> {
    let many =
        env::var("MOTCUA_BENCH_PROMPTS").ok().and_then(|many| many.parse().ok()).unwrap_or(8);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus");
    let procedures =
        Corpus::load(&[root], jiff::civil::date(2026, 11, 25)).expect("a corpus").procedures;
    let full = procedures.iter().filter(|procedure| procedure.detail == Detail::Full);
    let prompt = |procedure| {
        let question =
            Question::parse("Cần giấy tờ gì, mất bao lâu và hết bao nhiêu tiền?").ok()?;
        let facts =
            evidence(procedure, &question, &plain_intents(Audience::Citizen), Audience::Citizen);
        let prompt =
            render_prompt(ANSWER_TEMPLATE, &procedure.name, question.text(), &facts).ok()?;
        let messages = vec![
            Message { role: Role::System, text: prompt.system },
            Message { role: Role::User, text: prompt.user },
        ];
        Some((messages, facts))
    };
    full.filter_map(prompt).take(many).collect()
}

fn run(
    engine: &mut dyn Generator,
    messages: &[Message],
    shape: Option<Shape>,
    max_tokens: usize,
) -> (Took, Finished) {
    let request = Request {
        messages: messages.to_vec(),
        max_tokens,
        temperature: 0.0,
        seed: 0,
        deadline: Duration::MAX,
        shape,
    };
    let started = Instant::now();
    let (mut first, mut text) = (None, String::new());
    let finished = engine
        .generate(&request, &mut |piece| {
            if !piece.is_empty() {
                first.get_or_insert_with(|| started.elapsed().as_secs_f64());
                text.push_str(piece);
            }
            ControlFlow::Continue(())
        })
        .expect("generates");
    let total_s = started.elapsed().as_secs_f64();
    let first_s = first.unwrap_or(total_s);
    let (prompt_tokens, tokens) = (finished.prompt_tokens, finished.tokens);
    (Took { prompt_tokens, tokens, first_s, total_s, text }, finished)
}

/// How many sentences the verifier lets through, of how many.
fn shown(text: &str, evidence: &[Evidence]) -> String {
    let mut draft = Draft::new(evidence);
    draft.push(text);
    draft.finish();
    format!("{}/{}", draft.shown().len(), draft.shown().len() + draft.dropped().len())
}

/// llama.cpp in a process of its own, which answers line by line.
struct Peer {
    child: Child,
    given: ChildStdin,
    said: BufReader<ChildStdout>,
}

impl Peer {
    fn start(model: &Path) -> Option<Self> {
        let python = env::var_os("MOTCUA_BENCH_PYTHON").map(PathBuf::from).filter(|p| p.is_file());
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("llama_peer.py");
        let mut command = Command::new(python?);
        command.arg(script).arg(model).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().ok()?;
        let (given, said) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        let mut peer = Self { child, given, said };
        let line = peer.line();
        println!(
            "llama.cpp: {}",
            if line.is_empty() { "skipped, not installed" } else { line.trim() }
        );
        (!line.is_empty()).then_some(peer)
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.said.read_line(&mut line).expect("the peer's line");
        line
    }

    fn run(&mut self, messages: &[Message], max_tokens: usize) -> Took {
        let messages: Vec<_> = messages
            .iter()
            .map(|message| json!({ "role": message.role.as_str(), "content": message.text }))
            .collect();
        let line = json!({ "messages": messages, "max_tokens": max_tokens });
        writeln!(self.given, "{line}").expect("written");
        serde_json::from_str(&self.line()).expect("what the peer prints")
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
