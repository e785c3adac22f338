//! **expired-document**: a paper that was no longer valid on the day of reception.
//!
//! *Why it matters.* What has run out proves nothing on that day; and the day is given, so the verdict is the
//! same a year later.
//!
//! *Legal basis.* The validity that the procedure's own list states, or that the paper states of itself.
//!
//! *Fails.* "Không quá 6 tháng" is asked, and even the latest date on the paper is nine months old; a card
//! that says "Có giá trị đến: 01/01/2025".
//! *Passes.* A paper on which a later date stands: one of its dates may be the one that counts. A form that says until
//! when something else is valid, as every request to prolong does, and a contract that says so of somebody's passport.
//! Where a contract says so of one that it calls by a number, that may be itself or another: a person looks.
//!
//! A day that was made out of digits with doubt counts where the paper confirms it: cards end on a birthday, passports
//! so many years after their day of issue and as their machine-readable zone says, and leases whole months after they
//! begin.

mod whose;

use std::cell::OnceCell;

use jiff::{Span, ToSpan, civil::Date};
use motcua_domain::{FindingKind, TimeUnit};
use motcua_text::MentionKind;
use whose::{Whose, cut_short, subject, whose};

use crate::{
    dates::{dates, mentioned},
    defect::{Certainty, Defect},
    profile::is_request,
    rules::rule::{Held, PaperRule},
    sheet::Title,
    words::{holds, phrase, place, words, words_of_line},
};

pub(crate) const RULE: PaperRule = PaperRule { name: "expired-document", of_shown: true, check };

fn check(held: &Held<'_>) -> Option<Defect> {
    if is_given_back(held) {
        return None;
    }
    let by_age = || end_by_age(held).map(|(ended, lines)| (ended, lines, false));
    let stated = stated_ends(held, dates);
    let own = last_of(held, &stated, Whose::Own);
    let well_read = own.or_else(by_age);
    let well_read = well_read.or_else(|| on_birthday(held));
    // A day of which only the digits were made out accuses nobody: a person looks. Nor does one of what may be
    // another paper.
    let made_out = || {
        let ends = [stated.clone(), stated_ends(held, digits_of_dates)].concat();
        let last = |whose| Some((whose, last_of(held, &ends, whose)?));
        last(Whose::Own).or_else(|| last(Whose::Doubtful))
    };
    let (ended, lines, certainty) = match well_read {
        Some((ended, lines, sure)) if sure || (held.piece.is_clear() && !of_term(held)) => {
            (ended, lines, Certainty::Certain)
        }
        Some((ended, lines, _)) => (ended, lines, confirmed(held, ended, Certainty::Unread)),
        None => {
            let (whose, (ended, lines, _)) = made_out()?;
            let certainty = match whose {
                Whose::Own => confirmed(held, ended, Certainty::Undecided),
                Whose::Doubtful => Certainty::Undecided,
            };
            (ended, lines, certainty)
        }
    };
    if ended >= held.received_on {
        return None;
    }
    let goes_on = of_term(held) && is_prolonged(held);
    let certainty = if goes_on { Certainty::Undecided } else { certainty };
    Some(Defect {
        rule: RULE.name,
        kind: FindingKind::Expired,
        certainty,
        message: format!(
            "{} chỉ có giá trị đến ngày {}; ngày nhận hồ sơ là {}.",
            held.need.requirement.name,
            ended.strftime("%d/%m/%Y"),
            held.received_on.strftime("%d/%m/%Y")
        ),
        fix: "Nộp giấy tờ còn giá trị.".to_owned(),
        lines,
    })
}

/// The day on which a card ends, where it was read apart from the words that say so: the birthday in the year in which
/// its holder turns so old (Luật Căn cước 2023, Điều 21), which is never a day of issue by chance.
fn on_birthday(held: &Held<'_>) -> Option<(Date, Vec<usize>, bool)> {
    if !held.piece.is_identity() {
        return None;
    }
    let of_line = |(at, line): (usize, &str)| dates(line).into_iter().map(move |date| (date, at));
    let all: Vec<(Date, usize)> = held.piece.lines().enumerate().flat_map(of_line).collect();
    let (ended, at) = all.iter().copied().max()?;
    let years = |(born, _): &(Date, usize)| {
        let same_day = born.month() == ended.month() && born.day() == ended.day();
        same_day && AGES.contains(&(ended.year() - born.year()))
    };
    all.iter().any(years).then(|| (ended, vec![at], false))
}

/// The ages at which cards end.
const AGES: [i16; 4] = [14, 25, 40, 60];

/// So many years after a birthday cards end, and after the day of issue passports do.
const TERMS: [i16; 5] = [5, 10, 25, 40, 60];

/// A card ends on a birthday and a passport on the day it was issued: where that day stands on it too, the end was
/// read right. So it was where what is agreed for a time begins so many whole months before. `otherwise`: how sure it
/// is if not.
fn confirmed(held: &Held<'_>, ended: Date, otherwise: Certainty) -> Certainty {
    if of_term(held) {
        let whole = held.piece.lines().flat_map(dates).any(|begun| whole_months(begun, ended));
        return if whole { Certainty::Certain } else { otherwise };
    }
    let mut others =
        held.piece.lines().flat_map(|line| [dates(line), digits_of_dates(line)].concat());
    let begun = |other: Date| {
        let same_day = other.month() == ended.month() && other.day() == ended.day();
        same_day && TERMS.contains(&(ended.year() - other.year()))
    };
    let mut told_again =
        || others.any(begun) || held.piece.lines().any(|line| is_in_zone(line, ended));
    if held.piece.is_identity() && told_again() { Certainty::Certain } else { otherwise }
}

/// Whether a line of a passport's machine-readable zone states that last day: after the sex, year, month and day of
/// two digits each (ICAO Doc 9303, part 4).
fn is_in_zone(line: &str, ended: Date) -> bool {
    let day = ended.strftime("%y%m%d").to_string();
    line.contains("<<") && ["M", "F", "<"].iter().any(|sex| line.contains(&format!("{sex}{day}")))
}

/// From 02/10/2025 until 01/10/2026 or 02/10/2026.
fn whole_months(begun: Date, ended: Date) -> bool {
    let next = ended.checked_add(1.days()).ok();
    let month = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    let between = month(ended) - month(begun);
    (between..=between + 1).filter(|months| (1..=LONGEST).contains(months)).any(|months| {
        let after = begun.checked_add(months.months()).ok();
        after.is_some() && (after == Some(ended) || after == next)
    })
}

/// In months.
const LONGEST: i32 = 120;

/// What was agreed for a time may go on by itself, or by what was agreed later: a person looks.
fn is_prolonged(held: &Held<'_>) -> bool {
    let noted = held.notes.iter().map(|(about, says)| phrase(&format!("{about} {says}")));
    let read = held.piece.lines().chain(held.others.iter().flat_map(|piece| piece.lines()));
    let mut texts = noted.chain(read.map(phrase));
    texts
        .any(|text| ["gia han", "tu dong keo dai", "tai ky"].iter().any(|more| text.contains(more)))
}

/// A paper that is handed back for a new one may well have run out; that is often why.
fn is_given_back(held: &Held<'_>) -> bool {
    held.paper.validity.is_none() && phrase(&held.paper.name).contains("cap truoc do")
}

/// Forms and requests say of other papers how long they are valid, and nothing of themselves.
fn asks_for_something(held: &Held<'_>) -> bool {
    // A registration and an office's notice are issued, and may well end.
    let issued = |name: &[String]| {
        let name = name.join(" ");
        ["giay dang ky", "thong bao"].iter().any(|start| name.starts_with(start))
    };
    let asks = |name: &[String]| is_request(name) && !issued(name);
    let title = held.piece.titles.first();
    held.paper.form.is_some()
        || asks(&words(&held.paper.name))
        || title.is_some_and(|title| asks(&title.head))
}

/// How papers say until when they are valid.
const ENDS: &[&str] =
    &["gia tri den", "hieu luc den", "date of expiry", "co gia tri su dung den", "het han ngay"];

/// A last day, the lines that tell it, and whether it may be relied on.
type End = (Date, Vec<usize>, bool);

/// The last of the days that are told of this; a card tells only one.
fn last_of(held: &Held<'_>, ends: &[(Whose, End)], whose: Whose) -> Option<End> {
    let mut ends = ends.iter().filter(|end| end.0 == whose).map(|(_, end)| end.clone());
    if held.piece.is_identity() { ends.next() } else { ends.max_by_key(|(day, ..)| *day) }
}

/// Every last day the paper states of itself or of what may be itself.
fn stated_ends(held: &Held<'_>, dates: fn(&str) -> Vec<Date>) -> Vec<(Whose, End)> {
    [valid_until(held, dates), term_ends(held, dates)].concat()
}

/// "Có giá trị đến: …" with a date on that line or the next.
fn valid_until(held: &Held<'_>, dates: fn(&str) -> Vec<Date>) -> Vec<(Whose, End)> {
    if asks_for_something(held) {
        return Vec::new();
    }
    let folded = |phrases: &[&str]| phrases.iter().map(|phrase| words(phrase)).collect::<Vec<_>>();
    // "Giá trị đến: không thời hạn": a date below it is that of something else.
    let endless = folded(&["khong thoi han", "vo thoi han", "khong xac dinh thoi han"]);
    let (says, issued) = (folded(ENDS), words("ngay cap"));
    let own = own_names(held);
    let lines: Vec<(&str, bool)> = held.piece.lines_with_certainty().collect();
    let ends = lines.iter().enumerate().filter_map(|(at, (line, _))| {
        let folded = words_of_line(line);
        let stands = |says: &Vec<String>| Some((place(&folded, says)?, says.len()));
        let (start, length) = says.iter().filter_map(stands).min()?;
        if endless.iter().any(|never| holds(&folded, never)) {
            return None;
        }
        let above = at.checked_sub(1).and_then(|at| lines.get(at)).map_or("", |(above, _)| above);
        let whose = if held.piece.is_identity() {
            Whose::Own
        } else {
            whose(&subject(line, start, above), &own)?
        };
        // Where the day of issue stands in the same row, its date alone is not the one that counts.
        let with_issue = holds(&folded, &issued);
        if !held.piece.is_identity() && !with_issue {
            let next = lines.get(at.saturating_add(1)).map_or("", |(next, _)| next);
            let (day, below) = day_after(line, next, start.saturating_add(length), dates)?;
            return Some((whose, told(&lines, at, below, day)));
        }
        let least = if with_issue { 2 } else { 1 };
        let mut near =
            lines.iter().skip(at).take(2).enumerate().filter_map(|(below, (line, _))| {
                let mut found = dates(line);
                (found.len() >= least).then(|| found.pop()).flatten().map(|last| (last, below == 1))
            });
        let (day, below) = near.next()?;
        Some((whose, told(&lines, at, below, day)))
    });
    ends.collect()
}

/// A day that a line tells, or the one below it does.
fn told(lines: &[(&str, bool)], at: usize, below: bool, day: Date) -> End {
    let place = if below { at.saturating_add(1) } else { at };
    let sure = lines.get(place).is_some_and(|(_, sure)| *sure);
    (day, if below { vec![at, place] } else { vec![at] }, sure)
}

/// The day that follows the first `count` words of a line with nothing but "ngày" and the like between; it may have
/// been carried over to the next line, which is then said too. "Đến khi công việc hoàn thành" has no day.
fn day_after(
    line: &str,
    next: &str,
    count: usize,
    dates: fn(&str) -> Vec<Date>,
) -> Option<(Date, bool)> {
    let mut passed = 0_usize;
    let mut tokens = line.split_whitespace().map(|token| (token, false)).collect::<Vec<_>>();
    tokens.extend(next.split_whitespace().map(|token| (token, true)));
    let from = tokens.iter().position(|(token, _)| {
        let begins = passed;
        passed = passed.saturating_add(words_of_line(token).len());
        begins >= count
    })?;
    let between = ["", "den", "ngay", "het", "vao", "date", "of", "expiry"];
    let rest = tokens.get(from..)?;
    let day = rest.iter().position(|(token, _)| !between.contains(&phrase(token).as_str()))?;
    let rest = rest.get(day..)?;
    let (first, below) = rest.first()?;
    first
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .starts_with(|c: char| c.is_ascii_digit())
        .then_some(())?;
    let text = rest.iter().map(|(token, _)| *token).collect::<Vec<_>>().join(" ");
    Some((dates(&text).into_iter().next()?, *below))
}

/// What the paper is called, by itself and by the list; what it calls itself may be cut short at its start.
fn own_names(held: &Held<'_>) -> Vec<Vec<String>> {
    let titles = held.piece.titles.first().map(|title| title.head.clone());
    let called = titles.into_iter().chain([words(&held.paper.name)]);
    called.flat_map(cut_short).chain([words(&held.need.requirement.name)]).collect()
}

/// How the catalogue calls what is agreed for a time.
const OF_TERM: &[&str] = &["van-ban-uy-quyen", "hop-dong"];

fn of_term(held: &Held<'_>) -> bool {
    let asked = held.paper.document.as_deref();
    let told = held.piece.kind.as_ref().filter(|_| held.piece.is_told());
    let mut kinds = asked.into_iter().chain(told.map(|(kind, _)| kind.as_str()));
    // A lease may be told as what proves a dwelling.
    let is_contract =
        |title: &Title| title.head.starts_with(&["hop".to_owned(), "dong".to_owned()]);
    kinds.any(|kind| OF_TERM.contains(&kind)) || held.piece.titles.iter().any(is_contract)
}

/// How a paper speaks of its term, and whether those words say whose it is.
const TERM_NAMES: &[(&str, bool)] = &[
    (" thoi han thue ", true),
    (" thoi han cho thue ", true),
    (" thoi han uy quyen ", true),
    (" thoi han hop dong ", true),
    (" thoi han o nho ", true),
    (" thoi han muon ", true),
    (" thoi gian thue ", true),
    (" thoi gian uy quyen ", true),
    (" thoi gian o nho ", true),
    (" thoi han ", false),
    (" gia tri tu ", false),
    (" gia tri ke tu ", false),
    (" gia tri trong ", false),
    (" hieu luc tu ", false),
    (" hieu luc ke tu ", false),
    (" hieu luc trong ", false),
    (" cham dut ", false),
];

/// What may follow "thời hạn" where it is not said of what: "Thời hạn: từ …" is of the paper, "thời hạn bảo hành" not.
const GOES_ON: &[&str] = &["tu", "den", "la", "ke", "tinh", "trong", "cua", "vao", "ngay"];

/// "Thời hạn ủy quyền: đến hết ngày 30/10/2026", "thời hạn thuê: từ ngày … đến ngày …", "12 tháng kể từ ngày …",
/// "03 tháng kể từ ngày ký": the last days of what is agreed for a time.
fn term_ends(held: &Held<'_>, dates: fn(&str) -> Vec<Date>) -> Vec<(Whose, End)> {
    if !of_term(held) {
        return Vec::new();
    }
    let own = own_names(held);
    let lines: Vec<(&str, bool)> = held.piece.lines_with_certainty().collect();
    let signed = OnceCell::new();
    let ends = lines.iter().enumerate().filter_map(|(at, (line, sure))| {
        let folded = format!(" {} ", phrase(line));
        let (before, name, after, is_named) = TERM_NAMES.iter().find_map(|(name, named)| {
            folded.split_once(name).map(|(before, after)| (before, *name, after, *named))
        })?;
        let first = after.split(' ').next().unwrap_or_default();
        let plain = GOES_ON.contains(&first) || first.chars().all(|c| c.is_ascii_digit());
        let start = before.split_whitespace().count();
        let above = at.checked_sub(1).and_then(|at| lines.get(at)).map_or("", |(above, _)| above);
        let whose = match (speaks_of_former(line), is_named) {
            (true, _) => Whose::Doubtful,
            (false, true) => Whose::Own,
            (false, false) if plain => whose(&subject(line, start, above), &own)?,
            (false, false) => return None,
        };
        // The day, or all after the name, may have been carried over to the next line.
        let next = lines.get(at.saturating_add(1)).map_or("", |(next, _)| next);
        let carried = !after.contains(|c: char| c.is_ascii_digit())
            && phrase(next).split(' ').next().is_some_and(|word| {
                ["tu", "den", "ke"].contains(&word)
                    || word.starts_with(|c: char| c.is_ascii_digit())
            });
        let both = format!("{line} {next}");
        let text = if carried { both.as_str() } else { line };
        let from = start.saturating_add(name.split_whitespace().count());
        let until = last_day(text, if carried { "" } else { next }, from, dates);
        let long = after_so_long(text, dates)
            .or_else(|| until.is_none().then(|| after_so_long(&both, dates)).flatten());
        let last = until.into_iter().chain(long.map(|day| (day, false))).max();
        if let Some((day, below)) = last {
            return Some((
                whose,
                told(&lines, at, below || (carried && !after.contains(' ')), day),
            ));
        }
        let (last, signed_at) = since_signed(line, || {
            *signed.get_or_init(|| latest(lines.iter().map(|(line, _)| *line)))
        })?;
        Some((whose, (last, vec![at, signed_at], *sure && lines.get(signed_at)?.1)))
    });
    ends.collect()
}

/// "Hợp đồng thuê nhà cũ", "thời hạn thuê trước đây".
fn speaks_of_former(line: &str) -> bool {
    line.to_lowercase().split(' ').any(|word| ["cũ", "trước"].contains(&word))
}

/// The last day that follows "đến ngày", "đến hết ngày", "kết thúc", "chấm dứt vào ngày" after so many words.
fn last_day(
    text: &str,
    next: &str,
    from: usize,
    dates: fn(&str) -> Vec<Date>,
) -> Option<(Date, bool)> {
    let folded = words_of_line(text);
    let ends = folded.iter().enumerate().filter(|(at, word)| {
        let before = at.checked_sub(1).and_then(|at| folded.get(at)).map(String::as_str);
        let said = at.saturating_add(1) >= from;
        said && (*word == "den"
            || (before, word.as_str()) == (Some("ket"), "thuc")
            || (before, word.as_str()) == (Some("cham"), "dut"))
    });
    ends.filter_map(|(at, _)| day_after(text, next, at.saturating_add(1), dates)).next_back()
}

/// "Thời hạn thuê: 12 tháng kể từ ngày 02/10/2025".
fn after_so_long(text: &str, dates: fn(&str) -> Vec<Date>) -> Option<Date> {
    let folded = phrase(text);
    let from = [" ke tu ngay ", " tinh tu ngay ", " tu ngay "].iter().any(|of| folded.contains(of));
    let begun = dates(text).into_iter().next().filter(|_| from)?;
    let (amount, unit) = period(text)?;
    begun.checked_add(span(amount, unit)).ok()?.checked_sub(1.days()).ok()
}

/// "03 (ba) tháng kể từ ngày ký": signed at the latest on the last day that stands on the paper.
fn since_signed(line: &str, latest: impl Fn() -> Option<(Date, usize)>) -> Option<(Date, usize)> {
    let folded = phrase(line);
    let since = ["ky", "lap", "cong chung", "chung thuc"];
    since.iter().any(|of| folded.contains(&format!("ke tu ngay {of}"))).then_some(())?;
    let (amount, unit) = period(line)?;
    let (signed, at) = latest()?;
    Some((signed.checked_add(span(amount, unit)).ok()?, at))
}

/// The last day that stands on these lines, and where.
fn latest<'a>(lines: impl Iterator<Item = &'a str>) -> Option<(Date, usize)> {
    let all = lines.enumerate();
    let all = all.flat_map(|(at, line)| dates(line).into_iter().map(move |day| (day, at)));
    all.max_by_key(|(day, _)| *day)
}

/// The latest date on the paper and the time it is good for, and where that date stands; `None` unless both are
/// told.
fn end_by_age(held: &Held<'_>) -> Option<(Date, Vec<usize>)> {
    let asked = held.paper.validity.as_deref().and_then(period);
    let (amount, unit) = asked.or_else(|| own_period(held))?;
    // A later day, say of a hearing, makes it unclear which date counts.
    let (latest, at) = latest(held.piece.lines()).filter(|(date, _)| *date <= held.received_on)?;
    Some((latest.checked_add(span(amount, unit)).ok()?, vec![at]))
}

fn span(amount: i64, unit: TimeUnit) -> Span {
    match unit {
        TimeUnit::Year => amount.years(),
        TimeUnit::Month => amount.months(),
        _ => amount.days(),
    }
}

/// "Giấy này có giá trị 6 tháng kể từ ngày cấp", as the paper itself says.
fn own_period(held: &Held<'_>) -> Option<(i64, TimeUnit)> {
    if asks_for_something(held) {
        return None;
    }
    held.piece.lines().find_map(|line| {
        let folded = phrase(line);
        (folded.contains("co gia tri") && folded.contains("ke tu ngay")).then(|| period(line))?
    })
}

fn period(text: &str) -> Option<(i64, TimeUnit)> {
    // "03 (ba) tháng": what is said again in words comes between.
    let plain = match (text.find('('), text.find(')')) {
        (Some(from), Some(to)) if from < to => {
            format!("{}{}", text.get(..from)?, text.get(to.saturating_add(1)..)?)
        }
        _ => text.to_owned(),
    };
    mentioned(&plain, MentionKind::Duration).find_map(|mention| {
        let (amount, unit) = mention.canonical.split_once(' ')?;
        let unit = match unit {
            "year" => TimeUnit::Year,
            "month" => TimeUnit::Month,
            "day" => TimeUnit::Day,
            _ => return None,
        };
        let amount: i64 = amount.parse().ok().filter(|amount| (1..=1000).contains(amount))?;
        Some((amount, unit))
    })
}

/// Dates of which a recogniser lost or misread what stands between day, month and year: "20 i04 2025",
/// "20042025".
fn digits_of_dates(line: &str) -> Vec<Date> {
    let digits: String = line.chars().map(|c| if c.is_ascii_digit() { c } else { ' ' }).collect();
    let groups: Vec<&str> = digits.split_whitespace().collect();
    let date = |day: &str, month: &str, year: &str| {
        let year = year.parse().ok().filter(|year| (1900..2200).contains(year))?;
        Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
    };
    (0..groups.len())
        .filter_map(|at| match groups.get(at..)? {
            [all, ..] if all.len() == 8 => date(all.get(..2)?, all.get(2..4)?, all.get(4..)?),
            // Strokes that were read as ones: "2210712016".
            [all, ..]
                if all.len() == 10 && all.get(2..3) == Some("1") && all.get(5..6) == Some("1") =>
            {
                date(all.get(..2)?, all.get(3..5)?, all.get(6..)?)
            }
            // One stroke lost, the other read as a one: "200612016".
            [all, ..] if all.len() == 9 && all.get(4..5) == Some("1") => {
                date(all.get(..2)?, all.get(2..4)?, all.get(5..)?)
            }
            [all, ..] if all.len() == 9 && all.get(2..3) == Some("1") => {
                date(all.get(..2)?, all.get(3..5)?, all.get(5..)?)
            }
            [day, rest, ..] if day.len() == 2 && rest.len() == 6 => {
                date(day, rest.get(..2)?, rest.get(2..)?)
            }
            // One stroke as a letter, the other as a one: "22I0612016".
            [day, rest, ..] if day.len() == 2 && rest.len() == 7 && rest.get(2..3) == Some("1") => {
                date(day, rest.get(..2)?, rest.get(3..)?)
            }
            [start, year, ..] if start.len() == 4 && year.len() == 4 => {
                date(start.get(..2)?, start.get(2..)?, year)
            }
            [day, month, year, ..] if [day.len(), month.len(), year.len()] == [2, 2, 4] => {
                date(day, month, year)
            }
            // The second stroke as a one before the year: "15 [ 08 12026".
            [day, month, year, ..] if [day.len(), month.len(), year.len()] == [2, 2, 5] => {
                date(day, month, year.strip_prefix('1')?)
            }
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_zone_below_a_passport_says_when_it_ends() {
        let zone = "Q99990316<0VNM9863144F2606227025198999361<<0";
        assert!(is_in_zone(zone, date(2026, 6, 22)));
        assert!(!is_in_zone(zone, date(2026, 6, 23)));
        assert!(!is_in_zone("F260622 without a zone", date(2026, 6, 22)));
        assert_eq!(digits_of_dates("22I0612016"), [date(2016, 6, 22)]);
    }

    #[test]
    fn days_are_made_out_of_what_a_recogniser_left() {
        let read = digits_of_dates("20 i04 2015 20042025");
        assert_eq!(read, [date(2015, 4, 20), date(2025, 4, 20)]);
        assert_eq!(digits_of_dates("25I082026 tỉnh"), [date(2026, 8, 25)]);
        assert_eq!(
            digits_of_dates("2210712016 2210712026"),
            [date(2016, 7, 22), date(2026, 7, 22)]
        );
        assert_eq!(digits_of_dates("200612016 20I06I2026"), [date(2016, 6, 20), date(2026, 6, 20)]);
        assert_eq!(
            digits_of_dates("15 [ 08 / 2016 15 [ 08 12026"),
            [date(2016, 8, 15), date(2026, 8, 15)]
        );
        assert!(digits_of_dates("Điện thoại 0912345678").is_empty());
        assert_eq!(
            last_day("từ 02/10/2025 đến hết ngày", "01/10/2026", 0, dates),
            Some((date(2026, 10, 1), true))
        );
        let a_year = after_so_long("Thời hạn thuê: 12 tháng, kể từ ngày 02/10/2025", dates);
        assert_eq!(a_year, Some(date(2026, 10, 1)));
        assert!(whole_months(date(2025, 10, 2), date(2026, 10, 1)));
        assert!(!whole_months(date(2025, 10, 2), date(2026, 10, 14)));
        assert!(digits_of_dates("Số 048095999145, 31 02 2024, 20 04").is_empty());
    }
}
