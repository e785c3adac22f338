use motcua_domain::{EvidenceSource, ProcedureCode};
use proptest::prelude::*;

use super::*;

fn piece(number: u16, kind: EvidenceKind, text: &str) -> Evidence {
    let procedure: ProcedureCode = "1.001193".parse().expect("code");
    let source = EvidenceSource { document: "nguồn".into(), url: None, effective_from: None };
    Evidence { id: EvidenceId(number), kind, text: text.into(), procedure, source }
}

fn given() -> Vec<Evidence> {
    vec![
        piece(
            1,
            EvidenceKind::Overview,
            "Thủ tục 1.001193 “Đăng ký khai sinh”; lĩnh vực: Hộ tịch.",
        ),
        piece(
            2,
            EvidenceKind::Paper,
            "Nộp: Tờ khai đăng ký khai sinh theo mẫu CT01 (bản chính, số lượng 02).",
        ),
        piece(3, EvidenceKind::Fee, "Lệ phí đăng ký khai sinh: 2.100.000 đồng (nộp trực tiếp)."),
        piece(4, EvidenceKind::Time, "Thời hạn giải quyết: 03 ngày làm việc (nộp trực tuyến)."),
        piece(
            5,
            EvidenceKind::Time,
            "Thời hạn giải quyết: 10 ngày (nộp trực tiếp), từ ngày 01/7/2025.",
        ),
        piece(
            6,
            EvidenceKind::LegalBasis,
            "Căn cứ pháp lý: khoản 2 Điều 16 Nghị định 118/2025/NĐ-CP.",
        ),
        piece(
            7,
            EvidenceKind::Paper,
            "Nộp: Văn bản ủy quyền. Chỉ cần khi: ủy quyền cho người khác đi làm thay.",
        ),
        piece(
            8,
            EvidenceKind::Paper,
            "Không phải nộp giấy chứng sinh nếu đã tra cứu được dữ liệu.",
        ),
        piece(
            9,
            EvidenceKind::Paper,
            "Nộp: Giấy tờ chứng minh nơi cư trú (bản chính). Không phải nộp nếu tra cứu được trong: Cơ sở dữ liệu \
             quốc gia về dân cư.",
        ),
        piece(10, EvidenceKind::Paper, "Xuất trình: Hộ chiếu; hoặc Thẻ căn cước (bản chính)."),
        piece(
            11,
            EvidenceKind::Fee,
            "Lệ phí: 50.000 đồng đối với hồ sơ trên 100 triệu đồng; không quá 20.000 đồng trong trường hợp khác.",
        ),
        piece(12, EvidenceKind::Fee, "Phí: trực tiếp 30.000 đồng; trực tuyến 15.000 đồng."),
        piece(
            13,
            EvidenceKind::Step,
            "Người ủy quyền giao tờ khai cho người được ủy quyền, công chức giữ bản chính.",
        ),
        piece(
            14,
            EvidenceKind::Condition,
            "Người dưới 14 tuổi không phải nộp ảnh, người từ đủ 14 tuổi phải nộp ảnh.",
        ),
        piece(
            15,
            EvidenceKind::Paper,
            "Nộp: Giấy chứng tử và Di chúc. Nộp nếu có, không bắt buộc.",
        ),
    ]
}

#[track_caller]
fn shown(raw: &str, text: &str) {
    assert_eq!(verify(raw, &given()).map(|sentence| sentence.text), Ok(text.to_owned()), "{raw}");
}

#[track_caller]
fn dropped(raw: &str, reason: DropReason) {
    assert_eq!(verify(raw, &given()), Err(reason), "{raw}");
}

#[test]
fn true_sentences_are_shown() {
    shown(
        "Lệ phí đăng ký khai sinh là 2.100.000 đồng (nộp trực tiếp) [E3].",
        "Lệ phí đăng ký khai sinh là 2.100.000 đồng (nộp trực tiếp).",
    );
    shown(
        "Nộp tờ khai đăng ký khai sinh theo mẫu CT01. [E2]",
        "Nộp tờ khai đăng ký khai sinh theo mẫu CT01.",
    );
    shown(
        "Thời hạn giải quyết trực tuyến là 3 ngày làm việc [E4].",
        "Thời hạn giải quyết trực tuyến là 3 ngày làm việc.",
    );
    shown(
        "Căn cứ pháp lý là Điều 16 Nghị định 118/2025/NĐ-CP [E6].",
        "Căn cứ pháp lý là Điều 16 Nghị định 118/2025/NĐ-CP.",
    );
    shown(
        "Nếu ủy quyền cho người khác đi làm thay thì nộp văn bản ủy quyền [E7].",
        "Nếu ủy quyền cho người khác đi làm thay thì nộp văn bản ủy quyền.",
    );
}

#[test]
fn planted_wrong_fees_are_dropped() {
    use DropReason::NumberNotInEvidence as R;
    dropped("Lệ phí đăng ký khai sinh là 50.000 đồng [E3].", R);
    dropped("Lệ phí đăng ký khai sinh là 100-200 đồng [E3].", R);
    dropped("Lệ phí đăng ký khai sinh là năm mươi nghìn đồng [E3].", R);
    dropped("Lệ phí đăng ký khai sinh là 2,1 nghìn đồng [E3].", R);
}

#[test]
fn pieces_of_longer_numbers_are_dropped() {
    use DropReason::NumberNotInEvidence as R;
    dropped("Lệ phí đăng ký khai sinh là 10 đồng [E3].", R);
    dropped("Lệ phí đăng ký khai sinh là 100.000 đồng [E3].", R);
    dropped("Lệ phí đăng ký khai sinh là 2.100 đồng [E3].", R);
    dropped(
        "Căn cứ pháp lý là Nghị định 18/2025/NĐ-CP [E6].",
        DropReason::LegalReferenceNotInEvidence,
    );
    dropped(
        "Căn cứ pháp lý là khoản 2 Điều 1 Nghị định 118/2025/NĐ-CP [E6].",
        DropReason::LegalReferenceNotInEvidence,
    );
}

#[test]
fn planted_wrong_times_and_dates_are_dropped() {
    use DropReason::{DateNotInEvidence, NumberNotInEvidence};
    dropped("Thời hạn giải quyết là 5 ngày làm việc [E4].", NumberNotInEvidence);
    dropped("Thời hạn giải quyết trực tuyến là 3 ngày [E4].", NumberNotInEvidence);
    dropped("Thời hạn giải quyết là ba tháng [E4].", NumberNotInEvidence);
    dropped("Thời hạn giải quyết trực tiếp là 3 ngày làm việc [E4][E5].", NumberNotInEvidence);
    dropped("Thời hạn giải quyết tính từ ngày 01/8/2025 [E5].", DateNotInEvidence);
}

#[test]
fn planted_forms_and_articles_are_dropped() {
    dropped("Nộp tờ khai đăng ký khai sinh theo mẫu CT02 [E2].", DropReason::FormNotInEvidence);
    dropped("Nộp tờ khai đăng ký khai sinh theo Mẫu số 18 [E2].", DropReason::FormNotInEvidence);
    dropped(
        "Căn cứ pháp lý là Điều 61 Nghị định 118/2025/NĐ-CP [E6].",
        DropReason::LegalReferenceNotInEvidence,
    );
}

#[test]
fn papers_that_the_evidence_does_not_name_are_dropped() {
    dropped("Nộp giấy chứng nhận kết hôn [E2].", DropReason::PaperNotInEvidence);
    dropped("Nộp tờ khai đăng ký kết hôn [E2].", DropReason::PaperNotInEvidence);
}

#[test]
fn citations_must_be_there_and_exist() {
    dropped("Lệ phí đăng ký khai sinh là 2.100.000 đồng.", DropReason::NoCitation);
    dropped("Lệ phí đăng ký khai sinh là 2.100.000 đồng [E90].", DropReason::UnknownCitation);
    dropped("Lệ phí đăng ký khai sinh là 2.100.000 đồng [E99999999].", DropReason::UnknownCitation);
    // The right fact with somebody else's citation.
    dropped("Lệ phí đăng ký khai sinh là 2.100.000 đồng [E2].", DropReason::NumberNotInEvidence);
}

#[test]
fn other_languages_are_dropped() {
    dropped("You must submit the declaration form at the office [E2].", DropReason::NotVietnamese);
    dropped("需要提交出生证明 [E2]", DropReason::NotVietnamese);
}

#[test]
fn a_fact_without_its_condition_or_turned_round_is_dropped() {
    dropped("Nộp văn bản ủy quyền [E7].", DropReason::NotSupported);
    dropped("Phải nộp giấy chứng sinh [E8].", DropReason::NotSupported);
    dropped("Không phải nộp tờ khai đăng ký khai sinh [E2].", DropReason::NotSupported);
    dropped(
        "Bạn hãy liên hệ luật sư gần nhà để nhờ tư vấn miễn cưỡng [E2].",
        DropReason::NotSupported,
    );
}

#[test]
fn what_is_said_whole_is_shown() {
    shown(
        "Không phải nộp nếu tra cứu được trong Cơ sở dữ liệu quốc gia về dân cư [E9].",
        "Không phải nộp nếu tra cứu được trong Cơ sở dữ liệu quốc gia về dân cư.",
    );
    shown(
        "Xuất trình hộ chiếu hoặc thẻ căn cước (bản chính) [E10].",
        "Xuất trình hộ chiếu hoặc thẻ căn cước (bản chính).",
    );
    shown("Công chức giữ bản chính [E13].", "Công chức giữ bản chính.");
    shown(
        "Lệ phí đăng ký khai sinh khi nộp trực tiếp là 2.100.000 đồng [E3].",
        "Lệ phí đăng ký khai sinh khi nộp trực tiếp là 2.100.000 đồng.",
    );
}

/// Every word of these stands in the evidence; what they say does not.
#[test]
fn words_that_are_kept_and_turned_round_are_dropped() {
    use DropReason::{NotSupported, NumberNotInEvidence};
    // A denial moved to something else, or cut off from when it holds.
    dropped("Không phải nộp Giấy tờ chứng minh nơi cư trú khi nộp trực tiếp [E9].", NotSupported);
    dropped("Không phải nộp Giấy tờ chứng minh nơi cư trú [E9].", NotSupported);
    dropped("Không phải nộp nếu tra cứu được [E9].", NotSupported);
    dropped("Nộp ảnh, không phải nộp [E14].", NotSupported);
    dropped("Người từ đủ 14 tuổi không phải nộp ảnh [E14].", NotSupported);
    dropped("Người dưới 14 tuổi phải nộp ảnh [E14].", NotSupported);
    dropped("Nộp tờ khai đăng ký khai sinh, không cần mẫu CT01 [E2].", NotSupported);
    // A condition left out, shortened, or made up.
    dropped("Nộp văn bản ủy quyền khi có người khác [E7].", NotSupported);
    dropped("Nộp tờ khai đăng ký khai sinh khi ủy quyền [E2].", NotSupported);
    dropped("Chỉ nộp tờ khai đăng ký khai sinh [E2].", NotSupported);
    dropped("Phải nộp giấy chứng tử và di chúc [E15].", NotSupported);
    dropped("Bắt buộc nộp giấy chứng tử và di chúc [E15].", NotSupported);
    // One of two made both, and the other way round.
    dropped("Xuất trình hộ chiếu và thẻ căn cước [E10].", NotSupported);
    dropped("Xuất trình thẻ căn cước [E10].", NotSupported);
    dropped("Nộp giấy chứng tử hoặc di chúc [E15].", NotSupported);
    // A limit without its bound.
    dropped("Lệ phí: 50.000 đồng [E11].", NotSupported);
    dropped("Lệ phí: 20.000 đồng [E11].", NotSupported);
    dropped("Lệ phí: 50.000 đồng đối với hồ sơ 100 triệu đồng [E11].", NotSupported);
    // One channel's fee for another's.
    dropped("Phí trực tuyến 30.000 đồng [E12].", NumberNotInEvidence);
    dropped("Lệ phí đăng ký khai sinh trực tuyến là 2.100.000 đồng [E3].", NumberNotInEvidence);
    dropped("Lệ phí đăng ký khai sinh qua mạng là 2.100.000 đồng [E3].", NotSupported);
    dropped("Lệ phí đăng ký khai sinh là 2.100.000 đồng [E3].", NotSupported);
    // Who does what to whom.
    dropped("Người được ủy quyền giao tờ khai cho người ủy quyền [E13].", NotSupported);
    dropped("Người ủy quyền giữ bản chính [E13].", NotSupported);
    dropped("Công chức giao tờ khai cho người ủy quyền [E13].", NotSupported);
    // A word of one's own.
    dropped("Nộp tờ khai đăng ký khai sinh tại công an [E2].", NotSupported);
}

#[test]
fn a_fact_is_told_whole_or_follows() {
    let told = |id: u16, text: &str| {
        let sentence = Sentence { text: text.into(), citations: vec![EvidenceId(id)] };
        let evidence = given();
        let piece = evidence.iter().find(|piece| piece.id == EvidenceId(id)).expect("given");
        is_told_whole(piece, &[sentence])
    };
    assert!(told(2, "Nộp tờ khai đăng ký khai sinh."));
    assert!(!told(9, "Nộp giấy tờ chứng minh nơi cư trú."), "some need not");
    assert!(told(
        9,
        "Nộp giấy tờ chứng minh nơi cư trú, không phải nộp nếu tra cứu được trong Cơ sở dữ liệu quốc gia về dân cư."
    ));
    assert!(!told(10, "Xuất trình hộ chiếu."), "there is a choice");
    assert!(!told(15, "Nộp giấy chứng tử và di chúc."), "nobody must");
    assert!(!told(3, "Lệ phí là 2.100.000 đồng."), "on one channel");
}

proptest! {
    /// The verifier never accepts a number that the cited evidence does not hold as a whole token.
    #[test]
    fn no_foreign_number_is_ever_shown(number in 0_u32..5_000_000, unit in "( đồng| ngày| ngày làm việc| bản|)") {
        let raw = format!("Lệ phí đăng ký khai sinh là {number}{unit} [E3].");
        if verify(&raw, &given()).is_ok() {
            prop_assert_eq!(number, 2_100_000);
        }
    }

    #[test]
    fn never_panics(raw in "\\PC{0,200}") {
        let _ = verify(&raw, &given());
    }

    #[test]
    fn whatever_is_shown_has_only_mentions_of_the_evidence(raw in "[a-zđ0-9 .,/%ệíàủ]{0,40}\\[E[1-8]\\]") {
        if let Ok(sentence) = verify(&raw, &given()) {
            let all: String = given().iter().map(|e| e.text.clone() + " ").collect();
            let digits_of = |m: &Mention| m.canonical.clone();
            let held: Vec<String> = mentions(&all).iter().flat_map(|m| {
                let amount = m.amount().map(str::to_owned);
                [Some(digits_of(m)), amount].into_iter().flatten()
            }).collect();
            for mention in mentions(&sentence.text) {
                let bare = mention.canonical.trim_start_matches("mau ");
                prop_assert!(held.iter().any(|h| h.trim_start_matches("mau ").contains(bare)), "{:?}", mention);
            }
        }
    }
}
