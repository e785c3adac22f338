//! Papers: how long a scanned page takes beside Tesseract alone, how much memory reading needs, and
//! whether the server grows over a thousand dossiers.
//!
//! Takes the dossiers that `make papers` wrote to `target/papers`, or those below
//! `MOTCUA_BENCH_PAPERS`; `MOTCUA_BENCH_DOSSIERS` says how many are checked in a row (1,000 unless
//! set). Runs the release program that `make bench` has built, or `MOTCUA_BENCH_PROGRAM`.
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]

mod product;

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use motcua_intake::{Limits, Reader};
use serde_json::{Value, json};
use ureq::unversioned::multipart::{Form, Part};

/// Pictures of single pages that are read beside Tesseract.
const PAGES: usize = 24;

fn main() {
    let papers = std::env::var_os("MOTCUA_BENCH_PAPERS")
        .map_or_else(|| Path::new("..").join("target/papers"), PathBuf::from);
    let digital = dossiers(&papers.join("digital"));
    let degraded = dossiers(&papers.join("degraded"));
    if digital.is_empty() || degraded.is_empty() {
        println!("no dossiers below `{}`: run `make papers` first", papers.display());
        return;
    }
    pages(&degraded);
    row(&digital);
}

/// Folders with a `dossier.json`, in order.
fn dossiers(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> =
        entries.map(|e| e.path()).filter(|path| path.join("dossier.json").is_file()).collect();
    found.sort();
    found
}

fn label(dossier: &Path) -> Option<Value> {
    serde_json::from_str(&fs::read_to_string(dossier.join("dossier.json")).ok()?).ok()
}

fn files(dossier: &Path, label: &Value) -> Vec<PathBuf> {
    let named = label["files"].as_array().into_iter().flatten();
    named.filter_map(|file| file["name"].as_str()).map(|name| dossier.join(name)).collect()
}

/// Each picture by us and by Tesseract alone, in turn, then pairs of them at once.
fn pages(dossiers: &[PathBuf]) {
    let program = PathBuf::from(product::program(Path::new("")).get_program());
    let reader = Reader::new(program, Limits::default());
    let pictures: Vec<PathBuf> = dossiers
        .iter()
        .filter_map(|dossier| Some(files(dossier, &label(dossier)?)))
        .flatten()
        .filter(|file| file.extension().is_some_and(|extension| extension == "jpg"))
        .take(PAGES)
        .collect();
    let peak = Peak::watch();
    let (mut ours, mut alone) = (Vec::new(), Vec::new());
    for picture in &pictures {
        let started = Instant::now();
        let read = reader.read_path(picture);
        ours.push(started.elapsed().as_secs_f64());
        if let Err(error) = read {
            println!("{}: {error}", picture.display());
        }
        let started = Instant::now();
        let tesseract = Command::new("tesseract")
            .arg(picture)
            .args(["stdout", "-l", "vie", "--psm", "3", "tsv"])
            // As ours: several pages are read at once, each on one core.
            .env("OMP_THREAD_LIMIT", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        alone.push(started.elapsed().as_secs_f64());
        assert!(tesseract.is_ok(), "tesseract is there");
    }
    let most = peak.stop();
    let ratios = ours.iter().zip(&alone).map(|(ours, alone)| ours / alone).collect();
    println!(
        "{} photographed or scanned pages: ours {:.2} s, Tesseract alone {:.2} s (medians), ratio {:.2}; \
         at most {most} MB in the reader and what it starts",
        pictures.len(),
        median(ours),
        median(alone),
        median(ratios)
    );
    let one = timed(&reader, pictures.iter().map(|picture| vec![picture.as_path()]));
    let two =
        timed(&reader, pictures.chunks(2).map(|pair| pair.iter().map(PathBuf::as_path).collect()));
    println!("all of them one by one {one:.1} s, two at once {two:.1} s");
}

/// Seconds for groups that are read one after the other, the members of each at once.
fn timed<'a>(reader: &Reader, groups: impl Iterator<Item = Vec<&'a Path>>) -> f64 {
    let started = Instant::now();
    for group in groups {
        thread::scope(|scope| {
            for picture in group {
                scope.spawn(move || reader.read_path(picture));
            }
        });
    }
    started.elapsed().as_secs_f64()
}

/// One dossier after the other through the API, as a counter would hand them in.
fn row(dossiers: &[PathBuf]) {
    let count = std::env::var("MOTCUA_BENCH_DOSSIERS").ok().and_then(|count| count.parse().ok());
    let count: usize = count.unwrap_or(1_000);
    let data = tempfile::tempdir().expect("a folder");
    let mut command = product::program(data.path());
    command.args(["--embedder", "none"]);
    let (server, address) = product::serve(command, "127.0.0.1:0", "none").expect("served");
    let mut server = Server(server);
    let agent = ureq::Agent::new_with_defaults();
    let (mut waits, mut five, mut verdicts) = (Vec::new(), Vec::new(), HashMap::new());
    for (at, dossier) in dossiers.iter().cycle().take(count).enumerate() {
        let label = label(dossier).expect("a label");
        let files = files(dossier, &label);
        let started = Instant::now();
        let report = checked(&agent, &address, &label, &files).expect("a report");
        let wait = started.elapsed().as_secs_f64() * 1e3;
        waits.push(wait);
        if files.len() == 5 {
            five.push(wait);
        }
        let verdict = report["verdict"].as_str().unwrap_or_default().to_owned();
        *verdicts.entry(verdict).or_insert(0_usize) += 1;
        if (at + 1) % (count / 10).max(1) == 0 {
            println!("{} dossiers: {} MB resident", at + 1, server.memory());
        }
    }
    println!(
        "{count} digital dossiers in a row: {:.0} ms each (median), {:.0} ms where there are five files ({}); {verdicts:?}",
        median(waits),
        median(five.clone()),
        five.len()
    );
}

/// Opens a dossier, hands its files in, has it judged and forgotten.
fn checked(agent: &ureq::Agent, address: &str, label: &Value, files: &[PathBuf]) -> Option<Value> {
    let url = |path: &str| format!("http://{address}/api/v1/dossiers{path}");
    let opening = json!({ "procedure": label["procedure"], "received_on": label["received_on"] });
    let opened: Value = agent.post(url("")).send_json(opening).ok()?.body_mut().read_json().ok()?;
    let own = format!("/{}", opened["id"].as_str()?);
    let parts = files.iter().filter_map(|file| {
        Some((fs::read(file).ok()?, file.file_name()?.to_string_lossy().into_owned()))
    });
    let parts: Vec<(Vec<u8>, String)> = parts.collect();
    let form = parts.iter().fold(Form::new(), |form, (bytes, name)| {
        form.part("file", Part::bytes(bytes).file_name(name))
    });
    agent.post(url(&format!("{own}/documents"))).send(form).ok()?;
    agent
        .patch(url(&format!("{own}/answers")))
        .send_json(json!({ "facts": label["answers"] }))
        .ok()?;
    let report = agent.post(url(&format!("{own}/check"))).send_json(json!({}));
    let report = report.ok()?.body_mut().read_json().ok();
    agent.delete(url(&own)).call().ok()?;
    report
}

struct Server(Child);

impl Server {
    /// Resident memory in megabytes.
    fn memory(&mut self) -> u64 {
        resident(self.0.id()).unwrap_or(0) / 1024
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Kilobytes that a process has in memory.
fn resident(process: u32) -> Option<u64> {
    field(process, "VmRSS")
}

fn field(process: u32, name: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// The most memory that the processes below this one held at once.
struct Peak {
    over: Arc<AtomicBool>,
    watcher: thread::JoinHandle<u64>,
}

impl Peak {
    fn watch() -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let (told, most) = (Arc::clone(&over), AtomicU64::new(0));
        let watcher = thread::spawn(move || {
            while !told.load(Ordering::SeqCst) {
                most.fetch_max(below(std::process::id()), Ordering::SeqCst);
                thread::sleep(Duration::from_millis(20));
            }
            most.into_inner() / 1024
        });
        Self { over, watcher }
    }

    /// In megabytes.
    fn stop(self) -> u64 {
        self.over.store(true, Ordering::SeqCst);
        self.watcher.join().unwrap_or(0)
    }
}

/// Kilobytes of all processes below this one; Tesseract alone is one of them, and smaller than ours.
fn below(process: u32) -> u64 {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let all = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let parents: HashMap<u32, u32> =
        all.filter_map(|id| Some((id, u32::try_from(field(id, "PPid")?).ok()?))).collect();
    let descends = |id: u32| {
        std::iter::successors(parents.get(&id), |parent| parents.get(parent))
            .take(16)
            .any(|parent| *parent == process)
    };
    parents.keys().filter(|id| descends(**id)).filter_map(|id| resident(*id)).sum()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
