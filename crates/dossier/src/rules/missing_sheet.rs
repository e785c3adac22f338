//! **missing-sheet**: the sheets of a paper say how many they are, and one of them is not there.
//!
//! *Why it matters.* What stands on the sheet that was left out has not been handed in.
//!
//! *Legal basis.* The row that asks for the paper: it asks for all of it.
//!
//! *Fails.* Three drawings numbered "XP-01/04", "XP-02/04", "XP-03/04"; a contract of which only "Trang 1/2" is there.
//! *Passes.* "Số: GCN-05/24", "hợp đồng HĐ-05/24" and "số 5/12 đường Lê Lợi", which number documents and a house, on
//! however many sheets they stand. A page on which no number was read may be the one that lacks, if there are as many
//! pages as there must be. Beside a page that cannot be read nobody is told that a sheet lacks; a person looks. So they
//! do where one sheet alone says that there are more, "Bản vẽ số: XP-01/04".

use std::collections::{BTreeMap, BTreeSet};

use motcua_domain::FindingKind;

use crate::{
    defect::{Certainty, Defect, MISSING_SHEET},
    piece::Piece,
    rules::rule::{Held, PaperRule},
    sheet::Sheet,
    words::{phrase, words},
};

pub(crate) const RULE: PaperRule = PaperRule { name: MISSING_SHEET, of_shown: false, check };

/// Numbers of documents end in the year of issue, which lies at most so many years back.
const YEARS: u32 = 6;
/// More sheets than this nobody numbers so: it is a date or a house number.
const MOST: u32 = 40;

fn check(held: &Held<'_>) -> Option<Defect> {
    let sheets = &held.piece.sheets;
    let sets = sets(held);
    let marks: Vec<Mark> = sheets.iter().filter_map(|sheet| mark(sheet, &sets)).collect();
    let first = marks.first()?;
    if marks.len() < sheets.len() {
        let of_one = marks.iter().all(|mark| mark.set_of() == first.set_of());
        return (of_one && held.piece.is_clear()).then(|| too_few(held, &sets, first.total))?;
    }
    let mut parts: Vec<&Mark> = marks.iter().collect();
    parts.sort_by_key(|mark| mark.set_of());
    parts.dedup_by_key(|mark| mark.set_of());
    parts.into_iter().find_map(|part| incomplete(held, &marks, &sets, part))
}

/// What lacks of the set that a sheet belongs to.
fn incomplete(held: &Held<'_>, marks: &[Mark], sets: &Sets, of: &Mark) -> Option<Defect> {
    let of_set = |mark: &Mark| mark.set_of() == of.set_of();
    // A page that was photographed apart may stand in a file of its own, be it read well or not.
    let apart = held.others.iter().chain(held.unclear).flat_map(|piece| &piece.sheets);
    let apart = apart.filter_map(|sheet| mark(sheet, sets)).filter(of_set);
    let own = marks.iter().filter(|mark| of_set(mark)).map(|mark| mark.number);
    let there: BTreeSet<u32> = own.chain(apart.map(|mark| mark.number)).collect();
    let lacking: Vec<String> = (1..=of.total)
        .filter(|number| !there.contains(number))
        .map(|number| number.to_string())
        .collect();
    // A sheet of which only the number was made out tells as much as its set has a code.
    let readable = held.piece.is_clear() || of.code.is_some();
    (readable && !lacking.is_empty()).then(|| {
        let certainty = certainty(held, of.set().and_then(|set| sets.get(&set)), sets);
        let numbers = lacking.join(", ");
        let message = format!("ghi là có {} tờ, chưa thấy tờ số {numbers}", of.total);
        defect(held, certainty, &message, format!("Nộp thêm tờ số {numbers}."))
    })
}

/// Where no number was read on some sheets, they may be any: but there must be as many as the others say.
fn too_few(held: &Held<'_>, sets: &Sets, total: u32) -> Option<Defect> {
    let may_be = |piece: &&&Piece| piece.titles.is_empty() || same_kind(held.piece, piece);
    let others = held.others.iter().chain(held.unclear).filter(may_be);
    let others = others.flat_map(|piece| &piece.sheets);
    let of_set = |sheet: &&Sheet| mark(sheet, sets).is_none_or(|mark| mark.total == total);
    let seen = held.piece.sheets.len().saturating_add(others.filter(of_set).count());
    (u32::try_from(seen).unwrap_or(u32::MAX) < total).then(|| {
        let message = format!("ghi là có {total} tờ, mới thấy {seen}");
        defect(held, Certainty::doubt(held.piece), &message, "Nộp thêm tờ còn thiếu.".to_owned())
    })
}

fn defect(held: &Held<'_>, certainty: Certainty, message: &str, fix: String) -> Defect {
    Defect {
        rule: RULE.name,
        kind: FindingKind::Missing,
        certainty,
        message: format!("{}: {message}.", held.need.requirement.name),
        fix,
        lines: Vec::new(),
    }
}

/// Pages are numbered by people who print part of a file, drawings by whoever drew them. Nobody is told that a sheet
/// lacks which may be the one that cannot be read. `set`: how the sheets' code is known, if they have one.
fn certainty(held: &Held<'_>, set: Option<&Known>, sets: &Sets) -> Certainty {
    let may_be_it = |piece: &&&Piece| !piece.is_told() || same_kind(held.piece, piece);
    let unread = !held.piece.is_clear() || held.unclear.iter().any(|piece| may_be_it(&piece));
    let unmarked = |piece: &&Piece| {
        same_kind(held.piece, piece) && piece.sheets.iter().any(|sheet| mark(sheet, sets).is_none())
    };
    match (unread, set == Some(&Known::Shared) && !held.others.iter().any(unmarked)) {
        (true, _) => Certainty::Unread,
        (false, true) => Certainty::Certain,
        (false, false) => Certainty::Undecided,
    }
}

fn same_kind(a: &Piece, b: &Piece) -> bool {
    matches!((&a.kind, &b.kind), (Some(a), Some(b)) if a.0 == b.0)
}

/// The number of a sheet, and of how many.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    number: u32,
    total: u32,
    /// The code of the set: "XP" of "XP-01/04"; none of "Trang 1/2".
    code: Option<String>,
}

impl Mark {
    /// By what its set is told from others.
    fn set_of(&self) -> (Option<String>, u32) {
        (self.code.clone(), self.total)
    }

    /// The set it belongs to, if that has a code.
    fn set(&self) -> Option<Set> {
        let (code, total) = self.set_of();
        Some((code?, total))
    }
}

/// The code of a set, and of how many sheets it is.
type Set = (String, u32);

/// The sets that are told to be ones.
type Sets = BTreeMap<Set, Known>;

/// How a code is known to be that of a set of sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// By the words before it, on one sheet alone.
    Named,
    /// By several sheets, each with another number.
    Shared,
}

/// The sets whose sheets bear different numbers under one code. One number alone, on however many sheets, may be that
/// of a document, "GCN-05/24"; it tells a set only where words before it say so, or where as many pages could not be
/// read as that set would lack.
fn sets(held: &Held<'_>) -> Sets {
    let others = held.others.iter().chain(held.unclear).flat_map(|piece| &piece.sheets);
    let mut sets = Sets::new();
    let unread = held.unclear.iter().flat_map(|piece| &piece.sheets);
    let unread = unread.filter(|sheet| sheet.is_illegible()).count();
    for (mark, named) in held.piece.sheets.iter().flat_map(marks) {
        // As all marks of a set lack as much, none takes back what another told.
        let lacking = usize::try_from(mark.total).unwrap_or(usize::MAX).saturating_sub(1);
        let known = match named {
            _ if lacking <= unread => Some(Known::Shared),
            Named::Sheet => Some(Known::Named),
            _ => None,
        };
        sets.extend(mark.set().zip(known));
    }
    let mut seen: BTreeMap<Set, u32> = BTreeMap::new();
    for sheet in held.piece.sheets.iter().chain(others) {
        let marks: BTreeSet<Mark> = marks(sheet).map(|(mark, _)| mark).collect();
        let own: Vec<(Set, u32)> =
            marks.iter().filter_map(|mark| Some((mark.set()?, mark.number))).collect();
        let apart = own.iter().filter(|(set, number)| seen.get(set).is_some_and(|n| n != number));
        sets.extend(apart.map(|(set, _)| (set.clone(), Known::Shared)));
        seen.extend(own);
    }
    // "CCHN: TNI-12/26" on one sheet, "TNI-15/26" on the next: of a year, not of so many sheets.
    let year = u32::try_from(held.received_on.year() % 100).unwrap_or(0);
    let all = held.piece.sheets.len().saturating_add(held.others.len());
    let sheets = u32::try_from(all).unwrap_or(u32::MAX);
    let of_year = |total: u32| year.saturating_sub(YEARS) <= total && total <= year;
    sets.retain(|(_, total), _| !of_year(*total) || sheets.saturating_mul(2) > *total);
    sets
}

/// The mark of a sheet; `None` unless there is just one.
fn mark(sheet: &Sheet, sets: &Sets) -> Option<Mark> {
    let counts = |mark: &Mark| mark.set().is_none_or(|set| sets.contains_key(&set));
    let mut marks: BTreeSet<Mark> = marks(sheet).map(|(mark, _)| mark).filter(counts).collect();
    marks.pop_first().filter(|_| marks.is_empty())
}

/// What may be marks on a sheet, and what the words before them say of them.
fn marks(sheet: &Sheet) -> impl Iterator<Item = (Mark, Named)> {
    // In the corner of a drawing "TỜ SỐ" stands above "1/3".
    let above = std::iter::once("").chain(sheet.lines.iter().map(String::as_str));
    sheet.lines.iter().zip(above).flat_map(|(line, above)| {
        let mut tokens: Vec<&str> = line.split_whitespace().collect();
        if tokens.len() == 1 {
            tokens = above.split_whitespace().chain(tokens).collect();
        }
        let mark = |(at, token): (usize, &&str)| {
            let before =
                tokens.get(at.saturating_sub(BEFORE)..at).filter(|_| token.contains('/'))?;
            let named = Named::by(before);
            Some((numbered(token, named)?, named))
        };
        tokens.iter().enumerate().filter_map(mark).collect::<Vec<_>>()
    })
}

/// So many words before a number may name what it numbers: "Ký hiệu bản vẽ:", "hợp đồng tư vấn thiết kế xây dựng".
const BEFORE: usize = 8;

/// What else is numbered with a code and a year.
const DOCUMENTS: &[&str] = &["hop dong", "quyet dinh", "cong van", "giay phep"];

/// What the words before a number say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    /// It numbers sheets.
    Sheet,
    /// It numbers something else: "Số: GCN-05/24", "hợp đồng HĐ-05/24", "số 5/12 đường Lê Lợi".
    Other,
    /// Nothing.
    Unsaid,
}

impl Named {
    fn by(before: &[&str]) -> Self {
        let bare = |token: &&str| token.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let marked: Vec<String> = before.iter().map(bare).collect();
        // A drawing that asks for a permit bears the number of no permit.
        let folded =
            phrase(&before.join(" ")).replace("xin giay phep", "").replace("cap giay phep", "");
        // A sheet ("tờ") is told from a group of houses ("tổ") by its marks alone.
        let sheet = |words: &[String]| {
            words.last().is_some_and(|word| ["trang", "tờ"].contains(&word.as_str()))
                || words.ends_with(&["bản".to_owned(), "vẽ".to_owned()])
        };
        match marked.split_last() {
            _ if sheet(&marked) => Self::Sheet,
            Some((last, rest)) if last == "số" && sheet(rest) => Self::Sheet,
            Some((last, _)) if words(last) == ["so"] => Self::Other,
            _ if DOCUMENTS.iter().any(|document| folded.contains(document)) => Self::Other,
            _ => Self::Unsaid,
        }
    }
}

/// "XP-01/04", or "1/2" after a word that numbers sheets.
fn numbered(token: &str, named: Named) -> Option<Mark> {
    let (left, right) = token.trim_matches(['(', ')', '.', ',']).split_once('/')?;
    let (code, number) =
        left.rsplit_once('-').map_or((None, left), |(code, rest)| (Some(code), rest));
    let is_code = |code: &str| {
        (1..=4).contains(&code.chars().count()) && code.chars().all(char::is_uppercase)
    };
    let counts = match code {
        Some(code) => is_code(code) && named != Named::Other,
        None => named == Named::Sheet,
    };
    let (number, total): (u32, u32) = (number.parse().ok()?, right.parse().ok()?);
    let in_range = (1..=total).contains(&number) && total <= MOST;
    (counts && in_range).then(|| Mark { number, total, code: code.map(str::to_owned) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_dates_and_addresses() {
        let mark = |number, total, code: Option<&str>| {
            Some(Mark { number, total, code: code.map(str::to_owned) })
        };
        let after = |before: &str, token| {
            numbered(token, Named::by(&before.split(' ').collect::<Vec<_>>()))
        };
        assert_eq!(after("", "XP-01/04"), mark(1, 4, Some("XP")));
        assert_eq!(after("Trang", "1/2"), mark(1, 2, None));
        assert_eq!(after("tờ số:", "1/3"), mark(1, 3, None));
        assert_eq!(after("Bản vẽ số", "XP-01/04"), mark(1, 4, Some("XP")));
        assert_eq!(after("Ngày", "12/11"), None);
        assert_eq!(after("Số", "05/2026-SCT/BS"), None);
        assert_eq!(after("trang", "10/2026"), None);
        assert_eq!(after("Số:", "GCN-05/24"), None);
        assert_eq!(after("Theo hợp đồng tư vấn thiết kế", "HĐ-05/24"), None);
        assert_eq!(after("Giấy phép GP-01/04, bản vẽ", "XP-01/04"), mark(1, 4, Some("XP")));
        assert_eq!(after("Hồ sơ xin giấy phép xây dựng", "XP-01/04"), mark(1, 4, Some("XP")));
        assert_eq!(after("Nhà số", "5/12"), None);
        assert_eq!(after("tổ", "5/12"), None);
    }
}
