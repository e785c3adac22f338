//! Whether somebody signed where a page asks for it.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "places on a picture, which is bounded"
)]

use image::{GrayImage, imageops};
use motcua_domain::Presence;

use crate::{area::Area, ink, tesseract::Word};

/// What forms print where one is to sign, folded; part of it will do.
const ASKED: [&str; 5] = ["ky ghi ro ho", "ky va ghi ro", "ky ghi ro", "ky ten", "ky dong dau"];

/// How far below the words the signature stands, as a share of the page's height.
const BELOW: f32 = 0.1;

/// How far it goes beyond the words on either side, as a share of their width.
const BESIDE: f32 = 0.35;

/// The share of the place that is ink where somebody signed; a few specks are less.
const SIGNED: f32 = 0.010;

/// Nothing may stand so far beside the words either, in their widths, for the place to be empty: people sign
/// where there is room.
const FAR_BESIDE: f32 = 1.0;

/// How far above the words that ask their heading reaches, in their heights.
const HEADING: u32 = 6;

/// Even what is this little darker than the paper is ink there, in grey levels of 255.
const FAINT: u8 = 25;

/// A line with a label and at least so many words is the form's own.
const PRINTED: usize = 7;

/// A spot of ink that is larger than this, in heights of the words that ask, is more than a speck.
const SPECK: f32 = 0.5;

/// Who leaves much room signs far below the words, up to this share of the page's height, and writes a name there.
const FAR_BELOW: f32 = 0.35;

/// Whether a text asks for a signature anywhere.
pub(crate) fn is_asked(text: &str) -> bool {
    let folded = motcua_text::fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_owned).collect();
    (0..words.len()).any(|at| words.get(at..).and_then(asking).is_some())
}

/// What a look at a page's places to sign came to.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Signatures {
    /// Present if any place is signed, absent if there is nothing but specks below every one, neither signature
    /// nor name.
    pub(crate) presence: Presence,
    /// What stands above the places that are empty, where others are signed: "XÁC NHẬN CỦA UBND XÃ".
    pub(crate) lacking: Vec<String>,
}

/// Looks below each place that asks for a signature.
pub(crate) fn look(page: &GrayImage, words: &[Word]) -> Signatures {
    let lines = lines(words);
    let asked: Vec<Area> = lines.iter().flat_map(|line| asks(line)).collect();
    if asked.is_empty() {
        return Signatures::default();
    }
    let printed: Vec<Area> =
        lines.iter().filter(|line| is_printed(line)).filter_map(|line| strip(line)).collect();
    let mask = without(ink::mask(page, ink::CONTRAST), &printed);
    let place = |area: &Area, beside: f32| below(*area, page.height(), beside);
    let is_signed = |area: &&Area| share(&mask, place(area, BESIDE)) >= SIGNED;
    let (signed, others): (Vec<&Area>, Vec<&Area>) = asked.iter().partition(is_signed);
    let mut faint = without(ink::mask(page, FAINT), &printed);
    // Right below other words that ask it may be a signature, whatever is asked for further down.
    let near: Vec<Area> = asked.iter().map(|area| place(area, BESIDE)).collect();
    for (x, y) in asked.iter().flat_map(|area| heading(*area).pixels()) {
        let printed = near.iter().all(|place| !place.holds(x, y));
        if let Some(pixel) = faint.get_pixel_mut_checked(x, y).filter(|_| printed) {
            pixel.0 = [0];
        }
    }
    let is_empty = |area: &&&Area, beside: f32| {
        is_empty(&faint, place(area, beside), (area.height as f32 * SPECK) as u32)
    };
    if signed.is_empty() {
        let is_named = |area: &&Area| is_named_below(&lines, **area, page.height());
        let empty = others.iter().all(|area| is_empty(&area, FAR_BESIDE) && !is_named(area));
        let presence = if empty { Presence::Absent } else { Presence::Unclear };
        return Signatures { presence, lacking: Vec::new() };
    }
    // A neighbour's signature may reach far beside the words, so only what is right below them counts.
    let lacking = others.iter().filter(|area| is_empty(area, BESIDE));
    let lacking = lacking.map(|area| heading_words(**area, words)).collect();
    Signatures { presence: Presence::Present, lacking }
}

/// Whether somebody's name stands in the column of the words that ask, alone on its line and however far below.
fn is_named_below(lines: &[Vec<&Word>], asking: Area, height: u32) -> bool {
    let column = below(asking, height, BESIDE);
    let column = Area { height: (height as f32 * FAR_BELOW) as u32, ..column };
    let is_in = |word: &&&Word| {
        let Area { left, top, width, height } = word.area;
        column.holds(left.saturating_add(width / 2), top.saturating_add(height / 2))
    };
    let is_capitalised = |word: &Word| {
        let mut letters = word.text.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
    };
    lines.iter().any(|line| {
        let own: Vec<&Word> = line.iter().filter(is_in).copied().collect();
        NAME.contains(&own.len()) && own.into_iter().all(is_capitalised)
    })
}

/// A name has so many words.
const NAME: std::ops::RangeInclusive<usize> = 2..=5;

/// What is printed right above the words that ask: the words in their column, and those that stand close to these.
fn heading_words(asking: Area, words: &[Word]) -> String {
    let column = heading(asking);
    let middle = |from: u32, length: u32| from.saturating_add(length / 2);
    let above = words.iter().enumerate().filter(|(_, word)| {
        (column.top..asking.top).contains(&middle(word.area.top, word.area.height))
    });
    let (mut held, mut beside): (Vec<_>, Vec<_>) = above.partition(|(_, word)| {
        let area = word.area;
        column.holds(middle(area.left, area.width), middle(area.top, area.height))
    });
    // A heading is wider than what asks below it: its other words follow closely on the same line.
    let is_next = |one: &Area, other: &Area| {
        let right = |area: &Area| area.left.saturating_add(area.width);
        let gap = one.left.max(other.left).saturating_sub(right(one).min(right(other)));
        one.top.abs_diff(other.top) < asking.height / 2 && gap < asking.height
    };
    loop {
        let (joined, rest): (Vec<_>, Vec<_>) = beside
            .into_iter()
            .partition(|(_, word)| held.iter().any(|(_, other)| is_next(&word.area, &other.area)));
        beside = rest;
        if joined.is_empty() {
            break;
        }
        held.extend(joined);
    }
    held.sort_unstable_by_key(|(at, _)| *at);
    held.iter().map(|(_, word)| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn lines(words: &[Word]) -> Vec<Vec<&Word>> {
    let mut lines: Vec<Vec<&Word>> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.first().is_some_and(|first| first.place == word.place) => {
                line.push(word);
            }
            _ => lines.push(vec![word]),
        }
    }
    lines
}

/// The boxes of the words that ask for a signature; several columns may have come out as one line.
fn asks(line: &[&Word]) -> Vec<Area> {
    let folded: Vec<String> = line
        .iter()
        .map(|word| motcua_text::fold(&word.text).chars().filter(|c| c.is_alphanumeric()).collect())
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let asked = folded.get(at..).and_then(asking).filter(|_| !goes_on(line, at));
        let end = asked.map(|asked| {
            // To the closing bracket: "(Ký, ghi rõ họ tên và đóng dấu nếu có)".
            let rest = line.get(at..).unwrap_or_default();
            let closed = rest.iter().position(|word| word.text.ends_with(')'));
            let short = asked.saturating_add(1).min(rest.len());
            at.saturating_add(closed.map_or(short, |closed| closed.saturating_add(1)))
        });
        if let Some(end) = end {
            let words = line.get(at..end).unwrap_or_default();
            found.extend(words.iter().map(|word| word.area).reduce(Area::with));
        }
        at = end.unwrap_or(at).max(at.saturating_add(1));
    }
    found
}

/// Whether a word goes on with a sentence: "… (6) người kê khai ký, ghi rõ họ tên" below a form tells of the place to
/// sign, and is none.
fn goes_on(line: &[&Word], at: usize) -> bool {
    let close = |pair: &[&Word]| {
        let [before, word] = pair else { return false };
        let end = before.area.left.saturating_add(before.area.width);
        word.area.left.saturating_sub(end) < word.area.height
    };
    let is_lower = line.get(at).is_some_and(|word| word.text.starts_with(char::is_lowercase));
    let upto = line.get(..=at).unwrap_or_default();
    let run = upto.windows(2).rev().take_while(|pair| close(pair)).count();
    // "Người làm đơn ký, ghi rõ họ tên" heads a place to sign.
    is_lower && run >= SENTENCE
}

/// So many words before it make a sentence of what would else be a heading.
const SENTENCE: usize = 8;

/// How many words ask for a signature right here, if they do.
fn asking(folded: &[String]) -> Option<usize> {
    ASKED.iter().find_map(|asked| {
        let asked: Vec<&str> = asked.split(' ').collect();
        let here = folded.get(..asked.len()).is_some_and(|words| words == asked);
        here.then_some(asked.len())
    })
}

/// "Đề nghị cấp bản sao: Có [ ], Không [ ]" below a place to sign is the form's own; a name has neither a colon
/// nor so many words.
fn is_printed(line: &[&Word]) -> bool {
    let labelled = line.iter().any(|word| word.text.ends_with([':', '[', ']']));
    line.len() >= PRINTED && labelled && asks(line).is_empty()
}

/// The strip of a line, with room for marks above and below, and for what was not made out within it.
fn strip(line: &[&Word]) -> Option<Area> {
    let whole = line.iter().map(|word| word.area).reduce(Area::with)?;
    let room = whole.height / 3;
    Some(Area {
        left: whole.left.saturating_sub(room),
        top: whole.top.saturating_sub(room),
        width: whole.width.saturating_add(room.saturating_mul(2)),
        height: whole.height.saturating_add(room.saturating_mul(2)),
    })
}

/// Ink but for what lies in some places.
fn without(mut ink: GrayImage, places: &[Area]) -> GrayImage {
    for (x, y) in places.iter().flat_map(|place| place.pixels()) {
        if let Some(pixel) = ink.get_pixel_mut_checked(x, y) {
            pixel.0 = [0];
        }
    }
    ink
}

/// The words that ask and what is printed above them, "Ý KIẾN CỦA CHỦ HỘ": of columns side by side one may
/// reach lower than another's place to sign.
fn heading(place: Area) -> Area {
    let beside = (place.width as f32 * BESIDE) as u32;
    let top = place.top.saturating_sub(place.height.saturating_mul(HEADING));
    let bottom = place.top.saturating_add(place.height).saturating_add(place.height / 3);
    Area {
        left: place.left.saturating_sub(beside),
        top,
        width: place.width.saturating_add(beside.saturating_mul(2)),
        height: bottom.saturating_sub(top),
    }
}

fn below(place: Area, height: u32, beside: f32) -> Area {
    let beside = (place.width as f32 * beside) as u32;
    // The descenders of the words themselves are no signature.
    let gap = place.height / 3;
    Area {
        left: place.left.saturating_sub(beside),
        top: place.top.saturating_add(place.height).saturating_add(gap),
        width: place.width.saturating_add(beside.saturating_mul(2)),
        height: (height as f32 * BELOW) as u32,
    }
}

fn share(ink: &GrayImage, place: Area) -> f32 {
    let seen = place.pixels().filter_map(|(x, y)| ink.get_pixel_checked(x, y));
    let (inked, seen) = seen.fold((0_u32, 0_u32), |(inked, seen), pixel| {
        (inked.saturating_add(u32::from(pixel.0[0] > 0)), seen.saturating_add(1))
    });
    if is_cut_off(seen, place) { 0.0 } else { inked as f32 / seen.max(1) as f32 }
}

/// Whether no spot of ink in the place is larger than `speck`; what lies beyond the edge of the picture cannot be
/// seen, and is not empty.
fn is_empty(ink: &GrayImage, place: Area, speck: u32) -> bool {
    let seen = place.pixels().filter(|(x, y)| ink.get_pixel_checked(*x, *y).is_some()).count();
    if is_cut_off(u32::try_from(seen).unwrap_or(u32::MAX), place) {
        return false;
    }
    let mut left =
        imageops::crop_imm(ink, place.left, place.top, place.width, place.height).to_image();
    let spots = ink::spots(&mut left);
    spots.iter().all(|spot| spot.width.max(spot.height) <= speck)
}

fn is_cut_off(seen: u32, place: Area) -> bool {
    seen.saturating_mul(2) < place.width.saturating_mul(place.height)
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;
    use crate::tesseract::NumberReading;

    /// Two columns as one line: another signer's role, and "(Ký, ghi rõ họ tên)" from 600 on.
    fn words() -> Vec<Word> {
        let texts = ["HỢP", "PHÁP", "(Ký,", "ghi", "rõ", "họ", "tên)"];
        let lefts = [100, 180, 600, 660, 710, 750, 800];
        texts
            .into_iter()
            .zip(lefts)
            .map(|(text, left)| Word {
                place: [1, 1, 1],
                confidence: 0.9,
                text: text.to_owned(),
                area: Area { left, top: 400, width: 45, height: 24 },
                reading: NumberReading::default(),
            })
            .collect()
    }

    /// A page with ink where the function says so.
    fn page(ink: impl Fn(u32, u32) -> bool) -> GrayImage {
        GrayImage::from_fn(1000, 1400, |x, y| Luma([if ink(x, y) { 30 } else { 240 }]))
    }

    #[test]
    fn the_place_is_below_the_words_that_ask_and_not_below_their_neighbours() {
        let words = words();
        let line: Vec<&Word> = words.iter().collect();
        let [asked] = asks(&line)[..] else { panic!("it asks once") };
        assert_eq!((asked.left, asked.width), (600, 245));
        assert!(asks(&line[..2]).is_empty());
        // The other column's signature is not this one's.
        let other = page(|x, y| (100..300).contains(&x) && (440..520).contains(&y) && x % 9 < 3);
        assert_eq!(presence(&other, &words), Presence::Absent);
    }

    #[test]
    fn a_sentence_that_speaks_of_signing_is_no_place_to_sign() {
        let texts = [
            "(6)",
            "Trường",
            "hợp",
            "nộp",
            "trực",
            "tiếp,",
            "người",
            "kê",
            "khai",
            "ký,",
            "ghi",
            "rõ",
            "họ",
            "tên.",
        ];
        let sentence = texts.into_iter().zip(0..).map(|(text, at)| Word {
            text: text.to_owned(),
            area: Area { left: 100 + at * 50, top: 900, width: 45, height: 24 },
            ..words()[0].clone()
        });
        let sentence: Vec<Word> = sentence.collect();
        assert!(asks(&sentence.iter().collect::<Vec<_>>()).is_empty());
        let heading: Vec<&Word> = sentence[6..].iter().collect();
        assert_eq!(asks(&heading).len(), 1, "who signs, and how");
    }

    #[test]
    fn a_name_far_below_the_words_is_no_empty_place() {
        let mut page_words = words();
        let name = [("Phạm", 620), ("Văn", 690), ("Thuận", 740)];
        page_words.extend(name.map(|(text, left)| Word {
            place: [2, 1, 1],
            text: text.to_owned(),
            area: Area { left, top: 800, width: 45, height: 24 },
            ..words()[0].clone()
        }));
        let blank = page(|_, _| false);
        assert_eq!(presence(&blank, &words()), Presence::Absent);
        assert_eq!(presence(&blank, &page_words), Presence::Unclear);
    }

    #[test]
    fn each_column_has_its_place_and_the_forms_own_words_sign_nothing() {
        let word = |(text, left, top)| Word {
            area: Area { left, top, width: 60, height: 24 },
            place: [top, 1, 1],
            text: String::from(text),
            ..words()[0].clone()
        };
        let mut page_words: Vec<Word> = [("(Ký,", 100), ("ghi", 170), ("rõ", 240), ("họ)", 310)]
            .into_iter()
            .chain([("(Ký,", 600), ("ghi", 670), ("rõ", 740), ("họ)", 810)])
            .map(|(text, left)| word((text, left, 400)))
            .collect();
        let line: Vec<&Word> = page_words.iter().collect();
        assert_eq!(asks(&line).iter().map(|area| area.left).collect::<Vec<_>>(), [100, 600]);
        let footer = [
            ("Cấp", 100),
            ("bản", 170),
            ("sao:", 240),
            ("Có", 310),
            ("[", 380),
            ("],", 450),
            ("số", 520),
        ];
        page_words.extend(footer.map(|(text, left)| word((text, left, 480))));
        let printed = page(|x, y| (100..440).contains(&x) && (482..502).contains(&y) && x % 9 < 4);
        assert_eq!(presence(&printed, &page_words), Presence::Absent);
        let signed = |x: u32, y: u32| (620..820).contains(&x) && (450..475).contains(&y);
        let signed = page(|x, y| signed(x, y) && (x + 7 * y) % 23 < 6);
        assert_eq!(presence(&signed, &page_words), Presence::Present, "the second column");
    }

    #[test]
    fn a_stroke_is_a_signature_and_a_speck_is_none() {
        let at = |x: u32, y: u32| (x as f32 - 620.0, y as f32 - 490.0);
        let stroke = page(|x, y| {
            let (x, y) = at(x, y);
            (0.0..200.0).contains(&x) && (y - 30.0 * (x / 12.0).sin()).abs() < 4.0
        });
        assert_eq!(presence(&stroke, &words()), Presence::Present);
        let specks = page(|x, y| x % 97 < 3 && y % 89 < 3);
        assert_eq!(presence(&specks, &words()), Presence::Absent);
        // A name without a signature: a person looks.
        let name = page(|x, y| (650..760).contains(&x) && (500..520).contains(&y) && x % 22 < 3);
        assert_eq!(presence(&name, &words()), Presence::Unclear);
        assert_eq!(presence(&page(|_, _| false), &[]), Presence::Unclear);
    }

    fn presence(page: &GrayImage, words: &[Word]) -> Presence {
        look(page, words).presence
    }

    #[test]
    fn an_empty_place_beside_a_signed_one_is_named() {
        let mut words = again(200, 400);
        let first = words[0].clone();
        words.extend(["XÁC", "NHẬN"].into_iter().zip([210, 290]).map(|(text, left)| Word {
            place: [3, 1, 1],
            text: text.to_owned(),
            area: Area { left, top: 360, width: 60, height: 24 },
            ..first.clone()
        }));
        let signed = |x: u32, y: u32| (620..820).contains(&x) && (450..475).contains(&y);
        let signed = page(|x, y| signed(x, y) && (x + 7 * y) % 23 < 6);
        let found = look(&signed, &words);
        assert_eq!((found.presence, found.lacking), (Presence::Present, vec!["XÁC NHẬN".into()]));
        let both = page(|x, y| {
            ((620..820).contains(&x) || (220..420).contains(&x))
                && (450..475).contains(&y)
                && (x + 7 * y) % 23 < 6
        });
        assert!(look(&both, &words).lacking.is_empty());
    }

    /// The words of [`words`] that ask, once more elsewhere.
    fn again(left: u32, top: u32) -> Vec<Word> {
        let asking = words().into_iter().skip(2);
        let moved = |word: Word| Word {
            place: [2, 1, 1],
            area: Area { left: word.area.left - 600 + left, top, ..word.area },
            ..word
        };
        words().into_iter().chain(asking.map(moved)).collect()
    }

    #[test]
    fn the_heading_of_a_lower_column_is_no_signature_in_the_next() {
        let heading =
            page(|x, y| (200..440).contains(&x) && (436..462).contains(&y) && x % 22 < 12);
        assert_eq!(presence(&heading, &words()), Presence::Unclear, "it may be a name");
        assert_eq!(presence(&heading, &again(200, 470)), Presence::Absent);
    }

    #[test]
    fn a_name_below_one_place_is_not_taken_for_the_heading_of_the_next() {
        let name = page(|x, y| (650..760).contains(&x) && (445..465).contains(&y) && x % 22 < 3);
        assert_eq!(presence(&name, &again(600, 500)), Presence::Unclear);
    }

    #[test]
    fn what_lies_beyond_the_picture_is_not_empty() {
        let low: Vec<Word> = words()
            .into_iter()
            .map(|word| Word { area: Area { top: 1360, ..word.area }, ..word })
            .collect();
        assert_eq!(presence(&page(|_, _| false), &low), Presence::Unclear);
    }
}
