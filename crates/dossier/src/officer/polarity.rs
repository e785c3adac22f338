//! Yes or no, as an officer notes it.

use super::lookalikes::Written;

/// Yes or no, from the first words: "có, cả hai bên", "không có", "tra cứu được". Without its marks "có" may be an aunt
/// and "chưa" a pagoda: there they say nothing by themselves. Only a "co" that is all of a note or of its first clause
/// is a yes, as nobody names an aunt without saying whose.
pub(crate) fn polarity(whole: &str) -> Option<bool> {
    let note = Written::of(whole);
    if note.starts(&["không rõ", "không biết", "chưa rõ", "chưa biết", "chưa xác định"])
    {
        return None;
    }
    if note.starts(&["không", "chưa", "ko"])
        || note.starts(&["chưa có", "chưa nộp", "chưa xin", "chưa làm", "chưa mang", "chưa được"])
    {
        return Some(false);
    }
    if note.starts(&["có", "được", "rồi", "đã có", "đã được", "đúng", "phải", "đủ"])
        || note.starts(&["có nộp", "có mang", "có kèm", "có giấy", "có đủ", "đúng vậy"])
        || note.starts(&["tra cứu được", "khai thác được", "lấy được", "tìm được"])
        || note.starts(&["xác định được", "đã khai thác", "đã tra cứu"])
        || note.is("còn")
    {
        return Some(true);
    }
    // "Người ủy quyền đã có", "cả hai đều chưa có"; "chủ hộ đã có, mức độ 2".
    let clause = Written::of(whole.split([',', ';', '(']).next().unwrap_or(whole));
    if clause.is_unmarked("co") {
        return Some(true);
    }
    let last = |ends: &[&str]| note.ends(ends) || clause.ends(ends);
    if last(&["chưa có", "không có", "đều không", "đều chưa", "không yêu cầu", "không bắt buộc"])
    {
        return Some(false);
    }
    last(&["đã có", "đều có"]).then_some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_only_look_like_yes_or_no_say_neither() {
        let said = [
            ("chùa Linh Sơn", None),
            ("cô ruột", None),
            ("dự thảo", None),
            ("con", None),
            ("dược sĩ", None),
            ("co ruot", None),
            ("co Lan, chu Minh", None),
            ("co", Some(true)),
            ("Co, cho chong", Some(true)),
            ("co (cho chong)", Some(true)),
            ("cô, chú", None),
            ("chua Linh Son", None),
            ("Có, cả hai bên", Some(true)),
            ("chưa nộp", Some(false)),
            ("chua nop", Some(false)),
            ("khong", Some(false)),
            ("da co", Some(true)),
            ("còn", Some(true)),
            ("đủ", Some(true)),
            ("cả hai đều chưa có", Some(false)),
            ("khong ro", None),
        ];
        for (note, expected) in said {
            assert_eq!(polarity(note), expected, "{note}");
        }
        assert_eq!(super::super::signed("sửa chữa nhà ở").join(" "), "sua chua0 nha o");
    }
}
