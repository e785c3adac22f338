//! **insufficient-quantity**: fewer copies were handed in than are asked for.
//!
//! *Why it matters.* One scan says nothing about how many sheets lie on the counter, so only a number
//! that the officer noted is held against anybody.
//!
//! *Legal basis.* The quantity column of the procedure's published list.
//!
//! *Fails.* Two sets of drawings are asked for, "Số bộ bản vẽ nộp = 01 bộ" was noted.
//! *Passes.* Two are asked for, one file is there, and nobody counted.

use motcua_domain::FindingKind;

use crate::{
    defect::{Certainty, Defect},
    rules::rule::{Held, PaperRule},
    words::words,
};

pub(crate) const RULE: PaperRule =
    PaperRule { name: "insufficient-quantity", of_shown: false, check };

fn check(held: &Held<'_>) -> Option<Defect> {
    let own = held.need.said.as_ref().and_then(|said| said.count);
    let counted = own.or_else(|| count_of_each(held.notes))?;
    let only_paper = held.need.slots.len() == 1;
    (only_paper && counted < held.paper.quantity).then(|| Defect {
        rule: RULE.name,
        kind: FindingKind::Missing,
        certainty: Certainty::Certain,
        message: format!(
            "{}: cần {} bản, mới nộp {counted}.",
            held.paper.name, held.paper.quantity
        ),
        fix: format!("Nộp thêm {} bản.", held.paper.quantity.saturating_sub(counted)),
        lines: Vec::new(),
    })
}

/// "Mỗi loại 01 bản": how many of each were handed in.
fn count_of_each(notes: &[(String, String)]) -> Option<u32> {
    notes.iter().find_map(|(_, says)| {
        let folded = words(says);
        let each = folded.windows(4).find(|run| run.starts_with(&["moi".to_owned()]))?;
        match each {
            [_, of, number, unit]
                if ["loai", "thu", "giay"].contains(&of.as_str())
                    && ["ban", "bo"].contains(&unit.as_str()) =>
            {
                number.parse().ok()
            }
            _ => None,
        }
    })
}
