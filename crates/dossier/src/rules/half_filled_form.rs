//! **half-filled-form**: a form has a column for each of two people, and only one is filled in.
//!
//! *Why it matters.* A declaration of both is asked for; the column of one says nothing for the other.
//!
//! *Legal basis.* The procedure's own form, which wants the particulars of both.
//!
//! *Fails.* "Thông tin | Bên nữ | Bên nam", with one name, one birthday and one nationality below.
//! *Passes.* Two birthdays, or two nationalities: the other column was read in part. On a picture a person looks, as the
//! other column may have been passed over, unless every row down to the identity papers was read and has one column only.

use motcua_domain::FindingKind;

use crate::{
    defect::{Certainty, Defect},
    piece::Piece,
    rules::rule::{Held, PaperRule},
    rules::unfilled_form::is_form,
    words::phrase,
};

pub(crate) const RULE: PaperRule = PaperRule { name: "half-filled-form", of_shown: false, check };

/// Who fills in the two columns.
const PAIRS: [(&str, &str); 3] = [("ben nu", "ben nam"), ("vo", "chong"), ("ben a", "ben b")];
/// The rows of the columns, in the order of the form of marriage.
const ROWS: [&str; 7] = [
    "ho chu dem ten",
    "ngay thang nam",
    "dan toc",
    "quoc tich",
    "noi cu tru",
    "giay to tuy than",
    "ket hon lan thu may",
];
/// Nothing tells where the last row that was read ends; so many words of it are read.
const LAST_ROW: usize = 8;
/// Digits of one whole date.
const DATE: usize = 8;

fn check(held: &Held<'_>) -> Option<Defect> {
    if !is_form(held) || !held.piece.is_clear() {
        return None;
    }
    let lines: Vec<&str> = held.piece.lines().collect();
    if let Some(at) = empty_list(&lines) {
        return Some(of_empty_list(held, at));
    }
    let (at, below) = heads(&lines).or_else(|| head_beside_unsigned(&lines, held.piece))?;
    let rows = Rows::of(lines.get(below..)?);
    if !rows.have_one_column() {
        return None;
    }
    let name = &held.paper.name;
    // A recogniser may have passed over the other column, written by another hand; hardly in six rows.
    let is_text = held.piece.lines_with_certainty().all(|(_, sure)| sure);
    let certain = is_text || (rows.are_all_of_one() && names_one_person(&lines));
    Some(Defect {
        rule: RULE.name,
        kind: FindingKind::UnfilledForm,
        certainty: if certain { Certainty::Certain } else { Certainty::Undecided },
        message: format!(
            "{name} mới điền thông tin của một người, cột của người kia {}còn trống.",
            if certain { "" } else { "hình như " }
        ),
        fix: "Điền đủ thông tin của cả hai người, cùng ký rồi nộp lại.".to_owned(),
        lines: vec![at],
    })
}

/// Where a list is announced of which the first entry is empty: "gồm:" and below "1) Họ tên:" with nothing behind it.
fn empty_list(lines: &[&str]) -> Option<usize> {
    let announces = |line: &str| line.trim_end().ends_with(':') && phrase(line).ends_with(" gom");
    let is_empty = |line: &str| {
        let label = line.trim_start_matches(|c: char| !c.is_alphabetic()).trim_end();
        let numbered = line.trim_start().starts_with('1');
        let label = label.trim_end_matches(['.', '…', '_', ' ']);
        numbered && label.ends_with(':') && phrase(label).starts_with("ho ")
    };
    let below = |at: usize| lines.get(at.saturating_add(1)).is_some_and(|line| is_empty(line));
    // The name may have been read on the line below.
    let goes_on =
        |at: usize| lines.get(at.saturating_add(2)).is_some_and(|line| line.contains(':'));
    (0..lines.len())
        .find(|at| lines.get(*at).is_some_and(|line| announces(line)) && below(*at) && goes_on(*at))
}

fn of_empty_list(held: &Held<'_>, at: usize) -> Defect {
    let name = &held.paper.name;
    Defect {
        rule: RULE.name,
        kind: FindingKind::UnfilledForm,
        certainty: Certainty::Undecided,
        message: format!("{name}: danh sách được nêu trong tờ khai hình như còn trống."),
        fix: "Điền đủ từng người trong danh sách rồi nộp lại.".to_owned(),
        lines: vec![at],
    }
}

/// Where the heads of two columns stand, on one line ("Thông tin Bên nữ Bên nam") or on two, and where the rows begin.
fn heads(lines: &[&str]) -> Option<(usize, usize)> {
    (0..lines.len()).find_map(|at| {
        let of_two = |count: usize| {
            let end = at.saturating_add(count);
            is_head(&phrase(&lines.get(at..end)?.join(" "))).then_some((at, end))
        };
        of_two(1).or_else(|| of_two(2))
    })
}

/// The head of one column, where that of the other was lost on a tilted picture, and who has the other did not sign.
fn head_beside_unsigned(lines: &[&str], piece: &Piece) -> Option<(usize, usize)> {
    let unsigned = |side: &str| {
        let mut places = piece.sheets.iter().flat_map(|sheet| &sheet.unsigned);
        places.any(|heading| format!(" {} ", phrase(heading)).contains(&format!(" {side} ")))
    };
    let at = lines.iter().position(|line| {
        let line = phrase(line);
        let head = line.strip_prefix("thong tin ");
        let of = |own: &str, other: &str| head == Some(own) && unsigned(other);
        PAIRS.iter().any(|(a, b)| of(a, b) || of(b, a))
    })?;
    Some((at, at.saturating_add(1)))
}

/// The heads of two columns, and nothing else.
fn is_head(line: &str) -> bool {
    let line = line.strip_prefix("thong tin ").unwrap_or(line);
    PAIRS.iter().any(|(a, b)| line == format!("{a} {b}") || line == format!("{b} {a}"))
}

/// What was read in each row, folded.
struct Rows(Vec<Option<String>>);

impl Rows {
    /// Of the lines below the heads, however the recogniser broke the rows.
    fn of(below: &[&str]) -> Self {
        let text = phrase(&below.join(" "));
        let mut rest = text.as_str();
        let mut rows: Vec<Option<String>> = Vec::new();
        for label in ROWS {
            match rest.split_once(label) {
                Some((before, after)) => {
                    // What stands before belongs to the row above.
                    if let Some(Some(row)) = rows.iter_mut().rfind(|row| row.is_some()) {
                        before.trim().clone_into(row);
                    }
                    rows.push(Some(String::new()));
                    rest = after;
                }
                None => rows.push(None),
            }
        }
        if let Some(Some(row)) = rows.iter_mut().rfind(|row| row.is_some()) {
            *row = rest.split_whitespace().take(LAST_ROW).collect::<Vec<_>>().join(" ");
        }
        Self(rows)
    }

    fn row(&self, at: usize) -> Option<&str> {
        self.0.get(at)?.as_deref()
    }

    /// Whether name, birthday and nationality each stand once.
    fn have_one_column(&self) -> bool {
        let (Some(called), Some(births), Some(nations)) = (self.row(0), self.row(1), self.row(3))
        else {
            return false;
        };
        let digits = births.chars().filter(char::is_ascii_digit).count();
        let named = called.split_whitespace().count();
        // Whoever wrote no more than a name in the other column left it empty.
        let one = (2..=5).contains(&named) || ((6..=10).contains(&named) && self.are_all_of_one());
        one && (1..=DATE).contains(&digits) && nations.matches("viet nam").count() == 1
    }

    /// Whether ethnic group and identity papers, too, were read and are those of one person only.
    fn are_all_of_one(&self) -> bool {
        let group = self.row(2).is_some_and(|group| (1..=2).contains(&group.split(' ').count()));
        let papers = self.row(5).is_some_and(|papers| papers.chars().any(|c| c.is_ascii_digit()));
        group && papers
    }
}

/// Whether one number of identity papers only stands on the form.
fn names_one_person(lines: &[&str]) -> bool {
    let numbers = lines.iter().flat_map(|line| line.split(|c: char| !c.is_ascii_digit()));
    numbers.filter(|number| number.len() >= 9).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &[&str]) -> Option<Rows> {
        Some(Rows::of(lines.get(heads(lines)?.1..)?))
    }

    #[test]
    fn a_list_that_is_announced_has_entries() {
        let above = "Hộ gia đình yêu cầu ghi đầy đủ tên các thành viên, gồm:";
        let number = "Số định danh cá nhân:";
        assert_eq!(empty_list(&[above, "1) Họ tên:", number]), Some(0));
        assert_eq!(empty_list(&[above, "1) Họ tên: .......", number]), Some(0));
        assert_eq!(empty_list(&[above, "1) Họ tên: Nguyễn Văn Mẫu", number]), None);
        assert_eq!(empty_list(&[above, "1) Họ tên:", "Nguyễn Văn Mẫu"]), None);
    }

    #[test]
    fn one_column_is_not_two() {
        let one = [
            "Thông tin Bên nữ Bên nam",
            "Họ, chữ đệm, tên LÊ THỊ MẪU",
            "Ngày, tháng, năm sinh | 16/06/1993",
            "Dân tộc Kinh",
            "Quốc tịch Việt Nam",
            "Nơi cư trú xã Mẫu",
            "Giấy tờ tùy thân 019301444521",
            "Kết hôn lần thứ mấy",
        ];
        let broken = [
            "Bên nữ",
            "Bên nam",
            "Họ, chữ đệm, tên",
            "LÊ THỊ MẪU",
            "Ngày, tháng, năm 16/06/1993",
            "sinh",
            "Dân tộc Kinh Quốc tịch Việt Nam",
            "Nơi cư trú xã Mẫu",
            "Giấy tờ tùy thân 019301444521 Kết hôn lần thứ mấy",
        ];
        for form in [&one[..], &broken] {
            let rows = rows(form).expect("heads");
            assert!(rows.have_one_column() && rows.are_all_of_one(), "{form:?}");
            assert!(names_one_person(form));
        }
        let both = [
            "Thông tin Bên nữ Bên nam",
            "Họ, chữ đệm, tên LÊ THỊ MẪU TÔ VĂN THỬ",
            "Ngày, tháng, năm sinh | 16/06/1993 28/01/1998",
            "Dân tộc Kinh Kinh",
            "Quốc tịch Việt Nam Việt Nam",
        ];
        assert!(!rows(&both).expect("heads").have_one_column());
        let name_only = [
            "Thông tin Bên nữ Bên nam",
            "Họ, chữ đệm, tên LÊ THỊ MẪU TÔ VĂN THỬ",
            "Ngày, tháng, năm sinh 28/01/1998",
            "Dân tộc Kinh",
            "Quốc tịch Việt Nam",
            "Giấy tờ tùy thân 019301444521",
        ];
        assert!(rows(&name_only).expect("heads").have_one_column());
        assert!(heads(&["Bên nữ Bên nam ký tên"]).is_none());
        assert!(!names_one_person(&["số 019301444521", "019201444522"]));
    }
}
