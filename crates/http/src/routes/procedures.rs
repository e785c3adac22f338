use axum::{
    Json,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use motcua_domain::{Level, Procedure, ProcedureCode};
use motcua_kiosk::{Browse, Kiosk, Shown, resolve_answers};
use qrcode::{QrCode, render::svg};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::{
    clock::today,
    error::{ApiError, ErrorView},
    extract::{Params, Segment},
    state::AppState,
    views::{ChecklistView, ProcedureSummaryView, ProcedureView, ProceduresView, checklist_view},
};

const PER_PAGE: usize = 20;

/// What is listed.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ListParams {
    /// Words to search for.
    q: Option<String>,
    /// Only of this field.
    field: Option<String>,
    /// Only of this level.
    level: Option<LevelWord>,
    /// Which page, from 1.
    page: Option<usize>,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LevelWord {
    Commune,
    Province,
    Ministry,
    Other,
}

impl From<LevelWord> for Level {
    fn from(word: LevelWord) -> Self {
        match word {
            LevelWord::Commune => Self::Commune,
            LevelWord::Province => Self::Province,
            LevelWord::Ministry => Self::Ministry,
            LevelWord::Other => Self::Other,
        }
    }
}

/// List or search procedures
#[utoipa::path(
    get, path = "/api/v1/procedures", tag = "procedures", params(ListParams),
    responses((status = 200, body = ProceduresView), (status = 422, body = ErrorView)),
)]
pub(crate) async fn list_procedures(
    State(state): State<AppState>,
    Params(params): Params<ListParams>,
) -> Json<ProceduresView> {
    let browse = Browse { field: params.field.as_deref(), level: params.level.map(Level::from) };
    let page = params.page.unwrap_or(1).max(1);
    let skipped = (page - 1).saturating_mul(PER_PAGE);
    let kiosk = state.kiosk();
    if let Some(text) = params.q.as_deref().filter(|text| !text.trim().is_empty()) {
        let found = kiosk.search(text, today(), &browse, skipped.saturating_add(PER_PAGE).min(200));
        let total = found.candidates.len();
        let ranked = found.candidates.iter().skip(skipped).filter_map(|candidate| {
            let summary = ProcedureSummaryView::from(kiosk.procedure(&candidate.code)?);
            Some(ProcedureSummaryView { score: Some(candidate.score), ..summary })
        });
        return Json(ProceduresView { procedures: ranked.collect(), page, total });
    }
    let total = kiosk.browse(&browse).count();
    let listed = kiosk.browse(&browse).skip(skipped).take(PER_PAGE);
    Json(ProceduresView {
        procedures: listed.map(ProcedureSummaryView::from).collect(),
        page,
        total,
    })
}

/// A procedure that people can ask for here.
pub(crate) fn find<'a>(kiosk: &'a Kiosk, code: &ProcedureCode) -> Result<&'a Procedure, ApiError> {
    if kiosk.shown(code) == Shown::Hidden {
        return Err(ApiError::hidden(code));
    }
    let unknown = || ApiError::not_found(&format!("thủ tục {code}"));
    kiosk.procedure(code).ok_or_else(unknown)
}

/// Read a procedure
#[utoipa::path(
    get, path = "/api/v1/procedures/{code}", tag = "procedures",
    params(("code" = String, Path, description = "Procedure code, for example 1.001193")),
    responses((status = 200, body = ProcedureView), (status = 404, body = ErrorView)),
)]
pub(crate) async fn get_procedure(
    State(state): State<AppState>,
    Segment(code): Segment<ProcedureCode>,
) -> Result<Json<ProcedureView>, ApiError> {
    let kiosk = state.kiosk();
    let procedure = find(&kiosk, &code)?;
    let version = kiosk.version_of(procedure);
    Ok(Json(ProcedureView::new(procedure, version)))
}

/// Answers to case questions.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ChecklistParams {
    /// `key:value` pairs joined by commas.
    answers: Option<String>,
    /// `true`: questions that an official looks up are asked too.
    #[serde(default)]
    lookups: bool,
}

impl ChecklistParams {
    fn pairs(&self) -> Vec<(String, String)> {
        let given = self.answers.iter().flat_map(|answers| answers.split(','));
        given
            .filter(|pair| !pair.trim().is_empty())
            .map(|pair| pair.split_once(':').unwrap_or((pair, "")))
            .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
            .collect()
    }
}

/// What one person must bring
#[utoipa::path(
    get, path = "/api/v1/procedures/{code}/checklist", tag = "procedures",
    params(("code" = String, Path, description = "Procedure code"), ChecklistParams),
    responses(
        (status = 200, body = ChecklistView),
        (status = 404, body = ErrorView),
        (status = 422, body = ErrorView),
    ),
)]
pub(crate) async fn get_checklist(
    State(state): State<AppState>,
    Segment(code): Segment<ProcedureCode>,
    Params(params): Params<ChecklistParams>,
) -> Result<Json<ChecklistView>, ApiError> {
    let kiosk = state.kiosk();
    let procedure = find(&kiosk, &code)?;
    let facts =
        resolve_answers(procedure, &params.pairs()).map_err(motcua_kiosk::CheckError::from)?;
    Ok(Json(checklist_view(procedure, &facts, params.lookups)))
}

/// A code for a phone's camera
///
/// Holds the address of the procedure on this server and the answers that were chosen, nothing else
/// of the visitor's.
#[utoipa::path(
    get, path = "/api/v1/procedures/{code}/qr.svg", tag = "procedures",
    params(("code" = String, Path, description = "Procedure code"), ChecklistParams),
    responses(
        (status = 200, content_type = "image/svg+xml"),
        (status = 404, body = ErrorView),
        (status = 422, body = ErrorView),
    ),
)]
pub(crate) async fn get_qr(
    State(state): State<AppState>,
    headers: HeaderMap,
    Segment(code): Segment<ProcedureCode>,
    Params(params): Params<ChecklistParams>,
) -> Result<Response, ApiError> {
    let kiosk = state.kiosk();
    let procedure = find(&kiosk, &code)?;
    let pairs = params.pairs();
    // Only what the procedure itself asks can stand in the picture.
    resolve_answers(procedure, &pairs).map_err(motcua_kiosk::CheckError::from)?;
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let chosen: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}:{value}")).collect();
    let case = if chosen.is_empty() { String::new() } else { format!("/{}", chosen.join(",")) };
    // `own`: on a phone of one's own nothing is wiped after a while.
    let address = format!("http://{host}/?own#/thu-tuc/{}{case}", procedure.code);
    let code = QrCode::new(address.as_bytes()).map_err(|e| ApiError::internal(&e.to_string()))?;
    let picture = code.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], picture).into_response())
}
