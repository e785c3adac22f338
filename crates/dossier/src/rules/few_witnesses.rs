//! **few-witnesses**: a paper must bear two witnesses, and names one or none.
//!
//! *Why it matters.* Two people who know what happened stand in for the paper of an office; one does not.
//!
//! *Legal basis.* The row that asks for the paper with "ít nhất hai người làm chứng".
//!
//! *Fails.* "Người làm chứng thứ nhất: …" and nobody after; "2. Họ và tên:" left blank; "một người làm chứng ký" was
//! noted.
//! *Passes.* Two signatures of witnesses, also on a page of their own; a poor picture; "có hai người làm chứng" was noted.

use motcua_domain::FindingKind;

use crate::{
    defect::{Certainty, Defect},
    piece::Piece,
    rules::rule::{Held, PaperRule},
    words::{holds, phrase, words},
};

pub(crate) const RULE: PaperRule = PaperRule { name: "few-witnesses", of_shown: false, check };

/// How papers call a witness.
const WITNESS: &str = "nguoi lam chung";

fn check(held: &Held<'_>) -> Option<Defect> {
    if !phrase(&held.paper.name).contains("hai nguoi lam chung") {
        return None;
    }
    let counted = noted(held.notes);
    // They may have signed on a page of their own: "Xác nhận của người làm chứng".
    let of_witnesses = |piece: &&&Piece| {
        piece.titles.iter().any(|title| holds(&words(&title.text), &words(WITNESS)))
    };
    let apart = || held.others.iter().filter(of_witnesses).any(|piece| names_two(piece));
    let unseen = counted.is_none() && held.piece.is_clear() && !names_two(held.piece) && !apart();
    let certainty = match counted {
        Some(false) => Certainty::Certain,
        None if unseen => Certainty::Undecided,
        Some(true) | None => return None,
    };
    let witness = words(WITNESS);
    let named = |line: &str| holds(&words(line), &witness);
    let lines = held.piece.lines().enumerate().filter(|(_, line)| named(line));
    Some(Defect {
        rule: RULE.name,
        kind: FindingKind::Missing,
        certainty,
        message: format!("{}: chưa thấy đủ hai người làm chứng.", held.need.requirement.name),
        fix: "Nộp văn bản có ít nhất hai người làm chứng ký, ghi rõ họ tên.".to_owned(),
        lines: lines.map(|(at, _)| at).collect(),
    })
}

/// Whether an officer counted two witnesses, or fewer.
fn noted(notes: &[(String, String)]) -> Option<bool> {
    let says = |any: &[&str]| {
        let said = |says: &String| {
            any.iter().any(|count| phrase(says).contains(&format!("{count} {WITNESS}")))
        };
        notes.iter().any(|(_, note)| said(note))
    };
    if says(&["hai", "2", "02"]) {
        return Some(true);
    }
    says(&["mot", "1", "01", "khong co", "thieu"]).then_some(false)
}

/// "2. Họ và tên:" below the first witness, and no name after it, whatever the places to sign are called.
fn leaves_second_blank(lines: &[String]) -> bool {
    let first = lines.iter().position(|line| line.contains(WITNESS)).unwrap_or(lines.len());
    let blank = ["2 ho va ten", "2 ho ten", "2 ho chu dem ten", "2 ong", "2 ba", "2 ong ba"];
    let below = lines.iter().skip(first);
    below.clone().zip(below.skip(1)).any(|(line, next)| {
        // A name may stand on the next line; another label does not.
        let label = ["xac nhan", "ngay", "sinh", "so ", "noi ", "nguoi "];
        blank.contains(&line.as_str()) && label.iter().any(|label| next.starts_with(label))
    })
}

/// Whether the paper names a second witness: by a number, by a second place to sign, or as the second of a list.
fn names_two(piece: &Piece) -> bool {
    let lines: Vec<String> = piece.lines().map(phrase).collect();
    if leaves_second_blank(&lines) {
        return false;
    }
    let second = ["2", "thu hai", "thu 2", "so 2"];
    let counted = |line: &String| {
        second.iter().any(|number| line.contains(&format!("{WITNESS} {number}")))
            || line.contains(&format!("hai {WITNESS}"))
            || line.matches(WITNESS).count() >= 2
    };
    let places = lines.iter().filter(|line| line.as_str() == WITNESS).count();
    let first = lines.iter().position(|line| line.contains(WITNESS)).unwrap_or(lines.len());
    let listed = lines.iter().skip(first).any(|line| line.starts_with("2 "));
    lines.iter().any(counted) || places >= 2 || listed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_witness_may_be_left_blank() {
        let lines = |text: &str| text.lines().map(phrase).collect::<Vec<_>>();
        let blank = "Người làm chứng:\n1. Họ và tên: Lường Văn Panh\n2. Họ và tên:\nXác nhận:";
        let named = "Người làm chứng:\n1. Họ và tên: Lường Văn Panh\n2. Họ và tên:\nLò Thị Sen";
        assert!(leaves_second_blank(&lines(blank)));
        assert!(!leaves_second_blank(&lines(named)));
    }
}
