//! What a file is, told from its first bytes.

use motcua_domain::FileKind;

/// What bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sniffed {
    /// A file that is read.
    File(FileKind),
    /// A ZIP archive; a Word file is one too, told apart by its entries.
    Zip,
    /// Something else, in Vietnamese words.
    Other(&'static str),
}

/// Tells what bytes are, never looking at a name.
pub fn sniff(bytes: &[u8]) -> Sniffed {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    // Some scanners write a few bytes before the PDF header; readers look into the first kilobyte.
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Sniffed::File(FileKind::Pdf);
    }
    if starts(b"\x89PNG\r\n\x1a\n") {
        Sniffed::File(FileKind::Png)
    } else if starts(b"\xff\xd8\xff") {
        Sniffed::File(FileKind::Jpeg)
    } else if starts(b"II*\0") || starts(b"MM\0*") {
        Sniffed::File(FileKind::Tiff)
    } else if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Sniffed::File(FileKind::Webp)
    } else if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        Sniffed::File(FileKind::Doc)
    } else if is_heic(bytes) {
        Sniffed::File(FileKind::Heic)
    } else if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        Sniffed::Zip
    } else {
        unread_kinds(bytes).map_or_else(|| text_or_unknown(bytes), Sniffed::Other)
    }
}

fn unread_kinds(bytes: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &'static str); 8] = [
        (b"Rar!", "tệp nén RAR"),
        (b"7z\xbc\xaf", "tệp nén 7z"),
        (b"\x1f\x8b", "tệp nén gzip"),
        (b"GIF8", "ảnh GIF"),
        (b"BM", "ảnh BMP"),
        (b"MZ", "chương trình Windows"),
        (b"\x7fELF", "chương trình Linux"),
        (b"{\\rtf", "tệp RTF"),
    ];
    let film = bytes.get(4..8) == Some(b"ftyp");
    known
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|(_, name)| *name)
        .or(film.then_some("video"))
}

/// ISO/IEC 23008-12: a container that says which coding its picture has.
fn is_heic(bytes: &[u8]) -> bool {
    let brands: [&[u8]; 6] = [b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"];
    bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|own| brands.contains(&own))
}

fn text_or_unknown(bytes: &[u8]) -> Sniffed {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.chars().any(|c| c.is_control() && !c.is_whitespace()) => {
            Sniffed::File(FileKind::Text)
        }
        _ => Sniffed::Other("không nhận ra"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tells_kinds_by_content() {
        assert_eq!(sniff(b"%PDF-1.7"), Sniffed::File(FileKind::Pdf));
        assert_eq!(sniff(b"junk\n%PDF-1.4"), Sniffed::File(FileKind::Pdf));
        assert_eq!(sniff(b"PK\x03\x04rest"), Sniffed::Zip);
        assert_eq!(sniff("Tờ khai".as_bytes()), Sniffed::File(FileKind::Text));
        assert_eq!(sniff(b"\0\0\0\x18ftypheic"), Sniffed::File(FileKind::Heic));
        assert_eq!(sniff(b"\0\0\0\x18ftypisom"), Sniffed::Other("video"));
        assert_eq!(sniff(b"MZ\x90"), Sniffed::Other("chương trình Windows"));
        assert_eq!(sniff(b"\xff\xfe\xfd"), Sniffed::Other("không nhận ra"));
    }

    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            sniff(&bytes);
        }
    }
}
