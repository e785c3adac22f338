use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use jiff::{Timestamp, civil::Date};
use motcua_domain::{Document, DossierReport, ProcedureCode};
use motcua_kiosk::{
    Check, CheckTimings, Checked, fold,
    records::{CaseQuery, CaseState, CaseVersion, Decision, Done, NewCase, NewVersion},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::cases_view::{CaseView, CasesView, case_choices, case_summary, case_view, decided};
use crate::{
    days::{day, day_of_reception},
    dossiers::{CaseInHand, Left},
    error::{ApiError, ErrorView, random_id},
    extract::{Body, Params},
    routes::procedures::find,
    signed_in::{SignedIn, Supervisor},
    state::AppState,
    views::{CaseQuestionView, DossierReportView},
};

/// The longest name of an applicant, in characters.
const LONGEST_NAME: usize = 200;
/// Cases on a page.
const PAGE: usize = 20;

/// A new case.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct CaseRequest {
    /// The procedure's code.
    procedure: String,
    /// The day it was received, `YYYY-MM-DD`; today if left out.
    received_on: Option<String>,
    /// Who hands in; may be left out.
    #[serde(default)]
    applicant: String,
}

/// A case in hand: its dossier takes papers, answers, checks and decisions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseInHandView {
    /// The case's code.
    code: String,
    /// The identifier of its dossier.
    dossier: String,
    /// The procedure's code.
    procedure: String,
    /// The procedure's name.
    name: String,
    /// The day of reception.
    received_on: String,
    /// Who hands in.
    applicant: String,
    /// Questions that may decide which papers are due.
    questions: Vec<CaseQuestionView>,
    /// Answers that were given.
    answers: BTreeMap<String, String>,
    /// The papers that were handed in before.
    documents: Vec<String>,
    /// The last report, with what was decided on it.
    report: Option<DossierReportView>,
}

/// Which cases are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CasesParams {
    /// `open`, `accepted`, `to_supplement`, `refused` or `withdrawn`.
    state: Option<String>,
    /// Of this procedure.
    procedure: Option<String>,
    /// `true`: only one's own.
    #[serde(default)]
    mine: bool,
    /// Opened by this official, by login.
    official: Option<String>,
    /// `complete`, `incomplete`, `needs_human`, or `none` for those never checked.
    verdict: Option<String>,
    /// Received on this day or later, `YYYY-MM-DD`.
    from: Option<String>,
    /// Received on this day or before.
    to: Option<String>,
    /// The code begins with it, or the applicant's name holds it.
    q: Option<String>,
    /// From 1.
    page: Option<usize>,
}

/// How far a case has come.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct CaseStateRequest {
    /// `open`, `accepted`, `to_supplement`, `refused` or `withdrawn`.
    state: String,
}

/// What is kept of a dossier beside its report.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    answers: Vec<(String, String)>,
    facts: Vec<(String, String)>,
    documents: Vec<Document>,
}

/// Open a case
#[utoipa::path(
    post, path = "/api/v1/counter/cases", tag = "counter", request_body = CaseRequest,
    responses(
        (status = 201, body = CaseInHandView),
        (status = 401, body = ErrorView),
        (status = 404, body = ErrorView),
        (status = 422, body = ErrorView),
    ),
)]
pub(crate) async fn post_case(
    State(state): State<AppState>,
    SignedIn(official): SignedIn,
    Body(request): Body<CaseRequest>,
) -> Result<(StatusCode, Json<CaseInHandView>), ApiError> {
    let unknown = || ApiError::not_found(&format!("thủ tục {}", request.procedure));
    let procedure: ProcedureCode = request.procedure.parse().map_err(|_| unknown())?;
    find(&state.kiosk(), &procedure)?;
    let received_on = day_of_reception(request.received_on.as_deref())?;
    let name = applicant(&request.applicant)?;
    let new = NewCase {
        code: new_code()?,
        unit: state.unit(),
        procedure: procedure.to_string(),
        applicant_key: fold(&name),
        applicant: name,
        received_on,
    };
    let (kept, login) = (new.clone(), official.login.clone());
    state.stored(move |store| store.open_case(&kept, &login, Timestamp::now())).await?;
    let left =
        Left { check: empty(procedure, received_on), checked: None, decisions: BTreeMap::new() };
    let in_hand = CaseInHand { code: new.code, version: 0 };
    Ok((StatusCode::CREATED, Json(take_in_hand(&state, left, in_hand, new.applicant)?)))
}

/// List cases
///
/// Those first in which something happened last.
#[utoipa::path(
    get, path = "/api/v1/counter/cases", tag = "counter", params(CasesParams),
    responses((status = 200, body = CasesView), (status = 401, body = ErrorView)),
)]
pub(crate) async fn list_cases(
    State(state): State<AppState>,
    SignedIn(official): SignedIn,
    Params(params): Params<CasesParams>,
) -> Result<Json<CasesView>, ApiError> {
    let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let wanted = given(params.state);
    let page = params.page.unwrap_or(1).max(1);
    let verdict =
        given(params.verdict).map(|word| if word == "none" { String::new() } else { word });
    let query = CaseQuery {
        state: wanted.as_deref().map(state_of).transpose()?,
        procedure: given(params.procedure),
        official: if params.mine { Some(official.login) } else { given(params.official) },
        verdict,
        received_from: day(params.from.as_deref())?,
        received_to: day(params.to.as_deref())?,
        text: given(params.q).map(|text| fold(text.trim())),
        offset: (page - 1).saturating_mul(PAGE),
        limit: PAGE,
    };
    let read = state.stored(move |store| {
        let (cases, choices) = (store.cases(&query)?, store.case_choices()?);
        Ok::<_, motcua_kiosk::records::StoreError>((cases, choices, store.officials()?))
    });
    let ((cases, total), (procedures, logins), officials) = read.await?;
    let kiosk = state.kiosk();
    let cases = cases.iter().map(|case| case_summary(case, &kiosk)).collect();
    let choices = case_choices(procedures, logins, &officials, &kiosk);
    Ok(Json(CasesView { cases, total, page, page_size: PAGE, choices }))
}

/// Read a case
///
/// Its versions, each with its report and what was decided on it, and its timeline.
#[utoipa::path(
    get, path = "/api/v1/counter/cases/{code}", tag = "counter",
    params(("code" = String, Path, description = "The case's code")),
    responses((status = 200, body = CaseView), (status = 404, body = ErrorView)),
)]
pub(crate) async fn get_case(
    State(state): State<AppState>,
    SignedIn(_): SignedIn,
    Path(code): Path<String>,
) -> Result<Json<CaseView>, ApiError> {
    let code = code.to_uppercase();
    let missing = ApiError::not_found(&format!("hồ sơ {code}"));
    let read = state
        .stored(move |store| {
            let Some(case) = store.case(&code)? else { return Ok(None) };
            let (versions, done) = (store.versions(&code)?, store.done_to(&code)?);
            let (decisions, officials) = (store.decisions(&code)?, store.officials()?);
            Ok::<_, motcua_kiosk::records::StoreError>(Some((
                case, versions, done, decisions, officials,
            )))
        })
        .await?;
    let (case, versions, done, decisions, officials) = read.ok_or(missing)?;
    Ok(Json(case_view(&case, &versions, &done, &decisions, &officials, &state.kiosk())))
}

/// Take a case in hand again
///
/// Its dossier is as the last check left it; papers that are handed in now join those from before,
/// and the next check becomes a new version.
#[utoipa::path(
    post, path = "/api/v1/counter/cases/{code}/dossier", tag = "counter",
    params(("code" = String, Path, description = "The case's code")),
    responses(
        (status = 200, body = CaseInHandView),
        (status = 404, body = ErrorView),
        (status = 409, body = ErrorView),
        (status = 410, body = ErrorView),
    ),
)]
pub(crate) async fn post_case_dossier(
    State(state): State<AppState>,
    SignedIn(official): SignedIn,
    Path(code): Path<String>,
) -> Result<Json<CaseInHandView>, ApiError> {
    let code = code.to_uppercase();
    let missing = ApiError::not_found(&format!("hồ sơ {code}"));
    let asked = code.clone();
    let read = state
        .stored(move |store| {
            let Some(case) = store.case(&asked)? else { return Ok(None) };
            let last = store.versions(&asked)?.pop();
            let decisions = store.decisions(&asked)?;
            Ok::<_, motcua_kiosk::records::StoreError>(Some((case, last, decisions)))
        })
        .await?;
    let (case, last, decisions) = read.ok_or(missing)?;
    if case.is_erased {
        let message = "Nội dung hồ sơ này đã xóa.";
        let hint = "Mở hồ sơ mới và nộp lại giấy tờ.";
        return Err(ApiError::new(StatusCode::GONE, "case_erased", message, hint));
    }
    let procedure: ProcedureCode = case.procedure.parse().map_err(|_| unreadable())?;
    let received_on: Date = case.received_on.parse().map_err(|_| unreadable())?;
    let version = last.as_ref().map_or(0, |version| version.number);
    let left = match last {
        None => {
            Left { check: empty(procedure, received_on), checked: None, decisions: BTreeMap::new() }
        }
        Some(last) => {
            left(&last, &decisions, empty(procedure, received_on)).ok_or_else(unreadable)?
        }
    };
    note(&state, &official.login, "taken_in_hand", &code, "").await?;
    let in_hand = CaseInHand { code, version };
    Ok(Json(take_in_hand(&state, left, in_hand, case.applicant)?))
}

/// Say how far a case has come
#[utoipa::path(
    put, path = "/api/v1/counter/cases/{code}/state", tag = "counter",
    params(("code" = String, Path, description = "The case's code")),
    request_body = CaseStateRequest,
    responses((status = 204), (status = 404, body = ErrorView), (status = 422, body = ErrorView)),
)]
pub(crate) async fn put_case_state(
    State(state): State<AppState>,
    SignedIn(official): SignedIn,
    Path(code): Path<String>,
    Body(request): Body<CaseStateRequest>,
) -> Result<StatusCode, ApiError> {
    let to = state_of(&request.state)?;
    let code = code.to_uppercase();
    known(&state, &code).await?;
    let login = official.login;
    state.stored(move |store| store.set_case_state(&code, to, &login, Timestamp::now())).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Erase what a case says of people
///
/// On request of whom it is about. Code, procedure, verdicts and decisions stay.
#[utoipa::path(
    delete, path = "/api/v1/counter/cases/{code}", tag = "counter",
    params(("code" = String, Path, description = "The case's code")),
    responses((status = 204), (status = 403, body = ErrorView), (status = 404, body = ErrorView)),
)]
pub(crate) async fn delete_case(
    State(state): State<AppState>,
    Supervisor(official): Supervisor,
    Path(code): Path<String>,
) -> Result<StatusCode, ApiError> {
    let code = code.to_uppercase();
    known(&state, &code).await?;
    let (login, erased) = (official.login, code.clone());
    state.stored(move |store| store.erase_case(&erased, &login, Timestamp::now())).await?;
    state.0.dossiers.close_case(&code);
    Ok(StatusCode::NO_CONTENT)
}

async fn known(state: &AppState, code: &str) -> Result<(), ApiError> {
    let missing = ApiError::not_found(&format!("hồ sơ {code}"));
    let code = code.to_owned();
    state.stored(move |store| store.case(&code)).await?.map(|_| ()).ok_or(missing)
}

/// Keeps what a check made of a case, in place of the version that it `replaces`; the answer waits for it, so that no check is lost.
pub(crate) async fn keep_version(
    state: &AppState,
    case: &CaseInHand,
    official: &str,
    check: &Check,
    report: &DossierReportView,
    replaces: Option<usize>,
) -> Result<usize, ApiError> {
    let kept = Kept {
        answers: check.answers.clone(),
        facts: check.facts.clone(),
        documents: check.documents.clone(),
    };
    let written = |error: serde_json::Error| ApiError::internal(&error.to_string());
    let version = NewVersion {
        case: case.code.clone(),
        at: Timestamp::now(),
        official: official.to_owned(),
        verdict: report.verdict.clone(),
        report: serde_json::to_vec(report).map_err(written)?,
        dossier: serde_json::to_vec(&kept).map_err(written)?,
        replaces,
    };
    state.stored(move |store| store.add_version(&version)).await
}

/// Writes down what was done to a case.
pub(crate) async fn note(
    state: &AppState,
    official: &str,
    action: &str,
    code: &str,
    detail: &str,
) -> Result<(), ApiError> {
    let done = Done {
        at: Timestamp::now(),
        official: official.to_owned(),
        action: action.to_owned(),
        subject: code.to_owned(),
        detail: detail.to_owned(),
    };
    state.stored(move |store| store.add_done(&done)).await
}

/// What another version of the program wrote and this one cannot go on with. It is listed, exported and erased all
/// the same.
fn unreadable() -> ApiError {
    tracing::warn!("a kept case does not read");
    let message = "Hồ sơ này do một phiên bản khác của chương trình ghi, máy không mở lại được.";
    let hint = "Xem lịch sử ở trang hồ sơ; cần xử lý tiếp thì mở hồ sơ mới, hoặc nhờ quản trị nâng cấp chương trình.";
    ApiError::new(StatusCode::CONFLICT, "case_unreadable", message, hint)
}

/// A kept version as a dossier that can go on.
fn left(last: &CaseVersion, decisions: &[Decision], empty: Check) -> Option<Left> {
    let view: DossierReportView = serde_json::from_slice(&last.report).ok()?;
    let Kept { answers, facts, documents } = serde_json::from_slice(&last.dossier).ok()?;
    let report = DossierReport::try_from(view).ok()?;
    Some(Left {
        check: Check { answers, facts, documents, ..empty },
        checked: Some(Checked { report, timings: CheckTimings::default() }),
        decisions: decided(last.number, decisions),
    })
}

fn take_in_hand(
    state: &AppState,
    left: Left,
    case: CaseInHand,
    applicant: String,
) -> Result<CaseInHandView, ApiError> {
    let kiosk = state.kiosk();
    let code = &left.check.procedure;
    let procedure = kiosk.procedure(code);
    let report = left.checked.as_ref().map(DossierReportView::from);
    let decisions = left.decisions.clone().into_iter();
    let documents = left.check.documents.iter().map(|document| document.name.clone());
    let view = CaseInHandView {
        code: case.code.clone(),
        procedure: code.to_string(),
        name: procedure.map_or_else(|| code.to_string(), |procedure| procedure.name.clone()),
        received_on: left.check.received_on.to_string(),
        applicant,
        questions: procedure.map_or_else(Vec::new, |procedure| {
            procedure.questions.iter().map(CaseQuestionView::from).collect()
        }),
        answers: left.check.answers.iter().cloned().collect(),
        documents: documents.collect(),
        report: report.map(|report| decisions.fold(report, DossierReportView::decided)),
        dossier: String::new(),
    };
    let opened = state.0.dossiers.open_case(left, case);
    let dossier = opened.ok_or_else(|| ApiError::internal("no randomness"))?;
    Ok(CaseInHandView { dossier, ..view })
}

fn empty(procedure: ProcedureCode, received_on: Date) -> Check {
    Check {
        procedure,
        answers: Vec::new(),
        facts: Vec::new(),
        received_on,
        documents: Vec::new(),
        unread: Vec::new(),
    }
}

/// Eight random letters and digits that are not taken for one another when read aloud.
fn new_code() -> Result<String, ApiError> {
    const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let random = random_id(8).ok_or_else(|| ApiError::internal("no randomness"))?;
    let digits = u64::from_str_radix(&random, 16).unwrap_or_default();
    let letter = |at: u32| {
        let index = usize::try_from((digits >> (5 * at)) & 31).unwrap_or_default();
        char::from(LETTERS.get(index).copied().unwrap_or(b'2'))
    };
    Ok(format!("HS-{}", (0..8).map(letter).collect::<String>()))
}

fn applicant(name: &str) -> Result<String, ApiError> {
    let name = name.trim();
    if name.chars().count() > LONGEST_NAME {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let hint = format!("Viết không quá {LONGEST_NAME} ký tự.");
        return Err(ApiError::new(status, "text_too_long", "Họ tên dài quá.", hint));
    }
    Ok(name.to_owned())
}

fn state_of(word: &str) -> Result<CaseState, ApiError> {
    CaseState::of(word).ok_or_else(|| {
        let message = format!("Không có tình trạng `{word}`.");
        let hint = "Dùng open, accepted, to_supplement, refused hoặc withdrawn.";
        ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_state", message, hint)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(report: &str, dossier: &str) -> CaseVersion {
        CaseVersion {
            number: 1,
            at: Timestamp::UNIX_EPOCH,
            official: "lan".to_owned(),
            verdict: "complete".to_owned(),
            report: report.into(),
            dossier: dossier.into(),
        }
    }

    #[test]
    fn a_version_of_another_program_is_told_as_such() {
        let report =
            r#"{"procedure": "1.001193", "received_on": "2026-11-10", "verdict": "complete"}"#;
        let kept = r#"{"answers": [], "facts": [], "documents": []}"#;
        let procedure: ProcedureCode = "1.001193".parse().expect("a code");
        let goes_on = |report: &str, dossier: &str| {
            let empty = empty(procedure.clone(), jiff::civil::date(2026, 11, 10));
            left(&version(report, dossier), &[], empty).is_some()
        };
        assert!(goes_on(report, kept));
        assert!(!goes_on(&report.replace("complete", "almost"), kept), "a verdict of tomorrow");
        assert!(!goes_on(report, r#"{"papers": {}}"#));
        let (status, view) = unreadable().view();
        assert_eq!((status, view.error.code.as_str()), (StatusCode::CONFLICT, "case_unreadable"));
    }
}
