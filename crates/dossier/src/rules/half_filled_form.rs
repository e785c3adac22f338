//! **half-filled-form**: a form has a column for each of two people, and only one is filled in.
//!
//! *Why it matters.* A declaration of both is asked for; the column of one says nothing for the other.
//!
//! *Legal basis.* The procedure's own form, which wants the particulars of both.
//!
//! *Fails.* "Thông tin | Bên nữ | Bên nam", with one name, one birthday and one nationality below.
//! *Passes.* Two birthdays, or two nationalities: the other column was read in part. On a picture a person looks: the
//! other column may not have been read at all.

use motcua_domain::FindingKind;

use crate::{
    rules::{Certainty, Defect, Held, PaperRule, unfilled_form::is_form},
    words::phrase,
};

pub(crate) const RULE: PaperRule = PaperRule { name: "half-filled-form", of_shown: false, check };

/// Who fills in the two columns.
const PAIRS: [(&str, &str); 3] = [("ben nu", "ben nam"), ("vo", "chong"), ("ben a", "ben b")];
/// So many lines below their heads belong to the columns.
const REACH: usize = 12;
/// Digits of one whole date.
const DATE: usize = 8;

fn check(held: &Held<'_>) -> Option<Defect> {
    if !is_form(held) || !held.piece.is_clear() {
        return None;
    }
    let lines: Vec<&str> = held.piece.lines().collect();
    let at = lines.iter().position(|line| is_head(&phrase(line)))?;
    let rows: Vec<&str> = lines.iter().skip(at.saturating_add(1)).take(REACH).copied().collect();
    if !is_half_filled(&rows) {
        return None;
    }
    let name = &held.paper.name;
    // A recogniser may have passed over the other column, written by another hand.
    let is_text = held.piece.lines_with_certainty().all(|(_, sure)| sure);
    Some(Defect {
        rule: RULE.name,
        kind: FindingKind::UnfilledForm,
        certainty: if is_text { Certainty::Certain } else { Certainty::Undecided },
        message: format!(
            "{name} mới điền thông tin của một người, cột của người kia {}còn trống.",
            if is_text { "" } else { "hình như " }
        ),
        fix: "Điền đủ thông tin của cả hai người, cùng ký rồi nộp lại.".to_owned(),
        lines: vec![at],
    })
}

/// "Thông tin Bên nữ Bên nam": the heads of two columns, and nothing else.
fn is_head(line: &str) -> bool {
    let line = line.strip_prefix("thong tin ").unwrap_or(line);
    PAIRS.iter().any(|(a, b)| line == format!("{a} {b}") || line == format!("{b} {a}"))
}

/// Whether name, birthday and nationality each stand once.
fn is_half_filled(rows: &[&str]) -> bool {
    let after = |label: &str| {
        rows.iter()
            .find_map(|row| phrase(row).strip_prefix(label).map(|rest| rest.trim().to_owned()))
    };
    let (Some(called), Some(births), Some(nations)) =
        (after("ho chu dem ten"), after("ngay thang nam sinh"), after("quoc tich"))
    else {
        return false;
    };
    let digits = births.chars().filter(char::is_ascii_digit).count();
    let named = called.split_whitespace().count();
    (2..=5).contains(&named)
        && (1..=DATE).contains(&digits)
        && nations.matches("viet nam").count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_column_is_not_two() {
        let one = [
            "Họ, chữ đệm, tên LÊ THỊ MẪU",
            "Ngày, tháng, năm sinh | 16/06/1993",
            "Quốc tịch Việt Nam",
        ];
        assert!(is_half_filled(&one));
        let both = [
            "Họ, chữ đệm, tên LÊ THỊ MẪU TÔ VĂN THỬ",
            "Ngày, tháng, năm sinh | 16/06/1993 28/01/1998",
            "Quốc tịch Việt Nam Việt Nam",
        ];
        assert!(!is_half_filled(&both));
        assert!(is_head(&phrase("Thông tin Bên nữ Bên nam")));
        assert!(!is_head(&phrase("Bên nữ Bên nam ký tên")));
    }
}
