//! Whose paper it is: names after their labels, and personal numbers.

mod names;
pub(crate) mod person;
mod places;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::{
    dates::dates,
    piece::Piece,
    words::{phrase, words},
};
pub(crate) use names::{How, Noted, noted_names};
use names::{child_in, name_at, names_in, names_of_columns};
pub(crate) use person::{Identified, People};

/// So many people are read of a paper at the most. Nobody hands in a paper that names more, and each of them is
/// looked for on every other paper.
const MOST: usize = 200;

/// Somebody as one paper states them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Stated {
    /// Folded name.
    pub(crate) name: Vec<String>,
    /// Personal identification number.
    pub(crate) number: Option<String>,
    /// Day of birth.
    pub(crate) born: Option<Date>,
    /// The places of the lines on which number and day stand.
    pub(crate) lines: Vec<usize>,
}

/// So many lines after a name, what is stated is that person's: a name that was not made out would give its number
/// and birthday to the one before.
const REACH: usize = 3;

/// Who is stated on a paper, with what belongs to each: the number and day of birth that follow a name, up to the
/// next name. A card has its number before the name.
pub(crate) fn stated(piece: &Piece) -> Vec<Stated> {
    let mut all: Vec<Stated> = Vec::new();
    let mut before: Option<(String, usize)> = None;
    let mut since = 0_usize;
    for (at, (line, sure)) in piece.lines_with_certainty().enumerate() {
        if all.len() >= MOST {
            break;
        }
        since = since.saturating_add(1);
        for name in names_in(line, None) {
            let (number, lines) = before.take().map(|(number, at)| (number, vec![at])).unzip();
            let lines = lines.unwrap_or_default();
            all.push(Stated { name, number, born: None, lines });
            since = 0;
        }
        if !sure || (since > REACH && !all.is_empty()) {
            continue;
        }
        let number = personal_numbers(line).into_iter().next();
        let Some(last) = all.last_mut() else {
            before = number.map(|number| (number, at)).or(before);
            continue;
        };
        let born = if last.born.is_none() { born(line) } else { None };
        let number = if last.number.is_none() { number } else { None };
        if born.is_some() || number.is_some() {
            last.lines.push(at);
        }
        last.number = last.number.take().or(number);
        last.born = last.born.or(born);
    }
    all
}

/// A number that the birthday bears out is looked for further down: forms put the residence between them.
const SELF_PROVING: usize = 7;

/// Who is identified on a paper, by what follows each name within a few lines.
pub(crate) fn identified(piece: &Piece) -> &[Identified] {
    piece.identified.get_or_init(|| read_identified(piece))
}

fn read_identified(piece: &Piece) -> Vec<Identified> {
    let lines: Vec<&str> = piece.lines().collect();
    let (mut found, mut seen) = (Vec::new(), 0_usize);
    // Where names stand: the names, the line, and the line's text from there on.
    let mut open: Vec<(Vec<Vec<String>>, usize, &str)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let next = lines.get(at.saturating_add(1)).copied();
        let names = names_in(line, next);
        // What stands before "cháu" on its line is of somebody else, of the mother mostly.
        let child = child_in(line, next).map(|(name, from)| (vec![name], at, from));
        if names.is_empty() && child.is_none() {
            continue;
        }
        seen = seen.saturating_add(names.len()).saturating_add(child.iter().len());
        for (names, from, text) in open.drain(..) {
            found.extend(identify(names, &lines, from..at, text));
        }
        open.extend((!names.is_empty()).then_some((names, at, *line)).into_iter().chain(child));
        if seen >= MOST {
            break;
        }
    }
    for (names, from, text) in open {
        found.extend(identify(names, &lines, from..lines.len(), text));
    }
    found.truncate(MOST);
    found
}

/// Who is identified by the text from their names on and the lines below it, up to the next name.
fn identify(
    names: Vec<Vec<String>>,
    lines: &[&str],
    own: std::ops::Range<usize>,
    text: &str,
) -> Vec<Identified> {
    let from = own.start.saturating_add(1);
    let end = own.end.min(own.start.saturating_add(SELF_PROVING)).max(from);
    let below = lines.get(from..end).unwrap_or_default();
    // Boxes of digits go on over spaces, and the next line begins with the number of its own.
    let all = [&[text], below].concat().join("\n");
    let read = || {
        let year = years_of_birth(&all).first().copied()?;
        let number = personal_numbers(&all).into_iter().next()?;
        (encoded_year(&number) == Some(year)).then_some((number, year))
    };
    let Some((number, year)) = read() else { return Vec::new() };
    let one = |name| Identified { name, number: number.clone(), year };
    names.into_iter().take(MOST).map(one).collect()
}

/// "sinh ngày 21/05/1959", "năm sinh 1971"; forms ask for the "tên khai sinh" before.
fn years_of_birth(text: &str) -> Vec<u16> {
    let words = words(text);
    let born = words.iter().enumerate().filter(|(_, word)| *word == "sinh");
    let near = born.flat_map(|(at, _)| words.iter().skip(at).take(8));
    let years = near.filter(|word| word.len() == 4).filter_map(|word| word.parse().ok());
    years.filter(|year| (1900..2100).contains(year)).collect()
}

/// The year of birth in a personal number: its fourth digit tells century and sex, the next two the year.
fn encoded_year(number: &str) -> Option<u16> {
    let century: u16 = number.get(3..4)?.parse().ok()?;
    let year: u16 = number.get(4..6)?.parse().ok()?;
    Some(
        1900_u16.saturating_add(century.saturating_div(2).saturating_mul(100)).saturating_add(year),
    )
}

/// The day of birth a line states.
fn born(line: &str) -> Option<Date> {
    let folded = words(line).join(" ");
    let says = ["ngay sinh", "nam sinh", "sinh ngay", "date of birth", "sinh nam"];
    if !says.iter().any(|says| folded.contains(says)) {
        return None;
    }
    dates(line).into_iter().next()
}

/// The day of birth that a line or one of the next states, whoever read it and how surely.
pub(crate) fn born_below(piece: &Piece, line: usize) -> Option<Date> {
    piece.lines().skip(line).take(REACH).find_map(born)
}

/// The people of a paper.
pub(crate) fn people(piece: &Piece) -> &People {
    piece.people.get_or_init(|| read_people(piece))
}

fn read_people(piece: &Piece) -> People {
    let lines: Vec<&str> = piece.lines().collect();
    let proven = identified(piece).iter().map(|one| one.number.clone()).collect();
    let mut people = People { proven, ..People::default() };
    let (mut known, mut numbers) = (BTreeSet::new(), BTreeSet::new());
    for (at, line) in lines.iter().enumerate() {
        let names = names_in(line, lines.get(at.saturating_add(1)).copied());
        for name in names.into_iter().chain(names_of_columns(line)) {
            if known.insert(name.clone()) {
                people.names.push(name);
            }
        }
        for number in personal_numbers(line) {
            if numbers.insert(number.clone()) {
                people.numbers.push(number);
            }
        }
        if people.names.len().max(people.numbers.len()) > MOST {
            people.more = true;
            people.names.truncate(MOST);
            people.numbers.truncate(MOST);
            break;
        }
    }
    people
}

/// The places of the lines on which somebody is named or numbered.
pub(crate) fn named_on(piece: &Piece) -> Vec<usize> {
    let lines: Vec<&str> = piece.lines().collect();
    let names = |at: usize, line: &str| {
        !personal_numbers(line).is_empty()
            || !names_in(line, lines.get(at.saturating_add(1)).copied()).is_empty()
    };
    lines.iter().enumerate().filter(|(at, line)| names(*at, line)).map(|(at, _)| at).collect()
}

/// Whom a paper has to speak of here: who takes what a contract gives, "BÊN THUÊ (BÊN B): …", and the child whom
/// a finding is about, "cháu …".
pub(crate) fn subjects(piece: &Piece) -> Vec<(Vec<String>, usize)> {
    let mut found = Vec::new();
    let lines: Vec<&str> = piece.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        if found.len() >= MOST {
            break;
        }
        let taker = || {
            let (label, value) = line.split_once(':').unwrap_or((line, ""));
            is_taker(&words(label)).then_some(())?;
            // "BÊN THUÊ (BÊN B):", and the name on the next line that is no remark.
            let mut below = lines.iter().skip(at).skip(1).filter(|line| !line.starts_with('('));
            let below = below.next().filter(|_| value.trim().is_empty());
            let below = || names_in(below?, None).into_iter().next();
            name_at(value.split_whitespace()).or_else(below)
        };
        let child = child_in(line, lines.get(at.saturating_add(1)).copied());
        let child = child.map(|(name, _)| name);
        found.extend(taker().into_iter().chain(child).map(|name| (name, at)));
    }
    found.extend(whose(piece));
    found.extend(authoriser(piece));
    found
}

/// Who authorises somebody: the first who is named after "Bên ủy quyền", "Người ủy quyền".
fn authoriser(piece: &Piece) -> Option<(Vec<String>, usize)> {
    piece.is_of("van-ban-uy-quyen").then_some(())?;
    named_after(piece, &["ben uy quyen", "nguoi uy quyen"], REACH)
}

/// Whom a letter authorises: the first who is named after "Bên được ủy quyền", "ủy quyền cho", or as party B.
pub(crate) fn authorised(piece: &Piece) -> Option<(Vec<String>, usize)> {
    const HEADS: &[&str] = &[
        "ben duoc uy quyen",
        "nguoi duoc uy quyen",
        "ben nhan uy quyen",
        "nguoi nhan uy quyen",
        "uy quyen cho",
        "nay uy quyen",
    ];
    let to_be_found = REACH.saturating_add(REACH);
    named_after(piece, HEADS, to_be_found).or_else(|| named_after(piece, &["ben b"], to_be_found))
}

/// The first who is named on the first line that says one of these or on one of so many next.
fn named_after(piece: &Piece, heads: &[&str], reach: usize) -> Option<(Vec<String>, usize)> {
    let lines: Vec<&str> = piece.lines().collect();
    let is_head = |line: &&str| {
        let folded = format!(" {} ", phrase(line));
        heads.iter().any(|head| folded.contains(&format!(" {head} ")))
    };
    let from = lines.iter().position(is_head)?;
    let to = from.saturating_add(reach).min(lines.len());
    (from..to).find_map(|at| {
        let next = lines.get(at.saturating_add(1)).copied();
        Some((names_in(lines.get(at)?, next).into_iter().next()?, at))
    })
}

/// Who heads a numbered row of a list: "1 Hà Quang Điện, Phó Tổ trưởng".
pub(crate) fn listed(line: &str) -> Option<Vec<String>> {
    let numbered = line.starts_with(|c: char| c.is_ascii_digit());
    let row = line.trim_start_matches(|c: char| c.is_ascii_digit() || ".) |".contains(c));
    numbered.then(|| name_at(row.split_whitespace()))?
}

/// Who asks, as a form says: "Họ, chữ đệm, tên người yêu cầu: …".
pub(crate) fn requester(form: &Piece) -> Option<Vec<String>> {
    let below = form.lines().skip(1).map(Some).chain(std::iter::once(None));
    form.lines().zip(below).find_map(|(line, below)| {
        let label = phrase(line.split_once(':')?.0);
        label.ends_with("nguoi yeu cau").then(|| names_in(line, below).into_iter().next())?
    })
}

/// Whom a paper about one person may be of, by its kind: who is named behind a label that may be meant. On a birth
/// certificate the parents below are others; the certificate of the hospital is one of the mother, or of either of two.
fn whose(piece: &Piece) -> Vec<(Vec<String>, usize)> {
    let has = |label: &str, words: &[&str]| label.split(' ').any(|word| words.contains(&word));
    let of_one = ["bao-cao-thanh-tich", "giay-bao-tu", "giay-xac-nhan-tinh-trang-hon-nhan"];
    if piece.is_of("giay-khai-sinh") {
        named(piece, |label| !has(label, &["cha", "me"])).take(1).collect()
    } else if piece.is_of("giay-chung-sinh") {
        named(piece, |label| has(label, &["me", "phu"])).collect()
    } else if of_one.iter().any(|kind| piece.is_of(kind)) {
        let others = |label: &str| {
            let label = format!(" {label} ");
            OTHERS.iter().any(|other| label.contains(&format!(" {other} ")))
        };
        named(piece, |label| !others(label)).take(1).collect()
    } else {
        Vec::new()
    }
}

/// Who else is named on a paper about one person: whoever tells, asks or signs.
const OTHERS: &[&str] =
    &["bao tin", "bac si", "tham quyen", "ky", "yeu cau", "nguoi lap", "nguoi ghi"];

/// Who stands behind a label that asks for a name or below it, if the label may be meant, and on which line.
fn named<'a>(
    piece: &'a Piece,
    may_be_meant: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = (Vec<String>, usize)> + 'a {
    let below = piece.lines().skip(1).map(Some).chain(std::iter::once(None));
    piece.lines().zip(below).enumerate().filter_map(move |(at, (line, below))| {
        let (label, value) = line.split_once(':')?;
        let label = phrase(label);
        // Forms number their lines.
        let label = label.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let names =
            ["ho chu dem ten", "ho va ten", "ho ten"].iter().any(|it| label.starts_with(it));
        let names = names || ["ong", "ba", "ong ba"].contains(&label);
        (names && may_be_meant(label)).then_some(())?;
        let value = if value.trim().is_empty() { below? } else { value };
        Some((name_at(value.split_whitespace())?, at))
    })
}

/// How contracts call who takes.
const TAKERS: &[&str] = &[
    "ben thue",
    "ben muon",
    "ben o nho",
    "ben duoc o nho",
    "ben duoc tang cho",
    "nguoi thue",
    "nguoi o nho",
];

/// What may stand beside that in a heading: "BÊN B (BÊN THUÊ NHÀ)". "Bên thuê trả tiền cho:" is none.
const BESIDE_TAKERS: &[&str] =
    &["ben", "a", "b", "nha", "o", "phong", "tro", "dat", "sau", "day", "goi", "la", "tat", "va"];

fn is_taker(label: &[String]) -> bool {
    let label = label.join(" ");
    TAKERS.iter().any(|taker| {
        label.split_once(taker).is_some_and(|(before, after)| {
            let mut beside = before.split_whitespace().chain(after.split_whitespace());
            beside.all(|word| BESIDE_TAKERS.contains(&word))
        })
    })
}

/// Numbers of twelve digits, of which a province's code of 001 to 096 comes first; forms print them with a box for
/// each digit.
fn personal_numbers(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut digits = String::new();
    for c in line.chars().chain(std::iter::once('.')) {
        if c.is_ascii_digit() {
            digits.push(c);
        } else if c != ' ' {
            if digits.len() == 12 && digits.starts_with('0') {
                found.push(digits.clone());
            }
            digits.clear();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_after_their_labels() {
        let names = |line, next| {
            names_in(line, next).into_iter().map(|name| name.join(" ")).collect::<Vec<_>>()
        };
        assert_eq!(names("Họ và tên mẹ: Lương Thị Ngân", None), ["luong thi ngan"]);
        assert_eq!(names("TÊN BẢN VẼ", None), Vec::<String>::new());
        assert_eq!(names("ỞNG BAN ĐẠI DIỆN", None), Vec::<String>::new());
        assert_eq!(names("ÔNG ĐẶNG VĂN VÍ", None), ["dang van vi"]);
        assert_eq!(names("Ông: CAO VĂN LÀNH, năm sinh 1962", None), ["cao van lanh"]);
        assert_eq!(
            names("Họ, chữ đệm và tên khai sinh / Full name:", Some("NGÔ QUANG VINH")),
            ["ngo quang vinh"]
        );
        assert_eq!(names("Họ và tên / Full name", Some("QUÁCH ĐĂNG KHOA")), ["quach dang khoa"]);
        assert_eq!(names("Tôi là: Trần Thị Mẫu, sinh ngày 01/01/1990", None), ["tran thi mau"]);
        let nobody = Vec::<String>::new();
        assert_eq!(names("Số định danh cá nhân của chủ hộ: IEREI BI Em", None), nobody);
        assert_eq!(names("Họ và tên: Sơn Văn Hoài Giới tính: Nam", None), ["son van hoai"]);
        for place in [
            "Nơi cấp: Hồ Chí Minh",
            "Địa chỉ: Trần Hưng Đạo",
            "Địa chỉ: 12 Ông Ích Khiêm",
            "Ở đường Bà Huyện Thanh Quan",
            "Nơi đăng ký khai sinh: Hồ Chí Minh",
            "Quận Hải Châu Đà Nẵng",
        ] {
            assert_eq!(names(place, None), nobody, "{place}");
        }
        assert_eq!(names("Địa chỉ: nhà ông Trần Văn Lá", None), ["tran van la"]);
        assert_eq!(names("Nơi cấp: Huế. Chủ hộ: Trần Văn Lá", None), ["tran van la"]);
        assert_eq!(names("1. Ông Ích Khiêm", None), ["ich khiem"]);
        for numbered in [
            "Bên cho thuê: 1/ Bà Lù Thị Mỷ",
            "1/Bà Lù Thị Mỷ",
            "1- Bà Lù Thị Mỷ",
            "Bên cho thuê: 1 - Bà Lù Thị Mỷ",
            "1) Bà Lù Thị Mỷ",
            "1 Bà Lù Thị Mỷ",
        ] {
            assert_eq!(names(numbered, None), ["lu thi my"], "{numbered}");
        }
        assert_eq!(names("2/ Ông Vàng Seo Lử", None), ["vang seo lu"]);
        assert_eq!(names("45/3 Ông Ích Khiêm, gần nhà 12 Ông Ích Khiêm", None), nobody);
        assert_eq!(
            personal_numbers("Số định danh cá nhân: 0 9 2 0 9 7 9 9 9 0 5 4"),
            ["092097999054"]
        );
    }
}
