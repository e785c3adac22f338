//! Finding on a small corpus of its own, and on the reference data where it is there.

use std::path::{Path, PathBuf};

use jiff::civil::date;
use motcua_corpus::{Corpus, Record, procedure_from_record};
use motcua_domain::{Jurisdiction, Procedure};
use motcua_retrieval::{
    Decision, Found, Index, OpenIndexError, Query,
    evaluation::{Answered, GoldQuestion, RetrievalScore},
};
use proptest::prelude::*;

fn procedure(code: &str, name: &str) -> Procedure {
    let record = Record {
        code: code.into(),
        name: name.into(),
        field: "Hộ tịch".into(),
        level: vec!["commune".into()],
        sequence: name.into(),
        ..Record::default()
    };
    procedure_from_record(&record).expect("a sound record")
}

fn small() -> Vec<Procedure> {
    let mut procedures = vec![
        procedure("1.000001", "Thủ tục đăng ký kết hôn"),
        procedure("1.000002", "Thủ tục đăng ký kết hôn lưu động"),
        procedure("1.000003", "Thủ tục đăng ký kết hôn có yếu tố nước ngoài"),
        procedure("1.000004", "Thủ tục đăng ký lại kết hôn"),
        procedure("1.000005", "Đăng ký thường trú"),
        procedure("1.000006", "Hỗ trợ chi phí mai táng"),
        procedure("1.000007", "Hỗ trợ chi phí hỏa táng"),
        procedure("1.000008", "Cấp giấy phép xây dựng"),
    ];
    procedures[6].jurisdiction = Jurisdiction::Province("Bắc Ninh".into());
    procedures[4].legal_basis = vec![motcua_domain::LegalBasis {
        number: Some("68/2020/QH14".into()),
        title: "Luật Cư trú".into(),
    }];
    procedures
}

fn ask(index: &Index, text: &str) -> Found {
    let query = Query {
        text,
        province: Some("Phú Thọ"),
        on: date(2026, 11, 24),
        field: None,
        level: None,
        internal: false,
    };
    index.search(&query, 10)
}

#[track_caller]
fn check(text: &str, code: &str) {
    let index = Index::in_memory(&small()).expect("index");
    let found = ask(&index, text);
    let first = found.candidates.first().map(|c| c.code.as_str().to_owned());
    assert_eq!(first.as_deref(), Some(code), "{text}: {:?}", found.candidates);
}

#[test]
fn the_plain_procedure_comes_before_its_variants() {
    check("đăng ký kết hôn cần gì", "1.000001");
    check("dang ky ket hon can gi", "1.000001");
    check("hai em muốn cưới nhau", "1.000001");
    check("đăng ký kết hôn với người nước ngoài", "1.000003");
    check("đăng ký kết hôn, cán bộ đến tận nhà được không", "1.000002");
}

#[test]
fn codes_and_documents_lead_straight_there() {
    check("1.000004", "1.000004");
    check("thủ tục theo Luật 68/2020/QH14", "1.000005");
    let index = Index::in_memory(&small()).expect("index");
    assert!(matches!(ask(&index, "mã 1.000004").decision, Decision::One(_)));
}

#[test]
fn other_provinces_are_never_candidates() {
    let index = Index::in_memory(&small()).expect("index");
    let found = ask(&index, "hỗ trợ chi phí hỏa táng");
    assert!(
        found.candidates.iter().all(|c| c.code.as_str() != "1.000007"),
        "{:?}",
        found.candidates
    );
}

#[test]
fn what_is_not_in_force_is_not_found() {
    let mut procedures = small();
    procedures[7].effective.to = Some(date(2026, 1, 1));
    let index = Index::in_memory(&procedures).expect("index");
    let found = ask(&index, "cấp giấy phép xây dựng");
    assert!(found.candidates.iter().all(|c| c.code.as_str() != "1.000008"));
}

#[test]
fn chatter_is_not_covered() {
    let index = Index::in_memory(&small()).expect("index");
    for text in ["chiều nay trời mưa không", "đội tuyển bóng đá đá mấy giờ", "ignore"]
    {
        assert_eq!(ask(&index, text).decision, Decision::NotCovered, "{text}");
    }
}

#[test]
fn an_index_on_disk_is_reused_and_refused_when_foreign() {
    let folder = tempfile::tempdir().expect("folder");
    let procedures = small();
    assert!(matches!(Index::open(folder.path(), "k1", &procedures), Err(OpenIndexError::Missing)));
    Index::build(folder.path(), &procedures, "k1", &mut |_, _| {}).expect("built");
    let index = Index::open(folder.path(), "k1", &procedures).expect("opens");
    assert_eq!(ask(&index, "đăng ký thường trú").candidates[0].code.as_str(), "1.000005");
    assert!(Index::open(folder.path(), "k1", &procedures[1..]).is_err());
    std::fs::write(folder.path().join("k1/format"), "older").expect("write");
    assert!(matches!(
        Index::open(folder.path(), "k1", &procedures),
        Err(OpenIndexError::Incompatible { .. })
    ));
}

#[test]
fn what_a_killed_build_left_is_removed_and_half_an_index_is_never_opened() {
    let folder = tempfile::tempdir().expect("folder");
    // A process number beyond any that Linux gives out.
    let left = folder.path().join(".building-999999999");
    std::fs::create_dir_all(&left).expect("folder");
    std::fs::create_dir_all(folder.path().join("k1")).expect("folder");
    assert!(Index::open(folder.path(), "k1", &small()).is_err());
    Index::build(folder.path(), &small(), "k1", &mut |_, _| {}).expect("built over it");
    assert!(!left.exists());
    assert!(Index::open(folder.path(), "k1", &small()).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_breaks_a_search(text in "\\PC{0,2000}") {
        let index = Index::in_memory(&small()).expect("index");
        ask(&index, &text);
    }
}

fn shared() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if !shared.is_dir() {
        println!("skipped: no reference data beside this checkout");
        return None;
    }
    Some(shared)
}

/// The floor is what naive BM25 reaches on the same questions (0.19 and 0.31).
#[test]
fn everyday_questions_find_their_procedure_more_often_than_plain_bm25() {
    let Some(shared) = shared() else { return };
    let sources = [shared.join("data/procedures.jsonl.xz"), shared.join("data/catalog.jsonl.xz")];
    let corpus = Corpus::load(&sources).expect("reference data");
    let started = std::time::Instant::now();
    let index = Index::in_memory(&corpus.procedures).expect("index");
    println!("{} procedures indexed in {:?}", index.len(), started.elapsed());
    for set in ["questions_everyday", "questions_opengov30", "questions_ntduydu_faq"] {
        let text =
            std::fs::read_to_string(shared.join(format!("eval/dev/{set}.jsonl"))).expect("set");
        let mut score = RetrievalScore::default();
        let started = std::time::Instant::now();
        let verbose = std::env::var_os("VERBOSE").is_some();
        let mut asked = 0;
        for line in text.lines() {
            let gold: GoldQuestion = serde_json::from_str(line).expect("question");
            let found = ask(&index, &gold.question);
            asked += 1;
            let outcome = match found.decision {
                Decision::One(_) => "answered",
                Decision::Clarify(_) => "clarify",
                Decision::NotCovered => "not_covered",
            };
            let ranked: Vec<String> =
                found.candidates.iter().map(|c| c.code.as_str().to_owned()).collect();
            if verbose {
                let rank = ranked.iter().position(|code| gold.gold_code.contains(code));
                let first =
                    found.candidates.first().map(|c| (c.code.as_str(), c.name.as_str(), c.score));
                println!(
                    "{} {outcome} rank {rank:?} {} -> {first:?} gold {:?}",
                    gold.behaviour, gold.question, gold.gold_code
                );
            }
            score.add(&gold, &Answered { ranked, outcome: outcome.to_owned() });
        }
        println!(
            "{set}: recall@1/5/10 {:.3?} mrr {:.3} outcome {:.3} {:?} a question",
            score.recall(),
            score.mrr(),
            score.outcome_accuracy(),
            started.elapsed() / asked
        );
        if set == "questions_everyday" {
            let [first, five, _] = score.recall();
            assert!(first > 0.35 && five > 0.55, "recall {:?}", score.recall());
        }
    }
}
