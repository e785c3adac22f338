use serde::Deserialize;

/// A procedure as a portal export states it: strings, faults included.
///
/// One line of a `.jsonl` reference file; [`crate::record_from_portal`] makes one from the
/// portal's own JSON.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are the export's own; see the data's README")]
pub struct Record {
    pub code: String,
    pub name: String,
    pub field: String,
    pub ministry: String,
    pub level: Vec<String>,
    pub decision: String,
    pub subjects: String,
    pub agencies: Vec<String>,
    pub receiving: String,
    pub sequence: String,
    pub channels: Vec<ChannelRecord>,
    pub components: Vec<ComponentRecord>,
    pub components_raw: String,
    pub requirements: String,
    pub result: Vec<String>,
    pub legal_basis: Vec<LegalRecord>,
    pub keywords: String,
    pub url: String,
    pub fetched: String,
    pub scope: String,
}

/// A channel of a [`Record`].
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are the export's own")]
pub struct ChannelRecord {
    pub channel: String,
    pub time_limit: String,
    pub fee: String,
    pub note: String,
}

/// A row of a [`Record`]'s component list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are the export's own")]
pub struct ComponentRecord {
    pub case: String,
    pub name: String,
    pub form: Vec<String>,
    pub originals: u32,
    pub copies: u32,
}

/// A document of a [`Record`]'s legal basis.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are the export's own")]
pub struct LegalRecord {
    pub code: String,
    pub name: String,
}
