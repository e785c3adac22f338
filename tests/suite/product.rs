//! The built program, a server of it, and where things are.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::OnceLock,
    time::Duration,
};

use serde_json::Value;

/// The root of the checkout.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The reference folder, or none with the reason printed.
pub(crate) fn shared() -> Option<PathBuf> {
    let shared = root().join("../shared");
    if !shared.join("data").is_dir() {
        println!("skipped: no reference data beside this checkout");
        return None;
    }
    Some(shared)
}

/// The program under test, built if it is stale: Cargo builds no binary of another package.
pub(crate) fn program() -> &'static Path {
    static PROGRAM: OnceLock<Option<PathBuf>> = OnceLock::new();
    let built = PROGRAM.get_or_init(|| {
        let build = Command::new(env!("CARGO"))
            // The same targets as `make test` has built: others would compile everything again.
            .args(["build", "--locked", "--quiet", "--workspace", "--all-targets"])
            .current_dir(root())
            .status();
        let here = std::env::current_exe().expect("this test has a path");
        let succeeded = build.is_ok_and(|status| status.success());
        succeeded.then(|| here.ancestors().nth(2).expect("target folder").join("motcua"))
    });
    built.as_deref().expect("the program builds")
}

/// A cache of its own, shared by all tests: the index is built once.
pub(crate) fn cache() -> &'static Path {
    static CACHE: OnceLock<tempfile::TempDir> = OnceLock::new();
    CACHE.get_or_init(|| tempfile::tempdir().expect("folder")).path()
}

/// The program with a cache of the tests' own and no models, run from the root.
pub(crate) fn motcua(arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command
        .current_dir(root())
        .args(arguments)
        .env("MOTCUA_CACHE", cache())
        .env("MOTCUA_DATA", cache().join("data"))
        .env("MOTCUA_EMBEDDER", "none")
        .env_remove("MOTCUA_CORPUS")
        .env_remove("MOTCUA_MODEL")
        .env_remove("MOTCUA_PROVINCE")
        .stdin(Stdio::null());
    command
}

/// Runs it to the end.
pub(crate) fn run(arguments: &[&str]) -> Output {
    motcua(arguments).output().expect("the program starts")
}

/// Whether a model is in the store; says so where it is not, because its tests then pass over.
pub(crate) fn is_fetched(name: &str) -> bool {
    let listed = String::from_utf8_lossy(&run(&["models", "list"]).stdout).into_owned();
    let there = listed.lines().any(|line| line.starts_with(name) && line.contains("(đã tải"));
    if !there {
        println!("skipped: {name} is not fetched (make test fetches it)");
    }
    there
}

/// Runs it and reads its JSON, whatever its exit code.
#[track_caller]
pub(crate) fn json(arguments: &[&str]) -> Value {
    let output = run(arguments);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{arguments:?}: {error}: {}", String::from_utf8_lossy(&output.stderr))
    })
}

/// The arguments that bring in the reference records and catalogue.
pub(crate) fn reference(shared: &Path) -> Vec<String> {
    ["procedures.jsonl.xz", "catalog.jsonl.xz"]
        .iter()
        .flat_map(|file| {
            ["--corpus".to_owned(), shared.join("data").join(file).to_string_lossy().into_owned()]
        })
        .chain(["--province".to_owned(), "Phú Thọ".to_owned()])
        .collect()
}

/// A running server on a port of its own; ended when dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
}

impl Server {
    /// Starts `motcua serve` with more arguments and waits until it says where it listens.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::start_command(motcua(&["serve", "--listen", "127.0.0.1:0"]), arguments)
    }

    pub(crate) fn start_command(mut command: Command, arguments: &[&str]) -> Self {
        let mut child =
            command.args(arguments).stderr(Stdio::piped()).spawn().expect("the server starts");
        let mut said = BufReader::new(child.stderr.take().expect("piped"));
        let mut lines = String::new();
        let address = loop {
            let before = lines.len();
            let read = said.read_line(&mut lines).expect("readable");
            assert!(read > 0, "the server ended: {lines}");
            if let Some(at) = lines[before..].find("http://") {
                let rest = &lines[before + at..];
                break rest.split(['/', ' ']).nth(2).expect("an address").to_owned();
            }
        };
        // Whatever it says later must not block it.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Self { child, address }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A client that takes error statuses as answers.
pub(crate) fn client() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_mins(2)))
        .build()
        .into()
}

/// Posts JSON and reads the JSON that comes back.
#[track_caller]
pub(crate) fn post(url: &str, body: &Value) -> (u16, Value) {
    let mut response = client().post(url).send_json(body).expect("an answer");
    let status = response.status().as_u16();
    (status, response.body_mut().read_json().unwrap_or(Value::Null))
}

/// Gets JSON.
#[track_caller]
pub(crate) fn get(url: &str) -> (u16, Value) {
    let mut response = client().get(url).call().expect("an answer");
    let status = response.status().as_u16();
    (status, response.body_mut().read_json().unwrap_or(Value::Null))
}
