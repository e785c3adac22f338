//! **other-purpose**: somebody was authorised, and for something else.
//!
//! *Why it matters.* Who may fetch a car's plates may not ask for a certificate in another's name.
//! People write what they authorise in words of their own: where a letter speaks of all kinds of business, or names
//! this one as people call it, a person looks.
//!
//! *Legal basis.* Điều 562 Bộ luật Dân sự 2015: an authorisation holds for what it names.
//!
//! *Fails.* "… làm thủ tục sang tên xe", handed in for "Cấp Giấy xác nhận tình trạng hôn nhân".
//! *Passes.* A letter in which two neighbouring words of the procedure's name stand.

use motcua_domain::FindingKind;

use crate::{
    defect::{Certainty, Defect},
    piece::Piece,
    rules::rule::{Held, PaperRule},
    words::{holds, likeness, words},
};

pub(crate) const RULE: PaperRule = PaperRule { name: "other-purpose", of_shown: false, check };

/// How the catalogue calls an authorisation.
const AUTHORISATION: &str = "van-ban-uy-quyen";

/// Words of procedures' names that tell none from another.
const COMMON: &[&str] = &[
    "thu", "tuc", "dang", "ky", "cap", "lai", "viec", "giay", "ve", "cho", "va", "co", "thay",
    "doi", "noi", "dung", "cua", "trong", "xac", "nhan", "to", "chung",
];

fn check(held: &Held<'_>) -> Option<Defect> {
    let authorises = held.paper.document.as_deref() == Some(AUTHORISATION);
    let says_what_for = holds(&held.piece.all, &words("thủ tục")) || is_of_no_office(held);
    if !authorises || !held.piece.is_clear() || !says_what_for {
        return None;
    }
    // "Thay mặt làm thủ tục hộ tịch" is for all of them.
    let of_field = words(&format!("thủ tục {}", held.field));
    if !held.field.is_empty() && holds(&held.piece.all, &of_field) {
        return None;
    }
    let name = words(held.procedure);
    let is_common = |word: &String| COMMON.contains(&word.as_str());
    let mut telling = name.windows(2).filter(|pair| !pair.iter().any(is_common)).peekable();
    telling.peek()?;
    (!telling.any(|pair| speaks_of(held.piece, pair))).then(|| Defect {
        rule: RULE.name,
        kind: FindingKind::Missing,
        certainty: if is_wide(held) { Certainty::Undecided } else { Certainty::Certain },
        message: format!(
            "{}: nội dung ủy quyền không nhắc tới thủ tục này.",
            held.need.requirement.name
        ),
        fix: "Xem việc được ủy quyền; nộp văn bản ủy quyền làm đúng thủ tục này.".to_owned(),
        lines: Vec::new(),
    })
}

/// Whether two neighbouring words stand on a paper; of those that a picture was read by, one may be misread: "khai tử"
/// as "khơi tử". A name before its birthday is no neighbour: "Khôi, sinh ngày".
fn speaks_of(piece: &Piece, pair: &[String]) -> bool {
    let misread = |said: &[String]| {
        let alike = said.iter().zip(pair).all(|(said, word)| likeness(said, word) > 0.0);
        alike && said.iter().zip(pair).any(|(said, word)| said == word)
    };
    let unsure = piece.lines_with_certainty().filter(|(_, sure)| !sure);
    let mut clauses = unsure.flat_map(|(line, _)| line.split([',', ';', '.', ':', '(', ')']));
    holds(&piece.all, pair) || clauses.any(|clause| words(clause).windows(pair.len()).any(misread))
}

/// "Nội dung ủy quyền: nhận bưu phẩm và tiền lãi tiết kiệm" speaks of no office's business at all.
fn is_of_no_office(held: &Held<'_>) -> bool {
    let lines: Vec<String> = held.piece.lines().map(|line| words(line).join(" ")).collect();
    let begins = |line: &String| line.contains("noi dung uy quyen");
    let Some(from) = lines.iter().position(begins) else { return false };
    let ends = |line: &&String| {
        !["thoi han", "hai ben cam", "chung toi cam"].iter().any(|end| line.starts_with(end))
    };
    let what: Vec<&str> =
        lines.iter().skip(from).take_while(ends).take(5).map(String::as_str).collect();
    let what = what.join(" ");
    let office = ["thu tuc", "ho so", "ho tich", "giay", "dang ky", "ubnd", "uy ban"];
    !office.iter().any(|word| what.contains(word))
}

/// Whether the letter may cover this business in other words: all kinds of it, or as people call it.
fn is_wide(held: &Held<'_>) -> bool {
    let wide = ["mọi thủ tục", "các thủ tục", "những thủ tục", "thủ tục hành chính", "toàn quyền"];
    let pairs = held.everyday.iter().map(|called| words(called));
    let mut pairs =
        pairs.flat_map(|called| called.windows(2).map(<[String]>::to_vec).collect::<Vec<_>>());
    let is_telling = |pair: &[String]| !pair.iter().any(|word| COMMON.contains(&word.as_str()));
    wide.iter().any(|wide| holds(&held.piece.all, &words(wide)))
        || pairs.any(|pair| is_telling(&pair) && holds(&held.piece.all, &pair))
}
