//! What a paper states, with the line on which each thing stands, for a person to look up beside the page.
//!
//! Nothing is judged by these: they lead the eye. The rules read for themselves.

use motcua_domain::{Document, Legibility};

use crate::{dates::dates, people, piece::Piece, reading, sheet::Sheet};

/// Something a paper states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFact {
    /// What kind of thing it is.
    pub kind: ReadFactKind,
    /// The line as it was read.
    pub text: String,
    /// The page, 1-based.
    pub page: u32,
    /// The line's place among those of the page, from 0.
    pub line: usize,
}

/// The kinds of things that are looked up on a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReadFactKind {
    /// What the paper is called.
    Title,
    /// Somebody's name or personal number.
    Person,
    /// A day.
    Date,
    /// In what form it is: a copy, certified, attested.
    CopyMark,
    /// A field that was left blank.
    BlankField,
}

impl ReadFactKind {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Person => "person",
            Self::Date => "date",
            Self::CopyMark => "copy_mark",
            Self::BlankField => "blank_field",
        }
    }
}

/// Reads what each page of a document states, in the order of its lines.
pub fn facts(document: &Document) -> Vec<ReadFact> {
    let readable = |sheet: &Sheet| sheet.legibility >= Legibility::Poor;
    let sheets = Sheet::all(std::slice::from_ref(document)).into_iter().filter(readable);
    sheets.flat_map(of_page).collect()
}

fn of_page(sheet: Sheet) -> Vec<ReadFact> {
    let page = Piece::of_page(sheet);
    let found = [
        (ReadFactKind::Title, if has_title(&page) { page.title_lines() } else { Vec::new() }),
        (ReadFactKind::Person, people::named_on(&page)),
        (ReadFactKind::Date, dated(&page)),
        (ReadFactKind::CopyMark, reading::copy_lines(&page)),
        (ReadFactKind::BlankField, reading::blank_lines(&page)),
    ];
    let lines: Vec<&str> = page.lines().collect();
    let stand = page.stand(&(0..lines.len()).collect::<Vec<_>>());
    let mut facts: Vec<(usize, ReadFact)> = Vec::new();
    for (kind, places) in found {
        for place in places {
            let (Some(text), Some((_, number, line))) =
                (lines.get(place), stand.get(place).copied())
            else {
                continue;
            };
            let text = (*text).to_owned();
            facts.push((place, ReadFact { kind, text, page: number, line }));
        }
    }
    facts.sort_by_key(|(place, _)| *place);
    facts.into_iter().map(|(_, fact)| fact).collect()
}

/// Below this a heading is a guess.
const TITLED: f32 = 0.95;

fn has_title(page: &Piece) -> bool {
    page.titles.first().is_some_and(|title| title.strength >= TITLED)
}

fn dated(page: &Piece) -> Vec<usize> {
    let has_date = |line: &str| dates(line).into_iter().any(is_of_our_time);
    page.lines().enumerate().filter(|(_, line)| has_date(line)).map(|(at, _)| at).collect()
}

/// A hand-written 1992 is read as 4442: no day that leads anybody's eye.
fn is_of_our_time(day: jiff::civil::Date) -> bool {
    (1850..2200).contains(&day.year())
}

#[cfg(test)]
mod tests {
    use motcua_domain::{FileKind, Page, Presence, Reading, TextLine};

    use super::*;

    #[test]
    fn each_fact_names_its_line() {
        let lines = [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "GIẤY CHỨNG SINH",
            "",
            "Họ và tên mẹ: Vũ Thị Mận",
            "Đã sinh con vào ngày 14/10/2026",
            "Dân tộc: ..........",
            "Chứng thực bản sao đúng với bản chính",
            "Ngày sinh: 11/06/4442",
        ];
        let line = |text: &&str| TextLine {
            text: (*text).to_owned(),
            confidence: 1.0,
            numbers_confirmed: false,
            area: None,
        };
        let page = Page {
            number: 1,
            lines: lines.iter().map(line).collect(),
            reading: Reading::TextLayer,
            legibility: Legibility::Clear,
            seal: Presence::Unclear,
            signature: Presence::Unclear,
            unsigned: Vec::new(),
            smeared: false,
        };
        let document = Document {
            name: "giay.pdf".to_owned(),
            kind: FileKind::Pdf,
            sha256: String::new(),
            pages: vec![page],
            signatures: Vec::new(),
        };
        let found: Vec<_> =
            facts(&document).iter().map(|fact| (fact.kind.as_str(), fact.line)).collect();
        let wanted =
            [("title", 1), ("person", 3), ("date", 4), ("blank_field", 5), ("copy_mark", 6)];
        assert_eq!(found, wanted);
    }
}
