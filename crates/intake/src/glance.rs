//! A glance at the pages of a PDF, rendered very small: whether there is anything to see, and whether the text that
//! a page carries is seen on it.
//!
//! Text can be carried and not shown: drawn in no colour, in that of the paper, or outside of what is painted. What
//! a page is taken for must be what a person sees on it.

use image::GrayImage;

use crate::{
    IntakeError,
    area::Area,
    placed::{self, PlacedWord, Size},
    tesseract::Word,
    tool::Tool,
    words::Words,
};

/// Dots an inch: a word of 10 points is 5 pixels high, and a page has a hundred thousand pixels.
const DPI: f32 = 36.0;

/// The most pixels of all pages of a run; larger pages are rendered smaller.
const MOST_PIXELS: f32 = 32_000_000.0;

/// The most pages that are rendered in one run: each run opens the file anew, and takes one core.
const MOST_PAGES: usize = 20;

const RENDER: Tool = Tool::poppler("pdftoppm", 30, 64 << 20);

/// How many greys of 255 a place with ink differs within: a scanner's noise is less, and black print is 100 and more.
const CONTRAST: u8 = 16;

/// Words of fewer pixels in height are small print.
const SMALL: u32 = 4;

/// How many greys of 255 a page without anything may differ within.
const BLANK_RANGE: u8 = 2;

/// From so many words of Vietnamese that are not seen, what a page carries is not what it shows. Programs that
/// recognise scans read rows of dots and specks too pale to count as numbers and single letters, hardly as words.
const MANY_UNSEEN: usize = 6;

/// The same from one letter in so many.
const UNSEEN_SHARE: usize = 10;

/// The most pixels that are looked at for the words of a page, some ten times what a full page takes: words can be
/// as large as the page and any number.
const MOST_LOOKED_AT: usize = 4_000_000;

/// What a page looks like from afar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Glance {
    /// Nothing is to be seen on it.
    pub(crate) is_blank: bool,
    /// It carries text that is not seen on it.
    pub(crate) hides: bool,
}

impl Glance {
    /// What is not known to be shown is not taken for shown.
    pub(crate) const UNKNOWN: Self = Self { is_blank: false, hides: true };

    /// `words` are those of the text layer in pixels of the picture; none is given where they are not known.
    fn of(picture: &GrayImage, words: Option<&[Word]>) -> Self {
        let everywhere = Area { left: 0, top: 0, width: picture.width(), height: picture.height() };
        let mut all = usize::MAX;
        let is_blank = !differs(picture, everywhere, BLANK_RANGE, &mut all);
        let hides = match words {
            Some(words) => hides(picture, words),
            None => is_blank,
        };
        Self { is_blank, hides }
    }
}

/// A sheet to glance at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sheet<'a> {
    /// 1-based.
    pub(crate) number: u32,
    pub(crate) size: Size,
    /// The words that it carries, where they are known.
    pub(crate) words: Option<&'a [PlacedWord]>,
}

/// Glances at sheets of the PDF at `path`; they stand in the order of their numbers.
///
/// # Errors
/// When poppler is not installed or memory is short.
pub(crate) fn glances(path: &str, sheets: &[Sheet<'_>]) -> Result<Vec<Glance>, IntakeError> {
    let mut glances = Vec::with_capacity(sheets.len());
    for run in runs(sheets) {
        let seen = pictures(path, run)?;
        // A page that poppler leaves out would pass for the next one.
        if seen.pictures.len() != run.len() {
            glances.extend(run.iter().map(|_| Glance::UNKNOWN));
            continue;
        }
        glances.extend(run.iter().zip(&seen.pictures).map(|(sheet, picture)| {
            let words = sheet.words.map(|words| placed::on_picture(words, seen.dpi / 72.0));
            Glance::of(picture, words.as_deref())
        }));
    }
    Ok(glances)
}

/// Sheets that follow each other, not too many at once.
fn runs<'a, 'b>(sheets: &'a [Sheet<'b>]) -> impl Iterator<Item = &'a [Sheet<'b>]> {
    let follows = |a: &Sheet<'_>, b: &Sheet<'_>| a.number.saturating_add(1) == b.number;
    sheets.chunk_by(follows).flat_map(|run| run.chunks(MOST_PAGES))
}

struct Rendered {
    dpi: f32,
    /// None of them where they cannot be rendered.
    pictures: Vec<GrayImage>,
}

fn pictures(path: &str, run: &[Sheet<'_>]) -> Result<Rendered, IntakeError> {
    let square_inches: f32 =
        run.iter().map(|sheet| sheet.size.width * sheet.size.height / (72.0 * 72.0)).sum();
    let dpi = (MOST_PIXELS / square_inches.max(1.0)).sqrt().min(DPI);
    let page = |sheet: Option<&Sheet<'_>>| sheet.map_or(1, |sheet| sheet.number).to_string();
    let (first, last, dots) = (page(run.first()), page(run.last()), dpi.to_string());
    let said = RENDER.run(&["-gray", "-r", &dots, "-f", &first, "-l", &last, path]);
    let pictures = match said {
        Ok(said) => grey_pictures(&said.output),
        Err(IntakeError::TimedOut { .. } | IntakeError::TooLarge { .. }) => Vec::new(),
        Err(error) => return Err(error),
    };
    Ok(Rendered { dpi, pictures })
}

/// Whether a page carries more text that is not seen on it than can be by chance.
fn hides(picture: &GrayImage, words: &[Word]) -> bool {
    let mut left = MOST_LOOKED_AT;
    let (mut all, mut unseen, mut words_unseen) = (0_usize, 0_usize, 0_usize);
    for word in words {
        let letters = word.text.chars().filter(|c| c.is_alphanumeric()).count();
        all = all.saturating_add(letters);
        // Of small print the ink may lie beside the pixels that its box is rounded to.
        let area = if word.area.height < SMALL { word.area.grown(1) } else { word.area };
        if letters > 0 && !differs(picture, area, CONTRAST, &mut left) {
            unseen = unseen.saturating_add(letters);
            words_unseen = words_unseen.saturating_add(Words::of(&word.text).possible);
        }
    }
    words_unseen >= MANY_UNSEEN || unseen.saturating_mul(UNSEEN_SHARE) > all
}

/// Whether there are lighter and darker pixels in an area; no more than `left` are looked at.
fn differs(picture: &GrayImage, area: Area, by: u8, left: &mut usize) -> bool {
    let (mut darkest, mut lightest) = (u8::MAX, 0_u8);
    let bottom = area.top.saturating_add(area.height.max(1)).min(picture.height());
    let right = area.left.saturating_add(area.width.max(1)).min(picture.width());
    for y in area.top..bottom {
        for x in area.left..right {
            let Some(pixel) = picture.get_pixel_checked(x, y) else { continue };
            darkest = darkest.min(pixel.0[0]);
            lightest = lightest.max(pixel.0[0]);
            *left = left.saturating_sub(1);
            if lightest.saturating_sub(darkest) >= by.max(1) {
                return true;
            }
            if *left == 0 {
                return false;
            }
        }
    }
    false
}

/// The pictures that stand one behind the other in what `pdftoppm -gray` writes, up to the first that is none.
fn grey_pictures(mut stream: &[u8]) -> Vec<GrayImage> {
    let mut pictures = Vec::new();
    while let Some((picture, rest)) = grey_picture(stream) {
        pictures.push(picture);
        stream = rest;
    }
    pictures
}

/// Netpbm's binary greys: three lines of text, then a byte a pixel.
fn grey_picture(stream: &[u8]) -> Option<(GrayImage, &[u8])> {
    let (size, rest) = line(stream.strip_prefix(b"P5\n")?)?;
    let (width, height) = size.split_once(' ')?;
    let (width, height) = (width.parse::<u32>().ok()?, height.parse::<u32>().ok()?);
    let rest = line(rest).filter(|(most, _)| *most == "255")?.1;
    let length = usize::try_from(u64::from(width).checked_mul(u64::from(height))?).ok()?;
    let (pixels, rest) = rest.split_at_checked(length)?;
    Some((GrayImage::from_raw(width, height, pixels.to_vec())?, rest))
}

fn line(stream: &[u8]) -> Option<(&str, &[u8])> {
    let end = stream.iter().take(32).position(|byte| *byte == b'\n')?;
    let (line, rest) = stream.split_at_checked(end)?;
    Some((std::str::from_utf8(line).ok()?, rest.get(1..)?))
}

#[cfg(test)]
mod tests {
    use std::slice;

    use image::Luma;

    use super::*;
    use crate::tesseract::NumberReading;

    fn word(text: &str, left: u32, top: u32) -> Word {
        Word {
            place: [0, 0, 0],
            confidence: 1.0,
            text: text.to_owned(),
            area: Area { left, top, width: 30, height: 5 },
            reading: NumberReading::default(),
        }
    }

    /// White, with a row of strokes at the top.
    fn sheet() -> GrayImage {
        GrayImage::from_fn(100, 140, |x, y| {
            Luma([if (10..15).contains(&y) && x % 3 == 0 { 120 } else { 255 }])
        })
    }

    #[test]
    fn text_is_shown_where_there_is_ink() {
        let shown = word("Giấy khai sinh", 10, 10);
        let glance = |words: &[Word]| Glance::of(&sheet(), Some(words));
        assert_eq!(glance(slice::from_ref(&shown)), Glance { is_blank: false, hides: false });
        assert!(glance(&[word("Giấy khai sinh", 10, 60)]).hides);
        assert!(glance(&[shown.clone(), word("Giấy khai sinh", 10, 60)]).hides);
        // A page number that stands beside the paper tells nothing about what the page is.
        let rest = vec![shown; 3];
        assert!(!glance(&[rest.clone(), vec![word("12", 10, 400)]].concat()).hides);
        let much = vec![word("Giấy khai sinh", 10, 60); 4];
        assert!(glance(&[vec![word("Giấy khai sinh", 10, 10); 200], much].concat()).hides);
        assert!(!glance(&[word("....", 10, 60)]).hides);
        // Rows of dots that a scanning program took for numbers.
        let dots = vec![word("1227712", 10, 60); 6];
        assert!(!glance(&[vec![word("Giấy khai sinh", 10, 10); 200], dots].concat()).hides);
    }

    #[test]
    fn a_page_without_anything_shows_no_text() {
        let blank = GrayImage::from_pixel(100, 140, Luma([254]));
        assert_eq!(Glance::of(&blank, Some(&[])), Glance { is_blank: true, hides: false });
        assert_eq!(Glance::of(&blank, None), Glance { is_blank: true, hides: true });
        assert!(Glance::of(&blank, Some(&[word("Đơn", 0, 0)])).hides);
    }

    #[test]
    fn words_as_large_as_the_page_are_not_looked_at_for_ever() {
        let blank = GrayImage::from_pixel(3_000, 3_000, Luma([255]));
        let large =
            Word { area: Area { left: 0, top: 0, width: 3_000, height: 3_000 }, ..word("a", 0, 0) };
        assert!(hides(&blank, &vec![large; 100_000]));
    }

    #[test]
    fn pictures_are_told_apart() {
        let stream = b"P5\n2 1\n255\n\x00\xffP5\n1 2\n255\n\x0a\x0bP5\n9 9\n255\n\x00";
        let sizes: Vec<_> = grey_pictures(stream).iter().map(GrayImage::dimensions).collect();
        assert_eq!(sizes, [(2, 1), (1, 2)]);
        assert!(grey_pictures(b"P5\n4294967295 4294967295\n255\n").is_empty());
        assert!(grey_pictures(b"P6\n1 1\n255\n\x00\x00\x00").is_empty());
    }

    #[test]
    fn sheets_are_rendered_in_runs() {
        let sheet =
            |number| Sheet { number, size: Size { width: 10.0, height: 10.0 }, words: None };
        let sheets: Vec<Sheet<'_>> = (1..=25).chain([30]).map(sheet).collect();
        let lengths: Vec<usize> = runs(&sheets).map(<[_]>::len).collect();
        assert_eq!(lengths, [20, 5, 1]);
    }
}
