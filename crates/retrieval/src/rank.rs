//! Ordering candidates and deciding what to do with them.

use jiff::civil::Date;
use motcua_domain::{Candidate, Jurisdiction, Level, ProcedureCode};
use motcua_text::fold;

use crate::{
    analyse::{Analysed, analyse, asks_for},
    entry::Entry,
    index::Index,
    lexicon::LEXICON,
    route::{Route, route},
};

/// How many lexical candidates are looked at closely.
const POOL: usize = 80;
/// Below this confidence nothing is meant. Questions about the
/// weather or the lottery stay below it; see `docs/EVALUATION.md`.
const MIN_CONFIDENCE: f32 = 0.34;
/// Two candidates nearer than this are told apart by a question to the person.
const CLOSE: f32 = 0.02;

/// What is searched for, and where the asker stands.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// What was typed.
    pub text: &'a str,
    /// The kiosk's province, for example `Phú Thọ`; other provinces' own procedures are left out.
    pub province: Option<&'a str>,
    /// The day: procedures not in force are left out.
    pub on: Date,
    /// Only this field, by name.
    pub field: Option<&'a str>,
    /// Only this level.
    pub level: Option<Level>,
    /// Whether procedures between authorities are shown.
    pub internal: bool,
}

/// Candidates and what they come to.
#[derive(Debug, Clone)]
pub struct Found {
    /// Best first, whatever the decision, so that ranking can be measured.
    pub candidates: Vec<Candidate>,
    /// How well the best one explains the question and is explained by it, from 0 to 1; what the
    /// decision rests on.
    pub confidence: f32,
    /// What they come to.
    pub decision: Decision,
}

/// What a search comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// This one is meant.
    One(ProcedureCode),
    /// One of these is meant, and only the person can tell which.
    Clarify(Vec<ProcedureCode>),
    /// Nothing fits.
    NotCovered,
}

impl Index {
    /// Finds what a text may mean.
    pub fn search(&self, query: &Query<'_>, limit: usize) -> Found {
        let route = route(query.text);
        if let Some(found) = self.by_code(&route) {
            return found;
        }
        let question = analyse(query.text);
        let mut scored = self.scored(&question, query, &route);
        scored.sort_by(|a, b| b.score.total_cmp(&a.score));
        let named = !route.forms.is_empty() || !route.documents.is_empty();
        let decision = decide(&scored, &self.entries, named);
        let candidates = scored
            .iter()
            .take(limit)
            .filter_map(|scored| Some((self.entries.get(scored.entry)?, scored.score)))
            .map(|(entry, score)| Candidate {
                code: entry.code.clone(),
                name: entry.name.clone(),
                score: score.clamp(0.0, 1.0),
            })
            .collect();
        let confidence = scored.first().map_or(0.0, Scored::confidence);
        Found { candidates, confidence, decision }
    }

    fn by_code(&self, route: &Route) -> Option<Found> {
        let codes = route.codes.iter().filter_map(|code| code.parse::<ProcedureCode>().ok());
        let entry = codes
            .filter_map(|code| self.by_code.get(&code))
            .find_map(|at| self.entries.get(*at))?;
        let candidate =
            Candidate { code: entry.code.clone(), name: entry.name.clone(), score: 1.0 };
        Some(Found {
            candidates: vec![candidate],
            confidence: 1.0,
            decision: Decision::One(entry.code.clone()),
        })
    }

    fn scored(&self, question: &Analysed, query: &Query<'_>, route: &Route) -> Vec<Scored> {
        let lexical = self.lexical(question, POOL);
        let best = lexical.first().map_or(1.0, |(_, score)| score.max(1e-6));
        let mut pool: Vec<(usize, f32, bool)> =
            lexical.into_iter().map(|(entry, score)| (entry, score / best, false)).collect();
        for (entry, _) in self.routed(route, POOL) {
            match pool.iter_mut().find(|(known, ..)| *known == entry) {
                Some((.., named)) => *named = true,
                None => pool.push((entry, 0.0, true)),
            }
        }
        let weights = self.weights(question);
        let kept = pool.into_iter().filter_map(|(at, lexical, named)| {
            let entry = self.entries.get(at)?;
            Self::is_open(entry, query).then(|| {
                let explained = weights.explained(entry);
                let covered = weights.name_covered(entry, self);
                let score = score(entry, lexical, explained, covered, question)
                    + if named { 0.3 } else { 0.0 };
                Scored { entry: at, score, explained, covered }
            })
        });
        kept.collect()
    }

    fn is_open(entry: &Entry, query: &Query<'_>) -> bool {
        let here = match &entry.jurisdiction {
            Jurisdiction::National => true,
            Jurisdiction::Province(name) => query.province.is_none_or(|own| own == name),
            Jurisdiction::Internal => query.internal,
        };
        let field = query.field.is_none_or(|field| fold(field) == entry.field);
        let level = query.level.is_none_or(|level| entry.levels.contains(&level));
        here && field && level && entry.effective.contains(query.on)
    }

    fn weights(&self, question: &Analysed) -> Weights {
        let terms: Vec<(String, f32)> = question
            .terms
            .iter()
            .map(|(term, weight)| (term.clone(), weight * self.idf(term)))
            .collect();
        let said: Vec<(String, f32)> =
            question.typed.iter().map(|word| (word.clone(), self.idf(&fold(word)))).collect();
        Weights { said_total: said.iter().map(|(_, weight)| weight).sum(), said, terms }
    }
}

struct Scored {
    entry: usize,
    score: f32,
    /// The share of the question's own words that the entry explains.
    explained: f32,
    /// The share of the entry's name that the question holds.
    covered: f32,
}

impl Scored {
    fn confidence(&self) -> f32 {
        0.6 * self.explained + 0.4 * self.covered
    }
}

struct Weights {
    terms: Vec<(String, f32)>,
    said: Vec<(String, f32)>,
    said_total: f32,
}

impl Weights {
    /// The share of what was said that a procedure's name, phrases or content holds.
    fn explained(&self, entry: &Entry) -> f32 {
        if self.said_total <= 0.0 {
            return 0.0;
        }
        let held: f32 = self
            .said
            .iter()
            .map(|(word, weight)| {
                let in_head = entry.head_words.contains(word);
                if in_head {
                    *weight
                } else if entry.body_words.contains(word) {
                    0.7 * weight
                } else {
                    0.0
                }
            })
            .sum();
        // Synonyms speak for words that the procedure does not use.
        let synonyms: f32 = self
            .terms
            .iter()
            .filter(|(term, _)| !self.said.iter().any(|(said, _)| fold(said) == *term))
            .filter(|(term, _)| entry.name_words.contains(term))
            .map(|(_, weight)| weight)
            .sum();
        ((held + 0.6 * synonyms) / self.said_total).min(1.0)
    }

    /// The share of a name's telling words that the question or its synonyms hold.
    fn name_covered(&self, entry: &Entry, index: &Index) -> f32 {
        let (mut all, mut held) = (0.0, 0.0);
        for word in &entry.name_words {
            let weight = index.idf(word);
            all += weight;
            if self.terms.iter().any(|(term, _)| term == word) {
                held += weight;
            }
        }
        if all <= 0.0 { 0.0 } else { held / all }
    }
}

fn score(entry: &Entry, lexical: f32, explained: f32, covered: f32, question: &Analysed) -> f32 {
    let mut score = 0.40 * lexical + 0.25 * explained + 0.25 * covered;
    for (at, variant) in LEXICON.variants.iter().enumerate() {
        match (entry.variants.contains(&at), asks_for(variant, &question.folded)) {
            (true, true) if variant.strong => score += 0.22,
            (true, true) => score += 0.04,
            (true, false) => score -= 0.10,
            _ => {}
        }
    }
    score += level_prior(entry);
    score += match entry.standing {
        3 => 0.04,
        2 => 0.02,
        1 => -0.03,
        _ => -0.15,
    };
    if matches!(entry.jurisdiction, Jurisdiction::Province(_)) {
        score -= 0.03;
    }
    score
}

/// People at a commune's kiosk mostly mean what the commune does.
fn level_prior(entry: &Entry) -> f32 {
    if entry.levels.contains(&Level::Commune) {
        0.04
    } else if entry.levels.contains(&Level::Province) {
        0.02
    } else {
        0.0
    }
}

fn decide(scored: &[Scored], entries: &[Entry], named: bool) -> Decision {
    let code = |scored: &Scored| entries.get(scored.entry).map(|entry| entry.code.clone());
    let Some(best) = scored.first() else { return Decision::NotCovered };
    if best.confidence() < MIN_CONFIDENCE && !named {
        return Decision::NotCovered;
    }
    let name = |scored: &Scored| entries.get(scored.entry).map(|entry| entry.folded_name.as_str());
    let mut close: Vec<&Scored> = Vec::new();
    for candidate in scored.iter().take_while(|other| best.score - other.score < CLOSE).take(5) {
        // Copies of one name differ in nothing a person could answer.
        if !close.iter().any(|kept| name(kept) == name(candidate)) {
            close.push(candidate);
        }
    }
    match close.as_slice() {
        [_, _, ..] => Decision::Clarify(close.into_iter().filter_map(code).collect()),
        _ => code(best).map_or(Decision::NotCovered, Decision::One),
    }
}
