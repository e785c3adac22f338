//! What a paper itself says of its form: copy, certified copy, attested signature, filled in or blank.

use motcua_domain::Truth;

use crate::{
    piece::Piece,
    words::{holds, phrase, words, words_of_line},
};

/// The marks that tell in what form a paper is. *False* only where the paper was read well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marks {
    /// "Chứng thực bản sao đúng với bản chính", or "sao y bản chính" of an office that may attest. *Unknown* where
    /// the office cannot be made out, or cannot do so.
    pub(crate) certified_copy: Truth,
    /// A notary's or a commune's attestation of signatures or of a contract (*lời chứng*).
    pub(crate) attested: Truth,
    /// Marked as a copy: "BẢN SAO", "bản chụp", "sao y", whoever put that there.
    pub(crate) copy: Truth,
}

const CERTIFIED: &[&str] = &[
    "chung thuc ban sao dung voi ban chinh",
    "ban sao dung voi ban chinh",
    "ban sao dien tu duoc chung thuc",
    "sct bs",
];

/// What anybody may stamp on a copy: it certifies only by the office that stands with it.
const COPIED: &[&str] = &["sao y", "sao dung ban chinh", "sao luc"];

const ATTESTED: &[&str] = &[
    "loi chung",
    "chung thuc chu ky",
    "so chung thuc",
    "so cong chung",
    "cong chung vien",
    "van phong cong chung",
    "phong cong chung",
    "nguoi thuc hien chung thuc",
    "chung thuc hop dong",
    "chung nhan hop dong",
    "da ky truoc mat toi",
    "truoc mat toi",
];

/// Reads the marks of a paper.
pub(crate) fn marks(piece: &Piece) -> Marks {
    let found = |phrases: &[&str]| {
        if phrases.iter().any(|phrase| piece.holds(&words(phrase))) {
            Truth::True
        } else if piece.is_clear() {
            Truth::False
        } else {
            Truth::Unknown
        }
    };
    let stamped = found(COPIED);
    let copy = if stamped == Truth::True || piece.lines().any(is_copy_stamp) {
        Truth::True
    } else if piece.is_clear() {
        Truth::False
    } else {
        Truth::Unknown
    };
    let certified = match (found(CERTIFIED), office(piece, CERTIFIED)) {
        (Truth::True, Some(Office::Other)) => Truth::Unknown,
        (certified, _) if certified == Truth::True || stamped != Truth::True => certified,
        _ => match office(piece, COPIED) {
            Some(Office::Entitled) => Truth::True,
            Some(Office::Other) if piece.is_clear() => Truth::False,
            _ => Truth::Unknown,
        },
    };
    let attested = match (found(ATTESTED), office(piece, ATTESTED)) {
        (Truth::True, Some(Office::Other)) => Truth::Unknown,
        (attested, _) => attested,
    };
    Marks { certified_copy: certified, attested, copy }
}

/// Whose stamp it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Office {
    /// A people's committee, a notary, an office of justice, a consulate, the land register.
    Entitled,
    /// A company, a bank, a lawyer, the head of a hamlet.
    Other,
}

/// So many lines above and below a stamp belong to it.
const ABOVE: usize = 2;
const BELOW: usize = 7;

/// What office stands with these words; `None` if none can be made out.
fn office(piece: &Piece, stamp: &[&str]) -> Option<Office> {
    let mut offices = piece.sheets.iter().filter_map(|sheet| {
        let lines: Vec<Vec<String>> = sheet.lines.iter().map(|line| words_of_line(line)).collect();
        let stamp: Vec<Vec<String>> = stamp.iter().map(|phrase| words(phrase)).collect();
        let says = |line: &[String]| stamp.iter().any(|phrase| holds(line, phrase));
        let at = lines.iter().position(|line| says(line))?;
        let near = lines.iter().skip(at.saturating_sub(ABOVE)).take(ABOVE + BELOW + 1);
        let near: Vec<String> = near.flatten().cloned().collect();
        let names = |any: &[&str]| any.iter().any(|office| holds(&near, &words(office)));
        if names(ENTITLED) {
            Some(Office::Entitled)
        } else {
            names(NOT_ENTITLED).then_some(Office::Other)
        }
    });
    offices.next()
}

/// Who may attest, as stamps and signatures name them; seals are often read in part.
const ENTITLED: &[&str] = &[
    "uy ban",
    "nhan dan",
    "dan xa",
    "dan phuong",
    "ubnd",
    "cong chung",
    "tu phap",
    "lanh su",
    "dai su quan",
    "dang ky dat dai",
    "hanh chinh cong",
    "toa an",
    "cong an",
];

/// Who may not.
const NOT_ENTITLED: &[&str] = &[
    "cong ty",
    "tnhh",
    "co phan",
    "doanh nghiep",
    "hop tac xa",
    "moi gioi",
    "ngan hang",
    "luat su",
    "van phong luat",
    "truong thon",
    "to dan pho",
    "san giao dich",
    "bat dong san",
];

/// The places of the lines that tell in what form a paper is.
pub(crate) fn copy_lines(piece: &Piece) -> Vec<usize> {
    let phrases: Vec<Vec<String>> =
        [CERTIFIED, COPIED, ATTESTED].concat().into_iter().map(words).collect();
    let tells = |line: &str| {
        let folded = words_of_line(line);
        is_copy_stamp(line) || phrases.iter().any(|phrase| holds(&folded, phrase))
    };
    piece.lines().enumerate().filter(|(_, line)| tells(line)).map(|(at, _)| at).collect()
}

/// The places of the lines with a field that was left blank.
pub(crate) fn blank_lines(piece: &Piece) -> Vec<usize> {
    let blank = |line: &str| fields(std::iter::once(line)).blank > 0;
    piece.lines().enumerate().filter(|(_, line)| blank(line)).map(|(at, _)| at).collect()
}

/// A line that is nothing but a stamp.
fn is_copy_stamp(line: &str) -> bool {
    // An extract names itself "(BẢN SAO)" under its title and is issued so.
    let stamped = !line.trim_start().starts_with('(');
    stamped
        && matches!(
            phrase(line).as_str(),
            "ban sao"
                | "ban chup"
                | "ban photo"
                | "ban photocopy"
                | "ban pho to"
                | "ban chup photo"
        )
}

/// How many fields of a form are blank, and how many are filled in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Fields {
    /// Dots and nothing else after the colon.
    pub(crate) blank: usize,
    /// Something after the colon.
    pub(crate) filled: usize,
    /// Nothing at all after the colon, or the next label: what belongs there may stand elsewhere.
    pub(crate) empty: usize,
}

/// Counts the fields of a form: a label, a colon, and what follows it.
pub(crate) fn fields<'a>(lines: impl Iterator<Item = &'a str>) -> Fields {
    let mut fields = Fields::default();
    for line in lines {
        let line = without_brackets(line);
        let mut parts = line.split(':').skip(1).peekable();
        while let Some(value) = parts.next() {
            let labelled = parts.peek().is_some();
            match field(value, labelled) {
                _ if value.trim().is_empty() || (labelled && is_numbered(value)) => {
                    fields.empty = fields.empty.saturating_add(1);
                }
                Some(true) => fields.filled = fields.filled.saturating_add(1),
                Some(false) => fields.blank = fields.blank.saturating_add(1),
                None => {}
            }
        }
    }
    fields
}

/// "Có ☐ Không ☐": nobody ticked either. Any other sign or word may be how somebody did.
fn is_unticked(value: &str) -> bool {
    let choices = ["co", "khong", "so", "luong"];
    let is_choice = |word: &&str| choices.contains(&phrase(word).as_str());
    value.contains(['☐', '□'])
        && value
            .split(['☐', '□', ' ', '.', ','])
            .filter(|word| !word.is_empty())
            .all(|word| is_choice(&word))
}

/// "3. Giới tính" after "2. Ngày, tháng, năm sinh:".
fn is_numbered(label: &str) -> bool {
    let digits = label.trim().split_once('.').map(|(number, _)| number);
    digits.is_some_and(|number| {
        (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Filled, blank, or nothing to tell by. `labelled`: the text ends with the next field's label.
fn field(value: &str, labelled: bool) -> Option<bool> {
    let is_leader = |c: char| matches!(c, '.' | '…' | '_' | '·');
    if is_unticked(value) {
        return None;
    }
    let leaders: usize =
        value.chars().filter(|c| is_leader(*c)).map(|c| if c == '…' { 3 } else { 1 }).sum();
    let first = value.chars().find(|c| c.is_alphanumeric() || is_leader(*c))?;
    let written = value
        .split(is_leader)
        .map(str::trim)
        .filter(|part| part.chars().any(char::is_alphanumeric));
    let longest = written
        .clone()
        .map(|part| part.chars().filter(|c| c.is_alphanumeric()).count())
        .collect::<Vec<_>>();
    let own = if labelled { longest.len().saturating_sub(1) } else { longest.len() };
    let says = longest.iter().take(own).any(|letters| *letters > 2);
    if first.is_alphanumeric() {
        // "Tên: Nguyễn Văn A Giới tính:" is filled; "m." after nothing is a unit.
        return (labelled || says).then_some(true);
    }
    // "....... giờ ....... phút, ngày .......": between the dots stand the form's own words, without names and numbers.
    let is_told = |part: &str| part.contains(|c: char| c.is_ascii_digit() || c.is_uppercase());
    if leaders >= 3 {
        return Some(says && written.clone().take(own).any(is_told));
    }
    says.then_some(true)
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_field_has_only_dots() {
        let count = |line: &str| fields(std::iter::once(line));
        let none = Fields::default();
        assert_eq!(count("2. Ngày, tháng, năm sinh: 3. Giới tính:"), Fields { empty: 2, ..none });
        assert_eq!(count("Họ tên: ................"), Fields { blank: 1, ..none });
        let hour = "Đã chết vào lúc: ....... giờ ....... phút, ngày ....... tháng ....... năm ....";
        assert_eq!(count(hour), Fields { blank: 1, ..none });
        let written = "Đã chết vào lúc: ...7... giờ ....... phút, ngày ...2... tháng ...11...";
        assert_eq!(count(written), Fields { filled: 1, ..none });
        assert_eq!(count("Nơi cư trú: ......xóm Đồi, xã Hùng......"), Fields { filled: 1, ..none });
        assert_eq!(count("- Cốt xây dựng: …….m."), Fields { blank: 1, ..none });
        assert_eq!(count("Đại diện: ......; Chức vụ: ......"), Fields { blank: 2, ..none });
        assert_eq!(count("Họ tên: Nguyễn Văn A"), Fields { filled: 1, ..none });
        assert_eq!(
            count("Năm sinh: ®. 17/06/1992 ...Dân tộc: ®' Kinh,...... Quốc tịch: Việt Nam"),
            Fields { filled: 3, ..none }
        );
        assert_eq!(count("Số tầng: ………….(ghi rõ số tầng hầm)"), Fields { blank: 1, ..none });
    }
}
