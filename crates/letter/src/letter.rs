use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Form;

/// A letter as data: what a template is given, as JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Letter {
    /// Which letter.
    pub form: Form,
    /// Who issues it.
    pub office: Office,
    /// Its number in the office's register; blank if the office writes it by hand.
    pub number: Option<String>,
    /// The day it is issued.
    pub dated: Day,
    /// The day of reception.
    pub received_on: Day,
    /// Who handed in.
    pub applicant: Applicant,
    /// The procedure's code.
    pub procedure_code: String,
    /// The procedure's name.
    pub procedure_name: String,
    /// How many sets are handed in, where the record says so.
    pub sets: Option<u32>,
    /// The papers: received (01), to be added or mended (02, 03).
    pub lines: Vec<Line>,
    /// What the applicant must still tell, because papers depend on it.
    pub to_clarify: Vec<String>,
    /// What concerns no single line.
    pub remarks: Vec<String>,
    /// What the official wrote.
    pub reason: Option<String>,
    /// The law it rests on.
    pub legal_basis: Vec<String>,
    /// How long it takes by the record, in words.
    pub time_limits: Vec<String>,
    /// Identifies the case; also in the QR code.
    pub case: String,
    /// The QR code of [`Self::case`], an SVG picture.
    pub qr: String,
    /// Who stands behind the list of papers, where nobody has checked it yet.
    pub caution: Option<String>,
}

/// The office that issues letters (*cơ quan, đơn vị*). All optional: what is missing is a dotted line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Office {
    /// The authority above it, for example "ỦY BAN NHÂN DÂN XÃ HÙNG VIỆT".
    pub authority: Option<String>,
    /// Its name, for example "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG".
    pub name: Option<String>,
    /// The place that stands before the date.
    pub place: Option<String>,
    /// Where it is.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Electronic mail.
    pub email: Option<String>,
}

/// Who handed in. What is missing is a dotted line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Applicant {
    /// Name of the person or organisation.
    pub name: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Electronic mail.
    pub email: Option<String>,
}

/// A day as it is written: "24", "11", "2026".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    /// Two digits.
    pub day: String,
    /// Two digits.
    pub month: String,
    /// Four digits.
    pub year: String,
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self {
            day: format!("{:02}", date.day()),
            month: format!("{:02}", date.month()),
            year: date.year().to_string(),
        }
    }
}

/// One paper of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The paper.
    pub name: String,
    /// Originals (*bản chính*).
    pub originals: Option<u32>,
    /// Certified copies (*bản chứng thực*).
    pub certified: Option<u32>,
    /// Plain copies (*bản photo*).
    pub copies: Option<u32>,
    /// In place of the three numbers, where the rule leaves a choice or names another form.
    pub either: Option<String>,
    /// What is wrong and how to mend it, a sentence each.
    pub notes: Vec<String>,
}
