//! What scanners and telephones do to a page.

use image::{Rgb, RgbImage, imageops};

use crate::chance::Chance;

/// How badly a page was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Care {
    /// A scanner: nearly straight, a little noise.
    Scanned,
    /// A telephone: skewed, in perspective, a shadow across it, a table round it.
    Photographed,
    /// Nothing on it can be read by anybody.
    Spoiled,
}

/// Takes a picture of a page.
pub(crate) fn take(page: &RgbImage, care: Care, chance: &mut Chance) -> RgbImage {
    let c = chance;
    let sign = if c.percent(50) { 1.0 } else { -1.0 };
    match care {
        Care::Scanned => {
            let skew = sign * c.between(0.3, 3.0);
            let mut taken = warp(
                page,
                &corners(page, skew, 0.0, 0.0, c),
                page.dimensions(),
                Rgb([252, 252, 250]),
            );
            if c.percent(30) {
                taken = imageops::fast_blur(&taken, c.between(0.5, 1.0));
            }
            let (noise, dim) = (c.between(2.0, 8.0), c.between(0.9, 1.0));
            expose(&mut taken, dim, 0.0, noise, c);
            taken
        }
        Care::Photographed => {
            let skew = sign * c.between(1.0, 8.0);
            let (width, height) = page.dimensions();
            let size = (width * 112 / 100, height * 108 / 100);
            // Some cut an edge off: the margin, not the words.
            let cut = if c.percent(20) { 0.045 } else { 0.0 };
            let lean = c.between(0.01, 0.045);
            let corners = corners(page, skew, lean, cut, c);
            let table = *c.pick(&[Rgb([112, 84, 58]), Rgb([70, 72, 78]), Rgb([150, 140, 128])]);
            let mut taken = warp(page, &corners, size, table);
            if c.percent(60) {
                taken = imageops::fast_blur(&taken, c.between(0.5, 1.3));
            }
            let (dim, shade, noise) =
                (c.between(0.62, 0.98), c.between(0.1, 0.45), c.between(3.0, 10.0));
            expose(&mut taken, dim, shade, noise, c);
            taken
        }
        Care::Spoiled => {
            let skew = sign * c.between(1.0, 6.0);
            let taken = warp(
                page,
                &corners(page, skew, 0.02, 0.0, c),
                page.dimensions(),
                Rgb([90, 78, 60]),
            );
            let mut taken =
                imageops::fast_blur(&taken, page.width() as f32 / c.between(110.0, 150.0));
            let dim = c.between(0.45, 0.75);
            expose(&mut taken, dim, 0.4, 8.0, c);
            taken
        }
    }
}

/// Where the corners of the page come to lie, in shares of the picture, from the top left clockwise.
fn corners(page: &RgbImage, skew: f32, lean: f32, cut: f32, c: &mut Chance) -> [(f32, f32); 4] {
    let ratio = page.width() as f32 / page.height() as f32;
    let (sin, cos) = skew.to_radians().sin_cos();
    // Small enough that a turned page still lies inside, but for what is cut off on purpose.
    let shrink = 1.0 - 0.9 * sin.abs() + cut;
    [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map(|(x, y): (f32, f32)| {
        let (x, y) = (x * ratio * shrink, y * shrink);
        let (x, y) = (x * cos - y * sin, x * sin + y * cos);
        let (dx, dy) = (c.between(-lean, lean), c.between(-lean, lean));
        (x / ratio + 0.5 + dx, y + 0.5 + dy)
    })
}

/// The page laid onto a picture of this size, so that its corners lie where they should.
fn warp(page: &RgbImage, corners: &[(f32, f32); 4], size: (u32, u32), ground: Rgb<u8>) -> RgbImage {
    let [width, height] = [page.width() as f32, page.height() as f32];
    let scaled = corners.map(|(x, y)| (x * size.0 as f32, y * size.1 as f32));
    let map = projection(scaled, width, height);
    RgbImage::from_fn(size.0, size.1, |x, y| {
        let (x, y) = (x as f32, y as f32);
        let w = map[6] * x + map[7] * y + 1.0;
        let (u, v) =
            ((map[0] * x + map[1] * y + map[2]) / w, (map[3] * x + map[4] * y + map[5]) / w);
        if u < 0.0 || v < 0.0 || u > width - 1.0 || v > height - 1.0 {
            return ground;
        }
        imageops::interpolate_bilinear(page, u, v).unwrap_or(ground)
    })
}

/// The projection from the quadrilateral onto the rectangle: eight unknowns, by elimination.
fn projection(from: [(f32, f32); 4], width: f32, height: f32) -> [f32; 8] {
    let to = [(0.0, 0.0), (width - 1.0, 0.0), (width - 1.0, height - 1.0), (0.0, height - 1.0)];
    let mut rows = [[0.0_f64; 9]; 8];
    for (at, ((x, y), (u, v))) in from.into_iter().zip(to).enumerate() {
        let [x, y, u, v] = [x, y, u, v].map(f64::from);
        rows[2 * at] = [x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u];
        rows[2 * at + 1] = [0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v];
    }
    for column in 0..8 {
        let best =
            (column..8).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()));
        rows.swap(column, best.unwrap_or(column));
        let pivot = rows[column];
        for (at, row) in rows.iter_mut().enumerate() {
            if at != column {
                let factor = row[column] / pivot[column];
                row.iter_mut().zip(pivot).for_each(|(cell, of)| *cell -= factor * of);
            }
        }
    }
    std::array::from_fn(|at| (rows[at][8] / rows[at][at]) as f32)
}

/// Light that is dim, falls off across the picture, and a sensor's noise.
fn expose(picture: &mut RgbImage, dim: f32, shade: f32, noise: f32, c: &mut Chance) {
    let (width, height) = picture.dimensions();
    let turn = c.between(0.0, std::f32::consts::TAU);
    let (dx, dy) = (turn.cos() / width as f32, turn.sin() / height as f32);
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let across =
            0.5 + (x as f32 - width as f32 / 2.0) * dx + (y as f32 - height as f32 / 2.0) * dy;
        let light = dim * (1.0 - shade * across.clamp(0.0, 1.0));
        let grain = c.between(-noise, noise);
        for channel in &mut pixel.0 {
            *channel = (f32::from(*channel) * light + grain).clamp(0.0, 255.0) as u8;
        }
    }
}
