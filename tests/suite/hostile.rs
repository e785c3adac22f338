//! What strangers and broken scanners send: a clear Vietnamese error, a server that lives on, and
//! nothing lost of what was there before.

use std::{
    fs::{self, File},
    io::{Cursor, ErrorKind, Read as _, Write},
    net::TcpStream,
    path::Path,
    process::Command,
    time::Duration,
};

use serde_json::{Value, json};
use ureq::unversioned::multipart::{Form, Part};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::product::{Server, client, get, motcua, post};

/// A PDF of empty pages, without a table of offsets: readers rebuild it.
fn pdf(pages: usize) -> Vec<u8> {
    let kids: Vec<String> = (0..pages).map(|at| format!("{} 0 R", at + 3)).collect();
    let mut text = format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
         2 0 obj<</Type/Pages/Count {pages}/Kids[{}]>>endobj\n",
        kids.join(" ")
    );
    for at in 0..pages {
        let page =
            format!("{} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n", at + 3);
        text.push_str(&page);
    }
    text.push_str("trailer<</Root 1 0 R>>\n%%EOF\n");
    text.into_bytes()
}

/// Zeros, packed a thousand times smaller.
fn bomb(megabytes: usize) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("a.txt", SimpleFileOptions::default()).expect("entry");
    let block = vec![0_u8; 1 << 20];
    for _ in 0..megabytes {
        writer.write_all(&block).expect("block");
    }
    writer.finish().expect("archive").into_inner()
}

fn encrypted(folder: &Path) -> Option<Vec<u8>> {
    let (plain, locked) = (folder.join("plain.pdf"), folder.join("locked.pdf"));
    fs::write(&plain, pdf(1)).expect("write");
    let done = Command::new("qpdf")
        .args(["--encrypt", "mat-khau", "chu", "256", "--"])
        .args([&plain, &locked])
        .output();
    if !done.is_ok_and(|output| output.status.code().is_some_and(|code| code == 0 || code == 3)) {
        println!("skipped the encrypted file: qpdf is not here");
        return None;
    }
    Some(fs::read(&locked).expect("read"))
}

fn upload(dossier: &str, name: &str, bytes: &[u8]) -> (u16, Value) {
    let form = Form::new().part("file", Part::bytes(bytes).file_name(name));
    let mut response = client().post(format!("{dossier}/documents")).send(form).expect("answer");
    (response.status().as_u16(), response.body_mut().read_json().unwrap_or(Value::Null))
}

#[test]
fn hostile_uploads_are_refused_clearly_and_nothing_is_lost() {
    let folder = tempfile::tempdir().expect("folder");
    let server = Server::start(&["--model", "none"]);
    let (_, opened) = post(&server.url("/api/v1/dossiers"), &json!({ "procedure": "1.001193" }));
    let dossier = server.url(&format!("/api/v1/dossiers/{}", opened["id"].as_str().expect("id")));
    let (status, kept) = upload(&dossier, "to khai.txt", "TỜ KHAI ĐĂNG KÝ KHAI SINH".as_bytes());
    assert_eq!(status, 200, "{kept}");

    let mut truncated = pdf(3);
    truncated.truncate(60);
    let mut cases: Vec<(&str, Vec<u8>, &[u16])> = vec![
        ("rong.pdf", Vec::new(), &[422]),
        ("lon.pdf", vec![b'x'; 60 << 20], &[413]),
        ("bom.zip", bomb(400), &[413]),
        ("cut.pdf", truncated, &[422]),
        ("5000.pdf", pdf(5000), &[413]),
        ("rac.jpg", b"\xff\xd8\xff\xe0 this is no picture".to_vec(), &[422]),
        ("la.exe", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff".to_vec(), &[415]),
    ];
    if let Some(bytes) = encrypted(folder.path()) {
        cases.push(("khoa.pdf", bytes, &[422]));
    }
    for (name, bytes, expected) in cases {
        let (status, body) = upload(&dossier, name, &bytes);
        assert!(expected.contains(&status), "{name}: {status} {body}");
        let error = &body["error"];
        assert!(error["message"].as_str().is_some_and(|m| !m.is_empty()), "{name}: {body}");
        assert!(error["hint"].as_str().is_some_and(|h| !h.is_empty()), "{name}: {body}");
        assert_eq!(get(&server.url("/readyz")).0, 200, "alive after {name}");
    }
    let (status, report) = post(&format!("{dossier}/check"), &json!({}));
    assert_eq!(status, 200);
    let taken = report["components"].to_string();
    assert!(taken.contains("to khai.txt"), "what was handed in before is still there: {report}");
}

#[test]
fn a_gigabyte_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("to.pdf");
    File::create(&path).expect("create").set_len(1 << 30).expect("a sparse file");
    let output =
        motcua(&["check", "--procedure", "1.001193", "--json"]).arg(&path).output().expect("runs");
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report all the same");
    assert_eq!(output.status.code(), Some(1));
    assert_ne!(report["verdict"], "complete");
    let findings = report["findings"].as_array().expect("findings");
    assert!(
        findings.iter().any(|f| f["rule"] == "unread-file" && f["file"] == "to.pdf"),
        "{report}"
    );
}

#[test]
fn a_picture_that_calls_itself_pdf_is_read_as_a_picture() {
    let Some(shared) = crate::product::shared() else { return };
    let picture = shared.join("eval/dev/dossiers/khai-sinh-c/giay chung sinh.jpg");
    let server = Server::start(&["--model", "none"]);
    let (_, opened) = post(&server.url("/api/v1/dossiers"), &json!({ "procedure": "1.001193" }));
    let dossier = server.url(&format!("/api/v1/dossiers/{}", opened["id"].as_str().expect("id")));
    let (status, body) = upload(&dossier, "giay.pdf", &fs::read(picture).expect("read"));
    assert_eq!((status, &body["documents"][0]["kind"]), (200, &json!("jpeg")), "{body}");
}

#[test]
fn words_that_are_no_text_are_no_crash() {
    use std::os::unix::ffi::OsStrExt;
    let invalid = std::ffi::OsStr::from_bytes(b"khai sinh \xff\xfe");
    let output = motcua(&["ask", "--json"]).arg(invalid).output().expect("runs");
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    let long = "khai sinh ".repeat(10_000);
    let output = motcua(&["ask", &long]).output().expect("runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("ký tự"));

    let server = Server::start(&["--model", "none"]);
    let mut response = client()
        .post(server.url("/api/v1/questions"))
        .content_type("application/json")
        .send(&b"{\"question\": \"khai \xff sinh\"}"[..])
        .expect("answer");
    assert_eq!(response.status(), 422);
    let body: Value = response.body_mut().read_json().expect("the envelope");
    assert_eq!(body["error"]["code"], "bad_json");
}

/// Whoever opens connections and says nothing, or half of something, must not keep others out.
#[test]
fn silent_connections_are_closed() {
    let server = Server::start(&["--model", "none"]);
    let address = server.url("");
    let address = address.trim_start_matches("http://").trim_end_matches('/').to_owned();
    let half = |said: &str| {
        let mut stream = TcpStream::connect(&address).expect("connected");
        stream.write_all(said.as_bytes()).expect("sent");
        stream.set_read_timeout(Some(Duration::from_mins(1))).expect("set");
        stream
    };
    let silent = ["", "GET / HT", "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "].map(half);
    for mut stream in silent {
        let mut rest = Vec::new();
        // The other end closes it; whether it says why first is its affair.
        let ended = stream.read_to_end(&mut rest);
        assert!(ended.is_ok() || ended.is_err_and(|e| e.kind() == ErrorKind::ConnectionReset));
    }
    assert_eq!(get(&server.url("/healthz")).0, 200);
}
