//! Questions to weighted units of meaning.

use crate::{
    glossary::{Meaning, Reader},
    lexicon::{LEXICON, Word},
    numbers::WordId,
    repair::Known,
    token::Token,
    word::usually_spelt,
};

/// A question is read up to this many syllables; spoken questions stay far below.
const MAX_SYLLABLES: usize = 160;
/// From this share of marked syllables on, a missing mark means the word without it.
const MARKED_SHARE: f32 = 0.25;
/// "không có lương hưu" reaches just the next thing.
const GIVEN_REACH: usize = 2;
const GIVEN: f32 = 0.5;
/// Words of an official wording count for less than words that were said.
const MEANING: f32 = 0.85;

/// A question as tokens and units.
pub(crate) struct Analysed<'a> {
    pub(crate) reader: Reader<'a>,
    pub(crate) tokens: Vec<Token>,
    /// What it says, each thing once.
    pub(crate) units: Vec<Unit<'a>>,
    /// Its words without marks, each once.
    said: Vec<u32>,
    /// Neighbouring words, said or meant, that stand so in some procedure, with weights.
    pub(crate) pairs: Vec<(u32, f32)>,
}

/// Something said, and what it may stand for.
pub(crate) struct Unit<'a> {
    /// The tokens that say it.
    pub(crate) said: Vec<usize>,
    /// Official wordings it may stand for.
    pub(crate) mean: &'a [Meaning],
    /// How much it is what the question is about: less after "không có".
    pub(crate) stress: f32,
}

/// A word to look for, how much it counts, and whether marks are to be compared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    pub(crate) id: WordId,
    pub(crate) exact: bool,
    pub(crate) weight: f32,
}

/// Cuts a question and finds what its words stand for; slips of the keyboard are led back to words
/// that the reader knows.
pub(crate) fn analyse<'a>(text: &str, reader: Reader<'a>) -> Analysed<'a> {
    let mut tokens = tokens(text, reader);
    let mut said: Vec<u32> = tokens.iter().map(|token| token.id.bare).collect();
    said.sort_unstable();
    said.dedup();
    let glossary = reader.glossary;
    let mut taken = vec![false; tokens.len()];
    let mut units: Vec<Unit> = Vec::new();
    for (say, meaning) in glossary.everyday.within(&said) {
        while let Some(found) = say.find(&tokens, &taken) {
            for at in &found {
                taken[*at] = true;
            }
            units.push(Unit { said: found, mean: &glossary.meanings[*meaning], stress: 1.0 });
        }
    }
    for (pattern, ()) in glossary.stop.within(&said) {
        let mut passed = taken.clone();
        while let Some(found) = pattern.find(&tokens, &passed) {
            for at in found {
                passed[at] = true;
                tokens[at].stop = true;
            }
        }
    }
    for (at, token) in tokens.iter().enumerate() {
        let is_it = |other: usize| tokens[other].id.marked == token.id.marked;
        let again = units.iter().any(|unit| matches!(unit.said[..], [one] if is_it(one)));
        if !taken[at] && !token.stop && !again {
            units.push(Unit { said: vec![at], mean: &[], stress: 1.0 });
        }
    }
    let mut question = Analysed { reader, tokens, units, said, pairs: Vec::new() };
    question.stress();
    question.pairs = question.pairs();
    question
}

impl Analysed<'_> {
    /// A story tells much that is not asked for: what comes after "không có" or "vì" mostly is not.
    fn stress(&mut self) {
        let free = vec![false; self.tokens.len()];
        let mut given = vec![false; self.tokens.len()];
        for (pattern, ()) in self.reader.glossary.given.within(&self.said) {
            for (at, given) in given.iter_mut().enumerate() {
                *given |= pattern.match_at(&self.tokens, &free, at).is_some();
            }
        }
        for unit in &mut self.units {
            let start = unit.said.first().copied().unwrap_or(0);
            if given[start.saturating_sub(GIVEN_REACH)..start].contains(&true) {
                unit.stress = GIVEN;
            }
        }
    }

    /// Everything to look for, each once: what was said and what it may mean.
    pub(crate) fn words(&self) -> Vec<Wanted> {
        let mut found = Vec::new();
        for unit in &self.units {
            // What is said in other words is mostly not in the name as it was said.
            let weight = unit.stress * if unit.mean.is_empty() { 1.0 } else { 0.5 };
            let said = unit.said.iter().map(|at| &self.tokens[*at]);
            found.extend(said.map(|token| Wanted { id: token.id, exact: token.exact, weight }));
            let weight = unit.share();
            let meant = unit.mean.iter().flat_map(|meaning| &meaning.words);
            found.extend(meant.map(|id| Wanted { id: *id, exact: true, weight }));
        }
        let form = |wanted: &Wanted| (wanted.id.marked, wanted.exact);
        found.sort_unstable_by(|a, b| form(a).cmp(&form(b)).then(b.weight.total_cmp(&a.weight)));
        found.dedup_by_key(|wanted| form(wanted));
        found
    }

    /// Its words without marks, in their order, by their numbers.
    pub(crate) fn bare_words(&self) -> Vec<u32> {
        self.tokens.iter().map(|token| token.id.bare).collect()
    }

    /// The whole question as folded words, as names are folded.
    pub(crate) fn folded(&self) -> String {
        let words: Vec<&str> = self.tokens.iter().map(|token| token.word.typed.as_str()).collect();
        motcua_text::fold(&words.join(" "))
    }

    fn pairs(&self) -> Vec<(u32, f32)> {
        let said = self.tokens.windows(2).filter(|pair| !pair.iter().all(|token| token.stop));
        let pair = |pair: &[Token]| self.reader.vocabulary.pair(pair[0].id.bare, pair[1].id.bare);
        let said = said.filter_map(pair).map(|pair| (pair, 1.0));
        let meant = self.units.iter().flat_map(|unit| {
            let pairs = unit.mean.iter().flat_map(|meaning| &meaning.pairs);
            pairs.map(|pair| (*pair, unit.share()))
        });
        let mut found: Vec<(u32, f32)> = said.chain(meant).collect();
        each_once(&mut found);
        found
    }

    /// Which of the lexicon's variants it asks for: by an age that is stated, or by a cue.
    pub(crate) fn asked_variants(&self) -> Vec<bool> {
        let free = vec![false; self.tokens.len()];
        let mut asked = vec![false; LEXICON.variants.len()];
        for (cue, variant) in self.reader.glossary.cues.within(&self.said) {
            asked[*variant] |= cue.find(&self.tokens, &free).is_some();
        }
        if let Some(age) = self.age() {
            for (asked, variant) in asked.iter_mut().zip(&LEXICON.variants) {
                if let Some([from, to]) = variant.ages {
                    *asked = (from..=to).contains(&age);
                }
            }
        }
        asked
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

impl Unit<'_> {
    /// How much each of the words counts that it may stand for.
    fn share(&self) -> f32 {
        self.stress * MEANING / (self.mean.len().max(1) as f32).sqrt()
    }
}

/// Sorts by number and keeps the most of each.
pub(crate) fn each_once(weights: &mut Vec<(u32, f32)>) {
    weights.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    weights.dedup_by_key(|(number, _)| *number);
}

fn tokens(text: &str, reader: Reader<'_>) -> Vec<Token> {
    let mut words: Vec<Word> = Vec::new();
    let text = usually_spelt(&motcua_text::normalize(text));
    for syllable in motcua_text::syllables(&text).take(MAX_SYLLABLES) {
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
    let words = crate::repair::repair(crate::kin::read(words), &reader);
    let ids: Vec<WordId> = (0..words.len()).map(|at| id(&words, at, reader)).collect();
    let with_marks = words.iter().filter(|word| word.has_marks).count();
    let is_marked = with_marks as f32 >= MARKED_SHARE * words.len() as f32;
    let tokens = words.into_iter().zip(ids);
    let token = |(word, id): (Word, WordId)| Token {
        exact: is_marked || word.has_marks,
        word,
        id,
        stop: false,
    };
    tokens.map(token).collect()
}

/// The numbers of one of some words; what nobody knows is numbered from the end of all numbers.
fn id(words: &[Word], at: usize, reader: Reader<'_>) -> WordId {
    let word = &words[at];
    let own = |is_it: &dyn Fn(&Word) -> bool| {
        let first = words.iter().zip((0..=u32::MAX).rev()).find(|(known, _)| is_it(known));
        first.map_or(u32::MAX, |(_, number)| number)
    };
    WordId {
        marked: reader
            .marked(&word.marked)
            .unwrap_or_else(|| own(&|known| known.marked == word.marked)),
        bare: reader.bare(&word.bare).unwrap_or_else(|| own(&|known| known.bare == word.bare)),
    }
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
