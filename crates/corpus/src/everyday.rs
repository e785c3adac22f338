//! `everyday/*.toml` of a corpus folder: what people say when they mean a procedure, by its code.

use std::{collections::BTreeMap, path::Path};

use motcua_domain::ProcedureCode;
use serde::Deserialize;

use crate::Problem;

/// What people say, by procedure.
pub(crate) type Sayings = BTreeMap<ProcedureCode, Vec<String>>;

const SCHEMA: u32 = 1;
/// A saying is a phrase, not a story.
const MOST_SYLLABLES: usize = 24;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EverydayFile {
    schema: u32,
    /// The field its procedures belong to, for those who read the file.
    #[serde(rename = "field")]
    _field: String,
    say: BTreeMap<String, Vec<String>>,
}

/// Adds a file's sayings to those read before; all its problems are reported at once.
pub(crate) fn read_sayings(
    path: &Path,
    text: &str,
    sayings: &mut Sayings,
) -> Result<(), Vec<Problem>> {
    let problem = |line: usize, message: String| Problem { file: path.to_owned(), line, message };
    let file: EverydayFile = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_at(text, span.start));
        vec![problem(line, error.message().to_owned())]
    })?;
    let mut problems = Vec::new();
    if file.schema != SCHEMA {
        problems.push(problem(1, format!("schema {} không được biết, cần {SCHEMA}", file.schema)));
    }
    for (code, phrases) in file.say {
        let line = text.find(&format!("\"{code}\"")).map_or(1, |at| line_at(text, at));
        let Ok(parsed) = code.parse::<ProcedureCode>() else {
            problems.push(problem(line, format!("`{code}` không phải mã thủ tục")));
            continue;
        };
        for phrase in &phrases {
            let syllables = phrase.split_whitespace().count();
            if syllables == 0 || syllables > MOST_SYLLABLES {
                let message = format!(
                    "`{code}`: cách nói có {syllables} tiếng, cần từ 1 đến {MOST_SYLLABLES}"
                );
                problems.push(problem(line, message));
            }
        }
        if sayings.insert(parsed, phrases).is_some() {
            problems.push(problem(line, format!("`{code}` đã có cách nói ở tệp khác")));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn line_at(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Sayings, Vec<Problem>> {
        let mut sayings = Sayings::new();
        read_sayings(Path::new("ho-tich.toml"), text, &mut sayings).map(|()| sayings)
    }

    #[test]
    fn sayings_are_kept_by_code() {
        let text = "schema = 1\nfield = \"Hộ tịch\"\n[say]\n\"1.001193\" = [\"mới sinh em bé\"]\n";
        let sayings = read(text).expect("a valid file");
        let code = "1.001193".parse().expect("a code");
        assert_eq!(sayings[&code], ["mới sinh em bé"]);
    }

    #[test]
    fn all_problems_are_reported_with_their_lines() {
        let text =
            "schema = 1\nfield = \"Hộ tịch\"\n[say]\n\"x\" = [\"a\"]\n\"1.001193\" = [\" \"]\n";
        let problems = read(text).expect_err("two problems");
        let lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [5, 4]);
        assert_eq!(read("schema = 1\nfield = 3").expect_err("no text")[0].line, 2);
    }
}
