//! Which act a form asks for: to issue, to issue anew, to change, to end.

use crate::{profile::is_request, sheet::Title, words::words};

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

/// Acts that a name says beyond what another form asks for: a change of what is registered is not a first registration.
const FURTHER_ACTS: &[&[&str]] = &[&["bien", "dong"], &["thay", "doi"], &["cai", "chinh"]];

/// Whether a form asks for another act than the name does.
pub(super) fn is_other_act(name: &[String], title: &Title) -> bool {
    says_another(name, title) || lacks_the_act(name, &title.head)
}

/// Whether a title is the name but for the act: "ĐƠN ĐĂNG KÝ ĐẤT ĐAI …" is no "đơn đăng ký biến động đất đai …".
fn lacks_the_act(name: &[String], title: &[String]) -> bool {
    let acts = OTHER_ACTS.iter().chain(FURTHER_ACTS);
    let without = |act: &&[&str]| {
        let at = name.windows(act.len()).position(|run| run == *act)?;
        Some([name.get(..at)?, name.get(at.saturating_add(act.len())..)?].concat())
    };
    FURTHER_ACTS.iter().filter_map(without).any(|rest| {
        let whole = rest.len() >= SPECIFIC && rest.iter().all(|word| title.contains(word));
        let short = title.len() > SPECIFIC && title.iter().all(|word| rest.contains(word));
        (whole || short) && is_request(title) && !acts.clone().any(|act| says(title, act))
    })
}

/// Whether a title says another act than the name, and not that of the name as well: "TỜ KHAI ĐĂNG KÝ LẠI KẾT HÔN" is
/// no "tờ khai đăng ký kết hôn", "ĐƠN ĐỀ NGHỊ CẤP, CẤP LẠI …" is an "đơn đề nghị cấp …".
fn says_another(name: &[String], title: &Title) -> bool {
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

/// Whether a title lists the act of the name beside others: a part of the list asks for it, by its verb and not by a
/// word of what the act is done to.
fn names_both(name: &[String], title: &str) -> bool {
    // "CẤP GIẤY PHÉP (CẤP LẠI)" says which of the two it is.
    let says_which = |(_, which): (&str, &str)| OTHER_ACTS.iter().any(|act| words(which) == *act);
    let others = |part: &[String]| OTHER_ACTS.iter().any(|act| says(part, act) && !says(name, act));
    let is_own = |part: Vec<String>| {
        // "Cấp mới" is "cấp", "cấp đổi" is not.
        let mut asked = asked_for(&part).filter(|word| *word != "moi").peekable();
        !others(&part) && asked.peek().is_some() && asked.zip(asked_for(name)).all(|(a, b)| a == b)
    };
    !title.split_once(['(', '-']).is_some_and(says_which) && listed(title).any(is_own)
}

/// The words by which a request begins before it says what is asked for.
const ASKING: &[&str] = &[
    "don", "to", "khai", "ban", "giay", "phieu", "van", "cong", "thong", "bao", "de", "nghi",
    "yeu", "cau", "xin",
];

/// What is asked for: of "đơn đề nghị cấp giấy phép" the "cấp giấy phép".
fn asked_for(request: &[String]) -> impl Iterator<Item = &String> {
    request.iter().skip_while(|word| ASKING.contains(&word.as_str()))
}

/// The parts of a list: "Cấp, cấp lại", "cấp/gia hạn", "cấp hoặc đổi", "cấp (cấp lại)".
fn listed(title: &str) -> impl Iterator<Item = Vec<String>> {
    let joins = |word: &String| ["hoac", "va"].contains(&word.as_str());
    title
        .split([',', '/', ';', '(', ')', '-'])
        .flat_map(move |part| words(part).split(joins).map(<[String]>::to_vec).collect::<Vec<_>>())
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
            "ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP XÂY DỰNG, CẤP LẠI GIẤY PHÉP XÂY DỰNG",
            "ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP XÂY DỰNG (CẤP MỚI, CẤP LẠI, GIA HẠN)",
            "ĐƠN ĐỀ NGHỊ CẤP MỚI, CẤP LẠI GIẤY PHÉP XÂY DỰNG",
            "ĐƠN ĐỀ NGHỊ CẤP, ĐIỀU CHỈNH, GIA HẠN, CẤP LẠI GIẤY PHÉP XÂY DỰNG",
        ] {
            assert!(!is_other(permit, title), "{title}");
        }
        for title in [
            "ĐƠN ĐỀ NGHỊ CẤP LẠI GIẤY PHÉP XÂY DỰNG",
            "ĐƠN ĐỀ NGHỊ CẤP LẠI (GIẤY PHÉP XÂY DỰNG)",
            "ĐƠN ĐỀ NGHỊ CẤP LẠI - GIẤY PHÉP XÂY DỰNG",
            "ĐƠN ĐỀ NGHỊ CẤP LẠI GIẤY PHÉP XÂY DỰNG, XÂY DỰNG CÓ THỜI HẠN",
            "ĐƠN ĐỀ NGHỊ CẤP LẠI, CẤP ĐỔI GIẤY PHÉP XÂY DỰNG",
            "ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP XÂY DỰNG (CẤP LẠI)",
        ] {
            assert!(is_other(permit, title), "{title}");
        }
        assert!(is_other(
            "Đơn đề nghị cấp giấy chứng nhận quyền sử dụng đất",
            "ĐƠN ĐỀ NGHỊ CẤP LẠI GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN"
        ));
        let marriage = "Tờ khai đăng ký kết hôn";
        assert!(is_other(marriage, "TỜ KHAI ĐĂNG KÝ LẠI KẾT HÔN"));
        assert!(!is_other(marriage, "TỜ KHAI ĐĂNG KÝ, ĐĂNG KÝ LẠI KẾT HÔN"));
        let change = "Đơn đăng ký biến động đất đai, tài sản gắn liền với đất";
        assert!(is_other(change, "ĐƠN ĐĂNG KÝ ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT"));
        assert!(!is_other(change, "ĐƠN ĐĂNG KÝ BIẾN ĐỘNG ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT"));
        assert!(is_other(change, "ĐƠN ĐĂNG KÝ ĐẤT ĐAI"));
        assert!(!is_other(change, "ĐƠN ĐĂNG KÝ"), "it may ask for anything");
        let household = "Giấy đề nghị đăng ký hộ kinh doanh";
        assert!(is_other(household, "GIẤY ĐỀ NGHỊ ĐĂNG KÝ THAY ĐỔI, BỔ SUNG HỘ KINH DOANH"));
    }
}
