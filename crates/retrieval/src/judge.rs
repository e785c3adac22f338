//! How much each sign counts, and what the candidates come to: an answer, a question back, or neither.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

use crate::signs::{Sign, Signs};

/// What `corpus/lexicon/ranking.toml` holds: numbers by name.
pub(crate) type ByName = BTreeMap<String, f32>;

/// Features of [`Prospect`], by the names that the weights have; signs are those of the best candidate.
pub(crate) const FEATURES: [&str; 22] = [
    "explained",
    "covered",
    "phrases",
    "saying",
    "family",
    "name_near",
    "saying_near",
    "family_near",
    "has_sayings",
    "whole_name",
    "score",
    "odds",
    "relatives",
    "said",
    "foreign",
    "foreign_near",
    "sounds_ours",
    "sounds_like_one",
    "length",
    "explained_long",
    "saying_long",
    "said_long",
];

/// What a question and its candidates look like together.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Prospect(pub(crate) [f32; FEATURES.len()]);

/// What a question is like, whatever the candidates.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Likeness {
    /// How alike it and the best saying of any procedure or family are.
    pub(crate) said: f32,
    /// The same of what is not ours, by words ...
    pub(crate) foreign: f32,
    /// ... and by meaning.
    pub(crate) foreign_near: f32,
    /// As [`crate::manner::Manner::hear`] hears it.
    pub(crate) sounds: [f32; 2],
}

/// What is known of a candidate when all are looked at together.
pub(crate) struct Seen<'a> {
    pub(crate) signs: &'a Signs,
    pub(crate) score: f32,
    pub(crate) families: &'a [usize],
}

impl Prospect {
    /// `candidates` come best first. `words`: how many the question has.
    pub(crate) fn of(candidates: &[Seen<'_>], alike: Likeness, words: usize) -> Option<Self> {
        let Likeness { said, foreign, foreign_near, sounds: [ours, one] } = alike;
        let best = candidates.first()?;
        let scores: Vec<f32> = candidates.iter().map(|candidate| candidate.score).collect();
        let chances = chances(&scores);
        let chance = *chances.first()?;
        let relatives = best.families.iter().map(|family| {
            let members = candidates.iter().zip(&chances);
            let members = members.filter(|(candidate, _)| candidate.families.contains(family));
            members.map(|(_, chance)| chance).sum()
        });
        let sign = |sign| best.signs.get(sign);
        let length = (words.max(1) as f32).ln() / 2.0;
        // All are brought to about 0 to 2, so that they can be learned alike.
        Some(Self([
            sign(Sign::Explained),
            sign(Sign::Covered),
            sign(Sign::Phrases),
            sign(Sign::Saying),
            sign(Sign::Family),
            sign(Sign::NameNear),
            sign(Sign::SayingNear),
            sign(Sign::FamilyNear),
            sign(Sign::HasSayings),
            sign(Sign::WholeName),
            best.score / 10.0,
            (chance / (1.0 - chance + 1e-3)).ln() / 4.0,
            relatives.fold(0.0, f32::max),
            said,
            foreign,
            foreign_near,
            ours,
            one,
            length,
            // Of a long story less is explained and said before: what counts as little grows shorter.
            sign(Sign::Explained) * length,
            sign(Sign::Saying) * length,
            said * length,
        ]))
    }
}

/// How likely each is to be the one that is meant, if one of them is; the best score comes first.
pub(crate) fn chances(scores: &[f32]) -> Vec<f32> {
    let most = scores.first().copied().unwrap_or(0.0);
    let odds: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let all: f32 = odds.iter().sum();
    odds.into_iter().map(|one| one / all).collect()
}

/// The chance that odds stand for, given as their logarithm.
pub(crate) fn chance(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

/// Learned weights.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Weights {
    /// By the sign's name. A candidate's score is the sum of signs times weights: the logarithm,
    /// up to a constant, of the chance that it is the one that is meant.
    pub(crate) signs: ByName,
    /// By the feature's name, and `constant`: the logarithm of the odds that something of the
    /// corpus is meant ...
    pub(crate) believed: ByName,
    /// ... and that it is clear what, and nobody need be asked.
    pub(crate) sure: ByName,
}

/// A linear sum, ready to be taken.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sum<const N: usize> {
    weights: [f32; N],
    constant: f32,
}

impl<const N: usize> Sum<N> {
    fn new(names: [&str; N], weights: &ByName) -> Self {
        let weight = |name: &str| weights.get(name).copied().unwrap_or(0.0);
        Self { weights: names.map(weight), constant: weight("constant") }
    }

    pub(crate) fn of(&self, values: &[f32; N]) -> f32 {
        let products = values.iter().zip(&self.weights).map(|(value, weight)| value * weight);
        products.sum::<f32>() + self.constant
    }
}

/// What the search reads of [`Weights`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Judge {
    pub(crate) score: Sum<{ Sign::ALL.len() }>,
    pub(crate) believed: Sum<{ FEATURES.len() }>,
    pub(crate) sure: Sum<{ FEATURES.len() }>,
}

impl Judge {
    pub(crate) fn new(weights: &Weights) -> Self {
        Self {
            score: Sum::new(Sign::ALL.map(Sign::name), &weights.signs),
            believed: Sum::new(FEATURES, &weights.believed),
            sure: Sum::new(FEATURES, &weights.sure),
        }
    }
}

/// `corpus/lexicon/ranking.toml`: what `motcua eval fit` learned.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Ranking {
    pub(crate) schema: u32,
    /// Used while there are no vectors.
    pub(crate) lexical: Weights,
    /// Used with vectors.
    pub(crate) hybrid: Weights,
}

/// The two judges as they were when the program was built.
pub(crate) struct Judges {
    pub(crate) lexical: Judge,
    pub(crate) hybrid: Judge,
}

#[expect(clippy::expect_used, reason = "a file of this repository, read by every test")]
pub(crate) static JUDGES: LazyLock<Judges> = LazyLock::new(|| {
    let ranking: Ranking = toml::from_str(include_str!("../../../corpus/lexicon/ranking.toml"))
        .expect("valid weights");
    Judges { lexical: Judge::new(&ranking.lexical), hybrid: Judge::new(&ranking.hybrid) }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_has_something_to_weigh() {
        let text = include_str!("../../../corpus/lexicon/ranking.toml");
        let ranking: Ranking = toml::from_str(text).expect("valid weights");
        assert_eq!(ranking.schema, 2);
        for weights in [&ranking.lexical, &ranking.hybrid] {
            let is_sign = |name: &String| Sign::ALL.iter().any(|sign| sign.name() == name);
            assert!(weights.signs.keys().all(is_sign));
            let is_feature =
                |name: &String| FEATURES.contains(&name.as_str()) || name == "constant";
            assert!(weights.believed.keys().chain(weights.sure.keys()).all(is_feature));
        }
    }

    #[test]
    fn a_clear_question_has_high_odds_and_few_relatives() {
        let signs = Signs::default();
        let seen = |score, families| Seen { signs: &signs, score, families };
        let prospect = |scores: &[f32]| {
            let candidates: Vec<Seen> = scores.iter().map(|score| seen(*score, &[1])).collect();
            Prospect::of(&candidates, Likeness::default(), 3).expect("a best one").0
        };
        let odds = FEATURES.iter().position(|name| *name == "odds").expect("a feature");
        assert!(prospect(&[9.0, 1.0])[odds] > prospect(&[2.0, 1.9])[odds]);
        assert_eq!(Prospect::of(&[], Likeness::default(), 3), None);
    }
}
