//! Days as papers write them.

use jiff::civil::Date;
use motcua_text::{Mention, MentionKind, mentions};

/// No line of a paper is longer, in bytes. A file without lines is read in parts of that length: finding what a line
/// mentions takes as long as the square of their number.
const LINE: usize = 4000;

/// Whole dates of a line, in order of appearance.
pub(crate) fn dates(line: &str) -> Vec<Date> {
    // Most lines have none, and looking for them takes longer than all other reading of a line.
    if line.bytes().filter(u8::is_ascii_digit).count() < FEWEST {
        return Vec::new();
    }
    let dates = mentioned(line, MentionKind::Date);
    dates.filter_map(|date| date.canonical.parse().ok()).collect()
}

/// What a line mentions of a kind, in order of appearance.
pub(crate) fn mentioned(line: &str, kind: MentionKind) -> impl Iterator<Item = Mention> {
    parts(line).flat_map(mentions).filter(move |mention| mention.kind == kind)
}

/// Digits of "1/1/2026".
const FEWEST: usize = 6;

/// A line in parts that end between words.
fn parts(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.char_indices().find(|(at, c)| *at >= LINE && *c == ' ');
        let (part, after) = rest.split_at_checked(end.map_or(rest.len(), |(at, _)| at))?;
        rest = after;
        Some(part)
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_line_without_end_is_read_in_parts() {
        let line = "ký ngày 02/03/2026 ".repeat(1000);
        let parts: Vec<&str> = parts(&line).collect();
        assert!(parts.iter().all(|part| part.len() < LINE + 20), "{}", parts.len());
        assert_eq!(parts.concat(), line);
        assert_eq!(dates(&line).len(), 1000);
        assert_eq!(dates("Sinh ngày 1/1/2026"), [date(2026, 1, 1)]);
    }
}
