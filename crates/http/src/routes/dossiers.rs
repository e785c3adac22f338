use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use motcua_domain::ProcedureCode;
use motcua_kiosk::{Check, CheckTimings, Checked, resolve_answers};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    days::day_of_reception,
    dossiers::{Screened, lock},
    error::{ApiError, ErrorView, not_checked},
    extract::Body,
    opened::Opened,
    paced::Asking,
    routes::{counter::cases, procedures::find, records},
    state::AppState,
    views::{CaseQuestionView, DossierReportView, OpenQuestionView, word},
};

/// A new dossier.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DossierRequest {
    /// The procedure's code.
    procedure: String,
    /// The day it was received, `YYYY-MM-DD`; today if left out.
    received_on: Option<String>,
}

/// A dossier.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DossierView {
    /// Its identifier; whoever has it can read the dossier.
    id: String,
    /// The procedure's code.
    procedure: String,
    /// The procedure's name.
    name: String,
    /// The day it was received.
    received_on: String,
    /// Questions that may decide which papers are due.
    questions: Vec<CaseQuestionView>,
}

/// Answers to case questions.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswersRequest {
    /// By question key.
    #[serde(default)]
    answers: std::collections::BTreeMap<String, String>,
    /// In an officer's own words.
    #[serde(default)]
    facts: std::collections::BTreeMap<String, String>,
}

/// Open a dossier
#[utoipa::path(
    post, path = "/api/v1/dossiers", tag = "dossiers", request_body = DossierRequest,
    responses(
        (status = 201, body = DossierView),
        (status = 404, body = ErrorView),
        (status = 422, body = ErrorView),
    ),
)]
pub(crate) async fn post_dossier(
    State(state): State<AppState>,
    _: Asking,
    Body(request): Body<DossierRequest>,
) -> Result<(StatusCode, Json<DossierView>), ApiError> {
    let unknown = || ApiError::not_found(&format!("thủ tục {}", request.procedure));
    let code: ProcedureCode = request.procedure.parse().map_err(|_| unknown())?;
    let kiosk = state.kiosk();
    find(&kiosk, &code)?;
    let received_on = day_of_reception(request.received_on.as_deref())?;
    let procedure = kiosk.procedure_on(&code, received_on).ok_or_else(unknown)?;
    let check = Check {
        procedure: code,
        answers: Vec::new(),
        facts: Vec::new(),
        received_on,
        documents: Vec::new(),
        unread: Vec::new(),
    };
    let view = DossierView {
        id: state.0.dossiers.open(check).ok_or_else(|| ApiError::internal("no randomness"))?,
        procedure: procedure.code.to_string(),
        name: procedure.name.clone(),
        received_on: received_on.to_string(),
        questions: procedure.questions.iter().map(CaseQuestionView::from).collect(),
    };
    Ok((StatusCode::CREATED, Json(view)))
}

/// Answer case questions
#[utoipa::path(
    patch, path = "/api/v1/dossiers/{id}/answers", tag = "dossiers",
    params(("id" = String, Path, description = "Dossier identifier")),
    request_body = AnswersRequest,
    responses((status = 204), (status = 404, body = ErrorView), (status = 422, body = ErrorView)),
)]
pub(crate) async fn patch_answers(
    State(state): State<AppState>,
    opened: Opened,
    Body(request): Body<AnswersRequest>,
) -> Result<StatusCode, ApiError> {
    let mut dossier = lock(&opened.dossier);
    let mut answers = dossier.check.answers.clone();
    answers.retain(|(key, _)| !request.answers.contains_key(key));
    answers.extend(request.answers);
    if let Some(procedure) =
        (state.kiosk()).procedure_on(&dossier.check.procedure, dossier.check.received_on)
    {
        resolve_answers(procedure, &answers).map_err(motcua_kiosk::CheckError::from)?;
    }
    dossier.check.answers = answers;
    dossier.check.facts.retain(|(words, _)| !request.facts.contains_key(words));
    dossier.check.facts.extend(request.facts);
    Ok(StatusCode::NO_CONTENT)
}

/// Questions that are open.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenQuestionsView {
    /// Those that still decide something, the papers and answers that are there considered.
    questions: Vec<OpenQuestionView>,
}

/// Ask what is still open
///
/// What papers that were read, or answers, settle is not asked. Nothing is kept of it.
#[utoipa::path(
    get, path = "/api/v1/dossiers/{id}/questions", tag = "dossiers",
    params(("id" = String, Path, description = "Dossier identifier")),
    responses((status = 200, body = OpenQuestionsView), (status = 404, body = ErrorView)),
)]
pub(crate) async fn get_open_questions(
    State(state): State<AppState>,
    opened: Opened,
) -> Result<Json<OpenQuestionsView>, ApiError> {
    let check = lock(&opened.dossier).check.clone();
    let kiosk = state.kiosk();
    let checking = tokio::task::spawn_blocking(move || kiosk.check(&check));
    let checked = checking.await.map_err(|error| ApiError::internal(&error.to_string()))??;
    Ok(Json(OpenQuestionsView { questions: DossierReportView::from(&checked).questions }))
}

/// Check a dossier
#[utoipa::path(
    post, path = "/api/v1/dossiers/{id}/check", tag = "dossiers",
    params(("id" = String, Path, description = "Dossier identifier")),
    responses((status = 200, body = DossierReportView), (status = 404, body = ErrorView)),
)]
pub(crate) async fn post_check(
    State(state): State<AppState>,
    opened: Opened,
) -> Result<Json<DossierReportView>, ApiError> {
    let dossier = &opened.dossier;
    let check = lock(dossier).check.clone();
    let kiosk = state.kiosk();
    let judged = check.clone();
    let checking = tokio::task::spawn_blocking(move || kiosk.check(&judged));
    let checked = checking.await.map_err(|error| ApiError::internal(&error.to_string()))??;
    let verdict = word(&checked.report.verdict);
    metrics::counter!("motcua_dossiers_checked_total", "verdict" => verdict).increment(1);
    let view = DossierReportView::from(&checked);
    let report = checked.report.clone();
    let papers = papers(&check);
    let (before, checks, case) = {
        let mut kept = lock(dossier);
        kept.checks += 1;
        // Findings have other places now.
        kept.decisions.clear();
        kept.checked = Some(checked);
        let before = kept.screened.take().filter(|before| before.papers == papers);
        (before, kept.checks, kept.case.clone())
    };
    if let Some(case) = case {
        let replaces = before.is_some().then_some(case.version);
        let by = opened.login();
        let version = cases::keep_version(&state, &case, &by, &check, &view, replaces).await?;
        let mut kept = lock(dossier);
        if kept.checks == checks
            && let Some(case) = &mut kept.case
        {
            case.version = version;
        }
    }
    let counted = before.and_then(|before| before.counted);
    let counted = records::count_check(&state, &report, checks == 1, counted).await;
    lock(dossier).screened = Some(Screened { papers, counted });
    Ok(Json(view))
}

/// Name and content of each paper, whether it could be read or not.
fn papers(check: &Check) -> Vec<(String, String)> {
    let read = check.documents.iter().map(|one| (one.name.clone(), one.sha256.clone()));
    read.chain(check.unread.iter().map(|one| (one.name.clone(), String::new()))).collect()
}

/// Read the last report
#[utoipa::path(
    get, path = "/api/v1/dossiers/{id}/report", tag = "dossiers",
    params(("id" = String, Path, description = "Dossier identifier")),
    responses((status = 200, body = DossierReportView), (status = 404, body = ErrorView)),
)]
pub(crate) async fn get_report(
    Opened { dossier, .. }: Opened,
) -> Result<Json<DossierReportView>, ApiError> {
    let checked: Option<Checked> = lock(&dossier).checked.clone();
    let checked = checked.ok_or_else(not_checked)?;
    let timings = CheckTimings::default();
    let view = DossierReportView::from(&Checked { timings, ..checked });
    let decisions = lock(&dossier).decisions.clone();
    Ok(Json(decisions.into_iter().fold(view, DossierReportView::decided)))
}

/// Forget a dossier
#[utoipa::path(
    delete, path = "/api/v1/dossiers/{id}", tag = "dossiers",
    params(("id" = String, Path, description = "Dossier identifier")),
    responses((status = 204), (status = 404, body = ErrorView)),
)]
pub(crate) async fn delete_dossier(
    State(state): State<AppState>,
    _: Opened,
    Path(id): Path<String>,
) -> StatusCode {
    state.0.dossiers.close(&id);
    StatusCode::NO_CONTENT
}
