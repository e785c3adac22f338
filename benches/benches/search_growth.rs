//! How the search grows with the corpus, up to a hundred thousand procedures, and how many questions
//! two threads answer while a third builds the index anew. Needs the reference data.
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::{
    fs,
    path::Path,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use jiff::civil::date;
use motcua_corpus::Corpus;
use motcua_domain::Procedure;
use motcua_retrieval::{Index, Query, evaluation::GoldQuestion};

const SIZES: [usize; 5] = [5_000, 10_000, 25_000, 50_000, 100_000];
const UNDER_LOAD: Duration = Duration::from_secs(10);

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
    let text = fs::read_to_string(shared.join("eval/dev/questions_everyday.jsonl")).expect("set");
    let questions: Vec<String> = text
        .lines()
        .map(|line| serde_json::from_str::<GoldQuestion>(line).expect("a question").question)
        .collect();
    under_load(&procedures, &questions);
    println!("| procedures | build s | file MB | open s | p50 ms | p99 ms |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for size in SIZES {
        grow(&procedures, size, &questions);
    }
}

fn query(text: &str) -> Query<'_> {
    Query {
        text,
        province: Some("Phú Thọ"),
        on: date(2026, 11, 26),
        field: None,
        level: None,
        internal: false,
        vector: None,
    }
}

/// Two threads ask as fast as they can while a third builds, which is one more than there are cores
/// on the machine the goal was set for.
fn under_load(procedures: &[Procedure], questions: &[String]) {
    let index = Index::in_memory(procedures);
    let (over, answered, built) =
        (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for from in 0..2 {
            let (index, over, answered) = (&index, &over, &answered);
            scope.spawn(move || {
                for question in questions.iter().cycle().skip(from * 50) {
                    if over.load(Ordering::Relaxed) {
                        break;
                    }
                    index.search(&query(question), 10);
                    answered.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                drop(Index::in_memory(procedures));
                built.fetch_add(1, Ordering::Relaxed);
            }
        });
        thread::sleep(UNDER_LOAD);
        over.store(true, Ordering::Relaxed);
    });
    let rate = answered.into_inner() as f64 / UNDER_LOAD.as_secs_f64();
    println!("{rate:.0} questions a second while the index was built {} times", built.into_inner());
}

fn grow(procedures: &[Procedure], size: usize, questions: &[String]) {
    let many = invented(procedures, size);
    let folder = tempfile::tempdir().expect("folder");
    let started = Instant::now();
    Index::build(folder.path(), &many, "many", &mut |_, _| {}).expect("built");
    let build = started.elapsed().as_secs_f64();
    let files = fs::read_dir(folder.path()).expect("folder").flatten();
    let bytes: u64 = files.map(|file| file.metadata().map_or(0, |meta| meta.len())).sum();
    let started = Instant::now();
    let index = Index::open(folder.path(), "many", &many).expect("opens");
    let open = started.elapsed().as_secs_f64();
    let mut times: Vec<Duration> = questions
        .iter()
        .map(|question| {
            let started = Instant::now();
            index.search(&query(question), 10);
            started.elapsed()
        })
        .collect();
    times.sort();
    let at = |share: usize| times[times.len() * share / 100].as_secs_f64() * 1e3;
    let megabytes = bytes as f64 / 1e6;
    println!(
        "| {size} | {build:.1} | {megabytes:.1} | {open:.2} | {:.2} | {:.2} |",
        at(50),
        at(99)
    );
}

/// The real ones, and then more like them: names and sayings of one with words of the next.
fn invented(procedures: &[Procedure], size: usize) -> Vec<Procedure> {
    let mut many: Vec<Procedure> = procedures.iter().take(size).cloned().collect();
    for at in many.len()..size {
        let one = &procedures[at % procedures.len()];
        let other = &procedures[(at * 7 + at / procedures.len()) % procedures.len()];
        let code = format!("9.{at:06}").parse().expect("a code");
        let mix = |one: &str, other: &str| {
            let words = one.split(' ').zip(other.split(' ').chain(std::iter::repeat("")));
            let mixed = words.enumerate().map(|(at, (a, b))| if at % 3 == 2 { b } else { a });
            mixed.collect::<Vec<_>>().join(" ")
        };
        let everyday = one.everyday.iter().zip(&other.everyday).map(|(a, b)| mix(a, b)).collect();
        many.push(Procedure { code, name: mix(&one.name, &other.name), everyday, ..one.clone() });
    }
    many
}
