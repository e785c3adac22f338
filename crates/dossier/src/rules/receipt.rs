//! **receipt**: a slip that promises a paper, or says that it was asked for, in place of the paper.
//!
//! *Why it matters.* It names the paper in its title or text and looks like it, and proves nothing of what the paper
//! would say.
//!
//! *Legal basis.* The row that asks for the paper itself.
//!
//! *Fails.* "GIẤY HẸN TRẢ KẾT QUẢ: Giấy chứng nhận kết hôn".
//! *Passes.* A receipt where the list asks for one; a "Giấy tiếp nhận bản công bố", which is a permit.

use motcua_domain::FindingKind;

use crate::{
    defect::{Certainty, Defect},
    rules::rule::{Held, PaperRule},
    words::phrase,
};

pub(crate) const RULE: PaperRule = PaperRule { name: "receipt", of_shown: true, check };

/// How such slips are called.
const SLIPS: &[&str] = &[
    "giay hen",
    "phieu hen",
    "giay tiep nhan ho so",
    "phieu tiep nhan ho so",
    "giay bien nhan",
    "bien nhan",
    "giay xac nhan nop ho so",
];

fn check(held: &Held<'_>) -> Option<Defect> {
    let title = held.piece.titles.first().filter(|_| held.piece.is_clear())?;
    let begins = title.head.join(" ");
    let called = SLIPS.iter().find(|called| begins.starts_with(**called))?;
    let due = [&held.paper.name, &held.need.requirement.name];
    let itself = due.iter().any(|name| phrase(name).contains(called));
    (!itself).then(|| Defect {
        rule: RULE.name,
        kind: FindingKind::Missing,
        certainty: Certainty::Certain,
        message: format!(
            "{}: “{}” không phải là giấy tờ này.",
            held.need.requirement.name, title.text
        ),
        fix: format!("Nộp {}.", held.paper.name),
        lines: held.piece.title_lines(),
    })
}
