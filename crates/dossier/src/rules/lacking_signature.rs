//! **lacking-signature**: of several who must sign a paper, one did not.
//!
//! *Why it matters.* A form of two spouses that one of them signed, or a report with one of two confirmations, sends
//! people home later, when it costs more. That a place is empty is told from the picture alone, so a person looks.
//!
//! *Legal basis.* The row's own words ("có xác nhận, chữ ký, đóng dấu của … và của …"), and what every form of two
//! sides asks for.
//!
//! *Fails.* A report that must be confirmed, with nothing below "XÁC NHẬN CỦA ỦY BAN NHÂN DÂN XÃ".
//! *Passes.* A place left empty by an office on a form that needs no confirmation; two forms, one signed by each side;
//! a paper nobody signed (another rule).

use motcua_domain::{FindingKind, Presence};

use crate::{
    defect::{Certainty, Defect},
    piece::Piece,
    rules::rule::{Held, PaperRule},
    words::{holds, phrase, words},
};

pub(crate) const RULE: PaperRule = PaperRule { name: "lacking-signature", of_shown: false, check };

/// Sides of which each must sign, folded.
const SIDES: [&str; 8] =
    ["ben nam", "ben nu", "ben a", "ben b", "vo", "chong", "ben thue", "nguoi lam chung"];

fn check(held: &Held<'_>) -> Option<Defect> {
    // Each side may fill in and sign a form of its own; who confirms signs on the one that is to be confirmed.
    let kind = |piece: &Piece| piece.kind.as_ref().map(|(kind, _)| kind.clone());
    let is_same = |other: &&&Piece| kind(held.piece).is_some() && kind(other) == kind(held.piece);
    let mut forms = held.others.iter().filter(is_same);
    let alone = !forms.any(|other| other.signature() != Presence::Absent);
    let confirmed = words("xác nhận");
    let names = [&held.paper.name, &held.need.requirement.name];
    let wants_confirmation = names.iter().any(|name| holds(&words(name), &confirmed));
    let must_sign = |heading: &&String| {
        let said = format!(" {} ", phrase(heading));
        (wants_confirmation && holds(&words(heading), &confirmed))
            || (alone && SIDES.iter().any(|side| said.contains(&format!(" {side} "))))
    };
    let mut empty = held.piece.sheets.iter().flat_map(|sheet| &sheet.unsigned);
    let heading = empty.find(must_sign)?;
    Some(Defect {
        rule: RULE.name,
        kind: FindingKind::UnfilledForm,
        certainty: Certainty::doubt(held.piece),
        message: format!("{}: chỗ ký “{heading}” hình như còn trống.", held.need.requirement.name),
        fix: "Xem lại trên giấy; nếu còn trống thì ký, xác nhận đủ rồi nộp lại.".to_owned(),
        lines: Vec::new(),
    })
}
