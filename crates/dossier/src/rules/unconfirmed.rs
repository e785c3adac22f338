//! **unconfirmed**: a paper must bear the confirmation of somebody else, and one of the places for it may be empty.
//!
//! *Why it matters.* What its author alone signed nobody vouches for. Seals and signatures hide the names under them, so
//! an empty place cannot be told from a covered one for sure: a person looks.
//!
//! *Legal basis.* The row that asks for the paper "có xác nhận của …".
//!
//! *Fails.* "XÁC NHẬN CỦA UBND XÃ, CHỦ TỊCH (Ký, đóng dấu)", and below it nobody's name but the author's.
//! *Passes.* A name for each place; a place that a seal has made illegible.

use motcua_domain::FindingKind;

use crate::{
    rules::{Certainty, Defect, Held, PaperRule},
    words::{holds, phrase, words},
};

pub(crate) const RULE: PaperRule = PaperRule { name: "unconfirmed", of_shown: false, check };

fn check(held: &Held<'_>) -> Option<Defect> {
    let names = [&held.paper.name, &held.need.requirement.name];
    let asked = names.iter().any(|name| phrase(name).contains("xac nhan cua"));
    if !asked || !held.piece.is_clear() {
        return None;
    }
    let lines: Vec<&str> = held.piece.lines().collect();
    let at = lines.iter().position(|line| phrase(line).contains("xac nhan cua"))?;
    let places: usize = lines.iter().skip(at).map(|line| places(line)).sum();
    let before: Vec<String> = lines.iter().take(at).flat_map(|line| words(line)).collect();
    let below = lines.iter().skip(at).flat_map(|line| names_in(line));
    let signers: usize = below.filter(|name| !holds(&before, name)).map(|name| people(&name)).sum();
    (signers < places).then(|| Defect {
        rule: RULE.name,
        kind: FindingKind::UnfilledForm,
        certainty: Certainty::Undecided,
        message: format!(
            "{}: chưa thấy tên người xác nhận ở đủ các ô xác nhận.",
            held.need.requirement.name
        ),
        fix: "Xem từng ô xác nhận đã có chữ ký, dấu và họ tên chưa; thiếu thì xin xác nhận."
            .to_owned(),
        lines: vec![at],
    })
}

/// How many places to sign and seal stand on a line, whole and uncovered.
fn places(line: &str) -> usize {
    phrase(line).matches("ky dong dau").count()
}

/// Runs of capitalised words, as names are written: not titles in capitals, not single words.
fn names_in(line: &str) -> Vec<Vec<String>> {
    let token = |token: &str| token.trim_matches(|c: char| !c.is_alphabetic()).to_owned();
    let tokens: Vec<String> = line.split_whitespace().map(token).collect();
    let is_name = |word: &String| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && !letters.any(char::is_uppercase)
    };
    let runs = tokens.split(|word| !is_name(word)).filter(|run| run.len() >= 2);
    runs.map(|run| words(&run.join(" "))).collect()
}

/// How many people a run of words names: two columns may have been read as one line.
fn people(name: &[String]) -> usize {
    name.len().div_ceil(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_beside_each_other_are_told_apart() {
        let people = |line: &str| names_in(line).iter().map(|name| people(name)).sum::<usize>();
        assert_eq!(people("Thượng tá Dương Hồng Quảng Lục Văn Khánh"), 2);
        assert_eq!(people("Hoàng Văn Kiểm"), 1);
        assert_eq!(people("TRƯỞNG CÔNG AN XÃ CHỦ TỊCH (Ký, đóng dấu)"), 0);
        assert_eq!(places("(Ký, đóng dấu) (Ký, đóng dấu)"), 2);
    }
}
