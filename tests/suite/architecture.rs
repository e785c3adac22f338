//! The arrows and habits that `docs/ARCHITECTURE.md` states.

use std::{collections::BTreeMap, fs, path::Path};

use cargo_metadata::{DependencyKind, MetadataCommand};

use crate::product::root;

/// What each crate may use of the others. An arrow that is not here is not allowed.
const ARROWS: [(&str, &[&str]); 15] = [
    ("domain", &[]),
    ("text", &[]),
    ("generate", &[]),
    ("corpus", &["domain", "text"]),
    ("retrieval", &["domain", "text"]),
    ("answer", &["domain", "text"]),
    ("intake", &["domain", "text"]),
    ("dossier", &["domain", "text"]),
    ("letter", &["domain"]),
    ("store", &[]),
    ("inference", &["generate"]),
    ("remote", &["generate"]),
    (
        "kiosk",
        &[
            "answer",
            "corpus",
            "domain",
            "dossier",
            "generate",
            "intake",
            "letter",
            "retrieval",
            "store",
            "text",
        ],
    ),
    ("http", &["domain", "kiosk"]),
    (
        "cli",
        &[
            "corpus",
            "domain",
            "dossier",
            "generate",
            "http",
            "inference",
            "intake",
            "kiosk",
            "remote",
            "retrieval",
            "text",
        ],
    ),
];

fn arrows() -> BTreeMap<String, Vec<String>> {
    let metadata = MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo metadata");
    let plain = |name: &str| name.strip_prefix("motcua-").map(str::to_owned);
    metadata
        .packages
        .iter()
        .filter_map(|package| {
            let normal = package.dependencies.iter().filter(|d| d.kind == DependencyKind::Normal);
            let ours = normal.filter_map(|dependency| plain(&dependency.name)).collect();
            Some((plain(&package.name)?, ours))
        })
        .collect()
}

#[test]
fn arrows_point_down_only() {
    let found = arrows();
    for (name, allowed) in ARROWS {
        for used in found.get(name).unwrap_or_else(|| panic!("no crate {name}")) {
            assert!(allowed.contains(&used.as_str()), "{name} must not use {used}");
        }
    }
    let known = |name: &str| ARROWS.iter().any(|(known, _)| *known == name);
    let strays: Vec<_> = found
        .keys()
        .filter(|name| !known(name) && !["tests", "papers", "benches"].contains(&name.as_str()))
        .collect();
    assert!(strays.is_empty(), "crates without stated arrows: {strays:?}");
}

#[test]
fn only_inference_links_candle_and_only_the_program_links_inference() {
    for entry in fs::read_dir(root().join("crates")).expect("crates") {
        let folder = entry.expect("entry").path();
        let name = folder.file_name().expect("name").to_string_lossy().into_owned();
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("manifest");
        assert_eq!(manifest.contains("candle-core"), name == "inference", "{name}");
        let uses = manifest.contains("motcua-inference.workspace");
        assert_eq!(uses, name == "cli", "{name}");
    }
}

/// `clippy.toml` bans files, clocks, environment, network and threads for the crates that deny it.
#[test]
fn pure_crates_hold_themselves_to_it() {
    let banned = fs::read_to_string(root().join("clippy.toml")).expect("a clippy.toml");
    for method in
        ["std::fs::read", "std::time::Instant::now", "std::env::var", "std::thread::spawn"]
    {
        assert!(banned.contains(&format!("\"{method}\"")), "clippy.toml does not ban {method}");
    }
    for name in ["domain", "text", "answer", "dossier"] {
        let module = root().join("crates").join(name).join("src/lib.rs");
        let module = fs::read_to_string(module).expect("lib.rs");
        assert!(module.contains("#![deny(clippy::disallowed_methods)]"), "{name}");
    }
}

#[test]
fn no_source_file_has_grown_past_reading() {
    let mut long = Vec::new();
    walk(&root().join("crates"), &mut |path, text| {
        let lines = text.lines().count();
        if lines > 600 {
            long.push(format!("{} has {lines} lines", path.display()));
        }
    });
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn crates_forbid_unsafe_code() {
    for entry in fs::read_dir(root().join("crates")).expect("crates") {
        let source = entry.expect("entry").path().join("src");
        let lib = source.join("lib.rs");
        let top = if lib.is_file() { lib } else { source.join("main.rs") };
        let text = fs::read_to_string(&top).expect("root module");
        assert!(text.contains("#![forbid(unsafe_code)]"), "{}", top.display());
    }
}

fn walk(folder: &Path, visit: &mut dyn FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            walk(&path, visit);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            visit(&path, &fs::read_to_string(&path).expect("text"));
        }
    }
}
