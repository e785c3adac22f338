//! Exact routes: what is named by its code is found by its code.

use motcua_text::{Mention, MentionKind, fold, mentions};

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

/// Reads what a question names.
pub(crate) fn route(text: &str) -> Route {
    // Form codes are often typed in small letters.
    let upper = text.to_uppercase();
    collect(mentions(text).into_iter().chain(mentions(&upper)))
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
    fn a_record_names_the_same() {
        let text = "Tờ khai theo mẫu CT01 của Nghị định 118/2025/NĐ-CP";
        assert_eq!(route_of_record(text), route(text));
        assert_eq!(route_of_record("Giấy tờ khác, 2 bản"), Route::default());
    }
}
