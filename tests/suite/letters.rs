//! The statutory letters: from a report to a printed page.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::json;

use crate::product::{Server, client, json, motcua, post};

/// A birth registration without a single paper.
fn lacking(folder: &Path) -> PathBuf {
    let report =
        json(&["check", "--json", "--procedure", "1.001193", "--received-on", "2026-11-10"]);
    let path = folder.join("report.json");
    fs::write(&path, report.to_string()).expect("write");
    path
}

fn letter(form: &str, report: &Path, out: &Path, more: &[&str]) -> Output {
    motcua(&["letter", form, "--report"])
        .arg(report)
        .arg("--out")
        .arg(out)
        .args(more)
        .output()
        .expect("runs")
}

/// What a reader sees, as one line: a table breaks its sentences.
fn words(pdf: &Path) -> String {
    let read = Command::new("pdftotext").arg("-layout").arg(pdf).arg("-").output();
    let read = read.expect("pdftotext is installed");
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    String::from_utf8_lossy(&read.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_request_to_supplement_names_the_missing_paper_and_is_the_same_bytes_twice() {
    let folder = tempfile::tempdir().expect("folder");
    let report = lacking(folder.path());
    let (first, second) = (folder.path().join("1.pdf"), folder.path().join("2.pdf"));
    let output = letter("02", &report, &first, &["--applicant", "Nguyễn Thị Đượm"]);
    assert!(output.status.success(), "{}", said(&output));
    let words = words(&first);
    for expected in [
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "Độc lập - Tự do - Hạnh phúc",
        "Nguyễn Thị Đượm",
        "Đăng ký khai sinh",
        "Tờ khai đăng ký khai sinh",
        "118/2025/NĐ-CP",
        "ngày 10 tháng 11 năm 2026",
    ] {
        assert!(words.contains(expected), "no {expected:?} in {words}");
    }
    letter("02", &report, &second, &["--applicant", "Nguyễn Thị Đượm"]);
    let bytes = |path: &Path| fs::read(path).expect("a letter");
    assert!(bytes(&first) == bytes(&second), "the same letter is other bytes");
}

#[test]
fn a_letter_is_archivable_and_carries_its_fonts() {
    let folder = tempfile::tempdir().expect("folder");
    let out = folder.path().join("phieu.pdf");
    assert!(letter("02", &lacking(folder.path()), &out, &[]).status.success());
    let fonts = Command::new("pdffonts").arg(&out).output().expect("pdffonts is installed");
    let listed = String::from_utf8_lossy(&fonts.stdout).into_owned();
    let rows: Vec<&str> = listed.lines().skip(2).collect();
    assert!(!rows.is_empty() && rows.iter().all(|row| row.contains(" yes yes yes ")), "{listed}");
    let bytes = fs::read(&out).expect("a letter");
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("<pdfaid:part>2</pdfaid:part>"), "not declared as PDF/A-2");
}

#[test]
fn a_receipt_for_an_incomplete_dossier_takes_an_officials_own_reason() {
    let folder = tempfile::tempdir().expect("folder");
    let (report, out) = (lacking(folder.path()), folder.path().join("phieu.pdf"));
    let refused = letter("01", &report, &out, &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("--reason"), "{}", said(&refused));
    assert!(!out.exists(), "a refused letter must not be written");
    let reason = "Công dân xin nợ giấy chứng sinh";
    assert!(letter("01", &report, &out, &["--reason", reason]).status.success());
    assert!(words(&out).contains(reason));
    // What holds in some case only, or is told in words, is for the official to write down.
    let lines = words(&out);
    assert!(lines.contains("Thời hạn giải quyết theo quy định: . ."), "{lines}");
    assert!(!lines.contains("bị bỏ rơi") && !lines.contains("đơn vị"), "{lines}");
    let refusal = letter("03", &report, &out, &["--reason", "Không thuộc thẩm quyền của xã"]);
    assert!(refusal.status.success(), "{}", said(&refusal));
    assert!(words(&out).contains("Không thuộc thẩm quyền của xã"));
}

#[test]
fn a_centre_prints_by_its_own_template_in_its_own_name() {
    let folder = tempfile::tempdir().expect("folder");
    let (report, out) = (lacking(folder.path()), folder.path().join("phieu.pdf"));
    let config = folder.path().join("motcua.toml");
    let templates = folder.path().join("mau");
    fs::create_dir(&templates).expect("folder");
    let settings = format!(
        "letters = {:?}\n[office]\nauthority = \"Ubnd xã Hùng Việt\"\nplace = \"Hùng Việt\"\n",
        templates.to_string_lossy()
    );
    fs::write(&config, settings).expect("write");
    let config = config.to_string_lossy().into_owned();
    assert!(letter("02", &report, &out, &["--config", &config]).status.success());
    assert!(words(&out).contains("UBND XÃ HÙNG VIỆT"), "{}", words(&out));

    let own = "#import \"common.typ\": *\n#show: sheet.with(title: \"MẪU RIÊNG\")\n#letter.procedure_code";
    fs::write(templates.join("02-1.001193.typ"), own).expect("write");
    assert!(letter("02", &report, &out, &["--config", &config]).status.success());
    assert!(words(&out).contains("MẪU RIÊNG"), "{}", words(&out));

    // A template can reach its own folder and nothing else.
    let secret = folder.path().join("secret.txt");
    fs::write(&secret, "bí mật").expect("write");
    for wrong in ["#let x = (", "#read(\"../secret.txt\")", "#import \"@preview/a:1.0.0\": *"] {
        fs::write(templates.join("02-1.001193.typ"), wrong).expect("write");
        let output = letter("02", &report, &out, &["--config", &config]);
        assert_eq!(output.status.code(), Some(2), "{wrong}: {}", said(&output));
        assert!(said(&output).contains("02-1.001193.typ"), "{wrong}: {}", said(&output));
    }
}

#[test]
fn what_is_no_report_is_told_in_one_line() {
    let folder = tempfile::tempdir().expect("folder");
    let (report, out) = (folder.path().join("report.json"), folder.path().join("phieu.pdf"));
    for wrong in ["", "{}", "[1]", "{\"procedure\": \"1.001193\"}", "\u{0}\u{1}"] {
        fs::write(&report, wrong).expect("write");
        let output = letter("02", &report, &out, &[]);
        assert_eq!(output.status.code(), Some(2), "{wrong}: {}", said(&output));
        assert_eq!(said(&output).trim().lines().count(), 1, "{wrong}: {}", said(&output));
    }
    let there = lacking(folder.path());
    assert_eq!(letter("04", &there, &out, &[]).status.code(), Some(2));
    let nowhere = folder.path().join("khong/co/phieu.pdf");
    assert_eq!(letter("02", &there, &nowhere, &[]).status.code(), Some(2));
}

#[test]
fn a_letter_is_printed_from_a_dossier_that_was_checked() {
    let server = Server::start(&["--model", "none"]);
    let dossiers = server.url("/api/v1/dossiers");
    let (status, dossier) = post(&dossiers, &json!({ "procedure": "1.001193" }));
    assert_eq!(status, 201);
    let dossier = format!("{dossiers}/{}", dossier["id"].as_str().expect("an id"));
    let fetch = |form: &str| {
        let url = format!("{dossier}/letters/{form}");
        client().get(url).call().expect("an answer")
    };
    assert_eq!(fetch("02.pdf").status(), 404, "nothing was checked yet");
    assert_eq!(post(&format!("{dossier}/check"), &json!({})).0, 200);
    let mut printed = fetch("02.pdf?applicant=L%C3%AA%20V%C4%83n%20Ba");
    assert_eq!(printed.status(), 200);
    assert_eq!(printed.headers()["content-type"], "application/pdf");
    assert_eq!(printed.headers()["cache-control"], "no-store");
    let folder = tempfile::tempdir().expect("folder");
    let out = folder.path().join("phieu.pdf");
    fs::write(&out, printed.body_mut().read_to_vec().expect("bytes")).expect("write");
    assert!(words(&out).contains("Lê Văn Ba"));
    assert_eq!(fetch("01.pdf").status(), 409, "the dossier is not complete");
    assert_eq!(fetch("09.pdf").status(), 404);
    assert_eq!(fetch("02").status(), 404);
}
