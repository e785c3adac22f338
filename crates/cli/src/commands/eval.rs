//! `motcua eval`: the figures of docs/EVALUATION.md.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow, bail};
use motcua_corpus::{
    compile_rows,
    evaluation::{GoldRow, score_components},
};
use motcua_domain::ProcedureCode;
use motcua_dossier::evaluation::{Expected, Totals, score};
use motcua_generate::Engine;
use motcua_kiosk::{Ask, Check, Kiosk, Upload, UploadBytes};
use motcua_retrieval::{
    evaluation::{Answered, GoldQuestion, RetrievalScore, expected_outcome},
    learn::{Kind, learn},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    arguments::EvalCommand,
    commands::corpus::records,
    output::{Ended, print_json},
    progress::count_bar,
    settings::Resolved,
};

pub(crate) fn run(resolved: Resolved, command: EvalCommand) -> Result<Ended> {
    let (figures, json) = match command {
        EvalCommand::Retrieval { questions, json } => (retrieval(resolved, &questions)?, json),
        EvalCommand::Fit { questions, out, json } => {
            (fit(resolved, &questions, out.as_deref())?, json)
        }
        EvalCommand::Dossiers { folder, json } => (dossiers(resolved, &folder)?, json),
        EvalCommand::Components { gold, json } => (components(&resolved, &gold)?, json),
    };
    if json {
        print_json(&figures)?;
    } else {
        print_table(&figures, 0);
    }
    Ok(Ended::Fine)
}

fn print_table(figures: &Value, depth: usize) {
    let Value::Object(entries) = figures else { return };
    for (name, value) in entries {
        let indent = "  ".repeat(depth);
        if value.is_object() {
            println!("{indent}{name}");
            print_table(value, depth + 1);
        } else {
            println!("{indent}{name}: {value}");
        }
    }
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("không đọc được `{}`", path.display()))
}

fn retrieval(mut resolved: Resolved, files: &[PathBuf]) -> Result<Value> {
    resolved.kiosk.province.get_or_insert_with(|| PROVINCE.to_owned());
    let kiosk = super::open_with_vectors(resolved, Engine::absent())?;
    let mut total = Set::default();
    let mut sets = serde_json::Map::new();
    for file in files {
        let mut set = Set::default();
        for gold in questions(file)? {
            let (answered, took) = answer(&kiosk, &gold)?;
            set.add(&gold, &answered, took);
            total.add(&gold, &answered, took);
        }
        let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        sets.insert(name.unwrap_or_default(), set.figures());
    }
    Ok(json!({ "sets": sets, "total": total.figures() }))
}

/// The sets assume a kiosk in a commune of this province.
const PROVINCE: &str = "Phú Thọ";

fn questions(file: &Path) -> Result<Vec<GoldQuestion>> {
    let text = read(file)?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let parsed: Result<_, _> = lines.map(serde_json::from_str).collect();
    parsed.with_context(|| format!("`{}` không phải bộ câu hỏi", file.display()))
}

/// Learns the weights of the ranking from judged questions.
fn fit(mut resolved: Resolved, files: &[PathBuf], out: Option<&Path>) -> Result<Value> {
    resolved.kiosk.province.get_or_insert_with(|| PROVINCE.to_owned());
    let kiosk = super::open_with_vectors(resolved, Engine::absent())?;
    if !kiosk.health().vectors {
        bail!("cần mô hình nhúng để học: chạy `motcua models fetch`");
    }
    let (mut lexical, mut hybrid) = (Vec::new(), Vec::new());
    for file in files {
        for gold in questions(file)? {
            let Some(kind) = kind(&gold) else { continue };
            let today = motcua_http::today();
            let [by_words, by_both] = kiosk.lessons(&gold.question, today, kind, &gold.gold_code);
            lexical.push(by_words);
            hybrid.push(by_both);
        }
    }
    let learned = learn(&lexical, &hybrid);
    if let Some(path) = out {
        fs::write(path, &learned.file)
            .with_context(|| format!("không ghi được `{}`", path.display()))?;
    }
    let [by_words, by_both] = learned
        .left_out
        .map(|[one, five]| json!({ "recall_at_1": round(one), "recall_at_5": round(five) }));
    Ok(
        json!({ "questions": lexical.len(), "left_out": { "lexical": by_words, "hybrid": by_both } }),
    )
}

fn kind(gold: &GoldQuestion) -> Option<Kind> {
    match expected_outcome(&gold.behaviour)? {
        ["answered"] if !gold.gold_code.is_empty() => Some(Kind::Clear),
        ["clarify"] => Some(Kind::Unclear),
        ["not_covered", ..] => Some(Kind::Foreign),
        _ => None,
    }
}

fn answer(kiosk: &Kiosk, gold: &GoldQuestion) -> Result<(Answered, Duration)> {
    let ask = Ask {
        question: &gold.question,
        audience: motcua_domain::Audience::Citizen,
        procedure: None,
        today: motcua_http::today(),
        use_model: false,
    };
    let asked = kiosk
        .ask(&ask, &mut |_| std::ops::ControlFlow::Continue(()))
        .map_err(|error| anyhow!("{}: {error}", gold.id))?;
    let ranked = asked.candidates.iter().map(|c| c.code.to_string()).collect();
    let outcome = motcua_http::views::word(&asked.outcome);
    Ok((Answered { ranked, outcome }, asked.timings.first_evidence))
}

/// One set's sums.
#[derive(Default)]
struct Set {
    score: RetrievalScore,
    times: Vec<Duration>,
    confusion: std::collections::BTreeMap<String, usize>,
}

impl Set {
    fn add(&mut self, gold: &GoldQuestion, answered: &Answered, took: Duration) {
        self.score.add(gold, answered);
        self.times.push(took);
        *self
            .confusion
            .entry(format!("{} -> {}", gold.behaviour, answered.outcome))
            .or_default() += 1;
    }

    fn figures(&mut self) -> Value {
        self.times.sort();
        let [one, five, ten] = self.score.recall();
        let at = |share: f64| percentile(&self.times, share);
        json!({
            "questions": self.times.len(),
            "with_gold": self.score.with_gold,
            "recall_at_1": round(one),
            "recall_at_5": round(five),
            "recall_at_10": round(ten),
            "mrr": round(self.score.mrr()),
            "outcome_accuracy": round(self.score.outcome_accuracy()),
            "outcomes": self.confusion,
            "first_evidence_ms": { "p50": at(0.50), "p95": at(0.95), "p99": at(0.99) },
        })
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an index into a list from a share of its length"
)]
fn percentile(sorted: &[Duration], share: f64) -> f64 {
    let at = ((sorted.len().saturating_sub(1)) as f64 * share).round() as usize;
    sorted.get(at).map_or(0.0, |time| round(time.as_secs_f64() * 1e3))
}

fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// A sample dossier as its `dossier.json` states it.
#[derive(Deserialize)]
struct Sample {
    id: String,
    procedure: ProcedureCode,
    received_on: jiff::civil::Date,
    #[serde(default)]
    answers: std::collections::BTreeMap<String, String>,
    files: Vec<SampleFile>,
    expected: Expected,
}

#[derive(Deserialize)]
struct SampleFile {
    name: String,
}

fn dossiers(resolved: Resolved, folder: &Path) -> Result<Value> {
    let kiosk = super::open(resolved, Engine::absent())?;
    let mut samples: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| format!("không đọc được `{}`", folder.display()))?
        .flatten()
        .map(|entry| entry.path().join("dossier.json"))
        .filter(|path| path.is_file())
        .collect();
    samples.sort();
    let bar = count_bar(samples.len(), "Hồ sơ");
    let mut totals = Totals::default();
    let mut rows = serde_json::Map::new();
    for path in samples {
        let sample: Sample = serde_json::from_str(&read(&path)?)
            .with_context(|| format!("`{}` không đúng", path.display()))?;
        let started = Instant::now();
        let checked = check_sample(&kiosk, &sample, path.parent().unwrap_or(folder))?;
        let scored = score(&checked.report, &sample.expected);
        totals.add(&scored);
        let verdict = motcua_http::views::word(&checked.report.verdict);
        rows.insert(
            sample.id,
            json!({
                "procedure": sample.procedure.as_str(),
                "verdict": verdict,
                "expected": motcua_http::views::word(&sample.expected.verdict),
                "detail": format!("{scored:?}"),
                "seconds": round(started.elapsed().as_secs_f64()),
            }),
        );
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(json!({
        "dossiers": rows,
        "total": {
            "verdict_accuracy": totals.verdict_accuracy().map(round),
            "false_complete": totals.false_complete().map(round),
            "false_missing": totals.false_missing().map(round),
            "state_accuracy": totals.state_accuracy().map(round),
            "finding_precision": totals.finding_precision().map(round),
            "finding_recall": totals.finding_recall().map(round),
        },
    }))
}

fn check_sample(kiosk: &Kiosk, sample: &Sample, folder: &Path) -> Result<motcua_kiosk::Checked> {
    let uploads: Vec<Upload> = sample
        .files
        .iter()
        .map(|file| Upload {
            name: file.name.clone(),
            bytes: UploadBytes::File(folder.join(&file.name)),
        })
        .collect();
    let check = Check {
        procedure: sample.procedure.clone(),
        answers: Vec::new(),
        facts: sample.answers.clone().into_iter().collect(),
        received_on: sample.received_on,
        documents: Vec::new(),
        unread: Vec::new(),
    };
    kiosk
        .check_uploads(check, &uploads, &mut || ())
        .map_err(|error| anyhow!("{}: {error}", sample.id))
}

fn components(resolved: &Resolved, gold: &Path) -> Result<Value> {
    let mut compiled = std::collections::HashMap::new();
    for source in resolved.corpus.named.iter().filter(|source| source.is_file()) {
        for record in records(source)? {
            compiled.insert(record.code.trim().to_owned(), compile_rows(&record));
        }
    }
    let rows = read(gold)?;
    let rows: Result<Vec<GoldRow>, _> = rows.lines().map(serde_json::from_str).collect();
    let rows = rows.with_context(|| format!("`{}` không phải tệp nhãn", gold.display()))?;
    let score = score_components(&rows, |code, row| compiled.get(code)?.get(row));
    let share =
        |part: usize, all: usize| if all == 0 { 0.0 } else { round(part as f64 / all as f64) };
    Ok(json!({
        "rows": score.rows,
        "not_found": score.not_found,
        "kind": share(score.kind, score.rows),
        "necessity": share(score.necessity, score.rows),
        "alternatives": share(score.alternatives, score.rows),
        "copy_type": share(score.copy_type, score.copy_type_stated),
        "replaced_by_data_f1": round(score.replaced_f1()),
        "notes_as_required": share(score.note_as_required, score.rows),
        "required_as_notes": share(score.required_as_note, score.rows),
    }))
}
