//! `corpus/lexicon/life_events.toml`: what happens in people's lives, and the procedures it takes.

use std::sync::LazyLock;

use motcua_domain::ProcedureCode;
use serde::Deserialize;

const SCHEMA: u32 = 1;
const FILE: &str = include_str!("../../../corpus/lexicon/life_events.toml");

/// Something that happens in people's lives.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LifeEvent {
    /// Its identifier, lower case without marks; pages name their picture of it by this.
    pub id: String,
    /// Its name in Vietnamese.
    pub title: String,
    /// Its name in English.
    pub en: String,
    /// What people then need to do, the commonest first.
    pub needs: Vec<Need>,
}

/// Something that people need to do, and the procedure for it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// The procedure's code.
    pub code: ProcedureCode,
    /// What a visitor would say.
    pub say: String,
    /// The same in English.
    pub en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LifeEventFile {
    schema: u32,
    events: Vec<LifeEvent>,
}

/// All life events, in the order in which they are shown.
///
/// The file is part of the program and read once; that it can be read is held by a test.
pub fn life_events() -> &'static [LifeEvent] {
    static EVENTS: LazyLock<Vec<LifeEvent>> = LazyLock::new(|| read(FILE).unwrap_or_default());
    &EVENTS
}

fn read(text: &str) -> Result<Vec<LifeEvent>, String> {
    let file: LifeEventFile = toml::from_str(text).map_err(|error| error.to_string())?;
    if file.schema != SCHEMA {
        return Err(format!("schema {} is not known, {SCHEMA} is needed", file.schema));
    }
    Ok(file.events)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_file_is_whole_and_nothing_in_it_is_said_twice() {
        let events = read(FILE).expect("a readable file");
        let ids: BTreeSet<&str> = events.iter().map(|event| event.id.as_str()).collect();
        assert_eq!(ids.len(), events.len(), "an identifier is used twice");
        for event in &events {
            let plain = |c: char| c.is_ascii_lowercase() || c == '-';
            assert!(event.id.chars().all(plain), "{}", event.id);
            assert!(!event.needs.is_empty(), "{} has no needs", event.id);
            let codes: BTreeSet<_> = event.needs.iter().map(|need| &need.code).collect();
            assert_eq!(codes.len(), event.needs.len(), "{} names a code twice", event.id);
            for words in event.needs.iter().flat_map(|need| [&need.say, &need.en]) {
                assert!(!words.trim().is_empty(), "{} has an empty need", event.id);
            }
        }
    }

    #[test]
    fn a_file_of_another_kind_is_refused() {
        assert!(read("schema = 2\nevents = []").is_err());
        assert!(read("schema = 1\nevent = []").is_err());
        let bad = "schema = 1\n[[events]]\nid = \"a\"\ntitle = \"A\"\nen = \"A\"\n\
                   needs = [{ code = \"x\", say = \"a\", en = \"a\" }]";
        assert!(read(bad).is_err());
    }
}
