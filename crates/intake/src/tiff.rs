//! The pages of a TIFF file: scanners put a whole paper into one, and the decoder takes the first.

use crate::IntakeError;

/// Where a TIFF's header says the first page's directory is.
const FIRST: std::ops::Range<usize> = 4..8;

/// "This is a smaller version of another image", bit 0 of the tag.
const NEW_SUBFILE_TYPE: u16 = 254;

/// A TIFF that can be made to begin with any of its pages; thumbnails are no pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pages {
    bytes: Vec<u8>,
    offsets: Vec<u32>,
}

impl Pages {
    /// Finds the pages; at most `most` and one more, which is enough to refuse.
    pub(crate) fn of(bytes: &[u8], most: usize) -> Result<Self, IntakeError> {
        let offsets = offsets(bytes, most.saturating_add(1));
        let offsets = offsets.ok_or_else(|| IntakeError::damaged(&"broken list of pages"))?;
        Ok(Self { bytes: bytes.to_vec(), offsets })
    }

    pub(crate) fn count(&self) -> usize {
        self.offsets.len()
    }

    /// The file as if page `at` were its first.
    pub(crate) fn page(&mut self, at: usize) -> Option<&[u8]> {
        let offset = *self.offsets.get(at)?;
        let big = self.bytes.starts_with(b"MM");
        let pointer = if big { offset.to_be_bytes() } else { offset.to_le_bytes() };
        self.bytes.get_mut(FIRST)?.copy_from_slice(&pointer);
        Some(&self.bytes)
    }
}

fn offsets(bytes: &[u8], most: usize) -> Option<Vec<u32>> {
    let file = File { bytes, big: bytes.starts_with(b"MM") };
    let mut found = Vec::new();
    let mut seen = Vec::new();
    let mut next = file.long(FIRST.start)?;
    // A list that comes back to where it was would never end.
    while next != 0 && found.len() < most && !seen.contains(&next) {
        seen.push(next);
        let start = usize::try_from(next).ok()?;
        let entries = usize::from(file.short(start)?);
        if !file.is_thumbnail(start, entries)? || found.is_empty() {
            found.push(next);
        }
        next = file.long(start.checked_add(2)?.checked_add(entries.checked_mul(12)?)?)?;
    }
    (!found.is_empty()).then_some(found)
}

struct File<'a> {
    bytes: &'a [u8],
    big: bool,
}

impl File<'_> {
    fn is_thumbnail(&self, start: usize, entries: usize) -> Option<bool> {
        for at in 0..entries {
            let entry = start.checked_add(2)?.checked_add(at.checked_mul(12)?)?;
            if self.short(entry)? == NEW_SUBFILE_TYPE {
                return Some(self.long(entry.checked_add(8)?)? & 1 == 1);
            }
        }
        Some(false)
    }

    fn short(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..)?.first_chunk()?;
        Some(if self.big { u16::from_be_bytes(*bytes) } else { u16::from_le_bytes(*bytes) })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..)?.first_chunk()?;
        Some(if self.big { u32::from_be_bytes(*bytes) } else { u32::from_le_bytes(*bytes) })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A TIFF of grey pages, one pixel each, with the directories one behind the other.
    fn tiff(greys: &[u8]) -> Vec<u8> {
        let mut bytes = b"II*\0\x08\0\0\0".to_vec();
        for (at, grey) in greys.iter().enumerate() {
            let start = u32::try_from(bytes.len()).expect("small");
            // Tag, type (3 short, 4 long), count 1, value; the pixel lies behind the directory.
            let pixel = start + 2 + 8 * 12 + 4;
            let entries: [(u16, u16, u32); 8] = [
                (256, 3, 1),
                (257, 3, 1),
                (258, 3, 8),
                (259, 3, 1),
                (262, 3, 1),
                (273, 4, pixel),
                (278, 3, 1),
                (279, 4, 1),
            ];
            bytes.extend(8_u16.to_le_bytes());
            for (tag, kind, value) in entries {
                bytes.extend(tag.to_le_bytes());
                bytes.extend(kind.to_le_bytes());
                bytes.extend(1_u32.to_le_bytes());
                bytes.extend(value.to_le_bytes());
            }
            let next = if at + 1 < greys.len() { pixel + 4 } else { 0 };
            bytes.extend(next.to_le_bytes());
            bytes.extend([*grey, 0, 0, 0]);
        }
        bytes
    }

    #[test]
    fn every_page_is_decoded() {
        let mut pages = Pages::of(&tiff(&[10, 20, 30]), 5).expect("pages");
        let greys: Vec<u8> = (0..pages.count())
            .map(|at| {
                let page = image::load_from_memory(pages.page(at).expect("page")).expect("picture");
                page.into_luma8().get_pixel(0, 0).0[0]
            })
            .collect();
        assert_eq!(greys, [10, 20, 30]);
    }

    #[test]
    fn a_list_in_a_circle_ends() {
        let mut bytes = tiff(&[10]);
        // The next page of the only page is itself.
        let next = 8 + 2 + 8 * 12;
        bytes[next..next + 4].copy_from_slice(&8_u32.to_le_bytes());
        assert_eq!(Pages::of(&bytes, 100).map(|pages| pages.count()), Ok(1));
        assert!(Pages::of(&tiff(&[1; 9]), 3).is_ok_and(|pages| pages.count() == 4));
    }

    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..80), big: bool) {
            let mut file = if big { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
            file.extend(bytes);
            let _ = Pages::of(&file, 10);
        }
    }
}
