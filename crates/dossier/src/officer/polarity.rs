//! Yes or no, as an officer notes it.

use motcua_domain::CaseQuestion;

use super::{
    lookalikes::{Written, phrase},
    lookup::looked_up,
};

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

/// What a note says to a question.
pub(super) enum Polarity {
    /// Yes or no.
    Said(bool),
    /// Neither.
    Unsaid,
    /// Yes of one and no of another: "bên nữ: có; bên nam: vắng".
    Divided,
}

/// Yes or no to a question. A look-up that failed for one has failed: their paper is due.
pub(super) fn polarity_for(question: &CaseQuestion, says: &str) -> Polarity {
    let looked_up = if question.lookup { looked_up(says) } else { None };
    let each: Vec<bool> = says
        .split(';')
        .filter_map(|part| part.split_once(':'))
        .filter_map(|(_, says)| polarity(says))
        .collect();
    match (each.contains(&true), each.contains(&false)) {
        (true, true) if question.lookup => Polarity::Said(false),
        (true, true) => Polarity::Divided,
        (yes, no) if each.len() >= 2 && (yes || no) => Polarity::Said(yes),
        _ => {
            let said = looked_up.or_else(|| polarity(says)).or_else(|| lacks(says));
            said.map_or(Polarity::Unsaid, Polarity::Said)
        }
    }
}

/// "Người ủy quyền chưa có tài khoản": no, whoever it is said of.
fn lacks(says: &str) -> Option<bool> {
    let clause = phrase(says.split([',', ';', '(']).next().unwrap_or(says));
    clause.contains(" chua co ").then_some(false)
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
