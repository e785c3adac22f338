//! **wrong-person**: nobody named on the paper is named on any other paper of the dossier.
//!
//! *Why it matters.* A paper about somebody else proves nothing here, and is easily handed over by mistake.
//! Names are read by machine and people act for each other, so a name alone never accuses: a person looks. Only
//! where names and personal numbers were read on both sides, and neither a name nor a number is shared with any
//! paper of the dossier, does the paper not count.
//!
//! *Legal basis.* None needed for what an officer is to look at; else the row that asks for the paper.
//!
//! *Fails.* A birth certificate of the hospital for another mother than the one in the form.
//! *Passes.* Any paper that shares one name or personal number with another one; a paper without names.

use motcua_domain::{FindingKind, Handover};

use crate::{
    people::{People, named_on, people, takers},
    piece::Piece,
    profile::is_request,
    rules::{Certainty, Defect, Held, PaperRule, unfilled_form::is_form},
};

pub(crate) const RULE: PaperRule = PaperRule { name: "wrong-person", of_shown: true, check };

fn check(held: &Held<'_>) -> Option<Defect> {
    if is_form(held) || !held.piece.is_clear() {
        return None;
    }
    let own = people(held.piece);
    let others: Vec<_> = held.others.iter().map(|piece| (*piece, people(piece))).collect();
    // The form names everybody concerned; without it there is nothing to hold a paper against.
    let forms = || others.iter().filter(|(piece, people)| asks(piece) && !people.names.is_empty());
    if own.names.is_empty() || forms().next().is_none() {
        return None;
    }
    let known = others.iter().any(|(piece, people)| own.share_someone(&piece.all, people));
    if known {
        return strange_taker(held, &others);
    }
    // Neither a name nor a number in common, both read: that is no misreading.
    let numbered = !own.numbers.is_empty() && forms().any(|(_, people)| !people.numbers.is_empty());
    let submitted = held.need.requirement.handover == Handover::Submit;
    Some(Defect {
        rule: RULE.name,
        kind: FindingKind::WrongPerson,
        certainty: if numbered && submitted { Certainty::Certain } else { Certainty::Undecided },
        message: format!(
            "{}: người ghi trên giấy tờ không thấy có tên trong các giấy tờ khác của hồ sơ.",
            held.need.requirement.name
        ),
        fix: "Nộp giấy tờ của đúng người trong hồ sơ, hoặc giải trình nếu có lý do khác."
            .to_owned(),
        lines: named_on(held.piece),
    })
}

/// A contract of the right landlord with another tenant: a person looks, as people act for each other.
fn strange_taker(held: &Held<'_>, others: &[(&Piece, People)]) -> Option<Defect> {
    let takers = takers(held.piece);
    let nobody = People::default();
    let is_known = |name: &Vec<String>| {
        let taker = People { names: vec![name.clone()], ..People::default() };
        others.iter().any(|(piece, _)| taker.share_someone(&piece.all, &nobody))
    };
    let lines = takers.iter().map(|(_, line)| *line).collect();
    (!takers.is_empty() && !takers.iter().any(|(name, _)| is_known(name))).then(|| Defect {
        rule: RULE.name,
        kind: FindingKind::WrongPerson,
        certainty: Certainty::Undecided,
        message: format!(
            "{}: bên thuê, bên nhận ghi trên giấy tờ không thấy có tên trong các giấy tờ khác của hồ sơ.",
            held.need.requirement.name
        ),
        fix: "Nộp giấy tờ của đúng người trong hồ sơ, hoặc giải trình nếu có lý do khác."
            .to_owned(),
        lines,
    })
}

/// Whether it is what asks for the procedure: a form, an application, a notice.
fn asks(piece: &Piece) -> bool {
    piece.titles.iter().any(|title| {
        is_request(&title.head)
            || title.head.first().is_some_and(|word| word == "phieu")
            || title.head.starts_with(&["dang".to_owned(), "ky".to_owned()])
    })
}
