//! The project's own procedures, and how they meet imported ones.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{BufRead, BufReader},
    path::Path,
};

use liblzma::read::XzDecoder;
use serde_json::Value;

use crate::product::{json, reference, root, run, shared};

/// Every file of the corpus, with its text.
fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for field in fs::read_dir(root().join("corpus/procedures")).expect("fields") {
        for file in fs::read_dir(field.expect("field").path()).expect("files") {
            let path = file.expect("file").path();
            files.push((path.display().to_string(), fs::read_to_string(&path).expect("text")));
        }
    }
    files
}

#[test]
fn the_starter_set_is_there_and_most_of_it_is_checked() {
    let output = run(&["corpus", "check"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let files = files();
    let checked = files.iter().filter(|(_, text)| text.contains("state = \"checked\"")).count();
    assert!(checked >= 60, "{checked} of {} are checked", files.len());
}

/// There has been no district since 1 July 2025: none is named as somewhere to go.
#[test]
fn nobody_is_sent_to_a_district() {
    let sends =
        ["Ủy ban nhân dân cấp huyện", "Ủy ban nhân dân huyện", "UBND huyện", "Công an cấp huyện"];
    for (path, text) in files() {
        for tables in text.split("[[").filter(|t| t.starts_with("places") || t.starts_with("steps"))
        {
            assert!(!sends.iter().any(|phrase| tables.contains(phrase)), "{path}: {tables}");
        }
    }
}

#[test]
fn all_problems_are_reported_at_once_with_file_and_line() {
    let folder = tempfile::tempdir().expect("folder");
    let place = folder.path().join("procedures/ho-tich");
    fs::create_dir_all(&place).expect("folder");
    let sound =
        fs::read_to_string(root().join("corpus/procedures/ho-tich/1.001193.toml")).expect("text");
    let unknown_key = sound.replacen("levels =", "levles =", 1);
    fs::write(place.join("1.001193.toml"), unknown_key).expect("write");
    let other =
        fs::read_to_string(root().join("corpus/procedures/ho-tich/1.000656.toml")).expect("text");
    let unknown_source = other.replacen("sources = [\"S1\"]", "sources = [\"S9\"]", 1);
    fs::write(place.join("1.000656.toml"), unknown_source).expect("write");
    fs::write(place.join("1.000894.toml"), "schema = 1\ncode = ").expect("write");
    let output = run(&["corpus", "check", &folder.path().to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    for (file, problem) in
        [("1.001193.toml", "levles"), ("1.000656.toml", "S9"), ("1.000894.toml", "")]
    {
        let line = said.lines().find(|line| line.contains(file) && line.contains(problem));
        let line = line.unwrap_or_else(|| panic!("{file} {problem}: {said}"));
        let after = line.split(file).nth(1).expect("a line number");
        assert!(
            after.starts_with(':') && after[1..].starts_with(|c: char| c.is_ascii_digit()),
            "{line}"
        );
    }
}

#[test]
fn a_checked_file_wins_over_an_import_and_an_import_is_a_draft() {
    let Some(shared) = shared() else { return };
    let sources = reference(&shared);
    let with = |code: &str| {
        let mut arguments: Vec<&str> = sources.iter().map(String::as_str).collect();
        arguments.extend(["procedure", code, "--json"]);
        json(&arguments)
    };
    assert_eq!(with("1.001193")["review"]["state"], "checked");
    let imported = with("1.000110");
    assert_eq!(imported["review"]["state"], "draft");
    assert!(imported["requirements"].as_array().is_some_and(|tree| !tree.is_empty()));
}

#[test]
fn compiled_rows_are_shown_one_line_each() {
    let Some(shared) = shared() else { return };
    let sources = reference(&shared);
    let mut arguments: Vec<&str> = sources.iter().map(String::as_str).collect();
    arguments.extend(["corpus", "compile", "--procedure", "1.000110", "--json"]);
    let output = run(&arguments);
    let text = String::from_utf8(output.stdout).expect("text");
    let rows: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("a row")).collect();
    assert_eq!(rows.len(), 34);
    for key in ["code", "row", "kind", "necessity", "copy_type", "review"] {
        assert!(rows.iter().all(|row| !row[key].is_null()), "{key}");
    }
}

#[test]
fn without_sources_the_projects_own_rows_are_shown() {
    let output = run(&["corpus", "compile", "--procedure", "1.001193", "--json"]);
    let text = String::from_utf8(output.stdout).expect("text");
    let rows: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("a row")).collect();
    assert!(rows.len() > 20, "{}", rows.len());
    assert!(rows.iter().all(|row| row["review"] == "checked" && row["code"] == "1.001193"));
    let birth = rows.iter().find(|row| row["row"] == 4).expect("the row of the birth paper");
    assert_eq!((&birth["kind"], &birth["necessity"]), (&"paper".into(), &"conditional".into()));
}

#[test]
fn a_portal_record_becomes_a_file_to_check() {
    let Some(shared) = shared() else { return };
    let out = tempfile::tempdir().expect("folder");
    let out_path = out.path().to_string_lossy().into_owned();
    let source = shared.join("data/portal/1.001193.json").to_string_lossy().into_owned();
    let output = run(&["corpus", "import", &source, "--out", &out_path]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output = run(&["corpus", "check", &out_path]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// Every number of a text without the points and commas inside it and the zeros before it.
fn bare_numbers(text: &str) -> BTreeSet<String> {
    let joined = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    text.split(|c: char| !joined(c))
        .map(|run| run.chars().filter(char::is_ascii_digit).collect::<String>())
        .map(|digits| digits.trim_start_matches('0').to_owned())
        .filter(|digits| !digits.is_empty())
        .collect()
}

fn records(shared: &Path) -> BTreeMap<String, String> {
    let file = File::open(shared.join("data/procedures.jsonl.xz")).expect("records");
    BufReader::new(XzDecoder::new(file))
        .lines()
        .map(|line| {
            let line = line.expect("a line");
            let record: Value = serde_json::from_str(&line).expect("a record");
            (record["code"].as_str().expect("a code").to_owned(), record.to_string())
        })
        .collect()
}

/// "25.000 đồng, bằng 50% mức 50.000 đồng": a discount worked out from two numbers of the record.
fn is_worked_out(number: &str, text: &str) -> bool {
    let numbers: Vec<u64> = bare_numbers(text).iter().filter_map(|n| n.parse().ok()).collect();
    let Ok(number) = number.parse::<u64>() else { return false };
    let percent = numbers.iter().filter(|part| text.contains(&format!("{part}% mức")));
    percent.clone().any(|part| numbers.iter().any(|whole| whole * part == number * 100))
}

/// The most dangerous slip in a file written by hand is a wrong figure. Each figure of a fact stands
/// in the record that the file cites.
#[test]
fn every_figure_of_the_corpus_stands_in_the_record_it_was_read_in() {
    let Some(shared) = shared() else { return };
    let records = records(&shared);
    let mut strays = Vec::new();
    for (path, text) in files() {
        let code = Path::new(&path).file_stem().expect("a code").to_string_lossy().into_owned();
        let Some(record) = records.get(&code) else { continue };
        let held = bare_numbers(record);
        for line in text.lines().filter_map(|line| line.strip_prefix("text = ")) {
            for number in bare_numbers(line) {
                if !held.contains(&number) && !is_worked_out(&number, line) {
                    strays.push(format!("{code}: {number} in {line}"));
                }
            }
        }
    }
    assert!(strays.is_empty(), "{strays:#?}");
}

#[test]
fn every_life_event_leads_to_procedures_that_are_there() {
    let codes_of = |arguments: &[&str]| {
        let server = crate::product::Server::start(arguments);
        let (status, body) = crate::product::get(&server.url("/api/v1/life-events"));
        assert_eq!(status, 200);
        let events = body["events"].as_array().expect("events").clone();
        assert!(
            events.iter().all(|event| event["needs"].as_array().is_some_and(|n| !n.is_empty()))
        );
        let needs = events.iter().flat_map(|event| event["needs"].as_array().expect("needs"));
        needs.map(|need| need["code"].as_str().expect("a code").to_owned()).collect::<Vec<_>>()
    };
    // Most of what is asked for daily is in the project's own corpus.
    let own = codes_of(&["--model", "none", "--province", "Phú Thọ"]);
    assert!(own.len() >= 60, "{}", own.len());
    let Some(shared) = shared() else { return };
    // The records name every code that the file names.
    let arguments = crate::product::reference(&shared);
    let mut all: Vec<&str> = vec!["--corpus", "corpus", "--model", "none"];
    all.extend(arguments.iter().map(String::as_str));
    let known = codes_of(&all);
    let file = crate::product::root().join("corpus/lexicon/life_events.toml");
    let text = std::fs::read_to_string(file).expect("the file");
    let named = text.matches("code = \"").count();
    assert_eq!(known.len(), named, "a life event names a code that no record has");
}

#[test]
fn a_bad_line_of_an_export_is_named_and_costs_nobody_the_others() {
    let folder = tempfile::tempdir().expect("folder");
    let source = folder.path().join("export.jsonl");
    let record = r#"{"code": "9.123456", "name": "Thủ tục thử", "components": [{"name": "Tờ khai", "form": null}]}"#;
    fs::write(&source, format!("\u{feff}{record}\n{{\"code\": \"9.1\n")).expect("written");
    let source = source.to_string_lossy().into_owned();
    let checked = run(&["corpus", "check", &source]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&checked.stdout).contains("export.jsonl:2"), "{checked:?}");
    let out = folder.path().join("files").to_string_lossy().into_owned();
    let imported = run(&["corpus", "import", &source, "--out", &out]);
    assert!(imported.status.success(), "{imported:?}");
    assert!(String::from_utf8_lossy(&imported.stderr).contains("dòng 2"), "{imported:?}");
    let shown = run(&["--corpus", &source, "--corpus-only", "procedure", "9.123456"]);
    assert!(String::from_utf8_lossy(&shown.stdout).contains("Tờ khai"), "{shown:?}");
}
