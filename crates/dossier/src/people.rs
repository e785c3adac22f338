//! Whose paper it is: names after their labels, and personal numbers.

use jiff::civil::Date;
use motcua_text::{MentionKind, mentions};

use crate::{
    piece::Piece,
    words::{likeness, phrase, words},
};

/// The people a paper names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct People {
    /// Folded names, each at least two syllables.
    pub(crate) names: Vec<Vec<String>>,
    /// Personal identification numbers, twelve digits.
    pub(crate) numbers: Vec<String>,
    /// Those of them that the birthday beside them bears out: no digit of them was misread.
    pub(crate) proven: Vec<String>,
}

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

/// Somebody whose number was read beyond doubt: it encodes the year of birth that the paper states beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identified {
    /// Folded name.
    pub(crate) name: Vec<String>,
    /// Personal identification number.
    pub(crate) number: String,
    /// Year of birth.
    pub(crate) year: u16,
}

/// Who is identified on a paper, by what follows each name within a few lines.
pub(crate) fn identified(piece: &Piece) -> Vec<Identified> {
    let lines: Vec<&str> = piece.lines().collect();
    let named = lines.iter().enumerate().flat_map(|(at, line)| {
        let next = lines.get(at.saturating_add(1)).copied();
        let names = names_in(line, next).into_iter().map(move |name| (name, at, *line));
        // What stands before "cháu" on its line is of somebody else, of the mother mostly.
        let child = child_in(line, next);
        names.chain(child.map(|(name, from)| (name, at, from)))
    });
    let places: Vec<(Vec<String>, usize, &str)> = named.collect();
    let of_one = |(name, at, from): &(Vec<String>, usize, &str)| {
        let end = places.iter().map(|(_, other, _)| *other).find(|other| other > at);
        let end = end.unwrap_or(lines.len()).min(at.saturating_add(SELF_PROVING));
        let below = lines.get(at.saturating_add(1)..end.max(at.saturating_add(1)))?;
        let own = [&[*from], below].concat().join(" ");
        let year = years_of_birth(&own).next()?;
        let number = personal_numbers(&own).into_iter().next()?;
        let name = name.clone();
        (encoded_year(&number) == Some(year)).then_some(Identified { name, number, year })
    };
    places.iter().filter_map(of_one).collect()
}

/// "sinh ngày 21/05/1959", "năm sinh 1971".
fn years_of_birth(text: &str) -> impl Iterator<Item = u16> {
    let words = words(text);
    let born = words.iter().position(|word| word == "sinh").unwrap_or(words.len());
    let years = words.into_iter().skip(born).take(8).filter(|word| word.len() == 4);
    years.filter_map(|word| word.parse().ok()).filter(|year| (1900..2100).contains(year))
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
    let mut dates = mentions(line).into_iter().filter(|mention| mention.kind == MentionKind::Date);
    dates.find_map(|mention| mention.canonical.parse().ok())
}

/// The day of birth that a line or one of the next states, whoever read it and how surely.
pub(crate) fn born_below(piece: &Piece, line: usize) -> Option<Date> {
    piece.lines().skip(line).take(REACH).find_map(born)
}

/// Labels after which a person's name stands.
const LABELS: &[&str] = &["toi la", "toi ten la", "ten toi la", "ong ba", "ong", "ba", "chau"];

/// Labels that a colon must follow, as the same words also stand elsewhere.
const FIELD_LABELS: &[&str] = &[
    "ho va ten",
    "ho ten",
    "ho chu dem ten",
    "ho chu dem va ten",
    "full name",
    "ten",
    "nguoi yeu cau",
    "khai sinh",
    "me",
    "cha",
    "chong",
    "vo",
    "chu ho",
    "ben nam",
    "ben nu",
    "ten chu dau tu",
];

/// Reads the people of a paper.
pub(crate) fn people(piece: &Piece) -> People {
    let lines: Vec<&str> = piece.lines().collect();
    let proven = identified(piece).into_iter().map(|one| one.number).collect();
    let mut people = People { proven, ..People::default() };
    for (at, line) in lines.iter().enumerate() {
        let named = names_in(line, lines.get(at.saturating_add(1)).copied());
        for name in named.into_iter().chain(names_of_columns(line)) {
            if !people.names.contains(&name) {
                people.names.push(name);
            }
        }
        people.numbers.extend(personal_numbers(line));
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
        let taker = line.split_once(':').and_then(|(label, value)| {
            let label = words(label).join(" ");
            let takes = TAKERS.iter().any(|taker| label.starts_with(taker));
            name_at(value.split_whitespace()).filter(|_| takes)
        });
        let child = child_in(line, lines.get(at.saturating_add(1)).copied());
        let child = child.map(|(name, _)| name);
        found.extend(taker.into_iter().chain(child).map(|name| (name, at)));
    }
    found.extend(whose_birth(piece));
    found.extend(whose_report(piece));
    found.extend(authoriser(piece));
    found
}

/// Who authorises somebody: the first who is named after "Bên ủy quyền", "Người ủy quyền".
fn authoriser(piece: &Piece) -> Option<(Vec<String>, usize)> {
    piece.is_of("van-ban-uy-quyen").then_some(())?;
    let lines: Vec<&str> = piece.lines().collect();
    let gives = |line: &&str| {
        let folded = phrase(line);
        ["ben uy quyen", "nguoi uy quyen"].iter().any(|who| folded.contains(who))
    };
    let from = lines.iter().position(gives)?;
    let to = from.saturating_add(REACH).min(lines.len());
    let named = (from..to).filter_map(|at| {
        let next = lines.get(at.saturating_add(1)).copied();
        Some((names_in(lines.get(at)?, next).into_iter().next()?, at))
    });
    named.take(1).next()
}

/// Whom a birth certificate is of: who is named first on it. The parents below are others.
fn whose_birth(piece: &Piece) -> Option<(Vec<String>, usize)> {
    let parents = |label: &str| label.split(' ').any(|word| ["cha", "me"].contains(&word));
    piece.is_of("giay-khai-sinh").then(|| first_named(piece, |label| !parents(label)))?
}

/// Whose achievements a report tells of: who is named first on it.
fn whose_report(piece: &Piece) -> Option<(Vec<String>, usize)> {
    piece.is_of("bao-cao-thanh-tich").then(|| first_named(piece, |_| true))?
}

/// Who stands first behind a label that asks for a name, if the label may be meant, and on which line.
fn first_named(piece: &Piece, may_be_meant: impl Fn(&str) -> bool) -> Option<(Vec<String>, usize)> {
    piece.lines().enumerate().find_map(|(at, line)| {
        let (label, value) = line.split_once(':')?;
        let label = phrase(label);
        // Forms number their lines.
        let label = label.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let names =
            ["ho chu dem ten", "ho va ten", "ho ten"].iter().any(|it| label.starts_with(it));
        (names && may_be_meant(label)).then_some(())?;
        Some((name_at(value.split_whitespace())?, at))
    })
}

/// The child of "cháu …", with what the line says from there on. A name that reaches the end of its line may go on in
/// the `next`, up to a comma: "cháu Nông Gia" and below "Bảo, sinh ngày".
fn child_in<'a>(line: &'a str, next: Option<&str>) -> Option<(Vec<String>, &'a str)> {
    // "Châu" is a surname.
    let is_child = |token: &str| ["cháu", "chau"].contains(&token.to_lowercase().as_str());
    let mut rest = line;
    let from = loop {
        let (token, after) = rest.split_once(char::is_whitespace)?;
        if is_child(token) {
            break after;
        }
        rest = after;
    };
    let name = name_at(from.split_whitespace())?;
    let reaches_the_end = from.split_whitespace().count() == name.len() && !from.ends_with(',');
    let up_to_comma = next.and_then(|next| next.split_once(',')).map(|(more, _)| more);
    let more = up_to_comma.filter(|more| reaches_the_end && more.split_whitespace().count() <= 2);
    let whole =
        more.and_then(|more| name_at(from.split_whitespace().chain(more.split_whitespace())));
    Some((whole.unwrap_or(name), from))
}

/// The names that may stand in a row of two columns, "Họ, chữ đệm, tên MÔNG THỊ HÀ ĐÀM QUANG KHÁNH": wherever the
/// first may end. Of those only the right ones can be found elsewhere.
fn names_of_columns(line: &str) -> Vec<Vec<String>> {
    let tokens: Vec<&str> = line.split_whitespace().collect();
    let head = |count: usize| tokens.iter().take(count).copied().collect::<Vec<_>>().join(" ");
    let label = match (phrase(&head(4)).as_str(), phrase(&head(3)).as_str()) {
        ("ho chu dem ten", _) => 4,
        (_, "ho va ten") => 3,
        _ => return Vec::new(),
    };
    let capital = |token: &&str| token.chars().next().is_some_and(char::is_uppercase);
    let names: Vec<&str> = tokens.iter().skip(label).copied().collect();
    if head(label).ends_with(':') || names.len() < 4 || !names.iter().all(capital) {
        return Vec::new();
    }
    let all = words(&names.join(" "));
    let ends = 2..all.len().saturating_sub(1);
    ends.flat_map(|end| {
        let (first, second) = all.split_at(end.min(all.len()));
        [first.to_vec(), second.to_vec()]
    })
    .collect()
}

/// How contracts call who takes.
const TAKERS: &[&str] = &["ben thue", "ben muon", "ben o nho", "ben duoc tang cho"];

/// Names on a line: capitalised words right after a label, or on the next line if the label ends this one.
fn names_in(line: &str, next: Option<&str>) -> Vec<Vec<String>> {
    let tokens: Vec<&str> = line.split_whitespace().collect();
    let mut names = Vec::new();
    for start in 0..tokens.len() {
        let before = tokens.iter().take(start).copied().collect::<Vec<_>>().join(" ");
        let Some(name) = name_at(tokens.iter().skip(start).copied()) else { continue };
        if (ends_with_label(&before) && !is_office(&before, &name)) || is_named(&before, &name) {
            names.push(name);
        }
    }
    if (line.trim_end().ends_with(':') && ends_with_label(line)) || is_card_label(line) {
        names.extend(next.and_then(|next| name_at(next.split_whitespace())));
    }
    names
}

/// "Họ và tên / Full name", as cards and passports have it above the name, with a colon or without.
fn is_card_label(line: &str) -> bool {
    words(line).ends_with(&["full".to_owned(), "name".to_owned()])
}

fn ends_with_label(text: &str) -> bool {
    let folded = words(text).join(" ");
    let colon = text.trim_end().ends_with(':');
    let ends = |label: &&str| folded == **label || folded.ends_with(&format!(" {label}"));
    LABELS.iter().any(&ends) || (colon && (FIELD_LABELS.iter().any(&ends) || is_name_label(text)))
}

/// Most Vietnamese bear one of these, so that "Người sử dụng đất: TRẦN VĂN AN" tells a person whatever the label.
const SURNAMES: &[&str] = &[
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do",
    "ho", "ngo", "duong", "ly", "dinh", "truong", "doan", "dao", "trinh", "lam", "luong", "mai",
    "ta", "chu", "luu", "quach", "nong", "cao", "chau", "tong", "vuong", "thai", "kieu", "to",
    "phung", "giang", "giap", "khuat", "au", "kim",
];

/// Whether a value of three syllables or more looks like a person's name: "Lê Lợi" is a street.
fn is_named(before: &str, name: &[String]) -> bool {
    before.trim_end().ends_with(':') && has_surname(name) && name.len() >= 3
}

/// "TRƯỞNG BAN ĐẠI DIỆN", of which a seal left "ỞNG BAN ĐẠI DIỆN": nobody's name.
fn is_office(before: &str, name: &[String]) -> bool {
    let label = before.split_whitespace().last().unwrap_or_default();
    label.chars().all(char::is_uppercase) && !has_surname(name)
}

fn has_surname(name: &[String]) -> bool {
    name.first().is_some_and(|first| SURNAMES.contains(&first.as_str()))
}

/// "Họ, chữ đệm, tên người chết:", whoever it is that the label speaks of.
fn is_name_label(text: &str) -> bool {
    let label = text.trim_end().trim_end_matches(':');
    let label = label.rsplit([':', ';']).next().unwrap_or(label);
    let folded = format!(" {} ", words(label).join(" "));
    ["ho va ten", "ho ten", "ho chu dem", "cap cho"]
        .iter()
        .any(|name| folded.contains(&format!(" {name} ")))
}

/// Two to five capitalised words in a row.
fn name_at<'a>(tokens: impl Iterator<Item = &'a str>) -> Option<Vec<String>> {
    let mut name = Vec::new();
    for token in tokens.take(5) {
        let bare = token.trim_matches(|c: char| !c.is_alphabetic());
        let capital = bare.chars().next().is_some_and(char::is_uppercase);
        if !capital || !bare.chars().all(char::is_alphabetic) {
            break;
        }
        name.extend(words(bare));
        // A comma or a row of dots ends a name.
        if token.ends_with(|c: char| !c.is_alphabetic()) {
            break;
        }
    }
    (name.len() >= 2).then_some(name)
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

impl People {
    /// Whether the paper names nobody and bears no personal number.
    pub(crate) fn is_nobody(&self) -> bool {
        self.names.is_empty() && self.numbers.is_empty()
    }

    /// Whether somebody here is also named there, forgiving a misread syllable or digit.
    pub(crate) fn share_someone(&self, text: &[String], others: &Self) -> bool {
        let named = |name: &Vec<String>| {
            // "Thị" and "Văn" tell nobody from anybody: of "Mông Thị Hà" nothing may be misread.
            let telling =
                name.iter().filter(|word| !["thi", "van"].contains(&word.as_str())).count();
            let forgiven = usize::from(telling >= 3);
            text.windows(name.len()).any(|window| {
                let same = window.iter().zip(name).filter(|(a, b)| likeness(a, b) > 0.0).count();
                // The given name stands last; "Nguyễn Thị" alone is half the country.
                let given =
                    window.last().zip(name.last()).is_some_and(|(a, b)| likeness(a, b) > 0.0);
                given && same.saturating_add(forgiven) >= name.len()
            })
        };
        let numbered = |number: &String| {
            others.numbers.iter().any(|other| {
                let apart = number.chars().zip(other.chars()).filter(|(a, b)| a != b).count();
                let both = self.proven.contains(number) && others.proven.contains(other);
                apart == 0 || (apart <= 2 && !both)
            })
        };
        self.names.iter().any(named) || self.numbers.iter().any(numbered)
    }
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
        assert_eq!(
            personal_numbers("Số định danh cá nhân: 0 9 2 0 9 7 9 9 9 0 5 4"),
            ["092097999054"]
        );
    }
}
