//! Cases as they leave.

use std::collections::BTreeMap;

use motcua_domain::ProcedureCode;
use motcua_kiosk::{
    Kiosk,
    records::{Case, CaseVersion, Decision, Done, Official},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{dossiers::Decided, views::DossierReportView};

/// Cases, a page of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CasesView {
    /// The cases of this page.
    pub(super) cases: Vec<CaseSummaryView>,
    /// How many there are in all.
    pub(super) total: u64,
    /// This page, from 1.
    pub(super) page: usize,
    /// Cases on a page.
    pub(super) page_size: usize,
    /// What the list can be narrowed to.
    pub(super) choices: CaseChoicesView,
}

/// What a list of cases can be narrowed to: what there are cases of.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseChoicesView {
    /// Procedures, by code and name.
    procedures: Vec<ChoiceView>,
    /// Officials who opened cases, by login and name.
    officials: Vec<ChoiceView>,
}

/// One of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChoiceView {
    /// What is asked for.
    value: String,
    /// What it is called.
    name: String,
}

/// A case in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseSummaryView {
    /// Its code.
    code: String,
    /// The office.
    unit: String,
    /// The procedure's code.
    procedure: String,
    /// The procedure's name; the code where it is known no more.
    name: String,
    /// Who hands in; empty when not noted or erased.
    applicant: String,
    /// The day of reception.
    received_on: String,
    /// When it was opened.
    opened_at: String,
    /// When something last happened.
    changed_at: String,
    /// The official who opened it.
    official: String,
    /// `open`, `accepted`, `to_supplement`, `refused` or `withdrawn`.
    state: String,
    /// The last verdict; empty before the first check.
    verdict: String,
    /// Whether what it said of people is gone.
    is_erased: bool,
    /// How many versions it has.
    versions: usize,
}

/// A case, whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseView {
    /// What a list shows of it.
    #[serde(flatten)]
    case: CaseSummaryView,
    /// Its versions, in order.
    history: Vec<CaseVersionView>,
    /// What was done to it, in order.
    timeline: Vec<DoneView>,
}

/// What a check made of a case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseVersionView {
    /// From 1.
    number: usize,
    /// When.
    at: String,
    /// Who had it checked.
    official: String,
    /// The verdict.
    verdict: String,
    /// The report, with what was decided on it; none when erased.
    report: Option<DossierReportView>,
}

/// Something that was done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DoneView {
    /// When.
    at: String,
    /// By whom; empty for the program itself.
    official: String,
    /// `case_opened`, `checked`, `decided`, `letter_printed`, `state_set`, `taken_in_hand` or
    /// `case_erased`; of a procedure `procedure_approved`, `procedure_hidden`, `procedure_pinned` or
    /// `procedure_plain`.
    action: String,
    /// More about it.
    detail: String,
}

/// Things that were done, each by whom.
pub(super) fn done_views(done: &[Done], officials: &[Official]) -> Vec<DoneView> {
    let view = |done: &Done| DoneView {
        at: done.at.to_string(),
        official: person(&done.official, officials),
        action: done.action.clone(),
        detail: done.detail.clone(),
    };
    done.iter().map(view).collect()
}

/// `name_of` an official by login.
fn person(login: &str, officials: &[Official]) -> String {
    let known = officials.iter().find(|official| official.login == login);
    known.map_or_else(|| login.to_owned(), |official| official.name.clone())
}

pub(super) fn case_choices(
    procedures: Vec<String>,
    logins: Vec<String>,
    officials: &[Official],
    kiosk: &Kiosk,
) -> CaseChoicesView {
    let choice = |value: String, name: String| ChoiceView { value, name };
    let procedures = procedures.into_iter().map(|code| {
        let name = name_of(&code, kiosk);
        choice(code, name)
    });
    let officials = logins.into_iter().map(|login| {
        let name = person(&login, officials);
        choice(login, name)
    });
    CaseChoicesView { procedures: procedures.collect(), officials: officials.collect() }
}

/// A procedure's name; its code where it is known no more.
fn name_of(code: &str, kiosk: &Kiosk) -> String {
    let parsed: Option<ProcedureCode> = code.parse().ok();
    let name = parsed.and_then(|code| Some(kiosk.procedure(&code)?.name.clone()));
    name.unwrap_or_else(|| code.to_owned())
}

pub(super) fn case_summary(case: &Case, kiosk: &Kiosk) -> CaseSummaryView {
    CaseSummaryView {
        code: case.code.clone(),
        unit: case.unit.clone(),
        procedure: case.procedure.clone(),
        name: name_of(&case.procedure, kiosk),
        applicant: case.applicant.clone(),
        received_on: case.received_on.clone(),
        opened_at: case.opened_at.to_string(),
        changed_at: case.changed_at.to_string(),
        official: case.official.clone(),
        state: case.state.as_str().to_owned(),
        verdict: case.verdict.clone(),
        is_erased: case.is_erased,
        versions: case.versions,
    }
}

pub(super) fn case_view(
    case: &Case,
    versions: &[CaseVersion],
    done: &[Done],
    decisions: &[Decision],
    officials: &[Official],
    kiosk: &Kiosk,
) -> CaseView {
    let reports: BTreeMap<usize, DossierReportView> = versions
        .iter()
        .filter_map(|version| Some((version.number, serde_json::from_slice(&version.report).ok()?)))
        .collect();
    let version = |version: &CaseVersion| {
        let report = reports.get(&version.number).cloned();
        let decisions = decided(version.number, decisions);
        CaseVersionView {
            number: version.number,
            at: version.at.to_string(),
            official: person(&version.official, officials),
            verdict: version.verdict.clone(),
            report: report
                .map(|report| decisions.into_iter().fold(report, DossierReportView::decided)),
        }
    };
    let done_by =
        done.iter().map(|done| (done.at, &done.official, &*done.action, done.detail.clone()));
    let decided_by = decisions.iter().map(|decision| {
        let word = if decision.accepted { "đồng ý" } else { "bác" };
        let place = decision.finding + 1;
        let report = reports.get(&decision.version);
        // An erased case says no more than which finding it was.
        let about = report.and_then(|report| report.findings.get(decision.finding));
        let about = about.map(|finding| format!(" “{}”", finding.message)).unwrap_or_default();
        let version = decision.version;
        let detail =
            format!("{word} phát hiện {place} (lần {version}){about}: {}", decision.reason);
        let detail = detail.trim_end_matches([' ', ':']).to_owned();
        (decision.at, &decision.official, "decided", detail)
    });
    let mut timeline: Vec<_> = done_by.chain(decided_by).collect();
    timeline.sort_by_key(|(at, ..)| *at);
    CaseView {
        case: CaseSummaryView {
            official: person(&case.official, officials),
            ..case_summary(case, kiosk)
        },
        history: versions.iter().map(version).collect(),
        timeline: timeline
            .into_iter()
            .map(|(at, official, action, detail)| DoneView {
                at: at.to_string(),
                official: person(official, officials),
                action: action.to_owned(),
                detail,
            })
            .collect(),
    }
}

/// What was decided on the findings of a version; the last word on each counts.
pub(super) fn decided(version: usize, decisions: &[Decision]) -> BTreeMap<usize, Decided> {
    let of_version = decisions.iter().filter(|decision| decision.version == version);
    of_version
        .map(|decision| {
            let Decision { finding, accepted, reason, .. } = decision;
            (*finding, Decided { accepted: *accepted, reason: reason.clone() })
        })
        .collect()
}
