//! Yes or no, as an officer notes it.

use motcua_domain::CaseQuestion;

use super::lookup::looked_up;
use crate::words::phrase;

/// Yes or no, from the first words: "có, cả hai bên", "không có", "tra cứu được".
pub(crate) fn polarity(whole: &str) -> Option<bool> {
    let text = phrase(whole);
    let first = |starts: &[&str]| {
        starts.iter().any(|start| text == *start || text.starts_with(&format!("{start} ")))
    };
    if first(&["khong ro", "khong biet", "chua ro", "chua biet", "chua xac dinh"]) {
        return None;
    }
    if first(&["khong", "chua", "ko"]) {
        return Some(false);
    }
    if first(&["co", "duoc", "roi", "da co", "da duoc", "dung", "phai", "du"])
        || first(&["tra cuu duoc", "khai thac duoc", "lay duoc", "tim duoc", "xac dinh duoc"])
        || first(&["da khai thac", "da tra cuu"])
        || text == "con"
    {
        return Some(true);
    }
    // "Người ủy quyền đã có", "cả hai đều chưa có"; "chủ hộ đã có, mức độ 2".
    let clause = phrase(whole.split([',', ';', '(']).next().unwrap_or(whole));
    let last = |ends: &[&str]| {
        ends.iter()
            .any(|end| [&text, &clause].into_iter().any(|text| text.ends_with(&format!(" {end}"))))
    };
    if last(&["chua co", "khong co", "deu khong", "deu chua", "khong yeu cau", "khong bat buoc"]) {
        return Some(false);
    }
    last(&["da co", "deu co"]).then_some(true)
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
