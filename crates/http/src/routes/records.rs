//! What outlives a visit: decisions, feedback, counts.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use jiff::Timestamp;
use motcua_domain::{Audience, ComponentState, DossierReport};
use motcua_kiosk::{
    Asked, case_of,
    records::{
        Decision, DossierChecked, Feedback, MissingPaper, Period, QuestionAsked, StoreError,
    },
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::{
    clock::today,
    days::day,
    dossiers::{Decided, lock},
    error::{ApiError, ErrorView, not_checked},
    extract::{Body, Params},
    opened::Opened,
    state::AppState,
    views::{DecisionView, StatisticsView, word},
};

/// The longest reason or comment, in characters.
const LONGEST: usize = 1_000;

/// What an official decides on a finding.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DecisionRequest {
    /// `accept` or `reject`.
    decision: DecisionWord,
    /// Why; a finding is not rejected without a reason.
    #[serde(default)]
    reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DecisionWord {
    Accept,
    Reject,
}

/// Accept or reject a finding
///
/// Kept for ever; a later decision on the same finding is kept beside it and counts. Letters leave
/// rejected findings out.
#[utoipa::path(
    post, path = "/api/v1/dossiers/{id}/findings/{n}/decision", tag = "dossiers",
    params(
        ("id" = String, Path, description = "Dossier identifier"),
        ("n" = usize, Path, description = "The finding's place in the last report, from 0"),
    ),
    request_body = DecisionRequest,
    responses(
        (status = 200, body = DecisionView),
        (status = 404, body = ErrorView),
        (status = 422, body = ErrorView),
    ),
)]
pub(crate) async fn post_decision(
    State(state): State<AppState>,
    opened: Opened,
    Path((_, n)): Path<(String, String)>,
    Body(request): Body<DecisionRequest>,
) -> Result<Json<DecisionView>, ApiError> {
    let unknown = || ApiError::not_found(&format!("phát hiện số {n}"));
    let n: usize = n.parse().map_err(|_| unknown())?;
    let reason = short(&request.reason)?;
    let accepted = request.decision == DecisionWord::Accept;
    if reason.is_empty() && !accepted {
        let message = "Bác một phát hiện thì phải ghi lý do.";
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Err(ApiError::new(status, "reason_missing", message, "Ghi lý do ngắn gọn."));
    }
    let (checks, report, case) = {
        let dossier = lock(&opened.dossier);
        let report = dossier.checked.as_ref().map(|checked| checked.report.clone());
        (dossier.checks, report, dossier.case.clone())
    };
    let report = report.ok_or_else(not_checked)?;
    let finding = report.findings.get(n).ok_or_else(unknown)?;
    let decision = Decision {
        at: Timestamp::now(),
        unit: state.unit(),
        official: opened.login(),
        version: case.as_ref().map_or(0, |case| case.version),
        case: case.map_or_else(|| case_of(&report), |case| case.code),
        procedure: report.procedure.to_string(),
        procedure_version: report.procedure_version.clone(),
        finding: n,
        rule: finding.rule.clone(),
        kind: word(&finding.kind),
        row: finding.row,
        accepted,
        reason: reason.clone(),
    };
    state.stored(move |store| store.add_decision(&decision)).await?;
    let decided = Decided { accepted, reason: reason.clone() };
    let mut dossier = lock(&opened.dossier);
    // Checked anew meanwhile: the findings have other places now.
    if dossier.checks == checks {
        dossier.decisions.insert(n, decided);
    }
    Ok(Json(DecisionView { accepted, reason }))
}

/// What somebody thinks of an answer.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct FeedbackRequest {
    /// Whether it helped.
    helpful: bool,
    /// The code of the procedure it was about.
    procedure: Option<String>,
    /// In their own words; long numbers are masked before it is kept.
    #[serde(default)]
    comment: String,
}

/// Say whether an answer helped
#[utoipa::path(
    post, path = "/api/v1/feedback", tag = "records", request_body = FeedbackRequest,
    responses((status = 204), (status = 422, body = ErrorView)),
)]
pub(crate) async fn post_feedback(
    State(state): State<AppState>,
    Body(request): Body<FeedbackRequest>,
) -> Result<StatusCode, ApiError> {
    let comment = short(&request.comment)?;
    // Only what there is can be told of: anything else would be a place to leave a name.
    let kiosk = state.kiosk();
    let known = |code: &String| {
        let code = code.parse().ok();
        code.is_some_and(|code| kiosk.procedure(&code).is_some())
    };
    let feedback = Feedback {
        day: today(),
        unit: state.unit(),
        procedure: request.procedure.filter(known),
        helpful: request.helpful,
        comment,
    };
    state.stored(move |store| store.add_feedback(&feedback)).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn short(text: &str) -> Result<String, ApiError> {
    let text = text.trim();
    if text.chars().count() > LONGEST {
        let hint = format!("Viết không quá {LONGEST} ký tự.");
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Err(ApiError::new(status, "text_too_long", "Lời viết dài quá.", hint));
    }
    Ok(text.to_owned())
}

/// Which days and which office.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct StatisticsParams {
    /// The first day, `YYYY-MM-DD`; the first of this month if left out.
    from: Option<String>,
    /// The last day, `YYYY-MM-DD`; today if left out.
    to: Option<String>,
    /// The office; all if left out.
    unit: Option<String>,
}

/// Count questions and dossiers
///
/// Counts only: what was asked, screened, missing and decided, and nobody's name.
#[utoipa::path(
    get, path = "/api/v1/statistics", tag = "records", params(StatisticsParams),
    responses((status = 200, body = StatisticsView), (status = 422, body = ErrorView)),
)]
pub(crate) async fn get_statistics(
    State(state): State<AppState>,
    Params(params): Params<StatisticsParams>,
) -> Result<Json<StatisticsView>, ApiError> {
    Ok(Json(counted(&state, params).await?))
}

/// The counts of a period.
pub(crate) async fn counted(
    state: &AppState,
    params: StatisticsParams,
) -> Result<StatisticsView, ApiError> {
    let today = today();
    let from = day(params.from.as_deref())?.unwrap_or(today.first_of_month());
    let to = day(params.to.as_deref())?.unwrap_or(today);
    if from > to {
        let message = "Ngày đầu sau ngày cuối.";
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Err(ApiError::new(status, "bad_period", message, "Đổi chỗ hai ngày."));
    }
    let period = Period { from, to, unit: params.unit.filter(|unit| !unit.is_empty()) };
    let kiosk = state.kiosk();
    let asked = period.clone();
    let counted = state.stored(move |store| store.statistics(&asked)).await?;
    Ok(StatisticsView::new(&period, counted, &kiosk))
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        if error.is_full() {
            tracing::error!(%error, "the disk is full");
            let message = "Ổ đĩa của máy chủ đã đầy, việc vừa làm chưa được lưu.";
            let hint = "Báo quản trị viên dọn ổ đĩa rồi làm lại; những gì đã lưu trước đó vẫn còn.";
            return Self::new(StatusCode::INSUFFICIENT_STORAGE, "disk_full", message, hint);
        }
        Self::internal(&error.to_string())
    }
}

/// Counting must not keep an answer from its reader: what cannot be counted is logged.
pub(crate) fn count_question(state: &AppState, audience: Audience, asked: &Asked) {
    let question = QuestionAsked {
        day: today(),
        unit: state.unit(),
        audience: word(&audience),
        outcome: word(&asked.outcome),
        procedure: asked.procedure.as_ref().map(|procedure| procedure.code.to_string()),
    };
    if let Err(error) = state.0.store.add_question(&question) {
        tracing::error!(%error, "a question is not counted");
    }
}

/// See [`count_question`]. Counts it in place of a check that was `counted` before; returns the number under which
/// it is counted.
pub(crate) async fn count_check(
    state: &AppState,
    report: &DossierReport,
    is_first: bool,
    counted: Option<i64>,
) -> Option<i64> {
    let missing = report.components.iter().filter(|one| one.state == ComponentState::Missing);
    let checked = DossierChecked {
        day: today(),
        unit: state.unit(),
        procedure: report.procedure.to_string(),
        verdict: word(&report.verdict),
        is_first,
        missing: missing
            .map(|one| MissingPaper { requirement: one.id.clone(), name: one.name.clone() })
            .collect(),
    };
    let counting = state.stored(move |store| match counted {
        Some(check) => store.replace_check(check, &checked).map(|()| check),
        None => store.add_check(&checked),
    });
    counting.await.inspect_err(|error| tracing::error!(?error, "a check is not counted")).ok()
}
