//! The reference data, where it is there: everything loads, and the compiler is scored.
#![expect(clippy::print_stdout, reason = "a skipped test says why, a measured one what it saw")]

use std::{
    collections::HashMap,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
};

use jiff::civil::date;
use motcua_corpus::{
    CompiledRow, Corpus, Record, compile_rows,
    evaluation::{GoldRow, score_components},
};

/// The shared reference folder, or none with the reason printed.
fn shared() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if !shared.is_dir() {
        println!("skipped: no reference data beside this checkout");
        return None;
    }
    Some(shared)
}

#[test]
fn all_records_and_the_catalogue_load_in_one_go() {
    let Some(shared) = shared() else { return };
    let sources = [shared.join("data/procedures.jsonl.xz"), shared.join("data/catalog.jsonl.xz")];
    let corpus = Corpus::load(&sources, date(2026, 11, 25)).expect("reference data loads");
    println!("{:#?}", corpus.report);
    assert!(corpus.report.records > 3_400);
    assert!(corpus.report.unreadable.len() < 5, "{:?}", corpus.report.unreadable);
    let rows: usize = corpus.procedures.iter().map(|procedure| procedure.row_count).sum();
    assert!(rows > 18_000, "no row may be dropped, have {rows}");
}

#[test]
fn the_portals_own_json_gives_the_rows_of_the_export() {
    let Some(shared) = shared() else { return };
    let portal = Corpus::load(&[shared.join("data/portal/1.001193.json")], date(2026, 11, 25))
        .expect("portal json");
    let birth = &portal.procedures[0];
    assert_eq!(birth.name, "Đăng ký khai sinh");
    assert_eq!(birth.row_count, 33);
    assert_eq!(birth.results[0].text, "Giấy khai sinh");
}

#[test]
fn compiled_rows_agree_with_labelled_ones() {
    let Some(shared) = shared() else { return };
    let file = std::fs::File::open(shared.join("data/procedures.jsonl.xz")).expect("records");
    let lines = BufReader::new(liblzma::read::XzDecoder::new(file)).lines();
    let compiled: HashMap<String, Vec<CompiledRow>> = lines
        .map(|line| serde_json::from_str::<Record>(&line.expect("line")).expect("record"))
        .map(|record| (record.code.clone(), compile_rows(&record)))
        .collect();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/rows");
    let sets = [
        (shared.join("eval/dev/components_gold_dev.jsonl"), 92, 91),
        (own.join("first.jsonl"), 90, 86),
        (own.join("second.jsonl"), 91, 83),
        (own.join("third.jsonl"), 86, 84),
        (own.join("fourth.jsonl"), 91, 85),
        (own.join("fifth.jsonl"), 88, 89),
    ];
    for (path, kind, necessity) in sets {
        let gold = std::fs::read_to_string(&path).expect("labelled rows");
        let gold: Vec<GoldRow> =
            gold.lines().map(|line| serde_json::from_str(line).expect("gold row")).collect();
        let score = score_components(&gold, |code, row| compiled.get(code)?.get(row));
        println!("{} {score:#?} replaced F1 {:.3}", path.display(), score.replaced_f1());
        assert_eq!(score.not_found, 0);
        assert!(score.kind * 100 >= score.rows * kind, "kind {}/{}", score.kind, score.rows);
        let right = score.necessity * 100;
        assert!(right >= score.rows * necessity, "necessity {}/{}", score.necessity, score.rows);
    }
}
