//! What outlives a visit: decisions, feedback and counts.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    counter::{Desk, add_official},
    product::{Server, client, get, motcua, post},
};

/// A server that keeps its records in a folder of its own.
fn server(data: &Path) -> Server {
    let mut command = motcua(&["serve", "--listen", "127.0.0.1:0"]);
    command.env("MOTCUA_DATA", data);
    Server::start_command(command, &["--model", "none"])
}

/// A dossier that lacks its only paper, checked.
fn lacking(server: &Server) -> (String, Value) {
    let dossiers = server.url("/api/v1/dossiers");
    let (_, dossier) = post(&dossiers, &json!({ "procedure": "1.001266" }));
    let dossier = format!("{dossiers}/{}", dossier["id"].as_str().expect("an id"));
    let (status, report) = post(&format!("{dossier}/check"), &json!({}));
    assert_eq!(status, 200);
    (dossier, report)
}

/// Counts are written behind the answer; waits until one has come.
fn statistics(head: &Desk, pointer: &str, wanted: u64) -> Value {
    let started = Instant::now();
    loop {
        let (status, found) = head.get("/api/v1/statistics");
        assert_eq!(status, 200, "{found}");
        if found.pointer(pointer).and_then(Value::as_u64) == Some(wanted) {
            return found;
        }
        assert!(started.elapsed() < Duration::from_secs(5), "{pointer} is not {wanted}: {found}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn an_officials_decision_counts_in_letters_and_outlives_a_killed_server() {
    let data = tempfile::tempdir().expect("folder");
    let mut first = server(data.path());
    let (dossier, report) = lacking(&first);
    let findings = report["findings"].as_array().expect("findings");
    assert!(!findings.is_empty(), "{report}");
    let decide = |n: usize, body: &Value| post(&format!("{dossier}/findings/{n}/decision"), body);
    let (status, error) = decide(0, &json!({ "decision": "reject" }));
    assert_eq!((status, &error["error"]["code"]), (422, &json!("reason_missing")));
    assert_eq!(decide(99, &json!({ "decision": "accept" })).0, 404);
    assert_eq!(decide(0, &json!({ "decision": "maybe" })).0, 422);
    let reason = "Đã xem bản giấy tại quầy";
    let letter = |form: &str| {
        let url = format!("{dossier}/letters/{form}.pdf");
        client().get(url).call().expect("an answer").status().as_u16()
    };
    assert_eq!(letter("02"), 200);
    for n in 0..findings.len() {
        assert_eq!(decide(n, &json!({ "decision": "reject", "reason": reason })).0, 200);
    }
    let (_, decided) = get(&format!("{dossier}/report"));
    assert_eq!(decided["findings"][0]["decision"]["reason"], reason);
    assert_eq!(decided["findings"][0]["decision"]["accepted"], false);
    assert_eq!(decided["verdict"], report["verdict"], "the machine's own verdict stands as it was");
    // What was rejected is asked for no more; a new check starts anew.
    let open = report["questions"].as_array().expect("questions").is_empty();
    assert_eq!(letter("02"), if open { 409 } else { 200 });
    assert_eq!(post(&format!("{dossier}/check"), &json!({})).0, 200);
    let (_, anew) = get(&format!("{dossier}/report"));
    assert!(anew["findings"][0]["decision"].is_null(), "{anew}");

    first.kill();
    add_official(data.path(), "hoa", "supervisor");
    let again = server(data.path());
    let rejected = findings.len() as u64;
    let found = statistics(&Desk::sign_in(&again, "hoa"), "/decisions/rejected", rejected);
    assert_eq!(found["dossiers"]["screened"], 1, "{found}");
    assert_eq!(found["dossiers"]["first_time_right"], 0.0);
    let missing = &found["dossiers"]["most_missing"][0];
    assert!(missing["code"] == "1.001266" && missing["name"].is_string(), "{found}");
}

#[test]
fn questions_are_counted_and_their_words_are_not_kept() {
    let data = tempfile::tempdir().expect("folder");
    add_official(data.path(), "hoa", "supervisor");
    let settings = data.path().join("motcua.toml");
    std::fs::write(&settings, "[statistics]\nminutes-before = 12\nminutes-after = 4\n")
        .expect("written");
    let mut serve = motcua(&["serve", "--listen", "127.0.0.1:0", "--config"]);
    serve.arg(&settings).env("MOTCUA_DATA", data.path());
    let server = Server::start_command(serve, &["--model", "none"]);
    let head = Desk::sign_in(&server, "hoa");
    assert_eq!(get(&server.url("/api/v1/statistics")).0, 200, "counts name nobody");
    let ask =
        |question: &str| post(&server.url("/api/v1/questions"), &json!({ "question": question })).0;
    assert_eq!(ask("đăng ký khai sinh cho bé Nguyễn Thị Đượm cần giấy tờ gì"), 200);
    assert_eq!(ask("mai trời có mưa không"), 200);
    let (dossier, _) = lacking(&server);
    assert_eq!(post(&format!("{dossier}/check"), &json!({})).0, 200);
    // Checked twice, with the same papers: one screening.
    let found = statistics(&head, "/dossiers/by_verdict/0/count", 1);
    assert_eq!(found["questions"]["total"], 2, "{found}");
    assert_eq!(found["time_saved"]["minutes"], 8, "by the centre's own estimate: {found}");
    let method = found["time_saved"]["method"].as_str().expect("words");
    assert!(method.contains("ước tính") && method.contains("từ 12 còn 4 phút"), "{method}");
    let fields = found["fields"].as_array().expect("fields");
    let births = fields.iter().find(|one| one["field"] == "Hộ tịch").expect("a field");
    assert_eq!((&births["questions"], &births["first_time_right"]), (&json!(1), &Value::Null));
    let of_dossiers: u64 = fields.iter().filter_map(|one| one["dossiers"].as_u64()).sum();
    assert_eq!(of_dossiers, 1, "{found}");
    assert_eq!(found["questions"]["unanswered"], 1, "{found}");
    assert_eq!(found["questions"]["most_asked"][0]["code"], "1.001193");
    assert_eq!(found["questions"]["most_asked"][0]["name"], "Đăng ký khai sinh");
    let elsewhere = head.get("/api/v1/statistics?unit=N%C6%A1i%20kh%C3%A1c").1;
    assert_eq!(elsewhere["questions"]["total"], 0);
    for bad in ["from=hom-qua", "from=2026-11-02&to=2026-11-01"] {
        assert_eq!(head.get(&format!("/api/v1/statistics?{bad}")).0, 422, "{bad}");
    }
    for entry in std::fs::read_dir(data.path()).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            continue;
        }
        let bytes = std::fs::read(path).expect("a file");
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("Đượm") && !text.contains("trời"), "a question's words are kept");
    }
}

#[test]
fn feedback_is_taken_and_numbers_in_it_are_masked() {
    let data = tempfile::tempdir().expect("folder");
    add_official(data.path(), "hoa", "supervisor");
    let server = server(data.path());
    let feedback = server.url("/api/v1/feedback");
    let body = json!({ "helpful": false, "procedure": "1.001193", "comment": "CCCD 025087001234" });
    assert_eq!(post(&feedback, &body).0, 204);
    assert_eq!(post(&feedback, &json!({ "helpful": true, "procedure": "khong-co" })).0, 204);
    assert_eq!(post(&feedback, &json!({ "helpful": true, "comment": "a".repeat(2_000) })).0, 422);
    assert_eq!(post(&feedback, &json!({ "comment": "?" })).0, 422);
    let found = statistics(&Desk::sign_in(&server, "hoa"), "/feedback/helpful", 1);
    assert_eq!(found["feedback"]["unhelpful"], 1, "{found}");
    for entry in std::fs::read_dir(data.path()).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            continue;
        }
        let bytes = std::fs::read(path).expect("a file");
        assert!(!String::from_utf8_lossy(&bytes).contains("025087001234"));
    }
}

#[test]
fn without_a_place_for_records_the_server_says_what_to_do() {
    let file = tempfile::NamedTempFile::new().expect("file");
    let mut command = motcua(&["serve", "--listen", "127.0.0.1:0", "--model", "none"]);
    let output = command.env("MOTCUA_DATA", file.path()).output().expect("runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("MOTCUA_DATA"), "{said}");
}
