//! `motcua bench`: how fast this machine runs the model.

use std::{
    fs,
    time::{Duration, Instant},
};

use anyhow::{Result, anyhow, bail};
use motcua_generate::{Event, Finished, Message, Request, Role};

use crate::{
    arguments::BenchCommand,
    model,
    output::{Ended, print_json},
    settings::Resolved,
};

/// Long enough to be measured, short enough for a slow machine.
const TOKENS: usize = 64;

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
    let cold = measure(&engine)?;
    let warm = measure(&engine)?;
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
        "peak_memory_mb": peak_memory_mb(),
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
    finished: Finished,
}

impl Measured {
    fn decode_rate(&self) -> f64 {
        let after_first = self.finished.tokens.saturating_sub(1) as f64;
        after_first / self.total.saturating_sub(self.first).as_secs_f64().max(1e-9)
    }
}

fn measure(engine: &motcua_generate::Engine) -> Result<Measured> {
    let facts = "Tờ khai đăng ký khai sinh theo mẫu, giấy chứng sinh, thời hạn ba ngày làm việc. ";
    let text = format!("{}\nKể một câu chuyện dài về làng quê.", facts.repeat(16));
    let request = Request {
        messages: vec![Message { role: Role::User, text }],
        max_tokens: TOKENS,
        temperature: 0.0,
        seed: 0,
        deadline: Duration::from_mins(10),
        shape: None,
    };
    let started = Instant::now();
    let reply = engine.submit(request)?;
    let mut first = None;
    for event in reply {
        match event {
            Event::Token(_) => {
                first.get_or_insert_with(|| started.elapsed());
            }
            Event::Finished(finished) => {
                let total = started.elapsed();
                return Ok(Measured { first: first.unwrap_or(total), total, finished });
            }
            Event::Failed(error) => return Err(error.into()),
        }
    }
    Err(anyhow!("mô hình ngừng giữa chừng"))
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
