//! A process may be killed at any moment: whatever it was writing, the next start works.

use std::{thread, time::Duration};

use crate::product::{json, motcua, root};

#[test]
fn an_index_killed_at_any_moment_is_no_obstacle() {
    let cache = tempfile::tempdir().expect("folder");
    let shared = root().join("../shared/data/procedures.jsonl.xz");
    let mut arguments = vec!["index", "build"];
    let shared = shared.to_string_lossy().into_owned();
    if std::path::Path::new(&shared).is_file() {
        arguments.extend(["--corpus", &shared]);
    }
    let (mut pause, mut kills) = (Duration::from_millis(15), 0);
    loop {
        let mut child = motcua(&arguments)
            .env("MOTCUA_CACHE", cache.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("starts");
        thread::sleep(pause);
        if let Some(status) = child.try_wait().expect("waits") {
            assert!(status.success(), "what a killed process left stops the next one");
            break;
        }
        child.kill().expect("killed");
        child.wait().expect("ended");
        kills += 1;
        pause = pause * 3 / 2;
    }
    println!("killed {kills} times");
    assert!(kills > 3);
    let mut asking = vec!["ask", "đăng ký khai sinh", "--json", "--cache"];
    let cache = cache.path().to_string_lossy().into_owned();
    asking.push(&cache);
    assert_eq!(json(&asking)["outcome"], "answered");
}
