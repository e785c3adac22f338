//! Learning from judged questions how much each sign counts.
//!
//! The order is a conditional logit (McFadden 1974): the chance of a candidate is the softmax of a
//! linear sum over its signs, and the weights make the right candidates likely. Whether anything is
//! meant at all, and whether it is clear what, are logistic regressions over what the candidates look
//! like together. All are convex, so that the same questions always give the same weights.

use std::{collections::BTreeSet, fmt::Write as _};

use crate::{
    Query,
    families::{FAMILIES, Membership},
    index::Index,
    judge::{ByName, Judge, Kinship, Likeness, Prospect, Ranking, Seen, TERMS, Weights, terms},
    rank::head,
    redone::redone,
    route::route,
    signs::{Sign, Signs},
    sought::Sought,
    turning::{self, Following, Turning},
};

/// How one sum is learned.
struct Way {
    /// Weights are drawn to zero this much for each question: what earns nothing stays out.
    pull: f64,
    steps: usize,
    pace: f64,
}

const ORDER: Way = Way { pull: 2e-4, steps: 1500, pace: 0.1 };
/// The decisions weigh some hundred terms brought to one scale, most of which say little: the pull keeps them from
/// learning the questions by heart.
const ODDS: Way = Way { pull: 0.01, steps: 1500, pace: 0.05 };
/// Of good questions, this share may be turned away; of chatter, this share may get through; ...
const MAY_TURN_AWAY: f64 = 0.03;
const MAY_LET_THROUGH: f64 = 0.06;
/// ... and of clear and unclear questions so many may be taken for the other: half of those that are learned from were
/// written to be near pairs, and are taken for each other twice as often as natural ones (docs/EVALUATION.md).
const MAY_ASK: f64 = 0.11;
const MAY_NOT_ASK: f64 = 0.31;
/// Of questions that mean another procedure than the one in hand so many may be taken for going on about it, and the
/// other way round.
const MAY_STAY: f64 = 0.2;
const MAY_TURN: f64 = 0.1;
/// What the questions are too few to teach, or must not unteach: at least, at most. Who names a form
/// means what uses it, a cue of a strong variant leaves no doubt, and what cannot be relied on or
/// holds elsewhere only comes after its equal.
const HELD: [(Sign, f64, f64); 5] = [
    (Sign::Named, 8.0, f64::INFINITY),
    (Sign::VariantMeant, 3.0, f64::INFINITY),
    (Sign::NameOnly, f64::NEG_INFINITY, -0.3),
    (Sign::OneProvince, f64::NEG_INFINITY, -0.3),
    (Sign::Suspect, f64::NEG_INFINITY, -1.5),
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
    candidates: Vec<Example>,
    alike: Likeness,
    words: usize,
    /// By family.
    kinship: Vec<Kinship>,
}

struct Example {
    signs: Signs,
    families: Vec<Membership>,
    is_right: bool,
}

/// What was learned, as the text of `corpus/lexicon/ranking.toml`, and how well it holds on questions
/// that were left out while learning.
#[derive(Debug, Clone, PartialEq)]
pub struct Learned {
    /// The file.
    pub file: String,
    /// How it does on left-out questions, lexically and with vectors.
    pub left_out: [LeftOut; 2],
    /// Of left-out questions that go on about the procedure in hand, and of those that mean another, the shares that
    /// are taken so.
    pub followed: [f64; 2],
}

/// Shares of questions that were left out while learning.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct LeftOut {
    /// Of clear ones: the right procedure is first, ...
    pub first: f64,
    /// ... is among the first five, ...
    pub among_five: f64,
    /// ... nothing is believed to be meant, ...
    pub turned_away: f64,
    /// ... or the person is asked without need.
    pub asked_needlessly: f64,
    /// Of unclear ones: the person is asked.
    pub asked: f64,
    /// Of foreign ones: nothing is believed to be meant.
    pub stopped: f64,
}

impl Index {
    /// The candidates of a question, with the right ones marked. Copies of a right one are right.
    pub fn lesson(&self, query: &Query<'_>, kind: Kind, right: &[String]) -> Lesson {
        let text = head(query.text);
        let question = self.analyse(text);
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
        let sought = Sought::new(&question);
        let near = self.near(query);
        let pool = self.pool(&question, query, &route(text), &near);
        let (signs, alike) = self.signs(&question, &sought, pool, &near);
        let example = |(at, signs): (usize, Signs)| {
            let families = self.families.get(at).cloned().unwrap_or_default();
            Example { signs, families, is_right: is_right(at) }
        };
        let words = question.bare_words();
        let elsewhere = query.elsewhere(&question);
        Lesson {
            kind,
            candidates: signs.into_iter().map(example).collect(),
            alike: Likeness {
                elsewhere,
                redone: redone(&question.tokens),
                ..alike.likeness(near.foreign)
            },
            kinship: (0..FAMILIES.len())
                .map(|family| self.kinship(family, &alike, &near, &words))
                .collect(),
            words: words.len(),
        }
    }
}

/// Learns from the same questions with and without their vectors, as if there were no signs of some
/// names; and from questions that `followed` others, with whether they mean another procedure.
///
/// # Errors
/// With a name that no sign has.
pub fn learn(
    mut lexical: Vec<Lesson>,
    mut hybrid: Vec<Lesson>,
    followed: &[(Following, bool)],
    without: &[String],
) -> Result<Learned, String> {
    for name in without {
        let sign = Sign::ALL.into_iter().find(|sign| sign.name() == name).ok_or(name)?;
        for lesson in lexical.iter_mut().chain(&mut hybrid) {
            lesson.candidates.iter_mut().for_each(|one| one.signs.set(sign, 0.0));
        }
    }
    let ranking = Ranking {
        schema: 4,
        lexical: weights(&all(&lexical)),
        hybrid: weights(&all(&hybrid)),
        followed: turning(followed),
    };
    let mut file = String::from(
        "# How much each sign of a candidate counts: the chance that it is meant is the softmax of the sum.\n\
         # Learned by `motcua eval fit` (docs/EVALUATION.md); not written by hand.\n\
         # `believed`: the odds that something of the corpus is meant; `sure`: that nobody need be asked what.\n",
    );
    // Plain tables of numbers always serialise, and writing to a string cannot fail.
    let _ = write!(file, "{}", toml::to_string(&ranking).unwrap_or_default());
    let left_out = [left_out(&lexical), left_out(&hybrid)];
    Ok(Learned { file, left_out, followed: left_out_turns(followed) })
}

fn all(lessons: &[Lesson]) -> Vec<&Lesson> {
    lessons.iter().collect()
}

const FOLDS: usize = 5;

fn left_out(lessons: &[Lesson]) -> LeftOut {
    let mut counts = [0.0; 3];
    let mut sums = LeftOut::default();
    for fold in 0..FOLDS {
        let parts = lessons.iter().enumerate();
        let (out, kept): (Vec<_>, Vec<_>) = parts.partition(|(at, _)| at % FOLDS == fold);
        let kept: Vec<&Lesson> = kept.into_iter().map(|(_, lesson)| lesson).collect();
        let judge = Judge::new(&weights(&kept));
        for (_, lesson) in out {
            counts[lesson.kind as usize] += 1.0;
            sums.add(lesson, &judge);
        }
    }
    let [clear, unclear, foreign] = counts.map(|count: f64| count.max(1.0));
    LeftOut {
        first: sums.first / clear,
        among_five: sums.among_five / clear,
        turned_away: sums.turned_away / clear,
        asked_needlessly: sums.asked_needlessly / clear,
        asked: sums.asked / unclear,
        stopped: sums.stopped / foreign,
    }
}

impl LeftOut {
    fn add(&mut self, lesson: &Lesson, judge: &Judge) {
        let ordered = lesson.ordered(judge);
        let prospect = lesson.prospect(&ordered);
        let is_believed = prospect.is_some_and(|whole| judge.believed.of(&whole) >= 0.0);
        let is_sure = prospect.is_some_and(|whole| judge.sure.of(&whole) >= 0.0);
        let count = |is: bool| f64::from(u8::from(is));
        match lesson.kind {
            Kind::Clear => {
                let rank = ordered.iter().position(|(_, example)| example.is_right);
                self.first += count(rank == Some(0));
                self.among_five += count(rank.is_some_and(|rank| rank < 5));
                self.turned_away += count(!is_believed);
                self.asked_needlessly += count(is_believed && !is_sure);
            }
            Kind::Unclear => self.asked += count(is_believed && !is_sure),
            Kind::Foreign => self.stopped += count(!is_believed),
        }
    }
}

impl Lesson {
    /// Candidates with their scores, best first.
    fn ordered(&self, judge: &Judge) -> Vec<(f32, &Example)> {
        let scored = self.candidates.iter().map(|one| (judge.score.of(&one.signs), one));
        let mut scored: Vec<_> = scored.collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        scored
    }

    fn prospect(&self, ordered: &[(f32, &Example)]) -> Option<Prospect> {
        let seen = ordered.iter().map(|(score, one)| Seen {
            signs: &one.signs,
            score: *score,
            families: &one.families,
        });
        let kinship = |family: usize| self.kinship.get(family).copied().unwrap_or_default();
        Prospect::of(&seen.collect::<Vec<_>>(), self.alike, self.words, kinship)
    }
}

fn weights(lessons: &[&Lesson]) -> Weights {
    let mut weights = Weights { signs: named(&order(lessons)), ..Weights::default() };
    let judge = Judge::new(&weights);
    let prospect = |lesson: &&Lesson| {
        let whole = lesson.prospect(&lesson.ordered(&judge))?;
        Some((lesson.kind, with_one(whole.terms())))
    };
    let prospects: Vec<(Kind, [f64; TERMS + 1])> = lessons.iter().filter_map(prospect).collect();
    let marked = |kind: Kind, against: Kind| {
        let of_both = prospects.iter().filter(|(found, _)| *found == kind || *found == against);
        of_both.map(|(found, inputs)| (*inputs, *found == kind)).collect::<Vec<_>>()
    };
    let all = prospects.iter().map(|(kind, inputs)| (*inputs, *kind != Kind::Foreign));
    let all: Vec<_> = all.collect();
    weights.believed = odds(&all, terms(), MAY_TURN_AWAY, MAY_LET_THROUGH);
    weights.sure = odds(&marked(Kind::Clear, Kind::Unclear), terms(), MAY_ASK, MAY_NOT_ASK);
    weights
}

fn named(values: &[f64; Sign::ALL.len()]) -> ByName {
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
        lesson.kind != Kind::Foreign && lesson.candidates.iter().any(|one| one.is_right)
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
    descend(&ORDER, slope_at, hold)
}

/// The slope of `-ln(sum of the chances of the right ones)`: expected minus right signs.
fn add_slope(lesson: &Lesson, weights: &[f64], slope: &mut [f64]) {
    let sum = |signs: &Signs| -> f64 {
        signs.values().iter().zip(weights).map(|(value, weight)| f64::from(*value) * weight).sum()
    };
    let sums: Vec<f64> = lesson.candidates.iter().map(|one| sum(&one.signs)).collect();
    let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let odds: Vec<f64> = sums.iter().map(|sum| (sum - most).exp()).collect();
    let all: f64 = odds.iter().sum();
    let marked = odds.iter().zip(&lesson.candidates);
    let right: f64 = marked.clone().filter(|(_, one)| one.is_right).map(|(odds, _)| odds).sum();
    for (odds, one) in marked {
        let pull = odds / all - if one.is_right { odds / right } else { 0.0 };
        for (slope, value) in slope.iter_mut().zip(one.signs.values()) {
            *slope += pull * f64::from(*value);
        }
    }
}

/// Goes down a convex slope; `slope_at` adds the slope at some weights and returns how many it summed,
/// `hold` puts weights back where they may be.
fn descend<const N: usize>(
    way: &Way,
    slope_at: impl Fn(&[f64], &mut [f64]) -> usize,
    hold: impl Fn(&mut [f64]),
) -> [f64; N] {
    let mut weights = [0.0; N];
    let (mut mean, mut spread) = ([0.0; N], [0.0; N]);
    for step in 1..=way.steps {
        let mut slope = [0.0; N];
        let count = slope_at(&weights, &mut slope).max(1) as f64;
        let step = i32::try_from(step).unwrap_or(i32::MAX);
        let late = way.pace / (1.0 + f64::from(step) / 300.0);
        for at in 0..N {
            let slope = slope[at] / count + way.pull * weights[at];
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

/// The weights by which a question means another procedure than the one in hand.
fn turning(followed: &[(Following, bool)]) -> ByName {
    const N: usize = turning::FEATURES.len() + 1;
    let inputs = |(following, turns): &(Following, bool)| (with_one::<N>(following.0), *turns);
    let examples: Vec<_> = followed.iter().map(inputs).collect();
    let names = turning::FEATURES.iter().map(|name| (*name).to_owned());
    odds(&examples, names, MAY_STAY, MAY_TURN)
}

/// Of those that go on and those that turn to another, left out while learning, the shares that are taken so.
fn left_out_turns(followed: &[(Following, bool)]) -> [f64; 2] {
    let mut counts = [[0.0; 2]; 2];
    for fold in 0..FOLDS {
        let parts = followed.iter().enumerate();
        let (out, kept): (Vec<_>, Vec<_>) = parts.partition(|(at, _)| at % FOLDS == fold);
        let kept: Vec<(Following, bool)> = kept.into_iter().map(|(_, one)| *one).collect();
        let judge = Turning::new(&turning(&kept));
        for (_, (following, turns)) in out {
            let [all, right] = &mut counts[usize::from(*turns)];
            *all += 1.0;
            *right += f64::from(u8::from((judge.of(following) >= 0.0) == *turns));
        }
    }
    counts.map(|[all, right]| right / f64::max(all, 1.0))
}

/// Numbers with a 1 behind them, for the constant.
fn with_one<const N: usize>(numbers: impl IntoIterator<Item = f32>) -> [f64; N] {
    let mut inputs = [1.0; N];
    for (input, number) in inputs.iter_mut().zip(numbers) {
        *input = f64::from(number);
    }
    inputs
}

/// Weights whose sum tells the marked from the others, with the constant that keeps within what may
/// be lost and may pass. The last input of each example is 1, the others have `names`.
fn odds<const N: usize>(
    examples: &[([f64; N], bool)],
    names: impl Iterator<Item = String>,
    may_lose: f64,
    may_pass: f64,
) -> ByName {
    let good = examples.iter().filter(|(_, is_good)| *is_good).count().max(1) as f64;
    let bad = (examples.len() as f64 - good).max(1.0);
    let (scales, inputs) = scaled(examples);
    let sum = |weights: &[f64], inputs: &[f64]| -> f64 {
        weights.iter().zip(inputs).map(|(weight, input)| weight * input).sum()
    };
    let slope_at = |weights: &[f64], slope: &mut [f64]| {
        for (inputs, (_, is_good)) in inputs.iter().zip(examples) {
            let chance = 1.0 / (1.0 + (-sum(weights, inputs)).exp());
            // Both kinds weigh the same in all, however many there are of each.
            let (target, share) = if *is_good { (1.0, 0.5 / good) } else { (0.0, 0.5 / bad) };
            for (slope, input) in slope.iter_mut().zip(inputs) {
                *slope += (chance - target) * input * share;
            }
        }
        1
    };
    let mut weights: [f64; N] = descend(&ODDS, slope_at, |_| ());
    let marked = inputs.iter().zip(examples);
    let marked: Vec<(f64, bool)> =
        marked.map(|(inputs, (_, is_good))| (sum(&weights, inputs), *is_good)).collect();
    weights[N - 1] -= threshold(&marked, may_lose, may_pass);
    // Back to inputs as they come.
    for (at, (mean, spread)) in scales.iter().enumerate() {
        weights[at] /= spread;
        weights[N - 1] -= weights[at] * mean;
    }
    names
        .chain(["constant".to_owned()])
        .zip(weights)
        .map(|(name, weight)| (name, rounded(weight)))
        .filter(|(_, weight)| weight.abs() > 0.0)
        .collect()
}

/// Every example's inputs but the last with mean 0 and spread 1, and what their means and spreads were.
fn scaled<const N: usize>(examples: &[([f64; N], bool)]) -> (Vec<(f64, f64)>, Vec<[f64; N]>) {
    let mut inputs: Vec<[f64; N]> = examples.iter().map(|(inputs, _)| *inputs).collect();
    let count = examples.len().max(1) as f64;
    let scale = |at: usize| {
        let mean = inputs.iter().map(|one| one[at]).sum::<f64>() / count;
        let spread = inputs.iter().map(|one| (one[at] - mean).powi(2)).sum::<f64>() / count;
        // What is always the same says nothing, whatever its scale.
        (mean, if spread > 1e-12 { spread.sqrt() } else { 1.0 })
    };
    let scales: Vec<(f64, f64)> = (0..N - 1).map(scale).collect();
    for one in &mut inputs {
        for (input, (mean, spread)) in one.iter_mut().zip(&scales) {
            *input = (*input - mean) / spread;
        }
    }
    (scales, inputs)
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

    fn example(sign: Sign, value: f32, is_right: bool) -> Example {
        let mut signs = Signs::default();
        signs.set(sign, value);
        Example { signs, families: Vec::new(), is_right }
    }

    #[test]
    fn what_tells_right_from_wrong_gets_weight() {
        let lessons: Vec<Lesson> = (0..40)
            .map(|at| Lesson {
                kind: if at % 4 == 0 { Kind::Foreign } else { Kind::Clear },
                candidates: vec![
                    example(Sign::Saying, if at % 4 == 0 { 0.1 } else { 0.9 }, at % 4 != 0),
                    example(Sign::Lexical, 0.9, false),
                ],
                alike: Likeness::default(),
                words: 5,
                kinship: Vec::new(),
            })
            .collect();
        let learned = weights(&all(&lessons));
        assert!(learned.signs["saying"] > 1.0, "{learned:?}");
        assert!(learned.signs["lexical"] < 0.0);
        let left_out = left_out(&lessons);
        assert!(left_out.first > 0.999 && left_out.stopped > 0.999, "{left_out:?}");
        assert!(left_out.turned_away < 0.001, "{left_out:?}");
    }

    #[test]
    fn a_threshold_parts_two_heaps() {
        let values = [(0.1, false), (0.2, false), (0.7, true), (0.9, true)];
        let found = threshold(&values, 0.1, 0.1);
        assert!(found > 0.2 && found < 0.7, "{found}");
    }
}
