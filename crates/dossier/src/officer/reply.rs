//! What a note replies to a question that takes yes or no.

use motcua_domain::CaseQuestion;

use super::{lookalikes::phrase, lookup::looked_up, polarity::polarity};

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
