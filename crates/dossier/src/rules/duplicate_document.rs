//! **duplicate-document**: the same file was uploaded twice.
//!
//! *Why it matters.* It costs whoever reads the dossier time, and may hide that another paper was meant.
//!
//! *Legal basis.* None: it is worth knowing, no more.
//!
//! *Fails.* `cccd.jpg` and `cccd (1).jpg` with the same bytes.
//! *Passes.* Two identity cards of two people.

use motcua_domain::{Finding, FindingKind, Severity};

use crate::{
    judged::{Judged, finding},
    rules::rule::DossierRule,
};

pub(crate) const RULE: DossierRule = DossierRule { name: "duplicate-document", check };

fn check(judged: &Judged<'_>) -> Vec<Finding> {
    let documents = judged.submission.documents;
    let mut findings = Vec::new();
    for (at, document) in documents.iter().enumerate() {
        let earlier = documents
            .iter()
            .take(at)
            .find(|other| !other.sha256.is_empty() && other.sha256 == document.sha256);
        if let Some(earlier) = earlier {
            let message = format!("Tệp {} giống hệt tệp {}.", document.name, earlier.name);
            let fix = "Bỏ bớt một tệp, và kiểm tra xem có định nộp giấy tờ khác không.".to_owned();
            let kind = (FindingKind::Duplicate, Severity::Info);
            let mut finding = finding(RULE.name, kind, None, (message, fix));
            finding.file = Some(document.name.clone());
            findings.push(finding);
        }
    }
    findings
}
