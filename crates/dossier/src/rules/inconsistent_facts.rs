//! **inconsistent-facts**: two papers state another personal number or day of birth of the same person.
//!
//! *Why it matters.* One of the two is wrong, and whatever is issued on them will be.
//!
//! *Legal basis.* None needed: an officer looks; nothing is held against the applicant.
//!
//! *Fails.* The form says that Trần Thị Lan was born on 12/03/1990, her authorisation says 12/05/1988.
//! *Passes.* Two people of one name, told apart by number and day of birth; a number that was read with doubt.

use motcua_domain::{Finding, FindingKind, Severity};

use crate::{
    judged::{Judged, finding},
    people::{Stated, stated},
    piece::Piece,
    rules::rule::DossierRule,
};

pub(crate) const RULE: DossierRule = DossierRule { name: "inconsistent-facts", check };

/// A name of so many syllables is taken for one person's within a dossier.
const SYLLABLES: usize = 3;

fn check(judged: &Judged<'_>) -> Vec<Finding> {
    let legible = judged.pieces.iter().enumerate().filter(|(_, piece)| !piece.is_illegible());
    let read: Vec<(usize, Vec<Stated>)> = legible.map(|(at, piece)| (at, stated(piece))).collect();
    let mut findings = Vec::new();
    for (order, (here, people)) in read.iter().enumerate() {
        for (there, others) in read.iter().take(order) {
            let pair = |one| others.iter().map(move |other| (one, other));
            let mut pairs = people.iter().flat_map(pair);
            let differ = pairs.find_map(|(one, other)| Some((differ(one, other)?, one, other)));
            let named = |at: &usize| judged.place(*at).0.unwrap_or_default();
            if let Some((what, one, other)) = differ {
                let message = format!(
                    "{what} trên tệp {} và tệp {} không khớp nhau.",
                    named(there),
                    named(here)
                );
                let fix = "Xem lại hai giấy tờ; sửa giấy ghi sai hoặc giải trình.".to_owned();
                let kind = (FindingKind::Inconsistent, Severity::Warning);
                let mut finding = finding(RULE.name, kind, None, (message, fix));
                let shown = later(judged, *there, *here);
                (finding.file, finding.page) = judged.place(shown);
                finding.read_at = judged.read_at(*here, &one.lines);
                finding.read_at.extend(judged.read_at(*there, &other.lines));
                findings.push(finding);
            }
        }
    }
    findings
}

/// Of the two papers the one that is no form: the form is what people can correct.
fn later(judged: &Judged<'_>, there: usize, here: usize) -> usize {
    let is_form = |at: usize| {
        judged.pieces.get(at).is_some_and(|piece: &Piece| {
            piece.titles.first().is_some_and(|title| crate::profile::is_request(&title.head))
        })
    };
    if is_form(here) { there } else { here }
}

/// What two papers state differently of the same person.
fn differ(one: &Stated, other: &Stated) -> Option<&'static str> {
    if one.name != other.name || one.name.len() < SYLLABLES {
        return None;
    }
    let apart = |same: Option<bool>| same == Some(false);
    let number = one.number.as_ref().zip(other.number.as_ref()).map(|(a, b)| a == b);
    let born = one.born.zip(other.born).map(|(a, b)| a == b);
    match (apart(number), apart(born)) {
        // Two people of one name.
        (true, true) | (false, false) => None,
        (true, false) => Some("Số định danh cá nhân của cùng một người"),
        (false, true) => Some("Ngày sinh của cùng một người"),
    }
}
