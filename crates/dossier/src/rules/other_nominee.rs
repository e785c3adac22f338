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
    words::{holds, likeness, words},
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
    let elsewhere = holds(&held.piece.all, &words("danh sách kèm theo"))
        || holds(&held.piece.all, &words("kèm danh sách"));
    let nominees: Vec<Vec<String>> =
        reports.flat_map(|piece| subjects(piece)).map(|(name, _)| name).collect();
    if elsewhere || nominees.is_empty() || nominees.iter().any(|name| is_named(name, held.piece)) {
        return None;
    }
    let named_on = |piece: &&&Piece| nominees.iter().any(|name| is_named(name, piece));
    // Whoever is named in a list apart is not named here.
    let sure =
        held.others.iter().filter(named_on).count() >= AGREE && !listed(held.piece).is_empty();
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

/// Whether a name stands on a paper, each syllable misread in a letter at most, and one of several more than that where
/// the rest is to the letter.
fn is_named(name: &[String], piece: &Piece) -> bool {
    piece.all.windows(name.len()).any(|run| {
        let alike = run.iter().zip(name).filter(|(a, b)| likeness(a, b) > 0.0).count();
        let equal = run.iter().zip(name).filter(|(a, b)| a == b).count();
        alike == name.len() || name.len() >= 3 && equal.saturating_add(1) >= name.len()
    })
}
