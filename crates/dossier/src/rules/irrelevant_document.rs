//! **irrelevant-document**: a paper that can be read and that nothing in this procedure asks for.
//!
//! *Why it matters.* Nothing may be kept that is not asked for, and it may have been brought in place of
//! the right paper.
//!
//! *Legal basis.* Only the papers of the published list are received (Điều 16 Nghị định 118/2025/NĐ-CP).
//!
//! *Fails.* A driving licence in a dossier for a birth registration.
//! *Passes.* An identity card, which every counter may look at; a paper asked for in another case of the
//! same procedure; a paper whose kind could not be told.

use motcua_domain::{Finding, FindingKind, Severity};

use crate::{
    judge::Judged,
    rules::{self, DossierRule},
};

pub(crate) const RULE: DossierRule = DossierRule { name: "irrelevant-document", check };

/// Kinds that any counter may look at to know who is standing there.
const IDENTITY: &[&str] = &["can-cuoc", "ho-chieu"];

fn check(judged: &Judged<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for at in &judged.unassigned {
        let Some(piece) = judged.pieces.get(*at) else { continue };
        let Some((kind, score)) = &piece.kind else { continue };
        let sure = *score >= 0.6 && piece.titled && piece.is_clear();
        if !sure || IDENTITY.contains(&kind.as_str()) || judged.known_elsewhere.contains(at) {
            continue;
        }
        let (file, page) = judged.place(*at);
        let message = format!(
            "Thủ tục này không yêu cầu giấy tờ: {} (tệp {}).",
            judged.kind_name(kind),
            file.as_deref().unwrap_or_default()
        );
        let fix = "Trả lại người nộp, hoặc kiểm tra xem có nộp nhầm giấy tờ khác không.".to_owned();
        let kind = (FindingKind::IrrelevantDocument, Severity::Info);
        let mut finding = rules::finding(RULE.name, kind, None, (message, fix));
        (finding.file, finding.page) = (file, page);
        findings.push(finding);
    }
    findings
}
