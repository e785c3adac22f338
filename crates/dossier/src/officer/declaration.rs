//! What an officer says was handed in: in which form, how many, and whether the original was shown.

use super::{lookalikes::phrase, looked_up, official, polarity};
use crate::words::words;

/// What an officer says of one paper: how it was handed in, and how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Declaration {
    /// Words that name the paper.
    pub(crate) about: Vec<String>,
    /// Words by which the note itself names what was shown, where those before the equals sign name something else.
    pub(crate) seen: Option<Vec<String>>,
    /// The form it was handed in as.
    pub(crate) copy: Option<DeclaredCopy>,
    /// Whether the original was shown or certainly not.
    pub(crate) shown: Option<bool>,
    /// The paper itself was named as not shown, not handed in.
    pub(crate) withheld: bool,
    /// Whether it was handed in or shown at all.
    pub(crate) given: Option<bool>,
    /// How many were handed in.
    pub(crate) count: Option<u32>,
    /// The note is about a paper in somebody's hand, and no database is mentioned.
    pub(crate) on_paper: bool,
}

/// The form in which an officer saw a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeclaredCopy {
    /// Bản chính, bản gốc.
    Original,
    /// Bản sao có chứng thực.
    Certified,
    /// Bản chụp, bản phô tô, bản sao không chứng thực.
    Plain,
}

/// Words of a note that count papers and name none.
const COUNTING: &[&str] = &["so", "bo", "luong", "nop", "loai"];

/// Reads a note as a statement about a paper; `None` if it says nothing of the kind.
pub(crate) fn declaration((about, says): &(String, String)) -> Option<Declaration> {
    // Who hands in is no statement that something was handed in.
    let text = format!(" {} ", phrase(says)).replace(" nguoi nop ", " nguoi ");
    let has = |any: &[&str]| any.iter().any(|phrase| text.contains(&format!(" {phrase} ")));
    let unbrought = has(&["khong dem", "chua dem", "khong mang", "chua mang"]);
    let hidden =
        has(&["khong xuat trinh", "chua xuat trinh", "khong co ban chinh", "khong doi chieu"])
            || has(&["khong kem ban chinh", "khong kem ban goc", "khong kem theo ban chinh"])
            || has(&["chua cho xem", "khong cho xem", "chua dua xem", "khong dua", "chua xem"])
            || has(&["chua duoc xem", "khong duoc xem", "khong xem duoc"])
            || (unbrought
                && has(&["ban chinh", "ban goc"])
                && has(&["ban chup", "photo", "pho to", "ban sao"]));
    let seen = has(&["dua xem", "cho xem", "xem ban chinh"]);
    let shown = (seen || has(&["xuat trinh", "doi chieu"])) && !hidden;
    let handed = has(&["nop", "co nop", "da nop", "kem"]);
    let copy = if has(&[
        "khong chung thuc",
        "khong co chung thuc",
        "chua chung thuc",
        "khong cong chung",
        "khong phai ban chinh",
        "ban chup",
        "ban pho to",
        "photo",
        "ban photo",
    ]) || stamped_by_a_company(&text)
    {
        Some(DeclaredCopy::Plain)
    } else if has(&["co chung thuc", "chung thuc", "cong chung", "sao y"]) {
        Some(DeclaredCopy::Certified)
    } else if has(&["nop ban chinh", "nop ban goc", "ban goc"])
        || (has(&["ban chinh"]) && !has(&["ban sao"]))
    {
        Some(DeclaredCopy::Original)
    } else if has(&["ban sao"]) {
        Some(DeclaredCopy::Plain)
    } else {
        None
    };
    let given = match polarity(says) {
        // "Không có Giấy báo tử; nộp quyết định của Tòa án": something was handed in for it.
        Some(false) if says.split([',', ';', '.']).any(|part| phrase(part).starts_with("nop ")) => {
            None
        }
        Some(false) => Some(false),
        _ if has(&["khong nop", "chua nop", "khong mang", "chua mang", "de quen"])
            || has(&["chua xin", "chua lam", "chua co", "nop sau", "bo sung sau"]) =>
        {
            Some(false)
        }
        _ if shown || handed => Some(true),
        _ => None,
    };
    let count = count(&text);
    // "Không nộp" may be said because nothing has to be handed in; "chưa nộp" is not.
    let awaited = given == Some(true) || has(&["chua"]);
    let on_paper =
        awaited && looked_up(says).is_none() && !has(&["he thong", "du lieu", "dien tu"]);
    let lacking = says.split([',', ';', '.']).find_map(withheld);
    let one_lacks = says.split([',', ';', '.']).any(one_has_none);
    let shown = if hidden { Some(false) } else { (shown && !one_lacks).then_some(true) };
    let nothing = says.split([',', ';', '.']).any(nothing_at_all);
    let withheld = lacking.is_some() || one_lacks || nothing;
    let says_something =
        copy.is_some() || shown == Some(true) || given.is_some() || count.is_some() || withheld;
    let named = lacking.unwrap_or_else(|| words(&official(about)));
    let named = named.into_iter().filter(|word| !COUNTING.contains(&word.as_str())).collect();
    let seen = says.split([',', ';', '.']).find_map(shown_by_name).filter(|_| shown == Some(true));
    says_something.then_some(Declaration {
        about: named,
        seen,
        copy,
        shown,
        withheld,
        given,
        count,
        on_paper,
    })
}

/// "Bản sao y của công ty": a company certifies no copy.
fn stamped_by_a_company(folded: &str) -> bool {
    let has = |any: &[&str]| any.iter().any(|words| folded.contains(&format!(" {words} ")));
    has(&["sao y", "dong dau", "co dau"])
        && has(&["cong ty", "doanh nghiep", "moi gioi", "hop tac xa", "van phong luat su"])
        && !has(&["chung thuc", "cong chung"])
}

/// What a clause says was not brought, where it names it: "chưa xuất trình giấy tờ nào về nơi cư trú".
fn withheld(clause: &str) -> Option<Vec<String>> {
    let folded = phrase(clause);
    let verbs = ["chua xuat trinh ", "khong xuat trinh ", "chua nop ", "khong nop "];
    let after = verbs.iter().find_map(|verb| folded.split_once(verb))?.1;
    let named: Vec<String> =
        words(after).into_iter().filter(|word| !["nao", "ve"].contains(&word.as_str())).collect();
    (named.len() >= 4).then_some(named)
}

/// "Nhưng không mang giấy tờ gì": what the note is about was not brought in any form.
fn nothing_at_all(clause: &str) -> bool {
    let folded = phrase(clause);
    let verbs = ["mang", "dem", "nop", "xuat trinh"];
    let denied = |verb: &str| {
        let denies = |no: &str| folded.contains(&format!("{no} {verb} giay to "));
        denies("khong") || denies("chua")
    };
    ["gi", "gi ca", "nao", "nao ca"].iter().any(|any| folded.ends_with(&format!(" giay to {any}")))
        && verbs.into_iter().any(denied)
}

/// What a clause says was shown: "nam đã đưa xem giấy xác nhận thông tin về cư trú".
fn shown_by_name(clause: &str) -> Option<Vec<String>> {
    let folded = phrase(clause);
    let verbs = ["xuat trinh ", "dua xem ", "cho xem "];
    let after = verbs.iter().find_map(|verb| folded.split_once(verb))?.1;
    let named = words(after);
    (named.len() >= 4).then_some(named)
}

/// "Bên nam xuất trình căn cước, bên nữ không mang theo": what one of two showed does not stand in for the other's.
fn one_has_none(clause: &str) -> bool {
    let folded = phrase(clause);
    let of_one = ["ben nam ", "ben nu ", "nguoi vo ", "nguoi chong "];
    let none =
        ["khong mang", "chua mang", "khong xuat trinh", "chua xuat trinh", "quen", "khong co"];
    let none = none.iter().any(|none| folded.contains(none));
    none && of_one.iter().any(|one| folded.starts_with(one)) && !folded.contains("ban sao")
}

/// "02 bộ", "1 bản": how many were handed in.
fn count(folded: &str) -> Option<u32> {
    let words: Vec<&str> = folded.split_whitespace().collect();
    words.windows(2).find_map(|pair| match pair {
        [number, "bo" | "ban" | "anh" | "tam" | "cai"] => number.parse().ok(),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(about: &str, says: &str) -> Declaration {
        declaration(&(about.to_owned(), says.to_owned())).expect("it says something")
    }

    #[test]
    fn nothing_at_all_is_withheld_too() {
        let note = read("Nơi cư trú cuối cùng", "biết rõ ở khu 9, nhưng không mang giấy tờ gì");
        assert!(note.withheld && note.given == Some(false));
        let note = read("Giấy xác nhận cũ", "nộp bản phô tô, không kèm bản chính");
        assert_eq!((note.copy, note.shown), (Some(DeclaredCopy::Plain), Some(false)));
    }

    #[test]
    fn what_is_withheld_is_named_in_the_same_clause() {
        let note = read(
            "Khai thác được nơi cư trú",
            "bên nam: không, chưa xuất trình giấy tờ nào về nơi cư trú",
        );
        assert!(note.withheld);
        assert_eq!(note.about.join(" "), "giay to noi cu tru");
        let note = read("Giấy kết hôn", "không nộp, chỉ xuất trình bản chính để đối chiếu");
        assert!(!note.withheld && note.shown == Some(true));
        assert_eq!(note.about.join(" "), "giay ket hon");
    }
}
