//! What an official's own words in a letter ask for beyond the published list.

use motcua_domain::{ComponentState, DossierReport, Paper};
use motcua_dossier::DocumentKind;
use motcua_letter::{Form, Note};
use motcua_text::{contains_phrase, fold};

use crate::Kiosk;

impl Kiosk {
    /// What an official should know before signing: what can be supplemented is of itself no reason to refuse, and a
    /// paper that the published list does not ask for, or that was looked up, is not to be asked for without a rule.
    pub fn advice(&self, form: Form, report: &DossierReport, note: &Note) -> Option<String> {
        let words = note.reason.as_deref().unwrap_or_default();
        let beyond = match form {
            Form::Supplement => self.beyond_the_list(report, words),
            Form::Receipt | Form::Refusal => Vec::new(),
        };
        if beyond.is_empty() {
            return motcua_letter::advice(form, report, note).map(str::to_owned);
        }
        Some(format!(
            "Danh mục đã công bố không yêu cầu nộp: {}. Chỉ yêu cầu thêm khi có quy định, và ghi rõ điều khoản trong lý do.",
            beyond.join(", ")
        ))
    }

    /// Kinds of papers that some words name and that nothing in the report is about.
    fn beyond_the_list(&self, report: &DossierReport, words: &str) -> Vec<&str> {
        let said = fold(words);
        let due = self.due(report);
        let is_due = |kind: &DocumentKind| {
            due.iter().any(|(name, document)| {
                document.as_deref() == Some(&kind.id)
                    || names(kind).any(|one| contains_phrase(name, &one))
            })
        };
        let kinds = self.0.catalogue.kinds().iter().filter(|kind| !kind.broad);
        let named = kinds.filter(|kind| names(kind).any(|name| contains_phrase(&said, &name)));
        named.filter(|kind| !is_due(kind)).map(|kind| kind.name.as_str()).collect()
    }

    /// The papers that are due or may be, by folded name and kind.
    fn due(&self, report: &DossierReport) -> Vec<(String, Option<String>)> {
        let live = report.components.iter().filter(|component| {
            !matches!(
                component.state,
                ComponentState::NotApplicable | ComponentState::ReplacedByData
            )
        });
        let requirements = self.procedure_on(&report.procedure, report.received_on);
        let requirements = requirements.map(|one| one.requirements.as_slice());
        let papers = |id: &str| -> Vec<Paper> {
            let all = requirements.into_iter().flatten().filter(|requirement| requirement.id == id);
            all.flat_map(|one| &one.any_of).flat_map(|list| list.all_of.clone()).collect()
        };
        live.flat_map(|component| {
            let papers = papers(&component.id).into_iter();
            std::iter::once((fold(&component.name), None))
                .chain(papers.map(|paper| (fold(&paper.name), paper.document)))
        })
        .collect()
    }
}

fn names(kind: &DocumentKind) -> impl Iterator<Item = String> {
    std::iter::once(&kind.name).chain(&kind.also).map(|name| fold(name))
}
