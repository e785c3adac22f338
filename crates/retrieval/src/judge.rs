//! How much each sign counts, and what the candidates come to: an answer, a question back, or neither.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

use crate::{
    families::Membership,
    signs::{Sign, Signs},
    turning::Turning,
};

/// What `corpus/lexicon/ranking.toml` holds: numbers by name.
pub(crate) type ByName = BTreeMap<String, f32>;

/// Features of [`Prospect`], by the names that the weights have; signs are those of the best candidate.
pub(crate) const FEATURES: [&str; 28] = [
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
    "variant_meant",
    "variant_asked",
    "variant_unasked",
    "score",
    "odds",
    "relatives",
    "undecided",
    "share",
    "in_family",
    "said",
    "foreign",
    "foreign_near",
    "sounds_ours",
    "sounds_like_one",
    "length",
    "elsewhere",
    "of_elsewhere",
    "redone",
];

/// What the decisions weigh: every feature, and the product of every two, also of one with itself. A word of a
/// story says less than the same word alone, and the usual one of a family is meant by few words and not by
/// many: no plain sum can say that (docs/EVALUATION.md has what it gained).
pub(crate) const TERMS: usize = FEATURES.len() + FEATURES.len() * (FEATURES.len() + 1) / 2;

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
    /// As [`crate::elsewhere::elsewhere`] finds it.
    pub(crate) elsewhere: [f32; 2],
    /// As [`crate::redone::redone`] finds it.
    pub(crate) redone: f32,
}

/// What a question and a family have in common.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Kinship {
    /// How alike the question and what people say who leave open which of the family is meant are, by words and by
    /// meaning.
    pub(crate) alike: f32,
    /// As [`crate::undecided::Undecided::hear`] hears it.
    pub(crate) undecided: f32,
}

/// What is known of a candidate when all are looked at together.
pub(crate) struct Seen<'a> {
    pub(crate) signs: &'a Signs,
    pub(crate) score: f32,
    pub(crate) families: &'a [Membership],
}

impl Prospect {
    /// `candidates` come best first. `words`: how many the question has; `kinship`: that with a family.
    pub(crate) fn of(
        candidates: &[Seen<'_>],
        alike: Likeness,
        words: usize,
        kinship: impl Fn(usize) -> Kinship,
    ) -> Option<Self> {
        let Likeness { said, foreign, foreign_near, sounds: [ours, one], elsewhere, redone } =
            alike;
        let best = candidates.first()?;
        let scores: Vec<f32> = candidates.iter().map(|candidate| candidate.score).collect();
        let chances = chances(&scores);
        let chance = *chances.first()?;
        let relatives = |own: &Membership| {
            let is_in = |one: &Membership| one.family == own.family;
            let members = candidates.iter().zip(&chances);
            let members = members.filter(|(candidate, _)| candidate.families.iter().any(is_in));
            members.map(|(_, chance)| chance).sum::<f32>()
        };
        let own = meant(best.families, relatives, &kinship);
        let sign = |sign| best.signs.get(sign);
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
            sign(Sign::VariantMeant),
            sign(Sign::VariantAsked),
            sign(Sign::VariantUnasked),
            best.score / 10.0,
            (chance / (1.0 - chance + 1e-3)).ln() / 4.0,
            own.map_or(0.0, |own| relatives(&own)),
            own.map_or(0.0, |own| kinship(own.family).undecided),
            own.map_or(0.0, |own| own.share),
            f32::from(own.is_some()),
            said,
            foreign,
            foreign_near,
            ours,
            one,
            (words.max(1) as f32).ln() / 2.0,
            elsewhere[0],
            elsewhere[1],
            redone,
        ]))
    }

    /// The features, then their products.
    pub(crate) fn terms(&self) -> impl Iterator<Item = f32> {
        let products = pairs().map(|(one, other)| self.0[one] * self.0[other]);
        self.0.iter().copied().chain(products)
    }
}

/// Of a candidate's families the one that a question is about: whose procedures are `likely` and whose sayings are like
/// it. Those of a candidate that is all but certain are equally likely, and only their sayings tell them apart.
pub(crate) fn meant(
    families: &[Membership],
    likely: impl Fn(&Membership) -> f32,
    kinship: impl Fn(usize) -> Kinship,
) -> Option<Membership> {
    let fit = |own: &Membership| likely(own) * (UNLIKE + kinship(own.family).alike);
    families.iter().copied().max_by(|a, b| fit(a).total_cmp(&fit(b)))
}

/// What a family counts that is not like the question at all, beside 2 for one that says the same in words and meaning.
const UNLIKE: f32 = 0.1;

/// The places of every two features, those of one and itself too.
fn pairs() -> impl Iterator<Item = (usize, usize)> {
    (0..FEATURES.len()).flat_map(|one| (one..FEATURES.len()).map(move |other| (one, other)))
}

/// The names that the weights of [`Prospect::terms`] have.
pub(crate) fn terms() -> impl Iterator<Item = String> {
    let products = pairs().map(|(one, other)| format!("{}*{}", FEATURES[one], FEATURES[other]));
    FEATURES.iter().map(|name| (*name).to_owned()).chain(products)
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
    /// By the names of features and, as `one*other`, of their products, and `constant`: the logarithm of the odds
    /// that something of the corpus is meant ...
    pub(crate) believed: ByName,
    /// ... and that it is clear what, and nobody need be asked.
    pub(crate) sure: ByName,
}

/// A candidate's score, ready to be summed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Score([f32; Sign::ALL.len()]);

impl Score {
    fn new(weights: &ByName) -> Self {
        Self(Sign::ALL.map(|sign| weights.get(sign.name()).copied().unwrap_or(0.0)))
    }

    pub(crate) fn of(&self, signs: &Signs) -> f32 {
        signs.values().iter().zip(&self.0).map(|(value, weight)| value * weight).sum()
    }
}

/// The logarithm of the odds of something, from a [`Prospect`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Odds {
    weights: Vec<f32>,
    constant: f32,
}

impl Odds {
    fn new(weights: &ByName) -> Self {
        let weight = |name: &str| weights.get(name).copied().unwrap_or(0.0);
        Self { weights: terms().map(|name| weight(&name)).collect(), constant: weight("constant") }
    }

    pub(crate) fn of(&self, whole: &Prospect) -> f32 {
        let products = whole.terms().zip(&self.weights).map(|(term, weight)| term * weight);
        products.sum::<f32>() + self.constant
    }
}

/// What the search reads of [`Weights`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Judge {
    pub(crate) score: Score,
    pub(crate) believed: Odds,
    pub(crate) sure: Odds,
}

impl Judge {
    pub(crate) fn new(weights: &Weights) -> Self {
        Self {
            score: Score::new(&weights.signs),
            believed: Odds::new(&weights.believed),
            sure: Odds::new(&weights.sure),
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
    /// By the names of [`crate::turning::FEATURES`], and `constant`: the logarithm of the odds that a question means
    /// another procedure than the one in hand.
    pub(crate) followed: ByName,
}

/// The two judges as they were when the program was built.
pub(crate) struct Judges {
    pub(crate) lexical: Judge,
    pub(crate) hybrid: Judge,
    pub(crate) followed: Turning,
}

#[expect(clippy::expect_used, reason = "a file of this repository, read by every test")]
pub(crate) static JUDGES: LazyLock<Judges> = LazyLock::new(|| {
    let ranking: Ranking = toml::from_str(include_str!("../../../corpus/lexicon/ranking.toml"))
        .expect("valid weights");
    Judges {
        lexical: Judge::new(&ranking.lexical),
        hybrid: Judge::new(&ranking.hybrid),
        followed: Turning::new(&ranking.followed),
    }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_has_something_to_weigh() {
        let text = include_str!("../../../corpus/lexicon/ranking.toml");
        let ranking: Ranking = toml::from_str(text).expect("valid weights");
        assert_eq!(ranking.schema, 4);
        for weights in [&ranking.lexical, &ranking.hybrid] {
            let is_sign = |name: &String| Sign::ALL.iter().any(|sign| sign.name() == name);
            assert!(weights.signs.keys().all(is_sign));
            let known: Vec<String> = terms().chain(["constant".to_owned()]).collect();
            assert!(weights.believed.keys().chain(weights.sure.keys()).all(|n| known.contains(n)));
        }
        let mut followed = ranking.followed.keys();
        assert!(
            followed
                .all(|name| name == "constant"
                    || crate::turning::FEATURES.contains(&name.as_str()))
        );
    }

    #[test]
    fn a_clear_question_has_high_odds_and_few_relatives() {
        let signs = Signs::default();
        let family = [Membership { family: 1, share: 0.5 }];
        let seen = |score| Seen { signs: &signs, score, families: &family };
        let prospect = |scores: &[f32]| {
            let candidates: Vec<Seen> = scores.iter().map(|score| seen(*score)).collect();
            Prospect::of(&candidates, Likeness::default(), 3, |_| Kinship::default())
                .expect("a best one")
                .0
        };
        let odds = FEATURES.iter().position(|name| *name == "odds").expect("a feature");
        assert!(prospect(&[9.0, 1.0])[odds] > prospect(&[2.0, 1.9])[odds]);
        assert_eq!(Prospect::of(&[], Likeness::default(), 3, |_| Kinship::default()), None);
    }
}
