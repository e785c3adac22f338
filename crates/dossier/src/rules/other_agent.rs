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
//! of the name misread on a picture. Kin, helpers, officers and places that a note names in passing act for nobody.

use motcua_domain::FindingKind;

use crate::{
    defect::{Certainty, Defect},
    people::{How, Noted, People, authorised, noted_names, requester},
    piece::Piece,
    rules::rule::{Held, PaperRule},
    words::{likeness, phrase, words},
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
    let noted: Vec<Noted> = held.notes.iter().flat_map(noted_comers).collect();
    let (meant, mentioned): (Vec<Noted>, Vec<Noted>) =
        noted.into_iter().partition(|one| one.how > How::InPassing);
    let clearly = meant.iter().any(|one| one.how == How::Surely);
    let told: Vec<Vec<String>> = meant.into_iter().map(|one| one.name).collect();
    let asking = || held.others.iter().filter_map(|piece| requester(piece)).collect();
    let acting: Vec<Vec<String>> = if told.is_empty() { asking() } else { told.clone() };
    let letters: Vec<&Piece> = {
        let others = held.others.iter().chain(held.unclear).filter(|one| one.is_of(AUTHORISATION));
        others.copied().chain([held.piece]).collect()
    };
    let may_act = |name: &Vec<String>| letters.iter().any(|letter| names_agent(letter, name));
    if acting.is_empty() || acting.iter().any(may_act) {
        return None;
    }
    let agent = authorised(held.piece);
    // A letter of which nobody could be made out says nothing against whoever the form alone names.
    if agent.is_none() && told.is_empty() {
        return None;
    }
    let is_on = |name: &Vec<String>, piece: &Piece| {
        let acting = People { names: vec![name.clone()], ..People::default() };
        acting.share_someone(&piece.all, &People::default())
    };
    let mut cards = held.others.iter().filter(|piece| CARDS.iter().any(|card| piece.is_of(card)));
    let shown = clearly || cards.any(|card| acting.iter().any(|name| is_on(name, card)));
    let unlike = |(agent, _): &(Vec<String>, usize)| {
        acting.iter().all(|name| is_unlike(name, agent))
            && !mentioned.iter().any(|one| one.name == *agent)
    };
    let sure = shown && !is_to_firm(held.piece) && agent.as_ref().is_some_and(unlike);
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
        lines: agent.into_iter().map(|(_, line)| line).collect(),
    })
}

/// Whether a letter names somebody as one who acts: the one who is authorised, or another party, and no witness or
/// whoever must not act. Of letters that were typed, to the letter.
fn names_agent(letter: &Piece, name: &[String]) -> bool {
    let is_text = letter.lines_with_certainty().all(|(_, sure)| sure);
    let same = |agent: &[String]| agent == name || (!is_text && is_misread(name, agent));
    if authorised(letter).is_some_and(|(agent, _)| same(&agent)) {
        return true;
    }
    let mut beside = false;
    let acting: Vec<String> = letter
        .lines()
        .filter(|line| {
            let line = phrase(line);
            let is_other = NO_AGENTS.iter().any(|no| line.contains(no));
            let was_beside = std::mem::replace(&mut beside, is_other && line.ends_with("chung"));
            !is_other && !was_beside
        })
        .flat_map(words)
        .collect();
    let exact = acting.windows(name.len()).any(|run| run == name);
    let misread = || {
        let one = People { names: vec![name.to_vec()], ..People::default() };
        one.share_someone(&acting, &People::default())
    };
    exact || (!is_text && misread())
}

/// Who is named beside these acts for nobody, folded.
const NO_AGENTS: &[&str] = &["lam chung", "khong duoc uy quyen", "khong uy quyen"];

/// A firm acts through whomever it sends.
fn is_to_firm(letter: &Piece) -> bool {
    let Some((_, at)) = authorised(letter) else { return false };
    let near = letter.lines().skip(at.saturating_sub(3)).take(5);
    let firms = ["cong ty", "van phong luat", "doanh nghiep", "hop tac xa", "chi nhanh"];
    near.map(phrase).any(|line| firms.iter().any(|firm| line.contains(firm)))
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

/// Whom an officer noted to have come: "Người đi nộp = Lưu Trung Kiên, em trai ruột".
fn noted_comers((what, said): &(String, String)) -> Vec<Noted> {
    let what = phrase(what);
    let comes = COMERS.iter().any(|words| what.contains(words));
    let else_done = OTHERS.iter().any(|words| what.contains(words));
    if comes && !else_done { noted_names(said) } else { Vec::new() }
}

/// How notes call whoever comes, folded, ...
const COMERS: &[&str] = &[
    "nguoi di",
    "nguoi nop",
    "nguoi mang",
    "nguoi den",
    "nguoi khai",
    "nguoi lam",
    "nguoi thuc hien",
    "ai di",
    "ai nop",
    "ai den",
    "di nop",
    "nop thay",
    "lam thay",
];
/// ... and what others do at a counter.
const OTHERS: &[&str] = &["le phi", "nop thue", "tiep nhan", "huong dan", "giup", "nop tien"];
