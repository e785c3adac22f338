//! Text that a file carries, as the lines of its pages, within what papers have.
//!
//! A paper has a few thousand letters a page. What has a thousand times as many is made to keep the
//! machine busy: each line is held in the server's memory, and each is looked at by every rule.

use std::borrow::Cow;

use motcua_domain::{Legibility, Page, Presence, Reading, TextLine};

use crate::{IntakeError, Limits, legacy, work::Work};

/// The most bytes of text that are taken out of a file before its lines are made.
pub(crate) const MAX_TEXT_BYTES: usize = 8 << 20;

/// The most marks that are kept on one letter: Vietnamese has two, and no script more than this.
const MOST_MARKS: u8 = 8;

/// The pages that these texts are, counted against the limits; text of before Unicode is made Unicode.
///
/// # Errors
/// When there are more pages or lines than are taken.
pub(crate) fn pages(texts: &[String], work: &mut Work) -> Result<Vec<Page>, IntakeError> {
    work.found_pages(texts.len())?;
    let texts = texts.iter().map(|text| without_heaps(text).into_owned()).collect();
    let texts = legacy::to_unicode(texts);
    (1..).zip(&texts).map(|(number, text)| page(number, text, &work.limits)).collect()
}

/// The pages of a text, which form feeds end, as line printers had it.
///
/// # Errors
/// When there is more text than is taken.
pub(crate) fn pages_of(text: &str, work: &mut Work) -> Result<Vec<Page>, IntakeError> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(IntakeError::TooMuchText { most: work.limits.max_chars });
    }
    let text = text.trim_end_matches('\u{c}');
    // Counted before they are taken apart: eight million empty pages are a file of eight megabytes.
    work.can_take(text.matches('\u{c}').count().saturating_add(1))?;
    let texts: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
    pages(&texts, work)
}

/// A page that carries its own text.
///
/// # Errors
/// When it has more lines than are taken.
pub(crate) fn page(number: u32, text: &str, limits: &Limits) -> Result<Page, IntakeError> {
    let mut lines = Vec::new();
    for text in text.lines().map(motcua_text::normalize).filter(|line| !line.is_empty()) {
        let line = TextLine { text, confidence: 1.0, numbers_confirmed: false, area: None };
        lines.extend(folded(line, limits.max_line_chars));
        if lines.len() > limits.max_page_lines {
            return Err(IntakeError::TooManyLines { most: limits.max_page_lines });
        }
    }
    let legibility = if lines.is_empty() { Legibility::Blank } else { Legibility::Clear };
    Ok(Page {
        number,
        lines,
        reading: Reading::TextLayer,
        legibility,
        seal: Presence::Unclear,
        signature: Presence::Unclear,
        unsigned: Vec::new(),
        smeared: false,
    })
}

/// A line as lines of at most so many characters, folded at spaces where it has them.
pub(crate) fn folded(line: TextLine, most: usize) -> Vec<TextLine> {
    let most = most.max(1);
    // No character is shorter than a byte.
    if line.text.len() <= most {
        return vec![line];
    }
    let mut parts = Vec::new();
    let mut rest = line.text.as_str();
    while let Some((end, next)) = rest.char_indices().nth(most) {
        let before = || rest.get(..end).and_then(|head| head.rfind(' ')).filter(|at| *at > 0);
        let space = if next == ' ' { Some(end) } else { before() };
        let Some((part, further)) = rest.split_at_checked(space.unwrap_or(end)) else { break };
        parts.push(part);
        rest = further.trim_start();
    }
    parts.push(rest);
    let part = |text: &str| TextLine { text: text.to_owned(), ..line.clone() };
    parts.into_iter().filter(|part| !part.is_empty()).map(part).collect()
}

/// Lines that were recognised, within the same limits.
///
/// # Errors
/// When there are more than a page may have.
pub(crate) fn folded_all(
    lines: Vec<TextLine>,
    limits: &Limits,
) -> Result<Vec<TextLine>, IntakeError> {
    let lines: Vec<TextLine> =
        lines.into_iter().flat_map(|line| folded(line, limits.max_line_chars)).collect();
    let most = limits.max_page_lines;
    if lines.len() > most { Err(IntakeError::TooManyLines { most }) } else { Ok(lines) }
}

/// Text without the marks that no letter has: sorting and joining a million on one letter takes minutes.
pub(crate) fn without_heaps(text: &str) -> Cow<'_, str> {
    if text.chars().all(no_heaps()) {
        return Cow::Borrowed(text);
    }
    let mut is_kept = no_heaps();
    Cow::Owned(text.chars().filter(|c| is_kept(*c)).collect())
}

/// Tells of one character after the other whether it is kept.
fn no_heaps() -> impl FnMut(char) -> bool {
    let mut marks = 0_u8;
    move |c| {
        if is_mark(c) {
            marks = marks.saturating_add(1);
            return marks <= MOST_MARKS;
        }
        // What is invisible is taken out later, and the marks on either side come together.
        if !is_invisible(c) {
            marks = 0;
        }
        true
    }
}

/// What a tool's refusal to write more means where it writes text.
pub(crate) fn told_by_a_tool(error: IntakeError, limits: &Limits) -> IntakeError {
    match error {
        IntakeError::TooLarge { .. } => IntakeError::TooMuchText { most: limits.max_chars },
        error => error,
    }
}

/// Whether it stands on the letter before it.
fn is_mark(c: char) -> bool {
    // Neither the letters of the first blocks nor Vietnamese ones, which nearly all text is made of.
    let is_letter = c < '\u{300}' || ('\u{1e00}'..='\u{1eff}').contains(&c);
    !is_letter && motcua_text::fold(c.encode_utf8(&mut [0; 4])).is_empty()
}

/// Characters that show nothing and change how others are shown or joined, [`motcua_text::normalize`]'s among them.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::work::weight;

    fn line(text: &str) -> TextLine {
        TextLine { text: text.to_owned(), confidence: 0.5, numbers_confirmed: true, area: None }
    }

    fn parts(text: &str, most: usize) -> Vec<String> {
        folded(line(text), most).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn a_long_line_is_folded_at_a_space() {
        assert_eq!(parts("Tờ khai đăng ký", 8), ["Tờ khai", "đăng ký"]);
        assert_eq!(parts("Tờ khai đăng ký", 7), ["Tờ khai", "đăng ký"]);
        assert_eq!(parts("ữữữữữữữ", 3), ["ữữữ", "ữữữ", "ữ"]);
        assert_eq!(parts("ữữữ", 3), ["ữữữ"]);
        assert_eq!(parts("a", 0), ["a"]);
        let kept = folded(line("Tờ khai đăng ký"), 8);
        assert!(kept.iter().all(|line| line.numbers_confirmed && line.confidence < 0.6));
    }

    #[test]
    fn letters_keep_their_marks_and_heaps_go() {
        let vietnamese = "Nguyê\u{303}n Thi\u{323} Đươ\u{323}m";
        assert!(matches!(without_heaps(vietnamese), Cow::Borrowed(text) if text == vietnamese));
        let heap = format!("a{}b{}", "\u{301}".repeat(3_000_000), "\u{323}".repeat(9));
        assert_eq!(without_heaps(&heap).chars().count(), 18);
        // What is invisible between two marks keeps none apart.
        let hidden = format!("a{}", "\u{301}\u{200b}".repeat(1_000));
        assert_eq!(without_heaps(&hidden).matches('\u{301}').count(), 8);
    }

    #[test]
    fn a_page_has_at_most_so_many_lines() {
        let limits = Limits { max_page_lines: 3, max_line_chars: 5, ..Limits::default() };
        let lines = |text: &str| page(1, text, &limits).map(|page| page.lines.len());
        assert_eq!(lines("a\n\nb\nc\n"), Ok(3));
        assert_eq!(lines("a\nb\nc\nd"), Err(IntakeError::TooManyLines { most: 3 }));
        assert_eq!(lines("aaaa bbbb cccc dddd"), Err(IntakeError::TooManyLines { most: 3 }));
    }

    #[test]
    fn short_lines_weigh_more_than_their_letters() {
        let pages = [page(1, "a\nb", &Limits::default()).expect("a page")];
        assert_eq!(weight(&pages), 40);
    }

    proptest! {
        #[test]
        fn folding_loses_nothing_but_spaces(text in "[a-cữ ]{0,60}", most in 0_usize..12) {
            let text = motcua_text::normalize(&text);
            let parts = parts(&text, most);
            prop_assert!(parts.iter().all(|part| part.chars().count() <= most.max(1)));
            let bare = |text: &str| text.replace(' ', "");
            prop_assert_eq!(bare(&parts.concat()), bare(&text));
        }
    }
}
