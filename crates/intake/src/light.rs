//! Evening out the light of a photograph: shadows and the table around the sheet make Tesseract, which
//! tells ink from paper by one grey for the whole page, lose lines or all of them.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "greys and places on a picture, which are bounded"
)]

use image::{GrayImage, Luma, imageops};

use crate::ink;

/// Pixels on a side of the blocks that the paper's grey is measured in: larger than letters.
const BLOCK: u32 = 32;

/// The grey that paper is brought to.
const PAPER: f32 = 235.0;

/// The darkest paper may be by so much darker than the lightest, as a share, before anything is done:
/// scans are left as they are.
const UNEVEN: f32 = 0.15;

/// The page as if the light fell on it evenly; `None` where it does.
pub(crate) fn evened(page: &GrayImage) -> Option<GrayImage> {
    let paper = paper(page);
    let mut greys: Vec<u8> = paper.as_raw().clone();
    greys.sort_unstable();
    let share = |percent: usize| greys.get(greys.len().saturating_mul(percent) / 100).copied();
    let (dark, light) = (share(3)?, share(97)?);
    if f32::from(dark) >= f32::from(light) * (1.0 - UNEVEN) {
        return None;
    }
    let paper = imageops::resize(
        &paper,
        page.width().div_ceil(BLOCK).saturating_mul(BLOCK),
        page.height().div_ceil(BLOCK).saturating_mul(BLOCK),
        imageops::FilterType::Triangle,
    );
    Some(GrayImage::from_fn(page.width(), page.height(), |x, y| {
        let grey = page.get_pixel_checked(x, y).map_or(PAPER, |pixel| f32::from(pixel.0[0]));
        let paper = paper.get_pixel_checked(x, y).map_or(PAPER, |pixel| f32::from(pixel.0[0]));
        Luma([(grey / paper.max(1.0) * PAPER).min(255.0) as u8])
    }))
}

/// The grey of the paper in each block: lighter than most of it. The middle one of nine neighbours is
/// taken, so that a seal or a thick rule does not pass for a shadow.
fn paper(page: &GrayImage) -> GrayImage {
    let (width, height) = (page.width().div_ceil(BLOCK), page.height().div_ceil(BLOCK));
    let blocks = GrayImage::from_fn(width, height, |column, row| {
        let (left, top) = (column.saturating_mul(BLOCK), row.saturating_mul(BLOCK));
        let rows = top..top.saturating_add(BLOCK);
        let places = rows.flat_map(|y| (left..left.saturating_add(BLOCK)).map(move |x| (x, y)));
        let mut greys: Vec<u8> = places
            .filter_map(|(x, y)| page.get_pixel_checked(x, y))
            .map(|pixel| pixel.0[0])
            .collect();
        Luma([ink::paper(&mut greys).unwrap_or(u8::MAX)])
    });
    GrayImage::from_fn(width, height, |column, row| {
        let rows = row.saturating_sub(1)..=row.saturating_add(1);
        let mut near: Vec<u8> = rows
            .flat_map(|y| {
                (column.saturating_sub(1)..=column.saturating_add(1)).map(move |x| (x, y))
            })
            .filter_map(|(x, y)| blocks.get_pixel_checked(x, y))
            .map(|pixel| pixel.0[0])
            .collect();
        near.sort_unstable();
        Luma([near.get(near.len() / 2).copied().unwrap_or(u8::MAX)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of text on a sheet that gets darker to the right.
    fn photograph(shade: u32) -> GrayImage {
        GrayImage::from_fn(640, 640, |x, y| {
            let light = 240 - shade * x / 640;
            let ink = y % 40 < 10 && x % 9 < 4;
            Luma([u8::try_from(if ink { light / 4 } else { light }).unwrap_or(0)])
        })
    }

    #[test]
    fn a_shadow_goes_and_the_ink_stays() {
        let even = evened(&photograph(150)).expect("a shadow");
        for (paper, ink) in [((6, 20), (1, 5)), ((622, 20), (622 / 9 * 9 + 1, 5))] {
            let grey = |(x, y): (u32, u32)| even.get_pixel(x, y).0[0];
            assert!(grey(paper) > 205, "paper is {}", grey(paper));
            assert!(grey(ink) < 90, "ink is {}", grey(ink));
        }
    }

    #[test]
    fn what_is_lit_evenly_is_left_alone() {
        assert_eq!(evened(&photograph(10)), None);
        assert_eq!(evened(&GrayImage::new(0, 0)), None);
        assert_eq!(evened(&GrayImage::new(3, 1)), None);
    }
}
