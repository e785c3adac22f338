//! Which act a form asks for: to issue, to issue anew, to change, to end.

use crate::{
    profile::is_request,
    sheet::Title,
    words::{phrase, words},
};

/// Words by which a form asks for another act on the same thing: to register anew, to change, to end.
const OTHER_ACTS: &[&[&str]] = &[
    &["dang", "ky", "lai"],
    &["cap", "lai"],
    &["thay", "doi"],
    &["cai", "chinh"],
    &["cham", "dut"],
    &["tam", "ngung"],
    &["gia", "han"],
    &["xoa", "dang", "ky"],
    &["ghi", "chu"],
];

/// A form whose name has fewer words may be that of several acts.
const SPECIFIC: usize = 4;

/// Whether a form asks for another act than the name does, and not for that of the name as well: "TỜ KHAI ĐĂNG KÝ LẠI
/// KẾT HÔN" is no "tờ khai đăng ký kết hôn", "ĐƠN ĐỀ NGHỊ CẤP, CẤP LẠI …" is an "đơn đề nghị cấp …".
pub(super) fn is_other_act(name: &[String], title: &Title) -> bool {
    // It must be the same form but for the act: a bare "đơn đề nghị" may ask for anything.
    let same = name.len() >= SPECIFIC && name.iter().all(|word| title.head.contains(word));
    let is_other = |act: &&&[&str]| says(&title.head, act) && !says(name, act);
    same && is_request(&title.head)
        && OTHER_ACTS.iter().any(|act| is_other(&act))
        && !names_both(name, &title.text)
}

fn says(text: &[String], act: &[&str]) -> bool {
    text.windows(act.len()).any(|run| run == act)
}

/// Whether a title lists the act of the name beside others: between two parts of a list there stands, next to where
/// they are joined, a word of the name that belongs to no other act.
fn names_both(name: &[String], title: &str) -> bool {
    let parts: Vec<Vec<String>> = listed(title).iter().map(|part| words(part)).collect();
    let others = |part: &[String]| OTHER_ACTS.iter().any(|act| says(part, act) && !says(name, act));
    let own = |word: Option<&String>| word.is_some_and(|word| name.contains(word));
    let pairs = parts.iter().zip(parts.iter().skip(1));
    let mut joined = pairs.map(|(before, after)| {
        // "CẤP, CẤP LẠI"; "CẤP LẠI/CẤP".
        (!others(before) && others(after) && own(before.last()))
            || (others(before) && !others(after) && own(after.first()))
    });
    joined.any(|both| both)
}

/// The parts of a list: "Cấp, cấp lại", "cấp/gia hạn", "cấp hoặc đổi", "cấp (cấp lại)".
fn listed(title: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for token in title.split_inclusive([' ', ',', '/', ';', '(', ')', '-']) {
        let word = token.trim_end_matches([' ', ',', '/', ';', '(', ')', '-']);
        if !["hoac", "va"].contains(&phrase(word).as_str())
            && let Some(part) = parts.last_mut()
        {
            part.push_str(word);
            part.push(' ');
            if token.len() == word.len() || token.ends_with(' ') {
                continue;
            }
        }
        parts.push(String::new());
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_other(name: &str, title: &str) -> bool {
        let head = words(title);
        let title = Title { text: title.to_owned(), full: head.clone(), head, strength: 1.0 };
        is_other_act(&words(name), &title)
    }

    #[test]
    fn a_form_for_several_acts_is_the_form_for_each() {
        let permit = "Đơn đề nghị cấp giấy phép xây dựng";
        for title in [
            "ĐƠN ĐỀ NGHỊ CẤP, CẤP LẠI GIẤY PHÉP XÂY DỰNG",
            "ĐƠN ĐỀ NGHỊ CẤP LẠI/CẤP GIẤY PHÉP XÂY DỰNG",
            "ĐƠN ĐỀ NGHỊ CẤP, GIA HẠN GIẤY PHÉP XÂY DỰNG",
            "ĐƠN ĐỀ NGHỊ CẤP HOẶC CẤP LẠI GIẤY PHÉP XÂY DỰNG",
            "ĐƠN ĐỀ NGHỊ CẤP (CẤP LẠI) GIẤY PHÉP XÂY DỰNG",
            "ĐƠN ĐỀ NGHỊ CẤP / CẤP LẠI GIẤY PHÉP XÂY DỰNG",
        ] {
            assert!(!is_other(permit, title), "{title}");
        }
        assert!(is_other(permit, "ĐƠN ĐỀ NGHỊ CẤP LẠI GIẤY PHÉP XÂY DỰNG"));
        let marriage = "Tờ khai đăng ký kết hôn";
        assert!(is_other(marriage, "TỜ KHAI ĐĂNG KÝ LẠI KẾT HÔN"));
        assert!(!is_other(marriage, "TỜ KHAI ĐĂNG KÝ, ĐĂNG KÝ LẠI KẾT HÔN"));
        let household = "Giấy đề nghị đăng ký hộ kinh doanh";
        assert!(is_other(household, "GIẤY ĐỀ NGHỊ ĐĂNG KÝ THAY ĐỔI, BỔ SUNG HỘ KINH DOANH"));
    }
}
