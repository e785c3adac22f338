//! **other-issuer**: a paper must come from an office that nothing on it names.
//!
//! *Why it matters.* What a landlord or the head of a hamlet confirms is no confirmation of the commune, however it is
//! titled. The name of an office may have been lost in reading, so a person looks.
//!
//! *Legal basis.* The row that asks for the paper "của Ủy ban nhân dân", "của cơ sở y tế".
//!
//! *Fails.* "Xác nhận về diện tích nhà ở" signed by the head of the quarter, where that of the commune is asked for.
//! *Passes.* A paper that names the office anywhere but in its address ("Kính gửi").

use motcua_domain::FindingKind;

use crate::{
    defect::{Certainty, Defect},
    rules::rule::{Held, PaperRule},
    words::phrase,
};

pub(crate) const RULE: PaperRule = PaperRule { name: "other-issuer", of_shown: true, check };

/// Offices as lists ask for them, and the words of which one stands on whatever they issue.
const OFFICES: &[(&str, &[&str])] = &[
    ("cua uy ban nhan dan", &["uy ban", "nhan dan", "ubnd", "dan xa", "dan phuong", "chu tich"]),
    ("cua co so y te", &["y te", "benh vien", "phong kham", "benh xa", "bac si"]),
    ("cua to chuc y te", &["y te", "benh vien", "phong kham", "bac si"]),
    ("cua co quan cong an", &["cong an"]),
    ("cua toa an", &["toa an"]),
    ("cua nha truong", &["truong", "giao duc"]),
];

fn check(held: &Held<'_>) -> Option<Defect> {
    if !held.piece.is_clear() {
        return None;
    }
    let asked = phrase(&held.paper.name);
    // "Của Ủy ban nhân dân hoặc của cơ quan khác": whoever else may issue it is not known here.
    let due: Vec<_> = OFFICES.iter().filter(|(office, _)| asked.contains(office)).collect();
    if due.is_empty() || asked.contains("hoac") {
        return None;
    }
    let lines: Vec<String> = held.piece.lines().map(phrase).collect();
    let own = lines.iter().filter(|line| !line.contains("kinh gui")).collect::<Vec<_>>();
    let named =
        |words: &[&str]| own.iter().any(|line| words.iter().any(|word| line.contains(word)));
    due.iter().all(|(_, words)| !named(words)).then(|| Defect {
        rule: RULE.name,
        kind: FindingKind::Missing,
        certainty: Certainty::Undecided,
        message: format!("{}: chưa thấy tên cơ quan cấp trên giấy.", held.need.requirement.name),
        fix: format!("Xem ai cấp giấy; phải là {}.", held.paper.name),
        lines: held.piece.title_lines(),
    })
}
