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

use motcua_domain::{ComponentState, Finding, FindingKind, Severity};

use crate::{
    judged::{Judged, finding},
    piece::Piece,
    rules::rule::DossierRule,
};

pub(crate) const RULE: DossierRule = DossierRule { name: "irrelevant-document", check };

fn check(judged: &Judged<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for at in &judged.unassigned {
        let Some(piece) = judged.pieces.get(*at) else { continue };
        if !piece.is_clear() || judged.known_elsewhere.contains(at) {
            continue;
        }
        let Some(name) = name(judged, piece) else { continue };
        let (file, _) = judged.place(*at);
        let file_name = file.as_deref().unwrap_or_default();
        let message = format!("Thủ tục này không yêu cầu giấy tờ: {name} (tệp {file_name}).");
        let fix = "Trả lại người nộp, hoặc kiểm tra xem có nộp nhầm giấy tờ khác không.".to_owned();
        let kind = (FindingKind::IrrelevantDocument, Severity::Info);
        let mut finding = finding(RULE.name, kind, None, (message, fix));
        judged.point_at(&mut finding, *at, &piece.title_lines());
        findings.push(finding);
    }
    findings
}

/// What it is: a kind of the catalogue, or its own title where nothing is lacking that it may be.
fn name(judged: &Judged<'_>, piece: &Piece) -> Option<String> {
    match &piece.kind {
        Some(_) if piece.is_identity() => None,
        Some((kind, _)) if piece.is_told() => Some(judged.kind_name(kind)),
        _ if judged.outcomes.iter().any(|outcome| lacks(outcome.state)) => None,
        _ => piece
            .titles
            .first()
            .filter(|title| title.strength >= 0.95)
            .map(|title| title.text.clone()),
    }
}

fn lacks(state: ComponentState) -> bool {
    matches!(state, ComponentState::Missing | ComponentState::Unreadable)
}
