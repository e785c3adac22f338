//! What is seen of a question beside the procedure in hand, and how much each part of it counts.

use std::collections::BTreeMap;

/// What tells it, by the names that the weights have.
pub(crate) const FEATURES: [&str; 12] = [
    "sounds",
    "believed",
    "decided",
    "asked_back",
    "another",
    "same",
    "sibling",
    "content",
    "explained",
    "covered",
    "saying",
    "score",
];

/// A question beside the procedure in hand and what it would find by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Following(pub(crate) [f32; FEATURES.len()]);

/// The logarithm of the odds that another procedure is meant, ready to be summed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Turning {
    weights: [f32; FEATURES.len()],
    constant: f32,
}

impl Turning {
    pub(crate) fn new(weights: &BTreeMap<String, f32>) -> Self {
        let weight = |name: &str| weights.get(name).copied().unwrap_or(0.0);
        Self { weights: FEATURES.map(weight), constant: weight("constant") }
    }

    pub(crate) fn of(&self, following: &Following) -> f32 {
        let parts = following.0.iter().zip(&self.weights).map(|(feature, weight)| feature * weight);
        parts.sum::<f32>() + self.constant
    }
}
