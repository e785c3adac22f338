//! Recognising the text of a page with Tesseract.

use std::path::Path;

use image::{GrayImage, Luma, imageops};
use motcua_domain::{Presence, TextLine};

use crate::{
    IntakeError,
    area::Area,
    leaders, numbers, signature, smear,
    straighten::{self, Step},
    tesseract::{Language, NumberReading, Place, Word, read_words},
    words::Words,
};

/// What was recognised on a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recognised {
    /// Lines in Tesseract's reading order.
    pub lines: Vec<TextLine>,
    /// 0 to 1, the mean over letters; 0 without any.
    pub confidence: f32,
    /// Whether somebody signed where the page asks for it.
    pub signature: Presence,
    /// What stands above places to sign that are empty where others are signed.
    pub unsigned: Vec<String>,
    /// Whether a part of the page carries writing that cannot be read.
    pub smeared: bool,
    /// What was done to the page for it to be read; boxes are those of the page after it.
    pub(crate) steps: Vec<Step>,
}

impl Recognised {
    /// `size` is that of the page in pixels.
    fn of(words: &[Word], size: (u32, u32)) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        for word in words {
            match lines.last_mut() {
                Some(line) if line.place == word.place => line.add(word),
                _ => lines.push(Line::of(word)),
            }
        }
        let letters: f32 = lines.iter().map(|line| line.letters).sum();
        let sure: f32 = lines.iter().map(|line| line.sure).sum();
        let lines = lines.into_iter().filter_map(|line| line.finish(size)).collect();
        let confidence = if letters > 0.0 { (sure / letters).clamp(0.0, 1.0) } else { 0.0 };
        Self { lines, confidence, ..Self::default() }
    }

    /// With a look at the places to sign, and for what could not be read.
    fn looked_at(page: &GrayImage, words: &[Word]) -> Self {
        let signatures = signature::look(page, words);
        Self {
            signature: signatures.presence,
            unsigned: signatures.lacking,
            smeared: smear::is_smeared(page, words),
            ..Self::of(words, page.dimensions())
        }
    }

    /// What was read after such steps and its own.
    fn after(self, mut steps: Vec<Step>) -> Self {
        steps.extend(self.steps.iter().copied());
        Self { steps, ..self }
    }

    pub(crate) fn words(&self) -> Words {
        self.lines.iter().map(|line| Words::of(&line.text)).fold(Words::default(), Words::plus)
    }

    /// How good a reading is, to compare two of the same page: surely read, possible words.
    pub(crate) fn merit(&self) -> f32 {
        let words = self.words();
        words.possible as f32 * words.share() * self.confidence
    }

    /// Whether the page stands as it was read. Of real pages the upright ones had shares above
    /// 0.8 and those upside down or on their side below 0.5; confidence tells less, because
    /// dotted lines pull it down.
    fn is_upright(&self) -> bool {
        let words = self.words();
        words.share() >= 0.7 && words.possible >= 6
    }
}

/// Recognises a page, turning it when its lines run up or down or make no sense as they stand.
///
/// Tesseract reads lines that run up or down as they are; but rows of dots are found and places to
/// sign are looked at on level lines only.
///
/// # Errors
/// When Tesseract or its Vietnamese data is not installed, or memory is short.
pub(crate) fn recognise(page: GrayImage, folder: &Path) -> Result<Recognised, IntakeError> {
    let (page, mut steps) = prepared(page);
    let words = read_words(&page, Language::Vietnamese, folder)?;
    let quarter = match Way::of(&words) {
        Way::Level => return upright(&page, words, folder).map(|read| read.after(steps)),
        Way::Up => Step::Right,
        Way::Down => Step::Left,
    };
    let (page, further) = prepared(quarter.of(&page, Luma([leaders::median(&page)])));
    steps.push(quarter);
    steps.extend(further);
    let words = read_words(&page, Language::Vietnamese, folder)?;
    upright(&page, words, folder).map(|read| read.after(steps))
}

/// A page as it is read best, its lines level and rows of dots taken off, and what was done for that.
fn prepared(page: GrayImage) -> (GrayImage, Vec<Step>) {
    let (mut page, steps) = straighten::level(page);
    leaders::erase(&mut page);
    (page, steps)
}

/// Which way the lines of a page run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Level,
    Up,
    Down,
}

impl Way {
    fn of(words: &[Word]) -> Self {
        let long: Vec<&Word> = words.iter().filter(|word| word.text.chars().count() >= 3).collect();
        let tall = long.iter().filter(|word| word.area.height > word.area.width).count();
        if tall.saturating_mul(2) <= long.len() {
            return Self::Level;
        }
        // Where lines run up, the next word of a line stands higher.
        let next = long.iter().zip(long.iter().skip(1)).filter(|(a, b)| a.place == b.place);
        let (up, down): (Vec<_>, Vec<_>) = next.partition(|(a, b)| b.area.top < a.area.top);
        if up.len() > down.len() { Self::Up } else { Self::Down }
    }
}

/// Reads a page whose lines are level, turning it by half when it makes no sense as it stands.
fn upright(
    page: &GrayImage,
    mut words: Vec<Word>,
    folder: &Path,
) -> Result<Recognised, IntakeError> {
    let as_it_stands = Recognised::of(&words, page.dimensions());
    if as_it_stands.lines.is_empty() {
        return Ok(as_it_stands);
    }
    if as_it_stands.is_upright() {
        numbers::reread(page, &mut words, folder)?;
        return Ok(Recognised::looked_at(page, &words));
    }
    let page = imageops::rotate180(page);
    let mut words = read_words(&page, Language::Vietnamese, folder)?;
    let turned = Recognised::of(&words, page.dimensions());
    // The page as it stands wins a tie.
    if turned.merit() <= as_it_stands.merit() {
        return Ok(as_it_stands);
    }
    numbers::reread(&page, &mut words, folder)?;
    Ok(Recognised::looked_at(&page, &words).after(vec![Step::Half]))
}

/// The lines of Tesseract's table of words, in its reading order.
pub fn lines_from_tsv(table: &str) -> Recognised {
    let words: Vec<Word> = table.lines().filter_map(Word::parse).collect();
    Recognised::of(&words, (0, 0))
}

struct Line {
    place: Place,
    text: String,
    letters: f32,
    /// Confidence summed over letters.
    sure: f32,
    confirmed: usize,
    unconfirmed: usize,
    area: Area,
}

impl Line {
    fn of(word: &Word) -> Self {
        let mut line = Self {
            place: word.place,
            text: String::new(),
            letters: 0.0,
            sure: 0.0,
            confirmed: 0,
            unconfirmed: 0,
            area: word.area,
        };
        line.add(word);
        line
    }

    fn add(&mut self, word: &Word) {
        // Rules, dots and specks are no evidence of how well the text was read.
        let letters = word.text.chars().filter(|c| c.is_alphanumeric()).count() as f32;
        self.letters += letters;
        self.sure += letters * word.confidence;
        // The number of a list opens a line and is read once; any other lone digit may be part of a day.
        let lone = !self.text.is_empty() && word.text.contains(|c: char| c.is_ascii_digit());
        match word.reading {
            NumberReading::NoNumber if !lone => {}
            NumberReading::NoNumber | NumberReading::Once => {
                self.unconfirmed = self.unconfirmed.saturating_add(1);
            }
            NumberReading::Confirmed => self.confirmed = self.confirmed.saturating_add(1),
        }
        self.text.push(' ');
        self.text.push_str(&word.text);
        self.area = self.area.with(word.area);
    }

    fn finish(self, size: (u32, u32)) -> Option<TextLine> {
        let text = motcua_text::normalize(&self.text);
        let kept = self.letters > 0.0 && !text.is_empty();
        kept.then(|| TextLine {
            text,
            confidence: (self.sure / self.letters).clamp(0.0, 1.0),
            numbers_confirmed: self.confirmed > 0 && self.unconfirmed == 0,
            area: self.area.shares(size),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TABLE: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
        1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t\n\
        5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t96.5\tTờ\n\
        5\t1\t1\t1\t1\t2\t0\t0\t9\t9\t90\tkhai\n\
        5\t1\t1\t1\t2\t1\t0\t0\t9\t9\t10\t——\n\
        5\t1\t2\t1\t1\t1\t0\t0\t9\t9\t50\tHà\tNội\n";

    #[test]
    fn reads_lines_with_their_confidence() {
        let page = lines_from_tsv(TABLE);
        let lines: Vec<&str> = page.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(lines, ["Tờ khai", "Hà Nội"]);
        let first = page.lines.first().map(|line| line.confidence);
        assert!(first.is_some_and(|c| (c - (2.0 * 0.965 + 4.0 * 0.9) / 6.0).abs() < 1e-3));
        assert!(page.confidence > 0.6 && page.confidence < 0.8, "{}", page.confidence);
    }

    #[test]
    fn a_line_has_the_box_around_its_words() {
        let word = |left, top| Word {
            place: [1, 1, 1],
            confidence: 0.9,
            text: "Hà".to_owned(),
            area: Area { left, top, width: 10, height: 20 },
            reading: NumberReading::default(),
        };
        let page = Recognised::of(&[word(20, 40), word(50, 44)], (100, 200));
        let area = page.lines.first().and_then(|line| line.area).expect("an area");
        let wanted = motcua_domain::Area { left: 0.2, top: 0.2, width: 0.4, height: 0.12 };
        assert_eq!(area, wanted);
        assert!(lines_from_tsv(TABLE).lines.iter().all(|line| line.area.is_none()));
    }

    proptest! {
        #[test]
        fn confidence_stays_within_bounds(rows in proptest::collection::vec("[0-9a-f\t.-]{0,60}", 0..20)) {
            let page = lines_from_tsv(&rows.join("\n"));
            prop_assert!((0.0..=1.0).contains(&page.confidence));
            prop_assert!(page.lines.iter().all(|line| (0.0..=1.0).contains(&line.confidence)));
        }
    }
}
