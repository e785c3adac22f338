//! The built product, as benches start and ask it.

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
};

/// The release program that `make bench` has built, or `MOTCUA_BENCH_PROGRAM`, with its records in a
/// folder of the bench's own.
pub(crate) fn program(data: &Path) -> Command {
    let built = std::env::var_os("MOTCUA_BENCH_PROGRAM").map(PathBuf::from);
    let mut command = Command::new(built.unwrap_or_else(|| root().join("target/release/motcua")));
    command.current_dir(root()).env("MOTCUA_DATA", data);
    command
}

/// Serves the reference records, where they are, and returns when it says its address.
pub(crate) fn serve(mut command: Command, address: &str, model: &str) -> Option<(Child, String)> {
    command.args(["serve", "--listen", address, "--model", model]);
    for file in ["procedures.jsonl.xz", "catalog.jsonl.xz"] {
        let path = root().join("../shared/data").join(file);
        if path.is_file() {
            command.arg("--corpus").arg(path);
        }
    }
    let mut child = command.stderr(Stdio::piped()).spawn().ok()?;
    let mut said = BufReader::new(child.stderr.take()?);
    let mut line = String::new();
    while said.read_line(&mut line).ok()? > 0 {
        if let Some((_, rest)) = line.split_once("http://") {
            let address = rest.split('/').next()?.to_owned();
            // Whatever it says later must not block it.
            thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
            return Some((child, address));
        }
        line.clear();
    }
    None
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
