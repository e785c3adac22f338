use std::{ops::Range, sync::LazyLock};

use regex::{Captures, Regex};

use crate::fold;

/// What a [`Mention`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// A procedure code such as `1.001193`.
    ProcedureCode,
    /// A date, or a month of a year.
    Date,
    /// The number of a legal document such as `118/2025/NĐ-CP`.
    DocumentNumber,
    /// Article, clause and point, together as they are written.
    LegalReference,
    /// The code of a form, such as `CT01` or "Mẫu số 18".
    FormCode,
    /// An amount of money.
    Money,
    /// A length of time.
    Duration,
    /// Any other number.
    Number,
}

/// Something in a text that must never be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// What it is.
    pub kind: MentionKind,
    /// Bytes of the text it stands in.
    pub span: Range<usize>,
    /// The same thing always in the same words: `10000` for "10.000 đồng" and "10 nghìn đồng",
    /// `3 working_day` for "03 ngày làm việc", `dieu:16 khoan:2` for "khoản 2 Điều 16".
    pub canonical: String,
}

impl Mention {
    /// The bare amount of a number, money or duration.
    pub fn amount(&self) -> Option<&str> {
        match self.kind {
            MentionKind::Money | MentionKind::Duration | MentionKind::Number => {
                self.canonical.split(' ').next()
            }
            _ => None,
        }
    }
}

/// Finds every number, date, amount, form code and legal reference of a text, in order and without
/// overlap. No digit of the text lies outside the spans.
/// ```
/// use motcua_text::{MentionKind, mentions};
/// let found = mentions("Lệ phí 10.000 đồng, trả trong 03 ngày làm việc.");
/// let seen: Vec<_> = found.iter().map(|m| (m.kind, m.canonical.as_str())).collect();
/// assert_eq!(seen, [(MentionKind::Money, "10000"), (MentionKind::Duration, "3 working_day")]);
/// ```
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for rule in RULES.iter() {
        for captures in rule.pattern.captures_iter(text) {
            let Some(whole) = captures.get(0) else { continue };
            let span = whole.range();
            let overlaps = |m: &Mention| m.span.start < span.end && span.start < m.span.end;
            if found.iter().any(overlaps) {
                continue;
            }
            if let Some(canonical) = (rule.canonical)(&captures) {
                found.push(Mention { kind: rule.kind, span, canonical });
            }
        }
    }
    found.sort_by_key(|mention| mention.span.start);
    found.extend(leftover_numbers(text, &found));
    found.sort_by_key(|mention| mention.span.start);
    found
}

struct Rule {
    kind: MentionKind,
    pattern: Regex,
    canonical: fn(&Captures<'_>) -> Option<String>,
}

/// In order of precedence: what an earlier rule has taken, a later one does not see.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let rule = |kind, pattern: &str, canonical| {
        #[expect(clippy::expect_used, reason = "fixed patterns, each exercised by the tests")]
        let pattern = Regex::new(pattern).expect("pattern is valid");
        Rule { kind, pattern, canonical }
    };
    vec![
        rule(MentionKind::ProcedureCode, r"\b\d{1,3}\.\d{6}\b", |c| Some(c[0].to_owned())),
        rule(
            MentionKind::DocumentNumber,
            r"\b\d+(?:\.\d+)?/\d{4}/[\p{Lu}][\p{L}\d]*(?:-[\p{L}\d]+)*|\b\d+/[\p{Lu}]{2,}[\p{L}\d]*(?:-[\p{L}\d]+)*",
            |c| Some(fold(&c[0]).to_uppercase()),
        ),
        rule(
            MentionKind::Date,
            r"(?i)\b(?:ngày\s+)?(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})\b",
            |c| date(&c[3], &c[2], Some(&c[1])),
        ),
        rule(
            MentionKind::Date,
            r"(?i)\bngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})\b",
            |c| date(&c[3], &c[2], Some(&c[1])),
        ),
        rule(MentionKind::Date, r"(?i)\btháng\s+(\d{1,2})(?:\s*/\s*|\s+năm\s+)(\d{4})\b", |c| {
            date(&c[2], &c[1], None)
        }),
        rule(MentionKind::DocumentNumber, r"\b\d+(?:\.\d+)?/\d{4}\b", |c| Some(c[0].to_owned())),
        rule(
            MentionKind::LegalReference,
            r"(?i)\b(?:(?:điểm\s+[a-zđ]\d{0,2}|khoản\s+\d+[a-zđ]?|điều\s+\d+[a-zđ]?)\b(?:\s*,?\s*(?:của\s+)?)?)+",
            legal_reference,
        ),
        rule(
            MentionKind::FormCode,
            r"(?i)\bmẫu(?:\s+số|\s+đơn\s+số)?:?\s+(\d+[\p{L}]?(?:[./-][\d\p{Lu}][\d\p{L}]*)*|[\p{Lu}]{1,4}-?\d+[\p{L}\d./-]*\b)",
            |c| Some(format!("mau {}", form(&c[1]))),
        ),
        rule(MentionKind::FormCode, r"\b\p{Lu}{1,4}\d{1,3}\p{L}?(?:-\p{Lu}+)?\b", |c| {
            Some(form(&c[0]))
        }),
        rule(
            MentionKind::Money,
            r"(?i)\b(\d[\d.,]*?)\s*(?:\([^)\d]*\)\s*)?(nghìn|ngàn|triệu|tỷ|k)?\s*(?:đồng|vnđ|vnd|việt nam đồng|đ)(?:\b|$)",
            |c| money(&c[1], c.get(2).map(|m| m.as_str())),
        ),
        rule(MentionKind::Money, r"(?i)\b(\d[\d.,]*?)\s*(nghìn|ngàn|triệu|tỷ|k)\b", |c| {
            money(&c[1], Some(&c[2]))
        }),
        rule(MentionKind::Money, r"(?i)\b(\d[\d.,]*?)\s*(?:usd|đô la|đô-la)\b", |c| {
            Some(format!("{} usd", number(&c[1])))
        }),
        rule(
            MentionKind::Duration,
            r"(?i)\b(\d+(?:[.,]\d+)?)\s*(?:\([^)\d]*\)\s*)?(ngày\s+làm\s+việc|giờ\s+làm\s+việc|ngày|giờ|phút|tuần|tháng|năm)\b",
            |c| Some(format!("{} {}", number(&c[1]), unit(&c[2])?)),
        ),
        rule(
            MentionKind::Duration,
            r"(?i)\b((?:một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười|mươi|mốt|lăm|trăm|rưỡi|nửa)(?:\s+(?:một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười|mươi|mốt|lăm|trăm))*)\s+(ngày\s+làm\s+việc|giờ\s+làm\s+việc|ngày|giờ|phút|tuần|tháng|năm)\b",
            |c| Some(format!("{} {}", spoken(&c[1])?, unit(&c[2])?)),
        ),
        rule(
            MentionKind::Money,
            r"(?i)\b((?:một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười|mươi|mốt|lăm|trăm)(?:\s+(?:một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười|mươi|mốt|lăm|trăm))*)\s+(nghìn|ngàn|triệu|tỷ|đồng)\b",
            |c| money(&spoken(&c[1])?.to_string(), Some(&c[2])),
        ),
        rule(
            MentionKind::Number,
            r"(?i)\b((?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?:\s+(?:một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười|mươi|mốt|lăm|trăm))*)\s+(?:bản|bộ|tờ|ảnh|lần|người|nhân chứng|phiếu)\b",
            |c| Some(spoken(&c[1])?.to_string()),
        ),
    ]
});

#[expect(clippy::expect_used, reason = "a fixed pattern, exercised by the tests")]
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\d+(?:[.,]\d+)*").expect("pattern is valid"));

/// The net under all rules: whatever digits they left are numbers.
fn leftover_numbers(text: &str, taken: &[Mention]) -> Vec<Mention> {
    let ends = taken.iter().map(|mention| mention.span.end);
    let starts = taken.iter().map(|mention| mention.span.start);
    let gaps = std::iter::once(0).chain(ends).zip(starts.chain(std::iter::once(text.len())));
    gaps.flat_map(|(from, to)| {
        NUMBER.find_iter(&text[from..to]).map(move |m| Mention {
            kind: MentionKind::Number,
            span: from + m.start()..from + m.end(),
            canonical: number(m.as_str()),
        })
    })
    .collect()
}

/// ISO form; nothing where the calendar has no such day, so that its digits count as numbers.
fn date(year: &str, month: &str, day: Option<&str>) -> Option<String> {
    let within = |text: &str, most: u8| text.parse::<u8>().is_ok_and(|n| (1..=most).contains(&n));
    match day {
        Some(day) if within(month, 12) && within(day, 31) => {
            Some(format!("{year}-{month:0>2}-{day:0>2}"))
        }
        None if within(month, 12) => Some(format!("{year}-{month:0>2}")),
        _ => None,
    }
}

/// Parts in the order article, clause, point, whichever way round they were written.
fn legal_reference(captures: &Captures<'_>) -> Option<String> {
    let folded = fold(&captures[0]).replace(',', " ");
    let words: Vec<&str> = folded.split_whitespace().filter(|word| *word != "cua").collect();
    let mut parts: Vec<String> = words
        .chunks_exact(2)
        .filter_map(|pair| match pair {
            [name @ ("dieu" | "khoan" | "diem"), value] => Some(format!("{name}:{value}")),
            _ => None,
        })
        .collect();
    let rank =
        |part: &String| ["dieu", "khoan", "diem"].iter().position(|name| part.starts_with(name));
    parts.sort_by_key(rank);
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn form(code: &str) -> String {
    let code = fold(code).to_uppercase();
    code.trim_start_matches('0').trim_end_matches(['.', '/', '-']).to_owned()
}

fn money(amount: &str, scale: Option<&str>) -> Option<String> {
    let factor: f64 = match scale.map(fold).as_deref() {
        None | Some("dong") => 1.0,
        Some("nghin" | "ngan" | "k") => 1e3,
        Some("trieu") => 1e6,
        Some("ty") => 1e9,
        Some(_) => return None,
    };
    let amount: f64 = number(amount).parse().ok()?;
    Some(format!("{}", amount * factor))
}

/// `10.000` and `10,000` are ten thousand, `0,5` is a half, `03` is three.
fn number(text: &str) -> String {
    let text = text.trim_end_matches(['.', ',']);
    let groups: Vec<&str> = text.split(['.', ',']).collect();
    let canonical = match groups.as_slice() {
        [first, rest @ ..]
            if !rest.is_empty()
                && first.len() <= 3
                && !first.starts_with('0')
                && rest.iter().all(|group| group.len() == 3) =>
        {
            groups.concat()
        }
        [whole, part] => {
            let part = part.trim_end_matches('0');
            if part.is_empty() { (*whole).to_owned() } else { format!("{whole}.{part}") }
        }
        _ => text.to_owned(),
    };
    let stripped = canonical.trim_start_matches('0');
    match stripped.chars().next() {
        None => "0".to_owned(),
        Some('.') => format!("0{stripped}"),
        Some(_) => stripped.to_owned(),
    }
}

fn unit(words: &str) -> Option<&'static str> {
    let folded = fold(words);
    let folded = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(match folded.as_str() {
        "ngay lam viec" => "working_day",
        "gio lam viec" => "working_hour",
        "ngay" => "day",
        "gio" => "hour",
        "phut" => "minute",
        "tuan" => "week",
        "thang" => "month",
        "nam" => "year",
        _ => return None,
    })
}

/// A number in words up to 999: "mười lăm", "hai mươi mốt", "một trăm".
fn spoken(words: &str) -> Option<f64> {
    let mut total = 0.0;
    let mut current = 0.0;
    for word in words.to_lowercase().split_whitespace() {
        match word {
            "nửa" | "rưỡi" => current += 0.5,
            "mười" => {
                total += current;
                current = 10.0;
            }
            "mươi" => current *= 10.0,
            "trăm" => current *= 100.0,
            digit => {
                let digit = match digit {
                    "một" | "mốt" => 1.0,
                    "hai" => 2.0,
                    "ba" => 3.0,
                    "bốn" | "tư" => 4.0,
                    "năm" | "lăm" => 5.0,
                    "sáu" => 6.0,
                    "bảy" => 7.0,
                    "tám" => 8.0,
                    "chín" => 9.0,
                    _ => return None,
                };
                total += current;
                current = digit;
            }
        }
    }
    Some(total + current)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(MentionKind, &str)]) {
        let found = mentions(text);
        let seen: Vec<_> = found.iter().map(|m| (m.kind, m.canonical.as_str())).collect();
        assert_eq!(seen, expected, "in {text}");
    }

    use MentionKind::{
        Date, DocumentNumber, Duration, FormCode, LegalReference, Money, Number, ProcedureCode,
    };

    #[test]
    fn money_in_all_its_spellings() {
        check("8.000 đồng", &[(Money, "8000")]);
        check("50,000 Việt Nam Đồng", &[(Money, "50000")]);
        check("8000đ", &[(Money, "8000")]);
        check("10 nghìn đồng", &[(Money, "10000")]);
        check("1,5 triệu đồng", &[(Money, "1500000")]);
        check("mười lăm nghìn đồng", &[(Money, "15000")]);
        check("100-200 đồng", &[(Number, "100"), (Money, "200")]);
        check("10 USD", &[(Money, "10 usd")]);
        check("10.000.000 đồng/lần", &[(Money, "10000000")]);
    }

    #[test]
    fn time_keeps_its_unit() {
        check("03 ngày làm việc", &[(Duration, "3 working_day")]);
        check("trong 3 ngày", &[(Duration, "3 day")]);
        check("05 (năm) ngày làm việc", &[(Duration, "5 working_day")]);
        check("mười lăm ngày", &[(Duration, "15 day")]);
        check("0,5 ngày làm việc", &[(Duration, "0.5 working_day")]);
        check("nửa ngày", &[(Duration, "0.5 day")]);
        check("không quá 06 tháng", &[(Duration, "6 month")]);
    }

    #[test]
    fn dates_and_documents() {
        check("ngày 01/7/2025", &[(Date, "2025-07-01")]);
        check("ngày 1 tháng 7 năm 2025", &[(Date, "2025-07-01")]);
        check("Nghị định 118/2025/NĐ-CP", &[(DocumentNumber, "118/2025/ND-CP")]);
        check("Nghị quyết 66.7/2025/NQ-CP.", &[(DocumentNumber, "66.7/2025/NQ-CP")]);
        check("Quyết định 163/QĐ-BTP", &[(DocumentNumber, "163/QD-BTP")]);
        check("Nghị định số 118/2025", &[(DocumentNumber, "118/2025")]);
        check("thủ tục 1.001193", &[(ProcedureCode, "1.001193")]);
    }

    #[test]
    fn legal_references_in_one_piece() {
        check("Điều 16", &[(LegalReference, "dieu:16")]);
        check("khoản 2 Điều 16", &[(LegalReference, "dieu:16 khoan:2")]);
        check("điểm b, khoản 3, Điều 5", &[(LegalReference, "dieu:5 khoan:3 diem:b")]);
        check(
            "khoản 2 Điều 14 Nghị định số 104/2022/NĐ-CP",
            &[(LegalReference, "dieu:14 khoan:2"), (DocumentNumber, "104/2022/ND-CP")],
        );
    }

    #[test]
    fn forms() {
        check("Tờ khai CT01", &[(FormCode, "CT01")]);
        check("theo Mẫu số 18", &[(FormCode, "mau 18")]);
        check("Mẫu số 01a", &[(FormCode, "mau 1A")]);
        check("mẫu TK1-TS", &[(FormCode, "mau TK1-TS")]);
    }

    #[test]
    fn counts_in_words() {
        check("hai bản sao", &[(Number, "2")]);
        check("02 ảnh 4x6", &[(Number, "2"), (Number, "4"), (Number, "6")]);
        check("một trong các giấy tờ", &[]);
    }

    proptest! {
        #[test]
        fn no_digit_escapes(text in "[0-9a-zđĐNMCT .,/():%-]{0,60}") {
            let found = mentions(&text);
            for (at, c) in text.char_indices() {
                if c.is_ascii_digit() {
                    prop_assert!(found.iter().any(|m| m.span.contains(&at)), "{at} in {text:?}");
                }
            }
        }

        #[test]
        fn spans_are_ordered_and_apart(text in "\\PC{0,80}") {
            let found = mentions(&text);
            for pair in found.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
        }
    }
}
