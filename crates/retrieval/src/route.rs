//! Exact routes: what is named by its code is found by its code.

use motcua_text::{MentionKind, fold, mentions};

/// What a question names exactly.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Route {
    /// Procedure codes.
    pub(crate) codes: Vec<String>,
    /// Form codes, folded: `ct01`.
    pub(crate) forms: Vec<String>,
    /// Document numbers, folded: `118/2025/nd-cp`.
    pub(crate) documents: Vec<String>,
}

pub(crate) fn route(text: &str) -> Route {
    let mut route = Route::default();
    // Form codes are often typed in small letters.
    let upper = text.to_uppercase();
    for mention in mentions(text).into_iter().chain(mentions(&upper)) {
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
}
