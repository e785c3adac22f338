//! Ordering candidates and deciding what to do with them.

use jiff::civil::Date;
use motcua_domain::{Candidate, Level, ProcedureCode};
use motcua_text::fold;

use crate::{
    analyse::{Analysed, analyse},
    entry::{Entry, Place, Standing},
    index::Index,
    lexicon::LEXICON,
    route::{Route, route},
    sought::{Match, Sought},
};

/// How many lexical candidates are looked at closely.
const POOL: usize = 150;
/// A question is read up to this many bytes; the longest spoken ones are a tenth of it.
const MAX_BYTES: usize = 8 << 10;
/// Below this confidence nothing is meant. Questions about the weather or the lottery stay below.
const MIN_CONFIDENCE: f32 = 0.5;
/// Two candidates nearer than this are told apart by a question to the person, ...
const CLOSE: f32 = 0.06;
/// ... if there was not more than this many words in which to say which.
const SHORT: usize = 12;
/// So many choices are the most that one can take in at a screen.
const MOST_CHOICES: usize = 5;

/// What a perfect match with every prior in its favour comes to.
const MOST_SCORE: f32 = 1.4;

/// What each sign adds to a score, found on the development questions.
mod weight {
    pub(super) const LEXICAL: f32 = 0.25;
    pub(super) const EXPLAINED: f32 = 0.40;
    pub(super) const COVERED: f32 = 0.15;
    pub(super) const PHRASES: f32 = 0.20;
    pub(super) const NAMED: f32 = 0.30;
    pub(super) const WHOLE_NAME: f32 = 0.10;
    pub(super) const VARIANT_STRONG: f32 = 0.25;
    pub(super) const VARIANT_ASKED: f32 = 0.05;
    pub(super) const VARIANT_NOT_ASKED: f32 = -0.10;
    pub(super) const COMMUNE: f32 = 0.08;
    pub(super) const PROVINCE: f32 = 0.02;
    pub(super) const FIELD: f32 = 0.08;
    pub(super) const NOT_FOR_CITIZENS: f32 = -0.05;
    pub(super) const ONE_PROVINCE: f32 = -0.02;
}

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
        let text = head(query.text);
        let route = route(text);
        if let Some(found) = self.by_code(&route, query) {
            return found;
        }
        let question = analyse(text, &self.vocabulary);
        let mut scored = self.scored(&question, query, &route);
        scored.sort_by(|a, b| {
            let code = |scored: &Scored| self.entries.get(scored.entry).map(|entry| &entry.code);
            b.score.total_cmp(&a.score).then_with(|| code(a).cmp(&code(b)))
        });
        let scored = self.without_copies(scored);
        let named = !route.forms.is_empty() || !route.documents.is_empty();
        let decision = self.decide(&scored, question.tokens.len(), named);
        let candidates = scored
            .iter()
            .take(limit)
            .filter_map(|scored| Some((self.entries.get(scored.entry)?, scored.score)))
            .map(|(entry, score)| Candidate {
                code: entry.code.clone(),
                name: entry.name.clone(),
                score: (score / MOST_SCORE).clamp(0.0, 1.0),
            })
            .collect();
        let confidence = scored.first().map_or(0.0, Scored::confidence);
        Found { candidates, confidence, decision }
    }

    fn by_code(&self, route: &Route, query: &Query<'_>) -> Option<Found> {
        let codes = route.codes.iter().filter_map(|code| code.parse::<ProcedureCode>().ok());
        let entry = codes
            .filter_map(|code| self.by_code.get(&code))
            .filter_map(|at| self.entries.get(*at))
            .find(|entry| is_open(entry, query))?;
        let candidate =
            Candidate { code: entry.code.clone(), name: entry.name.clone(), score: 1.0 };
        Some(Found {
            candidates: vec![candidate],
            confidence: 1.0,
            decision: Decision::One(entry.code.clone()),
        })
    }

    fn scored(&self, question: &Analysed, query: &Query<'_>, route: &Route) -> Vec<Scored> {
        let mut pool = self.pool(question, query, route);
        let sought = Sought::new(question, &self.vocabulary);
        if sought.is_empty() {
            pool.retain(|(.., named)| *named);
        }
        let said = question.folded();
        let asked: Vec<bool> =
            LEXICON.variants.iter().map(|variant| question.asks_for(variant)).collect();
        let kept = pool.into_iter().filter_map(|(at, lexical, named)| {
            let entry = self.entries.get(at)?;
            let matched = sought.weigh(self.vocabulary.lists.get(at)?);
            let mut score = weight::LEXICAL * lexical
                + weight::EXPLAINED * matched.explained
                + weight::COVERED * matched.covered
                + weight::PHRASES * matched.phrases;
            score += prior(entry) + variants(entry, &asked);
            if named {
                score += weight::NAMED;
            }
            if motcua_text::contains_phrase(&said, &entry.folded_name) {
                score += weight::WHOLE_NAME;
            }
            Some(Scored { entry: at, score, matched })
        });
        kept.collect()
    }

    /// Candidates that are open to the asker: where, how well by words alone, and whether they are
    /// named by form or document. What is not open takes no place from what is.
    fn pool(
        &self,
        question: &Analysed,
        query: &Query<'_>,
        route: &Route,
    ) -> Vec<(usize, f32, bool)> {
        let all = self.entries.len();
        let open = |found: Vec<(usize, f32)>| {
            found
                .into_iter()
                .filter(|(at, _)| self.entries.get(*at).is_some_and(|e| is_open(e, query)))
                .take(POOL)
        };
        let mut lexical: Vec<(usize, f32)> = open(self.lexical(question, 2 * POOL)).collect();
        if lexical.len() < POOL {
            // Most of the best are closed, so the rest is looked through; seldom, and slower.
            lexical = open(self.lexical(question, all)).collect();
        }
        let best = lexical.first().map_or(1.0, |(_, score)| score.max(1e-6));
        let mut pool: Vec<(usize, f32, bool)> =
            lexical.into_iter().map(|(at, score)| (at, score / best, false)).collect();
        for (at, _) in open(self.routed(route, all)) {
            match pool.iter_mut().find(|(known, ..)| *known == at) {
                Some((.., named)) => *named = true,
                None => pool.push((at, 0.0, true)),
            }
        }
        pool
    }

    /// Copies of one procedure, told by name and field, are one candidate: the copy that is best
    /// vouched for, most widely valid and nearest to the commune.
    fn without_copies(&self, scored: Vec<Scored>) -> Vec<Scored> {
        let mut kept: Vec<Scored> = Vec::with_capacity(scored.len());
        for candidate in scored {
            let Some(entry) = self.entries.get(candidate.entry) else { continue };
            let copy = kept.iter_mut().find(|kept| {
                self.entries.get(kept.entry).is_some_and(|known| {
                    known.folded_name == entry.folded_name && known.field == entry.field
                })
            });
            match copy {
                None => kept.push(candidate),
                Some(first) => {
                    let known = &self.entries[first.entry];
                    if rank_of_copy(entry) > rank_of_copy(known) {
                        first.entry = candidate.entry;
                    }
                }
            }
        }
        kept
    }

    fn decide(&self, scored: &[Scored], said: usize, named: bool) -> Decision {
        let Some(best) = scored.first() else { return Decision::NotCovered };
        if best.confidence() < MIN_CONFIDENCE && !named {
            return Decision::NotCovered;
        }
        let code = |scored: &Scored| self.entries.get(scored.entry).map(|entry| entry.code.clone());
        let reach = if said > SHORT { 0.0 } else { CLOSE };
        let close: Vec<ProcedureCode> = scored
            .iter()
            .take_while(|other| best.score - other.score < reach)
            .filter_map(code)
            .take(MOST_CHOICES)
            .collect();
        if close.len() > 1 {
            return Decision::Clarify(close);
        }
        code(best).map_or(Decision::NotCovered, Decision::One)
    }
}

/// The part of a text that is read, cut between characters.
fn head(text: &str) -> &str {
    let mut end = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn is_open(entry: &Entry, query: &Query<'_>) -> bool {
    let here = match &entry.place {
        Place::National => true,
        Place::Province(name) => query.province.is_none_or(|own| LEXICON.province(own) == *name),
        Place::Internal => query.internal,
    };
    let field = query.field.is_none_or(|field| fold(field) == entry.field);
    let level = query.level.is_none_or(|level| entry.levels.contains(&level));
    here && field && level && entry.effective.contains(query.on)
}

fn rank_of_copy(entry: &Entry) -> (Standing, bool, bool) {
    let is_national = entry.place == Place::National;
    (entry.standing, is_national, entry.levels.contains(&Level::Commune))
}

struct Scored {
    entry: usize,
    score: f32,
    matched: Match,
}

impl Scored {
    /// The chance that something of this corpus is meant at all. A logistic curve over the two
    /// signs that tell best, fitted on development questions and on chatter in equal shares.
    fn confidence(&self) -> f32 {
        let sum = 10.0 * self.matched.covered + 7.5 * self.score - 7.7;
        1.0 / (1.0 + (-sum).exp())
    }
}

/// What people at a commune's counter mostly mean, whatever they say.
fn prior(entry: &Entry) -> f32 {
    let mut prior = weight::FIELD * entry.field_weight;
    if entry.levels.contains(&Level::Commune) {
        prior += weight::COMMUNE;
    } else if entry.levels.contains(&Level::Province) {
        prior += weight::PROVINCE;
    }
    prior += match entry.standing {
        Standing::Checked => 0.04,
        Standing::Full => 0.02,
        Standing::NameOnly => -0.03,
        Standing::Suspect => -0.15,
    };
    if !entry.for_citizens {
        prior += weight::NOT_FOR_CITIZENS;
    }
    if matches!(entry.place, Place::Province(_)) {
        prior += weight::ONE_PROVINCE;
    }
    prior
}

/// A plain question means the plain procedure; one that carries a mark means the marked one.
fn variants(entry: &Entry, asked: &[bool]) -> f32 {
    let mut sum = 0.0;
    for (at, variant) in LEXICON.variants.iter().enumerate() {
        sum += match (entry.variants.contains(&at), asked.get(at) == Some(&true)) {
            (true, true) if variant.strong => weight::VARIANT_STRONG,
            (true, true) => weight::VARIANT_ASKED,
            (true, false) => weight::VARIANT_NOT_ASKED,
            _ => 0.0,
        };
    }
    sum
}
