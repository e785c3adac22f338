//! How well and how quickly questions find their procedure, and learning from them.

use std::{
    collections::BTreeMap,
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result, anyhow, bail};
use motcua_domain::{Audience, ProcedureCode};
use motcua_generate::Engine;
use motcua_kiosk::{Ask, Asked, Kiosk};
use motcua_retrieval::{
    Following,
    evaluation::{Answered, AskedBack, GoldQuestion, RetrievalScore, expected_outcome, retyped},
    learn::{Kind, LeftOut, learn},
};
use serde_json::{Map, Value, json};

use super::{read, round};
use crate::{arguments::Typed, commands, settings::Resolved};

/// The sets assume a kiosk in a commune of this province.
const PROVINCE: &str = "Phú Thọ";

fn kiosk(mut resolved: Resolved) -> Result<Kiosk> {
    resolved.kiosk.province.get_or_insert_with(|| PROVINCE.to_owned());
    commands::open_with_vectors(resolved, Engine::absent())
}

fn questions(file: &Path) -> Result<Vec<GoldQuestion>> {
    let text = read(file)?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let parsed: Result<_, _> = lines.map(serde_json::from_str).collect();
    parsed.with_context(|| format!("`{}` không phải bộ câu hỏi", file.display()))
}

/// Asks every question of the files, typed in one way, and adds up what comes of it; on demand with
/// each that did not end as it should.
pub(super) fn measure(
    resolved: Resolved,
    files: &[PathBuf],
    typed: Typed,
    with_wrong: bool,
) -> Result<Value> {
    let kiosk = kiosk(resolved)?;
    let mut total = Set::default();
    let mut sets = Map::new();
    let mut wrong = Vec::new();
    for file in files {
        let mut set = Set::default();
        for mut gold in questions(file)? {
            gold.question = retyped(&gold.question, typed.into());
            let asked = ask(&kiosk, &gold.question, None)
                .with_context(|| format!("câu hỏi {}", gold.id))?;
            let followed = follow(&kiosk, &gold, &asked)?;
            wrong.extend(mistake(&gold, &asked).filter(|_| with_wrong));
            for sums in [&mut set, &mut total] {
                sums.add(&gold, &asked);
                sums.follow_ups.extend(followed);
            }
        }
        let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        sets.insert(name.unwrap_or_default(), set.figures());
    }
    let mut figures = json!({ "sets": sets, "total": total.figures() });
    if with_wrong {
        figures["wrong"] = Value::Array(wrong);
    }
    Ok(figures)
}

/// What a question came to, if that was not right.
fn mistake(gold: &GoldQuestion, asked: &Asked) -> Option<Value> {
    let outcome = motcua_http::views::word(&asked.outcome);
    let is_right = |code: &str| gold.gold_code.iter().any(|right| right == code);
    let rank = asked.candidates.iter().position(|one| is_right(one.code.as_str()));
    let expected = expected_outcome(&gold.behaviour)?;
    let ended_well = expected.contains(&outcome.as_str());
    let found = gold.gold_code.is_empty() || rank == Some(0);
    let first = asked.candidates.first();
    (!ended_well || !found).then(|| {
        json!({
            "id": gold.id,
            "question": gold.question,
            "behaviour": gold.behaviour,
            "outcome": outcome,
            "right": gold.gold_code,
            "rank": rank.map(|rank| rank + 1),
            "first": first.map(|one| format!("{} {}", one.code, one.name)),
            "first_chance": first.map(|one| round(f64::from(one.score))),
        })
    })
}

fn ask(kiosk: &Kiosk, question: &str, procedure: Option<ProcedureCode>) -> Result<Asked> {
    let ask = Ask {
        question,
        audience: Audience::Citizen,
        procedure,
        today: motcua_http::today(),
        chosen: false,
        use_model: false,
    };
    kiosk.ask(&ask, &mut |_| ControlFlow::Continue(())).map_err(|error| anyhow!("{error}"))
}

/// Whether a question that follows another one is answered about the right procedure, and whether
/// that is the same one; nothing where none follows.
fn follow(kiosk: &Kiosk, gold: &GoldQuestion, first: &Asked) -> Result<Option<FollowUp>> {
    let Some(question) = &gold.follow_up else { return Ok(None) };
    let in_hand = first.procedure.as_ref().or(first.candidates.first());
    let asked = ask(kiosk, question, in_hand.map(|candidate| candidate.code.clone()))?;
    let held = |codes: &[String], asked: &Asked| {
        let procedure = asked.procedure.as_ref();
        procedure.is_some_and(|found| codes.iter().any(|code| code == found.code.as_str()))
    };
    let stays = gold.follow_up_gold_code.iter().any(|code| gold.gold_code.contains(code));
    Ok(Some(FollowUp { stays, is_right: held(&gold.follow_up_gold_code, &asked) }))
}

#[derive(Debug, Clone, Copy)]
struct FollowUp {
    /// The right procedure is the same as before.
    stays: bool,
    is_right: bool,
}

/// One set's sums.
#[derive(Default)]
struct Set {
    score: RetrievalScore,
    /// The same by behaviour and by how it is said.
    kinds: BTreeMap<String, RetrievalScore>,
    searching: Vec<Duration>,
    until_evidence: Vec<Duration>,
    follow_ups: Vec<FollowUp>,
}

impl Set {
    fn add(&mut self, gold: &GoldQuestion, asked: &Asked) {
        let ranked = asked.candidates.iter().map(|c| c.code.to_string()).collect();
        let outcome = motcua_http::views::word(&asked.outcome);
        let options = asked.clarify.iter().flat_map(|asked| &asked.options);
        let options = options.map(|choice| choice.code.to_string()).collect();
        let answered = Answered { ranked, outcome, options };
        self.score.add(gold, &answered);
        for kind in [&gold.behaviour].into_iter().chain(&gold.style) {
            self.kinds.entry(kind.clone()).or_default().add(gold, &answered);
        }
        self.searching.push(asked.timings.retrieve);
        self.until_evidence.push(asked.timings.first_evidence);
    }

    fn figures(&mut self) -> Value {
        let [one, five, ten] = self.score.recall();
        let outcomes: BTreeMap<String, usize> = self
            .score
            .outcomes
            .iter()
            .map(|((behaviour, outcome), count)| (format!("{behaviour} -> {outcome}"), *count))
            .collect();
        let kinds: Map<String, Value> =
            self.kinds.iter().map(|(kind, score)| (kind.clone(), by_kind(score))).collect();
        json!({
            "questions": self.searching.len(),
            "with_gold": self.score.with_gold,
            "recall_at_1": round(one),
            "recall_at_5": round(five),
            "recall_at_10": round(ten),
            "mrr": round(self.score.mrr()),
            "outcome_accuracy": round(self.score.outcome_accuracy()),
            "outcomes": outcomes,
            "kinds": kinds,
            "options": offered(self.score.asked_back),
            "follow_ups": self.followed(),
            "search_ms": percentiles(&mut self.searching),
            "first_evidence_ms": percentiles(&mut self.until_evidence),
        })
    }

    fn followed(&self) -> Value {
        let count = |stays: bool, only_right: bool| {
            let same = self.follow_ups.iter().filter(|one| one.stays == stays);
            same.filter(|one| one.is_right || !only_right).count()
        };
        json!({
            "same_procedure": { "asked": count(true, false), "right": count(true, true) },
            "other_procedure": { "asked": count(false, false), "right": count(false, true) },
        })
    }
}

/// Of those who were asked back, how many could choose what may be meant.
fn offered(asked: AskedBack) -> Value {
    json!({
        "unclear": { "asked": asked.unclear, "right": asked.unclear_offered },
        "clear": { "asked": asked.clear, "right": asked.clear_offered },
    })
}

fn by_kind(score: &RetrievalScore) -> Value {
    let [one, five, _] = score.recall();
    json!({
        "questions": score.questions,
        "recall_at_1": (score.with_gold > 0).then(|| round(one)),
        "recall_at_5": (score.with_gold > 0).then(|| round(five)),
        "outcome_accuracy": (score.with_outcome > 0).then(|| round(score.outcome_accuracy())),
    })
}

fn percentiles(times: &mut [Duration]) -> Value {
    times.sort();
    let at = |share: f64| percentile(times, share);
    json!({ "p50": at(0.50), "p95": at(0.95), "p99": at(0.99) })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an index into a list from a share of its length"
)]
fn percentile(sorted: &[Duration], share: f64) -> f64 {
    let at = ((sorted.len().saturating_sub(1)) as f64 * share).round() as usize;
    sorted.get(at).map_or(0.0, |time| round(time.as_secs_f64() * 1e3))
}

/// Learns the weights of the ranking from judged questions, without the named signs.
pub(super) fn fit(
    resolved: Resolved,
    files: &[PathBuf],
    out: Option<&Path>,
    without: &[String],
) -> Result<Value> {
    let kiosk = kiosk(resolved)?;
    if !kiosk.health().vectors {
        bail!("cần mô hình nhúng để học: chạy `motcua models fetch`");
    }
    let (mut lexical, mut hybrid, mut followed) = (Vec::new(), Vec::new(), Vec::new());
    for file in files {
        for gold in questions(file)? {
            let today = motcua_http::today();
            followed.extend(turned(&kiosk, &gold));
            let Some(kind) = kind(&gold) else { continue };
            let [by_words, by_both] = kiosk.lessons(&gold.question, today, kind, &gold.gold_code);
            lexical.push(by_words);
            hybrid.push(by_both);
        }
    }
    let count = lexical.len();
    let learned = learn(lexical, hybrid, &followed, without).map_err(|unknown| {
        anyhow!("không có dấu hiệu `{unknown}`: xem tên trong corpus/lexicon/ranking.toml")
    })?;
    if let Some(path) = out {
        fs::write(path, &learned.file)
            .with_context(|| format!("không ghi được `{}`", path.display()))?;
    }
    let [by_words, by_both] = learned.left_out.map(left_out);
    let [went_on, turned] = learned.followed.map(round);
    Ok(json!({
        "questions": count,
        "left_out": { "lexical": by_words, "hybrid": by_both },
        "follow_ups": { "count": followed.len(), "went_on": went_on, "turned": turned },
    }))
}

/// A question that follows another, held against the procedure that the first one meant, with whether it means another.
fn turned(kiosk: &Kiosk, gold: &GoldQuestion) -> Option<(Following, bool)> {
    let next = gold.follow_up.as_ref()?;
    let mut right = gold.gold_code.iter().filter_map(|code| code.parse().ok());
    let in_hand = right.find(|code| kiosk.procedure(code).is_some())?;
    let stays = gold.follow_up_gold_code.iter().any(|code| gold.gold_code.contains(code));
    Some((kiosk.following(next, motcua_http::today(), &in_hand)?, !stays))
}

fn left_out(out: LeftOut) -> Value {
    json!({
        "recall_at_1": round(out.first),
        "recall_at_5": round(out.among_five),
        "turned_away": round(out.turned_away),
        "asked_needlessly": round(out.asked_needlessly),
        "asked_rightly": round(out.asked),
        "foreign_stopped": round(out.stopped),
    })
}

fn kind(gold: &GoldQuestion) -> Option<Kind> {
    match expected_outcome(&gold.behaviour)? {
        ["answered"] if !gold.gold_code.is_empty() => Some(Kind::Clear),
        ["clarify"] => Some(Kind::Unclear),
        ["not_covered" | "refused", ..] => Some(Kind::Foreign),
        _ => None,
    }
}
