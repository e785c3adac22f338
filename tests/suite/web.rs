//! The pages of kiosk and counter in Debian's Chromium, driven by Playwright: `tests/web` says what it holds.

use std::{path::Path, process::Command};

use crate::{
    counter::{PASSWORD, add_official},
    product::{Server, motcua, root},
};

/// The tests of the page and the types of its modules, against the built program.
///
/// What they need is installed first; a machine on which that fails has not tested the page, so the
/// test fails with it.
#[test]
fn the_page_holds_what_its_own_tests_say() {
    let folder = root().join("tests/web");
    install(&folder);
    run(Command::new("npx").args(["--no-install", "tsc", "--project", "tsconfig.json"]), &folder);
    let data = tempfile::tempdir().expect("folder");
    add_official(data.path(), "quan.tri", "admin");
    let mut serve = motcua(&["serve", "--listen", "127.0.0.1:0"]);
    let place = tempfile::tempdir().expect("folder");
    serve.env("MOTCUA_DATA", data.path()).env("TMPDIR", place.path());
    let server = Server::start_command(serve, &["--model", "none", "--province", "Phú Thọ"]);
    let review = root().join("target/review");
    let mut tests = Command::new("npm");
    tests
        .args(["test", "--silent"])
        .env("MOTCUA_URL", format!("http://{}", server.address))
        .env("MOTCUA_OFFICIAL", "quan.tri")
        .env("MOTCUA_PASSWORD", PASSWORD)
        .env("MOTCUA_DATA", data.path())
        .env("MOTCUA_TEMP", place.path())
        .env("MOTCUA_REVIEW", &review);
    run(&mut tests, &folder);
    println!("pictures of every page: {}", review.display());
}

/// Brings in what the lockfile names, unless it is there already.
fn install(folder: &Path) {
    let wanted = std::fs::read(folder.join("package-lock.json")).expect("a lockfile");
    let mark = folder.join("node_modules/.installed");
    if std::fs::read(&mark).is_ok_and(|installed| installed == wanted) {
        return;
    }
    run(Command::new("npm").args(["ci", "--no-fund", "--no-audit"]), folder);
    std::fs::write(mark, wanted).expect("a mark");
}

#[track_caller]
fn run(command: &mut Command, folder: &Path) {
    let output = command.current_dir(folder).output().unwrap_or_else(|error| {
        panic!("{command:?}: {error} (`make test-packages` installs nodejs, npm and chromium)")
    });
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{command:?} failed\n{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    // Figures of the page, for those who run the tests with their output shown.
    for line in said.lines().filter(|line| {
        line.contains(" KB ") || line.contains("paint:") || line.contains("hands on")
    }) {
        println!("{line}");
    }
}
