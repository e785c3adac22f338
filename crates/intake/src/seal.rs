//! Whether a page carries the red round seal of an office.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "places on a picture, which is bounded"
)]

use image::RgbImage;
use motcua_domain::Presence;

/// The longer side that seals are looked for at, in pixels.
pub(crate) const SIDE: u32 = 700;

/// Radii of seals, as shares of the shorter side of the page: 36 mm on A4 is 0.086; photographs show more or
/// less of the table, and cards are smaller than sheets.
const RADII: [f32; 7] = [0.055, 0.065, 0.075, 0.085, 0.095, 0.11, 0.13];

/// A ring is looked at in so many directions, and must be red in at least this share of them: signatures and
/// stamps of a day cross it.
const DIRECTIONS: u16 = 36;
const ROUND: f32 = 0.72;

/// Below this share of coloured pixels a picture is one of greys, in which no red can be seen.
const COLOURED: f32 = 0.000_15;

/// Looks for a red ring. A picture without any colour may be of a page that has one.
pub(crate) fn presence(page: &RgbImage) -> Presence {
    let (width, height) = page.dimensions();
    if width.min(height) < 100 {
        return Presence::Unclear;
    }
    let red: Vec<bool> = page.pixels().map(|pixel| is_red(pixel.0)).collect();
    let reds = red.iter().filter(|red| **red).count();
    let at = |x: i64, y: i64| -> bool {
        let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return false };
        let place = (y as usize).saturating_mul(width as usize).saturating_add(x as usize);
        x < width && red.get(place).copied().unwrap_or(false)
    };
    if reds > 60 && has_ring(&at, width, height) {
        return Presence::Present;
    }
    let coloured = page.pixels().filter(|pixel| spread(pixel.0) > 45).count();
    if coloured as f32 >= COLOURED * red.len() as f32 {
        Presence::Absent
    } else {
        Presence::Unclear
    }
}

fn has_ring(at: &impl Fn(i64, i64) -> bool, width: u32, height: u32) -> bool {
    let shorter = width.min(height) as f32;
    RADII.iter().any(|share| {
        let radius = share * shorter;
        let step = (radius / 6.0).max(2.0) as usize;
        (0..height)
            .step_by(step)
            .any(|y| (0..width).step_by(step).any(|x| is_ring(at, (x as f32, y as f32), radius)))
    })
}

/// Red in nearly all directions at about this distance, and not all over inside.
fn is_ring(at: &impl Fn(i64, i64) -> bool, (x, y): (f32, f32), radius: f32) -> bool {
    let look = |distance: f32, turn: u16| {
        let (sin, cos) =
            (f32::from(turn) * std::f32::consts::TAU / f32::from(DIRECTIONS)).sin_cos();
        at((x + distance * cos).round() as i64, (y + distance * sin).round() as i64)
    };
    let band = [0.86, 0.92, 0.98, 1.04, 1.1, 1.16];
    let hits =
        (0..DIRECTIONS).filter(|turn| band.iter().any(|share| look(share * radius, *turn))).count();
    if (hits as f32) < ROUND * f32::from(DIRECTIONS) {
        return false;
    }
    let inside = (0..DIRECTIONS)
        .filter(|turn| look(0.62 * radius, *turn) && look(0.72 * radius, *turn))
        .count();
    let beyond = (0..DIRECTIONS)
        .filter(|turn| look(1.35 * radius, *turn) || look(1.45 * radius, *turn))
        .count();
    inside < usize::from(DIRECTIONS).saturating_mul(2) / 3 && beyond < usize::from(DIRECTIONS) / 3
}

/// Seal red, also in poor light and faded.
fn is_red([r, g, b]: [u8; 3]) -> bool {
    let [r, g, b] = [r, g, b].map(i32::from);
    r.saturating_sub(g) > 32
        && r.saturating_sub(b) > 24
        && r.saturating_mul(10) > g.saturating_mul(13)
}

fn spread([r, g, b]: [u8; 3]) -> u8 {
    r.max(g).max(b).abs_diff(r.min(g).min(b))
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    fn sheet(draw: impl Fn(f32, f32) -> bool) -> RgbImage {
        RgbImage::from_fn(495, 700, |x, y| {
            if draw(x as f32, y as f32) {
                Rgb([200, 50, 60])
            } else if x % 9 < 3 && y % 20 < 8 {
                Rgb([40, 60, 150])
            } else {
                Rgb([240, 238, 232])
            }
        })
    }

    #[test]
    fn a_ring_is_a_seal_and_red_words_are_none() {
        let ring = |x: f32, y: f32| ((x - 320.0).hypot(y - 500.0) - 42.0).abs() < 2.0;
        assert_eq!(presence(&sheet(ring)), Presence::Present);
        let title = |x: f32, y: f32| {
            (100.0..400.0).contains(&x)
                && (80.0..100.0).contains(&y)
                && (x as u32).is_multiple_of(3)
        };
        assert_eq!(presence(&sheet(title)), Presence::Absent);
        let rim = |x: f32, y: f32| !(12.0..483.0).contains(&x) || !(12.0..688.0).contains(&y);
        assert_eq!(presence(&sheet(rim)), Presence::Absent);
    }

    #[test]
    fn a_grey_picture_does_not_tell() {
        let grey =
            RgbImage::from_fn(495, 700, |x, y| Rgb([if (x + y) % 9 < 2 { 40 } else { 230 }; 3]));
        assert_eq!(presence(&grey), Presence::Unclear);
    }
}
