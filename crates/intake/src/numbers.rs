//! Reading numbers a second time.
//!
//! Tesseract's Vietnamese data is small and weak on digits: of hand-written 1992 it makes 4442, and
//! says that it is sure. Its English data, which comes with the program, reads Vietnamese badly
//! and digits well. So what looks like a number is cut out of the page, set in a column, and read
//! with that too.

use std::path::Path;

use image::{GrayImage, Luma, imageops};

use crate::{
    IntakeError,
    area::Area,
    leaders,
    tesseract::{Language, NumberReading, Word, read_words},
};

/// More numbers than this stand in tables of figures, not on a counter's forms.
const MOST: usize = 150;

/// White around each number in the column, in pixels.
const MARGIN: u32 = 14;

/// How far around a word's box its ink may reach, in pixels.
const REACH: u32 = 4;

/// Below this confidence the second reading is not believed either.
const BELIEVED: f32 = 0.4;

/// Two readings that differ leave a doubt, even about the better one.
const DOUBT: f32 = 0.85;

/// Reads the numbers among the words of a page a second time, and keeps the better reading.
///
/// # Errors
/// When memory is short.
pub(crate) fn reread(
    page: &GrayImage,
    words: &mut [Word],
    folder: &Path,
) -> Result<(), IntakeError> {
    let mut numbers: Vec<&mut Word> =
        words.iter_mut().filter(|word| is_number(&word.text)).take(MOST).collect();
    if numbers.is_empty() {
        return Ok(());
    }
    for number in &mut numbers {
        number.reading = NumberReading::Once;
    }
    let areas: Vec<Area> = numbers.iter().map(|word| word.area.grown(REACH)).collect();
    let column = column(page, &areas);
    let read = read_words(&column, Language::English, folder)?;
    for (number, second) in numbers.iter_mut().zip(readings(&areas, &read)) {
        if let Some(second) = second {
            settle(number, second);
        }
    }
    Ok(())
}

/// Mostly digits, more than the number of a list, and without letters that English lacks.
fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let signs = text.chars().filter(|c| c.is_alphanumeric()).count();
    let foreign = text.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    signs >= 2 && digits.saturating_mul(2) >= signs && !foreign
}

/// The areas of a page, one below the other on white.
fn column(page: &GrayImage, areas: &[Area]) -> GrayImage {
    let width = areas.iter().map(|area| area.width).max().unwrap_or(0);
    let height = tops(areas).last().map_or(0, |(_, bottom)| bottom);
    let mut column = GrayImage::from_pixel(
        width.saturating_add(MARGIN.saturating_mul(2)),
        height.saturating_add(MARGIN),
        Luma([leaders::median(page)]),
    );
    for (area, (top, _)) in areas.iter().zip(tops(areas)) {
        let cut = imageops::crop_imm(page, area.left, area.top, area.width, area.height);
        imageops::replace(&mut column, &*cut, i64::from(MARGIN), i64::from(top));
    }
    column
}

/// Where each area begins and ends in the column.
fn tops(areas: &[Area]) -> impl Iterator<Item = (u32, u32)> {
    areas.iter().scan(0_u32, |end, area| {
        let top = end.saturating_add(MARGIN);
        *end = top.saturating_add(area.height);
        Some((top, *end))
    })
}

/// What was read in the place of each area; words side by side are one number.
fn readings(areas: &[Area], read: &[Word]) -> Vec<Option<(String, f32)>> {
    tops(areas)
        .map(|(top, bottom)| {
            let mut here = read.iter().filter(|word| {
                let middle = word.area.top.saturating_add(word.area.height / 2);
                (top..bottom).contains(&middle)
            });
            let first = here.next()?;
            Some(here.fold((first.text.clone(), first.confidence), |(text, sure), word| {
                (text + &word.text, sure.min(word.confidence))
            }))
        })
        .collect()
}

fn settle(number: &mut Word, (text, confidence): (String, f32)) {
    let signs = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    if signs(&text) == signs(&number.text) {
        number.confidence = number.confidence.max(confidence);
        number.reading = NumberReading::Confirmed;
        return;
    }
    let plain = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || ".,/-:;%()x".contains(c);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    // A reading that lost digits was cut off.
    let whole = digits(&text) >= digits(&number.text);
    if is_number(&text) && text.chars().all(plain) && whole && confidence >= BELIEVED {
        number.text = text;
        number.confidence = confidence * DOUBT;
    } else {
        number.confidence *= DOUBT;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, confidence: f32) -> Word {
        let area = Area { left: 0, top: 0, width: 50, height: 30 };
        Word {
            place: [0; 3],
            confidence,
            text: text.to_owned(),
            area,
            reading: NumberReading::default(),
        }
    }

    #[test]
    fn tells_numbers_from_words() {
        for number in ["1992", "0u032334035", "08/12/1993", "GD4259990999005", "12"] {
            assert!(is_number(number), "{number}");
        }
        for other in ["1.", "năm", "9iờ", "UBND", "118/2026/HĐDV", "…"] {
            assert!(!is_number(other), "{other}");
        }
    }

    #[test]
    fn the_second_reading_wins_only_when_it_is_a_whole_number() {
        let settled = |first: &str, second: &str, sure: f32| {
            let mut number = word(first, 0.9);
            settle(&mut number, (second.to_owned(), sure));
            number
        };
        assert_eq!(settled("4442", "1992", 0.9).text, "1992");
        assert_eq!(settled("4442", "1992", 0.2).text, "4442");
        assert_eq!(settled("025192999005", "02519", 0.9).text, "025192999005");
        assert_eq!(settled("2024", "2o24", 0.9).text, "2024");
        assert!(settled("4442", "1992", 0.9).confidence < 0.9);
        assert!(settled("1992", "1992", 0.95).confidence > 0.9);
        assert_eq!(settled("1992", "1992", 0.95).reading, NumberReading::Confirmed);
        assert_ne!(settled("4442", "1992", 0.95).reading, NumberReading::Confirmed);
    }

    #[test]
    fn readings_find_their_places() {
        let areas = [Area { left: 0, top: 0, width: 60, height: 30 }; 3];
        let mut first = word("19", 0.9);
        first.area.top = MARGIN;
        let mut second = word("92", 0.8);
        second.area.top = MARGIN;
        let mut third = word("2026", 0.7);
        third.area.top = 3 * MARGIN + 60;
        let read = readings(&areas, &[first, second, third]);
        assert_eq!(read, [Some(("1992".to_owned(), 0.8)), None, Some(("2026".to_owned(), 0.7))]);
    }
}
