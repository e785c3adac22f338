use serde::{Deserialize, Serialize};

use crate::{Condition, SourceId};

/// One thing a procedure asks of the applicant (*yêu cầu về thành phần hồ sơ*).
///
/// After the EU's CCCEV model: a requirement is met by any one of its [`PaperList`]s, each list
/// being papers that are needed together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// ASCII identifier, unique in the procedure, for example `giay-chung-sinh`.
    pub id: String,
    /// The 0-based rows of the portal record's component list that it covers.
    pub rows: Vec<usize>,
    /// Rows that ask for it in some cases only, where a record repeats a paper under each case heading. A row
    /// that is in none of these asks in every case.
    pub row_cases: Vec<RowCase>,
    /// What a reader is shown.
    pub name: String,
    /// Whether everybody needs it.
    pub necessity: Necessity,
    /// When it applies, over the procedure's case questions.
    pub when: Condition,
    /// Handed in, or shown and handed back.
    pub handover: Handover,
    /// Any one of these lists is enough. Never empty.
    pub any_of: Vec<PaperList>,
    /// A database that makes the paper unnecessary.
    pub replaced_by_data: Option<DataReplacement>,
    /// Something the reader should know, in a sentence.
    pub note: Option<String>,
    /// The source row's own words; present on drafts compiled by the machine.
    pub source_text: Option<String>,
    /// Where it is stated.
    pub sources: Vec<SourceId>,
}

impl Requirement {
    /// All its conditions: when it applies, when each list may be used, when a look-up stands in, when a row asks.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let lists = self.any_of.iter().map(|list| &list.when);
        let data = self.replaced_by_data.iter().map(|replacement| &replacement.when);
        let rows = self.row_cases.iter().map(|case| &case.when);
        std::iter::once(&self.when).chain(lists).chain(data).chain(rows)
    }
}

/// Whether a requirement concerns every applicant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Necessity {
    /// Every applicant.
    Always,
    /// Those whose case meets [`Requirement::when`].
    Conditional,
    /// Nobody is sent home for the lack of it ("nếu có").
    Optional,
    /// The machine could not read when it applies: shown to a person, never decided.
    Pending,
}

/// What happens to the paper at the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handover {
    /// Nộp: it stays with the dossier.
    Submit,
    /// Xuất trình: it is looked at and handed back.
    Present,
}

/// Papers that are needed together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperList {
    /// When this list may be used, for example only where there is no birth record.
    pub when: Condition,
    /// The papers. Never empty.
    pub all_of: Vec<Paper>,
    /// Those of the requirement's rows that ask for this very list, where a record gives each
    /// alternative a row of its own: the paper form and its electronic twin. Empty: all of them.
    pub rows: Vec<usize>,
}

/// Rows of a requirement that stand for one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCase {
    /// The case.
    pub when: Condition,
    /// Its rows, among those of the requirement. Never empty.
    pub rows: Vec<usize>,
}

/// One paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Its name as a reader is shown it.
    pub name: String,
    /// Its kind in the catalogue of common papers (`corpus/documents.toml`), if it is one.
    pub document: Option<String>,
    /// What form of it is accepted.
    pub copy_type: CopyType,
    /// How many; at least 1.
    pub quantity: u32,
    /// The form it must be filled in on, for example "CT01" or "Mẫu số 18".
    pub form: Option<String>,
    /// How long or until when it must be valid, in words.
    pub validity: Option<String>,
    /// What the rule says has to be in it, where it says so: the drawings of a set.
    pub contents: Vec<Content>,
}

/// Something that has to be in a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Its name as a reader is shown it.
    pub name: String,
    /// Words of which some stand where it is, for example "móng". Never empty.
    pub seen_as: Vec<String>,
}

/// What form of a paper is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CopyType {
    /// Bản chính.
    Original,
    /// Bản sao có chứng thực.
    CertifiedCopy,
    /// Bản sao, bản chụp.
    PlainCopy,
    /// A copy, or the original itself.
    OriginalOrCopy,
    /// An electronic form or file.
    Electronic,
    /// The rule does not say.
    Unspecified,
}

impl CopyType {
    /// The words a Vietnamese reader sees.
    pub fn vietnamese(self) -> &'static str {
        match self {
            Self::Original => "bản chính",
            Self::CertifiedCopy => "bản sao chứng thực",
            Self::PlainCopy => "bản sao",
            Self::OriginalOrCopy => "bản chính hoặc bản sao",
            Self::Electronic => "bản điện tử",
            Self::Unspecified => "không nêu loại bản",
        }
    }
}

/// A database whose data stand in for the paper (Nghị quyết 66.7/2025/NQ-CP).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataReplacement {
    /// The database, as it is named.
    pub database: String,
    /// When the look-up succeeded; over a question with `lookup` set.
    pub when: Condition,
}

/// A row of the record's component list that asks for nothing: an explanation, an exemption, a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The rows it stands in.
    pub rows: Vec<usize>,
    /// What it says.
    pub text: String,
}
