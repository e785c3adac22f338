//! What a letter says: pure composition from a report.

use std::fmt::Write as _;

use jiff::civil::Date;
use motcua_domain::{
    ComponentReport, ComponentState, CopyType, DossierReport, Finding, Severity, Verdict,
};
use sha2::{Digest, Sha256};

use crate::{Applicant, Form, Letter, Line, Office};

/// The decree of the one-stop mechanism; the forms are those of TT 03/2025/TT-VPCP.
const ONE_STOP: [&str; 2] = [
    "Nghị định số 118/2025/NĐ-CP về thực hiện thủ tục hành chính theo cơ chế một cửa, một cửa liên thông",
    "Thông tư số 03/2025/TT-VPCP (Phụ lục I, mẫu phiếu)",
];

/// What is known of the procedure beside the report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// Its name.
    pub name: String,
    /// How many sets are handed in.
    pub sets: Option<u32>,
    /// How long it takes by the record, in words.
    pub time_limits: Vec<String>,
    /// Who stands behind the list of papers, where nobody has checked it yet.
    pub caution: Option<String>,
}

/// What the official adds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note {
    /// Who handed in.
    pub applicant: Applicant,
    /// The letter's number in the register.
    pub number: Option<String>,
    /// The official's own reason.
    pub reason: Option<String>,
    /// The day of the letter; the day of reception if left out.
    pub dated: Option<Date>,
    /// The code of the case, where decisions have changed the report since; else [`case_of`] it.
    pub case: Option<String>,
}

/// A letter that the report does not support.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// A receipt says that a dossier is whole, and this one is not known to be.
    #[error("hồ sơ chưa được xác định là đủ nên chưa lập được phiếu 01")]
    NotComplete,
    /// A request to supplement without anything to supplement.
    #[error("hồ sơ không thiếu gì nên không có nội dung cho phiếu 02")]
    NothingToSupplement,
    /// A refusal without a reason.
    #[error("phiếu 03 phải có lý do từ chối")]
    NoReason,
}

impl ComposeError {
    /// What to do about it, in Vietnamese.
    pub fn hint(self) -> &'static str {
        match self {
            Self::NotComplete => {
                "Lập phiếu 02 để yêu cầu bổ sung; nếu cán bộ đã xem và vẫn tiếp nhận, ghi rõ lý do."
            }
            Self::NothingToSupplement => {
                "Lập phiếu 01; nếu cán bộ thấy còn phải bổ sung, ghi rõ lý do."
            }
            Self::NoReason => "Ghi lý do từ chối.",
        }
    }
}

/// Composes a letter.
///
/// # Errors
/// When the report does not support the letter and the official gives no reason of their own:
/// a person may always decide otherwise, in their own words and over their own signature.
pub fn compose(
    form: Form,
    report: &DossierReport,
    about: &About,
    office: &Office,
    note: &Note,
) -> Result<Letter, ComposeError> {
    let lines = match form {
        Form::Receipt => received(report),
        Form::Supplement | Form::Refusal => to_mend(report),
    };
    let to_clarify = if form == Form::Supplement { to_clarify(report) } else { Vec::new() };
    let remarks = match form {
        Form::Receipt => not_handed_in(report),
        Form::Supplement | Form::Refusal => beside_rows(report),
    };
    let says_something = !(lines.is_empty() && to_clarify.is_empty() && remarks.is_empty());
    if note.reason.is_none() {
        match form {
            Form::Receipt if report.verdict != Verdict::Complete => {
                return Err(ComposeError::NotComplete);
            }
            Form::Supplement if !says_something => return Err(ComposeError::NothingToSupplement),
            Form::Refusal if !says_something => return Err(ComposeError::NoReason),
            _ => {}
        }
    }
    let case = note.case.clone().unwrap_or_else(|| case_of(report));
    Ok(Letter {
        form,
        office: office.clone(),
        number: note.number.clone(),
        dated: note.dated.unwrap_or(report.received_on).into(),
        received_on: report.received_on.into(),
        applicant: note.applicant.clone(),
        procedure_code: report.procedure.to_string(),
        procedure_name: about.name.clone(),
        sets: about.sets,
        lines,
        to_clarify,
        remarks,
        reason: note.reason.clone(),
        legal_basis: legal_basis(form, report),
        time_limits: about.time_limits.clone(),
        qr: qr_of(&case),
        case,
        caution: about.caution.clone(),
    })
}

/// What an official should know before signing: what can be supplemented is of itself no reason to refuse.
pub fn advice(form: Form, report: &DossierReport, note: &Note) -> Option<&'static str> {
    let supplements =
        form == Form::Refusal && note.reason.is_none() && report.verdict != Verdict::Complete;
    supplements.then_some(
        "Hồ sơ chỉ thiếu hoặc chưa đúng giấy tờ, là việc bổ sung được: nên lập phiếu 02. Chỉ từ chối khi có lý do khác, và ghi lý do đó.",
    )
}

/// Papers that were handed in and count.
fn received(report: &DossierReport) -> Vec<Line> {
    let provided = |component: &&ComponentReport| component.state == ComponentState::Provided;
    by_requirement(report.components.iter().filter(provided))
        .into_iter()
        .map(|component| line(component, Vec::new()))
        .collect()
}

/// Papers that are missing, cannot be read, or have something wrong with them.
fn to_mend(report: &DossierReport) -> Vec<Line> {
    let wanting = |component: &&ComponentReport| {
        matches!(component.state, ComponentState::Missing | ComponentState::Unreadable)
            || speaks_of(report, component.row).next().is_some()
    };
    by_requirement(report.components.iter().filter(wanting))
        .into_iter()
        .map(|component| {
            let rows = report.components.iter().filter(|other| is_same(other, component));
            let mut notes: Vec<String> = Vec::new();
            for words in rows.flat_map(|row| speaks_of(report, row.row)).map(words_of) {
                if !notes.contains(&words) {
                    notes.push(words);
                }
            }
            line(component, notes)
        })
        .collect()
}

/// Findings about a row that a person must act on.
fn speaks_of(report: &DossierReport, row: usize) -> impl Iterator<Item = &Finding> {
    report
        .findings
        .iter()
        .filter(move |finding| finding.row == Some(row) && finding.severity >= Severity::Warning)
}

/// A missing paper is named by its line: only what to do is said of it.
fn words_of(finding: &Finding) -> String {
    if finding.kind == motcua_domain::FindingKind::Missing {
        return finding.fix.clone();
    }
    [finding.message.as_str(), finding.fix.as_str()].join(" ").trim().to_owned()
}

/// Whether two rows are of one requirement.
fn is_same(one: &ComponentReport, other: &ComponentReport) -> bool {
    one.row == other.row || !one.id.is_empty() && one.id == other.id
}

/// One component of each requirement: a record may repeat a paper in several rows.
fn by_requirement<'a>(
    components: impl Iterator<Item = &'a ComponentReport>,
) -> Vec<&'a ComponentReport> {
    let mut seen: Vec<&ComponentReport> = Vec::new();
    for component in components {
        if !seen.iter().any(|other| is_same(other, component)) {
            seen.push(component);
        }
    }
    seen
}

fn line(component: &ComponentReport, notes: Vec<String>) -> Line {
    let count = Some(component.quantity.max(1));
    let mut line = Line { name: component.name.clone(), notes, ..Line::default() };
    match component.copy_type {
        CopyType::Original => line.originals = count,
        CopyType::CertifiedCopy => line.certified = count,
        CopyType::PlainCopy => line.copies = count,
        CopyType::OriginalOrCopy | CopyType::Electronic | CopyType::Unspecified => {
            let number = component.quantity.max(1);
            line.either = Some(format!("{number:02} {}", component.copy_type.vietnamese()));
        }
    }
    line
}

/// What a receipt says of papers that stay with the applicant or were never asked for.
fn not_handed_in(report: &DossierReport) -> Vec<String> {
    let of_state = |state| {
        let components = report.components.iter().filter(move |c| c.state == state);
        let names: Vec<&str> =
            by_requirement(components).into_iter().map(|c| c.name.as_str()).collect();
        (!names.is_empty()).then(|| names.join("; "))
    };
    let shown = of_state(ComponentState::PresentOnly)
        .map(|names| format!("Xuất trình để đối chiếu rồi trả lại ngay: {names}."));
    let looked_up = of_state(ComponentState::ReplacedByData)
        .map(|names| format!("Không phải nộp vì đã khai thác từ cơ sở dữ liệu: {names}."));
    shown.into_iter().chain(looked_up).collect()
}

/// What only the applicant knows. What an official looks up in a database is no question to them.
fn to_clarify(report: &DossierReport) -> Vec<String> {
    let open = report.questions.iter().filter(|open| !open.question.lookup);
    open.map(|open| open.question.ask.clone()).collect()
}

/// Findings that concern no row, each once.
fn beside_rows(report: &DossierReport) -> Vec<String> {
    let mut remarks: Vec<String> = Vec::new();
    let loose = report.findings.iter().filter(|finding| {
        let row_shown =
            finding.row.is_some_and(|row| report.components.iter().any(|c| c.row == row));
        !row_shown && finding.severity >= Severity::Warning
    });
    for finding in loose {
        let words = words_of(finding);
        if !remarks.contains(&words) {
            remarks.push(words);
        }
    }
    remarks
}

/// The decree, then what the findings themselves rest on, each once.
fn legal_basis(form: Form, report: &DossierReport) -> Vec<String> {
    let mut basis: Vec<String> = ONE_STOP.map(str::to_owned).to_vec();
    if form != Form::Receipt {
        let of_findings = report
            .findings
            .iter()
            .filter(|finding| finding.severity >= Severity::Warning)
            .flat_map(|finding| &finding.legal_basis);
        for law in of_findings {
            if !basis.contains(law) {
                basis.push(law.clone());
            }
        }
    }
    basis
}

/// The code of a case, which names nobody: a hash of what was judged.
pub fn case_of(report: &DossierReport) -> String {
    let rows: Vec<_> = report.components.iter().map(|c| (c.row, c.state, files_of(c))).collect();
    let found: Vec<_> = report.findings.iter().map(|f| (&f.rule, f.row, &f.message)).collect();
    let rules = (&report.procedure, &report.procedure_version, report.received_on);
    let judged = (rules, report.verdict, rows, found);
    let mut hash = Sha256::new();
    hash.update(serde_json::to_vec(&judged).unwrap_or_default());
    let hash = hash.finalize();
    let mut case = format!("MC-{}-", report.received_on.strftime("%Y%m%d"));
    for byte in hash.iter().take(6) {
        // Writing to a string cannot fail.
        let _ = write!(case, "{byte:02X}");
    }
    case
}

fn files_of(component: &ComponentReport) -> Vec<(&str, &[u32])> {
    component.files.iter().map(|file| (file.name.as_str(), file.pages.as_slice())).collect()
}

/// The picture of some text; none if it is too long for one.
fn qr_of(text: &str) -> String {
    use qrcode::{QrCode, render::svg};
    let Ok(code) = QrCode::new(text) else { return String::new() };
    code.render::<svg::Color<'_>>().quiet_zone(false).min_dimensions(120, 120).build()
}

#[cfg(test)]
mod tests;
