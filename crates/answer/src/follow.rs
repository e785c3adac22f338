use motcua_text::{contains_phrase, fold};

/// How a question goes on from the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Turn {
    /// It says that something else comes now.
    Announced,
    /// It wants something done, which may be something else.
    Wanting,
    /// It only asks about what was talked of.
    Asking,
}

/// Tells how a question goes on.
///
/// Works on folded whole words, so that it holds with and without marks.
/// ```
/// use motcua_answer::{Turn, turn};
/// assert_eq!(turn("Tiện thể cho hỏi làm hộ chiếu ở đâu?"), Turn::Announced);
/// assert_eq!(turn("the xin giay doc than thi sao"), Turn::Wanting);
/// assert_eq!(turn("Thế mất bao nhiêu tiền?"), Turn::Asking);
/// ```
pub fn turn(question: &str) -> Turn {
    let folded = fold(question);
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| contains_phrase(&folded, phrase));
    if says(ANNOUNCING) {
        Turn::Announced
    } else if says(WANTING) {
        Turn::Wanting
    } else {
        Turn::Asking
    }
}

const ANNOUNCING: &[&str] = &[
    "tien the",
    "tien day",
    "hoi luon",
    "hoi them",
    "viec nua",
    "chuyen nua",
    "chuyen nay nua",
    "viec khac",
    "chuyen khac",
    "viec nay nua",
    "cai nua",
    "a ma",
    "a quen",
];

const WANTING: &[&str] = &[
    "muon",
    "xin",
    "lam",
    "dang ky",
    "dang ki",
    "doi",
    "sang ten",
    "mua",
    "nhap",
    "chuyen",
    "tach",
    "xoa",
    "xay",
    "thanh lap",
    "nhan nuoi",
    "cuoi",
];
