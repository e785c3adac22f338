//! The reviewable word lists of `corpus/lexicon`, parsed once.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use motcua_text::fold;
use serde::{Deserialize, de::DeserializeOwned};

use crate::word::{bare, has_marks, marked};

/// The word lists, cut and brought into the forms that are compared.
pub(crate) struct Lexicon {
    /// What people say and the official words it stands for, longest first.
    pub(crate) everyday: Vec<Everyday>,
    pub(crate) everyday_openings: Openings,
    /// Marks of variants.
    pub(crate) variants: Vec<Variant>,
    /// Short forms, as typed without marks, and what they stand for.
    pub(crate) abbreviations: HashMap<String, String>,
    /// Words and phrases without content, longest first.
    pub(crate) stop: Vec<Pattern>,
    pub(crate) stop_openings: Openings,
    /// Neighbours in everyday wordings, without marks.
    neighbours: HashSet<(String, String)>,
    /// What comes before a circumstance.
    pub(crate) given: Vec<Pattern>,
    /// Current provinces by every name they have had, folded.
    provinces: HashMap<String, String>,
    fields: HashMap<String, f32>,
}

/// One way of saying something.
pub(crate) struct Everyday {
    pub(crate) say: Pattern,
    /// What it may stand for; each a few words of procedure names.
    pub(crate) mean: Vec<Vec<Word>>,
}

/// A mark by which a variant differs from the plain procedure.
pub(crate) struct Variant {
    /// The mark in a procedure's name, folded.
    pub(crate) name: String,
    /// It is a mark only where the name begins with it.
    pub(crate) at_start: bool,
    /// A cue leaves no doubt that the variant is meant.
    pub(crate) strong: bool,
    /// The ages it is for, both ends inclusive; a stated age decides, whatever the cues say.
    pub(crate) ages: Option<[u32; 2]>,
    /// Words by which a question asks for it.
    pub(crate) cues: Vec<Pattern>,
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

/// Spellings of one word are the same word.
impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        self.marked == other.marked
    }
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

/// Where the patterns are that begin with a word, without its marks.
#[derive(Default)]
pub(crate) struct Openings(HashMap<String, Vec<usize>>);

impl Openings {
    fn of<'a>(patterns: impl Iterator<Item = &'a Pattern>) -> Self {
        let mut openings: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, pattern) in patterns.enumerate() {
            if let Some(first) = pattern.parts.iter().flatten().next() {
                openings.entry(first.bare.clone()).or_default().push(at);
            }
        }
        Self(openings)
    }

    /// The patterns that may match some words, in their order.
    pub(crate) fn of_words(&self, bare: &HashSet<String>) -> Vec<usize> {
        let mut found: Vec<usize> =
            bare.iter().filter_map(|word| self.0.get(word)).flatten().copied().collect();
        found.sort_unstable();
        found
    }
}

/// Words to be found in a question one after the other; `None` stands for up to three others.
pub(crate) struct Pattern {
    pub(crate) parts: Vec<Option<Word>>,
    /// A single short word is another one without its marks ("đẻ", "để"): it must carry them.
    pub(crate) needs_marks: bool,
}

impl Variant {
    /// Whether a procedure's folded name carries the mark.
    pub(crate) fn marks(&self, folded_name: &str) -> bool {
        motcua_text::contains_phrase(folded_name, &self.name)
            && (!self.at_start || folded_name.starts_with(&self.name))
    }
}

impl Pattern {
    fn new(text: &str) -> Self {
        let parts: Vec<Option<Word>> =
            text.split(' ').map(|part| (part != "…").then(|| Word::new(part))).collect();
        let needs_marks = parts.len() == 1 && has_marks(text);
        Self { parts, needs_marks }
    }

    fn anywhere(text: &str) -> Self {
        Self { needs_marks: false, ..Self::new(text) }
    }

    /// Whether all its words are among some without marks: most patterns are done with at the first.
    pub(crate) fn may_match(&self, bare: &HashSet<String>) -> bool {
        self.parts.iter().flatten().all(|word| bare.contains(&word.bare))
    }
}

#[derive(Deserialize)]
struct EverydayFile {
    words: Vec<EverydayEntry>,
}

#[derive(Deserialize)]
struct EverydayEntry {
    say: Vec<String>,
    mean: Vec<String>,
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
        parse(include_str!("../../../corpus/lexicon/everyday.toml")),
        parse(include_str!("../../../corpus/lexicon/variants.toml")),
        &parse(include_str!("../../../corpus/lexicon/stopwords.toml")),
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
        everyday: EverydayFile,
        variants: VariantFile,
        stop: &StopFile,
        abbreviations: AbbreviationFile,
        places: PlaceFile,
    ) -> Self {
        let variants = variants.variants.into_iter().map(|entry| Variant {
            name: fold(&entry.name),
            at_start: entry.at_start,
            strong: entry.strong,
            ages: entry.ages,
            cues: entry.cues.iter().map(|cue| Pattern::new(cue)).collect(),
        });
        let given = stop.given.iter().map(|text| Pattern::anywhere(text)).collect();
        let mut stop: Vec<Pattern> = stop
            .words
            .iter()
            .map(|text| Pattern::anywhere(text))
            .chain(stop.with_marks_only.iter().map(|text| Pattern::new(text)))
            .collect();
        // "quê tôi ở Nghệ An" says nothing of what is asked.
        stop.extend(
            places
                .provinces
                .iter()
                .flat_map(|(name, former)| former.iter().chain([name]))
                .filter(|name| !name.contains('-'))
                .map(|name| Pattern::new(name)),
        );
        stop.sort_by_key(|pattern| std::cmp::Reverse(pattern.parts.len()));
        let mut provinces = HashMap::new();
        for (name, former) in &places.provinces {
            for known in former.iter().chain([name]) {
                provinces.insert(fold(known), fold(name));
            }
        }
        let everyday = ways_of_saying(everyday);
        let neighbours = everyday.iter().flat_map(|way| {
            way.say.parts.windows(2).filter_map(|pair| match pair {
                [Some(one), Some(other)] => Some((one.bare.clone(), other.bare.clone())),
                _ => None,
            })
        });
        Self {
            neighbours: neighbours.collect(),
            everyday_openings: Openings::of(everyday.iter().map(|way| &way.say)),
            everyday,
            variants: variants.collect(),
            abbreviations: abbreviations.abbreviations,
            stop_openings: Openings::of(stop.iter()),
            stop,
            given,
            provinces,
            fields: places
                .fields
                .into_iter()
                .flat_map(|entry| {
                    entry.names.into_iter().map(move |name| (fold(&name), entry.weight))
                })
                .collect(),
        }
    }

    /// Whether two words stand side by side in some everyday wording.
    pub(crate) fn says_together(&self, one: &str, other: &str) -> bool {
        self.neighbours.contains(&(one.to_owned(), other.to_owned()))
    }

    /// The folded current name of a province, whichever of its names is given.
    pub(crate) fn province(&self, name: &str) -> String {
        let folded = fold(name);
        let plain = ["tinh ", "thanh pho ", "tp ", "tp. "]
            .iter()
            .find_map(|title| folded.strip_prefix(title))
            .unwrap_or(&folded)
            .trim();
        self.provinces.get(plain).cloned().unwrap_or_else(|| plain.to_owned())
    }

    /// How much a field is the business of a commune's counter, from 0 to 1.
    pub(crate) fn field_weight(&self, field: &str) -> f32 {
        self.fields.get(&fold(field)).copied().unwrap_or(0.0)
    }
}

fn ways_of_saying(file: EverydayFile) -> Vec<Everyday> {
    let mut ways = Vec::new();
    for entry in file.words {
        let mean: Vec<Vec<Word>> =
            entry.mean.iter().map(|phrase| phrase.split(' ').map(Word::new).collect()).collect();
        for say in &entry.say {
            ways.push(Everyday { say: Pattern::new(say), mean: mean.clone() });
        }
    }
    ways.sort_by_key(|way| std::cmp::Reverse(way.say.parts.iter().flatten().count()));
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_there() {
        assert!(LEXICON.stop.len() > 50);
        assert!(LEXICON.variants.iter().any(|variant| variant.name == "luu dong"));
        assert!(LEXICON.everyday.len() > 200);
        assert!(LEXICON.abbreviations.contains_key("cccd"));
    }

    #[test]
    fn thirty_four_provinces_under_all_their_names() {
        let current: HashSet<&String> = LEXICON.provinces.values().collect();
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
