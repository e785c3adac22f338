use jiff::{Timestamp, civil::Date, tz::Offset};

/// The day in Vietnam, which keeps UTC+7 all year.
pub fn today() -> Date {
    Offset::constant(7).to_datetime(Timestamp::now()).date()
}
