//! **other-agent**, **unclear-agent**: somebody was authorised, and somebody else acts, or seems to.
//!
//! *Why it matters.* A letter to a sister gives a brother no power, and both are of the family: every other check finds
//! the names it knows.
//!
//! *Legal basis.* Điều 138, 562 Bộ luật Dân sự 2015: whoever acts for another is whom the other has authorised.
//!
//! *Fails.* "BÊN ĐƯỢC ỦY QUYỀN: Lưu Thị Bích Trâm", and Lưu Trung Kiên has handed in, as the officer noted or the form
//! says and his card shows. *Doubt.* The form alone says so.
//! *Passes.* Whoever acts is named on the letter or on another one, be it as the one who authorised, and be one syllable
//! of the name misread.

use motcua_domain::FindingKind;

use crate::{
    people::{People, authorised, requester, with_surname},
    piece::Piece,
    rules::{Certainty, Defect, Held, PaperRule},
    words::{likeness, phrase},
};

pub(crate) const RULE: PaperRule =
    PaperRule { name: "other-agent", of_shown: false, check: certain };
/// What other rules are certain of goes before.
pub(crate) const UNCLEAR: PaperRule = PaperRule { name: "unclear-agent", check: unclear, ..RULE };

fn certain(held: &Held<'_>) -> Option<Defect> {
    check(held).filter(|defect| defect.certainty == Certainty::Certain)
}

fn unclear(held: &Held<'_>) -> Option<Defect> {
    check(held).map(|defect| Defect { rule: UNCLEAR.name, ..defect })
}

/// How the catalogue calls an authorisation, and cards.
const AUTHORISATION: &str = "van-ban-uy-quyen";
const CARDS: [&str; 2] = ["can-cuoc", "ho-chieu"];

fn check(held: &Held<'_>) -> Option<Defect> {
    if !held.piece.is_of(AUTHORISATION) || !held.piece.is_clear() {
        return None;
    }
    let (agent, line) = authorised(held.piece)?;
    let noted: Vec<Vec<String>> = held.notes.iter().filter_map(acting).collect();
    let asking = || held.others.iter().filter_map(|piece| requester(piece)).collect();
    let acting: Vec<Vec<String>> = if noted.is_empty() { asking() } else { noted.clone() };
    let is_on = |name: &Vec<String>, piece: &Piece| {
        let acting = People { names: vec![name.clone()], ..People::default() };
        acting.share_someone(&piece.all, &People::default())
    };
    let letters = || {
        let others = held.others.iter().chain(held.unclear).filter(|one| one.is_of(AUTHORISATION));
        others.copied().chain([held.piece])
    };
    let is_authorised = |name: &Vec<String>| {
        is_misread(name, &agent) || letters().any(|letter| is_on(name, letter))
    };
    let authorises_one = acting.iter().any(is_authorised);
    if acting.is_empty() || authorises_one {
        return None;
    }
    let mut cards = held.others.iter().filter(|piece| CARDS.iter().any(|card| piece.is_of(card)));
    let told = !noted.is_empty() || cards.any(|card| acting.iter().any(|name| is_on(name, card)));
    let sure = told && acting.iter().all(|name| is_unlike(name, &agent));
    Some(Defect {
        rule: RULE.name,
        kind: FindingKind::WrongPerson,
        certainty: if sure { Certainty::Certain } else { Certainty::Undecided },
        message: format!(
            "{}: người được ủy quyền không phải người đi nộp hồ sơ.",
            held.need.requirement.name
        ),
        fix: "Nộp văn bản ủy quyền cho người đang đi nộp, hoặc để người được ủy quyền đi nộp."
            .to_owned(),
        lines: vec![line],
    })
}

/// Whether one syllable before the given name was misread: "Hã Văn Đoàn" is Mã Văn Đoàn.
fn is_misread(one: &[String], other: &[String]) -> bool {
    let alike = |(a, b): &(&String, &String)| likeness(a, b) > 0.0;
    let given = one.last().zip(other.last()).is_some_and(|pair| alike(&pair));
    given
        && one.len() == other.len()
        && one.iter().zip(other).filter(|pair| !alike(pair)).count() <= 1
}

/// Whether no misreading makes one name of the other: behind the family name no syllable looks alike.
fn is_unlike(one: &[String], other: &[String]) -> bool {
    let own = |name: &[String]| -> Vec<String> {
        let telling = |word: &&String| !["thi", "van"].contains(&word.as_str());
        name.iter().skip(1).filter(telling).cloned().collect()
    };
    let other = own(other);
    own(one).iter().all(|a| other.iter().all(|b| likeness(a, b) <= 0.0))
}

/// Who hands in, as an officer noted: "Người đi nộp = Lưu Trung Kiên, em trai ruột".
fn acting((what, said): &(String, String)) -> Option<Vec<String>> {
    let what = phrase(what);
    let hands_in =
        what.starts_with("nguoi") && [" nop", " lam thay"].iter().any(|it| what.contains(it));
    with_surname(said).filter(|_| hands_in)
}
