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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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
    options: Vec<Choice>,
}

impl Family {
    /// The procedures that it asks between.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &ProcedureCode> {
        self.options.iter().map(|choice| &choice.code)
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

/// The question of the family that most likely holds what is meant, if one of them likely does.
/// `families` are those of the best candidate, by their places in [`FAMILIES`]; choices that are not
/// `open` to the person are left out.
pub(crate) fn separating(
    families: &[usize],
    chance: impl Fn(&ProcedureCode) -> f32,
    open: impl Fn(&ProcedureCode) -> bool,
) -> Option<Choices> {
    let likely = |family: &Family| family.codes().map(&chance).sum::<f32>();
    let families = families.iter().filter_map(|at| FAMILIES.get(*at));
    let family = families.max_by(|a, b| likely(a).total_cmp(&likely(b)))?;
    let options: Vec<Choice> =
        family.options.iter().filter(|choice| open(&choice.code)).cloned().collect();
    (likely(family) >= MOST_LIKELY && options.len() > 1)
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
        }
    }

    #[test]
    fn the_family_of_what_is_likely_is_asked_about() {
        let (one, other) = (code("1.014063"), code("1.014064"));
        let has = |family: &Family| family.codes().any(|code| *code == one);
        let own: Vec<usize> = (0..FAMILIES.len()).filter(|at| has(&FAMILIES[*at])).collect();
        let chance = |code: &ProcedureCode| [&one, &other].contains(&code).then_some(0.4);
        let likely = |code: &ProcedureCode| chance(code).unwrap_or(0.0);
        let choices = separating(&own, likely, |_| true).expect("a family");
        assert!(choices.options.iter().any(|choice| choice.code == other));
        assert_eq!(separating(&own, likely, |code| *code == one), None, "no choice is left");
        assert_eq!(separating(&own, |code| likely(code) / 2.0, |_| true), None);
    }
}
