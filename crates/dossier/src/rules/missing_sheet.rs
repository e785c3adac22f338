//! **missing-sheet**: the sheets of a paper say how many they are, and one of them is not there.
//!
//! *Why it matters.* What stands on the sheet that was left out has not been handed in.
//!
//! *Legal basis.* The row that asks for the paper: it asks for all of it.
//!
//! *Fails.* Three drawings numbered "XP-01/04", "XP-02/04", "XP-03/04"; a contract of which only "Trang 1/2" is there.
//! *Passes.* A page on which no number was read: it may be the one that lacks. Beside a page that cannot be read nobody
//! is told that a sheet lacks; a person looks.

use std::collections::BTreeSet;

use motcua_domain::FindingKind;

use crate::{
    piece::Piece,
    rules::{Certainty, Defect, Held, PaperRule},
    sheet::Sheet,
    words::words,
};

pub(crate) const RULE: PaperRule = PaperRule { name: "missing-sheet", of_shown: false, check };

/// More sheets than this nobody numbers so: it is a date or a house number.
const MOST: u32 = 40;

fn check(held: &Held<'_>) -> Option<Defect> {
    let sheets = &held.piece.sheets;
    let marks: Vec<Mark> = sheets.iter().map(mark).collect::<Option<_>>()?;
    let (total, coded) = marks.first().map(|mark| (mark.total, mark.coded))?;
    // A page that was photographed apart may stand in a file of its own, be it read well or not.
    let apart = held.others.iter().chain(held.unclear).flat_map(|piece| &piece.sheets);
    let apart = apart.filter_map(mark).filter(|mark| mark.total == total).map(|mark| mark.number);
    let there: BTreeSet<u32> = marks.iter().map(|mark| mark.number).collect();
    let of_one_set = marks.iter().all(|mark| mark.total == total) && there.len() == sheets.len();
    let there: BTreeSet<u32> = there.into_iter().chain(apart).collect();
    let lacking: Vec<String> = (1..=total)
        .filter(|number| !there.contains(number))
        .map(|number| number.to_string())
        .collect();
    // A sheet of which only the number was made out tells as much as its set has a code.
    let readable = held.piece.is_clear() || coded;
    (of_one_set && readable && !lacking.is_empty()).then(|| Defect {
        rule: RULE.name,
        kind: FindingKind::Missing,
        certainty: certainty(held, coded),
        message: format!(
            "{}: ghi là có {total} tờ, chưa thấy tờ số {}.",
            held.need.requirement.name,
            lacking.join(", ")
        ),
        fix: format!("Nộp thêm tờ số {}.", lacking.join(", ")),
        lines: Vec::new(),
    })
}

/// Pages are numbered by people who print part of a file, drawings by whoever drew them. Nobody is told that a sheet
/// lacks which may be the one that cannot be read.
fn certainty(held: &Held<'_>, coded: bool) -> Certainty {
    let may_be_it = |piece: &&&Piece| !piece.is_told() || same_kind(held.piece, piece);
    let unread = !held.piece.is_clear() || held.unclear.iter().any(|piece| may_be_it(&piece));
    let unmarked = |piece: &&Piece| {
        same_kind(held.piece, piece) && piece.sheets.iter().any(|sheet| mark(sheet).is_none())
    };
    match (unread, coded && !held.others.iter().any(unmarked)) {
        (true, _) => Certainty::Unread,
        (false, true) => Certainty::Certain,
        (false, false) => Certainty::Undecided,
    }
}

fn same_kind(a: &Piece, b: &Piece) -> bool {
    matches!((&a.kind, &b.kind), (Some(a), Some(b)) if a.0 == b.0)
}

/// The number of a sheet, and of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    number: u32,
    total: u32,
    /// With the code of a set: "XP-01/04", not "Trang 1/2".
    coded: bool,
}

/// The mark of a sheet; `None` unless there is just one.
fn mark(sheet: &Sheet) -> Option<Mark> {
    let mut marks = BTreeSet::new();
    for line in &sheet.lines {
        let tokens: Vec<&str> = line.split_whitespace().collect();
        for (at, token) in tokens.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| tokens.get(at));
            let named = before.is_some_and(|before| {
                ["trang", "to", "so"].contains(&words(before).join("").as_str())
            });
            marks.extend(numbered(token, named));
        }
    }
    marks.pop_first().filter(|_| marks.is_empty())
}

/// "XP-01/04", or "1/2" after a word that numbers pages.
fn numbered(token: &str, named: bool) -> Option<Mark> {
    let (left, right) = token.trim_matches(['(', ')', '.', ',']).split_once('/')?;
    let (code, number) =
        left.rsplit_once('-').map_or((None, left), |(code, rest)| (Some(code), rest));
    let is_code = |code: &str| {
        (1..=4).contains(&code.chars().count()) && code.chars().all(char::is_uppercase)
    };
    let coded = code.is_some_and(is_code);
    if !coded && (code.is_some() || !named) {
        return None;
    }
    let (number, total): (u32, u32) = (number.parse().ok()?, right.parse().ok()?);
    let mark = Mark { number, total, coded };
    ((1..=total).contains(&number) && (2..=MOST).contains(&total)).then_some(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_dates_and_addresses() {
        let mark = |number, total, coded| Some(Mark { number, total, coded });
        assert_eq!(numbered("XP-01/04", false), mark(1, 4, true));
        assert_eq!(numbered("1/2", true), mark(1, 2, false));
        assert_eq!(numbered("12/11", false), None);
        assert_eq!(numbered("05/2026-SCT/BS", true), None);
        assert_eq!(numbered("10/2026", true), None);
    }
}
