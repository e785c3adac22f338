//! Word files: the text of paragraphs and table rows, page breaks kept.

use std::mem;

use motcua_domain::{FileKind, Page, Reading};
use quick_xml::{
    Reader,
    events::{BytesRef, BytesStart, Event},
};

use crate::{
    IntakeError, Limits,
    archive::{self, Archive},
    picture::{self, Seen},
    sniff::{Sniffed, sniff},
    text::{self, MAX_TEXT_BYTES},
    work::Work,
};

/// The most bytes of one XML part: markup is some twenty times its text.
const MAX_XML_BYTES: u64 = 64 << 20;

/// Below this many letters a Word file that holds pictures is but an envelope for them.
const FEW_LETTERS: usize = 200;

/// The shorter side, in pixels, from which a picture can be a paper; logos and portraits are less.
const PAPER_SIDE: u32 = 600;

/// The pages of a Word file, as far as it marks them; photographs of papers put into it follow.
pub(crate) fn read(bytes: &[u8], work: &mut Work) -> Result<Vec<Page>, IntakeError> {
    let mut archive = archive::open(bytes, &work.limits)?;
    let mut names = archive.names();
    names.sort();
    let mut texts = text_of_part(&mut archive, "word/document.xml")?;
    let mut headers = Vec::new();
    let mut left = MAX_TEXT_BYTES;
    for name in names.iter().filter(|name| is_header(name)) {
        let text = text_of_part(&mut archive, name)?.join("\n");
        left = left
            .checked_sub(text.len())
            .ok_or(IntakeError::TooMuchText { most: work.limits.max_chars })?;
        // First, even and odd pages have headers of their own that mostly say the same.
        if !headers.contains(&text) {
            headers.push(text);
        }
    }
    if let Some(first) = texts.first_mut() {
        headers.push(mem::take(first));
        *first = headers.join("\n");
    }
    let carried = text::pages(&texts, work)?;
    let letters = texts.iter().flat_map(|text| text.chars()).filter(|c| c.is_alphanumeric());
    let is_envelope = letters.take(FEW_LETTERS).count() < FEW_LETTERS;
    let seen = carried.into_iter().map(|page| Seen { page, shown: None });
    let mut pages: Vec<Seen> = seen.collect();
    if is_envelope {
        for name in names.iter().filter(|name| name.starts_with("word/media/")) {
            let picture = archive.named(name, work.limits.max_archive_bytes)?;
            pages.extend(read_picture(&picture, work)?);
        }
    }
    // The empty page that holds a picture is the picture's.
    if pages.iter().any(|seen| seen.page.reading == Reading::Ocr) {
        pages.retain(|seen| seen.page.reading == Reading::Ocr || !seen.page.lines.is_empty());
    }
    let numbered = (1..).zip(pages).map(|(number, mut seen)| {
        seen.page.number = number;
        seen.show(work)
    });
    numbered.collect()
}

/// `word/header1.xml`, `word/header2.xml` …
fn is_header(name: &str) -> bool {
    name.strip_prefix("word/header").and_then(|rest| rest.strip_suffix(".xml")).is_some()
}

fn text_of_part(archive: &mut Archive<'_>, name: &str) -> Result<Vec<String>, IntakeError> {
    let xml = archive.named(name, MAX_XML_BYTES)?;
    text_of_document_xml(&xml)
}

/// The page on a picture in a Word file; none when it is too small to be one or only Word can
/// draw it.
fn read_picture(bytes: &[u8], work: &mut Work) -> Result<Option<Seen>, IntakeError> {
    if !matches!(sniff(bytes), Sniffed::File(FileKind::Png | FileKind::Jpeg | FileKind::Tiff)) {
        return Ok(None);
    }
    let picture = picture::decode(bytes, work)?;
    if picture.grey.width().min(picture.grey.height()) < PAPER_SIDE {
        return Ok(None);
    }
    work.found_pages(1)?;
    picture::read_page(1, picture, work).map(Some)
}

/// The texts of `word/document.xml`, one for each page that a break ends.
///
/// # Errors
/// When it is not well-formed or has too much text.
pub fn text_of_document_xml(xml: &[u8]) -> Result<Vec<String>, IntakeError> {
    let mut reader = Reader::from_reader(xml);
    let mut body = Body { pages: vec![String::new()], ..Body::default() };
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().map_err(|error| IntakeError::damaged(&error))?;
        match &event {
            Event::Start(_) => depth = depth.saturating_add(1),
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        match event {
            Event::Eof if depth > 0 => return Err(IntakeError::damaged(&"cut off")),
            Event::Eof => break,
            Event::Start(start) if body.hidden > 0 || is_hidden(&start) => {
                body.hidden = body.hidden.saturating_add(1);
            }
            Event::End(_) if body.hidden > 0 => body.hidden = body.hidden.saturating_sub(1),
            _ if body.hidden > 0 => {}
            Event::Start(start) => body.open(&start),
            Event::Empty(empty) => {
                body.open(&empty);
                body.close(empty.local_name().as_ref());
            }
            Event::End(end) => body.close(end.local_name().as_ref()),
            Event::Text(text) if body.in_text => {
                body.push(&text.xml10_content());
            }
            Event::GeneralRef(reference) if body.in_text => body.push(&character(&reference)),
            _ => {}
        }
        if body.bytes > MAX_TEXT_BYTES {
            return Err(IntakeError::TooMuchText { most: Limits::default().max_chars });
        }
    }
    Ok(body.finish())
}

/// What has been read of a document.
#[derive(Default)]
struct Body {
    pages: Vec<String>,
    bytes: usize,
    in_text: bool,
    /// How many table cells the reader is in.
    cells: usize,
    /// How many elements deep the reader is in something that does not show.
    hidden: usize,
}

impl Body {
    fn open(&mut self, start: &BytesStart<'_>) {
        match start.local_name().as_ref() {
            "t" => self.in_text = true,
            "tc" => self.cells = self.cells.saturating_add(1),
            "lastRenderedPageBreak" => self.pages.push(String::new()),
            "br" if attribute(start, "type").as_deref() == Some("page") => {
                self.pages.push(String::new());
            }
            "br" | "cr" => self.push("\n"),
            "tab" => self.push(" "),
            "sym" => self.push(symbol(start)),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            // Cells of a row stay on one line, as they are read.
            "p" if self.cells > 0 => self.push(" "),
            "p" | "tr" => self.push("\n"),
            "tc" => {
                self.cells = self.cells.saturating_sub(1);
                self.push("  ");
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        self.bytes = self.bytes.saturating_add(text.len());
        if let Some(page) = self.pages.last_mut() {
            page.push_str(text);
        }
    }

    /// A break at the end of a page and the one Word noted there are one.
    fn finish(mut self) -> Vec<String> {
        self.pages.retain(|page| !page.trim().is_empty());
        if self.pages.is_empty() {
            self.pages.push(String::new());
        }
        self.pages
    }
}

/// The second of two versions of the same thing, and text that was moved away.
fn is_hidden(start: &BytesStart<'_>) -> bool {
    matches!(start.local_name().as_ref(), "Fallback" | "moveFrom" | "del")
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes().flatten();
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}

/// The boxes of forms, which Word takes from a font of pictures.
fn symbol(start: &BytesStart<'_>) -> &'static str {
    match attribute(start, "char").as_deref() {
        Some("F0FE" | "F0FD" | "F052" | "F053" | "F054") => "☒",
        Some("F0A8" | "F0A3" | "F06F" | "F071") => "☐",
        _ => " ",
    }
}

/// The five entities of XML and numbered characters; no others are known, so none expands.
fn character(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    match reference.as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn clean(xml: &str) -> Vec<String> {
        let pages = text_of_document_xml(xml.as_bytes()).expect("well-formed");
        pages.iter().map(|page| motcua_text::normalize(page)).collect()
    }

    #[test]
    fn reads_paragraphs_rows_and_pages() {
        let xml = r#"<w:document xmlns:w="w"><w:body>
            <w:p><w:r><w:t>T&#7901; khai &amp; &#273;&#417;n</w:t></w:r></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>
            <w:tc><w:p><w:r><w:t>An</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
            <w:p><w:r><w:br w:type="page"/><w:t>Trang 2</w:t></w:r></w:p>
            </w:body></w:document>"#;
        assert_eq!(clean(xml), ["Tờ khai & đơn 1 An", "Trang 2"]);
    }

    #[test]
    fn entities_of_its_own_do_not_expand() {
        let xml = r#"<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d><t>&b;x</t></d>"#;
        assert_eq!(clean(xml), ["x"]);
    }

    #[test]
    fn what_does_not_show_is_left_out() {
        let xml = "<d><p><del><r><t>cũ</t></r></del><r><t>mới</t></r></p><AlternateContent>\
                   <Choice><t>hộp</t></Choice><Fallback><t>hộp</t></Fallback></AlternateContent></d>";
        assert_eq!(clean(xml), ["mới hộp"]);
    }

    #[test]
    fn boxes_are_kept() {
        assert_eq!(clean(r#"<d><sym char="F0FE"/><t> Nam</t></d>"#), ["☒ Nam"]);
    }

    proptest! {
        #[test]
        fn never_panics(xml in "[<>/&;#a-z !\\[\\]\"]{0,200}") {
            let _ = text_of_document_xml(xml.as_bytes());
        }
    }
}
