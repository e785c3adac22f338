//! **other-child**: a birth certificate of the hospital is of a child of the other sex.
//!
//! *Why it matters.* Of twins, or of two children of one mother, the wrong certificate is easily brought. The name that
//! was planned may change until the birth is registered, the sex does not.
//!
//! *Legal basis.* The row that asks for the certificate: it is that of the child in question.
//!
//! *Fails.* "Giới tính của con: Nam, dự định đặt tên con là Long", and the form registers a girl called Ngân.
//! *Passes.* A certificate with another planned name; a sex that was read on one of the two only.

use motcua_domain::FindingKind;

use crate::{
    defect::{Certainty, Defect},
    piece::Piece,
    rules::rule::{Held, PaperRule},
    words::{holds, phrase, words},
};

pub(crate) const RULE: PaperRule = PaperRule { name: "other-child", of_shown: true, check };

/// How the catalogue calls the hospital's certificate.
const CERTIFICATE: &str = "giay-chung-sinh";

fn check(held: &Held<'_>) -> Option<Defect> {
    let of_birth = held.piece.kind.as_ref().is_some_and(|(kind, _)| kind == CERTIFICATE);
    if !of_birth || !held.piece.is_clear() {
        return None;
    }
    let (born, at) = sex(held.piece)?;
    let form = held.others.iter().find(|piece| piece.asks())?;
    let (registered, _) = sex(form)?;
    if born == registered {
        return None;
    }
    let planned = held.piece.lines().find_map(planned_name);
    let other_name = planned.is_some_and(|name| !holds(&form.all, &name));
    Some(Defect {
        rule: RULE.name,
        kind: FindingKind::WrongPerson,
        certainty: if other_name { Certainty::Certain } else { Certainty::Undecided },
        message: format!(
            "{}: giới tính của trẻ trên giấy khác với tờ khai.",
            held.need.requirement.name
        ),
        fix: "Nộp Giấy chứng sinh của đúng trẻ được khai sinh.".to_owned(),
        lines: vec![at],
    })
}

/// The first sex a paper states, which on a form is that of whom it is about, and where.
fn sex(piece: &Piece) -> Option<(&'static str, usize)> {
    piece.lines().enumerate().find_map(|(at, line)| {
        let folded = phrase(line);
        let after = folded.split_once("gioi tinh")?.1.trim();
        let after = after.strip_prefix("cua con").unwrap_or(after).trim();
        let first = after.split(' ').next()?;
        ["nam", "nu"].into_iter().find(|sex| *sex == first).map(|sex| (sex, at))
    })
}

/// "Dự định đặt tên con là: Trịnh Bảo Long".
fn planned_name(line: &str) -> Option<Vec<String>> {
    let (label, name) = line.split_once(':')?;
    let name = words(name);
    (phrase(label).contains("dat ten con") && name.len() >= 2).then_some(name)
}
