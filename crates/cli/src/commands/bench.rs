//! `motcua bench`: how fast this machine runs the model.

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use anyhow::{Result, anyhow, bail};
use motcua_domain::{Evidence, EvidenceId, EvidenceKind, EvidenceSource};
use motcua_generate::{Engine, Event, Finished, Message, Request, Role, Shape};

use crate::{
    arguments::BenchCommand,
    model,
    output::{Ended, print_json},
    settings::Resolved,
};

/// Long enough to be measured, short enough for a slow machine.
const TOKENS: usize = 64;
/// How often the facts are said: some thousand tokens, as many as a long procedure has.
const LONG: usize = 16;
/// So many people ask about what was read before.
const ASKED: usize = 20;
/// So many people ask at once.
const CROWDS: [usize; 4] = [1, 2, 4, 8];

pub(crate) fn run(resolved: &Resolved, command: &BenchCommand) -> Result<Ended> {
    let BenchCommand::Generate { json } = command;
    let name = resolved.model.as_deref().unwrap_or("default");
    if name == "none" {
        bail!("--model none không có gì để đo");
    }
    let started = Instant::now();
    // Nothing that an earlier run left may help.
    let folder = tempfile::tempdir()?;
    let engine = model::engine(name, folder.path())?;
    model::wait_until_loaded(&engine)?;
    let load = started.elapsed();
    let story = request("Kể một câu chuyện dài về làng quê.", None);
    let cold = measure(&engine, story.clone())?;
    let warm = measure(&engine, story)?;
    let peak = peak_memory_mb();
    let held = measure(&engine, request("Cần giấy tờ gì?", Some(shape()?)))?;
    let crowds = CROWDS.map(|people| crowd(&engine, people));
    let crowds: Vec<serde_json::Value> = crowds.into_iter().collect::<Result<_>>()?;
    let at_once = peak_memory_mb();
    let known = known(engine, || model::engine(name, folder.path()))?;
    let figures = serde_json::json!({
        "model": name,
        "load_s": round(load.as_secs_f64()),
        "prompt_tokens": warm.finished.prompt_tokens,
        "tokens": warm.finished.tokens,
        "prefill_tokens_per_s": round(cold.finished.prompt_tokens as f64 / cold.first.as_secs_f64()),
        "decode_tokens_per_s": round(warm.decode_rate()),
        "drafted": warm.finished.drafted,
        "accepted": warm.finished.accepted,
        "reused_warm": warm.finished.reused,
        "first_token_cold_ms": round(cold.first.as_secs_f64() * 1e3),
        "first_token_warm_ms": round(warm.first.as_secs_f64() * 1e3),
        "peak_memory_mb": peak,
        "held_to_a_shape": {
            "tokens": held.finished.tokens,
            "decode_tokens_per_s": round(held.decode_rate()),
            "drafted": held.finished.drafted,
            "accepted": held.finished.accepted,
        },
        "at_once": crowds,
        "peak_memory_at_once_mb": at_once,
        "read_before": known,
    });
    if *json {
        print_json(&figures)?;
    } else if let Some(entries) = figures.as_object() {
        for (name, value) in entries {
            println!("{name}: {value}");
        }
    }
    Ok(Ended::Fine)
}

struct Measured {
    first: Duration,
    total: Duration,
    /// The longest time without a piece of text, from the first on.
    pause: Duration,
    finished: Finished,
}

impl Measured {
    fn decode_rate(&self) -> f64 {
        let after_first = self.finished.tokens.saturating_sub(1) as f64;
        after_first / self.total.saturating_sub(self.first).as_secs_f64().max(1e-9)
    }
}

/// What is known, as the product would show it.
const FACTS: [(EvidenceKind, &str); 2] = [
    (EvidenceKind::Paper, "Nộp: Tờ khai đăng ký khai sinh theo mẫu (bản chính, số lượng 01)."),
    (EvidenceKind::Time, "Thời hạn giải quyết: 03 ngày làm việc (nộp trực tiếp, trực tuyến)."),
];

fn request(question: &str, shape: Option<Shape>) -> Request {
    about(5, question, shape)
}

fn about(facts_said: usize, question: &str, shape: Option<Shape>) -> Request {
    let facts = (1..).zip(FACTS).map(|(at, (_, text))| format!("[E{at}] {text}\n"));
    let text = format!("{}\n{question}", facts.collect::<String>().repeat(facts_said));
    Request {
        messages: vec![Message { role: Role::User, text }],
        max_tokens: TOKENS,
        temperature: 0.0,
        seed: 0,
        deadline: Duration::from_mins(10),
        shape,
    }
}

/// The shape of an answer from the facts.
fn shape() -> Result<Shape> {
    let procedure: motcua_domain::ProcedureCode = "1.001193".parse()?;
    let source = EvidenceSource { document: String::new(), url: None, effective_from: None };
    let evidence: Vec<Evidence> = (1..)
        .zip(FACTS)
        .map(|(at, (kind, text))| Evidence {
            id: EvidenceId(at),
            kind,
            text: text.to_owned(),
            procedure: procedure.clone(),
            source: source.clone(),
        })
        .collect();
    motcua_kiosk::shape(&evidence).ok_or_else(|| anyhow!("không có khuôn câu trả lời"))
}

fn measure(engine: &Engine, request: Request) -> Result<Measured> {
    let started = Instant::now();
    let reply = engine.submit(request)?;
    let (mut first, mut last, mut pause) = (None, started, Duration::ZERO);
    for event in reply {
        match event {
            Event::Token(_) => {
                if first.is_some() {
                    pause = pause.max(last.elapsed());
                }
                last = Instant::now();
                first.get_or_insert_with(|| started.elapsed());
            }
            Event::Finished(finished) => {
                let total = started.elapsed();
                return Ok(Measured { first: first.unwrap_or(total), total, pause, finished });
            }
            Event::Failed(error) => return Err(error.into()),
        }
    }
    Err(anyhow!("mô hình ngừng giữa chừng"))
}

/// How soon an answer begins about what the model has read before, in memory and, in a new engine, on disk.
fn known(engine: Engine, open: impl Fn() -> Result<Engine>) -> Result<serde_json::Value> {
    let ask = |engine: &Engine, person: usize| {
        measure(engine, about(LONG, &format!("Người thứ {person} hỏi: hết bao nhiêu ngày?"), None))
    };
    // Other facts than those of the questions before, which are known by now.
    let cold = measure(&engine, Request { max_tokens: 0, ..about(LONG, "", None) })?;
    let mut firsts = Vec::new();
    for person in 1..=ASKED {
        firsts.push(ask(&engine, person)?.first);
    }
    firsts.sort_unstable();
    drop(engine);
    let engine = open()?;
    model::wait_until_loaded(&engine)?;
    let restored = ask(&engine, ASKED + 1)?;
    let ms = |time: Duration| round(time.as_secs_f64() * 1e3);
    Ok(serde_json::json!({
        "prompt_tokens": cold.finished.prompt_tokens,
        "reading_cold_ms": ms(cold.total),
        "first_token_warm_p50_ms": ms(firsts[ASKED / 2]),
        "first_token_warm_p95_ms": ms(firsts[ASKED * 19 / 20 - 1]),
        "first_token_from_disk_ms": ms(restored.first),
        "reused_from_disk": restored.finished.reused,
    }))
}

/// Several people ask different things about the same facts at once.
fn crowd(engine: &Engine, people: usize) -> Result<serde_json::Value> {
    let started = Instant::now();
    let all: Vec<Measured> = thread::scope(|scope| {
        let ask = |person: usize| {
            let story = format!("Kể câu chuyện dài thứ {person} trong {people} câu chuyện.");
            scope.spawn(move || measure(engine, request(&story, None)))
        };
        let asked: Vec<_> = (1..=people).map(ask).collect();
        let joined = asked.into_iter().map(thread::ScopedJoinHandle::join);
        joined
            .map(|one| one.unwrap_or_else(|_| Err(anyhow!("người đọc gặp lỗi"))))
            .collect::<Result<_>>()
    })?;
    let total = started.elapsed();
    let tokens: usize = all.iter().map(|one| one.finished.tokens).sum();
    let longest = |of: fn(&Measured) -> Duration| {
        let longest = all.iter().map(of).max().unwrap_or_default();
        round(longest.as_secs_f64() * 1e3)
    };
    Ok(serde_json::json!({
        "people": people,
        "tokens_per_s": round(tokens as f64 / total.as_secs_f64()),
        "slowest_first_token_ms": longest(|one| one.first),
        "longest_pause_ms": longest(|one| one.pause),
    }))
}

/// The kernel's high-water mark for this process.
fn peak_memory_mb() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes / 1024)
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
