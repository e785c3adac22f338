//! What speaks for a candidate, in numbers, and how much each of them counts.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

/// One thing that speaks for or against a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(crate) enum Sign {
    /// The score of the lexical search, as a share of the best one.
    Lexical,
    /// How much of the question its words explain.
    Explained,
    /// How much of its name the question covers.
    Covered,
    /// How many neighbouring words of the question stand in its name or sayings.
    Phrases,
    /// How alike the question and the best of its sayings are, word by word.
    Saying,
    /// How alike the question and the best saying of its families are: what people say who may
    /// mean it or one of its siblings.
    Family,
    /// How near the question's vector is to the name's.
    NameNear,
    /// How near the question's vector is to that of the best of its sayings.
    SayingNear,
    /// A form or a document that it uses was named.
    Named,
    /// The question holds its whole name.
    WholeName,
    /// It is a variant that the question clearly asks for.
    VariantMeant,
    /// It is a variant of which the question holds a cue.
    VariantAsked,
    /// It is a variant of which the question holds no cue.
    VariantUnasked,
    /// A commune handles it.
    Commune,
    /// A province handles it, no commune does.
    Province,
    /// How much of a counter's business its field is.
    Field,
    /// Its file was checked or approved.
    Checked,
    /// Only its name is known.
    NameOnly,
    /// Its name and content disagree.
    Suspect,
    /// Citizens may not apply.
    NotForCitizens,
    /// It holds in one province only.
    OneProvince,
    /// It has sayings: people ask for it.
    HasSayings,
}

impl Sign {
    pub(crate) const ALL: [Self; 22] = [
        Self::Lexical,
        Self::Explained,
        Self::Covered,
        Self::Phrases,
        Self::Saying,
        Self::Family,
        Self::NameNear,
        Self::SayingNear,
        Self::Named,
        Self::WholeName,
        Self::VariantMeant,
        Self::VariantAsked,
        Self::VariantUnasked,
        Self::Commune,
        Self::Province,
        Self::Field,
        Self::Checked,
        Self::NameOnly,
        Self::Suspect,
        Self::NotForCitizens,
        Self::OneProvince,
        Self::HasSayings,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Lexical => "lexical",
            Self::Explained => "explained",
            Self::Covered => "covered",
            Self::Phrases => "phrases",
            Self::Saying => "saying",
            Self::Family => "family",
            Self::NameNear => "name_near",
            Self::SayingNear => "saying_near",
            Self::Named => "named",
            Self::WholeName => "whole_name",
            Self::VariantMeant => "variant_meant",
            Self::VariantAsked => "variant_asked",
            Self::VariantUnasked => "variant_unasked",
            Self::Commune => "commune",
            Self::Province => "province",
            Self::Field => "field",
            Self::Checked => "checked",
            Self::NameOnly => "name_only",
            Self::Suspect => "suspect",
            Self::NotForCitizens => "not_for_citizens",
            Self::OneProvince => "one_province",
            Self::HasSayings => "has_sayings",
        }
    }
}

/// A candidate's signs, each about 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Signs([f32; Sign::ALL.len()]);

impl Signs {
    pub(crate) fn set(&mut self, sign: Sign, value: f32) {
        self.0[sign as usize] = value;
    }

    pub(crate) fn add(&mut self, sign: Sign, value: f32) {
        self.0[sign as usize] += value;
    }

    pub(crate) fn get(&self, sign: Sign) -> f32 {
        self.0[sign as usize]
    }

    pub(crate) fn values(&self) -> &[f32; Sign::ALL.len()] {
        &self.0
    }
}

/// How much each sign counts, and from when on a candidate is believed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Weights {
    /// By the sign's name. A candidate's score is the sum of signs times weights: the logarithm,
    /// up to a constant, of the chance that it is the one that is meant.
    pub(crate) signs: BTreeMap<String, f32>,
    /// What tells a question of this corpus from chatter: the logarithm of the odds, by sign of the
    /// best candidate, and `constant`.
    pub(crate) believed: BTreeMap<String, f32>,
    /// The chance of the best candidate below which the person is asked.
    pub(crate) sure: f32,
}

/// A linear sum over signs, ready to be taken.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sum {
    weights: [f32; Sign::ALL.len()],
    constant: f32,
}

impl Sum {
    pub(crate) fn new(by_name: &BTreeMap<String, f32>) -> Self {
        let weight = |name: &str| by_name.get(name).copied().unwrap_or(0.0);
        Self { weights: Sign::ALL.map(|sign| weight(sign.name())), constant: weight("constant") }
    }

    pub(crate) fn of(&self, signs: &Signs) -> f32 {
        let products =
            signs.values().iter().zip(&self.weights).map(|(value, weight)| value * weight);
        products.sum::<f32>() + self.constant
    }
}

/// What the search reads of [`Weights`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Judge {
    pub(crate) score: Sum,
    pub(crate) believed: Sum,
    pub(crate) sure: f32,
}

impl Judge {
    pub(crate) fn new(weights: &Weights) -> Self {
        Self {
            score: Sum::new(&weights.signs),
            believed: Sum::new(&weights.believed),
            sure: weights.sure,
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
    fn every_weight_is_of_a_sign() {
        let text = include_str!("../../../corpus/lexicon/ranking.toml");
        let ranking: Ranking = toml::from_str(text).expect("valid weights");
        assert_eq!(ranking.schema, 1);
        for weights in [&ranking.lexical, &ranking.hybrid] {
            for name in weights.signs.keys().chain(weights.believed.keys()) {
                let known = Sign::ALL.iter().any(|sign| sign.name() == name);
                assert!(known || name == "constant", "`{name}` is no sign");
            }
        }
    }

    #[test]
    fn signs_are_in_their_places() {
        for (at, sign) in Sign::ALL.iter().enumerate() {
            assert_eq!(*sign as usize, at);
        }
    }
}
