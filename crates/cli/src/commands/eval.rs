//! `motcua eval`: the figures of docs/EVALUATION.md.

mod retrieval;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result, anyhow};
use motcua_corpus::{
    compile_rows,
    evaluation::{GoldRow, score_components},
};
use motcua_domain::{Document, ProcedureCode};
use motcua_dossier::evaluation::{Expected, Totals, score};
use motcua_generate::Engine;
use motcua_kiosk::{Check, Checked, Kiosk, Upload, UploadBytes};
use serde::{Deserialize, Serialize};
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
        EvalCommand::Retrieval { questions, typed, wrong, json } => {
            (retrieval::measure(resolved, &questions, typed, wrong)?, json)
        }
        EvalCommand::Fit { questions, out, without, json } => {
            (retrieval::fit(resolved, &questions, out.as_deref(), &without)?, json)
        }
        EvalCommand::Dossiers { folder, pages, json } => {
            (dossiers(resolved, &folder, pages.as_deref())?, json)
        }
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

fn dossiers(resolved: Resolved, folder: &Path, pages: Option<&Path>) -> Result<Value> {
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
        let checked = check_sample(&kiosk, &sample, path.parent().unwrap_or(folder), pages)?;
        let scored = score(&checked.report, &sample.expected);
        totals.add(&scored);
        let verdict = motcua_http::views::word(&checked.report.verdict);
        rows.insert(
            sample.id,
            json!({
                "procedure": sample.procedure.as_str(),
                "verdict": verdict,
                "expected": motcua_http::views::word(&sample.expected.verdict),
                "detail": scored,
                "seconds": round(started.elapsed().as_secs_f64()),
            }),
        );
        bar.inc(1);
    }
    bar.finish_and_clear();
    let by_kind: serde_json::Map<String, Value> = totals
        .kinds
        .iter()
        .map(|(kind, expected, missed)| {
            let found = expected.saturating_sub(*missed);
            (motcua_http::views::word(kind), json!({ "expected": expected, "found": found }))
        })
        .collect();
    Ok(json!({
        "dossiers": rows,
        "total": {
            "verdict_accuracy": totals.verdict_accuracy().map(round),
            "false_complete": totals.false_complete().map(round),
            "false_missing": totals.false_missing().map(round),
            "state_accuracy": totals.state_accuracy().map(round),
            "finding_precision": totals.finding_precision().map(round),
            "finding_recall": totals.finding_recall().map(round),
            "findings_by_kind": by_kind,
            "verdicts": confusion(&totals.verdicts),
            "states": confusion(&totals.states),
        },
    }))
}

/// How often what was expected was found as what: `{"complete": {"complete": 3, "needs_human": 1}}`.
fn confusion<T: Serialize>(counts: &[(T, T, usize)]) -> Value {
    let word = |value: &T| motcua_http::views::word(value);
    let mut table = serde_json::Map::new();
    for (expected, found, count) in counts {
        if let Value::Object(row) = table.entry(word(expected)).or_insert_with(|| json!({})) {
            row.insert(word(found), json!(count));
        }
    }
    Value::Object(table)
}

fn check_sample(
    kiosk: &Kiosk,
    sample: &Sample,
    folder: &Path,
    pages: Option<&Path>,
) -> Result<Checked> {
    let mut check = Check {
        procedure: sample.procedure.clone(),
        answers: Vec::new(),
        facts: sample.answers.clone().into_iter().collect(),
        received_on: sample.received_on,
        documents: Vec::new(),
        unread: Vec::new(),
    };
    let kept = pages.map(|pages| pages.join(format!("{}.json", sample.id)));
    match kept.as_ref().filter(|kept| kept.is_file()) {
        Some(kept) => {
            check.documents = serde_json::from_str(&read(kept)?)
                .with_context(|| format!("`{}` không đúng", kept.display()))?;
        }
        None => kiosk.read_uploads(&mut check, &uploads(sample, folder), &mut || ()),
    }
    // What could not be read is read again the next time, as its reason is not kept.
    if let Some(kept) = kept.filter(|_| check.unread.is_empty()) {
        keep(&kept, &check.documents).with_context(|| format!("`{}`", kept.display()))?;
    }
    kiosk.check(&check).map_err(|error| anyhow!("{}: {error}", sample.id))
}

fn uploads(sample: &Sample, folder: &Path) -> Vec<Upload> {
    let upload = |file: &SampleFile| Upload {
        name: file.name.clone(),
        bytes: UploadBytes::File(folder.join(&file.name)),
    };
    sample.files.iter().map(upload).collect()
}

fn keep(path: &Path, documents: &[Document]) -> Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    Ok(fs::write(path, serde_json::to_vec(documents)?)?)
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
