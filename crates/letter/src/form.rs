use std::{fmt, str::FromStr};

use serde::Serialize;

/// A letter of TT 03/2025/TT-VPCP, Phụ lục I, by its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Form {
    /// 01, *Giấy tiếp nhận hồ sơ và hẹn trả kết quả*.
    #[serde(rename = "01")]
    Receipt,
    /// 02, *Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ*.
    #[serde(rename = "02")]
    Supplement,
    /// 03, *Phiếu từ chối tiếp nhận giải quyết hồ sơ*.
    #[serde(rename = "03")]
    Refusal,
}

impl Form {
    /// All that can be made.
    pub const ALL: [Self; 3] = [Self::Receipt, Self::Supplement, Self::Refusal];

    /// Its number, two digits.
    pub fn number(self) -> &'static str {
        match self {
            Self::Receipt => "01",
            Self::Supplement => "02",
            Self::Refusal => "03",
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.number())
    }
}

/// There is no such letter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("không có phiếu `{0}`; các phiếu lập được: 01 (tiếp nhận), 02 (bổ sung), 03 (từ chối)")]
pub struct UnknownForm(String);

impl FromStr for Form {
    type Err = UnknownForm;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = Self::ALL.into_iter().find(|form| form.number() == text);
        named.ok_or_else(|| UnknownForm(text.to_owned()))
    }
}
