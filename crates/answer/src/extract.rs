use motcua_domain::{AnswerBasis, AnswerText, Detail, Evidence, EvidenceKind, Procedure, Sentence};

/// The answer that needs no model: the facts themselves, each citing itself.
///
/// What the procedure is stands in its title, so the overview is a sentence only where there is
/// nothing else to say.
pub fn extract(procedure: &Procedure, evidence: &[Evidence]) -> AnswerText {
    let only_overview = procedure.detail != Detail::Full;
    let facts =
        evidence.iter().filter(|piece| only_overview || piece.kind != EvidenceKind::Overview);
    let sentences = facts
        .map(|piece| Sentence { text: piece.text.clone(), citations: vec![piece.id] })
        .collect();
    AnswerText { basis: AnswerBasis::Extract, sentences }
}
