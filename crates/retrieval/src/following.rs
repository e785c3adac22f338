//! Whether a question that comes while a procedure is in hand goes on about it, or means another.
//!
//! "Thế mất bao nhiêu tiền?" goes on, "xong rồi xóa hộ khẩu cho cụ thì ra đâu?" does not. How it sounds tells most
//! (Naive Bayes as in [`crate::manner`], over what people say second); what the question would find by itself tells
//! the rest.

use std::sync::LazyLock;

use motcua_domain::ProcedureCode;
use motcua_text::{fold, syllables};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::{
    Query,
    index::Index,
    judge::JUDGES,
    rank::{Decision, Found, head},
    signs::{Sign, Signs},
    sought::Sought,
    turning::Following,
    vectors::Nearness,
};

/// What people say second: `corpus/lexicon/follow_ups.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FollowUpFile {
    goes_on: Vec<String>,
    turns: Vec<String>,
}

/// How much each word, and each two neighbours, speaks for another procedure: logarithms of the odds.
struct Turns(FxHashMap<String, f32>);

/// Grams of one saying only say nothing of others.
const FEWEST: f32 = 2.0;
/// What is added to every count, so that what was never heard is not impossible.
const SMOOTHING: f32 = 0.5;

static TURNS: LazyLock<Turns> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "a file of this repository, read by every test")]
    let file: FollowUpFile =
        toml::from_str(include_str!("../../../corpus/lexicon/follow_ups.toml")).expect("valid");
    Turns::of([&file.goes_on, &file.turns])
});

impl Turns {
    fn of(said: [&[String]; 2]) -> Self {
        let mut counts: FxHashMap<String, [f32; 2]> = FxHashMap::default();
        for (class, sayings) in said.iter().enumerate() {
            for gram in sayings.iter().flat_map(|saying| grams(saying)) {
                counts.entry(gram).or_default()[class] += 1.0;
            }
        }
        counts.retain(|_, [on, turned]| *on + *turned >= FEWEST);
        let share = |count: f32, class: usize| {
            (count + SMOOTHING) / (said[class].len() as f32 + 2.0 * SMOOTHING)
        };
        let odds = |[on, turned]: [f32; 2]| (share(turned, 1) / share(on, 0)).ln();
        Self(counts.into_iter().map(|(gram, counts)| (gram, odds(counts))).collect())
    }

    /// How much more a text sounds like turning to something else than like going on, by the root of its length.
    fn hear(&self, text: &str) -> f32 {
        let length = syllables(text).count().max(1) as f32;
        let heard = grams(text).into_iter().filter_map(|gram| self.0.get(&gram));
        heard.sum::<f32>() / length.sqrt()
    }
}

/// Whether a text sounds as what people say second, of something they have spoken of before: "lệ phí bao nhiêu".
pub fn sounds_second(text: &str) -> bool {
    TURNS.hear(text) < 0.0
}

/// Each word without its marks, each two neighbours, and the first word as such.
fn grams(text: &str) -> FxHashSet<String> {
    let folded = fold(text);
    let words: Vec<&str> = syllables(&folded).collect();
    let pairs = words.windows(2).map(|pair| pair.join(" "));
    let first = words.first().map(|first| format!("^ {first}"));
    words.iter().map(|word| (*word).to_owned()).chain(pairs).chain(first).collect()
}

impl Following {
    /// Whether another procedure is meant: the logarithm of the odds.
    pub fn turns_away(&self) -> f32 {
        JUDGES.followed.of(self)
    }
}

impl Index {
    /// Holds a question against the procedure in hand and against what it `found` by itself; `sibling` is how much better
    /// [`Self::better_sibling`] fits, 0 where there is none. None if the procedure in hand is not of the index.
    pub fn following(
        &self,
        query: &Query<'_>,
        in_hand: &ProcedureCode,
        found: &Found,
        sibling: f32,
    ) -> Option<Following> {
        let own = *self.by_code.get(in_hand)?;
        let question = self.analyse(head(query.text));
        let sought = Sought::new(&question);
        let first = found.candidates.first();
        let best = first.and_then(|first| self.by_code.get(&first.code)).copied().unwrap_or(own);
        let lexical = self.parts.lexical(&question);
        let most = lexical[own].max(lexical[best]).max(1e-6);
        let pool = [own, best].map(|at| (at, lexical[at] / most, false)).to_vec();
        let (signs, _) = self.signs(&question, &sought, pool, &Nearness::NONE);
        let of = |at: usize| signs.iter().find(|(found, _)| *found == at).map(|(_, signs)| *signs);
        let (own_signs, best_signs): (Signs, Signs) = (of(own)?, of(best)?);
        let more = |sign: Sign| best_signs.get(sign) - own_signs.get(sign);
        let judge = &JUDGES.lexical.score;
        let chance = |at: usize| {
            let mut all = found.candidates.iter();
            all.find(|one| self.by_code.get(&one.code) == Some(&at)).map_or(0.0, |one| one.score)
        };
        let is = |is: bool| f32::from(u8::from(is));
        Some(Following([
            TURNS.hear(query.text),
            found.confidence,
            is(matches!(found.decision, Decision::One(_))),
            is(matches!(found.decision, Decision::Clarify(_))),
            if best == own { 0.0 } else { chance(best) },
            chance(own),
            sibling.clamp(-4.0, 4.0) / 4.0,
            (question.units.len() as f32 / 4.0).min(2.0),
            more(Sign::Explained),
            more(Sign::Covered),
            more(Sign::Saying),
            (judge.of(&best_signs) - judge.of(&own_signs)).clamp(-10.0, 10.0) / 10.0,
        ]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_on_sounds_otherwise_than_turning() {
        let (on, turned) = ("Có phải mang bản gốc không?", "xong roi dang ky xe thi ra dau");
        assert!(TURNS.hear(on) < 0.0 && TURNS.hear(turned) > 0.0);
        assert!(TURNS.hear("").abs() < f32::EPSILON && TURNS.hear("qwertz").abs() < f32::EPSILON);
    }
}
