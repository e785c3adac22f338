//! Building the index and asking it, over the reference records where they are there and over the
//! project's own corpus otherwise.
#![allow(missing_docs, reason = "criterion's macros make the items")]

use std::{hint::black_box, path::Path};

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::civil::date;
use motcua_corpus::Corpus;
use motcua_domain::Procedure;
use motcua_retrieval::{Index, Query};

fn procedures() -> Vec<Procedure> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let reference = root.join("../shared/data/procedures.jsonl.xz");
    let source = if reference.is_file() { reference } else { root.join("corpus") };
    Corpus::load(&[source], jiff::civil::date(2026, 11, 25)).expect("a corpus").procedures
}

fn retrieval(criterion: &mut Criterion) {
    let procedures = procedures();
    let mut group = criterion.benchmark_group("retrieval");
    group.sample_size(10);
    group.bench_function(format!("build_index/{}", procedures.len()), |bencher| {
        bencher.iter_batched(
            || tempfile::tempdir().expect("folder"),
            |folder| {
                let built = Index::build(folder.path(), &procedures, "k", &mut |_, _| {});
                black_box(built.expect("built"));
                folder
            },
            criterion::BatchSize::PerIteration,
        );
    });
    let folder = tempfile::tempdir().expect("folder");
    let index = Index::build(folder.path(), &procedures, "k", &mut |_, _| {}).expect("built");
    group.sample_size(100);
    for (name, text) in [
        ("title", "Đăng ký khai sinh"),
        ("everyday", "vợ mới đẻ thì làm giấy khai sinh cho cháu ở đâu"),
        ("unmarked", "sang ten so do cho con can giay to gi"),
    ] {
        let query = Query {
            text,
            province: Some("Phú Thọ"),
            on: date(2026, 11, 25),
            field: None,
            level: None,
            internal: false,
            vector: None,
        };
        group.bench_function(format!("ask/{name}"), |bencher| {
            bencher.iter(|| black_box(index.search(&query, 10)));
        });
    }
    group.finish();
}

criterion_group!(benches, retrieval);
criterion_main!(benches);
