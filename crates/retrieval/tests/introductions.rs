//! Who introduces themselves asks for the same as who does not, in the project's own corpus.

use std::path::Path;

use jiff::civil::date;
use motcua_corpus::Corpus;
use motcua_retrieval::{Decision, Index, Query};

fn index() -> Index {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let corpus = Corpus::load(&[corpus], date(2026, 11, 25)).expect("the project's corpus");
    Index::in_memory(&corpus.procedures)
}

fn decision(index: &Index, text: &str) -> Decision {
    let query = Query {
        text,
        province: Some("Phú Thọ"),
        on: date(2026, 11, 25),
        field: None,
        level: None,
        internal: false,
        vector: None,
    };
    index.search(&query, 10).decision
}

/// An introduction, and the question after it.
const ASKED: [(&str, &str); 22] = [
    ("Tôi tên Phạm Văn Nam, số điện thoại 0987654321,", "muốn làm giấy khai tử cho bố"),
    ("Tôi tên Lê Thị Hoa, căn cước 025199001234,", "muốn đăng ký kết hôn"),
    (
        "Em tên Trần Quốc Bảo, sinh năm 1991, ở phường Việt Trì, tỉnh Phú Thọ,",
        "xin giấy xác nhận độc thân",
    ),
    ("Cháu chào cô chú ạ,", "cháu muốn làm căn cước lần đầu"),
    (
        "Tôi là Nguyễn Thị Mận, năm nay 45 tuổi, ở xã Tam Nông, tỉnh Phú Thọ,",
        "muốn đăng ký tạm trú",
    ),
    ("Dạ em chào anh chị, em tên Hương,", "em hỏi chứng thực bản sao mất bao nhiêu tiền"),
    (
        "Tôi tên Đỗ Đình Khải, CCCD số 025088004321, điện thoại 0912 345 678,",
        "xin trích lục khai sinh",
    ),
    ("Họ và tên: Vũ Thị Lụa. Sinh năm: 1968.", "Tôi xin trợ cấp cho con khuyết tật"),
    (
        "Xin chào, tôi là Hoàng Mạnh Tường, trú tại thôn 3, xã Sông Lô, tỉnh Phú Thọ,",
        "tôi cần tách hộ khẩu",
    ),
    ("Mình là Bùi Thu Trang, số căn cước 025190007788,", "mình muốn đăng ký khai sinh cho con"),
    ("Tôi tên là Ngô Văn Sáu, sđt 0356789012,", "xin cấp phép xây dựng nhà ở riêng lẻ"),
    ("Kính chào quý cơ quan, tôi tên Đinh Công Thành,", "tôi muốn đăng ký hộ kinh doanh"),
    ("Em là Phùng Thị Nhàn, sinh ngày 12/3/1995,", "em muốn cải chính hộ tịch"),
    ("Tên tôi là Lý Văn Páo, ở bản Hạ, xã Thu Cúc, tỉnh Phú Thọ,", "xin đăng ký lại khai sinh"),
    ("Chào cán bộ, tôi là Lương Thị Yến,", "tôi hỏi thủ tục nhận cha mẹ con"),
    ("Tôi tên Chu Văn Tiến, căn cước công dân số 025077001122,", "xin cấp lại thẻ căn cước bị mất"),
    (
        "Em tên Quách Mỹ Linh, năm nay 27 tuổi, ở phường Nông Trang, tỉnh Phú Thọ,",
        "em muốn đăng ký giám hộ",
    ),
    ("Tôi là Mai Xuân Hợp, điện thoại 0977.123.456,", "cần chứng thực hợp đồng mua bán xe"),
    ("Tôi tên Dương Thị Thơm,", "muốn xin hỗ trợ mai táng cho mẹ"),
    ("Thưa cán bộ, em tên Khuất Duy Anh, sinh năm 2001,", "em muốn làm hộ khẩu cho vợ"),
    (
        "Tôi là Trịnh Văn Quyết, số điện thoại 0966000111, thường trú tại xã Phù Ninh, tỉnh Phú Thọ,",
        "xin xóa đăng ký thường trú cho bố đã mất",
    ),
    ("Cháu tên Đặng Minh Đức,", "cháu hỏi chứng thực chữ ký ở đâu"),
];

#[test]
fn an_introduction_changes_nothing() {
    let index = index();
    let mut led = 0;
    let mut astray = Vec::new();
    for (introduction, question) in ASKED {
        let whole = format!("{introduction} {question}");
        for (whole, question) in [
            (whole.clone(), question.to_owned()),
            (motcua_text::fold(&whole), motcua_text::fold(question)),
        ] {
            let (with, without) = (decision(&index, &whole), decision(&index, &question));
            led += usize::from(!matches!(without, Decision::NotCovered(_)));
            if with != without {
                astray.push(format!("{whole}: {with:?} instead of {without:?}"));
            }
        }
    }
    assert_eq!(astray, Vec::<String>::new());
    assert!(led > 36, "only {led} questions are answered");
}

/// A daughter-in-law is no child: nobody is asked for her birth certificate.
#[test]
fn kin_by_marriage_are_no_children() {
    let index = index();
    let household = decision(&index, "nhập hộ khẩu cho người nhà");
    for kin in ["con dâu", "con rể", "cháu dâu", "cháu rể", "em dâu", "anh rể", "chị dâu"]
    {
        for asked in [
            format!("nhập hộ khẩu cho {kin}"),
            motcua_text::fold(&format!("nhập hộ khẩu cho {kin}")),
        ] {
            let found = decision(&index, &asked);
            let about_children = matches!(&found, Decision::Clarify(choices)
                if choices.ask.as_deref().is_some_and(|ask| ask.contains("Cháu") || ask.contains("bé")));
            assert!(!about_children, "{asked}: {found:?}");
            let led = |decision: &Decision| matches!(decision, Decision::One(code) if code.as_str() == "1.004222");
            assert!(found == household || led(&found), "{asked}: {found:?}");
        }
    }
}
