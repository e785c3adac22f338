//! The portal's own JSON, as its API answers it: `{ "code": "OK", "data": { … } }`.

use serde::Deserialize;

use crate::record::{ChannelRecord, ComponentRecord, LegalRecord, Record};

/// Reads one record of the portal's own JSON.
///
/// Rows are numbered in the order the portal lists its cases and, within them, its components.
///
/// # Errors
/// When the text is not such a record.
pub fn record_from_portal(json: &str) -> Result<Record, serde_json::Error> {
    let envelope: Envelope = serde_json::from_str(json)?;
    Ok(envelope.data.into_record())
}

#[derive(Deserialize)]
struct Envelope {
    data: Data,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "the portal's own flags")]
struct Data {
    id: String,
    code: String,
    name: String,
    is_ward: bool,
    is_province: bool,
    is_ministry: bool,
    is_other_agency: bool,
    is_internal: bool,
    keywords: Option<String>,
    execution_steps: Vec<Step>,
    execution_methods: Vec<Method>,
    execution_cases: Vec<Case>,
    legal_basises_details: Vec<Named>,
    results_details: Vec<Named>,
    subject_types_details: Vec<Named>,
    departments_executing: Vec<Named>,
    unit_groups_executing: Vec<Named>,
    executing_agencies: Option<String>,
    dossier_receiving_addresses: Option<String>,
    requirements_and_conditions: Option<String>,
    category: Option<Named>,
    department_promulgate_name: Option<String>,
    procedure_proposal: Option<Proposal>,
    decision_no: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Named {
    name: Option<String>,
    code: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Step {
    name: Option<String>,
    description: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Method {
    #[serde(rename = "submissionMethod")]
    channel: String,
    processing_time: Option<f64>,
    processing_time_unit: Option<String>,
    description: Option<String>,
    fees: Vec<FeeEntry>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct FeeEntry {
    #[serde(rename = "type")]
    kind: Option<String>,
    value: Option<f64>,
    description: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Case {
    name: Option<String>,
    profile_components: Vec<Component>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Component {
    name: Option<String>,
    original_qty: Option<u32>,
    copy_qty: Option<u32>,
    attachments: Vec<serde_json::Value>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Proposal {
    proposal_number: Option<String>,
}

impl Data {
    fn into_record(self) -> Record {
        let flags = [
            (self.is_ward, "commune"),
            (self.is_province, "province"),
            (self.is_ministry, "ministry"),
            (self.is_other_agency, "other"),
        ];
        let agencies = names(self.departments_executing)
            .chain(names(self.unit_groups_executing))
            .chain(self.executing_agencies.filter(|text| !text.is_empty()))
            .collect();
        let decision = self.procedure_proposal.and_then(|proposal| proposal.proposal_number);
        Record {
            code: self.code,
            name: self.name,
            field: self.category.and_then(|category| category.name).unwrap_or_default(),
            ministry: self.department_promulgate_name.unwrap_or_default(),
            level: flags.iter().filter(|(set, _)| *set).map(|(_, l)| (*l).to_owned()).collect(),
            decision: decision.or(self.decision_no).unwrap_or_default(),
            subjects: names(self.subject_types_details).collect::<Vec<_>>().join(", "),
            agencies,
            receiving: self.dossier_receiving_addresses.unwrap_or_default(),
            sequence: steps_text(self.execution_steps),
            channels: self.execution_methods.into_iter().map(channel).collect(),
            components: self.execution_cases.into_iter().flat_map(components).collect(),
            components_raw: String::new(),
            requirements: self.requirements_and_conditions.unwrap_or_default(),
            result: names(self.results_details).collect(),
            legal_basis: self.legal_basises_details.into_iter().map(legal).collect(),
            keywords: self.keywords.unwrap_or_default(),
            url: portal_url(&self.id),
            fetched: String::new(),
            scope: if self.is_internal { "internal" } else { "" }.to_owned(),
        }
    }
}

fn names(entries: Vec<Named>) -> impl Iterator<Item = String> {
    entries.into_iter().filter_map(|entry| entry.name).filter(|name| !name.is_empty())
}

/// Where a record can be read on the national portal.
fn portal_url(id: &str) -> String {
    if id.is_empty() {
        return String::new();
    }
    format!("https://dichvucong.gov.vn/thu-tuc-hanh-chinh/{id}")
}

fn steps_text(steps: Vec<Step>) -> String {
    let texts: Vec<String> = steps
        .into_iter()
        .map(|step| {
            let parts = [step.name.unwrap_or_default(), step.description.unwrap_or_default()];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
        })
        .collect();
    texts.join("\n")
}

fn channel(method: Method) -> ChannelRecord {
    let channel = match method.channel.as_str() {
        "ONLINE" => "Trực tuyến",
        "POSTAL" => "Dịch vụ bưu chính",
        _ => "Trực tiếp",
    };
    let unit = match method.processing_time_unit.as_deref() {
        Some("WORKING_DAY") => "Ngày làm việc",
        Some("DAY") => "Ngày",
        Some("HOUR") => "Giờ",
        Some("MONTH") => "Tháng",
        _ => "OTHER",
    };
    let time_limit =
        method.processing_time.map(|amount| format!("{amount} {unit}")).unwrap_or_default();
    let fees: Vec<String> = method.fees.into_iter().map(fee).collect();
    ChannelRecord {
        channel: channel.to_owned(),
        time_limit,
        fee: fees.join("; "),
        note: method.description.unwrap_or_default(),
    }
}

fn fee(entry: FeeEntry) -> String {
    let kind = entry.kind.unwrap_or_default();
    let value = entry.value.unwrap_or_default();
    match entry.description.filter(|text| !text.is_empty()) {
        Some(text) => format!("{kind}: {value} đồng ({text})"),
        None => format!("{kind}: {value} đồng"),
    }
}

fn components(case: Case) -> impl Iterator<Item = ComponentRecord> {
    let heading = case.name.unwrap_or_default();
    case.profile_components.into_iter().map(move |component| ComponentRecord {
        case: heading.clone(),
        name: component.name.unwrap_or_default(),
        form: component.attachments.iter().filter_map(attachment_name).collect(),
        originals: component.original_qty.unwrap_or_default(),
        copies: component.copy_qty.unwrap_or_default(),
    })
}

fn attachment_name(attachment: &serde_json::Value) -> Option<String> {
    ["name", "fileName", "originalName"]
        .iter()
        .find_map(|key| attachment.get(key))
        .and_then(|name| name.as_str())
        .map(str::to_owned)
}

fn legal(entry: Named) -> LegalRecord {
    LegalRecord { code: entry.code.unwrap_or_default(), name: entry.name.unwrap_or_default() }
}
