//! What is kept in memory of each procedure beside its words.

use motcua_domain::{Detail, Jurisdiction, Level, Period, Procedure, ProcedureCode, Review};
use motcua_text::fold;

use crate::{lexicon::LEXICON, word::usually_spelt};

pub(crate) struct Entry {
    pub(crate) code: ProcedureCode,
    pub(crate) name: String,
    /// The name in lower case without marks and punctuation; alike for copies of one procedure.
    pub(crate) folded_name: String,
    pub(crate) place: Place,
    pub(crate) levels: Vec<Level>,
    /// The field, folded.
    pub(crate) field: String,
    /// How much the field is the business of a commune's counter, from 0 to 1.
    pub(crate) field_weight: f32,
    pub(crate) effective: Period,
    /// Variants whose mark its name carries, as indices into the lexicon.
    pub(crate) variants: Vec<usize>,
    pub(crate) standing: Standing,
    /// Whether citizens, not only organisations, may apply.
    pub(crate) for_citizens: bool,
}

/// Where a procedure holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    National,
    /// The current name, folded.
    Province(String),
    Internal,
}

/// How far a record can be relied on, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    Suspect,
    NameOnly,
    Full,
    Checked,
}

impl Entry {
    pub(crate) fn new(procedure: &Procedure) -> Self {
        let folded_name = plain_name(&procedure.name);
        let standing = match (&procedure.detail, &procedure.review) {
            (Detail::Suspect(_), _) => Standing::Suspect,
            (Detail::NameOnly, _) => Standing::NameOnly,
            (Detail::Full, Review::Draft) => Standing::Full,
            (Detail::Full, Review::Checked { .. } | Review::Approved { .. }) => Standing::Checked,
        };
        let place = match &procedure.jurisdiction {
            Jurisdiction::National => Place::National,
            Jurisdiction::Province(name) => Place::Province(LEXICON.province(name)),
            Jurisdiction::Internal => Place::Internal,
        };
        let agencies: Vec<String> =
            procedure.agencies.iter().map(|name| plain_name(name)).collect();
        let marked = LEXICON.variants.iter().enumerate().filter(|(_, variant)| {
            // "Chứng thực chữ ký" of an embassy has the name of what every commune does.
            let of_all = || agencies.iter().all(|agency| variant.marks(agency));
            variant.marks(&folded_name) || (variant.of_agency && !agencies.is_empty() && of_all())
        });
        let variants = marked.map(|(at, _)| at).collect();
        Self {
            code: procedure.code.clone(),
            name: procedure.name.clone(),
            place,
            levels: procedure.levels.clone(),
            field: fold(&procedure.field),
            field_weight: LEXICON.field_weight(&procedure.field),
            effective: procedure.effective,
            variants,
            standing,
            for_citizens: procedure.subjects.is_empty()
                || procedure.subjects.iter().any(|who| fold(who).contains("cong dan")),
            folded_name,
        }
    }
}

fn plain_name(name: &str) -> String {
    let folded = fold(&usually_spelt(name)).replace(|c: char| !c.is_alphanumeric(), " ");
    let words: Vec<&str> = folded.split_whitespace().collect();
    words.join(" ").trim_start_matches("thu tuc ").to_owned()
}

/// The texts of a procedure beside its name and everyday phrases.
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

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A procedure of which only the name is known.
    pub(crate) fn named(name: &str) -> Procedure {
        let record = motcua_corpus::Record {
            code: "1.000001".into(),
            name: name.into(),
            ..motcua_corpus::Record::default()
        };
        motcua_corpus::procedure_from_record(&record).expect("a sound record")
    }
}
