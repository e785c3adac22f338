//! Numbers of legal documents, in the forms in which people and records write them.

/// Kinds of documents as people write them, folded, and as their numbers end.
const KINDS: [(&[&str], &str); 8] = [
    (&["nghi", "dinh"], "nd"),
    (&["nd"], "nd"),
    (&["thong", "tu"], "tt"),
    (&["tt"], "tt"),
    (&["quyet", "dinh"], "qd"),
    (&["qd"], "qd"),
    (&["nghi", "quyet"], "nq"),
    (&["nq"], "nq"),
];

/// The kind of document that words end with: "Nghị định" is `nd`.
pub(crate) fn kind_before(words: &[&str]) -> Option<&'static str> {
    KINDS.iter().find(|(kind, _)| words.ends_with(kind)).map(|(_, short)| *short)
}

/// The forms under which a document is looked up: "118/2025" and "nd 118" find "118/2025/nd-cp".
pub(crate) fn forms_of_number(number: String) -> Vec<String> {
    let mut forms = Vec::new();
    let mut parts = number.split('/');
    if let (Some(count), Some(year), Some(kind)) = (parts.next(), parts.next(), parts.next()) {
        forms.push(format!("{count}/{year}"));
        forms.push(format!("{} {count}", kind.split('-').next().unwrap_or(kind)));
    }
    forms.push(number);
    forms
}
