//! **other-act**: a form asks for another act on the same thing.
//!
//! *Why it matters.* Who registers a marriage anew declares other things than who marries; the form of the one cannot
//! be received for the other.
//!
//! *Legal basis.* The row that asks for the form by its name.
//!
//! *Fails.* "TỜ KHAI ĐĂNG KÝ LẠI KẾT HÔN" where the "Tờ khai đăng ký kết hôn" is asked for.
//! *Passes.* "TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ" where that is its name; a title that was read with doubt.

use motcua_domain::FindingKind;

use crate::rules::{Certainty, Defect, Held, PaperRule};

pub(crate) const RULE: PaperRule = PaperRule { name: "other-act", of_shown: false, check };

fn check(held: &Held<'_>) -> Option<Defect> {
    let slot = held.need.slots.iter().find(|slot| slot.paper == held.paper)?;
    let title = held.piece.titles.first().filter(|_| held.piece.is_clear())?;
    slot.profile.asks_for_other_act(title).then(|| Defect {
        rule: RULE.name,
        kind: FindingKind::Missing,
        certainty: Certainty::Certain,
        message: format!("{}: nộp nhầm mẫu “{}”.", held.need.requirement.name, title.text),
        fix: format!("Khai {} rồi nộp lại.", held.paper.name),
        lines: held.piece.title_lines(),
    })
}
