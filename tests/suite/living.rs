//! The sources change while the product serves.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use crate::product::{Server, get, root};

/// Long enough for a slow machine; how long it takes is measured elsewhere.
const PATIENCE: Duration = Duration::from_secs(30);

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folder");
    for entry in fs::read_dir(from).expect("folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}

fn name_of(server: &Server) -> String {
    let (status, procedure) = get(&server.url("/api/v1/procedures/1.001193"));
    assert_eq!(status, 200, "served all the time");
    procedure["name"].as_str().expect("a name").to_owned()
}

#[track_caller]
fn wait_for_name(server: &Server, name: &str) {
    let since = Instant::now();
    while name_of(server) != name {
        assert!(since.elapsed() < PATIENCE, "still {}", name_of(server));
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_changed_file_is_taken_in_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().expect("folder");
    let corpus = folder.path().join("corpus");
    copy(&root().join("corpus"), &corpus);
    let file = find(&corpus.join("procedures"), "1.001193").expect("its file");
    let path = corpus.to_string_lossy().into_owned();
    let server = Server::start(&["--model", "none", "--corpus-only", "--corpus", &path]);
    let text = fs::read_to_string(&file).expect("readable");
    let line = text.lines().find(|line| line.starts_with("name = ")).expect("a name");
    let renamed = text.replacen(line, "name = \"Khai sinh theo mẫu zyxw\"", 1);
    fs::write(&file, &renamed).expect("written");
    wait_for_name(&server, "Khai sinh theo mẫu zyxw");
    let (_, found) = get(&server.url("/api/v1/procedures?q=zyxw"));
    assert_eq!(found["procedures"][0]["code"], "1.001193", "the search knows it too: {found}");
    fs::write(&file, "name = ").expect("written");
    thread::sleep(Duration::from_secs(1));
    assert_eq!(name_of(&server), "Khai sinh theo mẫu zyxw", "half a file changes nothing");
    fs::write(&file, &text).expect("written");
    wait_for_name(&server, line.trim_start_matches("name = ").trim_matches('"'));
}

fn find(folder: &Path, code: &str) -> Option<PathBuf> {
    fs::read_dir(folder).ok()?.flatten().find_map(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return find(&path, code);
        }
        let text = fs::read_to_string(&path).ok()?;
        text.contains(&format!("code = \"{code}\"")).then_some(path)
    })
}
