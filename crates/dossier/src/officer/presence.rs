//! Whether a note speaks of a paper, and whether it is at hand, or of the case.

use motcua_domain::CaseQuestion;

use super::{Fit, polarity};
use crate::words::phrase;

/// What papers are called, by their first words, folded. Words that are also something else (the thẻ of "thế chấp") are
/// not among them.
const PAPERS: &[&str] = &[
    "giay",
    "trich luc",
    "ban sao",
    "ban chinh",
    "ban goc",
    "ban chup",
    "ban an",
    "ban ve",
    "ban khai",
    "ban cam ket",
    "bien ban",
    "quyet dinh",
    "hop dong",
    "van ban",
    "to khai",
    "to trinh",
    "don de nghi",
    "don xin",
    "don dang ky",
    "don yeu cau",
    "phieu",
    "cong van",
    "bao cao",
    "hoa don",
    "ho chieu",
    "can cuoc",
    "the can cuoc",
    "the bao hiem",
    "the thuong tru",
    "the tam tru",
    "chung chi",
    "chung thu",
    "chung tu",
    "xac nhan",
    "so ho khau",
    "vi bang",
    "di chuc",
    "so yeu ly lich",
    "bang tot nghiep",
    "danh sach",
    "anh chup",
    "anh chan dung",
    "tai lieu",
];

/// Whether words name a paper: "Trích lục ghi chú ly hôn", and not "Trẻ bị bỏ rơi".
pub(crate) fn names_a_paper(about: &str) -> bool {
    // "Di chúc lúc nguy tử" is a case; without its mark "lúc" would be the extract ("trích lục").
    let is_case = about.to_lowercase().contains(" lúc ");
    let about = format!("{} ", phrase(about));
    !is_case && PAPERS.iter().any(|paper| about.starts_with(&format!("{paper} ")))
}

/// Whether a note says of a paper that it is not handed in, or will be: "chưa nộp", "hẹn bổ sung sau", "để quên ở nhà".
pub(crate) fn speaks_of_handing_in(says: &str) -> bool {
    let says = format!(" {} ", phrase(says));
    let verbs = [
        "nop",
        "xin",
        "mang",
        "dem",
        "kem",
        "bo sung",
        "xuat trinh",
        "de quen",
        "gui",
        "lay sau",
        "lam sau",
        "cho cap",
        "ban chinh",
        "ban sao",
        "ban chup",
        "photo",
    ];
    verbs.iter().any(|verb| says.contains(&format!(" {verb} ")))
}

/// Whether a note says of a paper that it is not at hand: "Trích lục ghi chú ly hôn = chưa nộp".
pub(super) fn lacks_a_paper((about, says): &(String, String)) -> bool {
    names_a_paper(about) && polarity(says) == Some(false)
}

/// Whether a note answers a question only by what is said to be not at hand: what that paper is for may be so all the
/// same. "Giấy chứng sinh = không có" answers a question about that very paper.
pub(super) fn is_by_lack(fit: &Fit<'_>, note: &(String, String)) -> bool {
    let by_lack = || {
        lacks_a_paper(note)
            && (speaks_of_handing_in(&note.1) || !asks_for_paper(fit.question, &note.0))
    };
    let undone = || is_undone(&note.1) && asks_of_duty(fit.question);
    fit.by_polarity && !fit.question.lookup && (by_lack() || undone())
}

/// What is not done yet, or not at hand, may be due all the same: "PCCC = chưa nộp".
pub(super) fn is_undone(says: &str) -> bool {
    let says = format!("{} ", phrase(says));
    let verbs = ["nop", "xin", "mang", "lay", "lam", "bo sung", "dem", "kem", "gui", "tham duyet"];
    let done = |no: &str| verbs.iter().any(|verb| says.starts_with(&format!("{no} {verb} ")));
    done("chua") || done("khong") || says.starts_with("chua co ") || says.starts_with("chua duoc ")
}

/// Whether a question is whether something has to be, or belongs to those of whom something is due.
fn asks_of_duty(question: &CaseQuestion) -> bool {
    let ask = format!(" {} ", phrase(&question.ask));
    [" phai lam ", " phai co ", " thuoc dien ", " phai tham "].iter().any(|duty| ask.contains(duty))
}

/// Whether a question, or one of its answers, names the paper, or holds all words by which it is named at length: "Văn
/// bản của cơ quan y tế, giám định về quan hệ cha con".
fn asks_for_paper(question: &CaseQuestion, about: &str) -> bool {
    let about = phrase(about);
    let labels = question.answers.iter().map(|answer| &answer.label);
    let named = |text: &String| {
        let text = format!(" {} ", phrase(text));
        let telling =
            || about.split(' ').filter(|word| !["cua", "ve", "va", "hoac"].contains(word));
        text.contains(&about)
            || (telling().count() >= AT_LENGTH
                && telling().all(|word| text.contains(&format!(" {word} "))))
    };
    std::iter::once(&question.ask).chain(labels).any(named)
}

/// So many words are no short name of a paper.
const AT_LENGTH: usize = 8;
