//! **other-act**: a form asks for another act on the same thing.
//!
//! *Why it matters.* Who registers a marriage anew declares other things than who marries; the form of the one cannot
//! be received for the other.
//!
//! *Legal basis.* The row that asks for the form by its name.
//!
//! *Fails.* "TỜ KHAI ĐĂNG KÝ LẠI KẾT HÔN" where the "Tờ khai đăng ký kết hôn" is asked for.
//! *Passes.* "TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ" where that is its name; a title that was read with doubt; "ĐƠN ĐỀ NGHỊ
//! CẤP, CẤP LẠI …", which is the form of both. A title alone is worded by whoever made the form, so that a person looks;
//! only another code than the one that is asked for makes it certain.

use motcua_domain::FindingKind;

use crate::{
    defect::{Certainty, Defect},
    piece::Piece,
    rules::rule::{Held, PaperRule},
    words::phrase,
};

pub(crate) const RULE: PaperRule = PaperRule { name: "other-act", of_shown: false, check };

fn check(held: &Held<'_>) -> Option<Defect> {
    let slot = held.need.slots.iter().find(|slot| slot.paper == held.paper)?;
    let title = held.piece.titles.first().filter(|_| held.piece.is_clear())?;
    // What bears the code that is asked for is the form, whatever acts its title lists.
    let other_form =
        code(held.piece).and_then(|(code, sure)| Some((slot.profile.has_other_form(&code)?, sure)));
    if !slot.profile.asks_for_other_act(title) || matches!(other_form, Some((false, _))) {
        return None;
    }
    let certain = other_form.is_some_and(|(other, sure)| other && sure);
    let name = &held.need.requirement.name;
    Some(Defect {
        rule: RULE.name,
        kind: FindingKind::Missing,
        certainty: if certain { Certainty::Certain } else { Certainty::Undecided },
        message: if certain {
            format!("{name}: nộp nhầm mẫu “{}”.", title.text)
        } else {
            format!("{name}: mẫu “{}” hình như là của việc khác.", title.text)
        },
        fix: format!("Khai {} rồi nộp lại.", held.paper.name),
        lines: held.piece.title_lines(),
    })
}

/// So many lines at the top of a form name its code.
const TOP: usize = 8;

/// The code of a form, "Mẫu số 18", "Mẫu CT01", and whether it was surely read so.
fn code(piece: &Piece) -> Option<(String, bool)> {
    piece.lines_with_certainty().take(TOP).find_map(|(line, sure)| {
        let folded = format!("{} ", phrase(line));
        let code = folded.split_once("mau ")?.1.split(' ').take(2).collect::<Vec<_>>().join(" ");
        let numbered = code.contains(|c: char| c.is_ascii_digit());
        numbered.then(|| (format!("mau {code}"), sure))
    })
}
