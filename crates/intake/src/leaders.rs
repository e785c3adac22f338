//! Rows of dots on forms: taken off the picture before it is read.
//!
//! What people write on a form stands in front of or on such a row, and Tesseract reads the dots
//! on as letters glued to the last word: a name becomes one that nobody has.

use std::collections::BTreeMap;

use image::{GrayImage, Luma};

/// How much darker than the paper a pixel of a dot is, in grey levels of 255.
const CONTRAST: u8 = 50;

/// The longer side of A4 at 200 dpi, in pixels; the lengths below are for that.
const REFERENCE_SIDE: u32 = 2_339;

/// The largest side of a dot.
const DOT: u32 = 8;

/// The farthest that two dots of a row stand apart.
const GAP: u32 = 18;

/// How far the next dot of a row stands higher or lower: scans are never quite straight.
const SLIP: u32 = 2;

/// So many dots are a row; an ellipsis has three, and no word has this many dots below it.
const ROW: usize = 6;

/// Takes rows of dots off a page.
pub(crate) fn erase(page: &mut GrayImage) {
    let paper = median(page);
    let Some(ink) = paper.checked_sub(CONTRAST) else { return };
    let side = page.width().max(page.height());
    let scale = |length: u32| length.saturating_mul(side).div_ceil(REFERENCE_SIDE).max(1);
    let dots = dots(page, ink, scale(DOT));
    for row in rows(dots, scale(GAP), scale(SLIP)) {
        for dot in row {
            dot.paint(page, paper);
        }
    }
}

/// The grey of the paper: most of a page is not written on.
pub(crate) fn median(page: &GrayImage) -> u8 {
    let mut counts = [0_usize; 256];
    for grey in page.as_raw() {
        if let Some(count) = counts.get_mut(usize::from(*grey)) {
            *count = count.saturating_add(1);
        }
    }
    let half = page.as_raw().len() / 2;
    let mut below = 0_usize;
    (0..=u8::MAX)
        .zip(counts)
        .find(|(_, count)| {
            below = below.saturating_add(*count);
            below > half
        })
        .map_or(u8::MAX, |(grey, _)| grey)
}

/// The box around a spot of ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Dot {
    left: u32,
    right: u32,
    top: u32,
    bottom: u32,
}

impl Dot {
    fn middle(self) -> u32 {
        self.top.midpoint(self.bottom)
    }

    fn add(&mut self, x: u32, y: u32) {
        self.left = self.left.min(x);
        self.right = self.right.max(x);
        self.top = self.top.min(y);
        self.bottom = self.bottom.max(y);
    }

    fn is_small(self, most: u32) -> bool {
        self.right.saturating_sub(self.left) < most && self.bottom.saturating_sub(self.top) < most
    }

    /// With the grey rim around it.
    fn paint(self, page: &mut GrayImage, paper: u8) {
        for y in self.top.saturating_sub(1)..=self.bottom.saturating_add(1) {
            for x in self.left.saturating_sub(1)..=self.right.saturating_add(1) {
                if let Some(pixel) = page.get_pixel_mut_checked(x, y) {
                    *pixel = Luma([paper]);
                }
            }
        }
    }
}

/// Spots of ink that touch no other ink and are no larger than a dot, from left to right.
fn dots(page: &GrayImage, ink: u8, most: u32) -> Vec<Dot> {
    let mut unseen = page.clone();
    let mut dots = Vec::new();
    let mut stack = Vec::new();
    for (x, y, _) in page.enumerate_pixels() {
        if !take(&mut unseen, x, y, ink) {
            continue;
        }
        let mut spot = Dot { left: x, right: x, top: y, bottom: y };
        stack.push((x, y));
        while let Some((x, y)) = stack.pop() {
            spot.add(x, y);
            for y in y.saturating_sub(1)..=y.saturating_add(1) {
                for x in x.saturating_sub(1)..=x.saturating_add(1) {
                    if take(&mut unseen, x, y, ink) {
                        stack.push((x, y));
                    }
                }
            }
        }
        if spot.is_small(most) {
            dots.push(spot);
        }
    }
    dots.sort_by_key(|dot| dot.left);
    dots
}

/// Whether there is ink that was not seen before.
fn take(unseen: &mut GrayImage, x: u32, y: u32, ink: u8) -> bool {
    match unseen.get_pixel_mut_checked(x, y) {
        Some(pixel) if pixel.0[0] <= ink => {
            *pixel = Luma([u8::MAX]);
            true
        }
        _ => false,
    }
}

/// Rows of dots: each follows the one before at about the same height and not far off.
fn rows(dots: Vec<Dot>, gap: u32, slip: u32) -> Vec<Vec<Dot>> {
    let mut rows: Vec<Vec<Dot>> = Vec::new();
    // The row that last had a dot at a height.
    let mut open: BTreeMap<u32, usize> = BTreeMap::new();
    for dot in dots {
        let middle = dot.middle();
        let near = middle.saturating_sub(slip)..=middle.saturating_add(slip);
        let follows = |at: &usize| {
            let last = rows.get(*at).and_then(|row| row.last());
            last.is_some_and(|last| dot.left.saturating_sub(last.right) <= gap)
        };
        let row = open.range(near).map(|(_, at)| *at).find(follows);
        let at = row.unwrap_or(rows.len());
        match rows.get_mut(at) {
            Some(row) => row.push(dot),
            None => rows.push(vec![dot]),
        }
        open.insert(middle, at);
    }
    rows.retain(|row| row.len() >= ROW);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(dots: &[(u32, u32)]) -> GrayImage {
        let mut page = GrayImage::from_pixel(1654, 2339, Luma([240]));
        for (x, y) in dots {
            Dot { left: *x, right: x + 3, top: *y, bottom: y + 3 }.paint(&mut page, 20);
        }
        page
    }

    fn has_ink(page: &GrayImage) -> bool {
        page.as_raw().iter().any(|grey| *grey < 100)
    }

    #[test]
    fn a_row_goes_even_when_it_slopes() {
        let dots: Vec<(u32, u32)> = (0..40).map(|at| (200 + at * 12, 700 + at / 5)).collect();
        let mut page = page(&dots);
        erase(&mut page);
        assert!(!has_ink(&page));
    }

    #[test]
    fn single_dots_and_letters_stay() {
        let mut with_dots = page(&[(200, 700), (212, 700), (224, 700), (500, 900)]);
        let before = with_dots.clone();
        erase(&mut with_dots);
        assert_eq!(with_dots, before);
        let mut letters = GrayImage::from_pixel(1654, 2339, Luma([240]));
        for at in 0..20 {
            let left = 300 + at * 16;
            Dot { left, right: left + 9, top: 500, bottom: 522 }.paint(&mut letters, 20);
        }
        let before = letters.clone();
        erase(&mut letters);
        assert_eq!(letters, before);
    }

    #[test]
    fn odd_pictures_pass() {
        for mut page in [GrayImage::new(0, 0), GrayImage::new(1, 1), GrayImage::new(3, 1)] {
            erase(&mut page);
        }
    }
}
