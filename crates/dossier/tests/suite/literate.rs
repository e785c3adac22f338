//! Runs `tests/cases/*.md`: each second-level heading is a case.
//!
//! A `procedure` block before the first case serves all cases of the file. In a case:
//! `answers` (`key = value`), `facts` (an officer's words), any number of `file NAME` blocks (a line
//! `--- poor|illegible|blank` begins a further page, or says it of the first; `sealed`, `unsealed`, `signed`,
//! `unsigned` say what is seen on it), and `expect`.
//! A case is judged with its facts in the other order too, which may change no more than the order of what is said.
//! `UPDATE_CASES=1` rewrites the expectations; read the difference before you keep it.
//! `DOSSIER_CASES=DIR` runs the cases of another folder as well.

use std::{env, fmt::Write as _, fs, path::PathBuf};

use jiff::civil::date;
use motcua_domain::{
    DigitalSignature, Document, DossierReport, FileKind, Integrity, Legibility, Page, Presence,
    Procedure, Reading, TextLine,
};
use motcua_dossier::{Catalogue, Submission, check, resolve_answers};

use crate::loader;

/// The catalogue the product ships with.
pub(crate) fn catalogue() -> Catalogue {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../corpus/documents.toml");
    Catalogue::parse(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn cases_read_like_the_regulation() {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let folders = std::iter::once(own).chain(env::var_os("DOSSIER_CASES").map(PathBuf::from));
    let catalogue = catalogue();
    let mut failures = String::new();
    let mut run = 0;
    for folder in folders {
        let mut files: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
        files.sort();
        for path in files {
            let text = fs::read_to_string(&path).unwrap();
            let (rewritten, count) = run_file(&text, &catalogue, &mut failures);
            run += count;
            if env::var_os("UPDATE_CASES").is_some() && rewritten != text {
                fs::write(&path, rewritten).unwrap();
            }
        }
    }
    assert!(run >= 5, "only {run} cases were found");
    assert!(failures.is_empty(), "{failures}");
}

#[derive(Default)]
struct Case {
    title: String,
    procedure: Option<Procedure>,
    answers: Vec<(String, String)>,
    facts: Vec<(String, String)>,
    documents: Vec<Document>,
}

/// Runs a file; gives it back with the expectations as they came out, and the number of cases.
fn run_file(text: &str, catalogue: &Catalogue, failures: &mut String) -> (String, usize) {
    let mut out = String::new();
    let mut shared: Option<Procedure> = None;
    let mut current = Case::default();
    let mut run = 0;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix("## ") {
            current =
                Case { title: title.to_owned(), procedure: shared.clone(), ..Case::default() };
        }
        writeln!(out, "{line}").unwrap();
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let body = block.join("\n");
        match info.split_once(' ').unwrap_or((info, "")) {
            ("procedure", _) => {
                current.procedure = Some(loader::procedure(&body));
                if current.title.is_empty() {
                    shared.clone_from(&current.procedure);
                }
            }
            ("answers", _) => current.answers = pairs(&block),
            ("facts", _) => current.facts = pairs(&block),
            ("file", name) => current.documents.push(document(name, &block)),
            ("expect", _) => {
                run += 1;
                let came = judge(&current, catalogue);
                if came.trim() != body.trim() {
                    write!(
                        failures,
                        "\n## {}\n--- expected\n{}\n--- came\n{came}",
                        current.title,
                        body.trim()
                    )
                    .unwrap();
                }
                current.facts.reverse();
                let turned = judge(&current, catalogue);
                if sorted(&turned) != sorted(&came) {
                    write!(failures, "\n## {}\n--- notes turned round\n{turned}", current.title)
                        .unwrap();
                }
                writeln!(out, "{came}```").unwrap();
                continue;
            }
            other => panic!("unknown block {other:?} in case {}", current.title),
        }
        writeln!(out, "{body}\n```").unwrap();
    }
    (out, run)
}

fn sorted(report: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = report.lines().collect();
    lines.sort_unstable();
    lines
}

fn pairs(block: &[&str]) -> Vec<(String, String)> {
    let pair =
        |line: &&str| line.split_once('=').map(|(a, b)| (a.trim().to_owned(), b.trim().to_owned()));
    block.iter().filter_map(pair).collect()
}

/// "lacking=BÊN_NAM": a place to sign that is empty.
fn lacking(marks: &str) -> Vec<String> {
    let places = marks.split_whitespace().filter_map(|mark| mark.strip_prefix("lacking="));
    places.map(|place| place.replace('_', " ")).collect()
}

/// A file as the intake would read it.
pub(crate) fn document(name: &str, lines: &[&str]) -> Document {
    let marked = |word: &str| {
        let mut marks = lines.iter().filter(|line| line.starts_with("---"));
        marks.any(|line| line.split_whitespace().any(|other| other == word))
    };
    let confirmed = marked("confirmed");
    let mut pages: Vec<Page> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if at == 0 || line.starts_with("---") {
            let number = u32::try_from(pages.len()).unwrap() + 1;
            let said = if line.starts_with("---") { *line } else { "" };
            let has = |word: &str| said.split_whitespace().any(|other| other == word);
            let legibility = match () {
                () if has("poor") => Legibility::Poor,
                () if has("illegible") => Legibility::Illegible,
                () if has("blank") => Legibility::Blank,
                () => Legibility::Clear,
            };
            let seen = |there: &str, not: &str| match (has(there), has(not)) {
                (true, _) => Presence::Present,
                (_, true) => Presence::Absent,
                _ => Presence::Unclear,
            };
            pages.push(Page {
                number,
                lines: Vec::new(),
                reading: if has("recognised") { Reading::Ocr } else { Reading::TextLayer },
                legibility,
                seal: seen("sealed", "unsealed"),
                signature: seen("signed", "unsigned"),
                unsigned: lacking(said),
                smeared: has("smeared"),
            });
        }
        if !line.starts_with("---") {
            let page = pages.last_mut().unwrap();
            let recognised = page.reading == Reading::Ocr;
            page.lines.push(TextLine {
                text: (*line).to_owned(),
                confidence: if recognised { 0.9 } else { 1.0 },
                numbers_confirmed: recognised && confirmed,
                area: None,
            });
        }
    }
    let tampered = marked("tampered");
    let broken = DigitalSignature { signer: None, integrity: Integrity::Broken };
    let image = name.ends_with("jpg") || name.ends_with("png");
    Document {
        name: name.to_owned(),
        kind: if image { FileKind::Jpeg } else { FileKind::Pdf },
        sha256: format!(
            "{:x}",
            lines.join("\n").bytes().fold(17_u64, |hash, b| {
                hash.wrapping_mul(1_099_511_628_211).wrapping_add(u64::from(b))
            })
        ),
        pages,
        signatures: if tampered { vec![broken] } else { Vec::new() },
    }
}

fn judge(case: &Case, catalogue: &Catalogue) -> String {
    let procedure =
        case.procedure.as_ref().unwrap_or_else(|| panic!("{} has no procedure", case.title));
    let answers =
        resolve_answers(procedure, &case.answers).unwrap_or_else(|error| panic!("{error}"));
    let report = check(
        &Submission {
            procedure,
            procedure_version: "1",
            received_on: date(2026, 11, 10),
            answers: &answers,
            facts: &case.facts,
            documents: &case.documents,
        },
        catalogue,
    );
    render(&report)
}

fn render(report: &DossierReport) -> String {
    let name = |value: &dyn std::fmt::Debug| {
        let mut out = String::new();
        for c in format!("{value:?}").chars() {
            if c.is_uppercase() && !out.is_empty() {
                out.push('_');
            }
            out.extend(c.to_lowercase());
        }
        out
    };
    let mut out = format!("verdict: {}\n", name(&report.verdict));
    for component in report.components.iter().filter(|component| !component.id.is_empty()) {
        let files: Vec<String> = component
            .files
            .iter()
            .map(|file| {
                if file.pages == [1] {
                    file.name.clone()
                } else {
                    format!("{} {:?}", file.name, file.pages)
                }
            })
            .collect();
        let files =
            if files.is_empty() { String::new() } else { format!(" <- {}", files.join(", ")) };
        writeln!(out, "row {}: {}{files}", component.row, name(&component.state)).unwrap();
    }
    for finding in &report.findings {
        let row = finding.row.map_or(String::new(), |row| format!(" row {row}"));
        let file = finding.file.as_ref().map_or(String::new(), |file| format!(" in {file}"));
        let page = finding
            .page
            .filter(|page| *page > 1)
            .map_or(String::new(), |page| format!(" page {page}"));
        writeln!(
            out,
            "{} ({}){row}{file}{page}: {}",
            finding.rule,
            name(&finding.severity),
            finding.message
        )
        .unwrap();
    }
    for question in &report.questions {
        writeln!(out, "ask {} for rows {:?}", question.question.key, question.decides_rows)
            .unwrap();
    }
    for unassigned in &report.unassigned {
        writeln!(out, "left over: {} ({})", unassigned.file, unassigned.document_type).unwrap();
    }
    for fact in &report.unmatched_facts {
        writeln!(out, "not understood: {fact}").unwrap();
    }
    out
}
