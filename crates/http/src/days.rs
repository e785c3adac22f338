//! Days as requests name them.

use axum::http::StatusCode;
use jiff::civil::Date;

use crate::{clock::today, error::ApiError};

/// The day of reception: today's where none is named. Years that no register has are slips.
pub(crate) fn day_of_reception(text: Option<&str>) -> Result<Date, ApiError> {
    let Some(day) = day(text)? else { return Ok(today()) };
    if (2000..=2100).contains(&day.year()) { Ok(day) } else { Err(bad_day()) }
}

/// A day that bounds what is asked for; none where a field was left empty.
pub(crate) fn day(text: Option<&str>) -> Result<Option<Date>, ApiError> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| text.parse().map_err(|_| bad_day())).transpose()
}

fn bad_day() -> ApiError {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    ApiError::new(status, "bad_date", "Ngày không đúng.", "Viết dạng 2026-11-24.")
}
