//! A centre's day in minutes: 16 kiosks that ask and 68 counters that receive dossiers, at once, with
//! the server killed and started again in the middle. Tells how long the first facts took, how much
//! memory the server has, which steps the restart cut off and which failed without it, and whether a case,
//! a check or a decision that was acknowledged is lost. Who was cut off takes the case in hand again, as an
//! official would.
//!
//! `MOTCUA_BENCH_MINUTES` says how long (2 unless set). Runs the release program that `make bench` has
//! built, or `MOTCUA_BENCH_PROGRAM`.
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]

mod product;
#[path = "product/questions.rs"]
mod questions;

use std::{
    fs,
    io::Write as _,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use questions::QUESTIONS;
use serde_json::{Value, json};

const KIOSKS: usize = 16;
const COUNTERS: usize = 68;
const PASSWORD: &str = "một câu dễ nhớ";
/// How long somebody reads before the next question, or types before the next step.
const READING: Duration = Duration::from_secs(3);
const PAPER: &str = "GIẤY CHỨNG SINH\nHọ và tên mẹ: Vũ Thị Mận\nĐã sinh con vào lúc: 8 giờ\n";

struct Centre {
    address: String,
    data: PathBuf,
    server: Mutex<Option<Child>>,
    stopped: AtomicBool,
    /// Set while the server is down on purpose.
    down: AtomicBool,
    /// How often it was started again.
    restarts: AtomicUsize,
    waits: Mutex<Vec<f64>>,
    steps: AtomicUsize,
    /// Steps that failed because the server went down under them.
    cut_off: AtomicUsize,
    /// Cases taken in hand again after that.
    resumed: AtomicUsize,
    /// Steps that failed without that.
    failed: Mutex<Vec<String>>,
    kept: Mutex<Vec<Kept>>,
}

/// What was acknowledged of a case, or what is there of it.
#[derive(Clone, Default)]
struct Kept {
    code: String,
    checks: usize,
    decisions: usize,
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The words alone decide here: no vectors.
fn program(data: &Path) -> Command {
    let mut command = product::program(data);
    command.env("MOTCUA_EMBEDDER", "none");
    command
}

/// Starts the server and returns when it listens.
fn start(address: &str, data: &Path) -> Option<Child> {
    Some(product::serve(program(data), address, "none")?.0)
}

impl Centre {
    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Sends something that began when the server had been started again `since` so often.
    fn send(
        &self,
        agent: &ureq::Agent,
        cookie: &str,
        (path, since): (&str, usize),
        body: &Value,
    ) -> Option<Value> {
        let sent = agent.post(self.url(path)).header("cookie", cookie).send_json(body);
        let read = sent.and_then(|mut response| response.body_mut().read_json());
        self.noted(path, since, read)
    }

    /// Counts a step; one that failed is told apart by whether the server went down since it began.
    fn noted<T>(&self, path: &str, since: usize, sent: Result<T, ureq::Error>) -> Option<T> {
        self.steps.fetch_add(1, Ordering::Relaxed);
        sent.inspect_err(|error| {
            if self.was_cut_off(since) {
                self.cut_off.fetch_add(1, Ordering::Relaxed);
            } else {
                locked(&self.failed).push(format!("{path}: {error}"));
            }
        })
        .ok()
    }

    fn restarts(&self) -> usize {
        self.restarts.load(Ordering::SeqCst)
    }

    /// It is known to be down before it is killed, and until it is up again and counted.
    fn was_cut_off(&self, since: usize) -> bool {
        self.down.load(Ordering::SeqCst) || self.restarts() != since
    }

    fn is_over(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    fn wait_until_up(&self) {
        while self.down.load(Ordering::SeqCst) && !self.is_over() {
            thread::sleep(Duration::from_millis(100));
        }
    }

    fn kiosk(&self, number: usize) {
        let agent = ureq::Agent::new_with_defaults();
        for question in QUESTIONS.iter().cycle().skip(number) {
            if self.is_over() {
                return;
            }
            self.wait_until_up();
            let body = json!({ "question": question, "session": format!("kiosk-{number}") });
            let (since, started) = (self.restarts(), Instant::now());
            if self.send(&agent, "", ("/api/v1/questions", since), &body).is_some() {
                locked(&self.waits).push(started.elapsed().as_secs_f64() * 1e3);
            }
            thread::sleep(READING);
        }
    }

    fn counter(&self, number: usize) {
        let agent = ureq::Agent::new_with_defaults();
        let Some(cookie) = self.sign_in(&agent, number) else { return };
        // They do not all begin in the same second.
        thread::sleep(READING * u32::try_from(number % 10).unwrap_or(0) / 10);
        while !self.is_over() {
            self.wait_until_up();
            self.case(&agent, &cookie);
            thread::sleep(READING);
        }
    }

    fn sign_in(&self, agent: &ureq::Agent, number: usize) -> Option<String> {
        let body = json!({ "login": format!("quay{number}"), "password": PASSWORD });
        let response = agent.post(self.url("/api/v1/counter/sign-in")).send_json(&body).ok()?;
        let cookie = response.headers().get("set-cookie")?.to_str().ok()?;
        cookie.split(';').next().map(str::to_owned)
    }

    /// One dossier, from its opening to a decision, through whatever restarts there are.
    fn case(&self, agent: &ureq::Agent, cookie: &str) -> Option<()> {
        let request = json!({ "procedure": "1.001193", "applicant": "Vũ Thị Mận" });
        let mut since = self.restarts();
        let cases = "/api/v1/counter/cases";
        let mut opened = self.send(agent, cookie, (cases, since), &request)?;
        let code = opened["code"].as_str()?.to_owned();
        locked(&self.kept).push(Kept { code: code.clone(), ..Kept::default() });
        while self.work_on(agent, cookie, (&code, opened["dossier"].as_str()?), since).is_none() {
            if self.is_over() || !self.was_cut_off(since) {
                return None;
            }
            self.wait_until_up();
            since = self.restarts();
            let again = format!("{cases}/{code}/dossier");
            opened = self.send(agent, cookie, (&again, since), &json!({}))?;
            self.resumed.fetch_add(1, Ordering::Relaxed);
        }
        Some(())
    }

    /// One paper handed in, a check, a finding decided.
    fn work_on(
        &self,
        agent: &ureq::Agent,
        cookie: &str,
        (code, dossier): (&str, &str),
        since: usize,
    ) -> Option<()> {
        thread::sleep(READING);
        let form = ureq::unversioned::multipart::Form::new().part(
            "file",
            ureq::unversioned::multipart::Part::bytes(PAPER.as_bytes()).file_name("giay.txt"),
        );
        let path = format!("/api/v1/dossiers/{dossier}");
        let documents = agent.post(self.url(&format!("{path}/documents")));
        self.noted("documents", since, documents.header("cookie", cookie).send(form))?;
        let report = self.send(agent, cookie, (&format!("{path}/check"), since), &json!({}))?;
        self.acknowledge(code, |kept| kept.checks += 1);
        thread::sleep(READING);
        if report["findings"].as_array().is_some_and(|findings| !findings.is_empty()) {
            let (path, accept) =
                (format!("{path}/findings/0/decision"), json!({ "decision": "accept" }));
            self.send(agent, cookie, (&path, since), &accept)?;
            self.acknowledge(code, |kept| kept.decisions += 1);
        }
        Some(())
    }

    fn acknowledge(&self, code: &str, change: impl Fn(&mut Kept)) {
        locked(&self.kept).iter_mut().filter(|kept| kept.code == code).for_each(change);
    }

    /// Resident memory of the server in megabytes.
    fn memory(&self) -> Option<u64> {
        let id = locked(&self.server).as_ref()?.id();
        let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
    }

    fn power_cut(&self) {
        self.down.store(true, Ordering::SeqCst);
        if let Some(mut child) = locked(&self.server).take() {
            let _ = child.kill();
            let _ = child.wait();
        }
        let started = Instant::now();
        *locked(&self.server) = start(&self.address, &self.data);
        println!("killed; up again after {:.1} s", started.elapsed().as_secs_f64());
        self.restarts.fetch_add(1, Ordering::SeqCst);
        self.down.store(false, Ordering::SeqCst);
    }

    /// What is there of a case; nothing where it is gone.
    fn found(&self, agent: &ureq::Agent, cookie: &str, code: &str) -> Option<Kept> {
        let url = self.url(&format!("/api/v1/counter/cases/{code}"));
        let read = agent.get(url).header("cookie", cookie).call();
        let case: Value = read.and_then(|mut response| response.body_mut().read_json()).ok()?;
        let decided =
            case["timeline"].as_array()?.iter().filter(|done| done["action"] == "decided");
        let checks = case["history"].as_array()?.len();
        Some(Kept { code: code.to_owned(), checks, decisions: decided.count() })
    }

    /// Prints what was acknowledged and how much of it is lost.
    fn tell_lost(&self) {
        let agent = ureq::Agent::new_with_defaults();
        let Some(cookie) = self.sign_in(&agent, 0) else {
            println!("nobody can sign in any more");
            return;
        };
        let kept = locked(&self.kept).clone();
        let (mut cases, mut checks, mut decisions) = (0, 0, 0);
        for one in &kept {
            let found = self.found(&agent, &cookie, &one.code);
            cases += usize::from(found.is_none());
            let found = found.unwrap_or_default();
            checks += one.checks.saturating_sub(found.checks);
            decisions += one.decisions.saturating_sub(found.decisions);
        }
        let all = |count: fn(&Kept) -> usize| kept.iter().map(count).sum::<usize>();
        println!("acknowledged: {} cases, lost {cases}", kept.len());
        println!("acknowledged: {} checks, lost {checks}", all(|one| one.checks));
        println!("acknowledged: {} decisions, lost {decisions}", all(|one| one.decisions));
    }
}

fn add_official(data: &Path, login: &str) -> Option<()> {
    let mut command = program(data);
    command.args(["officials", "add", login, "--password-stdin"]);
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    child.stdin.take()?.write_all(PASSWORD.as_bytes()).ok()?;
    child.wait().ok().filter(std::process::ExitStatus::success).map(|_| ())
}

fn main() {
    let Ok(data) = tempfile::tempdir() else { return };
    let free = TcpListener::bind("127.0.0.1:0").and_then(|bound| bound.local_addr());
    let Ok(address) = free else { return };
    let address = address.to_string();
    if (0..COUNTERS).any(|number| add_official(data.path(), &format!("quay{number}")).is_none()) {
        println!("skipped: build the program first (make release)");
        return;
    }
    let centre = Centre {
        server: Mutex::new(start(&address, data.path())),
        data: data.path().to_owned(),
        address,
        stopped: AtomicBool::new(false),
        down: AtomicBool::new(false),
        restarts: AtomicUsize::new(0),
        waits: Mutex::default(),
        steps: AtomicUsize::new(0),
        cut_off: AtomicUsize::new(0),
        resumed: AtomicUsize::new(0),
        failed: Mutex::default(),
        kept: Mutex::default(),
    };
    let minutes = std::env::var("MOTCUA_BENCH_MINUTES").ok().and_then(|text| text.parse().ok());
    let half = Duration::from_secs_f64(30.0 * minutes.unwrap_or(2.0));
    thread::scope(|scope| {
        for number in 0..KIOSKS {
            let centre = &centre;
            scope.spawn(move || centre.kiosk(number));
        }
        for number in 0..COUNTERS {
            let centre = &centre;
            scope.spawn(move || centre.counter(number));
        }
        thread::sleep(half / 3);
        let early = centre.memory();
        thread::sleep(half * 2 / 3);
        println!("memory {early:?} MB early, {:?} MB later", centre.memory());
        centre.power_cut();
        thread::sleep(half);
        println!("memory {:?} MB at the end", centre.memory());
        centre.stopped.store(true, Ordering::Relaxed);
    });
    let mut waits = locked(&centre.waits).clone();
    waits.sort_by(f64::total_cmp);
    let at = |percent: usize| {
        waits.get(waits.len().saturating_sub(1) * percent / 100).copied().unwrap_or(f64::NAN)
    };
    println!(
        "{KIOSKS} kiosks and {COUNTERS} counters: {} answers, p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms",
        waits.len(),
        at(50),
        at(95),
        at(99)
    );
    let count = |counter: &AtomicUsize| counter.load(Ordering::Relaxed);
    println!(
        "{} steps; {} cut off by the restart, {} cases taken in hand again; {} failed otherwise",
        count(&centre.steps),
        count(&centre.cut_off),
        count(&centre.resumed),
        locked(&centre.failed).len()
    );
    for told in locked(&centre.failed).iter().take(5) {
        println!("  {told}");
    }
    centre.tell_lost();
    if let Some(mut child) = locked(&centre.server).take() {
        let _ = child.kill();
        let _ = child.wait();
    }
}
