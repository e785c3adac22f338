//! Writing that nobody can read: rows of soft ink where no word was recognised, on a page that may be
//! sharp elsewhere. A hand that shook blurs all of a photograph, a fold, a drop or a moving sheet only
//! the part that matters.

use image::{GrayImage, ImageBuffer, Luma, imageops};

use crate::{area::Area, ink, tesseract::Word};

/// Pixels on the longer side of the small picture that is looked at: a scanner's noise is evened out.
const SMALL: u32 = 848;
/// Pixels on a side of a cell: about half as high as a line of text on A4.
const CELL: u32 = 4;
/// Cells on each side of a place whose lightest quarter tells what the paper there looks like: wider than the
/// widest smear is high.
const AROUND: u32 = 12;
/// So much darker than the paper a cell's mean is, in grey levels of 255.
const CONTRAST: f32 = 25.0;
/// The steepest change from pixel to pixel, as a share of the contrast: print that people can read
/// has 0.4 and more, smears below 0.2.
const SOFT: f32 = 0.25;
/// The share of each side that is not looked at: edges of sheets cast soft shadows.
const EDGE: u32 = 11;
/// A smeared line, in cells: longer than this and twice as long as high, and not higher than that.
const LONG: u32 = 6;
const HIGH: u32 = 8;
/// From so many pieces of lines on, of so many cells together, a page is smeared. Of 130 pages that people
/// can read none had more than 4 pieces, or 242 cells in one (a photographed sheet's own edge); those
/// smeared in part or whole had 10 and 368 at least.
const LINES: usize = 6;
const SMEARED: usize = 220;

/// Whether a part of a page carries writing that cannot be read. `words` are those recognised on it.
pub(crate) fn is_smeared(page: &GrayImage, words: &[Word]) -> bool {
    let longer = page.width().max(page.height()).max(1);
    let small = |length: u32| {
        let length = u64::from(length).saturating_mul(u64::from(SMALL));
        let length = length.checked_div(u64::from(longer)).unwrap_or(0);
        u32::try_from(length).unwrap_or(SMALL).max(1)
    };
    let mut mask = soft_ink(&imageops::thumbnail(page, small(page.width()), small(page.height())));
    wipe_edges(&mut mask);
    for word in words.iter().filter(|word| word.text.chars().count() > 1) {
        let Area { left, top, width, height } = word.area;
        let [left, top, width, height] = [left, top, width, height].map(small);
        wipe(&mut mask, Area { left, top, width, height }.grown(CELL));
    }
    let area = |mask: &GrayImage| mask.pixels().filter(|pixel| pixel.0[0] > 0).count();
    if area(&mask) < SMEARED {
        return false;
    }
    let whole = mask.clone();
    let inked = |spot: &Area| {
        let rows = spot.top..spot.top.saturating_add(spot.height);
        let columns = spot.left..spot.left.saturating_add(spot.width);
        let places = rows.flat_map(|y| columns.clone().map(move |x| (x, y)));
        places.filter(|(x, y)| is_set(&whole, *x, *y)).count()
    };
    let is_line = |spot: &Area| {
        spot.width >= LONG && spot.height <= HIGH && spot.width >= spot.height.saturating_mul(2)
    };
    let lines: Vec<usize> =
        ink::spots(&mut mask).iter().filter(|spot| is_line(spot)).map(inked).collect();
    lines.len() >= LINES && lines.iter().sum::<usize>() >= SMEARED
}

fn is_set(mask: &GrayImage, x: u32, y: u32) -> bool {
    mask.get_pixel_checked(x, y).is_some_and(|pixel| pixel.0[0] > 0)
}

/// Cells of ink without an edge, white on black.
fn soft_ink(page: &GrayImage) -> GrayImage {
    let cells = Cells::of(page);
    GrayImage::from_fn(cells.mean.width(), cells.mean.height(), |x, y| {
        let value = |of: &ImageBuffer<Luma<f32>, Vec<f32>>| {
            of.get_pixel_checked(x, y).map_or(255.0, |pixel| pixel.0[0])
        };
        let paper = cells.paper(x, y);
        let dark = value(&cells.mean) < paper - CONTRAST;
        let soft = value(&cells.steepest) < SOFT * (paper - value(&cells.darkest)).max(1.0);
        Luma([if dark && soft { u8::MAX } else { 0 }])
    })
}

fn wipe_edges(mask: &mut GrayImage) {
    let (width, height) = mask.dimensions();
    let (left, top) = (width / EDGE, height / EDGE);
    for (x, y, pixel) in mask.enumerate_pixels_mut() {
        let is_edge = |at: u32, edge: u32, side: u32| at < edge || at.saturating_add(edge) >= side;
        if is_edge(x, left, width) || is_edge(y, top, height) {
            *pixel = Luma([0]);
        }
    }
}

/// Takes an area, given in pixels of the small picture, off a mask of cells.
fn wipe(mask: &mut GrayImage, area: Area) {
    let end = |start: u32, length: u32| start.saturating_add(length) / CELL;
    for y in area.top / CELL..=end(area.top, area.height) {
        for x in area.left / CELL..=end(area.left, area.width) {
            if let Some(pixel) = mask.get_pixel_mut_checked(x, y) {
                *pixel = Luma([0]);
            }
        }
    }
}

/// What the cells of a page look like.
struct Cells {
    mean: ImageBuffer<Luma<f32>, Vec<f32>>,
    darkest: ImageBuffer<Luma<f32>, Vec<f32>>,
    /// The steepest change from pixel to pixel.
    steepest: ImageBuffer<Luma<f32>, Vec<f32>>,
    /// The paper every [`AROUND`] cells.
    paper: ImageBuffer<Luma<f32>, Vec<f32>>,
}

impl Cells {
    fn of(page: &GrayImage) -> Self {
        let (width, height) = (page.width() / CELL, page.height() / CELL);
        let mut cells = Self {
            mean: ImageBuffer::new(width, height),
            darkest: ImageBuffer::new(width, height),
            steepest: ImageBuffer::new(width, height),
            paper: ImageBuffer::new(0, 0),
        };
        // Nine pixels' mean: noise has edges too.
        let page = imageops::filter3x3(page, &[1.0 / 9.0; 9]);
        let grey = |x: u32, y: u32| {
            page.get_pixel_checked(x, y).map_or(255.0, |pixel| f32::from(pixel.0[0]))
        };
        for (x, y, mean) in cells.mean.enumerate_pixels_mut() {
            let (left, top) = (x.saturating_mul(CELL), y.saturating_mul(CELL));
            let (mut sum, mut darkest, mut steepest) = (0.0, 255.0_f32, 0.0_f32);
            for row in top..top.saturating_add(CELL) {
                for column in left..left.saturating_add(CELL) {
                    let here = grey(column, row);
                    let across = (grey(column.saturating_add(1), row) - here).abs();
                    let down = (grey(column, row.saturating_add(1)) - here).abs();
                    sum += here;
                    darkest = darkest.min(here);
                    steepest = steepest.max(across).max(down);
                }
            }
            *mean = Luma([sum / (CELL * CELL) as f32]);
            if let Some(pixel) = cells.darkest.get_pixel_mut_checked(x, y) {
                *pixel = Luma([darkest]);
            }
            if let Some(pixel) = cells.steepest.get_pixel_mut_checked(x, y) {
                *pixel = Luma([steepest]);
            }
        }
        cells.paper = paper(&cells.mean);
        cells
    }

    fn paper(&self, x: u32, y: u32) -> f32 {
        self.paper.get_pixel_checked(x / AROUND, y / AROUND).map_or(255.0, |pixel| pixel.0[0])
    }
}

/// The lightest quarter's darkest cell around each place, a place every [`AROUND`] cells.
fn paper(mean: &ImageBuffer<Luma<f32>, Vec<f32>>) -> ImageBuffer<Luma<f32>, Vec<f32>> {
    let (width, height) = mean.dimensions();
    ImageBuffer::from_fn(width.div_ceil(AROUND), height.div_ceil(AROUND), |x, y| {
        let from = |at: u32| at.saturating_mul(AROUND).saturating_sub(AROUND);
        let to = |at: u32| at.saturating_mul(AROUND).saturating_add(2 * AROUND);
        let places = (from(y)..to(y)).flat_map(|y| (from(x)..to(x)).map(move |x| (x, y)));
        let mut greys: Vec<f32> =
            places.filter_map(|(x, y)| mean.get_pixel_checked(x, y)).map(|it| it.0[0]).collect();
        greys.sort_unstable_by(f32::total_cmp);
        Luma([greys.get(greys.len().saturating_mul(3) / 4).copied().unwrap_or(255.0)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten lines of strokes, smeared from one height to another.
    fn page(from: u32, to: u32) -> GrayImage {
        let sharp = GrayImage::from_fn(1240, 1754, |x, y| {
            let line = y % 60 < 16 && (200..1000).contains(&x) && (300..900).contains(&y);
            Luma([if line && x % 10 < 5 { 20 } else { 240 }])
        });
        let soft = image::imageops::blur(&sharp, 9.0);
        GrayImage::from_fn(1240, 1754, |x, y| {
            *if (from..to).contains(&y) { &soft } else { &sharp }.get_pixel(x, y)
        })
    }

    #[test]
    fn sharp_writing_is_not_smeared_even_if_no_word_was_read() {
        assert!(!is_smeared(&page(0, 0), &[]));
        assert!(!is_smeared(&GrayImage::new(3, 3), &[]));
        assert!(!is_smeared(&GrayImage::from_pixel(1240, 1754, Luma([240])), &[]));
    }

    #[test]
    fn half_a_page_smeared_is_told_unless_it_was_read_all_the_same() {
        let page = page(420, 880);
        assert!(is_smeared(&page, &[]));
        let read = Word::parse("5\t1\t1\t1\t1\t1\t200\t400\t800\t500\t95\tĐọc").expect("a word");
        assert!(!is_smeared(&page, &[read]));
    }
}
