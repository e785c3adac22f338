//! A process may be killed at any moment: whatever it was writing, the next start works.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use serde_json::json;

use crate::{
    counter::{Desk, add_official, command},
    product::{Server, json, motcua, root},
};

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

/// Blank pages in such a number that reading them takes far longer than this test waits.
fn pages_to_read(count: usize) -> String {
    format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
         2 0 obj<</Type/Pages/Count {count}/Kids[{}]>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n\
         trailer<</Size 4/Root 1 0 R>>\n%%EOF",
        "3 0 R ".repeat(count)
    )
}

/// What is left of uploads in a temporary folder.
fn being_read(place: &Path) -> usize {
    let entries = std::fs::read_dir(place).expect("folder").flatten();
    entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("motcua-")).count()
}

#[test]
fn a_server_killed_while_papers_are_read_and_checked_loses_nothing_it_acknowledged() {
    let (data, place) =
        (tempfile::tempdir().expect("folder"), tempfile::tempdir().expect("folder"));
    add_official(data.path(), "lan", "official");
    let serve = || {
        let mut serve = command(data.path(), &["serve", "--listen", "127.0.0.1:0"]);
        serve.env("TMPDIR", place.path());
        Server::start_command(serve, &["--model", "none"])
    };
    let mut first = serve();
    let desk = Desk::sign_in(&first, "lan");
    let cases = "/api/v1/counter/cases";
    let open = |desk: &Desk| {
        let request = json!({ "procedure": "1.001266", "applicant": "Vũ Thị Mận" });
        let (status, opened) = desk.post(cases, &request);
        assert_eq!(status, 201, "{opened}");
        let text = |key: &str| opened[key].as_str().expect("text").to_owned();
        (text("code"), format!("/api/v1/dossiers/{}", text("dossier")))
    };
    let (code, dossier) = open(&desk);
    assert_eq!(desk.post(&format!("{dossier}/check"), &json!({})).0, 200);
    let decision = format!("{dossier}/findings/0/decision");
    assert_eq!(desk.post(&decision, &json!({ "decision": "accept" })).0, 200);

    // One paper is being read and another dossier is checked again and again when the power goes.
    let reading = (desk.clone(), dossier.clone(), pages_to_read(40));
    let reading = thread::spawn(move || {
        let (desk, dossier, paper) = reading;
        desk.try_upload(&dossier, "nhieu trang.pdf", paper.as_bytes())
    });
    let (second, busy) = open(&desk);
    let acknowledged = Arc::new(AtomicUsize::new(0));
    let checking = (desk.clone(), Arc::clone(&acknowledged));
    let checking = thread::spawn(move || {
        let (desk, acknowledged) = checking;
        while desk.try_post(&format!("{busy}/check"), &json!({})) == Some(200) {
            acknowledged.fetch_add(1, Ordering::Relaxed);
        }
    });
    let started = Instant::now();
    while being_read(place.path()) == 0 || acknowledged.load(Ordering::Relaxed) == 0 {
        assert!(started.elapsed() < Duration::from_secs(20), "nothing is ever read or checked");
        thread::sleep(Duration::from_millis(20));
    }
    thread::sleep(Duration::from_millis(300));
    first.kill();
    assert_eq!(reading.join().expect("no panic"), None, "it was read before the power went");
    checking.join().expect("no panic");
    let acknowledged = acknowledged.load(Ordering::Relaxed);

    let again = serve();
    assert_eq!(being_read(place.path()), 0, "a paper is left in the temporary folder");
    let desk = Desk { origin: again.url(""), ..desk };
    let (status, kept) = desk.get(&format!("{cases}/{code}"));
    assert_eq!((status, &kept["applicant"]), (200, &json!("Vũ Thị Mận")), "{kept}");
    let finding = &kept["history"][0]["report"]["findings"][0];
    assert_eq!(finding["decision"]["accepted"], true, "{kept}");
    let (_, kept) = desk.get(&format!("{cases}/{second}"));
    // The same papers are one version, however often they were checked; each check is written down.
    assert_eq!(kept["history"].as_array().map(Vec::len), Some(1), "{kept}");
    let done = kept["timeline"].as_array().expect("what was done");
    let checks = done.iter().filter(|one| one["action"] == "checked").count();
    assert!(checks >= acknowledged, "{checks} of {acknowledged} checks are there");
    // Work goes on where it stopped: the paper that was cut off is not there, and can be handed in again.
    let (status, in_hand) = desk.post(&format!("{cases}/{code}/dossier"), &json!({}));
    assert_eq!(status, 200, "{in_hand}");
    let dossier = format!("/api/v1/dossiers/{}", in_hand["dossier"].as_str().expect("an id"));
    assert_eq!(desk.get(&format!("{dossier}/documents")).1["documents"], json!([]));
    let paper = pages_to_read(1);
    assert_eq!(desk.try_upload(&dossier, "mot trang.pdf", paper.as_bytes()), Some(200));
    assert_eq!(desk.post(&format!("{dossier}/check"), &json!({})).0, 200);
}
