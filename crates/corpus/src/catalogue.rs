//! Name-only catalogues: worth finding, not worth answering from.
//!
//! The national portal's is a file of lines; the project's own is `catalogue/*.toml` of a corpus folder, which says
//! what people call each procedure too. A question about a procedure that no other source holds is
//! told its name and who handles it, and not another procedure's facts.

use std::{collections::BTreeMap, path::Path};

use motcua_domain::{Detail, Level, Procedure, ProcedureCode};
use serde::{Deserialize, Serialize};
use toml::value::Datetime;

use crate::{Problem, import::procedure_from_record, record::Record};

/// A line of a catalogue: like a record, but its subjects are a list and nothing else is known.
#[derive(Debug, Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(crate) struct CatalogueLine {
    code: String,
    name: String,
    field: String,
    ministry: String,
    agencies: Vec<String>,
    subjects: Vec<String>,
    scope: String,
    id: String,
}

impl CatalogueLine {
    pub(crate) fn into_procedure(self) -> Option<Procedure> {
        let record = Record {
            code: self.code,
            name: self.name,
            field: self.field,
            ministry: self.ministry,
            agencies: self.agencies,
            subjects: self.subjects.join(", "),
            scope: self.scope,
            url: format!("https://dichvucong.gov.vn/thu-tuc-hanh-chinh/{}", self.id),
            ..Record::default()
        };
        named(&record)
    }
}

/// The procedure of which a record says no more than its name and who handles it.
fn named(record: &Record) -> Option<Procedure> {
    let procedure = procedure_from_record(record)?;
    Some(Procedure { detail: Detail::NameOnly, ..procedure })
}

/// What people say, by procedure.
pub(crate) type Sayings = BTreeMap<ProcedureCode, Vec<String>>;

/// What the files of a folder hold.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Named {
    /// Without their sayings, which are for whichever source holds the procedure.
    pub(crate) procedures: BTreeMap<ProcedureCode, Procedure>,
    pub(crate) sayings: Sayings,
}

const SCHEMA: u32 = 1;
/// A saying is a phrase, not a story.
const MOST_SYLLABLES: usize = 24;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogueFile {
    schema: u32,
    field: String,
    retrieved: Datetime,
    procedures: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    #[serde(default)]
    levels: Vec<Level>,
    #[serde(default)]
    subjects: Vec<String>,
    #[serde(default)]
    agencies: Vec<String>,
    everyday: Vec<String>,
}

impl Entry {
    fn procedure(&self, code: &str, field: &str, retrieved: &Datetime) -> Option<Procedure> {
        let record = Record {
            code: code.to_owned(),
            name: self.name.clone(),
            field: field.to_owned(),
            agencies: self.agencies.clone(),
            subjects: self.subjects.join(", "),
            fetched: retrieved.to_string(),
            ..Record::default()
        };
        Some(Procedure { levels: self.levels.clone(), ..named(&record)? })
    }
}

/// Adds a file's procedures to those read before; all its problems are reported at once.
pub(crate) fn read_catalogue(path: &Path, text: &str, all: &mut Named) -> Result<(), Vec<Problem>> {
    let problem = |line: usize, message: String| Problem { file: path.to_owned(), line, message };
    let file: CatalogueFile = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_at(text, span.start));
        vec![problem(line, error.message().to_owned())]
    })?;
    let mut problems = Vec::new();
    if file.schema != SCHEMA {
        problems.push(problem(1, format!("schema {} không được biết, cần {SCHEMA}", file.schema)));
    }
    for (code, entry) in file.procedures {
        let line = text.find(&format!("\"{code}\"")).map_or(1, |at| line_at(text, at));
        let Some(procedure) = entry.procedure(&code, &file.field, &file.retrieved) else {
            problems.push(problem(line, format!("`{code}` không phải mã thủ tục")));
            continue;
        };
        if entry.name.trim().is_empty() {
            problems.push(problem(line, format!("`{code}` chưa có tên")));
        }
        for phrase in &entry.everyday {
            let syllables = phrase.split_whitespace().count();
            if syllables == 0 || syllables > MOST_SYLLABLES {
                let message = format!(
                    "`{code}`: cách nói có {syllables} tiếng, cần từ 1 đến {MOST_SYLLABLES}"
                );
                problems.push(problem(line, message));
            }
        }
        all.sayings.insert(procedure.code.clone(), entry.everyday);
        if all.procedures.insert(procedure.code.clone(), procedure).is_some() {
            problems.push(problem(line, format!("`{code}` đã có ở tệp khác")));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn line_at(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::Corpus;

    const HEAD: &str = "schema = 1\nfield = \"Hộ tịch\"\nretrieved = 2026-07-18\n";
    const BIRTH: &str = "[procedures.\"1.001193\"]\nname = \"Đăng ký khai sinh\"\n\
        levels = [\"commune\"]\nagencies = [\"Ủy ban nhân dân cấp xã\"]\n\
        everyday = [\"mới sinh em bé\"]\n";

    fn read(text: &str) -> Result<Named, Vec<Problem>> {
        let mut all = Named::default();
        read_catalogue(Path::new("ho-tich.toml"), text, &mut all).map(|()| all)
    }

    #[test]
    fn a_procedure_is_known_by_name_and_by_what_people_say() {
        let all = read(&format!("{HEAD}{BIRTH}")).expect("a valid file");
        let code = "1.001193".parse().expect("a code");
        assert_eq!(all.sayings[&code], ["mới sinh em bé"]);
        let birth = &all.procedures[&code];
        assert_eq!((birth.name.as_str(), birth.field.as_str()), ("Đăng ký khai sinh", "Hộ tịch"));
        assert_eq!(
            (&birth.detail, birth.levels.as_slice()),
            (&Detail::NameOnly, &[Level::Commune][..])
        );
        assert_eq!(birth.agencies, ["Ủy ban nhân dân cấp xã"]);
        assert_eq!(birth.sources[0].retrieved, Some(jiff::civil::date(2026, 7, 18)));
        assert!(birth.everyday.is_empty(), "sayings wait for whichever source holds it");
    }

    #[test]
    fn all_problems_are_reported_with_their_lines() {
        let wrong = "[procedures.\"x\"]\nname = \"a\"\neveryday = [\"a\"]\n\
            [procedures.\"1.001193\"]\nname = \" \"\neveryday = [\" \"]\n";
        let problems = read(&format!("{HEAD}{wrong}")).expect_err("three problems");
        let lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [7, 7, 4]);
        assert_eq!(read("schema = 1\nfield = 3").expect_err("no text")[0].line, 2);
    }

    #[test]
    fn a_name_is_used_only_where_no_source_holds_more() {
        let folder = tempfile::tempdir().expect("a folder");
        for inner in ["procedures", "catalogue"] {
            fs::create_dir(folder.path().join(inner)).expect("a folder");
        }
        let death = BIRTH.replace("1.001193", "1.000656").replace("khai sinh", "khai tử");
        let catalogue = format!("{HEAD}{BIRTH}{death}");
        fs::write(folder.path().join("catalogue/ho-tich.toml"), catalogue).expect("written");
        let export = folder.path().join("tinh.jsonl");
        let record = r#"{"code": "1.001193", "name": "Đăng ký khai sinh tại nhà", "sequence": "Nộp tờ khai"}"#;
        fs::write(&export, record).expect("written");

        let sources = [folder.path().to_owned(), export];
        let corpus = Corpus::load(&sources, jiff::civil::date(2026, 11, 28)).expect("a corpus");
        let told: Vec<_> =
            corpus.procedures.iter().map(|one| (one.name.as_str(), &one.detail)).collect();
        let expected =
            [("Đăng ký khai tử", &Detail::NameOnly), ("Đăng ký khai sinh tại nhà", &Detail::Full)];
        assert_eq!(told, expected);
        assert_eq!((corpus.report.names_only, corpus.report.catalogued), (1, 2));
        for procedure in &corpus.procedures {
            assert_eq!(procedure.everyday, ["mới sinh em bé"], "{}", procedure.name);
        }
    }

    #[test]
    fn a_code_stands_in_one_file() {
        let (text, mut all) = (format!("{HEAD}{BIRTH}"), Named::default());
        read_catalogue(Path::new("a.toml"), &text, &mut all).expect("the first");
        let problems = read_catalogue(Path::new("b.toml"), &text, &mut all).expect_err("again");
        assert_eq!((problems.len(), problems[0].line), (1, 4));
    }
}
