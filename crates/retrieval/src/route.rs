//! Exact routes: what is named by its code is found by its code.

use std::collections::HashMap;

use motcua_domain::Procedure;
use motcua_text::{Mention, MentionKind, fold, mentions};

use crate::{
    article::articles,
    document_number::{forms_of_number, kind_before},
};

/// What a question names exactly.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Route {
    /// Procedure codes.
    pub(crate) codes: Vec<String>,
    /// Form codes, folded: `ct01`.
    pub(crate) forms: Vec<String>,
    /// Document numbers, folded: `118/2025/nd-cp`, or `nd 118` where the year is left out.
    pub(crate) documents: Vec<String>,
    /// Articles of documents: `16 nd 118`.
    pub(crate) articles: Vec<String>,
}

/// Reads what a question names.
pub(crate) fn route(text: &str) -> Route {
    // Every code and number has a digit; most questions have none, and reading them is slow.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Route::default();
    }
    // Form codes are often typed in small letters.
    let upper = text.to_uppercase();
    let mut route = collect(mentions(text).into_iter().chain(mentions(&upper)));
    let folded = fold(text);
    for document in without_year(&folded) {
        push(&mut route.documents, document);
    }
    route.articles = articles(&folded);
    route
}

/// Documents that are named by kind and number alone: "Điều 16 NĐ 118" names `nd 118`.
fn without_year(folded: &str) -> Vec<String> {
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric() && c != '/')
        .filter(|word| !word.is_empty() && *word != "so")
        .collect();
    let named = words.iter().enumerate().filter_map(|(at, number)| {
        let is_number = number.len() < 5 && number.bytes().all(|byte| byte.is_ascii_digit());
        let before = words.get(..at).filter(|_| is_number)?;
        Some(format!("{} {number}", kind_before(before)?))
    });
    named.collect()
}

/// What the texts of records name exactly, each read once: the same laws and papers stand in
/// hundreds of records, and reading them is the slowest part of building.
#[derive(Default)]
pub(crate) struct KnownRoutes<'a> {
    named: HashMap<&'a str, Route>,
    articles: HashMap<&'a str, Vec<String>>,
}

impl<'a> KnownRoutes<'a> {
    fn named(&mut self, text: &'a str) -> &Route {
        self.named.entry(text).or_insert_with(|| route_of_record(text))
    }

    /// Codes of the forms that a procedure uses.
    pub(crate) fn forms(&mut self, procedure: &'a Procedure) -> Vec<String> {
        let papers = procedure
            .requirements
            .iter()
            .flat_map(|requirement| requirement.any_of.iter().flat_map(|list| &list.all_of));
        let texts = papers.flat_map(|paper| [Some(paper.name.as_str()), paper.form.as_deref()]);
        each_once(texts.flatten().flat_map(|text| self.named(text).forms.clone()).collect())
    }

    /// Numbers of the documents that a procedure cites, in all forms.
    pub(crate) fn documents(&mut self, procedure: &'a Procedure) -> Vec<String> {
        let numbers = procedure.legal_basis.iter().flat_map(|basis| {
            let titled = self.named(&basis.title).documents.clone();
            basis.number.iter().map(|number| fold(number)).chain(titled).collect::<Vec<_>>()
        });
        each_once(numbers.flat_map(forms_of_number).collect())
    }

    /// Articles that a procedure's texts name.
    pub(crate) fn articles(&mut self, procedure: &'a Procedure) -> Vec<String> {
        let rows =
            procedure.requirements.iter().map(|one| one.source_text.as_ref().unwrap_or(&one.name));
        let notes = procedure.notes.iter().map(|note| &note.text);
        let said = [&procedure.steps, &procedure.conditions, &procedure.results];
        let said = said.into_iter().flatten().map(|statement| &statement.text);
        let sources = procedure.sources.iter().map(|source| &source.document);
        let texts =
            std::iter::once(&procedure.name).chain(rows).chain(notes).chain(said).chain(sources);
        let texts = texts.filter(|text| text.contains("iều ")).map(String::as_str);
        each_once(texts.flat_map(|text| self.articles_of(text).to_vec()).collect())
    }

    fn articles_of(&mut self, text: &'a str) -> &[String] {
        self.articles.entry(text).or_insert_with(|| articles(&fold(text)))
    }
}

fn each_once(mut texts: Vec<String>) -> Vec<String> {
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// The same of a record's text, where codes are written as they should be.
pub(crate) fn route_of_record(text: &str) -> Route {
    // Reading for mentions is slow; most texts name nothing.
    let is_code = |pair: &[u8]| {
        let [one, other] = pair else { return false };
        (one.is_ascii_uppercase() || *one == b'/') && other.is_ascii_digit()
            || one.is_ascii_digit() && *other == b'/'
    };
    if text.as_bytes().windows(2).any(is_code) {
        collect(mentions(text).into_iter())
    } else {
        Route::default()
    }
}

fn collect(found: impl Iterator<Item = Mention>) -> Route {
    let mut route = Route::default();
    for mention in found {
        let canonical = fold(&mention.canonical);
        match mention.kind {
            MentionKind::ProcedureCode => push(&mut route.codes, canonical),
            MentionKind::DocumentNumber => push(&mut route.documents, canonical),
            // A bare "Mẫu số 1" exists in hundreds of decrees and tells nothing.
            MentionKind::FormCode if !canonical.starts_with("mau ") => {
                push(&mut route.forms, canonical);
            }
            _ => {}
        }
    }
    route
}

fn push(list: &mut Vec<String>, item: String) {
    if !list.contains(&item) {
        list.push(item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_named() {
        let found = route("mã 1.001193, tờ khai ct01 theo Nghị định 118/2025/NĐ-CP");
        assert_eq!(found.codes, ["1.001193"]);
        assert_eq!(found.forms, ["ct01"]);
        assert_eq!(found.documents, ["118/2025/nd-cp"]);
    }

    #[test]
    fn a_document_is_named_without_its_year() {
        assert_eq!(route("Điều 16 NĐ 118 nói gì").documents, ["nd 118"]);
        assert_eq!(route("thu tuc theo nghi dinh so 118").documents, ["nd 118"]);
        assert_eq!(route("118 nđ gì đó, ban sao 16").documents, Vec::<String>::new());
        let forms = forms_of_number("118/2025/nd-cp".to_owned());
        assert_eq!(forms, ["118/2025", "nd 118", "118/2025/nd-cp"]);
    }

    #[test]
    fn a_record_names_the_same() {
        let text = "Tờ khai theo mẫu CT01 của Nghị định 118/2025/NĐ-CP";
        assert_eq!(route_of_record(text), route(text));
        assert_eq!(route_of_record("Giấy tờ khác, 2 bản"), Route::default());
    }
}
