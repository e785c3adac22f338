//! Ordering candidates and deciding what to do with them.

use std::collections::HashMap;

use jiff::civil::Date;
use motcua_domain::{Candidate, Level, ProcedureCode};
use motcua_text::{contains_phrase, fold};

use crate::{
    analyse::Analysed,
    elsewhere::elsewhere,
    entry::{Entry, Place, Standing},
    families::{Choice, Choices, FAMILIES, Membership, separating},
    foreign::{TOPICS, Topic, nearest, of_elsewhere},
    index::Index,
    judge::{JUDGES, Judge, Kinship, Likeness, Prospect, Seen, chance, chances, meant},
    lexicon::LEXICON,
    redone::redone,
    route::{Route, route},
    signs::{Sign, Signs},
    sought::Sought,
    vectors::Nearness,
};

/// How many lexical candidates are compared with what people say of them, ...
const POOL: usize = 150;
/// ... how many of those whose vectors are nearest, ...
const NEAREST: usize = 60;
/// ... and how many of all these are looked at closely.
const CLOSELY: usize = 64;
/// A question is read up to this many bytes; the longest spoken ones are a tenth of it.
const MAX_BYTES: usize = 8 << 10;
/// So many choices are the most that one can take in at a screen.
const MOST_CHOICES: usize = 5;
/// A choice is offered if it is at least this likely, compared with the likeliest.
const WORTH_OFFERING: f32 = 0.25;
/// Official names run on for lines; nobody says more of one than how it begins, and so many words of that are no
/// chance.
const BEGINNING: usize = 5;
/// A question that holds a whole name covers all its words, but for marks.
const MOSTLY: f32 = 0.8;
/// Cosines of the embedder crowd between these; what is between becomes 0 to 1.
const FARTHEST: f32 = 0.7;
const NEAREST_COSINE: f32 = 1.0;

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
    /// The text's vector, if an embedder is at hand; without it the search is lexical.
    pub vector: Option<&'a [f32]>,
}

impl Query<'_> {
    /// Whether it names another province, and as whose; nothing is elsewhere where nobody said where the kiosk stands.
    pub(crate) fn elsewhere(&self, question: &Analysed<'_>) -> [f32; 2] {
        self.province.map_or([0.0; 2], |own| elsewhere(question, &LEXICON.province(own)))
    }
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
    Clarify(Choices),
    /// Nothing fits; what it is about instead, where that is known.
    NotCovered(Option<&'static Topic>),
}

impl Index {
    /// Finds what a text may mean.
    pub fn search(&self, query: &Query<'_>, limit: usize) -> Found {
        let text = head(query.text);
        let route = route(text);
        if let Some(found) = self.by_code(&route, query) {
            return found;
        }
        let vector = query.vector.filter(|_| self.has_vectors());
        let judge = if vector.is_some() { &JUDGES.hybrid } else { &JUDGES.lexical };
        let question = self.analyse(text);
        let sought = Sought::new(&question);
        let near = self.near(query);
        let pool = self.pool(&question, query, &route, &near);
        let (signs, alike) = self.signs(&question, &sought, pool, &near);
        let scored = self.ordered(&signs, judge);
        let seen: Vec<Seen<'_>> = scored.iter().map(|scored| self.seen(scored)).collect();
        let (_, topic) = nearest(&alike.foreign);
        let elsewhere = query.elsewhere(&question);
        let topic = topic.or_else(|| of_elsewhere().filter(|_| elsewhere[1] > 0.0));
        let redone = redone(&question.tokens);
        let words = question.bare_words();
        let kinship = |family: usize| self.kinship(family, &alike, &near, &words);
        let likeness = Likeness { elsewhere, redone, ..alike.likeness(near.foreign) };
        let prospect = Prospect::of(&seen, likeness, words.len(), kinship);
        let believed = prospect.map_or(f32::NEG_INFINITY, |whole| judge.believed.of(&whole));
        let likelihoods = chances(&scored.iter().map(|scored| scored.score).collect::<Vec<_>>());
        // A document that nothing stands on names nothing.
        let named = !route.forms.is_empty()
            || scored.first().is_some_and(|best| best.signs.get(Sign::Named) > 0.0);
        let decision = match scored.first() {
            Some(_) if believed < 0.0 && !named => Decision::NotCovered(topic),
            Some(best)
                if self.is_named_at_length(best)
                    || prospect.is_some_and(|whole| judge.sure.of(&whole) >= 0.0) =>
            {
                Decision::One(self.entries[best.entry].code.clone())
            }
            Some(_) => self.choose(query, &scored, &likelihoods, kinship),
            None => Decision::NotCovered(topic),
        };
        let candidates = scored
            .iter()
            .zip(&likelihoods)
            .take(limit)
            .filter_map(|(scored, chance)| Some((self.entries.get(scored.entry)?, *chance)))
            .map(|(entry, score)| Candidate {
                code: entry.code.clone(),
                name: entry.name.clone(),
                score,
            })
            .collect();
        Found { candidates, confidence: chance(believed), decision }
    }

    /// What a question and a family have in common; `words` are the question's.
    pub(crate) fn kinship(
        &self,
        family: usize,
        alike: &Alike,
        near: &Nearness,
        words: &[u32],
    ) -> Kinship {
        let by_words = alike.families.get(family).copied().unwrap_or(0.0);
        let by_meaning = near.families.get(family).map_or(0.0, |near| nearness(*near));
        Kinship { alike: by_words + by_meaning, undecided: self.undecided.hear(family, words) }
    }

    fn seen<'a>(&'a self, scored: &'a Scored) -> Seen<'a> {
        let families = self.families.get(scored.entry).map_or(&[][..], Vec::as_slice);
        Seen { signs: &scored.signs, score: scored.score, families }
    }

    /// Candidates, best first.
    fn ordered(&self, signs: &[(usize, Signs)], judge: &Judge) -> Vec<Scored> {
        let mut order: Vec<(f32, usize)> =
            signs.iter().map(|(_, signs)| judge.score.of(signs)).zip(0..).collect();
        order.sort_unstable_by(|a, b| {
            let code = |at: usize| &self.entries[signs[at].0].code;
            b.0.total_cmp(&a.0).then_with(|| code(a.1).cmp(code(b.1)))
        });
        let scored = order.into_iter().map(|(score, at)| {
            let (entry, signs) = signs[at];
            Scored { entry, score, signs }
        });
        self.without_copies(scored)
    }

    fn by_code(&self, route: &Route, query: &Query<'_>) -> Option<Found> {
        let codes = route.codes.iter().filter_map(|code| code.parse::<ProcedureCode>().ok());
        let entry = codes
            .filter_map(|code| self.by_code.get(&code))
            .filter_map(|at| self.entries.get(*at))
            .find(|entry| Open::to(query).admits(entry))?;
        let candidate =
            Candidate { code: entry.code.clone(), name: entry.name.clone(), score: 1.0 };
        Some(Found {
            candidates: vec![candidate],
            confidence: 1.0,
            decision: Decision::One(entry.code.clone()),
        })
    }

    /// What speaks for each candidate, and how alike the question is to what people say.
    pub(crate) fn signs(
        &self,
        question: &Analysed<'_>,
        sought: &Sought<'_>,
        mut pool: Vec<Pooled>,
        near: &Nearness,
    ) -> (Vec<(usize, Signs)>, Alike) {
        if sought.is_empty() {
            pool.retain(|(.., named)| *named);
        }
        let (said, weight) = sought.said_words();
        let alike = self.sayings.alike(said, weight);
        let (own, all) = (self.entries.len(), self.entries.len() + FAMILIES.len());
        let foreign = (all..all + TOPICS.len()).map(|topic| alike.of(topic..topic + 1)).collect();
        let words = question.bare_words();
        let families: Vec<f32> = (own..all).map(|family| alike.of(family..family + 1)).collect();
        let said = alike.of(0..all);
        let of_family = |family: usize| families.get(family).copied().unwrap_or(0.0);
        narrow(&mut pool, |at| {
            let near = near.procedures.get(at).map_or(0.0, |near| near.name.max(near.saying));
            alike.of(at..at + 1) + nearness(near)
        });
        let places: Vec<usize> = pool.iter().map(|(at, ..)| *at).collect();
        let matches = sought.weigh(&places, &self.parts);
        let folded = question.folded();
        let begun = self.begun(&folded, &places);
        let asked = question.asked_variants();
        let kept = pool.into_iter().zip(matches).map(|((at, lexical, named), matched)| {
            let entry = &self.entries[at];
            let mut signs = Signs::default();
            signs.set(Sign::Lexical, lexical);
            signs.set(Sign::Explained, matched.explained);
            signs.set(Sign::Covered, matched.covered);
            signs.set(Sign::Phrases, matched.phrases);
            signs.set(Sign::Saying, alike.of(at..at + 1));
            let families = self.families[at].iter().map(|own| (of_family(own.family), own.share));
            let (alike, share) = families.fold((0.0, 0.0), |a, b| if b.0 > a.0 { b } else { a });
            signs.set(Sign::Family, alike);
            signs.set(Sign::Usual, share);
            if let Some(near) = near.procedures.get(at) {
                signs.set(Sign::NameNear, nearness(near.name));
                signs.set(Sign::SayingNear, nearness(near.saying));
            }
            let families = self.families[at].iter().filter_map(|own| near.families.get(own.family));
            signs.set(Sign::FamilyNear, nearness(families.copied().fold(0.0, f32::max)));
            signs.set(Sign::Named, f32::from(named));
            let whole = matched.covered > MOSTLY && contains_phrase(&folded, &entry.folded_name);
            let begun = begun.is_some_and(|begun| self.copies[at] == begun);
            signs.set(Sign::WholeName, f32::from(whole || begun));
            signs.set(Sign::HasSayings, f32::from(self.has_sayings(at)));
            describe(entry, &mut signs);
            compare_variants(entry, &asked, &mut signs);
            (at, signs)
        });
        let kept = kept.collect();
        (kept, Alike { said, families, foreign, sounds: self.manner.hear(&words) })
    }

    /// Whether so much of the best one's official name was said that nobody need be asked.
    fn is_named_at_length(&self, best: &Scored) -> bool {
        let name = &self.entries[best.entry].folded_name;
        best.signs.get(Sign::WholeName) > 0.0 && name.split(' ').nth(BEGINNING - 1).is_some()
    }

    /// The procedure, as the first of its copies, whose long name a question begins to say, if no other
    /// candidate's name begins so of which more than the name is known.
    fn begun(&self, folded: &str, candidates: &[usize]) -> Option<usize> {
        let starts: Vec<usize> =
            std::iter::once(0).chain(folded.match_indices(' ').map(|(at, _)| at + 1)).collect();
        if starts.len() < BEGINNING {
            return None;
        }
        let name = |at: usize| self.entries[at].folded_name.as_str();
        let is_known = |at: usize| self.entries[at].standing != Standing::NameOnly;
        let said = |at: &usize| Some((beginning(folded, &starts, name(*at))?, *at));
        let said = candidates.iter().filter_map(said);
        let (said, longest) = said.max_by_key(|(said, at)| (said.len(), is_known(*at)))?;
        let begins_so = |at: &usize| name(*at).starts_with(said) && is_known(*at);
        let mut alike = candidates.iter().filter(|at| begins_so(at)).map(|at| self.copies[*at]);
        alike.all(|copy| copy == self.copies[longest]).then_some(self.copies[longest])
    }

    /// Of the procedures that people take for one with this code, the one that a text fits best, with
    /// how much better it fits it than the one with the code: the logarithm of the odds.
    pub fn better_sibling(
        &self,
        query: &Query<'_>,
        code: &ProcedureCode,
    ) -> Option<(ProcedureCode, f32)> {
        let own = *self.by_code.get(code)?;
        let is_of_own =
            |one: &Membership| self.families[own].iter().any(|own| own.family == one.family);
        let is_kin = |at: &usize| *at == own || self.families[*at].iter().any(is_of_own);
        let open = Open::to(query);
        let is_open = |at: &usize| *at == own || open.admits(&self.entries[*at]);
        let places: Vec<usize> = (0..self.entries.len()).filter(is_kin).filter(is_open).collect();
        let question = self.analyse(head(query.text));
        let sought = Sought::new(&question);
        let lexical = self.parts.lexical(&question);
        let most = places.iter().map(|at| lexical[*at]).fold(1e-6, f32::max);
        let pool = places.into_iter().map(|at| (at, lexical[at] / most, false)).collect();
        let (signs, _) = self.signs(&question, &sought, pool, &Nearness::NONE);
        let scored: Vec<(usize, f32)> =
            signs.into_iter().map(|(at, signs)| (at, JUDGES.lexical.score.of(&signs))).collect();
        let own_score = scored.iter().find(|(at, _)| *at == own)?.1;
        let best = scored.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
        (best.0 != own).then(|| (self.entries[best.0].code.clone(), best.1 - own_score))
    }

    pub(crate) fn near(&self, query: &Query<'_>) -> Nearness {
        match (self.vectors(), query.vector) {
            (Some(vectors), Some(vector)) => vectors.near(vector, self.entries.len()),
            _ => Nearness::NONE,
        }
    }

    /// Candidates that are open to the asker: where, how well by words alone, and whether they are
    /// named by form or document. What is not open takes no place from what is.
    pub(crate) fn pool(
        &self,
        question: &Analysed<'_>,
        query: &Query<'_>,
        route: &Route,
        near: &Nearness,
    ) -> Vec<Pooled> {
        let open = Open::to(query);
        let is_open = |(at, _): &(usize, f32)| open.admits(&self.entries[*at]);
        let best = |scores: &[f32], count: usize| {
            let mut best = highest(scores, 2 * count);
            best.retain(is_open);
            if best.len() < count {
                // Most of the best are closed, so the rest is looked through; seldom, and slower.
                best = highest(scores, scores.len());
                best.retain(is_open);
            }
            if best.len() > count {
                best.select_nth_unstable_by(count, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                best.truncate(count);
            }
            best
        };
        let lexical = best(&self.parts.lexical(question), POOL);
        let most = lexical.iter().map(|(_, score)| *score).fold(1e-6, f32::max);
        let mut pool: Vec<Pooled> =
            lexical.into_iter().map(|(at, score)| (at, score / most, false)).collect();
        let routed = self.routed(route);
        let nearest: Vec<f32> =
            near.procedures.iter().map(|near| near.name.max(near.saying)).collect();
        if routed.is_empty() && nearest.is_empty() {
            return pool;
        }
        let mut places: HashMap<usize, usize> =
            pool.iter().enumerate().map(|(place, (at, ..))| (*at, place)).collect();
        let mut place_of = |at: usize, pool: &mut Vec<Pooled>| {
            *places.entry(at).or_insert_with(|| {
                pool.push((at, 0.0, false));
                pool.len() - 1
            })
        };
        for at in routed {
            if open.admits(&self.entries[at]) {
                let place = place_of(at, &mut pool);
                pool[place].2 = true;
            }
        }
        // Who names a document or an article of it means what stands on it.
        let cites = !route.documents.is_empty() || !route.articles.is_empty();
        if cites && pool.iter().any(|(.., named)| *named) {
            pool.retain(|(.., named)| *named);
            return pool;
        }
        for (at, _) in best(&nearest, NEAREST) {
            place_of(at, &mut pool);
        }
        pool
    }

    /// Copies of one procedure, told by name and field, are one candidate: the copy that is best
    /// vouched for, most widely valid and nearest to the commune.
    fn without_copies(&self, scored: impl Iterator<Item = Scored>) -> Vec<Scored> {
        let mut kept: Vec<Scored> = Vec::new();
        let mut places: Vec<Option<u32>> = vec![None; self.entries.len()];
        for candidate in scored {
            let place = &mut places[self.copies[candidate.entry]];
            let Some(first) = place.and_then(|place| kept.get_mut(place as usize)) else {
                *place = u32::try_from(kept.len()).ok();
                kept.push(candidate);
                continue;
            };
            let (known, entry) = (&self.entries[first.entry], &self.entries[candidate.entry]);
            if rank_of_copy(entry) > rank_of_copy(known) {
                first.entry = candidate.entry;
            }
        }
        kept
    }

    /// The question that tells apart what may be meant.
    fn choose(
        &self,
        query: &Query<'_>,
        scored: &[Scored],
        chances: &[f32],
        kinship: impl Fn(usize) -> Kinship,
    ) -> Decision {
        let (Some(best), Some(most)) = (scored.first(), chances.first()) else {
            return Decision::NotCovered(None);
        };
        let entry = |code: &ProcedureCode| self.by_code.get(code).copied();
        let chance = |code: &ProcedureCode| {
            let found = entry(code).and_then(|at| scored.iter().position(|one| one.entry == at));
            found.and_then(|place| chances.get(place)).copied().unwrap_or(0.0)
        };
        let open = Open::to(query);
        let is_open = |code: &ProcedureCode| {
            entry(code).and_then(|at| self.entries.get(at)).is_some_and(|entry| open.admits(entry))
        };
        let offered = || {
            let offered = scored.iter().zip(chances);
            let offered = offered.take_while(|(_, chance)| **chance >= most * WORTH_OFFERING);
            let code = |scored: &Scored| self.entries[scored.entry].code.clone();
            offered
                .take(MOST_CHOICES)
                .map(|(scored, _)| Choice { code: code(scored), label: None })
                .collect()
        };
        let likely = |one: &Membership| {
            FAMILIES.get(one.family).map_or(0.0, |family| family.codes().map(chance).sum())
        };
        let family = meant(&self.families[best.entry], likely, kinship);
        let choices = family
            .and_then(|own| separating(own.family, chance, is_open))
            .unwrap_or_else(|| Choices { ask: None, options: offered() });
        if choices.options.len() > 1 {
            Decision::Clarify(choices)
        } else {
            Decision::One(self.entries[best.entry].code.clone())
        }
    }
}

/// The places of scores above 0, with them: of the highest, at least so many, and of few others.
fn highest(scores: &[f32], count: usize) -> Vec<(usize, f32)> {
    // So many rows have a score that is no lower than the floor.
    let of_row = |row: &[f32]| row.iter().copied().fold(0.0, |a, b| if a > b { a } else { b });
    let mut rows: Vec<f32> = scores.chunks(8).map(of_row).collect();
    let floor = if count < rows.len() {
        *rows.select_nth_unstable_by(count, |a, b| b.total_cmp(a)).1
    } else {
        0.0
    };
    let all = scores.iter().copied().enumerate();
    all.filter(|(_, score)| *score >= floor && *score > 0.0).collect()
}

/// Leaves those that fit best by words and by what else is quickly known of them, and all that were named.
fn narrow(pool: &mut Vec<Pooled>, known: impl Fn(usize) -> f32) {
    if pool.len() <= CLOSELY {
        return;
    }
    let promise = |(at, lexical, named): &Pooled| {
        if *named { f32::INFINITY } else { lexical + known(*at) }
    };
    let mut order: Vec<(f32, Pooled)> = pool.drain(..).map(|one| (promise(&one), one)).collect();
    order.select_nth_unstable_by(CLOSELY - 1, |a, b| b.0.total_cmp(&a.0).then(a.1.0.cmp(&b.1.0)));
    let best =
        order.iter().zip(0..).filter(|((promise, _), at)| *at < CLOSELY || promise.is_infinite());
    pool.extend(best.map(|((_, one), _)| *one));
}

fn nearness(cosine: f32) -> f32 {
    ((cosine - FARTHEST) / (NEAREST_COSINE - FARTHEST)).clamp(0.0, 1.0)
}

/// The part of a text that is read, cut between characters.
pub(crate) fn head(text: &str) -> &str {
    let mut end = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Which procedures a search may find.
struct Open<'a> {
    province: Option<String>,
    field: Option<String>,
    query: &'a Query<'a>,
}

impl<'a> Open<'a> {
    fn to(query: &'a Query<'a>) -> Self {
        let province = query.province.map(|name| LEXICON.province(name));
        Self { province, field: query.field.map(fold), query }
    }

    fn admits(&self, entry: &Entry) -> bool {
        let here = match &entry.place {
            Place::National => true,
            Place::Province(name) => self.province.as_ref().is_none_or(|own| own == name),
            Place::Internal => self.query.internal,
        };
        let field = self.field.as_ref().is_none_or(|field| *field == entry.field);
        let level = self.query.level.is_none_or(|level| entry.levels.contains(&level));
        here && field && level && entry.effective.contains(self.query.on)
    }
}

/// As much of the beginning of a name as a text holds, if it is enough to tell. Both are words with a space between
/// each two; `starts` is where the words of the text begin.
fn beginning<'a>(text: &str, starts: &[usize], name: &'a str) -> Option<&'a str> {
    let begun = |start: &usize| {
        let same =
            text.as_bytes()[*start..].iter().zip(name.as_bytes()).take_while(|(a, b)| a == b);
        let same = same.count();
        let ends = |text: &str, at: usize| text.as_bytes().get(at).is_none_or(|byte| *byte == b' ');
        let whole = ends(name, same) && ends(text, start + same);
        let last_space = || name.as_bytes()[..same].iter().rposition(|byte| *byte == b' ');
        name.get(..if whole { same } else { last_space()? })
    };
    let longest = starts.iter().filter_map(begun).max_by_key(|begun| begun.len())?;
    longest.split(' ').nth(BEGINNING - 1).map(|_| longest)
}

fn rank_of_copy(entry: &Entry) -> (Standing, bool, bool) {
    let is_national = entry.place == Place::National;
    (entry.standing, is_national, entry.levels.contains(&Level::Commune))
}

/// How alike a question is to what people say: of any procedure or family, of each family, and of each foreign topic.
pub(crate) struct Alike {
    said: f32,
    families: Vec<f32>,
    foreign: Vec<f32>,
    sounds: [f32; 2],
}

impl Alike {
    /// `near`: the cosine to the nearest of what is not ours.
    pub(crate) fn likeness(&self, near: f32) -> Likeness {
        Likeness {
            said: self.said,
            foreign: nearest(&self.foreign).0,
            foreign_near: nearness(near),
            sounds: self.sounds,
            ..Likeness::default()
        }
    }
}

/// A candidate's place, how well it fits by words alone, as a share of the best one, and whether it
/// was named by form or document.
pub(crate) type Pooled = (usize, f32, bool);

struct Scored {
    entry: usize,
    score: f32,
    signs: Signs,
}

/// What a procedure is, whatever is asked.
fn describe(entry: &Entry, signs: &mut Signs) {
    signs.set(Sign::Field, entry.field_weight);
    if entry.levels.contains(&Level::Commune) {
        signs.set(Sign::Commune, 1.0);
    } else if entry.levels.contains(&Level::Province) {
        signs.set(Sign::Province, 1.0);
    }
    match entry.standing {
        Standing::Checked => signs.set(Sign::Checked, 1.0),
        Standing::Full => {}
        Standing::NameOnly => signs.set(Sign::NameOnly, 1.0),
        Standing::Suspect => signs.set(Sign::Suspect, 1.0),
    }
    signs.set(Sign::NotForCitizens, f32::from(!entry.for_citizens));
    signs.set(Sign::OneProvince, f32::from(matches!(entry.place, Place::Province(_))));
}

/// What only embassies do is nobody's business at a counter here, however well its name fits: it counts like so many
/// other marks that were not asked for.
const ABROAD: f32 = 3.0;

/// A plain question means the plain procedure; one that carries a mark means the marked one.
fn compare_variants(entry: &Entry, asked: &[bool], signs: &mut Signs) {
    for at in &entry.variants {
        let Some(variant) = LEXICON.variants.get(*at) else { continue };
        let sign = match (asked.get(*at) == Some(&true), variant.strong) {
            (true, true) => Sign::VariantMeant,
            (true, false) => Sign::VariantAsked,
            (false, _) => Sign::VariantUnasked,
        };
        let times = if variant.of_agency && sign == Sign::VariantUnasked { ABROAD } else { 1.0 };
        signs.add(sign, times);
    }
}
