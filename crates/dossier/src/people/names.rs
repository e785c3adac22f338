//! Names as they stand on a line, after their labels.

use super::places::{begins_street, is_place_label, is_province, is_word};
use crate::words::{phrase, words, words_of_line};

/// Labels after which a person's name stands.
const LABELS: &[&str] = &["toi la", "toi ten la", "ten toi la", "ong ba", "ong"];

/// Labels that without their marks are other words: three, and the surname Châu.
const MARKED_LABELS: &[&str] = &["bà", "cháu"];

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

/// Names on a line: capitalised words right after a label, or on the next line if the label ends this one.
pub(super) fn names_in(line: &str, next: Option<&str>) -> Vec<Vec<String>> {
    let tokens: Vec<&str> = line.split_whitespace().collect();
    let mut names = Vec::new();
    let mut before = Before::of(line);
    for (start, token) in tokens.iter().enumerate() {
        if let Some(label) = before.label() {
            let name = name_at(tokens.iter().skip(start).copied());
            names.extend(name.filter(|name| before.may_name(label, name)));
        }
        before.read(token);
    }
    let asks = before.label().filter(|label| before.colon && *label != Label::Colon);
    if let Some(label) = is_card_label(line).then_some(Label::Name).or(asks) {
        let name = next.and_then(|next| name_at(next.split_whitespace()));
        names.extend(name.filter(|name| before.may_name(label, name)));
    }
    names
}

/// What stands right before a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    /// "Họ và tên người chết:", which nothing but a name can follow.
    Name,
    /// "Ông", "tôi là".
    Title,
    /// "Chủ hộ:".
    Field,
    /// Any other words with a colon.
    Colon,
}

/// What was read of a line so far. Only as much of it is looked at for each word as a label may have, however long the
/// line is: a field's label is read once, at its colon.
struct Before<'a> {
    /// Whether anything on the line has marks.
    marked: bool,
    /// The folded words.
    folded: Vec<String>,
    /// The last two tokens, the last one first. Of those without letters and digits only a dash is one.
    last: [&'a str; 2],
    /// The tokens since the last colon or semicolon.
    field: Vec<&'a str>,
    /// It ends with a colon.
    colon: bool,
    /// What the last field asks for.
    asks: Asks,
}

/// What a field asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    Name,
    Place,
    Number,
    Other,
}

impl<'a> Before<'a> {
    fn of(line: &str) -> Self {
        Self {
            marked: line.chars().any(|c| c.is_alphabetic() && !c.is_ascii()),
            folded: Vec::new(),
            last: ["", ""],
            field: Vec::new(),
            colon: false,
            asks: Asks::Other,
        }
    }

    fn read(&mut self, token: &'a str) {
        if token.contains(|c: char| c.is_alphanumeric() || ['-', '–'].contains(&c)) {
            self.last = [token, self.last[0]];
        }
        self.folded.extend(words_of_line(token));
        self.colon = token.ends_with(':');
        for part in token.split_inclusive([':', ';']) {
            let text = part.trim_end_matches([':', ';']);
            if text.len() == part.len() {
                self.field.push(text);
                continue;
            }
            let mut label = std::mem::take(&mut self.field);
            label.push(text);
            self.end_field(&label.join(" "), part.ends_with(':'));
        }
    }

    /// A colon ends a field's label, a semicolon all that it asks for.
    fn end_field(&mut self, label: &str, colon: bool) {
        if colon && !label.contains(char::is_alphanumeric) {
            return;
        }
        self.asks = match colon {
            true if is_name_label(label) => Asks::Name,
            true if asks_for_place(label) => Asks::Place,
            true if asks_for_number(label) => Asks::Number,
            _ => Asks::Other,
        };
    }

    /// The label that ends here.
    fn label(&self) -> Option<Label> {
        if self.colon && self.asks == Asks::Name {
            return Some(Label::Name);
        }
        let is_title = |word: &str| is_word(self.last[0], word, self.marked);
        if LABELS.iter().any(|label| self.ends_with(label))
            || MARKED_LABELS.iter().any(|word| is_title(word))
        {
            return Some(Label::Title);
        }
        let is_field = || FIELD_LABELS.iter().any(|label| self.ends_with(label));
        match self.colon {
            true if is_field() => Some(Label::Field),
            true => Some(Label::Colon),
            false => None,
        }
    }

    fn ends_with(&self, label: &str) -> bool {
        let mut words = self.folded.iter().rev();
        label.rsplit(' ').all(|word| words.next().is_some_and(|own| own == word))
    }

    /// Whether what follows the label may be somebody's name.
    fn may_name(&self, label: Label, name: &[String]) -> bool {
        // "Bà Rịa - Vũng Tàu".
        let titled = || [self.folded.last().cloned().as_slice(), name].concat();
        let is_place = || is_province(name) || starts_with_province(&titled());
        match label {
            Label::Name => true,
            // "Lê Lợi" is a street.
            Label::Colon => {
                self.asks != Asks::Place && has_surname(name) && name.len() >= 3 && !is_place()
            }
            Label::Field => ![Asks::Place, Asks::Number].contains(&self.asks) && !is_province(name),
            Label::Title => {
                // The title and one word before it.
                let begins_line = self.folded.len() == 2;
                let of_street =
                    self.asks == Asks::Place || begins_street(self.last[1], begins_line);
                (has_surname(name) || !of_street) && !is_office(self.last[0], name) && !is_place()
            }
        }
    }
}

/// "Số định danh cá nhân của chủ hộ": what a recogniser makes of its empty boxes may look like a name.
fn asks_for_number(label: &str) -> bool {
    let label = phrase(label);
    ["so dinh danh", "so cccd", "so the", "so dien thoai"].iter().any(|it| label.contains(it))
}

/// Whether the last part of a field's label asks for a place: of "Ông A, nơi cư trú" the words after the comma.
fn asks_for_place(label: &str) -> bool {
    let plain = label.split('(').next().unwrap_or(label);
    is_place_label(plain.rsplit(',').next().unwrap_or(plain))
}

fn starts_with_province(name: &[String]) -> bool {
    (2..=name.len()).any(|count| name.get(..count).is_some_and(is_province))
}

/// "Họ và tên / Full name", as cards and passports have it above the name, with a colon or without.
fn is_card_label(line: &str) -> bool {
    words(line).ends_with(&["full".to_owned(), "name".to_owned()])
}

/// Most Vietnamese bear one of these, so that "Người sử dụng đất: TRẦN VĂN AN" tells a person whatever the label.
const SURNAMES: &[&str] = &[
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do",
    "ho", "ngo", "duong", "ly", "dinh", "truong", "doan", "dao", "trinh", "lam", "luong", "mai",
    "ta", "chu", "luu", "quach", "nong", "cao", "chau", "tong", "vuong", "thai", "kieu", "to",
    "phung", "giang", "giap", "khuat", "au", "kim",
];

/// "TRƯỞNG BAN ĐẠI DIỆN", of which a seal left "ỞNG BAN ĐẠI DIỆN": nobody's name.
fn is_office(label: &str, name: &[String]) -> bool {
    label.chars().all(char::is_uppercase) && !has_surname(name)
}

fn has_surname(name: &[String]) -> bool {
    name.first().is_some_and(|first| SURNAMES.contains(&first.as_str()))
}

/// "Họ, chữ đệm, tên người chết", whoever it is that the label speaks of.
fn is_name_label(label: &str) -> bool {
    let folded = format!(" {} ", phrase(label));
    ["ho va ten", "ho ten", "ho chu dem", "cap cho"]
        .iter()
        .any(|name| folded.contains(&format!(" {name} ")))
}

/// Somebody named in a note, by what stands right before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Noted {
    pub(crate) name: Vec<String>,
    pub(crate) how: How,
}

/// How somebody is named in a note about who came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum How {
    /// In passing: "vợ anh Trần Văn Sơn", "nhờ hàng xóm Lê Văn Tám chở", "ở đường Lê Lợi".
    InPassing,
    /// As whoever came, as far as can be told: "đồng nghiệp Lê Văn Tám", or further on in the note.
    Perhaps,
    /// As whoever came: the name opens the note or follows kin there, "em trai Lưu Trung Kiên".
    Surely,
}

/// Everybody who is named in a note.
pub(crate) fn noted_names(text: &str) -> Vec<Noted> {
    let mut found = Vec::new();
    for (place, clause) in text.split([',', ';', '.', '(', ')']).enumerate() {
        let tokens: Vec<&str> = clause.split_whitespace().collect();
        let (mut from, mut at) = (0, 0);
        while let Some(token) = tokens.get(at) {
            let rest = tokens.iter().skip(at).copied();
            let name = (!is_title(token) && !is_kin(token)).then(|| name_at(rest)).flatten();
            // Without a surname that is known two capitals are rather the beginning of something else.
            let name = name.filter(|name| has_surname(name) || (place == 0 && name.len() >= 3));
            let Some(name) = name else {
                at = at.saturating_add(1);
                continue;
            };
            let before = tokens.get(from..at).unwrap_or_default();
            at = at.saturating_add(name.len());
            from = at;
            let after = tokens.get(at..).unwrap_or_default();
            found.push(Noted { how: how(before, after, place == 0), name });
        }
    }
    found
}

fn how(before: &[&str], after: &[&str], first: bool) -> How {
    let has = |words: &[&str], any: &[&str]| words.iter().any(|word| any.contains(&&*bare(word)));
    let titles = before.iter().rev().take_while(|word| is_title(word)).count();
    let words = before.get(..before.len().saturating_sub(titles)).unwrap_or_default();
    let called = words.last().is_none_or(|last| bare(last) == "là");
    let of_kin = called || (titles == 0 && words.iter().all(|word| is_kin(word)));
    match (of_kin, first) {
        _ if has(after, HELPING) => How::InPassing,
        (true, true) => How::Surely,
        (true, false) => How::Perhaps,
        (false, true) if titles == 0 && !has(words, OF_OTHERS) => How::Perhaps,
        (false, _) => How::InPassing,
    }
}

/// What somebody does who does not come in another's place: drive, receive, show how.
const HELPING: &[&str] = &["chở", "tiếp", "hướng", "giúp", "quẹt", "đưa"];

/// Before whom or what a note names beside whoever came: whose kin, with whom, in whose place, from where.
const OF_OTHERS: &[&str] = &[
    "của",
    "nhờ",
    "cùng",
    "với",
    "ở",
    "từ",
    "quê",
    "đường",
    "phố",
    "trường",
    "ty",
    "bộ",
    "tại",
    "tp",
    "tỉnh",
    "xã",
    "phường",
    "cho",
    "thay",
    "hộ",
    "giùm",
    "hướng",
    "tiếp",
    "thôn",
    "tổ",
];

fn is_title(word: &str) -> bool {
    ["ông", "bà", "anh", "chị", "em", "cô", "chú", "bác", "cháu"].contains(&&*bare(word))
}

/// Kin as notes name them: "em trai ruột", "con gái", "người được ủy quyền".
fn is_kin(word: &str) -> bool {
    const KIN: &[&str] = &[
        "con", "vợ", "chồng", "cha", "mẹ", "bố", "ruột", "trai", "gái", "dâu", "rể", "nội",
        "ngoại", "dì", "cậu", "mợ", "thím", "người", "được", "ủy", "uỷ", "quyền",
    ];
    is_title(word) || KIN.contains(&&*bare(word))
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Labels that stand behind a name on its line.
const NEXT_LABELS: &[&str] = &[
    "gioi tinh",
    "dan toc",
    "quoc tich",
    "sinh ngay",
    "ngay sinh",
    "nam sinh",
    "sinh nam",
    "chuc vu",
    "chuc danh",
    "nghe nghiep",
    "so dinh",
    "que quan",
    "don vi",
    "quan he",
    "ton giao",
];

/// So many words a name has at the most.
const LONGEST: usize = 5;

/// Two to five capitalised words in a row.
pub(super) fn name_at<'a>(tokens: impl Iterator<Item = &'a str>) -> Option<Vec<String>> {
    let mut name = Vec::new();
    let mut tokens = tokens.take(LONGEST + 1).peekable();
    for _ in 0..LONGEST {
        let Some(token) = tokens.next() else { break };
        // "Họ và tên: Sơn Văn Hoài Giới tính: Nam".
        let pair = tokens.peek().map(|next| phrase(&format!("{token} {next}")));
        if pair.is_some_and(|pair| NEXT_LABELS.contains(&pair.as_str())) {
            break;
        }
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

/// The child of "cháu …", with what the line says from there on. A name that reaches the end of its line may go on in
/// the `next`, up to a comma: "cháu Nông Gia" and below "Bảo, sinh ngày".
pub(super) fn child_in<'a>(line: &'a str, next: Option<&str>) -> Option<(Vec<String>, &'a str)> {
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
pub(super) fn names_of_columns(line: &str) -> Vec<Vec<String>> {
    let tokens: Vec<&str> = line.split_whitespace().take(4 + 2 * LONGEST + 1).collect();
    let head = |count: usize| tokens.iter().take(count).copied().collect::<Vec<_>>().join(" ");
    let label = match (phrase(&head(4)).as_str(), phrase(&head(3)).as_str()) {
        ("ho chu dem ten", _) => 4,
        // The last word of the label may stand on the next line of its cell.
        (_, "ho va ten" | "ho chu dem") => 3,
        _ => return Vec::new(),
    };
    let capital = |token: &&str| token.chars().next().is_some_and(char::is_uppercase);
    let names: Vec<&str> = tokens.iter().skip(label).copied().collect();
    if head(label).ends_with(':') || names.len() < 4 || !names.iter().all(capital) {
        return Vec::new();
    }
    let all = words(&names.join(" "));
    // Two names are no longer than that; of a longer row nothing tells where the first ends.
    if all.len() > 2 * LONGEST {
        return Vec::new();
    }
    let ends = 2..all.len().saturating_sub(1);
    ends.flat_map(|end| {
        let (first, second) = all.split_at(end.min(all.len()));
        [first.to_vec(), second.to_vec()]
    })
    .collect()
}
