//! Searching by meaning: with the real embedder on the project's own procedures.

use serde_json::Value;

use crate::product::{cache, is_fetched, json, motcua, root, run};

#[test]
fn vectors_take_part_and_are_computed_once() {
    if !is_fetched("multilingual-e5-small") {
        return;
    }
    // The catalogue's tens of thousands of sayings would take a debug build too long.
    let procedures = root().join("corpus/procedures");
    let of_procedures = |embedder: &str, arguments: &[&str]| {
        let mut command = motcua(&["--corpus-only", "--embedder", embedder, "--corpus"]);
        command.arg(&procedures).args(arguments).env_remove("MOTCUA_EMBEDDER");
        command.output().expect("the program starts")
    };
    let search = |embedder: &str, text: &str| -> Value {
        let output = of_procedures(embedder, &["search", "--json", "--limit", "5", text]);
        serde_json::from_slice(&output.stdout).expect("JSON")
    };
    // Too many for somebody who only asks to wait for.
    assert!(of_procedures("default", &["index", "build"]).status.success());
    let question = "gia đình đón thêm một sinh linh bé bỏng, phải khai báo với xã ra sao";
    let found = search("default", question);
    assert_ne!(found["candidates"], search("none", question)["candidates"], "they change the odds");
    let vectors = cache().join("vectors");
    let files = || std::fs::read_dir(&vectors).expect("a folder").count();
    let before = files();
    search("default", question);
    assert_eq!(files(), before, "vectors are computed once");
}

#[test]
fn a_broken_embedder_is_told_with_what_to_do() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("e5.bin");
    std::fs::write(&path, "E5S1 but no more").expect("writable");
    let name = path.to_string_lossy().into_owned();
    let output = run(&["--embedder", &name, "search", "khai sinh"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("mô hình nhúng") && said.contains("motcua models verify"), "{said}");
    let found = json(&["search", "--json", "khai sinh"]);
    assert!(!found["candidates"].as_array().expect("a list").is_empty());
}
