//! **unsealed-copy**: a certified copy or an attested paper on whose pictures no seal is seen.
//!
//! *Why it matters.* An attestation without the office's seal is none. But seals are found on pictures by their
//! red ring, and a colour may be lost on the way, so this warns and never accuses.
//!
//! *Legal basis.* Điều 5 Nghị định 23/2015/NĐ-CP and those that amend it say who attests; an officer looks.
//!
//! *Fails.* A page that says "chứng thực bản sao đúng với bản chính", in colour, without a red ring.
//! *Passes.* A grey scan; a text layer; a page with the ring.

use motcua_domain::{CopyType, Finding, FindingKind, Presence, Severity, Truth};

use crate::{
    judged::{Judged, finding},
    reading::{copy_lines, marks},
    rules::rule::DossierRule,
    state::used_rows,
};

pub(crate) const RULE: DossierRule = DossierRule { name: "unsealed-copy", check };

fn check(judged: &Judged<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (need, outcome) in judged.needs_with_outcomes() {
        let met = need.lists.iter().filter(|list| Some(list.index) == outcome.met);
        for slot in met.flat_map(|list| &list.slots).filter_map(|at| need.slots.get(*at)) {
            if slot.paper.copy_type != CopyType::CertifiedCopy {
                continue;
            }
            for taken in &slot.taken {
                let Some(piece) = judged.pieces.get(taken.piece).filter(|piece| piece.is_clear())
                else {
                    continue;
                };
                // What was taken without an attestation, beside its original, needs no seal.
                let attested = marks(piece).certified_copy == Truth::True;
                if piece.seal() != Presence::Absent || !attested {
                    continue;
                }
                let message =
                    format!("{}: không thấy dấu đỏ của nơi chứng thực trên ảnh.", slot.paper.name);
                let fix = "Xem bản giấy có dấu của cơ quan chứng thực không.".to_owned();
                let kind = (FindingKind::WrongCopyType, Severity::Warning);
                let row = used_rows(need, outcome).first().copied();
                let mut finding = finding(RULE.name, kind, row, (message, fix));
                judged.point_at(&mut finding, taken.piece, &copy_lines(piece));
                findings.push(finding);
            }
        }
    }
    findings
}
