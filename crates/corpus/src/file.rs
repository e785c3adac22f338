//! The project's own procedure files. The schema is described in `corpus/README.md`.

use std::{ffi::OsStr, path::Path};

use motcua_domain::{
    Channel, Detail, Fee, FeeAmount, Jurisdiction, LegalBasis, Level, Period, Place, Procedure,
    ProcedureCode, Review, Source, Statement, TimeLimit, TimeSpan, TimeUnit,
};
use toml::de::DeTable;

use crate::{
    Problem,
    check::check_procedure,
    reader::{Problems, TableReader},
    requirement_file::{read_note, read_question, read_requirement},
};

const SCHEMA: i64 = 1;

pub(crate) const CHANNELS: [(&str, Channel); 3] =
    [("in_person", Channel::InPerson), ("online", Channel::Online), ("postal", Channel::Postal)];
pub(crate) const LEVELS: [(&str, Level); 4] = [
    ("commune", Level::Commune),
    ("province", Level::Province),
    ("ministry", Level::Ministry),
    ("other", Level::Other),
];
pub(crate) const UNITS: [(&str, TimeUnit); 6] = [
    ("hour", TimeUnit::Hour),
    ("working_hour", TimeUnit::WorkingHour),
    ("day", TimeUnit::Day),
    ("working_day", TimeUnit::WorkingDay),
    ("month", TimeUnit::Month),
    ("year", TimeUnit::Year),
];

/// Reads one procedure file. `file` is used in messages and its stem must be the code, or the code and the day on
/// which this version begins: `1.004873@2027-01-01.toml`.
///
/// # Errors
/// Every problem of the file, not only the first.
pub fn read_procedure(file: &Path, text: &str) -> Result<Procedure, Vec<Problem>> {
    let problems = Problems::new(file, text);
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        problems.push(&error.span().unwrap_or(0..0), error.message());
    }
    let table = TableReader::new(document.get_ref(), 0..0, &problems);
    let procedure = read(&table);
    if let Some(procedure) = &procedure {
        if !is_named_after(file, procedure) {
            let dated = "mã@ngày bắt đầu có hiệu lực trong `effective`";
            table.problem_at("code", format!("tên tệp phải là mã thủ tục, hoặc {dated}"));
        }
        check_procedure(procedure, &table);
    }
    table.finish();
    match (procedure, problems.into_inner()) {
        (Some(procedure), problems) if problems.is_empty() => Ok(procedure),
        (_, problems) => Err(problems),
    }
}

fn is_named_after(file: &Path, procedure: &Procedure) -> bool {
    let Some(stem) = file.file_stem().and_then(OsStr::to_str) else { return false };
    match stem.split_once('@') {
        None => stem == procedure.code.as_str(),
        Some((code, day)) => {
            let begins = procedure.effective.from.map(|from| from.to_string());
            code == procedure.code.as_str() && begins.as_deref() == Some(day)
        }
    }
}

fn read(table: &TableReader<'_>) -> Option<Procedure> {
    if table.integer("schema") != Some(SCHEMA) {
        table.problem_at("schema", format!("`schema` phải là {SCHEMA}"));
    }
    let code = table.string("code").parse::<ProcedureCode>();
    if code.is_err() {
        table.problem_at("code", "mã thủ tục có dạng 1.001193");
    }
    let procedure = Procedure {
        code: code.clone().ok().or_else(|| "0.000000".parse().ok())?,
        name: table.string("name"),
        field: table.string("field"),
        ministry: table.string("ministry"),
        decision: table.optional_string("decision"),
        levels: table.words("levels", &LEVELS),
        jurisdiction: read_jurisdiction(&table.string("jurisdiction")),
        subjects: table.strings("subjects"),
        agencies: table.strings("agencies"),
        times: table.all("times", read_time),
        fees: table.all("fees", read_fee),
        places: table.all("places", read_place),
        steps: table.all("steps", read_statement),
        conditions: table.all("conditions", read_statement),
        results: table.all("results", read_statement),
        questions: table.all("questions", read_question),
        requirements: table.all("requirements", read_requirement),
        notes: table.all("notes", read_note),
        row_count: table.count("component_rows").unwrap_or_default(),
        sets: table.count("sets").and_then(|sets| u32::try_from(sets).ok()),
        legal_basis: table.all("legal_basis", read_legal_basis),
        everyday: table.strings("everyday"),
        effective: read_period(table),
        sources: table.all("sources", read_source),
        review: read_review(table)?,
        detail: Detail::Full,
    };
    code.is_ok().then_some(procedure)
}

fn read_jurisdiction(text: &str) -> Jurisdiction {
    match text {
        "national" => Jurisdiction::National,
        "internal" => Jurisdiction::Internal,
        province => Jurisdiction::Province(province.to_owned()),
    }
}

fn read_period(table: &TableReader<'_>) -> Period {
    let Some(period) = table.table("effective") else { return Period::default() };
    let (from, to) = (period.date("from"), period.date("to"));
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        period.problem("`to` đứng trước `from`");
    }
    period.finish();
    Period { from, to }
}

fn read_review(table: &TableReader<'_>) -> Option<Review> {
    let Some(review) = table.table("review") else {
        table.problem("thiếu `review`");
        return None;
    };
    let (state, on, by) = (review.string("state"), review.date("on"), review.optional_string("by"));
    let read = match (state.as_str(), on, by) {
        ("draft", None, None) => Some(Review::Draft),
        ("checked", Some(on), None) => Some(Review::Checked { on }),
        ("approved", Some(on), Some(by)) => Some(Review::Approved { on, by }),
        _ => {
            review.problem(
                "`review` là { state = \"draft\" }, { state = \"checked\", on = ngày } hoặc \
                 { state = \"approved\", on = ngày, by = \"người duyệt\" }",
            );
            None
        }
    };
    review.finish();
    read
}

fn read_time(table: &TableReader<'_>) -> TimeLimit {
    let span = match (table.number("amount"), table.word("unit", &UNITS)) {
        (Some(amount), Some(unit)) => tenths(amount).map(|tenths| TimeSpan { tenths, unit }),
        (None, None) => None,
        _ => {
            table.problem("`amount` và `unit` phải đi cùng nhau");
            None
        }
    };
    TimeLimit {
        channels: table.words("channels", &CHANNELS),
        span,
        text: table.string("text"),
        condition: table.optional_string("condition"),
        sources: table.strings("sources"),
    }
}

/// Tenths of a unit, for amounts from 0 to a thousand years of days.
pub(crate) fn tenths(amount: f64) -> Option<u32> {
    let tenths = (amount * 10.0).round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range is checked here"
    )]
    (0.0..=4_000_000.0).contains(&tenths).then_some(tenths as u32)
}

fn read_fee(table: &TableReader<'_>) -> Fee {
    Fee {
        channels: table.words("channels", &CHANNELS),
        name: table.string("name"),
        amount: read_amount(table),
        text: table.string("text"),
        condition: table.optional_string("condition"),
        sources: table.strings("sources"),
    }
}

fn read_amount(table: &TableReader<'_>) -> FeeAmount {
    const WORDS: [(&str, FeeAmount); 3] = [
        ("free", FeeAmount::Free),
        ("set_elsewhere", FeeAmount::SetElsewhere),
        ("in_text", FeeAmount::InText),
    ];
    if table.is_string("amount") {
        return table.word("amount", &WORDS).unwrap_or(FeeAmount::InText);
    }
    match table.integer("amount").map(u64::try_from) {
        Some(Ok(0)) => {
            table.problem_at("amount", "viết \"free\" nếu nguồn nói là miễn phí, không viết 0");
            FeeAmount::InText
        }
        Some(Ok(dong)) => FeeAmount::Dong(dong),
        _ => {
            table.problem_at(
                "amount",
                "`amount` là số đồng, \"free\", \"set_elsewhere\" hoặc \"in_text\"",
            );
            FeeAmount::InText
        }
    }
}

fn read_place(table: &TableReader<'_>) -> Place {
    Place {
        channels: table.words("channels", &CHANNELS),
        text: table.string("text"),
        sources: table.strings("sources"),
    }
}

fn read_statement(table: &TableReader<'_>) -> Statement {
    Statement { text: table.string("text"), sources: table.strings("sources") }
}

fn read_legal_basis(table: &TableReader<'_>) -> LegalBasis {
    LegalBasis { number: table.optional_string("number"), title: table.string("title") }
}

fn read_source(table: &TableReader<'_>) -> Source {
    Source {
        id: table.string("id"),
        document: table.string("document"),
        url: table.optional_string("url"),
        effective_from: table.date("effective_from"),
        retrieved: table.date("retrieved"),
    }
}
