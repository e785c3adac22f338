//! Whether somebody signed where a page asks for it.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "places on a picture, which is bounded"
)]

use image::GrayImage;
use motcua_domain::Presence;

use crate::{
    ink,
    ocr::{Area, Word},
};

/// What forms print where one is to sign, folded; part of it will do.
const ASKED: [&str; 5] = ["ky ghi ro ho", "ky va ghi ro", "ky ghi ro", "ky ten", "ky ten dong dau"];

/// How far below the words the signature stands, as a share of the page's height.
const BELOW: f32 = 0.085;

/// How far it goes beyond the words on either side, as a share of their width.
const BESIDE: f32 = 0.35;

/// The share of the place that is ink where somebody signed; a few specks are less.
const SIGNED: f32 = 0.010;

/// Looks below each place that asks for a signature: present if any is signed, absent if every one is empty.
pub(crate) fn presence(page: &GrayImage, words: &[Word]) -> Presence {
    let places: Vec<Area> = lines(words).into_iter().filter_map(|line| asks(&line)).collect();
    if places.is_empty() {
        return Presence::Unclear;
    }
    let mask = ink::mask(page);
    let signed = places.iter().any(|place| share(&mask, below(*place, page.height())) >= SIGNED);
    if signed { Presence::Present } else { Presence::Absent }
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

/// The box of the words that ask for a signature, all of those on a line together.
fn asks(line: &[&Word]) -> Option<Area> {
    let folded: Vec<String> = line
        .iter()
        .map(|word| motcua_text::fold(&word.text).chars().filter(|c| c.is_alphanumeric()).collect())
        .collect();
    let whole = format!(
        " {} ",
        folded.iter().filter(|word| !word.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    );
    if !ASKED.iter().any(|asked| whole.contains(&format!(" {asked} "))) {
        return None;
    }
    let left = line.iter().map(|word| word.area.left).min()?;
    let right = line.iter().map(|word| word.area.left.saturating_add(word.area.width)).max()?;
    let top = line.iter().map(|word| word.area.top).min()?;
    let bottom = line.iter().map(|word| word.area.top.saturating_add(word.area.height)).max()?;
    Some(Area { left, top, width: right.saturating_sub(left), height: bottom.saturating_sub(top) })
}

fn below(place: Area, height: u32) -> Area {
    let beside = (place.width as f32 * BESIDE) as u32;
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
    let (mut inked, mut seen) = (0_u32, 0_u32);
    for y in place.top..place.top.saturating_add(place.height) {
        for x in place.left..place.left.saturating_add(place.width) {
            if let Some(pixel) = ink.get_pixel_checked(x, y) {
                seen = seen.saturating_add(1);
                inked = inked.saturating_add(u32::from(pixel.0[0] > 0));
            }
        }
    }
    // What lies beyond the edge of the picture cannot be seen.
    let whole = place.width.saturating_mul(place.height);
    if seen.saturating_mul(2) < whole { 1.0 } else { inked as f32 / seen.max(1) as f32 }
}
