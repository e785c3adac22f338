use serde::{Deserialize, Serialize};

use crate::SourceId;

/// How a dossier reaches the authority (*cách thức thực hiện*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Trực tiếp: at the counter.
    InPerson,
    /// Trực tuyến: on the public-service portal.
    Online,
    /// Dịch vụ bưu chính: by post.
    Postal,
}

impl Channel {
    /// Every channel, in the order screens list them.
    pub const ALL: [Self; 3] = [Self::InPerson, Self::Online, Self::Postal];

    /// The words a Vietnamese reader sees.
    pub fn vietnamese(self) -> &'static str {
        match self {
            Self::InPerson => "trực tiếp",
            Self::Online => "trực tuyến",
            Self::Postal => "qua bưu chính",
        }
    }
}

/// One stated thing with where it comes from: a step, a condition, a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The statement, in Vietnamese, a sentence or a short paragraph.
    pub text: String,
    /// Sources in the procedure's own list; empty only for name-only records.
    pub sources: Vec<SourceId>,
}

/// A unit in which time limits are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// Giờ.
    Hour,
    /// Giờ làm việc.
    WorkingHour,
    /// Ngày: calendar days.
    Day,
    /// Ngày làm việc.
    WorkingDay,
    /// Tháng.
    Month,
    /// Năm.
    Year,
}

impl TimeUnit {
    /// The words a Vietnamese reader sees.
    pub fn vietnamese(self) -> &'static str {
        match self {
            Self::Hour => "giờ",
            Self::WorkingHour => "giờ làm việc",
            Self::Day => "ngày",
            Self::WorkingDay => "ngày làm việc",
            Self::Month => "tháng",
            Self::Year => "năm",
        }
    }
}

/// An amount of time with its unit. Halves exist ("0,5 ngày làm việc"), so the amount is in tenths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeSpan {
    /// Tenths of the unit: 30 means 3 units.
    pub tenths: u32,
    /// The unit.
    pub unit: TimeUnit,
}

/// A time limit (*thời hạn giải quyết*) on some channels, in some case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeLimit {
    /// The channels it holds for; empty means all.
    pub channels: Vec<Channel>,
    /// The span, where the record states one that can be read.
    pub span: Option<TimeSpan>,
    /// What a reader is shown, for example "Ngay trong ngày tiếp nhận hồ sơ".
    pub text: String,
    /// In which case it holds, if not always.
    pub condition: Option<String>,
    /// Where it is stated.
    pub sources: Vec<SourceId>,
}

/// What is to be paid. A zero in a record is *not* read as free when its text says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeAmount {
    /// Nothing is to be paid, and the record says so.
    Free,
    /// An amount in Vietnamese đồng.
    Dong(u64),
    /// Set by another body, usually the provincial people's council (*HĐND cấp tỉnh*).
    SetElsewhere,
    /// Stated only in words: see the text.
    InText,
}

/// A fee (*phí, lệ phí*) on some channels, in some case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    /// The channels it holds for; empty means all.
    pub channels: Vec<Channel>,
    /// What it is for, for example "Lệ phí đăng ký khai sinh".
    pub name: String,
    /// The amount.
    pub amount: FeeAmount,
    /// What a reader is shown, amount and unit included.
    pub text: String,
    /// In which case it holds, if not always.
    pub condition: Option<String>,
    /// Where it is stated.
    pub sources: Vec<SourceId>,
}

/// Where a dossier is handed in (*địa điểm nộp hồ sơ*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The channels it holds for; empty means all.
    pub channels: Vec<Channel>,
    /// The place, in Vietnamese.
    pub text: String,
    /// Where it is stated.
    pub sources: Vec<SourceId>,
}
