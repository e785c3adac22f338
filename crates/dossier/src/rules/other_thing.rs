//! **other-thing**: a paper is about another plot of land, or another vehicle, than the one that is asked for.
//!
//! *Why it matters.* Whoever owns two easily brings the wrong certificate or survey, and it proves nothing of this one.
//! Plots are numbered anew when a map is drawn anew and numbers are misread, so a person looks; where an officer noted
//! the plot that the form names, or another paper bears the form out and gives quite another size, it does not count.
//!
//! *Legal basis.* The row that asks for the paper: it is that of the thing in question.
//!
//! *Fails.* "Thửa đất số: 96; tờ bản đồ số: 24", and the form and the drawings say 69.
//! *Passes.* A certificate for several plots, one of them the right one; a form that names no plot.

use std::collections::BTreeSet;

use motcua_domain::FindingKind;

use crate::{
    defect::{Certainty, Defect},
    piece::Piece,
    rules::rule::{Held, PaperRule},
    words::{phrase, words},
};

pub(crate) const RULE: PaperRule = PaperRule { name: "other-thing", of_shown: true, check };

/// A plot by its number and that of its map; a vehicle by the two parts of its plate.
type Thing = (String, String);

fn check(held: &Held<'_>) -> Option<Defect> {
    if held.piece.asks() || !held.piece.is_clear() {
        return None;
    }
    let own = things(&held.piece.all);
    let wanted = on_forms(held, things);
    if own.is_empty() || wanted.is_empty() || shares_one(&own, &wanted) {
        return None;
    }
    let noted =
        held.notes.iter().flat_map(|(about, says)| things(&words(&format!("{about}: {says}"))));
    let noted: Vec<Thing> = noted.collect();
    let sure = shares_one(&noted, &wanted) || is_elsewhere(held, &wanted);
    Some(Defect {
        rule: RULE.name,
        kind: FindingKind::WrongPerson,
        certainty: if sure { Certainty::Certain } else { Certainty::Undecided },
        message: format!(
            "{}: ghi {}, đơn và dự thảo ghi {}.",
            held.need.requirement.name,
            name(&own),
            name(&wanted)
        ),
        fix:
            "Nộp giấy tờ của đúng thửa đất, đúng xe; hoặc giải trình nếu thửa đã được đánh số lại."
                .to_owned(),
        lines: Vec::new(),
    })
}

/// Whether a certificate is of another plot or vehicle than the form names, and bears another serial number than the
/// certificate that the form speaks of ("AK 0991412"): read on both sides, and nothing in common.
pub(super) fn is_another_certificate(held: &Held<'_>) -> bool {
    let apart = |own: &[Thing], wanted: &[Thing]| {
        !own.is_empty() && !wanted.is_empty() && !shares_one(own, wanted)
    };
    apart(&things(&held.piece.all), &on_forms(held, things))
        && apart(&serials(&held.piece.all), &on_forms(held, serials))
}

fn shares_one(own: &[Thing], wanted: &[Thing]) -> bool {
    let wanted: BTreeSet<&Thing> = wanted.iter().collect();
    own.iter().any(|one| wanted.contains(one))
}

/// What is read so on the forms beside the paper.
fn on_forms(held: &Held<'_>, read: fn(&[String]) -> Vec<Thing>) -> Vec<Thing> {
    held.others.iter().filter(|piece| piece.asks()).flat_map(|piece| read(&piece.all)).collect()
}

/// "AK 0991415": what certificates of land are numbered by, two letters and six to eight digits.
fn serials(text: &[String]) -> Vec<Thing> {
    let letters = |word: &String| word.len() == 2 && word.bytes().all(|b| b.is_ascii_lowercase());
    let digits =
        |word: &String| (6..=8).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    let pairs = text.iter().zip(text.iter().skip(1));
    // "Số 0991415": any number may follow that.
    let of_series = |(series, _): &(&String, &String)| letters(series) && *series != "so";
    pairs
        .filter(of_series)
        .filter(|(_, number)| digits(number))
        .map(|(series, number)| (series.clone(), number.clone()))
        .collect()
}

/// Whether a paper beside the form names what the form names, and says that it is of quite another size than this one:
/// then neither a new number nor a misread one explains the difference.
fn is_elsewhere(held: &Held<'_>, wanted: &[Thing]) -> bool {
    let bears_out = |piece: &&&Piece| !piece.asks() && shares_one(&things(&piece.all), wanted);
    // A misread number leaves the other one alike.
    let firsts: BTreeSet<&String> = wanted.iter().map(|thing| &thing.0).collect();
    let seconds: BTreeSet<&String> = wanted.iter().map(|thing| &thing.1).collect();
    let alike = |a: &Thing| firsts.contains(&a.0) || seconds.contains(&a.1);
    if things(&held.piece.all).iter().any(alike) {
        return false;
    }
    let own = areas(held.piece);
    let mut theirs: Vec<f64> =
        held.others.iter().filter(bears_out).flat_map(|piece| areas(piece)).collect();
    theirs.sort_by(f64::total_cmp);
    let apart = |a: &f64, b: &f64| (a - b).abs() > APART * a.max(*b);
    // Apart from the next larger and the next smaller one, it is apart from all.
    let from_all = |own: &f64| {
        let at = theirs.partition_point(|other| other < own);
        let beside = [at.checked_sub(1).and_then(|at| theirs.get(at)), theirs.get(at)];
        beside.into_iter().flatten().all(|other| apart(own, other))
    };
    !own.is_empty() && !theirs.is_empty() && own.iter().all(from_all)
}

/// Measured anew, a plot is seldom larger or smaller by more than this share.
const APART: f64 = 0.4;

/// "Diện tích: 1.268,0 m2": what a paper says of the size of the plot.
fn areas(piece: &Piece) -> Vec<f64> {
    // Of a house, not of the plot.
    let of_house = |line: &str| {
        let line = phrase(line);
        ["dien tich san", "dien tich xay dung", "dien tich su dung nha"]
            .iter()
            .any(|words| line.contains(words))
    };
    let area = |line: &str| {
        let tokens: Vec<&str> = line.split_whitespace().collect();
        let pairs = || tokens.iter().zip(tokens.iter().skip(1));
        let at = pairs().position(|(a, b)| words(&format!("{a} {b}")) == ["dien", "tich"])?;
        let number = tokens
            .iter()
            .skip(at.saturating_add(2))
            .find(|token| token.starts_with(|c: char| c.is_ascii_digit()))?;
        let number: String = number.chars().filter(|c| *c != '.').collect();
        number.trim_end_matches(|c: char| !c.is_ascii_digit()).replace(',', ".").parse().ok()
    };
    piece
        .lines()
        .filter(|line| !of_house(line))
        .filter_map(area)
        .filter(|area: &f64| *area > 0.0)
        .collect()
}

/// The first of them, in words.
fn name(things: &[Thing]) -> String {
    match things.first() {
        Some((plate, number)) if plate.ends_with(|c: char| c.is_ascii_alphabetic()) => {
            format!("biển số {}-{number}", plate.to_uppercase())
        }
        Some((plot, map)) => format!("thửa {plot}, tờ bản đồ {map}"),
        None => String::new(),
    }
}

fn things(text: &[String]) -> Vec<Thing> {
    [plots(text), plates(text)].concat()
}

/// "19A-123.45", "19C - 12345": a province's number with a letter, and five digits.
fn plates(text: &[String]) -> Vec<Thing> {
    let digits = |word: &String| word.bytes().all(|b| b.is_ascii_digit());
    let head = |word: &String| {
        word.len() == 3
            && word.get(..2).is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
            && word.ends_with(|c: char| c.is_ascii_alphabetic())
    };
    let found = text.iter().enumerate().filter(|(_, word)| head(word)).filter_map(|(at, word)| {
        let rest = text.iter().skip(at.saturating_add(1)).take(2).take_while(|word| digits(word));
        let number: String = rest.map(String::as_str).collect();
        (number.len() == 5).then(|| (word.clone(), number))
    });
    found.collect()
}

/// "Thửa đất số: 96; tờ bản đồ số: 24" and "Lô đất số 96 tờ bản đồ số 24".
fn plots(text: &[String]) -> Vec<Thing> {
    let is = |at: usize, phrase: &[&str]| {
        phrase.iter().enumerate().all(|(step, word)| {
            text.get(at.saturating_add(step)).is_some_and(|other| other == word)
        })
    };
    // The number stands right after the words, or after "số".
    let number = |at: usize| {
        let skip = usize::from(text.get(at).is_some_and(|word| word == "so"));
        let word = text.get(at.saturating_add(skip))?;
        let plain = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| word.trim_start_matches('0').to_owned())
    };
    let mut plots = Vec::new();
    for at in 0..text.len() {
        let after = match () {
            () if is(at, &["thua", "dat"]) || is(at, &["lo", "dat"]) => at.saturating_add(2),
            () if is(at, &["thua", "so"]) => at.saturating_add(1),
            () => continue,
        };
        let Some(plot) = number(after) else { continue };
        let map = (after..after.saturating_add(8)).find(|at| is(*at, &["to", "ban", "do"]));
        if let Some(map) = map.and_then(|map| number(map.saturating_add(3))) {
            plots.push((plot, map));
        }
    }
    plots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plots_are_read_however_they_are_put() {
        let read = |text: &str| plots(&words(text));
        let plot = |plot: &str, map: &str| vec![(plot.to_owned(), map.to_owned())];
        assert_eq!(read("a) Thửa đất số: 96; tờ bản đồ số: 24"), plot("96", "24"));
        assert_eq!(read("Lô đất số: 069, tờ bản đồ số 24 Diện tích"), plot("69", "24"));
        assert_eq!(read("quyền sử dụng thửa đất 77 tờ bản đồ 9"), plot("77", "9"));
        assert!(read("Sơ đồ thửa đất, nhà ở").is_empty());
        assert_eq!(serials(&words("số phát hành AK 0991412, số 0991415")), plot("ak", "0991412"));
        let plate = vec![("19a".to_owned(), "12345".to_owned())];
        assert_eq!(plates(&words("biển số 19A-123.45, số khung")), plate);
    }
}
