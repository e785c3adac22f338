//! **unfilled-form**: a form was handed in blank, or nobody signed it.
//!
//! *Why it matters.* A blank form asks for nothing and states nothing: it is as if it were not there. What is
//! not signed nobody vouches for. A place to sign counts as empty only where neither a signature nor a name stands
//! in it: a faint signature has the name beside it.
//!
//! *Legal basis.* The procedure's own form, which is to be filled in.
//!
//! *Fails.* A form printed from the portal, every field still dotted; a draft contract that names nobody.
//! *Passes.* A form with some fields left empty: not everything concerns everybody.

use motcua_domain::{FindingKind, Presence};

use crate::{
    people::people,
    reading,
    rules::{Certainty, Defect, Held, PaperRule},
    words::phrase,
};

pub(crate) const RULE: PaperRule = PaperRule { name: "unfilled-form", of_shown: false, check };

/// So many fields must be seen before anything is said.
const FIELDS: usize = 5;

fn check(held: &Held<'_>) -> Option<Defect> {
    let is_form = is_form(held);
    if !(is_form || is_agreement(held)) || !held.piece.is_clear() {
        return None;
    }
    let fields = reading::fields(held.piece.lines());
    // The clauses of an agreement are printed, and look filled in where the parties are not.
    let few_filled = if is_form {
        fields.blank >= fields.filled.saturating_mul(6)
    } else {
        people(held.piece).is_nobody()
    };
    let blank = fields.blank >= FIELDS && few_filled;
    // An agreement is signed in front of whoever certifies it.
    let unsigned = is_form && held.piece.signature() == Presence::Absent;
    let name = &held.paper.name;
    // What was written by hand into an agreement may not have been read on a picture.
    let is_text = held.piece.lines_with_certainty().all(|(_, sure)| sure);
    let certainty = if is_form || is_text { Certainty::Certain } else { Certainty::Undecided };
    let (message, fix) = match (blank, unsigned) {
        (true, _) => (
            format!("{name} còn để trống, chưa điền."),
            "Điền đủ các mục, ký và ghi rõ họ tên rồi nộp lại.",
        ),
        (false, true) => {
            (format!("{name} chưa ký: chỗ ký tên còn trống."), "Ký, ghi rõ họ tên rồi nộp lại.")
        }
        (false, false) => return None,
    };
    Some(Defect {
        rule: RULE.name,
        kind: FindingKind::UnfilledForm,
        certainty,
        message,
        fix: fix.to_owned(),
        lines: if blank { reading::blank_lines(held.piece) } else { Vec::new() },
    })
}

/// Whether it is what people agree on or authorise somebody by, in words that are often printed beforehand.
fn is_agreement(held: &Held<'_>) -> bool {
    let name = phrase(&held.paper.name);
    ["hop dong", "giao dich", "uy quyen", "thoa thuan"].iter().any(|words| name.contains(words))
}

/// Whether the paper is a form to be filled in.
pub(crate) fn is_form(held: &Held<'_>) -> bool {
    let name = phrase(&held.paper.name);
    held.paper.form.is_some()
        || [
            "to khai",
            "don ",
            "giay de nghi",
            "phieu",
            "ban khai",
            "van ban de nghi",
            "van ban dang ky",
            "thong bao ",
            "dang ky ",
            "ban cam ket",
            "giay cam doan",
        ]
        .iter()
        .any(|start| name.starts_with(start))
}
