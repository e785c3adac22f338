//! Whether a page can be read: ink, and how much of what was recognised reads as Vietnamese.

use image::GrayImage;
use motcua_domain::Legibility;

use crate::ocr::Recognised;

/// Ink below this share of the page is dust, a punch hole or a shadow: one line of text on A4
/// covers about 0.004.
const BLANK_INK: f32 = 0.000_6;

/// Below this mean confidence Tesseract is guessing: pages it reads upside down get about 0.45,
/// the worst page that people could still read got 0.7.
const ILLEGIBLE_CONFIDENCE: f32 = 0.5;

/// Below this share of possible syllables the words are noise: random letters give about 0.35,
/// text read upside down about 0.4.
const ILLEGIBLE_SHARE: f32 = 0.5;

/// Fewer possible syllables than this say nothing about what a paper is.
const ILLEGIBLE_WORDS: usize = 4;

/// Below this mean confidence about one word in ten is wrong: too many to hold a name or a number
/// against anybody.
const CLEAR_CONFIDENCE: f32 = 0.8;

/// Below this share of possible syllables the same holds.
const CLEAR_SHARE: f32 = 0.8;

/// Judges a recognised page.
pub(crate) fn judge(ink: f32, page: &Recognised) -> Legibility {
    let words = page.words();
    if words.possible == 0 && ink < BLANK_INK {
        Legibility::Blank
    } else if words.possible < ILLEGIBLE_WORDS
        || words.share() < ILLEGIBLE_SHARE
        || page.confidence < ILLEGIBLE_CONFIDENCE
    {
        Legibility::Illegible
    } else if words.share() < CLEAR_SHARE || page.confidence < CLEAR_CONFIDENCE {
        Legibility::Poor
    } else {
        Legibility::Clear
    }
}

/// Pixels on a side of the cells whose mean is looked at: averages out a scanner's noise, and
/// still tells a line of text from the gap below it at 200 dpi.
const CELL: u32 = 8;

/// Cells on a side of the blocks that have a background of their own, so that a shadow across the
/// page is not taken for ink.
const BLOCK: u32 = 16;

/// How much darker than its background a cell of ink is, in grey levels of 255.
const INK_CONTRAST: f32 = 14.0;

/// The share of each side that is not looked at: scanners leave dark edges.
const EDGE: u32 = 33;

/// The share of the page that carries ink, 0 to 1, edges left out.
pub(crate) fn ink(page: &GrayImage) -> f32 {
    let cells = cells(page);
    let (width, height) = cells.dimensions();
    let (mut inked, mut seen) = (0_u32, 0_u32);
    for top in (0..height).step_by(BLOCK as usize) {
        for left in (0..width).step_by(BLOCK as usize) {
            let block = block(&cells, left, top);
            let paper = paper(&block);
            let dark = |mean: &&f32| **mean < paper - INK_CONTRAST;
            inked = inked.saturating_add(count(block.iter().filter(dark).count()));
            seen = seen.saturating_add(count(block.len()));
        }
    }
    inked as f32 / seen.max(1) as f32
}

/// How much the cells of a block differ that has nothing on it: a scanner's noise is less, averaged over a cell,
/// and the palest text that anybody reads is more.
const BARE_RANGE: f32 = 4.0;

/// Whether a page shows nothing at all, edges included, so that there is nothing to recognise. It is said of fewer
/// pages than are blank: on a sheet with shadows or dust recognition has the last word.
pub(crate) fn is_bare(page: &GrayImage) -> bool {
    let cells = cells_within(page, (0, 0));
    let (width, height) = cells.dimensions();
    let tops = (0..height).step_by(BLOCK as usize);
    let mut corners =
        tops.flat_map(|top| (0..width).step_by(BLOCK as usize).map(move |left| (left, top)));
    corners.all(|(left, top)| {
        let block = block(&cells, left, top);
        let darkest = block.iter().copied().fold(f32::MAX, f32::min);
        let lightest = block.iter().copied().fold(0.0, f32::max);
        lightest - darkest <= BARE_RANGE
    })
}

type Cells = image::ImageBuffer<image::Luma<f32>, Vec<f32>>;

/// The means of the page's cells, edges left out.
fn cells(page: &GrayImage) -> Cells {
    let (width, height) = page.dimensions();
    cells_within(page, (width / EDGE, height / EDGE))
}

/// The means of the page's cells that lie so far within it.
fn cells_within(page: &GrayImage, (left, top): (u32, u32)) -> Cells {
    let (width, height) = page.dimensions();
    let inner = |side: u32, edge: u32| side.saturating_sub(edge.saturating_mul(2)) / CELL;
    image::ImageBuffer::from_fn(inner(width, left), inner(height, top), |x, y| {
        let at = |edge: u32, cell: u32| edge.saturating_add(cell.saturating_mul(CELL));
        let (x, y) = (at(left, x), at(top, y));
        let mut sum = 0_u32;
        for row in y..y.saturating_add(CELL) {
            for column in x..x.saturating_add(CELL) {
                let pixel = page.get_pixel_checked(column, row).map_or(255, |pixel| pixel.0[0]);
                sum = sum.saturating_add(u32::from(pixel));
            }
        }
        image::Luma([sum as f32 / (CELL * CELL) as f32])
    })
}

fn block(cells: &Cells, left: u32, top: u32) -> Vec<f32> {
    let rows = top..top.saturating_add(BLOCK);
    rows.flat_map(|y| (left..left.saturating_add(BLOCK)).map(move |x| (x, y)))
        .filter_map(|(x, y)| cells.get_pixel_checked(x, y))
        .map(|pixel| pixel.0[0])
        .collect()
}

/// What the paper itself looks like in a block: lighter than most of it, and not the lightest
/// speck.
fn paper(block: &[f32]) -> f32 {
    let mut sorted = block.to_vec();
    sorted.sort_by(f32::total_cmp);
    let at = sorted.len().saturating_mul(4) / 5;
    sorted.get(at).copied().unwrap_or(255.0)
}

fn count(items: usize) -> u32 {
    u32::try_from(items).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shadow_is_no_ink_and_a_line_is() {
        let shadow = GrayImage::from_fn(1600, 2200, |x, _| {
            image::Luma([u8::try_from(250 - x / 16).unwrap_or(0)])
        });
        assert!(ink(&shadow) < BLANK_INK, "{}", ink(&shadow));
        let line = GrayImage::from_fn(1600, 2200, |x, y| {
            let dark = (400..424).contains(&y) && (200..1200).contains(&x);
            image::Luma([if dark && x % 6 < 3 { 30 } else { 240 }])
        });
        assert!(ink(&line) > BLANK_INK, "{}", ink(&line));
    }

    #[test]
    fn a_sheet_without_anything_is_bare_and_pale_text_is_not() {
        let sheet = |dark: u8| {
            GrayImage::from_fn(1600, 2200, |x, y| {
                // A scanner's noise, and a short line of strokes near the lower edge.
                let noise = u8::try_from((x * 7 + y * 13) % 11).unwrap_or(0);
                let stroke = (2160..2176).contains(&y) && (200..300).contains(&x) && x % 6 < 2;
                image::Luma([if stroke { 240 - dark } else { 240 + noise }])
            })
        };
        assert!(is_bare(&sheet(0)));
        assert!(!is_bare(&sheet(40)));
        assert!(is_bare(&GrayImage::new(0, 0)) && is_bare(&GrayImage::new(5, 5)));
    }

    #[test]
    fn tiny_pictures_have_no_ink() {
        assert!(ink(&GrayImage::new(1, 1)) < BLANK_INK);
        assert!(ink(&GrayImage::new(0, 0)) < BLANK_INK);
    }
}
