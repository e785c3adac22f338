//! **noted-lack**: an officer noted that a paper is lacking, and it is none that the machine knows of.
//!
//! *Why it matters.* Whoever takes the trouble to note it holds it for needed, so nobody says "complete" over the note.
//!
//! *Legal basis.* None needed for what an officer is to look at.
//!
//! *Fails.* "Văn bản đồng ý của cha mẹ = không có", where no row names such a paper.
//! *Passes.* A note on a paper that is due, which is held against that paper; "Trẻ bị bỏ rơi = không", which names none;
//! "không có, cha đã ký vào tờ khai", which says what there is instead; "không có giấy nào khác", which speaks of more.

use motcua_domain::{Finding, FindingKind, Severity};

use crate::{
    judged::{Judged, finding},
    need::Need,
    officer::{names_a_paper, polarity},
    rules::{
        guardians_consent::{self, consents, is_consent},
        rule::DossierRule,
    },
    words::{holds, phrase, words},
};

pub(crate) const RULE: DossierRule = DossierRule { name: "noted-lack", check };

fn check(judged: &Judged<'_>) -> Vec<Finding> {
    let taken = judged.needs.iter().flat_map(Need::taken);
    let mut defects = taken.filter_map(|(_, taken)| taken.defect.as_ref());
    let is_told = defects.any(|defect| defect.rule == guardians_consent::RULE.name);
    let consented = is_told || consents(judged.submission.facts);
    let asked = judged.submission.procedure.requirements.iter();
    let papers = asked.flat_map(|one| &one.any_of).flat_map(|list| &list.all_of);
    let names: Vec<Vec<String>> = papers.map(|paper| words(&paper.name)).collect();
    // Where the list names it, its own row says what follows.
    let is_listed = |about: &str| names.iter().any(|name| holds(name, &words(about)));
    let lacks = |(about, says): &&&(String, String)| {
        // What there is instead may be told after a comma, or by another note.
        let others = phrase(says).split(' ').any(|word| ["khac", "them"].contains(&word));
        let told_apart =
            says.contains([',', ';', '(']) || others || (consented && is_consent(about));
        names_a_paper(about) && polarity(says) == Some(false) && !told_apart && !is_listed(about)
    };
    let told = |(about, says): &&(String, String)| {
        let message =
            format!("Cán bộ ghi “{about}: {says}”; không rõ đó là giấy tờ nào trong danh mục.");
        let fix = "Xem giấy tờ này có phải nộp không.".to_owned();
        finding(RULE.name, (FindingKind::Missing, Severity::Warning), None, (message, fix))
    };
    judged.unmatched.iter().filter(lacks).map(told).collect()
}
