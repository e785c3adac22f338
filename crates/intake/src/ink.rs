//! What on a page is ink: darker than the paper right around it, so that neither shadows nor the table beside
//! the sheet count.

use image::{GrayImage, Luma};

use crate::area::Area;

/// How much darker than the paper around it ink is, in grey levels of 255.
pub(crate) const CONTRAST: u8 = 42;

/// A block with more ink than this is no text: a table's edge, a photograph.
const CROWDED: usize = 40;

/// Shares of a page's side that are not looked at: edges of sheets and scanners.
const EDGE: u32 = 25;

/// White where there is ink, so much darker than the paper, black elsewhere.
pub(crate) fn mask(page: &GrayImage, contrast: u8) -> GrayImage {
    let mut mask = GrayImage::new(page.width(), page.height());
    visit(page, 48, contrast, &mut |x, y| {
        if let Some(pixel) = mask.get_pixel_mut_checked(x, y) {
            *pixel = Luma([u8::MAX]);
        }
    });
    mask
}

/// The places of ink, but for what lies at the edges.
pub(crate) fn points(page: &GrayImage) -> Vec<(f32, f32)> {
    let (width, height) = page.dimensions();
    let (left, top) = (width / EDGE, height / EDGE);
    let within = |at: u32, edge: u32, side: u32| at >= edge && at.saturating_add(edge) < side;
    let mut points = Vec::new();
    visit(page, 24, CONTRAST, &mut |x, y| {
        if within(x, left, width) && within(y, top, height) {
            points.push((x as f32, y as f32));
        }
    });
    points
}

/// The box around each spot of a mask, whose pixels are taken off it.
pub(crate) fn spots(mask: &mut GrayImage) -> Vec<Area> {
    let mut spots = Vec::new();
    let mut stack = Vec::new();
    for y in 0..mask.height() {
        for x in 0..mask.width() {
            stack.push((x, y));
            let mut spot: Option<Area> = None;
            while let Some((x, y)) = stack.pop() {
                let Some(pixel) = mask.get_pixel_mut_checked(x, y).filter(|p| p.0[0] > 0) else {
                    continue;
                };
                *pixel = Luma([0]);
                let here = Area { left: x, top: y, width: 1, height: 1 };
                spot = Some(spot.map_or(here, |spot| spot.with(here)));
                let rows = y.saturating_sub(1)..=y.saturating_add(1);
                stack.extend(rows.flat_map(|y| {
                    (x.saturating_sub(1)..=x.saturating_add(1)).map(move |x| (x, y))
                }));
            }
            spots.extend(spot);
        }
    }
    spots
}

fn visit(page: &GrayImage, side: u32, contrast: u8, found: &mut impl FnMut(u32, u32)) {
    let (width, height) = page.dimensions();
    for top in (0..height).step_by(side as usize) {
        for left in (0..width).step_by(side as usize) {
            let rows = top..top.saturating_add(side).min(height);
            let columns = left..left.saturating_add(side).min(width);
            let places = rows.flat_map(|y| columns.clone().map(move |x| (x, y)));
            let block: Vec<(u32, u32, u8)> = places
                .filter_map(|(x, y)| page.get_pixel_checked(x, y).map(|pixel| (x, y, pixel.0[0])))
                .collect();
            let mut greys: Vec<u8> = block.iter().map(|(_, _, grey)| *grey).collect();
            let Some(ink) = paper(&mut greys).and_then(|paper| paper.checked_sub(contrast)) else {
                continue;
            };
            let inked = block.iter().filter(|(_, _, grey)| *grey <= ink).count();
            if inked.saturating_mul(100) > block.len().saturating_mul(CROWDED) {
                continue;
            }
            for (x, y, _) in block.iter().filter(|(_, _, grey)| *grey <= ink) {
                found(*x, *y);
            }
        }
    }
}

/// The grey of the paper in a block: lighter than most of it, and not its lightest speck; none of an empty one.
pub(crate) fn paper(greys: &mut [u8]) -> Option<u8> {
    let at = (greys.len().saturating_mul(4) / 5).min(greys.len().checked_sub(1)?);
    Some(*greys.select_nth_unstable(at).1)
}
