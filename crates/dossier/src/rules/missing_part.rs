//! **missing-part**: the rule says what has to be in a paper, and nothing of one part of it is to be seen.
//!
//! *Why it matters.* Two drawings of four are no set of drawings, however well they are drawn. Drawings are named as
//! their author likes, so a person looks.
//!
//! *Legal basis.* The row that asks for the paper and lists its parts.
//!
//! *Fails.* Plans, elevations and a section of a house, and no sheet of them speaks of foundations or connections.
//! *Passes.* One sheet that shows all of it. A set of which a sheet could not be read: the part may be there.

use motcua_domain::{Content, FindingKind};

use crate::{
    defect::{Certainty, Defect},
    piece::Piece,
    rules::rule::{Held, PaperRule},
    words::{holds, words, words_of_line},
};

pub(crate) const RULE: PaperRule = PaperRule { name: "missing-part", of_shown: false, check };

fn check(held: &Held<'_>) -> Option<Defect> {
    let kind = held.paper.document.as_deref();
    // The other sheets may stand in files of their own.
    let of_set = |piece: &Piece| !piece.is_told() || kind.is_some_and(|kind| piece.is_of(kind));
    if !held.piece.is_clear() || held.unclear.iter().any(|piece| of_set(piece)) {
        return None;
    }
    let others = held.others.iter().copied().filter(|piece| of_set(piece));
    let set: Vec<&Piece> = std::iter::once(held.piece).chain(others).collect();
    // "Xem chi tiết móng ở hồ sơ kết cấu" shows none.
    let points_elsewhere = |line: &[String]| {
        line.starts_with(&["xem".to_owned()])
            || ["xem chi tiet", "theo ho so", "ho so rieng"].iter().any(|w| holds(line, &words(w)))
    };
    let lines: Vec<Vec<String>> = set
        .iter()
        .flat_map(|piece| piece.lines())
        .map(words_of_line)
        .filter(|line| !points_elsewhere(line))
        .collect();
    let is_there = |content: &Content| {
        let mut seen_as = content.seen_as.iter().map(|seen| words(seen));
        seen_as.any(|seen| lines.iter().any(|line| holds(line, &seen)))
    };
    let contents = held.paper.contents.iter().filter(|content| !is_there(content));
    let lacking: Vec<&str> = contents.map(|content| content.name.as_str()).collect();
    (!lacking.is_empty()).then(|| Defect {
        rule: RULE.name,
        kind: FindingKind::Missing,
        certainty: Certainty::Undecided,
        message: format!("{}: chưa thấy {}.", held.need.requirement.name, lacking.join("; ")),
        fix: format!("Xem lại; nếu thiếu thì yêu cầu nộp thêm {}.", lacking.join("; ")),
        lines: Vec::new(),
    })
}
