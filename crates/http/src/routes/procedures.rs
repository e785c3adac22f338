use std::net::IpAddr;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use motcua_domain::{Level, Procedure, ProcedureCode, Requirement};
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
#[into_params(parameter_in = Query)]
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

/// So many hits of a search can be paged through; nobody reads further.
const MOST_FOUND: usize = 200;

/// List or search procedures
#[utoipa::path(
    get, path = "/api/v1/procedures", tag = "procedures", params(ListParams),
    responses((status = 200, body = ProceduresView), (status = 422, body = ErrorView)),
)]
pub(crate) async fn list_procedures(
    State(state): State<AppState>,
    Params(params): Params<ListParams>,
) -> Result<Json<ProceduresView>, ApiError> {
    let kiosk = state.kiosk();
    // A search may ask the embedder, which keeps a processor busy.
    let listing = tokio::task::spawn_blocking(move || listed(&kiosk, &params));
    listing.await.map(Json).map_err(|error| ApiError::internal(&error.to_string()))
}

fn listed(kiosk: &Kiosk, params: &ListParams) -> ProceduresView {
    let browse = Browse { field: params.field.as_deref(), level: params.level.map(Level::from) };
    let page = params.page.unwrap_or(1).max(1);
    let skipped = (page - 1).saturating_mul(PER_PAGE);
    if let Some(text) = params.q.as_deref().filter(|text| !text.trim().is_empty()) {
        let found = kiosk.search(text, today(), &browse, MOST_FOUND);
        let total = found.candidates.len();
        let ranked = found.candidates.iter().skip(skipped).take(PER_PAGE).filter_map(|candidate| {
            let summary = ProcedureSummaryView::from(kiosk.procedure(&candidate.code)?);
            Some(ProcedureSummaryView { score: Some(candidate.score), ..summary })
        });
        return ProceduresView { procedures: ranked.collect(), page, total };
    }
    let found = kiosk.browse(&browse);
    let listed = found.iter().skip(skipped).take(PER_PAGE);
    ProceduresView {
        procedures: listed.map(|procedure| ProcedureSummaryView::from(*procedure)).collect(),
        page,
        total: found.len(),
    }
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
#[into_params(parameter_in = Query)]
pub(crate) struct ChecklistParams {
    /// `key:value` pairs joined by commas.
    answers: Option<String>,
    /// `true`: questions that an official looks up are asked too.
    #[serde(default)]
    lookups: bool,
}

/// What a code leads to.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct QrParams {
    /// `key:value` pairs joined by commas.
    answers: Option<String>,
    /// The address of a document that the procedure names as its source.
    source: Option<String>,
}

fn pairs(answers: Option<&str>) -> Vec<(String, String)> {
    let given = answers.into_iter().flat_map(|answers| answers.split(','));
    given
        .filter(|pair| !pair.trim().is_empty())
        .map(|pair| pair.split_once(':').unwrap_or((pair, "")))
        .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
        .collect()
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
    let facts = resolve_answers(procedure, &pairs(params.answers.as_deref()))
        .map_err(motcua_kiosk::CheckError::from)?;
    let record_text = |requirement: &Requirement| kiosk.words_of(procedure, requirement);
    Ok(Json(checklist_view(procedure, &facts, params.lookups, record_text)))
}

/// A code for a phone's camera
///
/// Holds the address of the procedure on this server and the answers that were chosen, nothing else
/// of the visitor's; with `source` the address of a document that the procedure names as its source.
/// 409 where a phone cannot reach this server: it was asked for as "this machine", and no address is set.
#[utoipa::path(
    get, path = "/api/v1/procedures/{code}/qr.svg", tag = "procedures",
    params(("code" = String, Path, description = "Procedure code"), QrParams),
    responses(
        (status = 200, content_type = "image/svg+xml"),
        (status = 404, body = ErrorView),
        (status = 409, body = ErrorView),
        (status = 422, body = ErrorView),
    ),
)]
pub(crate) async fn get_qr(
    State(state): State<AppState>,
    headers: HeaderMap,
    Segment(code): Segment<ProcedureCode>,
    Params(params): Params<QrParams>,
) -> Result<Response, ApiError> {
    let kiosk = state.kiosk();
    let procedure = find(&kiosk, &code)?;
    if let Some(wanted) = params.source {
        // Nobody can have this server draw an address of their own.
        let mut named = procedure.sources.iter().filter_map(|source| source.url.as_ref());
        let url = named.find(|url| **url == wanted);
        return picture(url.ok_or_else(|| ApiError::not_found("nguồn này"))?);
    }
    let pairs = pairs(params.answers.as_deref());
    // Only what the procedure itself asks can stand in the picture.
    resolve_answers(procedure, &pairs).map_err(motcua_kiosk::CheckError::from)?;
    let reached = phone_address(&kiosk, &headers).ok_or_else(no_address)?;
    let chosen: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}:{value}")).collect();
    let case = if chosen.is_empty() { String::new() } else { format!("/{}", chosen.join(",")) };
    // `own`: on a phone of one's own nothing is wiped after a while.
    picture(&format!("{reached}/?own#/thu-tuc/{}{case}", procedure.code))
}

fn picture(address: &str) -> Result<Response, ApiError> {
    let code = QrCode::new(address.as_bytes()).map_err(|e| ApiError::internal(&e.to_string()))?;
    let picture = code.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], picture).into_response())
}

/// Where phones reach this server: as the centre says, else as the page itself was reached. A phone cannot open an
/// address that means "this machine".
pub(crate) fn phone_address(kiosk: &Kiosk, headers: &HeaderMap) -> Option<String> {
    if let Some(set) = &kiosk.settings().address {
        return Some(set.clone());
    }
    let host = headers.get(header::HOST)?.to_str().ok()?;
    // No name is longer (RFC 1035); what is would not fit into the picture.
    let host = Some(host).filter(|host| host.len() <= 260)?;
    let name = host
        .rsplit_once(':')
        .filter(|(_, port)| !port.contains(']'))
        .map_or(host, |(name, _)| name);
    let plain = name.trim_matches(['[', ']']);
    let here = plain == "localhost" || plain.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    (!here).then(|| format!("http://{host}"))
}

fn no_address() -> ApiError {
    let message = "Máy chủ này chưa có địa chỉ mà điện thoại mở được.";
    let hint = "Đặt address trong motcua.toml, ví dụ https://motcua.example.gov.vn.";
    ApiError::new(StatusCode::CONFLICT, "no_address", message, hint.to_owned())
}
