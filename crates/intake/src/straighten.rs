//! How far the lines of a page slope, and the page turned straight.
//!
//! Tesseract takes slopes of a few degrees; beyond that it breaks lines, and rows of dots are no longer rows
//! (`leaders.rs`). Of perspective so much is undone that all lines are level.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "places on a picture, which is bounded"
)]

use image::{GrayImage, ImageBuffer, Luma, Pixel, imageops};

use crate::{ink, leaders};

/// The longer side that slopes are measured at, in pixels.
const SIDE: u32 = 900;

/// The steepest slope that is looked for, in degrees.
const STEEPEST: f32 = 10.0;

/// Slopes below this are left alone: turning a page blurs it a little.
const LEVEL: f32 = 0.8;

/// How much sharper the lines must stand out when turned.
const GAIN: f64 = 1.12;

/// The largest difference between the slopes of the upper and the lower lines, in degrees.
const SPREAD: f32 = 6.0;

/// The page with its lines level, and what was done for that.
pub(crate) fn level(page: GrayImage) -> (GrayImage, Vec<Step>) {
    let mut done = Vec::new();
    let mut take = |step: Option<Step>, page: GrayImage| match step {
        Some(step) => {
            done.push(step);
            step.of(&page, Luma([leaders::median(&page)]))
        }
        None => page,
    };
    let slope = slope(&page);
    let page = take((slope.abs() >= LEVEL).then_some(Step::Turn(slope)), page);
    let fan = Fan::of(&page).map(Step::Close);
    let page = take(fan, page);
    (page, done)
}

/// Something that was done to a page before it was read, to be done to any picture of it, of whatever size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Step {
    /// Turned back by so many degrees, about its middle.
    Turn(f32),
    /// Diverging lines brought together.
    Close(Fan),
    /// A quarter to the right.
    Right,
    /// A quarter to the left.
    Left,
    /// Upside down.
    Half,
}

impl Step {
    /// The picture after it; what comes in at the edges is `paper`.
    pub(crate) fn of<P: Pixel<Subpixel = u8> + 'static>(
        self,
        page: &ImageBuffer<P, Vec<u8>>,
        paper: P,
    ) -> ImageBuffer<P, Vec<u8>> {
        match self {
            Self::Turn(slope) => turned(page, slope, paper),
            Self::Close(fan) => fan.closed(page, paper),
            Self::Right => imageops::rotate90(page),
            Self::Left => imageops::rotate270(page),
            Self::Half => imageops::rotate180(page),
        }
    }
}

/// Lines that diverge, as on a sheet seen from one side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fan {
    /// Height as a share of the page's, and slope in degrees, of the upper lines and of the lower ones.
    upper: (f32, f32),
    lower: (f32, f32),
}

impl Fan {
    /// `None` where all lines have about the same slope.
    fn of(page: &GrayImage) -> Option<Self> {
        let small = reduced(page)?;
        let mut points = ink::points(&small);
        points.sort_by(|a, b| a.1.total_cmp(&b.1));
        let (above, below) = points.split_at(points.len() / 2);
        let measured = |half: &[(f32, f32)]| {
            let height = half.iter().map(|(_, y)| y).sum::<f32>() / half.len().max(1) as f32;
            let flat = sharpness(half, 0.0, true);
            let slopes = steps(-SPREAD, SPREAD, 0.25);
            let sharpest = slopes
                .map(|slope| (slope, sharpness(half, slope, true)))
                .max_by(|a, b| a.1.total_cmp(&b.1));
            let slope = sharpest.filter(|(_, sharp)| *sharp > flat * GAIN);
            (height / small.height().max(1) as f32, slope.map_or(0.0, |(slope, _)| slope))
        };
        let (upper, lower) = (measured(above), measured(below));
        let differ = (upper.1 - lower.1).abs() >= LEVEL && lower.0 > upper.0 + 0.01;
        differ.then_some(Self { upper, lower })
    }

    /// At a height, as a share of the page's.
    fn slope_at(self, height: f32) -> f32 {
        let along = (height - self.upper.0) / (self.lower.0 - self.upper.0);
        let slope = self.upper.1 + along * (self.lower.1 - self.upper.1);
        slope.clamp(-2.0 * SPREAD, 2.0 * SPREAD)
    }

    /// Each line turned back by its own slope.
    fn closed<P: Pixel<Subpixel = u8> + 'static>(
        self,
        page: &ImageBuffer<P, Vec<u8>>,
        paper: P,
    ) -> ImageBuffer<P, Vec<u8>> {
        let middle = page.width() as f32 / 2.0;
        let height = page.height().max(1) as f32;
        let rise = |y: u32| self.slope_at(y as f32 / height).to_radians().tan();
        let rises: Vec<f32> = (0..page.height()).map(rise).collect();
        ImageBuffer::from_fn(page.width(), page.height(), |x, y| {
            let rise = rises.get(y as usize).copied().unwrap_or(0.0);
            let v = y as f32 + (x as f32 - middle) * rise;
            imageops::interpolate_bilinear(page, x as f32, v).unwrap_or(paper)
        })
    }
}

/// The page as small as slopes are measured at; `None` for tiny ones.
fn reduced(page: &GrayImage) -> Option<GrayImage> {
    let longer = page.width().max(page.height());
    if longer < 200 {
        return None;
    }
    let scale = (SIDE as f32 / longer as f32).min(1.0);
    let scaled = |length: u32| ((length as f32 * scale) as u32).max(1);
    let size = (scaled(page.width()), scaled(page.height()));
    Some(imageops::resize(page, size.0, size.1, imageops::FilterType::Triangle))
}

/// By how many degrees the lines fall to the right; 0 where that cannot be told.
pub(crate) fn slope(page: &GrayImage) -> f32 {
    let Some(small) = reduced(page) else { return 0.0 };
    let points = ink::points(&small);
    // A page on its side has its lines running down.
    let mut best = (0.0, 0.0, 0.0);
    for upright in [true, false] {
        let flat = sharpness(&points, 0.0, upright);
        let coarse = steps(-STEEPEST, STEEPEST, 0.5)
            .map(|angle| (angle, sharpness(&points, angle, upright)));
        let Some((near, _)) = coarse.max_by(|a, b| a.1.total_cmp(&b.1)) else { continue };
        let fine = steps(near - 0.4, near + 0.4, 0.1)
            .map(|angle| (angle, sharpness(&points, angle, upright)));
        let Some((angle, sharp)) = fine.max_by(|a, b| a.1.total_cmp(&b.1)) else { continue };
        if sharp > best.1 {
            best = (angle, sharp, flat);
        }
    }
    let (angle, sharp, flat) = best;
    if sharp > flat * GAIN { angle } else { 0.0 }
}

fn steps(from: f32, to: f32, by: f32) -> impl Iterator<Item = f32> {
    let count = ((to - from) / by).round() as u16;
    (0..=count).map(move |at| from + by * f32::from(at))
}

/// How sharply lines and gaps follow each other when the page is seen at this slope.
fn sharpness(ink: &[(f32, f32)], slope: f32, upright: bool) -> f64 {
    let (sin, cos) = slope.to_radians().sin_cos();
    let reach = SIDE.saturating_mul(2) as usize;
    let mut rows = vec![0_u32; reach.saturating_mul(2)];
    for (x, y) in ink {
        let place = if upright { y * cos - x * sin } else { x * cos + y * sin };
        let place = place.round() as i64;
        let at = usize::try_from(place.saturating_add(reach as i64)).unwrap_or(0);
        if let Some(row) = rows.get_mut(at) {
            *row = row.saturating_add(1);
        }
    }
    rows.windows(2)
        .filter_map(|pair| {
            let [a, b] = pair else { return None };
            Some(f64::from(a.abs_diff(*b)).powi(2))
        })
        .sum()
}

/// The page turned back by its slope; what comes in at the corners is paper.
fn turned<P: Pixel<Subpixel = u8> + 'static>(
    page: &ImageBuffer<P, Vec<u8>>,
    slope: f32,
    paper: P,
) -> ImageBuffer<P, Vec<u8>> {
    let (sin, cos) = slope.to_radians().sin_cos();
    let (width, height) = (page.width() as f32, page.height() as f32);
    let (middle_x, middle_y) = (width / 2.0, height / 2.0);
    ImageBuffer::from_fn(page.width(), page.height(), |x, y| {
        let (x, y) = (x as f32 - middle_x, y as f32 - middle_y);
        let (u, v) = (x * cos - y * sin + middle_x, x * sin + y * cos + middle_y);
        imageops::interpolate_bilinear(page, u, v).unwrap_or(paper)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHITE: Luma<u8> = Luma([255]);

    /// Broken lines, as text looks from afar.
    fn page() -> GrayImage {
        GrayImage::from_fn(1200, 1600, |x, y| {
            let line = y % 40 < 14 && (100..1500).contains(&y);
            let word = x % 90 < 70 && x % 7 < 4 && (120..1080).contains(&x);
            Luma([if line && word { 40 } else { 235 }])
        })
    }

    #[test]
    fn slopes_are_measured_and_taken_away() {
        assert!(slope(&page()).abs() < 0.3);
        for degrees in [-6.0_f32, -2.0, 3.5, 8.0] {
            let tilted = turned(&page(), -degrees, WHITE);
            let found = slope(&tilted);
            assert!((found - degrees).abs() < 0.4, "{degrees} was read as {found}");
            let (level, done) = level(tilted);
            assert!(matches!(done.as_slice(), [Step::Turn(_)]), "{done:?}");
            assert!(slope(&level).abs() < 0.5);
        }
    }

    #[test]
    fn lines_that_run_down_are_measured_too() {
        let tilted = turned(&page(), -4.0, WHITE);
        let found = slope(&imageops::rotate90(&tilted));
        assert!((found - 4.0).abs() < 0.4, "{found}");
    }

    #[test]
    fn lines_that_diverge_are_brought_together() {
        let fan = Fan { upper: (0.25, 2.0), lower: (0.75, -1.5) };
        assert_eq!(Fan::of(&page()), None);
        // What turns lines back turns level ones the other way.
        let seen = Fan { upper: (0.25, -2.0), lower: (0.75, 1.5) }.closed(&page(), WHITE);
        let found = Fan::of(&seen).expect("they diverge");
        for height in [0.2, 0.5, 0.8] {
            let (is, was) = (found.slope_at(height), fan.slope_at(height));
            assert!((is - was).abs() < 0.8, "at {height}: {was} was read as {is}");
        }
        assert_eq!(Fan::of(&found.closed(&seen, WHITE)), None);
    }

    #[test]
    fn a_small_picture_goes_the_same_way() {
        let dot = |side: u32, at: (u32, u32)| {
            GrayImage::from_fn(side, side, |x, y| {
                let near = x.abs_diff(at.0) <= side / 40 && y.abs_diff(at.1) <= side / 40;
                Luma([if near { 0 } else { 255 }])
            })
        };
        let middle = |page: &GrayImage| {
            let inked: Vec<(u32, u32)> = page
                .enumerate_pixels()
                .filter(|(.., p)| p.0[0] < 128)
                .map(|(x, y, _)| (x, y))
                .collect();
            let mean = |values: Vec<u32>| {
                values.iter().sum::<u32>() as f32 / values.len() as f32 / page.width() as f32
            };
            let (across, down) = inked.into_iter().unzip();
            (mean(across), mean(down))
        };
        let fan = Fan { upper: (0.2, 4.0), lower: (0.8, -3.0) };
        for step in [Step::Turn(6.0), Step::Close(fan), Step::Right, Step::Left, Step::Half] {
            let large = middle(&step.of(&dot(800, (640, 160)), WHITE));
            let small = middle(&step.of(&dot(200, (160, 40)), WHITE));
            let apart = (large.0 - small.0).abs().max((large.1 - small.1).abs());
            assert!(apart < 0.01, "{step:?}: {large:?} and {small:?}");
        }
    }

    #[test]
    fn odd_pictures_have_no_slope() {
        for odd in [GrayImage::new(0, 0), GrayImage::new(1, 900), GrayImage::new(500, 500)] {
            assert!(slope(&odd).abs() < f32::EPSILON);
        }
    }
}
