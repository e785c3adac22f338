//! **noted-lack**: an officer noted that a paper is lacking, and it is none that the machine knows of.
//!
//! *Why it matters.* Whoever takes the trouble to note it holds it for needed, so nobody says "complete" over the note.
//!
//! *Legal basis.* None needed for what an officer is to look at.
//!
//! *Fails.* "Văn bản đồng ý của cha mẹ = không có", where no row names such a paper.
//! *Passes.* A note on a paper that is due, which is held against that paper; "Trẻ bị bỏ rơi = không", which names none;
//! "không có, cha đã ký vào tờ khai", which says what there is instead.

use motcua_domain::{Finding, FindingKind, Severity};

use crate::{
    judge::Judged,
    officer::{names_a_paper, polarity},
    rules::{
        DossierRule, finding,
        guardians_consent::{consents, is_consent},
    },
};

pub(crate) const RULE: DossierRule = DossierRule { name: "noted-lack", check };

fn check(judged: &Judged<'_>) -> Vec<Finding> {
    let consented = consents(judged.submission.facts);
    let lacks = |(about, says): &&&(String, String)| {
        let alone = !says.contains([',', ';', '(']) && !(consented && is_consent(about));
        names_a_paper(about) && polarity(says) == Some(false) && alone
    };
    let told = |(about, says): &&(String, String)| {
        let message =
            format!("Cán bộ ghi “{about}: {says}”; không rõ đó là giấy tờ nào trong danh mục.");
        let fix = "Xem giấy tờ này có phải nộp không.".to_owned();
        finding(RULE.name, (FindingKind::Missing, Severity::Warning), None, (message, fix))
    };
    judged.unmatched.iter().filter(lacks).map(told).collect()
}
