//! Files far longer than any paper: each is judged in one pass over its words, so that these take no longer than the
//! others. Work that grew with the square of a line or a page would take minutes here, and the run would not end.

use jiff::civil::date;
use motcua_domain::{CaseFacts, DossierReport};
use motcua_dossier::{Submission, check, facts};

use crate::{
    literate::{catalogue, document},
    loader,
    properties::PROCEDURE,
};

const FORM: &str = "TỜ KHAI ĐĂNG KÝ KHAI SINH\nHọ và tên mẹ: Lương Thị Ngân\nSố định danh: 001190000123\n\
                    Sinh ngày 02/03/1990\nThửa đất số 12, tờ bản đồ số 7\nDiện tích: 120 m2";

/// Judges a text as each of the papers that the procedure asks for, beside a form that names somebody.
fn judged(title: &str, text: &str) -> DossierReport {
    let texts = [FORM.to_owned(), format!("{title}\n{text}")];
    let documents: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| document(&format!("{at}.txt"), &text.lines().collect::<Vec<_>>()))
        .collect();
    for document in &documents {
        facts(document);
    }
    check(
        &Submission {
            procedure: &loader::procedure(PROCEDURE),
            procedure_version: "",
            received_on: date(2026, 11, 10),
            answers: &CaseFacts::default(),
            facts: &[],
            documents: &documents,
        },
        &catalogue(),
    )
}

/// Different rules look at each kind of paper.
const FORM_TITLE: &str = "TỜ KHAI ĐĂNG KÝ KHAI SINH";
const LETTER: &str = "GIẤY ỦY QUYỀN";
const CERTIFICATE: &str = "XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ";

fn check_size(title: &str, text: &str) {
    let report = judged(title, text);
    assert_eq!(report.components.len(), 4);
}

/// Words of names that differ, of letters only.
fn letters(mut number: usize) -> String {
    let mut word = String::from("N");
    for _ in 0..4 {
        word.push(char::from(b'a' + u8::try_from(number % 26).unwrap()));
        number /= 26;
    }
    word
}

const MANY: usize = 10_000;

#[test]
fn one_line_of_many_words() {
    check_size(FORM_TITLE, &"Người yêu cầu đăng ký hộ tịch ".repeat(10_000));
    check_size(CERTIFICATE, &"CỘNG HÒA XÃ HỘI ".repeat(15_000));
    check_size(LETTER, &"Họ và tên Nguyễn Văn An ".repeat(10_000));
}

#[test]
fn many_short_lines() {
    check_size(CERTIFICATE, &"Trang 1/2 có giá trị đến ngày\n".repeat(MANY));
    check_size(LETTER, &"Thời hạn ủy quyền: 3 tháng kể từ ngày ký\n".repeat(MANY));
    check_size(FORM_TITLE, &"Dân tộc: ..........\n".repeat(MANY));
}

#[test]
fn many_names_and_dates() {
    let one =
        |at: usize| format!("Ông {} Văn An, sinh ngày 02/03/1990, số 00109{at:07}", letters(at));
    let all: Vec<String> = (0..MANY).map(one).collect();
    check_size(CERTIFICATE, &all.join("\n"));
    check_size(LETTER, &all.join(" "));
    let child = |at: usize| {
        let plot = format!("thửa đất số {at}, tờ bản đồ số {at}, diện tích: {at} m2");
        format!("Cháu {} Thị Bé: {plot}", letters(at))
    };
    check_size(CERTIFICATE, &(0..MANY).map(child).collect::<Vec<_>>().join("\n"));
}
