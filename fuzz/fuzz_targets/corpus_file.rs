//! What a centre may hand in as procedures: files of the project's own form, the portal's records
//! and lines of an export. Whatever the bytes, they are read or refused, and what is read can be
//! written as a file.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use motcua_corpus::{
    Record, compile_rows, procedure_from_record, read_procedure, record_from_portal, version_of,
    write_procedure,
};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    match read_procedure(Path::new("1.001193.toml"), &text) {
        Ok(procedure) => assert!(!write_procedure(&procedure).is_empty()),
        Err(problems) => assert!(!problems.is_empty(), "a file that is refused says why"),
    }
    if let Ok(record) = record_from_portal(&text) {
        import(&record);
    }
    for line in text.lines() {
        if let Ok(record) = serde_json::from_str::<Record>(line) {
            import(&record);
        }
    }
});

fn import(record: &Record) {
    let rows = compile_rows(record);
    assert_eq!(rows.len(), record.components.len(), "no row of a record is lost");
    if let Some(procedure) = procedure_from_record(record) {
        assert_eq!(procedure.row_count, rows.len());
        assert!(!version_of(&procedure).is_empty());
        assert!(!write_procedure(&procedure).is_empty());
    }
}
