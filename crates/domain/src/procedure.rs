use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{CaseQuestion, Fee, Note, Place, ProcedureCode, Requirement, Statement, TimeLimit};

/// An administrative procedure (*thủ tục hành chính*) as facts and an executable requirement tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// The national code.
    pub code: ProcedureCode,
    /// The official name, without the leading word "Thủ tục".
    pub name: String,
    /// The field (*lĩnh vực*).
    pub field: String,
    /// The ministry or province that publishes it.
    pub ministry: String,
    /// The decision that published it, for example `163/QĐ-BTP`.
    pub decision: Option<String>,
    /// At which levels it is handled.
    pub levels: Vec<Level>,
    /// Where it holds.
    pub jurisdiction: Jurisdiction,
    /// Who may apply.
    pub subjects: Vec<String>,
    /// The executing authorities.
    pub agencies: Vec<String>,
    /// Time limits.
    pub times: Vec<TimeLimit>,
    /// Fees.
    pub fees: Vec<Fee>,
    /// Where to hand in.
    pub places: Vec<Place>,
    /// What happens, in order.
    pub steps: Vec<Statement>,
    /// What must be true for the applicant (*yêu cầu, điều kiện*).
    pub conditions: Vec<Statement>,
    /// What one gets.
    pub results: Vec<Statement>,
    /// Questions that decide which requirements apply.
    pub questions: Vec<CaseQuestion>,
    /// The requirement tree.
    pub requirements: Vec<Requirement>,
    /// Rows of the record that ask for nothing.
    pub notes: Vec<Note>,
    /// How many rows the portal record's component list has.
    pub row_count: usize,
    /// How many sets of the dossier are handed in, where stated (*số bộ hồ sơ*).
    pub sets: Option<u32>,
    /// The legal basis (*căn cứ pháp lý*).
    pub legal_basis: Vec<LegalBasis>,
    /// What people call it at home, and the situations that lead to it.
    pub everyday: Vec<String>,
    /// When it is in force.
    pub effective: Period,
    /// Where its facts come from.
    pub sources: Vec<Source>,
    /// Who stands behind it.
    pub review: Review,
    /// How much of the record is known.
    pub detail: Detail,
}

/// A level of government. There is no district since 1 July 2025 (NQ 202/2025/QH15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Cấp xã.
    Commune,
    /// Cấp tỉnh.
    Province,
    /// Cấp bộ.
    Ministry,
    /// Another authority, for example a court or a social-insurance office.
    Other,
}

impl Level {
    /// The words a Vietnamese reader sees.
    pub fn vietnamese(self) -> &'static str {
        match self {
            Self::Commune => "cấp xã",
            Self::Province => "cấp tỉnh",
            Self::Ministry => "cấp bộ",
            Self::Other => "cơ quan khác",
        }
    }
}

/// Where a procedure holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Jurisdiction {
    /// The whole country.
    National,
    /// One province only; its name without "tỉnh" or "thành phố", for example `Phú Thọ`.
    Province(String),
    /// Between authorities only: no applicant from outside.
    Internal,
}

/// When something is in force. Both ends are inclusive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first day, if known.
    pub from: Option<Date>,
    /// The last day, if it has been set.
    pub to: Option<Date>,
}

impl Period {
    /// Whether the day lies in the period; an open end holds for ever.
    pub fn contains(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// A document of law the procedure rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalBasis {
    /// Number, for example `118/2025/NĐ-CP`, where it has one.
    pub number: Option<String>,
    /// Title as cited.
    pub title: String,
}

/// The identifier of a source within one procedure, for example `S1`.
pub type SourceId = String;

/// Where facts of a procedure come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Identifier used by the procedure's facts.
    pub id: SourceId,
    /// The document, as it is cited.
    pub document: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// Since when it has been in force.
    pub effective_from: Option<Date>,
    /// The day it was read.
    pub retrieved: Option<Date>,
}

/// Who stands behind a procedure's compiled facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// Compiled by the machine from an imported record.
    Draft,
    /// Held against its source by the project.
    Checked {
        /// The day.
        on: Date,
    },
    /// Approved by an official of the centre.
    Approved {
        /// The day.
        on: Date,
        /// The official.
        by: String,
    },
}

impl Review {
    /// What screens and letters say of it.
    pub fn vietnamese(&self) -> String {
        match self {
            Self::Draft => "bản nháp do máy lập, chưa được kiểm tra".to_owned(),
            Self::Checked { on } => {
                format!("dự án đã đối chiếu với nguồn ngày {}", on.strftime("%d/%m/%Y"))
            }
            Self::Approved { on, by } => {
                format!("{by} duyệt ngày {}", on.strftime("%d/%m/%Y"))
            }
        }
    }

    /// The one-word state of the interfaces: `draft`, `checked` or `approved`.
    pub fn state(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Checked { .. } => "checked",
            Self::Approved { .. } => "approved",
        }
    }
}

/// How much of a procedure's record is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// The whole record.
    Full,
    /// Only the catalogue entry: name, field, authority.
    NameOnly,
    /// Name and content disagree: it is found, but not answered from. The reason says why.
    Suspect(String),
}
