//! Procedures that people name with the same words, and the question that tells them apart.

use std::sync::LazyLock;

use motcua_domain::ProcedureCode;
use serde::Deserialize;

/// What only the person can tell, as a question with its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// The question; none where only the procedures' names tell the choices apart.
    pub ask: Option<String>,
    /// The choices, at least two.
    pub options: Vec<Choice>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The procedure that it leads to.
    pub code: ProcedureCode,
    /// The person's situation in everyday words; none where the procedure's name has to do.
    pub label: Option<String>,
}

#[derive(Deserialize)]
struct FamilyFile {
    families: Vec<Family>,
}

#[derive(Deserialize)]
pub(crate) struct Family {
    ask: String,
    /// What people say who may mean any of the options.
    pub(crate) say: Vec<String>,
    options: Vec<Answer>,
}

/// A choice as the file has it.
#[derive(Deserialize)]
struct Answer {
    code: ProcedureCode,
    label: Option<String>,
    /// Of a hundred people who name the matter and nothing that tells the options apart, how many mean this one, as
    /// people judged who know how often each happens.
    share: f32,
}

/// A procedure's place in a family.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Membership {
    /// Its place in [`FAMILIES`].
    pub(crate) family: usize,
    /// How likely it is meant by who leaves open which option is, from 0 to 1.
    pub(crate) share: f32,
}

impl Family {
    /// The procedures that it asks between.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &ProcedureCode> {
        self.options.iter().map(|choice| &choice.code)
    }

    /// The same, with how likely each is meant by who leaves it open.
    pub(crate) fn shares(&self) -> impl Iterator<Item = (&ProcedureCode, f32)> {
        self.options.iter().map(|choice| (&choice.code, choice.share / 100.0))
    }
}

/// A family is asked about if its members hold at least this share of all chances.
const MOST_LIKELY: f32 = 0.6;

/// `corpus/lexicon/families.toml` as it was when the program was built.
#[expect(clippy::expect_used, reason = "a file of this repository, read by every test")]
pub(crate) static FAMILIES: LazyLock<Vec<Family>> = LazyLock::new(|| {
    let text = include_str!("../../../corpus/lexicon/families.toml");
    toml::from_str::<FamilyFile>(text).expect("valid families").families
});

/// The question of a family, by its place in [`FAMILIES`], if it likely holds what is meant; choices that are not `open`
/// to the person are left out.
pub(crate) fn separating(
    family: usize,
    chance: impl Fn(&ProcedureCode) -> f32,
    open: impl Fn(&ProcedureCode) -> bool,
) -> Option<Choices> {
    let family = FAMILIES.get(family)?;
    let options = family.options.iter().filter(|choice| open(&choice.code));
    let choice = |one: &Answer| Choice { code: one.code.clone(), label: one.label.clone() };
    let options: Vec<Choice> = options.map(choice).collect();
    let likely = family.codes().map(chance).sum::<f32>();
    (likely >= MOST_LIKELY && options.len() > 1)
        .then(|| Choices { ask: Some(family.ask.clone()), options })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn code(text: &str) -> ProcedureCode {
        text.parse().expect("a code")
    }

    #[test]
    fn families_are_questions_with_different_answers() {
        assert!(FAMILIES.len() > 50);
        for family in FAMILIES.iter() {
            let codes: BTreeSet<&ProcedureCode> = family.options.iter().map(|o| &o.code).collect();
            assert!((2..=5).contains(&codes.len()), "{}", family.ask);
            assert_eq!(codes.len(), family.options.len(), "{}", family.ask);
            assert!(family.ask.ends_with('?'), "{}", family.ask);
            let all: f32 = family.shares().map(|(_, share)| share).sum();
            assert!((all - 1.0).abs() < 1e-3, "{}: {all}", family.ask);
        }
    }

    #[test]
    fn the_family_of_what_is_likely_is_asked_about() {
        let (one, other) = (code("1.014063"), code("1.014064"));
        let has = |family: &Family| family.codes().any(|code| *code == one);
        let both = |family: &Family| has(family) && family.codes().any(|code| *code == other);
        let own = FAMILIES.iter().position(both).expect("a family of both");
        let chance = |code: &ProcedureCode| [&one, &other].contains(&code).then_some(0.4);
        let likely = |code: &ProcedureCode| chance(code).unwrap_or(0.0);
        let choices = separating(own, likely, |_| true).expect("a family");
        assert!(choices.options.iter().any(|choice| choice.code == other));
        assert_eq!(separating(own, likely, |code| *code == one), None, "no choice is left");
        assert_eq!(separating(own, |code| likely(code) / 2.0, |_| true), None);
    }
}
