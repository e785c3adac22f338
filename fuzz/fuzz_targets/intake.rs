//! What uploaded bytes reach in our own code: telling kinds apart, Word's XML, and the output of
//! the tools, which an upload can shape.
#![no_main]

use libfuzzer_sys::fuzz_target;
use motcua_intake::{
    fuzzing::{lines_from_tsv, pages_from_text, text_of_document_xml},
    sniff,
};

/// As many pages as an upload may have.
const MOST_PAGES: usize = 200;

fuzz_target!(|bytes: &[u8]| {
    sniff(bytes);
    if let Ok(pages) = text_of_document_xml(bytes) {
        assert!(!pages.is_empty(), "a document has at least one page");
    }
    let text = String::from_utf8_lossy(bytes);
    assert_eq!(pages_from_text(&text, MOST_PAGES).len(), MOST_PAGES);
    let recognised = lines_from_tsv(&text);
    assert!((0.0..=1.0).contains(&recognised.confidence), "{}", recognised.confidence);
    for line in &recognised.lines {
        assert!((0.0..=1.0).contains(&line.confidence) && !line.text.is_empty());
    }
});
