//! Finding on a small corpus of its own.

use jiff::civil::date;
use motcua_corpus::{Record, procedure_from_record};
use motcua_domain::{Detail, Jurisdiction, Procedure, Review};
use motcua_retrieval::{Decision, Found, Index, Query};
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
        vector: None,
    };
    index.search(&query, 10)
}

#[track_caller]
fn check(text: &str, code: &str) {
    let index = Index::in_memory(&small());
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
    check("đăng ký kết hôn lưu động được không", "1.000002");
}

#[test]
fn codes_and_documents_lead_straight_there() {
    check("1.000004", "1.000004");
    check("thủ tục theo Luật 68/2020/QH14", "1.000005");
    let index = Index::in_memory(&small());
    assert!(matches!(ask(&index, "mã 1.000004").decision, Decision::One(_)));
}

#[test]
fn an_article_leads_to_who_speaks_of_it() {
    let mut procedures = small();
    for at in [4, 5] {
        procedures[at].legal_basis = vec![motcua_domain::LegalBasis {
            number: Some("118/2025/NĐ-CP".into()),
            title: "Nghị định về một cửa".into(),
        }];
    }
    procedures[5].conditions = vec![motcua_domain::Statement {
        text: "Thuộc trường hợp tại khoản 2 Điều 16 Nghị định số 118/2025/NĐ-CP".into(),
        sources: Vec::new(),
    }];
    let index = Index::in_memory(&procedures);
    let codes = |text: &str| -> Vec<String> {
        ask(&index, text).candidates.iter().map(|one| one.code.as_str().to_owned()).collect()
    };
    assert_eq!(codes("Điều 16 NĐ 118"), ["1.000006"]);
    assert_eq!(codes("thường trú theo điều 16 nghị định 118/2025"), ["1.000006"]);
    // Nobody speaks of article 7: whoever cites the decree may be meant.
    assert_eq!(codes("thường trú theo Điều 7 NĐ 118"), ["1.000005", "1.000006"]);
    // A decree that nobody cites leads nowhere.
    let unknown = ask(&index, "Điều 16 Nghị định 9/2099/NĐ-CP");
    assert!(matches!(unknown.decision, Decision::NotCovered(_)), "{unknown:?}");
}

#[test]
fn other_provinces_are_never_candidates() {
    let index = Index::in_memory(&small());
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
    let index = Index::in_memory(&procedures);
    let found = ask(&index, "cấp giấy phép xây dựng");
    assert!(found.candidates.iter().all(|c| c.code.as_str() != "1.000008"));
}

#[test]
fn chatter_is_not_covered() {
    let index = Index::in_memory(&small());
    for text in ["chiều nay trời mưa không", "đội tuyển bóng đá đá mấy giờ", "ignore"]
    {
        assert!(matches!(ask(&index, text).decision, Decision::NotCovered(_)), "{text}");
    }
}

#[test]
fn spellings_and_slips_make_no_difference() {
    for text in [
        "đăng kí kết hôn",
        "DANG KY KET HON",
        "đăng ký kêt hôn",
        "dang ky kethon",
        "ddawng kys keets hoon",
        "dkkh can gi",
        "đăng ký\u{a0}kết\u{200b} hôn",
    ] {
        check(text, "1.000001");
    }
}

#[test]
fn provinces_are_known_by_their_former_names() {
    let mut procedures = small();
    procedures[6].jurisdiction = Jurisdiction::Province("Vĩnh Phúc".into());
    let index = Index::in_memory(&procedures);
    let first = ask(&index, "hỗ trợ chi phí hỏa táng").candidates.remove(0);
    assert_eq!(first.code.as_str(), "1.000007");
}

#[test]
fn what_is_not_open_takes_no_place_from_what_is() {
    let mut procedures: Vec<Procedure> = (0..400)
        .map(|at| {
            let mut copy = procedure(&format!("2.{at:06}"), "Hỗ trợ chi phí hỏa táng");
            copy.jurisdiction = Jurisdiction::Province("Bắc Ninh".into());
            copy
        })
        .collect();
    procedures.extend(small());
    let index = Index::in_memory(&procedures);
    let found = ask(&index, "hỗ trợ chi phí hỏa táng");
    assert_eq!(found.candidates[0].code.as_str(), "1.000006", "{:?}", found.candidates);
}

#[test]
fn a_foreign_code_is_no_way_round_the_province() {
    let index = Index::in_memory(&small());
    let found = ask(&index, "1.000007");
    assert!(found.candidates.iter().all(|c| c.code.as_str() != "1.000007"));
}

#[test]
fn the_beginning_of_a_long_name_names_it_where_no_other_begins_so() {
    let copy = "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan có thẩm quyền cấp";
    let signature = "Chứng thực chữ ký trong các giấy tờ, văn bản do người dịch lập";
    let of_copies = procedure("2.000815", copy);
    let others = [procedure("2.000884", signature), procedure("2.000942", "Cấp bản sao từ sổ gốc")];
    let question = "chứng thực bản sao từ bản chính mất bao nhiêu tiền";
    let one = |procedures: &[Procedure]| ask(&Index::in_memory(procedures), question).decision;
    let alone: Vec<Procedure> = others.iter().cloned().chain([of_copies.clone()]).collect();
    assert_eq!(one(&alone), Decision::One("2.000815".parse().expect("a code")));
    let twin = "Chứng thực bản sao từ bản chính giao dịch đã chứng thực tại xã, phường";
    let twins: Vec<Procedure> = alone.into_iter().chain([procedure("2.000999", twin)]).collect();
    assert!(!matches!(one(&twins), Decision::One(_)), "either may be meant");
}

#[test]
fn a_stated_age_decides() {
    let procedures = [
        procedure("1.000001", "Cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên"),
        procedure("1.000002", "Cấp thẻ căn cước cho người dưới 14 tuổi"),
    ];
    let index = Index::in_memory(&procedures);
    for (text, code) in [
        ("con tôi 6 tuổi làm căn cước", "1.000002"),
        ("cháu 8 tháng tuổi làm thẻ căn cước", "1.000002"),
        ("cho cháu 16 tuổi làm căn cước", "1.000001"),
    ] {
        let found = ask(&index, text);
        assert_eq!(found.candidates[0].code.as_str(), code, "{text}: {:?}", found.candidates);
    }
}

#[test]
fn copies_of_a_procedure_are_one_candidate_the_best_vouched_for() {
    let mut procedures = small();
    let mut copy = procedure("1.000009", "Đăng ký kết hôn");
    copy.review = Review::Checked { on: date(2026, 10, 1) };
    procedures.push(copy);
    let index = Index::in_memory(&procedures);
    let found = ask(&index, "đăng ký kết hôn");
    let codes: Vec<&str> = found.candidates.iter().map(|c| c.code.as_str()).collect();
    assert_eq!(codes[0], "1.000009");
    assert!(!codes.contains(&"1.000001"), "{codes:?}");
}

#[test]
fn what_is_suspect_or_known_by_name_only_comes_later_but_comes() {
    for detail in [Detail::Suspect("tên và nội dung khác nhau".into()), Detail::NameOnly] {
        let mut procedures = small();
        let mut other = procedure("1.000009", "Đăng ký thường trú");
        other.field = "Đăng ký, quản lý cư trú".into();
        procedures[4].detail = detail;
        procedures.push(other);
        let index = Index::in_memory(&procedures);
        let found = ask(&index, "đăng ký thường trú");
        let codes: Vec<&str> = found.candidates.iter().map(|c| c.code.as_str()).collect();
        assert_eq!(codes[..2], ["1.000009", "1.000005"]);
    }
}

#[test]
fn scores_are_shares_and_fall() {
    let index = Index::in_memory(&small());
    let scores: Vec<f32> =
        ask(&index, "đăng ký kết hôn").candidates.iter().map(|c| c.score).collect();
    assert!(scores.len() > 2 && scores.iter().all(|score| (0.0..=1.0).contains(score)));
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
}

#[test]
fn a_text_of_any_length_is_answered_at_once() {
    let index = Index::in_memory(&small());
    let words = ["đăng ký kết hôn ", "đ", "\u{301}", "aaaaaaaaaaaaaaaaaaaa", "1.000001/", "… "];
    for word in words {
        let text = word.repeat(100_000 / word.len() + 1);
        let started = std::time::Instant::now();
        ask(&index, &text);
        assert!(started.elapsed().as_secs() < 5, "{word}: {:?}", started.elapsed());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_text_breaks_a_search(text in "\\PC{0,2000}") {
        let index = Index::in_memory(&small());
        ask(&index, &text);
    }
}
