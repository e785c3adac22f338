//! Learning from judged questions how much each sign counts.
//!
//! The order is a conditional logit (McFadden 1974): the chance of a candidate is the softmax of a
//! linear sum over its signs, and the weights make the right candidates likely. Whether anything is
//! meant at all is a logistic regression over the best candidate's signs. Both are convex, so that
//! the same questions always give the same weights.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use crate::{
    Query,
    analyse::analyse,
    index::Index,
    rank::{chances, head},
    route::route,
    signs::{Judge, Ranking, Sign, Signs, Weights},
};

/// Weights are drawn to zero this much for each question: signs that earn nothing stay out.
const PULL: f64 = 0.002;
const STEPS: usize = 1500;
const PACE: f64 = 0.05;
/// Of good questions, this share may be turned away; of chatter, this share may get through; ...
const MAY_TURN_AWAY: f64 = 0.03;
const MAY_LET_THROUGH: f64 = 0.05;
/// ... and of clear and unclear questions so many may be taken for the other.
const MAY_ASK: f64 = 0.08;
const MAY_NOT_ASK: f64 = 0.20;
/// What the questions are too few to teach, or must not unteach: at least, at most. Who names a form
/// means what uses it, a cue of a strong variant leaves no doubt, and what cannot be relied on or
/// holds elsewhere only comes after its equal.
const HELD: [(Sign, f64, f64); 5] = [
    (Sign::Named, 3.0, f64::INFINITY),
    (Sign::VariantMeant, 3.0, f64::INFINITY),
    (Sign::NameOnly, f64::NEG_INFINITY, -0.3),
    (Sign::OneProvince, f64::NEG_INFINITY, -0.3),
    (Sign::Suspect, f64::NEG_INFINITY, -1.5),
];
/// Signs of a candidate that tell whether a question is about procedures at all.
const TELLING: [Sign; 7] = [
    Sign::Explained,
    Sign::Covered,
    Sign::Phrases,
    Sign::Saying,
    Sign::NameNear,
    Sign::SayingNear,
    Sign::HasSayings,
];

/// What is right for a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One procedure is meant.
    Clear,
    /// Several may be, and only the person can tell.
    Unclear,
    /// None is.
    Foreign,
}

/// A judged question and its candidates.
pub struct Lesson {
    kind: Kind,
    candidates: Vec<(Signs, bool)>,
}

/// What was learned, as the text of `corpus/lexicon/ranking.toml`, and how well it holds on questions
/// that were left out while learning.
#[derive(Debug, Clone, PartialEq)]
pub struct Learned {
    /// The file.
    pub file: String,
    /// Share of left-out questions whose procedure is first and among the first five, lexically and
    /// with vectors.
    pub left_out: [[f64; 2]; 2],
}

impl Index {
    /// The candidates of a question, with the right ones marked. Copies of a right one are right.
    pub fn lesson(&self, query: &Query<'_>, kind: Kind, right: &[String]) -> Lesson {
        let text = head(query.text);
        let question = analyse(text, &self.vocabulary);
        let right: BTreeSet<(&str, &str)> = self
            .entries
            .iter()
            .filter(|entry| right.iter().any(|code| code == entry.code.as_str()))
            .map(|entry| (entry.folded_name.as_str(), entry.field.as_str()))
            .collect();
        let is_right = |at: usize| {
            let entry = self.entries.get(at);
            entry.is_some_and(|e| right.contains(&(e.folded_name.as_str(), e.field.as_str())))
        };
        let signs = self.signs(&question, query, &route(text));
        Lesson { kind, candidates: signs.into_iter().map(|(at, s)| (s, is_right(at))).collect() }
    }
}

/// Learns from the same questions with and without their vectors.
pub fn learn(lexical: &[Lesson], hybrid: &[Lesson]) -> Learned {
    let ranking =
        Ranking { schema: 1, lexical: weights(&all(lexical)), hybrid: weights(&all(hybrid)) };
    let mut file = String::from(
        "# How much each sign of a candidate counts: the chance that it is meant is the softmax of the sum.\n\
         # Learned by `motcua eval fit` (docs/EVALUATION.md); not written by hand.\n\
         # `believed`: what tells a question of this corpus from chatter. `sure`: below it the person is asked.\n",
    );
    // Plain tables of numbers always serialise, and writing to a string cannot fail.
    let _ = write!(file, "{}", toml::to_string(&ranking).unwrap_or_default());
    Learned { file, left_out: [left_out(lexical), left_out(hybrid)] }
}

fn all(lessons: &[Lesson]) -> Vec<&Lesson> {
    lessons.iter().collect()
}

const FOLDS: usize = 5;

fn left_out(lessons: &[Lesson]) -> [f64; 2] {
    let (mut count, mut hits) = (0.0, [0.0; 2]);
    for fold in 0..FOLDS {
        let parts = lessons.iter().enumerate();
        let (out, kept): (Vec<_>, Vec<_>) = parts.partition(|(at, _)| at % FOLDS == fold);
        let kept: Vec<&Lesson> = kept.into_iter().map(|(_, lesson)| lesson).collect();
        let judge = Judge::new(&weights(&kept));
        for (_, lesson) in out.into_iter().filter(|(_, lesson)| lesson.kind == Kind::Clear) {
            let scores =
                lesson.candidates.iter().map(|(signs, right)| (judge.score.of(signs), right));
            let best = scores.clone().filter(|(_, right)| **right).map(|(s, _)| s).reduce(f32::max);
            let above = best.map(|best| scores.filter(|(score, _)| *score > best).count());
            count += 1.0;
            for (hits, within) in hits.iter_mut().zip([1, 5]) {
                *hits += f64::from(u8::from(above.is_some_and(|above| above < within)));
            }
        }
    }
    hits.map(|hits| hits / f64::max(count, 1.0))
}

fn weights(lessons: &[&Lesson]) -> Weights {
    let signs = named(&order(lessons));
    let mut weights = Weights { signs, ..Weights::default() };
    let judge = Judge::new(&weights);
    let best: Vec<(Kind, Signs, f32)> =
        lessons.iter().filter_map(|lesson| best_of(lesson, &judge)).collect();
    weights.believed = belief(&best);
    weights.sure = surety(&best);
    weights
}

fn named(values: &[f64; Sign::ALL.len()]) -> BTreeMap<String, f32> {
    let named = Sign::ALL.iter().zip(values);
    named.map(|(sign, value)| (sign.name().to_owned(), rounded(*value))).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "weights are small")]
fn rounded(value: f64) -> f32 {
    ((value * 1000.0).round() / 1000.0) as f32
}

/// Weights under which the right candidates are likely, found by Adam (Kingma and Ba 2015) over all
/// questions at once.
fn order(lessons: &[&Lesson]) -> [f64; Sign::ALL.len()] {
    let usable = |lesson: &&&Lesson| {
        lesson.kind != Kind::Foreign && lesson.candidates.iter().any(|(_, right)| *right)
    };
    let lessons: Vec<&&Lesson> = lessons.iter().filter(usable).collect();
    let hold = |weights: &mut [f64]| {
        for (sign, least, most) in HELD {
            weights[sign as usize] = weights[sign as usize].clamp(least, most);
        }
    };
    let slope_at = |weights: &[f64], slope: &mut [f64]| {
        for lesson in &lessons {
            add_slope(lesson, weights, slope);
        }
        lessons.len()
    };
    descend(slope_at, hold)
}

/// The slope of `-ln(sum of the chances of the right ones)`: expected minus right signs.
fn add_slope(lesson: &Lesson, weights: &[f64], slope: &mut [f64]) {
    let sum = |signs: &Signs| -> f64 {
        signs.values().iter().zip(weights).map(|(value, weight)| f64::from(*value) * weight).sum()
    };
    let sums: Vec<f64> = lesson.candidates.iter().map(|(signs, _)| sum(signs)).collect();
    let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let odds: Vec<f64> = sums.iter().map(|sum| (sum - most).exp()).collect();
    let all: f64 = odds.iter().sum();
    let marked = odds.iter().zip(&lesson.candidates);
    let right: f64 = marked.clone().filter(|(_, (_, right))| *right).map(|(odds, _)| odds).sum();
    for (odds, (signs, is_right)) in marked {
        let pull = odds / all - if *is_right { odds / right } else { 0.0 };
        for (slope, value) in slope.iter_mut().zip(signs.values()) {
            *slope += pull * f64::from(*value);
        }
    }
}

/// Goes down a convex slope; `slope_at` adds the slope at some weights and returns how many it summed,
/// `hold` puts weights back where they may be.
fn descend<const N: usize>(
    slope_at: impl Fn(&[f64], &mut [f64]) -> usize,
    hold: impl Fn(&mut [f64]),
) -> [f64; N] {
    let mut weights = [0.0; N];
    let (mut mean, mut spread) = ([0.0; N], [0.0; N]);
    for step in 1..=STEPS {
        let mut slope = [0.0; N];
        let count = slope_at(&weights, &mut slope).max(1) as f64;
        let step = i32::try_from(step).unwrap_or(i32::MAX);
        let late = PACE / (1.0 + f64::from(step) / 300.0);
        for at in 0..N {
            let slope = slope[at] / count + PULL * weights[at];
            mean[at] = 0.9 * mean[at] + 0.1 * slope;
            spread[at] = 0.999 * spread[at] + 0.001 * slope * slope;
            let (mean, spread) =
                (mean[at] / (1.0 - 0.9f64.powi(step)), spread[at] / (1.0 - 0.999f64.powi(step)));
            weights[at] -= late * mean / (spread.sqrt() + 1e-8);
        }
        hold(&mut weights);
    }
    weights
}

/// The best candidate of a question with its chance.
fn best_of(lesson: &Lesson, judge: &Judge) -> Option<(Kind, Signs, f32)> {
    let mut scores: Vec<(f32, &Signs)> =
        lesson.candidates.iter().map(|(signs, _)| (judge.score.of(signs), signs)).collect();
    scores.sort_by(|a, b| b.0.total_cmp(&a.0));
    let sums: Vec<f32> = scores.iter().map(|(score, _)| *score).collect();
    Some((lesson.kind, *scores.first()?.1, *chances(&sums).first()?))
}

fn belief(best: &[(Kind, Signs, f32)]) -> BTreeMap<String, f32> {
    let foreign = best.iter().filter(|(kind, ..)| *kind == Kind::Foreign).count().max(1) as f64;
    let good = (best.len() as f64 - foreign).max(1.0);
    let inputs = |signs: &Signs| {
        let mut inputs = [1.0; TELLING.len() + 1];
        for (input, sign) in inputs.iter_mut().zip(TELLING) {
            *input = f64::from(signs.get(sign));
        }
        inputs
    };
    let sum = |weights: &[f64], inputs: &[f64]| -> f64 {
        weights.iter().zip(inputs).map(|(weight, input)| weight * input).sum()
    };
    let slope_at = |weights: &[f64], slope: &mut [f64]| {
        for (kind, signs, _) in best {
            let inputs = inputs(signs);
            let chance = 1.0 / (1.0 + (-sum(weights, &inputs)).exp());
            // Both kinds weigh the same in all, however many there are of each.
            let (is_good, share) =
                if *kind == Kind::Foreign { (0.0, 0.5 / foreign) } else { (1.0, 0.5 / good) };
            for (slope, input) in slope.iter_mut().zip(inputs) {
                *slope += (chance - is_good) * input * share;
            }
        }
        1
    };
    let mut weights: [f64; TELLING.len() + 1] = descend(slope_at, |_| ());
    let marked: Vec<(f64, bool)> = best
        .iter()
        .map(|(kind, signs, _)| (sum(&weights, &inputs(signs)), *kind != Kind::Foreign))
        .collect();
    weights[TELLING.len()] -= threshold(&marked, MAY_TURN_AWAY, MAY_LET_THROUGH);
    let names = TELLING.iter().map(|sign| sign.name()).chain(["constant"]);
    names.zip(weights).map(|(name, weight)| (name.to_owned(), rounded(weight))).collect()
}

fn surety(best: &[(Kind, Signs, f32)]) -> f32 {
    let marked: Vec<(f64, bool)> = best
        .iter()
        .filter(|(kind, ..)| *kind != Kind::Foreign)
        .map(|(kind, _, chance)| (f64::from(*chance), *kind == Kind::Clear))
        .collect();
    rounded(threshold(&marked, MAY_ASK, MAY_NOT_ASK))
}

/// The value that parts the marked from the others, so that the larger of both shares of errors, as
/// parts of what each may be, is least.
fn threshold(values: &[(f64, bool)], may_lose: f64, may_pass: f64) -> f64 {
    let count = |wanted: bool| values.iter().filter(|(_, is)| *is == wanted).count().max(1) as f64;
    let (good, bad) = (count(true), count(false));
    let mut sorted: Vec<(f64, bool)> = values.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut lost, mut passed) = (0.0, bad);
    let mut best = (f64::INFINITY, 0.0);
    let mut before = sorted.first().map_or(0.0, |(value, _)| *value);
    for (value, is_good) in sorted {
        let worst = f64::max(lost / good / may_lose, passed / bad / may_pass);
        if worst < best.0 {
            best = (worst, f64::midpoint(before, value));
        }
        if is_good {
            lost += 1.0;
        } else {
            passed -= 1.0;
        }
        before = value;
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(sign: Sign, value: f32) -> Signs {
        let mut signs = Signs::default();
        signs.set(sign, value);
        signs
    }

    #[test]
    fn what_tells_right_from_wrong_gets_weight() {
        let lessons: Vec<Lesson> = (0..40)
            .map(|at| Lesson {
                kind: if at % 4 == 0 { Kind::Foreign } else { Kind::Clear },
                candidates: vec![
                    (signs(Sign::Saying, if at % 4 == 0 { 0.1 } else { 0.9 }), at % 4 != 0),
                    (signs(Sign::Lexical, 0.9), false),
                ],
            })
            .collect();
        let learned = weights(&all(&lessons));
        assert!(learned.signs["saying"] > 1.0, "{learned:?}");
        assert!(learned.signs["lexical"] < 0.0);
        let judge = Judge::new(&learned);
        assert!(judge.believed.of(&signs(Sign::Saying, 0.9)) > 0.0);
        assert!(judge.believed.of(&signs(Sign::Saying, 0.1)) < 0.0);
        assert!(left_out(&lessons).iter().all(|share| *share > 0.999));
    }

    #[test]
    fn a_threshold_parts_two_heaps() {
        let values = [(0.1, false), (0.2, false), (0.7, true), (0.9, true)];
        let found = threshold(&values, 0.1, 0.1);
        assert!(found > 0.2 && found < 0.7, "{found}");
    }
}
