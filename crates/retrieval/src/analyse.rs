//! Questions to weighted units of meaning.

use std::collections::HashSet;

use crate::{
    lexicon::{LEXICON, Pattern, Variant, Word},
    repair::Known,
};

/// A question is read up to this many syllables; spoken questions stay far below.
const MAX_SYLLABLES: usize = 160;
/// From this share of marked syllables on, a missing mark means the word without it.
const MARKED_SHARE: f32 = 0.25;
/// How many words may stand where a pattern leaves a gap.
const GAP: usize = 3;
/// "không có lương hưu" reaches just the next thing.
const GIVEN_REACH: usize = 2;
const GIVEN: f32 = 0.5;
/// Words of an official wording count for less than words that were said.
const MEANING: f32 = 0.85;

/// A question as tokens and units.
#[derive(Debug, Clone, Default)]
pub(crate) struct Analysed {
    pub(crate) tokens: Vec<Token>,
    /// What it says, each thing once.
    pub(crate) units: Vec<Unit>,
    /// Its words without marks.
    said: HashSet<String>,
}

/// A syllable of a question.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) word: Word,
    /// The mark it has, or lacks, was meant: compare it with its marks.
    pub(crate) exact: bool,
    /// It tells how something is asked, not what.
    pub(crate) stop: bool,
}

/// Something said, and what it may stand for.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    /// The tokens that say it.
    pub(crate) said: Vec<usize>,
    /// Official wordings it may stand for.
    pub(crate) mean: &'static [Vec<Word>],
    /// How much it is what the question is about: less after "không có".
    pub(crate) stress: f32,
}

/// Cuts a question and finds what its words stand for. `known` are the words of the corpus, to
/// which slips of the keyboard are led back.
pub(crate) fn analyse(text: &str, known: &dyn Known) -> Analysed {
    let mut tokens = tokens(text, known);
    let said: HashSet<String> = tokens.iter().map(|token| token.word.bare.clone()).collect();
    let mut taken = vec![false; tokens.len()];
    let mut units: Vec<Unit> = Vec::new();
    let ways = LEXICON.everyday_openings.of_words(&said);
    for way in ways.into_iter().map(|at| &LEXICON.everyday[at]) {
        if !way.say.may_match(&said) {
            continue;
        }
        while let Some(found) = find(&way.say, &tokens, &taken) {
            for at in &found {
                taken[*at] = true;
            }
            units.push(Unit { said: found, mean: &way.mean, stress: 1.0 });
        }
    }
    for pattern in LEXICON.stop_openings.of_words(&said).into_iter().map(|at| &LEXICON.stop[at]) {
        let mut passed = taken.clone();
        while let Some(found) = find(pattern, &tokens, &passed) {
            for at in found {
                passed[at] = true;
                tokens[at].stop = true;
            }
        }
    }
    for (at, token) in tokens.iter().enumerate() {
        let again = units
            .iter()
            .any(|unit| matches!(unit.said.as_slice(), [one] if tokens[*one].word == token.word));
        if !taken[at] && !token.stop && !again {
            units.push(Unit { said: vec![at], mean: &[], stress: 1.0 });
        }
    }
    stress(&tokens, &mut units, &said);
    Analysed { tokens, units, said }
}

/// A story tells much that is not asked for: what comes after "không có" or "vì" mostly is not.
fn stress(tokens: &[Token], units: &mut [Unit], said: &HashSet<String>) {
    let free = vec![false; tokens.len()];
    let given: Vec<&Pattern> =
        LEXICON.given.iter().filter(|pattern| pattern.may_match(said)).collect();
    for unit in units {
        let start = unit.said.first().copied().unwrap_or(0);
        let before = start.saturating_sub(GIVEN_REACH)..start;
        let is_given = before
            .into_iter()
            .any(|at| given.iter().any(|given| match_at(given, tokens, &free, at).is_some()));
        if is_given {
            unit.stress = GIVEN;
        }
    }
}

impl Analysed {
    /// Everything to look for, each once: what was said and what it may mean, with a weight and
    /// whether marks are to be compared.
    pub(crate) fn words(&self) -> Vec<(&Word, f32, bool)> {
        let mut found: Vec<(&Word, f32, bool)> = Vec::new();
        let mut push = |word, weight: f32, exact| match found
            .iter_mut()
            .find(|(known, _, was)| *known == word && *was == exact)
        {
            Some((_, known, _)) => *known = known.max(weight),
            None => found.push((word, weight, exact)),
        };
        for unit in &self.units {
            // What is said in other words is mostly not in the name as it was said.
            let said = unit.stress * if unit.mean.is_empty() { 1.0 } else { 0.5 };
            for token in unit.said.iter().filter_map(|at| self.tokens.get(*at)) {
                push(&token.word, said, token.exact);
            }
            let share = unit.stress * MEANING / (unit.mean.len().max(1) as f32).sqrt();
            for word in unit.mean.iter().flatten() {
                push(word, share, true);
            }
        }
        found
    }

    /// The whole question as folded words, as names are folded.
    pub(crate) fn folded(&self) -> String {
        let words: Vec<String> =
            self.tokens.iter().map(|token| motcua_text::fold(&token.word.typed)).collect();
        words.join(" ")
    }

    /// Neighbouring words, said or meant, with weights.
    pub(crate) fn pairs(&self) -> Vec<(&Word, &Word, f32)> {
        let said = self.tokens.windows(2).filter(|pair| !pair.iter().all(|token| token.stop));
        let said = said.map(|pair| (&pair[0].word, &pair[1].word, 1.0));
        let meant = self.units.iter().flat_map(|unit| {
            let share = unit.stress * MEANING / (unit.mean.len().max(1) as f32).sqrt();
            unit.mean
                .iter()
                .flat_map(move |words| words.windows(2).map(move |p| (&p[0], &p[1], share)))
        });
        let mut found: Vec<(&Word, &Word, f32)> = Vec::new();
        for (one, other, weight) in said.chain(meant) {
            match found.iter_mut().find(|(a, b, _)| a.bare == one.bare && b.bare == other.bare) {
                Some((.., known)) => *known = known.max(weight),
                None => found.push((one, other, weight)),
            }
        }
        found
    }

    /// Whether the question holds one of a variant's cues or its own name.
    pub(crate) fn asks_for(&self, variant: &Variant) -> bool {
        if let Some([from, to]) = variant.ages
            && let Some(age) = self.age()
        {
            return (from..=to).contains(&age);
        }
        let free = vec![false; self.tokens.len()];
        variant
            .cues
            .iter()
            .any(|cue| cue.may_match(&self.said) && find(cue, &self.tokens, &free).is_some())
    }

    /// An age that is stated, in years: "14 tuổi", "8 tháng tuổi".
    fn age(&self) -> Option<u32> {
        self.tokens.windows(3).chain(self.tokens.windows(2)).find_map(|words| {
            let number = words.first()?.word.bare.parse::<u32>().ok().filter(|age| *age < 130)?;
            match words.get(1..)? {
                [unit, years] if unit.word.bare == "thang" && years.word.bare == "tuoi" => {
                    Some(number / 12)
                }
                [years] if years.word.bare == "tuoi" => Some(number),
                _ => None,
            }
        })
    }
}

fn tokens(text: &str, known: &dyn Known) -> Vec<Token> {
    let mut words: Vec<Word> = Vec::new();
    for syllable in motcua_text::syllables(&motcua_text::normalize(text)).take(MAX_SYLLABLES) {
        let word = Word::new(syllable);
        let long = LEXICON.abbreviations.get(&word.bare).filter(|_| is_plain(syllable));
        if let Some(long) = long {
            words.extend(long.split(' ').map(Word::new));
        } else if let Some(parts) = counted(&word.bare) {
            words.extend(parts.iter().map(|part| Word::new(part)));
        } else {
            words.push(word);
        }
    }
    let words = crate::repair::repair(&words, known);
    let with_marks = words.iter().filter(|word| word.has_marks).count();
    let is_marked = with_marks as f32 >= MARKED_SHARE * words.len() as f32;
    words
        .into_iter()
        .map(|word| Token { exact: is_marked || word.has_marks, word, stop: false })
        .collect()
}

/// Whether a word has no mark but that of đ: "đc" is as short a form as "dc".
fn is_plain(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii() || matches!(c, 'đ' | 'Đ'))
}

/// Numbers as they are typed on a phone: "3t" is three years old, "l6" the sixth form of school.
fn counted(bare: &str) -> Option<[&str; 2]> {
    let is_number = |text: &str| (1..3).contains(&text.len()) && text.parse::<u8>().is_ok();
    let age = bare.strip_suffix('t').filter(|number| is_number(number));
    let form = bare.strip_prefix('l').filter(|number| is_number(number));
    age.map(|number| [number, "tuổi"]).or(form.map(|number| ["lớp", number]))
}

/// The tokens where a pattern first matches, none of which is taken.
fn find(pattern: &Pattern, tokens: &[Token], taken: &[bool]) -> Option<Vec<usize>> {
    (0..tokens.len()).find_map(|from| match_at(pattern, tokens, taken, from))
}

fn match_at(
    pattern: &Pattern,
    tokens: &[Token],
    taken: &[bool],
    from: usize,
) -> Option<Vec<usize>> {
    let mut found = Vec::new();
    let mut at = from;
    let mut slack = 0;
    for part in &pattern.parts {
        let Some(word) = part else {
            slack = GAP;
            continue;
        };
        let reach = tokens.len().min(at + slack + 1);
        let here = (at..reach)
            .find(|at| !taken[*at] && is_word(&tokens[*at], word, pattern.needs_marks))?;
        found.push(here);
        at = here + 1;
        slack = 0;
    }
    (!found.is_empty()).then_some(found)
}

fn is_word(token: &Token, word: &Word, needs_marks: bool) -> bool {
    let with_marks =
        token.word.has_marks || (needs_marks && word.has_marks) || (token.exact && !word.has_marks);
    if with_marks { token.word.marked == word.marked } else { token.word.bare == word.bare }
}

/// The words of a text in both forms.
pub(crate) fn words(text: &str) -> Vec<Word> {
    motcua_text::syllables(text).map(Word::new).collect()
}

/// Neighbouring words joined, for the phrase fields.
pub(crate) fn pairs(words: &[Word]) -> impl Iterator<Item = String> {
    words.windows(2).map(|pair| format!("{}_{}", pair[0].bare, pair[1].bare))
}
