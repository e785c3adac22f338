//! How well questions find their procedure.

use std::collections::BTreeMap;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

/// A question of an evaluation set.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
#[derive(Default)]
#[expect(missing_docs, reason = "the fields are those of the evaluation set")]
pub struct GoldQuestion {
    pub id: String,
    pub question: String,
    pub behaviour: String,
    pub gold_code: Vec<String>,
    pub style: Vec<String>,
    pub follow_up: Option<String>,
    pub follow_up_gold_code: Vec<String>,
}

/// How one question ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Codes, best first.
    pub ranked: Vec<String>,
    /// The outcome's word of the interfaces.
    pub outcome: String,
    /// Codes between which the person was asked to choose; none where nobody was asked.
    pub options: Vec<String>,
}

/// Sums over a set; rates are taken by the methods.
#[derive(Debug, Clone, Default)]
pub struct RetrievalScore {
    /// All questions.
    pub questions: usize,
    /// Questions that have a gold procedure.
    pub with_gold: usize,
    hits: [usize; 3],
    reciprocal: f64,
    /// Questions whose right outcome is known.
    pub with_outcome: usize,
    outcome_hits: usize,
    /// `behaviour -> outcome` with their counts, over all questions.
    pub outcomes: BTreeMap<(String, String), usize>,
    /// Of questions that were answered with a question back.
    pub asked_back: AskedBack,
}

/// How well choices were offered where the person was asked back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AskedBack {
    /// Unclear questions, ...
    pub unclear: usize,
    /// ... and those that had at least two of the procedures to choose from that may be meant.
    pub unclear_offered: usize,
    /// Clear questions, ...
    pub clear: usize,
    /// ... and those that had a right one to choose.
    pub clear_offered: usize,
}

impl AskedBack {
    fn add(&mut self, gold: &GoldQuestion, options: &[String]) {
        let held = gold.gold_code.iter().filter(|code| options.contains(code)).count();
        match expected_outcome(&gold.behaviour) {
            Some(["clarify"]) => {
                self.unclear += 1;
                self.unclear_offered += usize::from(held > 1);
            }
            Some(["answered"]) => {
                self.clear += 1;
                self.clear_offered += usize::from(held > 0);
            }
            _ => {}
        }
    }

    fn merge(&mut self, other: Self) {
        self.unclear += other.unclear;
        self.unclear_offered += other.unclear_offered;
        self.clear += other.clear;
        self.clear_offered += other.clear_offered;
    }
}

/// The outcome a behaviour of the sets calls for; none where any is right.
pub fn expected_outcome(behaviour: &str) -> Option<&'static [&'static str]> {
    match behaviour {
        "answer" | "variant" | "official" | "follow_up" => Some(&["answered"]),
        "clarify" => Some(&["clarify"]),
        "oos" => Some(&["not_covered", "refused"]),
        "refuse" => Some(&["refused", "not_covered"]),
        _ => None,
    }
}

impl RetrievalScore {
    /// Counts one question.
    pub fn add(&mut self, gold: &GoldQuestion, answered: &Answered) {
        self.questions += 1;
        if !gold.gold_code.is_empty() {
            self.with_gold += 1;
            let rank = answered.ranked.iter().position(|code| gold.gold_code.contains(code));
            if let Some(rank) = rank {
                for (hits, within) in self.hits.iter_mut().zip([1, 5, 10]) {
                    *hits += usize::from(rank < within);
                }
                self.reciprocal += 1.0 / (rank + 1) as f64;
            }
        }
        if answered.outcome == "clarify" {
            self.asked_back.add(gold, &answered.options);
        }
        let ended = (gold.behaviour.clone(), answered.outcome.clone());
        *self.outcomes.entry(ended).or_default() += 1;
        if let Some(expected) = expected_outcome(&gold.behaviour) {
            self.with_outcome += 1;
            self.outcome_hits += usize::from(expected.contains(&answered.outcome.as_str()));
        }
    }

    /// Adds another set's sums.
    pub fn merge(&mut self, other: &Self) {
        self.questions += other.questions;
        self.with_gold += other.with_gold;
        self.with_outcome += other.with_outcome;
        self.outcome_hits += other.outcome_hits;
        self.reciprocal += other.reciprocal;
        self.asked_back.merge(other.asked_back);
        for (mine, theirs) in self.hits.iter_mut().zip(other.hits) {
            *mine += theirs;
        }
        for (ended, count) in &other.outcomes {
            *self.outcomes.entry(ended.clone()).or_default() += count;
        }
    }

    /// Share of questions whose procedure is within the first 1, 5 and 10.
    pub fn recall(&self) -> [f64; 3] {
        self.hits.map(|hits| rate(hits, self.with_gold))
    }

    /// Mean reciprocal rank.
    pub fn mrr(&self) -> f64 {
        if self.with_gold == 0 { 0.0 } else { self.reciprocal / self.with_gold as f64 }
    }

    /// Share of questions with the right outcome.
    pub fn outcome_accuracy(&self) -> f64 {
        rate(self.outcome_hits, self.with_outcome)
    }
}

fn rate(part: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { part as f64 / all as f64 }
}

/// Ways of typing Vietnamese.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// As it stands.
    AsIs,
    /// Without marks.
    Unmarked,
    /// Every second word without its marks.
    Half,
    /// The keys of Telex, as they stand where no input method turns them into marks.
    Telex,
}

/// A question as it would be typed in another way.
/// ```
/// use motcua_retrieval::evaluation::{Typing, retyped};
/// assert_eq!(retyped("Đăng ký kết hôn", Typing::Telex), "ddawng kys keets hoon");
/// assert_eq!(retyped("Đăng ký kết hôn", Typing::Half), "Đăng ky kết hon");
/// ```
pub fn retyped(text: &str, typing: Typing) -> String {
    let words = text.split_whitespace().enumerate().map(|(at, word)| match typing {
        Typing::Unmarked => motcua_text::fold(word),
        Typing::Half if at % 2 == 1 => motcua_text::fold(word),
        Typing::AsIs | Typing::Half => word.to_owned(),
        Typing::Telex => telex(word),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn telex(word: &str) -> String {
    let (mut keys, mut tone) = (String::new(), None);
    for c in word.to_lowercase().nfd() {
        match c {
            'đ' => keys.push_str("dd"),
            '\u{302}' => keys.extend(keys.chars().next_back()),
            '\u{306}' | '\u{31b}' => keys.push('w'),
            '\u{301}' => tone = Some('s'),
            '\u{300}' => tone = Some('f'),
            '\u{309}' => tone = Some('r'),
            '\u{303}' => tone = Some('x'),
            '\u{323}' => tone = Some('j'),
            other => keys.push(other),
        }
    }
    // The tone is typed at the end of the syllable, before what is no letter.
    let end = keys.trim_end_matches(|c: char| !c.is_alphabetic()).len();
    if let Some(tone) = tone {
        keys.insert(end, tone);
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_ranks_and_outcomes() {
        let mut score = RetrievalScore::default();
        let gold = GoldQuestion {
            behaviour: "answer".into(),
            gold_code: vec!["b".into()],
            ..GoldQuestion::default()
        };
        let ranked = vec!["a".into(), "b".into()];
        let options = vec!["b".into(), "c".into()];
        score.add(&gold, &Answered { ranked, outcome: "clarify".into(), options });
        let within = score.recall().map(|share| share > 0.99);
        assert_eq!(within, [false, true, true]);
        assert!((score.mrr() - 0.5).abs() < 1e-9);
        assert!(score.outcome_accuracy().abs() < 1e-9);
        assert_eq!(score.outcomes[&("answer".into(), "clarify".into())], 1);
        let clear = AskedBack { clear: 1, clear_offered: 1, ..AskedBack::default() };
        assert_eq!(score.asked_back, clear);
        let unclear = GoldQuestion { behaviour: "clarify".into(), ..gold };
        let options = vec!["b".into(), "c".into()];
        let answered = Answered { ranked: Vec::new(), outcome: "clarify".into(), options };
        let mut both = score.clone();
        both.add(&unclear, &answered);
        assert_eq!(both.asked_back, AskedBack { unclear: 1, ..clear }, "one choice is none");
        let mut twice = score.clone();
        twice.merge(&score);
        assert_eq!((twice.with_gold, twice.recall()), (2, score.recall()));
    }
}
