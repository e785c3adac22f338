use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The national code of a procedure (*mã thủ tục hành chính*), for example `1.001193`.
///
/// One to three digits, a dot, and six digits, as the national portal prints it.
/// ```
/// use motcua_domain::ProcedureCode;
/// let code: ProcedureCode = " 1.001193 ".parse()?;
/// assert_eq!(code.as_str(), "1.001193");
/// assert!("1.1193".parse::<ProcedureCode>().is_err());
/// # Ok::<(), motcua_domain::ParseProcedureCodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProcedureCode(String);

/// What was given is not a procedure code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseProcedureCodeError {
    /// The text that was refused.
    pub given: String,
}

impl ProcedureCode {
    /// The code as printed, for example `1.001193`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ProcedureCode {
    type Err = ParseProcedureCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let trimmed = text.trim();
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        match trimmed.split_once('.') {
            Some((group, number))
                if digits(group) && group.len() <= 3 && digits(number) && number.len() == 6 =>
            {
                Ok(Self(trimmed.to_owned()))
            }
            _ => Err(ParseProcedureCodeError { given: text.to_owned() }),
        }
    }
}

impl fmt::Display for ProcedureCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for ParseProcedureCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a procedure code, expected one like `1.001193`", self.given)
    }
}

impl std::error::Error for ParseProcedureCodeError {}

impl TryFrom<String> for ProcedureCode {
    type Error = ParseProcedureCodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ProcedureCode> for String {
    fn from(code: ProcedureCode) -> Self {
        code.0
    }
}
