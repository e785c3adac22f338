//! A case question and its answer put as a clause: "Có ủy quyền cho người khác không?" answered "Có" is "ủy quyền cho
//! người khác". Nobody reads a question inside a sentence.

use motcua_text::{fold, syllables};

/// What a question that was answered in one of these ways says. `answers` are all it may be answered with.
pub(crate) fn clause(ask: &str, labels: &[&str], answers: &[&str]) -> String {
    let ask = lower_first(ask.trim().trim_end_matches('?').trim_end());
    let labels: Vec<String> = labels.iter().map(|label| tidy(label)).collect();
    let said = match Polar::of(&ask, answers) {
        Some(polar) => polar.said(&labels, answers),
        None => put_in(&ask, &labels),
    };
    let said = bare_case(&said);
    if still_asks(&said) {
        return format!("trả lời “{}” cho câu: {ask}", labels.join("” hoặc “"));
    }
    said
}

/// Whether what came out still asks, or lost its beginning: then the answer is told beside its question.
fn still_asks(said: &str) -> bool {
    let words = format!(" {said} ");
    let asks =
        [" có là ", " có bị ", " có thuộc ", " có đang ", " có phải ", " không: ", " chưa: "];
    let which =
        words.contains(" nào ") && !words.contains(" không ") && !words.contains(" bất kỳ ");
    let answered = [": có", ": không", ": đúng", ": phải"].iter().any(|end| said.ends_with(end));
    let begun = ["nhưng ", "cũng ", "mà "].iter().any(|start| said.starts_with(start));
    which || answered || begun || asks.iter().any(|asks| words.contains(asks))
}

/// What says only that a case follows, and that its papers do: records are full of both.
const CASE_HEADS: [&str; 5] =
    ["trong trường hợp ", "đối với trường hợp ", "trường hợp ", "nếu ", "khi "];
const CASE_ENDS: [&str; 12] = [
    ", kèm theo hồ sơ đăng ký doanh nghiệp phải có",
    ", thành phần hồ sơ bao gồm",
    ", hồ sơ đăng ký gồm",
    ", hồ sơ bao gồm",
    ", hồ sơ gồm",
    " thì cần có",
    " phải có giấy tờ sau",
    " bao gồm các giấy tờ sau",
    " gồm các giấy tờ sau",
    " bao gồm",
    " phải có",
    " gồm",
];

/// A case as a record names it, "(2) Trường hợp ủy quyền, hồ sơ bao gồm:", without its number and without what leads
/// over to its papers.
fn bare_case(text: &str) -> String {
    let text = tidy(text);
    let unnumbered = tidy(without_number(&text));
    let ended =
        CASE_ENDS.iter().find_map(|end| unnumbered.strip_suffix(end)).unwrap_or(&unnumbered);
    let bare = CASE_HEADS.iter().find_map(|head| ended.strip_prefix(head)).filter(|bare| {
        // "trường hợp 2" and "trường hợp khác" say nothing without the word.
        let first = syllables(bare).next().unwrap_or_default();
        first.starts_with(char::is_alphabetic)
            && !matches!(first, "khác" | "này" | "đó" | "trên" | "nêu" | "quy" | "còn")
    });
    tidy(bare.unwrap_or(ended))
}

/// "(2) …", "a) …", "1. …", "+ …": what a case is numbered with.
fn without_number(text: &str) -> &str {
    let text = text.trim_start_matches(['*', '+', '•', '-', ' ']);
    if let Some((number, rest)) = text.strip_prefix('(').and_then(|rest| rest.split_once(')'))
        && number.chars().count() <= 5
        && !number.contains(' ')
    {
        return rest;
    }
    let Some((number, rest)) = text.split_once(' ') else { return text };
    let is_number =
        number.contains('.') && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_letter = number.chars().count() == 1 && number.chars().all(char::is_alphanumeric);
    let upper = rest.starts_with(char::is_uppercase);
    if is_number || is_letter && upper { rest } else { text }
}

/// An answer of so many syllables says by itself what it answers.
const TELLING_SYLLABLES: usize = 4;

/// A text without stray brackets, quotes and stops, and small at its beginning.
pub(crate) fn tidy(text: &str) -> String {
    let loose =
        |c: char| matches!(c, '"' | '“' | '”' | '.' | ';' | ',' | ':' | '-') || c.is_whitespace();
    let mut text = text.trim_matches(loose).replace(['“', '”', '"'], "");
    let (mut depth, mut stray) = (0_usize, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => stray.push(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    for at in stray.into_iter().rev() {
        text.remove(at);
    }
    while depth > 0 {
        let Some(open) = text.rfind('(') else { break };
        text.replace_range(open..=open, if open == 0 { "" } else { "– " });
        depth -= 1;
    }
    lower_first(text.trim_matches(loose))
}

/// A sentence's first letter small again, unless the word is written in capitals.
pub(crate) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

/// A question that is answered by yes or no, as the two statements it chooses between.
struct Polar {
    yes: String,
    no: String,
}

impl Polar {
    fn of(ask: &str, answers: &[&str]) -> Option<Self> {
        if let Some((question, case)) = ask.split_once(" không: ") {
            return Some(Self::of_case(question, case));
        }
        // What is added in brackets, "… không (trừ tổ chức nước ngoài)", stays with what it is added to.
        let (question, added) = match ask.split_once(" không (") {
            Some((question, added)) => (question, format!(" ({added}")),
            None => {
                (ask.strip_suffix(" không").or_else(|| ask.strip_suffix(" chưa"))?, String::new())
            }
        };
        let mut polar = if ask.ends_with(" chưa") {
            Self::of_done(question)
        } else if let Some(stated) = question.strip_suffix(" phải") {
            Self { yes: stated.to_owned(), no: format!("không phải {stated}") }
        } else {
            Self::of_whether(question)
        };
        polar.yes.push_str(&added);
        polar.no.push_str(&added);
        answers.iter().all(|answer| polarity(answer, &polar.yes).is_some()).then_some(polar)
    }

    /// "hồ sơ có thuộc trường hợp này không: “ủy quyền”".
    fn of_case(question: &str, case: &str) -> Self {
        let case = tidy(case);
        if question.ends_with("thuộc trường hợp này") {
            let bare = bare_case(&case);
            let case = if bare.starts_with("trường hợp ") { "" } else { "trường hợp " };
            return Self { no: format!("không thuộc {case}{bare}"), yes: bare };
        }
        let whether = Self::of_whether(question);
        Self { yes: format!("{}: {case}", whether.yes), no: format!("{}: {case}", whether.no) }
    }

    /// "đã có biên bản".
    fn of_done(question: &str) -> Self {
        let no = match question.strip_prefix("đã ") {
            Some(rest) => format!("chưa {rest}"),
            None => question.replacen(" đã ", " chưa ", 1),
        };
        Self { yes: question.to_owned(), no: no.replace(" hoặc đã ", " hoặc chưa ") }
    }

    /// "trẻ có bị bỏ rơi", "có ủy quyền".
    fn of_whether(question: &str) -> Self {
        let (who, what) = match question.strip_prefix("có ") {
            Some(what) => ("", what),
            None => match question.split_once(" có ") {
                // After a comma or "đã" it is no question word any more.
                Some((who, what))
                    if !who.contains([',', ':']) && !format!(" {who} ").contains(" đã ") =>
                {
                    (who, what)
                }
                _ => {
                    let no = format!("không phải trường hợp {question}");
                    return Self { yes: question.to_owned(), no };
                }
            },
        };
        let join = |middle: &str, what: &str| {
            let parts = [who, middle, what];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        };
        if let Some(what) = what.strip_prefix("phải là ").or_else(|| what.strip_prefix("là ")) {
            return Self { yes: join("là", what), no: join("không phải là", what) };
        }
        if let Some(what) = what.strip_prefix("phải ") {
            let is = if who.is_empty() {
                ""
            } else if names_something(what) {
                "là"
            } else {
                "phải"
            };
            return Self { yes: join(is, what), no: join("không phải", what) };
        }
        if names_something(what) {
            return Self { yes: join("có", what), no: join("không có", what) };
        }
        Self { yes: join("", what), no: join("không", what) }
    }

    /// What was answered, with what the answer adds: "Không khai thác được, hoặc thiếu, sai".
    fn said(&self, labels: &[String], answers: &[&str]) -> String {
        let is_yes = |label: &str| polarity(label, &self.yes) == Some(true);
        for yes in [true, false] {
            let of_kind = |label: &&str| is_yes(label) == yes;
            let all = answers.iter().copied().filter(|label| of_kind(label)).count();
            let chosen = labels.iter().filter(|label| is_yes(label) == yes).count();
            // Several ways to say yes, and all of them hold: which one tells nothing.
            if chosen == labels.len() && chosen == all && all > 1 {
                return if yes { self.yes.clone() } else { self.no.clone() };
            }
        }
        let mut said: Vec<String> = Vec::new();
        for label in labels {
            let one = self.with_rest(label, is_yes(label));
            if !said.contains(&one) {
                said.push(one);
            }
        }
        said.join(", hoặc ")
    }

    fn with_rest(&self, label: &str, yes: bool) -> String {
        let stated = if yes { &self.yes } else { &self.no };
        let Some((head, rest)) = label.split_once([',', ':']) else { return stated.clone() };
        let rest = rest.trim();
        // "Không, từ đủ 14 tuổi" says by its rest what is; "Không có giấy, nhưng có người làm chứng" says both.
        let bare = matches!(head.trim().to_lowercase().as_str(), "không" | "chưa" | "không phải");
        if !yes && !bare && !fold(stated).contains(&fold(head)) {
            return lower_first(label.trim());
        }
        let known = fold(stated).contains(&fold(rest));
        let goes_on = rest.starts_with("hoặc ");
        if known {
            stated.clone()
        } else if !yes && bare && !goes_on && syllables(rest).count() >= TELLING_SYLLABLES {
            rest.to_owned()
        } else {
            format!("{stated}, {rest}")
        }
    }
}

/// What begins a thing that one has, where other words begin what one does.
const THINGS: [&str; 34] = [
    "thông tin",
    "giấy",
    "công trình",
    "biên bản",
    "văn bản",
    "kết luận",
    "nhiều",
    "vi phạm",
    "người",
    "con ",
    "tài khoản",
    "quyền",
    "ý kiến",
    "đất",
    "nhà",
    "thẻ",
    "chỗ ở",
    "vợ",
    "chồng",
    "quyết định",
    "hợp đồng",
    "trẻ",
    "cán bộ",
    "tài sản",
    "quân nhân",
    "hộ ",
    "nhu cầu",
    "bản ",
    "sổ",
    "đủ",
    "yếu tố",
    "mặt",
    "dữ liệu",
    "công chức",
];

fn names_something(text: &str) -> bool {
    let text = text.to_lowercase();
    THINGS.iter().any(|thing| text.starts_with(thing))
}

/// Whether an answer says yes or no; none where it says something else.
fn polarity(label: &str, yes: &str) -> Option<bool> {
    let label = label.to_lowercase();
    let first = syllables(&label).next()?.to_owned();
    match first.as_str() {
        "có" | "đúng" | "phải" | "đã" => Some(true),
        "không" | "chưa" => Some(false),
        // "Khai thác được" to "Có khai thác được … không?".
        _ => {
            let head = label.split([',', ':']).next().unwrap_or(&label).trim();
            yes.to_lowercase().contains(head).then_some(true)
        }
    }
}

/// Before a place or a manner: such an answer says nothing without its question.
const LINKS: [&str; 6] = ["tại ", "ở ", "theo ", "bằng ", "qua ", "cách "];

/// Ways to ask for one of several, longest first; what is before them, with the answer, is the statement.
const OPEN_ENDS: [&str; 18] = [
    "thuộc trường hợp nào",
    "theo trường hợp nào",
    "trong trường hợp nào",
    "bằng hình thức nào",
    "bằng cách nào",
    "là loại nào",
    "loại nào",
    "ở trường nào",
    "ở nơi nào",
    "trường hợp nào",
    "cấp nào",
    "khoản nào",
    "việc gì",
    "nội dung gì",
    "nào",
    "gì",
    "vì sao",
    "thế nào",
];

/// The answers, any of which holds, in the place of the word that asks for them.
fn put_in(ask: &str, labels: &[String]) -> String {
    let is_telling = labels.iter().all(|label| syllables(label).count() >= TELLING_SYLLABLES);
    let label = &labels.join(", hoặc ");
    let needs_question = LINKS.iter().any(|link| label.starts_with(link));
    if is_telling && !needs_question {
        return label.clone();
    }
    if let Some(rest) = ask.strip_prefix("ai là ") {
        return format!("{rest} là {label}");
    }
    if let Some(rest) = ask.strip_prefix("ai ") {
        return format!("{label} {rest}");
    }
    if let Some(rest) = ask.strip_prefix("vì sao ") {
        return format!("{rest} vì {label}");
    }
    if let Some(stem) = ask.strip_suffix(" của ai") {
        return format!("{stem} của {label}");
    }
    if let Some((stem, _)) = ask.split_once(" là ai của ") {
        return format!("{stem} là {label}");
    }
    for asks in [" ở đâu", " vào đâu", " đâu", " theo ai", " ai"] {
        let Some(stem) = ask.strip_suffix(asks) else { continue };
        let link = asks.trim().split(' ').next().filter(|_| asks.trim().contains(' '));
        return match link {
            Some(link) if !needs_question => format!("{stem} {link} {label}"),
            _ => format!("{stem} {label}"),
        };
    }
    for asks in OPEN_ENDS {
        let Some(stem) = ask.strip_suffix(asks).map(str::trim_end) else { continue };
        return match stem {
            _ if stem.is_empty() || label.starts_with("trường hợp ") => label.clone(),
            _ if fold(label).starts_with(&fold(stem)) || needs_question => join_once(stem, label),
            _ => format!("{stem}: {label}"),
        };
    }
    of_two(ask, label).unwrap_or_else(|| format!("{ask}: {label}"))
}

/// "Xin học lại" and "tại trường cũ"; an answer that begins as the question does is whole.
fn join_once(stem: &str, label: &str) -> String {
    if fold(label).starts_with(&fold(stem)) { label.to_owned() } else { format!("{stem} {label}") }
}

/// "Người nhận là cặp vợ chồng hay người độc thân": one of two that the question names.
fn of_two(ask: &str, label: &str) -> Option<String> {
    let (one, _) = ask.split_once(" hay ")?;
    let is_first = fold(one).ends_with(&fold(label));
    let stem = one.rfind(" là ").map(|at| &one[..at]);
    match stem {
        _ if is_first => Some(one.to_owned()),
        Some(stem) => Some(format!("{stem} là {label}")),
        None => Some(label.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ask: &str, answers: &[&str], chosen: &[usize], expected: &str) {
        let labels: Vec<&str> = chosen.iter().map(|at| answers[*at]).collect();
        assert_eq!(clause(ask, &labels, answers), expected);
    }

    const YES_OR_NO: [&str; 2] = ["Có", "Không"];

    #[test]
    fn yes_and_no_are_statements() {
        let both = |ask: &str, yes: &str, no: &str| {
            check(ask, &YES_OR_NO, &[0], yes);
            check(ask, &YES_OR_NO, &[1], no);
        };
        both(
            "Có ủy quyền cho người khác không?",
            "ủy quyền cho người khác",
            "không ủy quyền cho người khác",
        );
        both("Trẻ có bị bỏ rơi không?", "trẻ bị bỏ rơi", "trẻ không bị bỏ rơi");
        both(
            "Có công trình liền kề không?",
            "có công trình liền kề",
            "không có công trình liền kề",
        );
        both(
            "Người xin vào cơ sở có phải trẻ em không?",
            "người xin vào cơ sở là trẻ em",
            "người xin vào cơ sở không phải trẻ em",
        );
        both(
            "Dự án có phải thẩm định không?",
            "dự án phải thẩm định",
            "dự án không phải thẩm định",
        );
        both(
            "Có phải tách thửa không (trừ đất ở)?",
            "tách thửa (trừ đất ở)",
            "không phải tách thửa (trừ đất ở)",
        );
        both("Đã nộp giấy này chưa?", "đã nộp giấy này", "chưa nộp giấy này");
    }

    #[test]
    fn a_case_of_a_record_is_said_by_itself() {
        let ask = "Hồ sơ có thuộc trường hợp này không: “trường hợp ủy quyền)”?";
        check(ask, &YES_OR_NO, &[0], "ủy quyền");
        check(ask, &YES_OR_NO, &[1], "không thuộc trường hợp ủy quyền");
        let cases = [
            "(2) Trường hợp cá nhân làm thủ tục, hồ sơ bao gồm:",
            "b Đối với tổ chức",
            "Trường hợp 3",
        ];
        check("Hồ sơ thuộc trường hợp nào?", &cases, &[0], "cá nhân làm thủ tục");
        check("Hồ sơ thuộc trường hợp nào?", &cases, &[1], "đối với tổ chức");
        check("Hồ sơ thuộc trường hợp nào?", &cases, &[2], "trường hợp 3");
    }

    #[test]
    fn what_an_answer_adds_is_kept() {
        let ask = "Có khai thác được nơi cư trú không?";
        let answers = ["Khai thác được", "Không khai thác được, hoặc thiếu, sai"];
        check(ask, &answers, &[0], "khai thác được nơi cư trú");
        check(ask, &answers, &[1], "không khai thác được nơi cư trú, hoặc thiếu, sai");
        let born = [
            "Có",
            "Không có, nhưng có người làm chứng",
            "Không có Giấy chứng sinh, cũng không có người làm chứng",
        ];
        let ask = "Có Giấy chứng sinh không?";
        check(ask, &born, &[1], "không có Giấy chứng sinh, nhưng có người làm chứng");
        check(ask, &born, &[2], "không có Giấy chứng sinh, cũng không có người làm chứng");
        let proxy = ["Có, cho vợ, chồng", "Có, cho người khác", "Không"];
        check("Có ủy quyền không?", &proxy, &[0, 1], "ủy quyền");
        check("Có ủy quyền không?", &proxy, &[1], "ủy quyền, cho người khác");
        let card = ["Phải, người dưới 14 tuổi", "Không, từ đủ 14 tuổi trở lên"];
        check(
            "Thẻ làm cho người dưới 14 tuổi phải không?",
            &card,
            &[0],
            "thẻ làm cho người dưới 14 tuổi",
        );
        check("Thẻ làm cho người dưới 14 tuổi phải không?", &card, &[1], "từ đủ 14 tuổi trở lên");
    }

    #[test]
    fn other_questions_take_their_answer_in() {
        let land = ["Chuyển đổi", "Chuyển nhượng", "Thừa kế"];
        check("Đăng ký việc gì?", &land, &[0, 2], "đăng ký: chuyển đổi, hoặc thừa kế");
        check("Nhà ở của ai?", &["Tổ chức", "Cá nhân"], &[0], "nhà ở của tổ chức");
        check("Trẻ sinh ở đâu?", &["Ở Việt Nam", "Ở nước ngoài"], &[1], "trẻ sinh ở nước ngoài");
        check("Ai xin cấp bản sao?", &["Cá nhân", "Cơ quan"], &[0], "cá nhân xin cấp bản sao");
        check(
            "Người nhận con nuôi là cặp vợ chồng hay người độc thân?",
            &["Cặp vợ chồng", "Người độc thân"],
            &[1],
            "người nhận con nuôi là người độc thân",
        );
        check("Thuộc trường hợp nào?", &["Hộ nghèo", "Hộ cận nghèo"], &[0], "hộ nghèo");
        check(
            "Nhận kết quả ở đâu?",
            &["Tại Trung tâm hành chính công", "Cách khác"],
            &[0],
            "nhận kết quả tại Trung tâm hành chính công",
        );
    }

    #[test]
    fn what_would_still_ask_stands_beside_its_question() {
        let sides = ["Bên nam", "Bên nữ"];
        let ask = "Bên nào là người nước ngoài?";
        check(ask, &sides, &[1], "trả lời “bên nữ” cho câu: bên nào là người nước ngoài");
    }

    #[test]
    fn stray_signs_go() {
        assert_eq!(tidy("“ủy quyền)”"), "ủy quyền");
        assert_eq!(tidy("Giấy ủy quyền (bản sao)"), "giấy ủy quyền (bản sao)");
        assert_eq!(tidy("UBND cấp xã."), "UBND cấp xã");
    }
}
