//! Whether a sentence says what its evidence says.
//!
//! What the evidence says whole or not at all is repeated whole; what is left of the sentence is made of runs of the
//! evidence's own words, in their order. So words that are kept cannot be put together to mean something else.

use std::ops::Range;

use motcua_domain::{Channel, Evidence};
use motcua_text::{normalize, syllables};

use crate::bounds::{Bounds, binds};

/// Words that say nothing by themselves: "Lệ phí: 8.000 đồng" is "Lệ phí là 8.000 đồng".
const FILLERS: [&str; 2] = ["là", "thì"];

/// What leads over to a condition that is repeated.
const LEADS: [&[&str]; 6] = [
    &["chỉ", "cần", "khi"],
    &["áp", "dụng", "khi"],
    &["trong", "trường", "hợp"],
    &["trường", "hợp"],
    &["khi"],
    &["nếu"],
];

/// What leads over to a channel.
const CHANNEL_LEADS: [&[&str]; 5] =
    [&["khi", "nộp"], &["nếu", "nộp"], &["nộp"], &["khi"], &["nếu"]];

/// A sentence that leaves out and joins more often says something of its own.
const MOST_SEAMS: usize = 4;

/// A cited fact, word by word.
pub(super) struct Fact {
    wholes: Vec<Vec<String>>,
    conditions: Vec<Vec<String>>,
    /// The channels on which it holds; none where it holds on all.
    channels: Vec<Vec<String>>,
    /// What may be cut. Nothing stands where a word is bound or a phrase ends: no run goes across.
    free: Vec<Option<String>>,
}

impl Fact {
    pub(super) fn new(piece: &Evidence) -> Self {
        let text = normalize(&piece.text);
        let bounds = Bounds::of(piece.kind, &text);
        let of = |ranges: &[Range<usize>]| -> Vec<Vec<String>> {
            ranges.iter().map(|range| plain_words(&text[range.clone()])).collect()
        };
        let named =
            bounds.channels.as_ref().map_or("", |range| &text[range.clone()]).to_lowercase();
        let channels = Channel::ALL.iter().map(|channel| channel.vietnamese());
        let channels = channels.filter(|name| motcua_text::contains_phrase(&named, name));
        let bound: Vec<&Range<usize>> =
            bounds.wholes.iter().chain(&bounds.conditions).chain(&bounds.channels).collect();
        Self {
            wholes: of(&bounds.wholes),
            conditions: of(&bounds.conditions),
            channels: channels.map(plain_words).collect(),
            free: free_words(&text, &bound),
        }
    }

    /// The name of a procedure: of what the facts are said.
    pub(super) fn of_name(name: &str) -> Self {
        let name = normalize(name);
        Self {
            wholes: vec![plain_words(&name)],
            conditions: Vec::new(),
            channels: Vec::new(),
            free: free_words(&name, &[]),
        }
    }

    /// Whether some sentences say all of the fact that is said whole or not at all.
    pub(super) fn is_told_by(&self, sentences: &[&str]) -> bool {
        let said: Vec<Vec<String>> =
            sentences.iter().map(|sentence| plain_words(sentence)).collect();
        let is_said = |unit: &Vec<String>| {
            said.iter().any(|words| words.windows(unit.len().max(1)).any(|run| run == unit))
        };
        self.wholes.iter().chain(&self.conditions).chain(&self.channels).all(is_said)
    }
}

/// Whether a sentence holds if the facts it cites do; `names` are those of the procedures they are about.
pub(super) fn is_borne_out(text: &str, facts: &[Fact], names: &[Fact]) -> bool {
    let mut claim = Claim::new(text);
    for unit in facts.iter().flat_map(|fact| &fact.wholes) {
        claim.take(unit, &[]);
    }
    let mut holds = true;
    for fact in facts {
        for condition in &fact.conditions {
            holds &= claim.take(condition, &LEADS) || claim.says(condition);
        }
        let channels = fact.channels.iter();
        let said = channels
            .filter(|channel| claim.take(channel, &CHANNEL_LEADS) || claim.says(channel))
            .count();
        holds &= said > 0 || fact.channels.is_empty();
    }
    // Last, as a name may stand within what is said whole.
    for unit in names.iter().flat_map(|name| &name.wholes) {
        claim.take(unit, &[]);
    }
    holds
        && claim.left().iter().all(|left| {
            !binds(&left.join(" ")) && facts.iter().any(|fact| is_made_of(left, fact, names))
        })
}

/// A sentence, word by word.
struct Claim {
    words: Vec<Said>,
}

struct Said {
    word: String,
    /// A sign stands before it.
    cut: bool,
    /// It repeats something whole.
    taken: bool,
}

impl Claim {
    fn new(text: &str) -> Self {
        let words = cut_words(text).into_iter().map(|(word, cut)| Said {
            word,
            cut: cut.is_some(),
            taken: false,
        });
        Self { words: words.collect() }
    }

    /// Takes what is said whole out of what is left, with what leads over to it; whether it is there.
    fn take(&mut self, unit: &[String], leads: &[&[&str]]) -> bool {
        let mut found = false;
        for at in self.places(unit) {
            if self.words[at..at + unit.len()].iter().any(|said| said.taken) {
                continue;
            }
            found = true;
            let lead = leads.iter().find(|lead| {
                at.checked_sub(lead.len()).is_some_and(|from| {
                    self.words[from..at]
                        .iter()
                        .zip(**lead)
                        .all(|(said, word)| said.word == *word && !said.taken)
                })
            });
            let from = at - lead.map_or(0, |lead| lead.len());
            for said in &mut self.words[from..at + unit.len()] {
                said.taken = true;
            }
        }
        found
    }

    /// Whether it is said, also as part of something that was taken.
    fn says(&self, unit: &[String]) -> bool {
        !self.places(unit).is_empty()
    }

    fn places(&self, unit: &[String]) -> Vec<usize> {
        let runs = self.words.windows(unit.len().max(1)).enumerate();
        runs.filter(|(_, run)| run.iter().map(|said| &said.word).eq(unit))
            .map(|(at, _)| at)
            .collect()
    }

    /// What repeats nothing whole, cut at signs and around what does.
    fn left(&self) -> Vec<Vec<String>> {
        let mut left: Vec<Vec<String>> = Vec::new();
        let mut goes_on = false;
        for said in &self.words {
            if said.taken {
                goes_on = false;
                continue;
            }
            match left.last_mut() {
                Some(last) if goes_on && !said.cut => last.push(said.word.clone()),
                _ => left.push(vec![said.word.clone()]),
            }
            goes_on = true;
        }
        left
    }
}

/// Whether some words are runs of a fact's words in their order, with words of the names between them. A word by
/// itself is no run, unless there is no other or it is a number.
fn is_made_of(words: &[String], fact: &Fact, names: &[Fact]) -> bool {
    let (mut at, mut from, mut seams) = (0, None, 0);
    while at < words.len() {
        let rest = &words[at..];
        let own = longest_run(rest, &fact.free, from);
        let of_name = names
            .iter()
            .filter_map(|name| longest_run(rest, &name.free, None))
            .map(|(_, length)| length)
            .max();
        let (place, length) = match (own, of_name) {
            (Some((place, length)), other) if other.is_none_or(|other| other <= length) => {
                (Some(place), length)
            }
            (_, Some(length)) => (None, length),
            _ => return false,
        };
        let is_number = rest[0].contains(|c: char| c.is_ascii_digit());
        if length < 2 && words.len() > 1 && !is_number {
            return false;
        }
        from = place.map(|place| place + length).or(from);
        at += length;
        seams += 1;
    }
    seams <= MOST_SEAMS
}

/// The longest run that some words begin with, in a text: where, and how long. It comes after `from`, with nothing
/// bound between.
fn longest_run(
    words: &[String],
    text: &[Option<String>],
    from: Option<usize>,
) -> Option<(usize, usize)> {
    let end = match from {
        Some(from) => {
            text[from..].iter().position(Option::is_none).map_or(text.len(), |at| from + at)
        }
        None => text.len(),
    };
    let runs = (from.unwrap_or(0)..end).map(|place| {
        let same = text[place..end]
            .iter()
            .zip(words)
            .take_while(|(held, said)| held.as_ref() == Some(said));
        (place, same.count())
    });
    runs.filter(|(_, length)| *length > 0).max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)))
}

/// The words of a text that are in no bound range, with nothing in the place of each of these and of each end.
fn free_words(text: &str, bound: &[&Range<usize>]) -> Vec<Option<String>> {
    let mut free: Vec<Option<String>> = Vec::new();
    let mut end = 0;
    for word in syllables(text) {
        // `syllables` slices the text, so the distance of the pointers is an offset into it.
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let is_bound = bound.iter().any(|range| range.contains(&start));
        let ends_before = text[end..start].contains([',', ';', '.', '!', '?']);
        if is_bound || ends_before {
            free.push(None);
        }
        if !is_bound {
            free.extend(plain(word).map(Some));
        }
        end = start + word.len();
    }
    free
}

fn plain_words(text: &str) -> Vec<String> {
    cut_words(text).into_iter().map(|(word, _)| word).collect()
}

/// The words of a text as they are compared, each with the sign before it.
fn cut_words(text: &str) -> Vec<(String, Option<char>)> {
    let (mut words, mut end, mut sign) = (Vec::new(), 0, None);
    for word in syllables(text) {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        sign = sign.or_else(|| text[end..start].chars().find(|c| !c.is_whitespace()));
        end = start + word.len();
        // A sign before a word that is left out is one before the word after it.
        if let Some(word) = plain(word) {
            words.push((word, sign.take()));
        }
    }
    words
}

/// A word in small letters, a number without the noughts before it; nothing for a filler.
fn plain(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    if FILLERS.contains(&lower.as_str()) {
        return None;
    }
    let is_number = lower.len() > 1 && lower.bytes().all(|byte| byte.is_ascii_digit());
    let bare = lower.trim_start_matches('0');
    Some(if is_number && !bare.is_empty() { bare.to_owned() } else { lower })
}
