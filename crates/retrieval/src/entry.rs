//! What is kept in memory of each procedure for ordering candidates.

use std::collections::BTreeSet;

use motcua_domain::{Detail, Jurisdiction, Level, Period, Procedure, ProcedureCode, Review};
use motcua_text::fold;

use crate::{analyse::tokens, lexicon::LEXICON};

pub(crate) struct Entry {
    pub(crate) code: ProcedureCode,
    pub(crate) name: String,
    pub(crate) folded_name: String,
    /// The name's words, folded.
    pub(crate) name_words: BTreeSet<String>,
    /// The words of the name and of what people call it, folded and marked.
    pub(crate) head_words: BTreeSet<String>,
    /// The words of the content, folded and marked.
    pub(crate) body_words: BTreeSet<String>,
    pub(crate) jurisdiction: Jurisdiction,
    pub(crate) levels: Vec<Level>,
    pub(crate) field: String,
    pub(crate) effective: Period,
    /// Variants whose mark its name carries, as indices into the lexicon.
    pub(crate) variants: Vec<usize>,
    /// How much the record can be relied on: 3 approved or checked, 2 full, 1 name only, 0 suspect.
    pub(crate) standing: u8,
}

impl Entry {
    pub(crate) fn new(procedure: &Procedure) -> Self {
        let folded_name = fold(&procedure.name).replace([',', ';', ':', '(', ')', '/', '.'], " ");
        let folded_name = folded_name.split_whitespace().collect::<Vec<_>>().join(" ");
        let variants = LEXICON.variants.iter().enumerate();
        let variants = variants
            .filter(|(_, variant)| motcua_text::contains_phrase(&folded_name, &variant.name))
            .map(|(at, _)| at)
            .collect();
        let standing = match (&procedure.review, &procedure.detail) {
            (Review::Approved { .. } | Review::Checked { .. }, _) => 3,
            (_, Detail::Full) => 2,
            (_, Detail::NameOnly) => 1,
            (_, Detail::Suspect(_)) => 0,
        };
        Self {
            code: procedure.code.clone(),
            name: procedure.name.clone(),
            name_words: tokens(&procedure.name).into_iter().collect(),
            head_words: std::iter::once(&procedure.name)
                .chain(&procedure.everyday)
                .flat_map(|text| both_forms(text))
                .collect(),
            body_words: body_words(procedure),
            jurisdiction: procedure.jurisdiction.clone(),
            levels: procedure.levels.clone(),
            field: fold(&procedure.field),
            effective: procedure.effective,
            variants,
            standing,
            folded_name,
        }
    }
}

fn both_forms(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut words = tokens(text);
    words.extend(motcua_text::syllables(&lower).map(str::to_owned));
    words
}

fn body_words(procedure: &Procedure) -> BTreeSet<String> {
    body_texts(procedure).flat_map(|text| both_forms(&text)).collect()
}

/// The texts of a procedure beside its name.
pub(crate) fn body_texts(procedure: &Procedure) -> impl Iterator<Item = String> {
    let requirements = procedure.requirements.iter().map(|r| r.name.clone());
    let papers = procedure
        .requirements
        .iter()
        .filter(|requirement| requirement.source_text.is_none())
        .flat_map(|requirement| requirement.any_of.iter().flat_map(|list| &list.all_of))
        .map(|paper| paper.name.clone());
    let results = procedure.results.iter().map(|s| s.text.clone());
    let subjects = procedure.subjects.iter().cloned();
    let field = std::iter::once(procedure.field.clone());
    requirements.chain(papers).chain(results).chain(subjects).chain(field)
}
