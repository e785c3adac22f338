//! **other-nominee**: minutes that decide on others than whom the report of achievements is of.
//!
//! *Why it matters.* Whoever the council did not vote on cannot be proposed, however well the other papers speak.
//!
//! *Legal basis.* The row that asks for the minutes of the council: they are those of this proposal.
//!
//! *Fails.* Minutes of an earlier meeting, on two others, beside a report and a proposal for "Hà Công Điệp".
//! *Passes.* Minutes that name them, in a list or in running text, misread in a letter; minutes that name nobody below
//! whoever met; minutes that name a list beside them; a report on a whole unit.

use motcua_domain::FindingKind;

use crate::{
    defect::{Certainty, Defect},
    people::{listed, subjects},
    piece::Piece,
    rules::rule::{Held, PaperRule},
    words::{holds, likeness, phrase, words},
};

pub(crate) const RULE: PaperRule = PaperRule { name: "other-nominee", of_shown: false, check };

/// How the catalogue calls minutes, and reports of achievements.
const MINUTES: &str = "bien-ban";
const REPORT: &str = "bao-cao-thanh-tich";

/// So many papers beside the minutes must agree on whom the proposal is for before the minutes are told to be others'.
const AGREE: usize = 2;

fn check(held: &Held<'_>) -> Option<Defect> {
    if held.paper.document.as_deref() != Some(MINUTES) || !held.piece.is_clear() {
        return None;
    }
    let reports = held.others.iter().filter(|piece| piece.is_of(REPORT));
    let all = &held.piece.all;
    let has = |text: &str| holds(all, &words(text));
    // "Có danh sách đính kèm": whoever is named there is not named here.
    let elsewhere = has("danh sách") && (has("kèm") || has("đính"));
    let nominees: Vec<Vec<String>> =
        reports.flat_map(|piece| subjects(piece)).map(|(name, _)| name).collect();
    if elsewhere || nominees.is_empty() || nominees.iter().any(|name| is_named(name, held.piece)) {
        return None;
    }
    // "Ông Điệp 7/7", and a syllable that may have been misread: a person looks.
    let perhaps = nominees.iter().any(|name| is_perhaps_named(name, held.piece));
    let named_on = |piece: &&&Piece| nominees.iter().any(|name| is_named(name, piece));
    let agree = held.others.iter().filter(named_on).count() >= AGREE;
    let sure = agree && !perhaps && votes_on_somebody(held.piece);
    Some(Defect {
        rule: RULE.name,
        kind: FindingKind::WrongPerson,
        certainty: if sure { Certainty::Certain } else { Certainty::Undecided },
        message: format!(
            "{}: biên bản không nói đến người có báo cáo thành tích trong hồ sơ.",
            held.need.requirement.name
        ),
        fix: "Nộp biên bản cuộc họp đã xét đúng người được đề nghị.".to_owned(),
        lines: Vec::new(),
    })
}

/// Whether a name stands on a paper, each syllable misread in a letter at most.
fn is_named(name: &[String], piece: &Piece) -> bool {
    let is_it = |run: &[String]| run.iter().zip(name).all(|(a, b)| likeness(a, b) > 0.0);
    piece.all.windows(name.len()).any(is_it)
}

/// Whether somebody of that given name is spoken of, or of that name but for one syllable.
fn is_perhaps_named(name: &[String], piece: &Piece) -> bool {
    let but_one = piece.all.windows(name.len()).any(|run| {
        let equal = run.iter().zip(name).filter(|(a, b)| a == b).count();
        name.len() >= 3 && equal.saturating_add(1) >= name.len()
    });
    let titles = ["ong", "ba", "anh", "chi"];
    let is_called = |pair: &[String]| matches!(pair, [title, called] if titles.contains(&title.as_str()) && Some(called) == name.last());
    but_one || piece.all.windows(2).any(is_called)
}

/// Whether a row of a list names somebody with a vote or an award.
fn votes_on_somebody(piece: &Piece) -> bool {
    let decides = |line: &&str| {
        let parts: Vec<&str> = line.split('/').collect();
        let is_vote = |pair: &[&str]| {
            let digit = |c: char| c.is_ascii_digit();
            matches!(pair, [a, b] if a.ends_with(digit) && b.starts_with(digit))
        };
        parts.windows(2).any(is_vote) || line.contains('%') || phrase(line).contains(" khen ")
    };
    piece.lines().filter(decides).any(|line| listed(line).is_some())
}
