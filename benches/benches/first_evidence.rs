//! How long a person waits for the first facts over HTTP: alone, and while the model writes for
//! somebody else. Runs the release program that `make bench` has built.
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]

mod product;
#[path = "product/questions.rs"]
mod questions;

use std::{
    io::{BufRead, BufReader},
    process::Child,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use questions::QUESTIONS;
use serde_json::{Value, json};

const ROUNDS: usize = 40;

struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve(model: &str) -> Option<Server> {
    // Its questions are nobody's.
    let data = std::env::temp_dir().join("motcua-bench-records");
    let (child, address) = product::serve(product::program(&data), "127.0.0.1:0", model)?;
    Some(Server { child, address })
}

fn stream(agent: &ureq::Agent, address: &str, question: &str) -> Option<impl BufRead + use<>> {
    let request = agent.post(format!("http://{address}/api/v1/questions"));
    let response =
        request.header("accept", "text/event-stream").send_json(json!({ "question": question }));
    Some(BufReader::new(response.ok()?.into_body().into_reader()))
}

/// Milliseconds to the `evidence` event of each question, sorted.
fn waits(agent: &ureq::Agent, address: &str) -> Vec<f64> {
    let mut waits = Vec::new();
    for _ in 0..ROUNDS {
        for question in QUESTIONS {
            let started = Instant::now();
            let Some(events) = stream(agent, address, question) else { continue };
            if events.lines().map_while(Result::ok).any(|line| line == "event: evidence") {
                waits.push(started.elapsed().as_secs_f64() * 1e3);
            }
        }
    }
    waits.sort_by(f64::total_cmp);
    waits
}

fn report(name: &str, waits: &[f64]) {
    let at = |percent: usize| {
        waits.get(waits.len().saturating_sub(1) * percent / 100).copied().unwrap_or(f64::NAN)
    };
    println!(
        "{name}: {} questions, p50 {:.1?} ms, p95 {:.1?} ms, p99 {:.1?} ms",
        waits.len(),
        at(50),
        at(95),
        at(99)
    );
}

fn model_state(agent: &ureq::Agent, address: &str) -> Option<Value> {
    agent.get(format!("http://{address}/readyz")).call().ok()?.body_mut().read_json().ok()
}

fn main() {
    let agent = ureq::Agent::new_with_defaults();
    let Some(quiet) = serve("none") else {
        println!("skipped: build the program first (make release)");
        return;
    };
    waits(&agent, &quiet.address);
    report("no model", &waits(&agent, &quiet.address));
    drop(quiet);
    let Some(busy) = serve("default") else { return };
    let ready =
        || model_state(&agent, &busy.address).is_some_and(|r| r["model"]["state"] == "ready");
    let started = Instant::now();
    while !ready() {
        if started.elapsed() > Duration::from_mins(5) {
            println!("skipped under load: the model is not there (motcua models fetch)");
            return;
        }
        thread::sleep(Duration::from_millis(200));
    }
    println!("model ready after {:.1?}", started.elapsed());
    let (stop, written) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let Some(events) = stream(&agent, &busy.address, QUESTIONS[0]) else { break };
                let _ = events
                    .lines()
                    .map_while(Result::ok)
                    .take_while(|_| !stop.load(Ordering::Relaxed))
                    .count();
                written.fetch_add(1, Ordering::Relaxed);
            }
        });
        thread::sleep(Duration::from_secs(2));
        report("model writing for another", &waits(&agent, &busy.address));
        stop.store(true, Ordering::Relaxed);
    });
    println!("answers written meanwhile: {}", written.load(Ordering::Relaxed));
}
