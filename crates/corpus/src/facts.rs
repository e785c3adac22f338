//! Time limits, fees and levels of imported records, read from their texts.

use std::sync::LazyLock;

use motcua_domain::{Channel, Fee, FeeAmount, TimeLimit, TimeSpan, TimeUnit};
use motcua_text::{fold, normalize};
use regex::Regex;

use crate::{file::tenths, record::ChannelRecord};

pub(crate) const RECORD_SOURCE: &str = "S1";

#[expect(clippy::expect_used, reason = "fixed patterns, exercised by the tests")]
static SPAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(\d+(?:[.,]\d+)?) (ngay lam viec|gio lam viec|ngay|gio|thang|nam)$")
        .expect("pattern is valid")
});

#[expect(clippy::expect_used, reason = "fixed patterns, exercised by the tests")]
static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:(?P<name>[^:]*?)\s*:\s*)?(?P<amount>\d[\d.,]*)\s*(?P<unit>đồng|việt nam đồng|vnđ|vnd|usd)?\s*(?:\((?P<text>.*)\))?$",
    )
    .expect("pattern is valid")
});

/// The channel a record's word means.
pub(crate) fn channel(text: &str) -> Option<Channel> {
    match fold(text).as_str() {
        "truc tiep" => Some(Channel::InPerson),
        "truc tuyen" => Some(Channel::Online),
        folded if folded.contains("buu chinh") => Some(Channel::Postal),
        _ => None,
    }
}

/// The time limit a channel states; none where it states nothing.
pub(crate) fn time_limit(record: &ChannelRecord) -> Option<TimeLimit> {
    let stated = normalize(&record.time_limit);
    let note = normalize(&record.note);
    let channels = channel(&record.channel).into_iter().collect();
    let span = read_span(&stated);
    let says_nothing = span.is_none()
        && (stated.is_empty()
            || stated.contains("OTHER") && stated.len() < 20
            || stated.contains("đơn vị không hiển thị")
            || stated.bytes().all(|byte| !byte.is_ascii_alphabetic()));
    let text = match span {
        Some(span) => span_text(span),
        None if says_nothing => note_about_time(&note)?,
        None => stated.replace(" OTHER", ""),
    };
    let condition = None;
    Some(TimeLimit { channels, span, text, condition, sources: vec![RECORD_SOURCE.to_owned()] })
}

fn read_span(stated: &str) -> Option<TimeSpan> {
    let folded = fold(stated);
    let captures = SPAN.captures(&folded)?;
    let amount: f64 = captures[1].replace(',', ".").parse().ok()?;
    let unit = match &captures[2] {
        "ngay lam viec" => TimeUnit::WorkingDay,
        "gio lam viec" => TimeUnit::WorkingHour,
        "ngay" => TimeUnit::Day,
        "gio" => TimeUnit::Hour,
        "thang" => TimeUnit::Month,
        _ => TimeUnit::Year,
    };
    Some(TimeSpan { tenths: tenths(amount)?, unit })
}

/// "03 ngày làm việc", as forms print it.
pub(crate) fn span_text(span: TimeSpan) -> String {
    let (whole, tenth) = (span.tenths / 10, span.tenths % 10);
    let unit = span.unit.vietnamese();
    if tenth == 0 { format!("{whole:02} {unit}") } else { format!("{whole},{tenth} {unit}") }
}

/// A channel's note stands in for a limit only if it speaks of one.
fn note_about_time(note: &str) -> Option<String> {
    let folded = fold(note);
    let speaks = ["ngay", "gio", "thoi han", "thoi gian"].iter().any(|word| folded.contains(word));
    (speaks && note.len() < 1_500).then(|| note.to_owned())
}

/// The fees a channel states.
pub(crate) fn fees(record: &ChannelRecord) -> Vec<Fee> {
    let channels: Vec<Channel> = channel(&record.channel).into_iter().collect();
    let stated = normalize(&record.fee);
    let note = normalize(&record.note);
    let mut fees: Vec<Fee> = Vec::new();
    for part in split_fees(&stated) {
        let (name, amount, text) = read_fee(part, &note);
        if !fees.iter().any(|fee| fee.text == text) {
            let sources = vec![RECORD_SOURCE.to_owned()];
            let channels = channels.clone();
            fees.push(Fee { channels, name, amount, text, condition: None, sources });
        }
    }
    fees
}

/// Fees are joined by semicolons; those inside brackets belong to the text.
fn split_fees(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_i32, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = (depth - 1).max(0),
            ';' if depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

fn read_fee(part: &str, note: &str) -> (String, FeeAmount, String) {
    let name_of = |name: &str| match fold(name).as_str() {
        "phi" => "Phí".to_owned(),
        _ => "Lệ phí".to_owned(),
    };
    if fold(part) == "mien phi" {
        return free_unless_the_note_differs(note);
    }
    let Some(captures) = AMOUNT.captures(part) else {
        let text = part.trim_start_matches('(').trim_end_matches(')').to_owned();
        return ("Phí, lệ phí".to_owned(), amount_of_words(&text), text);
    };
    let name =
        captures.name("name").map_or_else(|| "Phí, lệ phí".to_owned(), |m| name_of(m.as_str()));
    let words = captures.name("text").map(|m| m.as_str().trim()).unwrap_or_default();
    let unit = captures.name("unit").map_or("", |m| m.as_str());
    let digits: String = captures["amount"].chars().filter(char::is_ascii_digit).collect();
    let dong: Option<u64> = digits.parse().ok();
    match (dong, unit.eq_ignore_ascii_case("usd")) {
        (_, true) => {
            (name, FeeAmount::InText, join_words(&format!("{} USD", &captures["amount"]), words))
        }
        // "0 đồng" beside a text that sets a fee, or beside nothing, is the portal's empty field.
        (Some(0) | None, _) if words.is_empty() => {
            (name, FeeAmount::InText, "Bản ghi để trống mức thu, cần hỏi nơi tiếp nhận".to_owned())
        }
        (Some(0) | None, _) => (name, amount_of_words(words), words.to_owned()),
        // Amounts below the smallest real fee are typing accidents of the record.
        (Some(dong), _) if dong < 1_000 => (name, FeeAmount::InText, join_words(part, "")),
        (Some(dong), _) => (name, FeeAmount::Dong(dong), join_words(&dong_text(dong), words)),
    }
}

fn free_unless_the_note_differs(note: &str) -> (String, FeeAmount, String) {
    let folded = fold(note);
    let set_elsewhere = folded.contains("hoi dong nhan dan") || folded.contains("hdnd");
    let by_rule = folded.contains("theo quy dinh") && folded.contains("phi");
    if set_elsewhere || by_rule {
        let text = note.trim_start_matches('(').trim_end_matches(')').to_owned();
        return ("Phí, lệ phí".to_owned(), amount_of_words(&text), text);
    }
    ("Phí, lệ phí".to_owned(), FeeAmount::Free, "Miễn phí".to_owned())
}

fn amount_of_words(words: &str) -> FeeAmount {
    let folded = fold(words);
    let council = folded.contains("hoi dong nhan dan") || folded.contains("hdnd");
    if council { FeeAmount::SetElsewhere } else { FeeAmount::InText }
}

fn join_words(amount: &str, words: &str) -> String {
    if words.is_empty() { amount.to_owned() } else { format!("{amount} ({words})") }
}

/// "50.000 đồng".
pub(crate) fn dong_text(dong: u64) -> String {
    let digits = dong.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 6);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped.push_str(" đồng");
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_fee(fee: &str, note: &str, amount: FeeAmount, text: &str) {
        let record = ChannelRecord { fee: fee.into(), note: note.into(), ..Default::default() };
        let read = fees(&record);
        assert_eq!((read[0].amount, read[0].text.as_str()), (amount, text));
    }

    #[test]
    fn reads_fees_as_they_are_written() {
        check_fee("50,000 Việt Nam Đồng", "", FeeAmount::Dong(50_000), "50.000 đồng");
        check_fee("Lệ phí : 1.500.000 Đồng", "", FeeAmount::Dong(1_500_000), "1.500.000 đồng");
        check_fee("Miễn phí", "", FeeAmount::Free, "Miễn phí");
        check_fee("10 USD", "", FeeAmount::InText, "10 USD");
    }

    #[test]
    fn a_zero_that_is_not_zero_is_not_free() {
        let council = "Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định";
        check_fee(
            &format!("SERVICE_FEE: 0 đồng ({council})"),
            "",
            FeeAmount::SetElsewhere,
            council,
        );
        check_fee(
            "SERVICE_FEE: 0 đồng",
            "",
            FeeAmount::InText,
            "Bản ghi để trống mức thu, cần hỏi nơi tiếp nhận",
        );
        let rule = "Theo quy định của Luật phí và lệ phí.";
        check_fee("Miễn phí", &format!("({rule})"), FeeAmount::InText, rule);
    }

    #[test]
    fn fees_inside_brackets_stay_together() {
        let both = "Phí: 0 đồng (a: 1 đồng; b: 2 đồng); Lệ phí: 20.000 đồng";
        let record = ChannelRecord { fee: both.into(), ..Default::default() };
        assert_eq!(fees(&record).len(), 2);
    }

    #[test]
    fn reads_time_limits() {
        let limit = |text: &str, note: &str| {
            let record =
                ChannelRecord { time_limit: text.into(), note: note.into(), ..Default::default() };
            time_limit(&record).map(|limit| limit.text)
        };
        assert_eq!(limit("5 Ngày làm việc", "").as_deref(), Some("05 ngày làm việc"));
        assert_eq!(limit("0,5 Ngày làm việc", "").as_deref(), Some("0,5 ngày làm việc"));
        assert_eq!(limit("1 OTHER", ""), None);
        assert_eq!(limit("120,000 (đơn vị không hiển thị)", "VNĐ (Theo khoản 1)"), None);
        assert_eq!(limit("1 OTHER", "Ngay trong ngày").as_deref(), Some("Ngay trong ngày"));
        let words = "Không quá 15 ngày làm việc OTHER";
        assert_eq!(limit(words, "").as_deref(), Some("Không quá 15 ngày làm việc"));
    }
}
