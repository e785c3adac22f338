//! Our search beside SQLite's FTS5 and `bm25s`: the same procedures, the same texts, the same
//! questions, one run. Needs the reference data; `bm25s` takes part if `MOTCUA_BENCH_PYTHON` names a
//! Python that has it (`make bench` sees to that).
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::{
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use jiff::civil::date;
use motcua_corpus::Corpus;
use motcua_domain::Procedure;
use motcua_retrieval::{Index, Query, evaluation::GoldQuestion};
use rusqlite::{Connection, params};
use serde::Deserialize;
use serde_json::json;

/// How one engine did: codes for each question, best first, and how long each took.
struct Run {
    name: String,
    build: Duration,
    ranked: Vec<Vec<String>>,
    times: Vec<Duration>,
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let shared = root.join("../shared");
    if !shared.is_dir() {
        println!("skipped: no reference data beside this checkout");
        return;
    }
    let sources = [
        root.join("corpus"),
        shared.join("data/procedures.jsonl.xz"),
        shared.join("data/catalog.jsonl.xz"),
    ];
    let procedures =
        Corpus::load(&sources, jiff::civil::date(2026, 11, 25)).expect("a corpus").procedures;
    let questions = questions(&root, &shared);
    println!("{} procedures, {} questions", procedures.len(), questions.len());
    println!("| engine | recall@1 | recall@5 | p50 ms | p99 ms | build s |");
    println!("| --- | --- | --- | --- | --- | --- |");
    let mut runs = vec![ours(&procedures, &questions), fts5(&procedures, &questions)];
    runs.extend(bm25s(&root, &procedures, &questions));
    for run in &mut runs {
        report(run, &questions);
    }
}

/// Every judged question that has a right procedure.
fn questions(root: &Path, shared: &Path) -> Vec<GoldQuestion> {
    let own = fs::read_dir(root.join("tests/questions")).expect("our questions").flatten();
    let mut files: Vec<PathBuf> = own.map(|entry| entry.path()).filter(|p| p.is_file()).collect();
    files.sort();
    files.push(shared.join("eval/dev/questions_everyday.jsonl"));
    let texts = files.iter().map(|file| fs::read_to_string(file).expect("readable"));
    let questions: Vec<GoldQuestion> = texts
        .flat_map(|text| {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            lines.map(|line| serde_json::from_str(line).expect("a question")).collect::<Vec<_>>()
        })
        .collect();
    questions.into_iter().filter(|gold| !gold.gold_code.is_empty()).collect()
}

fn ours(procedures: &[Procedure], questions: &[GoldQuestion]) -> Run {
    let started = Instant::now();
    let index = Index::in_memory(procedures);
    let build = started.elapsed();
    let mut run = Run { name: "motcua, by words".into(), build, ranked: vec![], times: vec![] };
    for gold in questions {
        let query = Query {
            text: &gold.question,
            province: Some("Phú Thọ"),
            on: date(2026, 11, 26),
            field: None,
            level: None,
            internal: false,
            vector: None,
        };
        let started = Instant::now();
        let found = index.search(&query, 10);
        run.times.push(started.elapsed());
        run.ranked.push(found.candidates.iter().map(|c| c.code.to_string()).collect());
    }
    run
}

/// What all engines are given of a procedure: its name, what people say of it, its papers.
fn texts(procedure: &Procedure) -> [String; 3] {
    let papers = procedure.requirements.iter().map(|requirement| requirement.name.as_str());
    [procedure.name.clone(), procedure.everyday.join(". "), papers.collect::<Vec<_>>().join(". ")]
}

/// Marks folded, đ included: `remove_diacritics` leaves it.
fn plain(text: &str) -> String {
    motcua_text::fold(text)
}

fn fts5(procedures: &[Procedure], questions: &[GoldQuestion]) -> Run {
    let started = Instant::now();
    let base = Connection::open_in_memory().expect("SQLite");
    let table = "CREATE VIRTUAL TABLE procedures USING fts5(code UNINDEXED, name, everyday, body, \
                 tokenize = 'unicode61 remove_diacritics 2')";
    base.execute_batch(table).expect("FTS5");
    base.execute_batch("BEGIN").expect("begun");
    for procedure in procedures {
        let [name, everyday, body] = texts(procedure);
        base.execute(
            "INSERT INTO procedures VALUES (?1, ?2, ?3, ?4)",
            params![procedure.code.as_str(), plain(&name), plain(&everyday), plain(&body)],
        )
        .expect("inserted");
    }
    base.execute_batch("COMMIT").expect("committed");
    let build = started.elapsed();
    // Names weigh most, as in every guide to FTS5's bm25().
    let text = "SELECT code FROM procedures WHERE procedures MATCH ?1 \
                ORDER BY bm25(procedures, 0, 4, 3, 1) LIMIT 10";
    let mut statement = base.prepare(text).expect("prepared");
    let mut run = Run {
        name: format!("SQLite {} FTS5", rusqlite::version()),
        build,
        ranked: vec![],
        times: vec![],
    };
    for gold in questions {
        let started = Instant::now();
        let words: Vec<String> = motcua_text::syllables(&plain(&gold.question))
            .map(|word| format!("\"{word}\""))
            .collect();
        let codes = statement.query_map([words.join(" OR ")], |row| row.get::<_, String>(0));
        let codes = codes.and_then(Iterator::collect::<rusqlite::Result<Vec<String>>>);
        run.times.push(started.elapsed());
        run.ranked.push(codes.expect("a query of plain words"));
    }
    run
}

#[derive(Deserialize)]
struct PeerRun {
    version: String,
    build_s: f64,
    ranked: Vec<Vec<usize>>,
    seconds: Vec<f64>,
}

fn bm25s(root: &Path, procedures: &[Procedure], questions: &[GoldQuestion]) -> Option<Run> {
    let python = env::var_os("MOTCUA_BENCH_PYTHON").map(PathBuf::from);
    let Some(python) = python.filter(|python| python.is_file()) else {
        println!("bm25s: skipped, MOTCUA_BENCH_PYTHON names no Python");
        return None;
    };
    let texts: Vec<String> = procedures.iter().map(|p| texts(p).join(". ")).collect();
    let asked: Vec<&str> = questions.iter().map(|gold| gold.question.as_str()).collect();
    let mut child = Command::new(python)
        .arg(root.join("benches/bm25s_peer.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let given = json!({ "texts": texts, "questions": asked }).to_string();
    child.stdin.take().expect("a pipe").write_all(given.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("Python ends");
    let run: PeerRun = serde_json::from_slice(&output.stdout).expect("what the peer prints");
    let codes = |places: Vec<usize>| {
        places.into_iter().map(|place| procedures[place].code.to_string()).collect()
    };
    Some(Run {
        name: format!("bm25s {}", run.version),
        build: Duration::from_secs_f64(run.build_s),
        ranked: run.ranked.into_iter().map(codes).collect(),
        times: run.seconds.into_iter().map(Duration::from_secs_f64).collect(),
    })
}

fn report(run: &mut Run, questions: &[GoldQuestion]) {
    let hits = |within: usize| {
        let asked = questions.iter().zip(&run.ranked);
        let right = asked.filter(|(gold, ranked)| {
            ranked.iter().take(within).any(|code| gold.gold_code.contains(code))
        });
        right.count() as f64 / questions.len() as f64
    };
    let (one, five) = (hits(1), hits(5));
    run.times.sort();
    let at = |share: usize| run.times[run.times.len() * share / 100].as_secs_f64() * 1e3;
    let build = run.build.as_secs_f64();
    println!(
        "| {} | {one:.3} | {five:.3} | {:.2} | {:.2} | {build:.2} |",
        run.name,
        at(50),
        at(99)
    );
}
