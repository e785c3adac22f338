//! **illegible-page**: a page is too blurred, dark or cut to be judged.
//!
//! *Why it matters.* What cannot be read is neither there nor missing; a person must look at the paper.
//!
//! *Legal basis.* None needed: nothing is held against the applicant.
//!
//! *Fails.* Page 3 of a scan is a grey smear, and giấy giới thiệu is the only paper not found.
//! *Passes.* A page read with doubt that still tells what it is.

use motcua_domain::{Finding, FindingKind, Severity};

use crate::{
    judged::{Judged, finding},
    rules::rule::DossierRule,
    state::used_rows,
};

pub(crate) const RULE: DossierRule = DossierRule { name: "illegible-page", check };

fn check(judged: &Judged<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, piece) in judged.pieces.iter().enumerate() {
        let need =
            judged.needs_with_outcomes().find(|(_, outcome)| outcome.illegible.contains(&at));
        if need.is_none() && !piece.is_illegible() {
            continue;
        }
        for (document, pages) in piece.parts() {
            for page in pages {
                let file = judged.file_name(document);
                // A page that was read with doubt and tells nothing of what it is can be read by people.
                let read = if piece.is_illegible() {
                    "không đọc được"
                } else {
                    "máy đọc chưa chắc"
                };
                let message = match need {
                    Some((need, _)) => {
                        format!(
                            "Trang {page} của tệp {file} {read}; có thể là: {}.",
                            need.requirement.name
                        )
                    }
                    None => format!("Trang {page} của tệp {file} {read}."),
                };
                let fix =
                    "Xem bản giấy, hoặc chụp lại cho rõ: đủ sáng, thẳng, không mất góc.".to_owned();
                let kind = (FindingKind::Illegible, Severity::Warning);
                let row =
                    need.and_then(|(need, outcome)| used_rows(need, outcome).first().copied());
                let mut finding = finding(RULE.name, kind, row, (message, fix));
                finding.file = Some(file.to_owned());
                finding.page = Some(page);
                findings.push(finding);
            }
        }
    }
    findings
}
