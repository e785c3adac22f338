//! Where the lines of a text layer stand: poppler tells text as it is laid out and, apart from that, words with
//! their boxes; the two are brought together here.

use std::collections::HashMap;

use motcua_domain::{Area, TextLine};

use crate::{
    area,
    tesseract::{NumberReading, Word},
};

/// Width and height in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Size {
    pub(crate) width: f32,
    pub(crate) height: f32,
}

/// A word of a text layer and its box, in points from the upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlacedWord {
    text: String,
    left: f32,
    top: f32,
    width: f32,
    height: f32,
}

/// How many rows further on a line is looked for.
const AHEAD: usize = 12;

/// The words of each page, out of the table that `pdftotext -tsv` writes; always `pages` of them.
pub(crate) fn words(table: &str, pages: usize) -> Vec<Vec<PlacedWord>> {
    let mut words: Vec<Vec<PlacedWord>> = vec![Vec::new(); pages];
    for (page, word) in table.lines().filter_map(parse) {
        if let Some(words) = page.checked_sub(1).and_then(|at| words.get_mut(at)) {
            words.push(word);
        }
    }
    words
}

/// Columns: level page par block line word left top width height conf text.
fn parse(row: &str) -> Option<(usize, PlacedWord)> {
    let columns: Vec<&str> = row.splitn(12, '\t').collect();
    let number = |at: usize| columns.get(at)?.parse::<f32>().ok().filter(|n| n.is_finite());
    let text = motcua_text::normalize(columns.get(11)?);
    let (left, top, width, height) = (number(6)?, number(7)?, number(8)?, number(9)?);
    let is_word = columns.first() == Some(&"5") && !text.is_empty() && height > 0.0;
    let page = columns.get(1)?.parse().ok()?;
    is_word.then_some((page, PlacedWord { text, left, top, width, height }))
}

/// Gives each line the box around its words, where they are found.
///
/// Both tell the page from top to bottom, so each line is looked for a few rows on from the one before; it is the
/// row that holds most of its words, and at least half of them.
pub(crate) fn place(lines: &mut [TextLine], words: &[PlacedWord], size: (f32, f32)) {
    let rows = rows(words);
    let mut from = 0_usize;
    for line in lines {
        let near = rows.iter().enumerate().skip(from.saturating_sub(1)).take(AHEAD);
        let found = near
            .map(|(at, row)| (at, shared(&line.text, row)))
            .max_by(|(a, one), (b, other)| one.len().cmp(&other.len()).then(b.cmp(a)));
        let Some((at, shared)) = found else { continue };
        let all = line.text.split_whitespace().count();
        if shared.is_empty() || shared.len().saturating_mul(2) < all {
            continue;
        }
        line.area = around(&shared, size);
        from = at;
    }
}

/// The words as they stand on a picture of the page that has so many pixels a point, row by row.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places on a page")]
pub(crate) fn on_picture(words: &[PlacedWord], pixels: f32) -> Vec<Word> {
    let mut found = Vec::with_capacity(words.len());
    for (row, words) in (0..).zip(rows(words)) {
        let mut words = words;
        words.sort_by(|a, b| a.left.total_cmp(&b.left));
        found.extend(words.into_iter().map(|word| Word {
            place: [row, 0, 0],
            confidence: 1.0,
            text: word.text.clone(),
            area: area::Area {
                left: (word.left * pixels) as u32,
                top: (word.top * pixels) as u32,
                width: (word.width * pixels) as u32,
                height: (word.height * pixels) as u32,
            },
            reading: NumberReading::default(),
        }));
    }
    found
}

/// Words that stand side by side, from top to bottom.
fn rows(words: &[PlacedWord]) -> Vec<Vec<&PlacedWord>> {
    let middle = |word: &PlacedWord| word.top + word.height / 2.0;
    let mut sorted: Vec<&PlacedWord> = words.iter().collect();
    sorted.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    let mut rows: Vec<Vec<&PlacedWord>> = Vec::new();
    for word in sorted {
        let beside = rows.last().and_then(|row| row.first()).is_some_and(|first| {
            (middle(first) - middle(word)).abs() < first.height.max(word.height) * 0.4
        });
        match rows.last_mut() {
            Some(row) if beside => row.push(word),
            _ => rows.push(vec![word]),
        }
    }
    rows
}

/// The words of a row that a line has too, each as often as the line has it.
fn shared<'a>(line: &str, row: &[&'a PlacedWord]) -> Vec<&'a PlacedWord> {
    let mut open: HashMap<&str, usize> = HashMap::new();
    for word in line.split_whitespace() {
        let count = open.entry(word).or_default();
        *count = count.saturating_add(1);
    }
    let mut takes = |word: &PlacedWord| match open.get_mut(word.text.as_str()) {
        Some(left) if *left > 0 => {
            *left = left.saturating_sub(1);
            true
        }
        _ => false,
    };
    row.iter().filter(|word| takes(word)).copied().collect()
}

fn around(words: &[&PlacedWord], (width, height): (f32, f32)) -> Option<Area> {
    let least =
        |of: fn(&PlacedWord) -> f32| words.iter().map(|word| of(word)).fold(f32::MAX, f32::min);
    let most = |of: fn(&PlacedWord) -> f32| words.iter().map(|word| of(word)).fold(0.0, f32::max);
    let share = |part: f32, whole: f32| (part / whole.max(1.0)).clamp(0.0, 1.0);
    let (left, top) = (least(|word| word.left), least(|word| word.top));
    let (right, bottom) =
        (most(|word| word.left + word.width), most(|word| word.top + word.height));
    (!words.is_empty()).then(|| Area {
        left: share(left, width),
        top: share(top, height),
        width: share(right - left, width),
        height: share(bottom - top, height),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "level\tpage_num\tpar_num\tblock_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
        1\t1\t0\t0\t0\t0\t0\t0\t600\t800\t-1\t###PAGE###\n\
        5\t1\t0\t0\t0\t0\t60.0\t80.0\t30\t12\t100\tGIẤY\n\
        5\t1\t0\t0\t0\t1\t95.0\t80.5\t55\t12\t100\tỦY\n\
        5\t1\t0\t0\t1\t0\t60.0\t120.0\t20\t12\t100\tÔng\n\
        5\t1\t0\t0\t1\t1\t300.0\t121.0\t60\t12\t100\tsinh\n\
        5\t2\t0\t0\t0\t0\t10.0\t10.0\t20\t12\t100\tHai\n";

    fn line(text: &str) -> TextLine {
        TextLine { text: text.to_owned(), confidence: 1.0, numbers_confirmed: false, area: None }
    }

    #[test]
    fn lines_get_the_boxes_of_their_words() {
        let pages = words(TABLE, 2);
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [4, 1]);
        let mut lines = [line("GIẤY ỦY"), line("chữ ở đâu không rõ"), line("Ông sinh")];
        place(&mut lines, pages.first().expect("a page"), (600.0, 800.0));
        let [title, nowhere, wide] = &lines;
        assert_eq!(nowhere.area, None);
        let title = title.area.expect("a box");
        assert!((title.left - 0.1).abs() < 1e-4 && (title.top - 0.1).abs() < 1e-4, "{title:?}");
        assert!((title.width - 0.15).abs() < 1e-4, "{title:?}");
        let wide = wide.area.expect("a box");
        assert!((wide.width - 0.5).abs() < 1e-4 && (wide.top - 0.15).abs() < 1e-4, "{wide:?}");
    }

    #[test]
    fn a_table_that_is_none_places_nothing() {
        assert_eq!(words("5\t1\tx", 1), [Vec::new()]);
        assert_eq!(words("5\t9\t0\t0\t0\t0\t1\t1\t1\t1\t1\ta", 1), [Vec::new()]);
        let mut lines = [line("a")];
        place(&mut lines, &[], (0.0, 0.0));
        assert_eq!(lines.first().and_then(|line| line.area), None);
    }
}
