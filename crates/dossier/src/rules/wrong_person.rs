//! **wrong-person**: nobody named on the paper is named on any other paper of the dossier.
//!
//! *Why it matters.* A paper about somebody else proves nothing here, and is easily handed over by mistake.
//! Names are read by machine and people act for each other, so this never accuses: a person looks.
//!
//! *Legal basis.* None needed: nothing is held against the applicant before an officer has looked.
//!
//! *Fails.* A birth certificate of the hospital for another mother than the one in the form.
//! *Passes.* Any paper that shares one name or personal number with another one; a paper without names.

use motcua_domain::FindingKind;

use crate::{
    people::people,
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
    let comparable = others.iter().any(|(piece, people)| {
        piece.titles.iter().any(|title| is_request(&title.head)) && !people.names.is_empty()
    });
    if own.names.is_empty() || !comparable {
        return None;
    }
    let known = others.iter().any(|(piece, people)| own.share_someone(&piece.all, people));
    (!known).then(|| Defect {
        rule: RULE.name,
        kind: FindingKind::WrongPerson,
        certainty: Certainty::Undecided,
        message: format!(
            "{}: người ghi trên giấy tờ không thấy có tên trong các giấy tờ khác của hồ sơ.",
            held.need.requirement.name
        ),
        fix: "Xem lại giấy tờ này có phải của người trong hồ sơ không.".to_owned(),
    })
}
