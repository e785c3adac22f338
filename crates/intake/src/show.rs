//! Pictures of pages for people to look at beside what was read of them.
//!
//! Made anew from the points of the page as it was read, upright and level, so that boxes of lines fit it, and
//! so that nothing hidden in the upload (places, owners, earlier versions, scripts) goes with it.

use std::io::Cursor;

use image::{DynamicImage, RgbImage, codecs::jpeg::JpegEncoder, imageops::FilterType};

/// The longer side in pixels: of A4 137 dots an inch, at which small print is read by eye.
pub(crate) const SIDE: u32 = 1_600;

/// Of 100; text stays sharp, and a page has one to three hundred kilobytes.
const QUALITY: u8 = 75;

/// No page is larger; what is, is not shown.
pub(crate) const MOST_BYTES: usize = 4 << 20;

/// A picture made no larger than is shown.
pub(crate) fn small(picture: &DynamicImage) -> RgbImage {
    if picture.width().max(picture.height()) <= SIDE {
        return picture.to_rgb8();
    }
    picture.resize(SIDE, SIDE, FilterType::Triangle).into_rgb8()
}

/// As JPEG; none where it cannot be written or is too large.
pub(crate) fn jpeg(picture: &RgbImage) -> Option<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY)).ok()?;
    bounded(bytes.into_inner())
}

/// JPEG as a tool wrote it; none where it is none or too large.
pub(crate) fn bounded(bytes: Vec<u8>) -> Option<Vec<u8>> {
    (bytes.starts_with(&[0xff, 0xd8, 0xff]) && bytes.len() <= MOST_BYTES).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_picture_is_made_small_and_a_small_one_left() {
        let side = |width, height| {
            let shown = small(&DynamicImage::new_rgb8(width, height));
            (shown.width(), shown.height())
        };
        assert_eq!(side(3_200, 1_600), (1_600, 800));
        assert_eq!(side(300, 200), (300, 200));
    }

    #[test]
    fn only_jpeg_of_some_size_is_shown() {
        let bytes = jpeg(&RgbImage::new(40, 30)).expect("a picture");
        assert_eq!(bounded(bytes.clone()), Some(bytes));
        assert_eq!(bounded(b"<html>".to_vec()), None);
        let mut large = vec![0xff, 0xd8, 0xff];
        large.resize(MOST_BYTES + 1, 0);
        assert_eq!(bounded(large), None);
    }
}
