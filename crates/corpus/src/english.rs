//! `corpus/lexicon/english.toml`: what case questions and their answers mean in English.

use std::{collections::HashMap, sync::LazyLock};

use serde::Deserialize;

const SCHEMA: u32 = 1;
const FILE: &str = include_str!("../../../corpus/lexicon/english.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EnglishFile {
    schema: u32,
    phrases: HashMap<String, String>,
}

/// What a question or an answer means in English, where somebody has written it down. The words of the same question
/// are the same in every procedure, so they stand once.
///
/// The file is part of the program and read once; that it can be read is held by a test.
pub fn in_english(vietnamese: &str) -> Option<&'static str> {
    static PHRASES: LazyLock<HashMap<String, String>> =
        LazyLock::new(|| read(FILE).unwrap_or_default());
    PHRASES.get(vietnamese).map(String::as_str)
}

fn read(text: &str) -> Result<HashMap<String, String>, String> {
    let file: EnglishFile = toml::from_str(text).map_err(|error| error.to_string())?;
    if file.schema != SCHEMA {
        return Err(format!("schema {} is not known, {SCHEMA} is needed", file.schema));
    }
    Ok(file.phrases)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_whole() {
        let phrases = read(FILE).expect("a readable file");
        for (vietnamese, english) in &phrases {
            assert!(!vietnamese.trim().is_empty() && !english.trim().is_empty(), "{vietnamese}");
        }
        assert_eq!(
            in_english("Nộp hồ sơ bằng hình thức nào?"),
            Some("How will you hand in the papers?")
        );
        assert_eq!(in_english("không có câu này"), None);
    }

    #[test]
    fn every_question_between_procedures_can_be_read() {
        #[derive(Deserialize)]
        struct File {
            families: Vec<Family>,
        }
        #[derive(Deserialize)]
        struct Family {
            ask: String,
            options: Vec<Answer>,
        }
        #[derive(Deserialize)]
        struct Answer {
            label: Option<String>,
        }
        let text = include_str!("../../../corpus/lexicon/families.toml");
        let file: File = toml::from_str(text).expect("valid families");
        for family in file.families {
            let labels = family.options.into_iter().filter_map(|answer| answer.label);
            for words in labels.chain([family.ask]) {
                assert!(in_english(&words).is_some(), "no English for: {words}");
            }
        }
    }

    #[test]
    fn a_file_of_another_kind_is_refused() {
        assert!(read("schema = 2\n[phrases]").is_err());
        assert!(read("schema = 1\n[phrase]").is_err());
    }
}
