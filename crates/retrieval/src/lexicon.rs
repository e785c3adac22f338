//! The reviewable word lists of `corpus/lexicon`, parsed once.

use std::{collections::HashMap, sync::LazyLock};

use motcua_text::fold;
use serde::{Deserialize, de::DeserializeOwned};

use crate::word::{bare, has_marks, marked};

/// The word lists as texts; [`crate::glossary::Glossary`] brings them into the forms that are compared.
pub(crate) struct Lexicon {
    /// What people say and the official words it stands for.
    pub(crate) everyday: Vec<EverydayEntry>,
    /// Marks of variants.
    pub(crate) variants: Vec<Variant>,
    /// Short forms, as typed without marks, and what they stand for.
    pub(crate) abbreviations: HashMap<String, String>,
    /// Words and phrases without content, ...
    pub(crate) stop: Vec<String>,
    /// ... and those that are others without their marks.
    pub(crate) stop_with_marks_only: Vec<String>,
    /// What comes before a circumstance.
    pub(crate) given: Vec<String>,
    /// Provinces by every name they have had.
    provinces: Vec<Province>,
    /// What is said around their names.
    pub(crate) elsewhere: Elsewhere,
    fields: HashMap<String, f32>,
}

/// What is said around the name of a province, folded and word by word.
#[derive(Deserialize)]
pub(crate) struct Elsewhere {
    /// What belongs to the name, as "tỉnh".
    pub(crate) titles: Vec<Folded>,
    /// What stands before a province whose own thing is asked for, or which is to decide.
    pub(crate) before: Vec<Folded>,
    /// What a province does that gives something of its own.
    pub(crate) after: Vec<Folded>,
}

/// Words without their marks.
#[derive(Deserialize)]
#[serde(from = "String")]
pub(crate) struct Folded(pub(crate) Vec<String>);

impl From<String> for Folded {
    fn from(text: String) -> Self {
        Self(motcua_text::syllables(&fold(&text)).map(str::to_owned).collect())
    }
}

/// One name of a province.
pub(crate) struct Province {
    /// The name, word by word.
    pub(crate) words: Vec<Word>,
    /// The name, folded.
    folded: String,
    /// What the province is called now, folded.
    pub(crate) current: String,
}

/// A mark by which a variant differs from the plain procedure.
pub(crate) struct Variant {
    /// The mark in a procedure's name, folded.
    pub(crate) name: String,
    /// It is a mark only where the name begins with it.
    pub(crate) at_start: bool,
    /// A cue leaves no doubt that the variant is meant.
    pub(crate) strong: bool,
    /// A procedure carries it too if all authorities that handle it are named so.
    pub(crate) of_agency: bool,
    /// The ages it is for, both ends inclusive; a stated age decides, whatever the cues say.
    pub(crate) ages: Option<[u32; 2]>,
    /// Words by which a question asks for it.
    pub(crate) cues: Vec<String>,
}

/// A word in both forms.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// As it stands in the text.
    pub(crate) typed: String,
    pub(crate) marked: String,
    pub(crate) bare: String,
    pub(crate) has_marks: bool,
}

impl Word {
    pub(crate) fn new(word: &str) -> Self {
        Self {
            typed: word.to_owned(),
            marked: marked(word),
            bare: bare(word),
            has_marks: has_marks(word),
        }
    }
}

impl Variant {
    /// Whether a procedure's folded name carries the mark.
    pub(crate) fn marks(&self, folded_name: &str) -> bool {
        motcua_text::contains_phrase(folded_name, &self.name)
            && (!self.at_start || folded_name.starts_with(&self.name))
    }
}

#[derive(Deserialize)]
struct EverydayFile {
    words: Vec<EverydayEntry>,
}

#[derive(Deserialize)]
pub(crate) struct EverydayEntry {
    pub(crate) say: Vec<String>,
    /// What it may stand for; each a few words of procedure names.
    pub(crate) mean: Vec<String>,
}

#[derive(Deserialize)]
struct VariantFile {
    variants: Vec<VariantEntry>,
}

#[derive(Deserialize)]
struct VariantEntry {
    name: String,
    #[serde(default)]
    at_start: bool,
    #[serde(default)]
    strong: bool,
    #[serde(default)]
    of_agency: bool,
    ages: Option<[u32; 2]>,
    cues: Vec<String>,
}

#[derive(Deserialize)]
struct StopFile {
    words: Vec<String>,
    with_marks_only: Vec<String>,
    given: Vec<String>,
}

#[derive(Deserialize)]
struct AbbreviationFile {
    abbreviations: HashMap<String, String>,
}

#[derive(Deserialize)]
struct PlaceFile {
    provinces: HashMap<String, Vec<String>>,
    elsewhere: Elsewhere,
    fields: Vec<FieldEntry>,
}

#[derive(Deserialize)]
struct FieldEntry {
    weight: f32,
    names: Vec<String>,
}

/// The lists as they were when the program was built.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(
        parse::<EverydayFile>(include_str!("../../../corpus/lexicon/everyday.toml")).words,
        parse(include_str!("../../../corpus/lexicon/variants.toml")),
        parse(include_str!("../../../corpus/lexicon/stopwords.toml")),
        parse(include_str!("../../../corpus/lexicon/abbreviations.toml")),
        parse(include_str!("../../../corpus/lexicon/counter.toml")),
    )
});

#[expect(clippy::expect_used, reason = "files of this repository, read by every test")]
fn parse<T: DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("a valid word list")
}

impl Lexicon {
    fn new(
        everyday: Vec<EverydayEntry>,
        variants: VariantFile,
        stop: StopFile,
        abbreviations: AbbreviationFile,
        places: PlaceFile,
    ) -> Self {
        let variants = variants.variants.into_iter().map(|entry| Variant {
            name: fold(&entry.name),
            at_start: entry.at_start,
            strong: entry.strong,
            of_agency: entry.of_agency,
            ages: entry.ages,
            cues: entry.cues,
        });
        // "quê tôi ở Nghệ An" says nothing of what is asked.
        let names = places.provinces.iter().flat_map(|(name, former)| former.iter().chain([name]));
        let names = names.filter(|name| !name.contains('-')).cloned();
        let stop_with_marks_only = stop.with_marks_only.into_iter().chain(names).collect();
        let provinces = places.provinces.iter().flat_map(|(name, former)| {
            former.iter().chain([name]).map(|known| Province {
                words: motcua_text::syllables(known).map(Word::new).collect(),
                folded: fold(known),
                current: fold(name),
            })
        });
        Self {
            everyday,
            variants: variants.collect(),
            abbreviations: abbreviations.abbreviations,
            stop: stop.words,
            stop_with_marks_only,
            given: stop.given,
            provinces: provinces.collect(),
            elsewhere: places.elsewhere,
            fields: places
                .fields
                .into_iter()
                .flat_map(|entry| {
                    entry.names.into_iter().map(move |name| (fold(&name), entry.weight))
                })
                .collect(),
        }
    }

    /// The folded current name of a province, whichever of its names is given.
    pub(crate) fn province(&self, name: &str) -> String {
        let folded = fold(name);
        let plain = ["tinh ", "thanh pho ", "tp ", "tp. "]
            .iter()
            .find_map(|title| folded.strip_prefix(title))
            .unwrap_or(&folded)
            .trim();
        let known = self.provinces.iter().find(|province| province.folded == plain);
        known.map_or_else(|| plain.to_owned(), |province| province.current.clone())
    }

    /// All provinces by all their names.
    pub(crate) fn provinces(&self) -> &[Province] {
        &self.provinces
    }

    /// How much a field is the business of a commune's counter, from 0 to 1.
    pub(crate) fn field_weight(&self, field: &str) -> f32 {
        self.fields.get(&fold(field)).copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn lists_are_there() {
        assert!(LEXICON.stop.len() > 50 && LEXICON.stop_with_marks_only.len() > 34);
        assert!(LEXICON.variants.iter().any(|variant| variant.name == "luu dong"));
        assert!(LEXICON.everyday.len() > 200);
        assert!(LEXICON.abbreviations.contains_key("cccd"));
    }

    #[test]
    fn thirty_four_provinces_under_all_their_names() {
        let current: HashSet<&String> = LEXICON.provinces.iter().map(|one| &one.current).collect();
        assert_eq!(current.len(), 34);
        assert_eq!(LEXICON.province("tỉnh Vĩnh Phúc"), "phu tho");
        assert_eq!(LEXICON.province("Phú Thọ"), "phu tho");
        assert_eq!(LEXICON.province("Thành phố Hồ Chí Minh"), "ho chi minh");
    }

    #[test]
    fn abbreviations_are_keyed_as_they_are_looked_up() {
        for short in LEXICON.abbreviations.keys() {
            assert_eq!(short, &bare(short), "keys are folded");
        }
    }
}
