use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use jiff::Timestamp;
use motcua_domain::{Procedure, ProcedureCode, Requirement};
use motcua_kiosk::{
    ApproveError, Kiosk, Shown,
    records::{Done, StoreError},
    wording::requirement_text,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::cases_view::{DoneView, done_views};
use crate::{
    clock::today,
    error::{ApiError, ErrorView, sentence},
    extract::Body,
    signed_in::{Admin, SignedIn},
    state::AppState,
    views::ReviewView,
};

/// How many problems of a file are told at once.
const MOST_PROBLEMS: usize = 12;

/// A procedure's file, beside the words it was compiled from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProcedureFileView {
    /// Its code.
    code: String,
    /// Its name.
    name: String,
    /// Who stands behind it.
    review: ReviewView,
    /// The file, TOML of the project's own form.
    file: String,
    /// Each requirement beside its source.
    requirements: Vec<RequirementSourceView>,
    /// `plain`, `hidden` or `pinned`: how this centre shows it.
    shown: String,
    /// What was done to it here, in order.
    history: Vec<DoneView>,
}

/// A requirement beside its source.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RequirementSourceView {
    /// Its identifier.
    id: String,
    /// The rows of the published list that it covers, from 0.
    rows: Vec<usize>,
    /// The source's own words; none where a person wrote the requirement and the portal's record is not loaded.
    source_text: Option<String>,
    /// The documents that it rests on.
    sources: Vec<SourceDocumentView>,
    /// What it was made of them, as people read it.
    text: String,
}

/// A document that something rests on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceDocumentView {
    /// The document, with its article where it has one.
    document: String,
    /// Where it can be read.
    url: Option<String>,
}

/// A file to be checked or approved.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ProcedureFileRequest {
    /// The file.
    file: String,
    /// Only check it; nothing is kept.
    #[serde(default)]
    dry_run: bool,
}

/// Read a procedure's file
#[utoipa::path(
    get, path = "/api/v1/counter/corpus/{code}", tag = "counter",
    params(("code" = String, Path, description = "The procedure's code")),
    responses((status = 200, body = ProcedureFileView), (status = 404, body = ErrorView)),
)]
pub(crate) async fn get_procedure_file(
    State(state): State<AppState>,
    SignedIn(_): SignedIn,
    Path(code): Path<String>,
) -> Result<Json<ProcedureFileView>, ApiError> {
    let unknown = || ApiError::not_found(&format!("thủ tục {code}"));
    let parsed: ProcedureCode = code.parse().map_err(|_| unknown())?;
    let kiosk = state.kiosk();
    let procedure = kiosk.procedure(&parsed).ok_or_else(unknown)?;
    let file = kiosk.file_of(&parsed).ok_or_else(unknown)?;
    let shown = kiosk.shown(&parsed);
    Ok(Json(view(&kiosk, procedure, file, shown, history(&state, &parsed).await?)))
}

/// Check or approve a procedure's file
///
/// Approved, it goes before every other source of the code within a second, under the name of who
/// approved it.
#[utoipa::path(
    put, path = "/api/v1/counter/corpus/{code}", tag = "counter",
    params(("code" = String, Path, description = "The procedure's code")),
    request_body = ProcedureFileRequest,
    responses(
        (status = 200, body = ProcedureFileView),
        (status = 403, body = ErrorView),
        (status = 404, body = ErrorView),
        (status = 422, body = ErrorView),
    ),
)]
pub(crate) async fn put_procedure_file(
    State(state): State<AppState>,
    Admin(admin): Admin,
    Path(code): Path<String>,
    Body(request): Body<ProcedureFileRequest>,
) -> Result<Json<ProcedureFileView>, ApiError> {
    let unknown = || ApiError::not_found(&format!("thủ tục {code}"));
    let parsed: ProcedureCode = code.parse().map_err(|_| unknown())?;
    let kiosk = state.kiosk();
    kiosk.procedure(&parsed).ok_or_else(unknown)?;
    let ProcedureFileRequest { file, dry_run } = request;
    let procedure = kiosk.read_file(&parsed, &file)?;
    if !dry_run {
        // Written down first: an approval that nobody can be asked about must not count.
        let done = Done {
            at: Timestamp::now(),
            official: admin.login.clone(),
            action: "procedure_approved".to_owned(),
            subject: parsed.to_string(),
            detail: String::new(),
        };
        state.stored(move |store| store.add_done(&done)).await?;
        kiosk.approve(&parsed, &file, &admin.name, today())?;
    }
    let shown = kiosk.shown(&parsed);
    Ok(Json(view(&kiosk, &procedure, file, shown, history(&state, &parsed).await?)))
}

/// What was done to a procedure at this centre.
async fn history(state: &AppState, code: &ProcedureCode) -> Result<Vec<DoneView>, ApiError> {
    let code = code.to_string();
    let read =
        state.stored(move |store| Ok::<_, StoreError>((store.done_to(&code)?, store.officials()?)));
    let (done, officials) = read.await?;
    Ok(done_views(&done, &officials))
}

fn view(
    kiosk: &Kiosk,
    procedure: &Procedure,
    file: String,
    shown: Shown,
    history: Vec<DoneView>,
) -> ProcedureFileView {
    let requirement = |requirement: &Requirement| RequirementSourceView {
        id: requirement.id.clone(),
        rows: requirement.rows.clone(),
        source_text: (requirement.source_text.clone())
            .or_else(|| kiosk.record_text(&procedure.code, requirement)),
        sources: (procedure.sources.iter())
            .filter(|source| requirement.sources.contains(&source.id))
            .map(|source| SourceDocumentView {
                document: source.document.clone(),
                url: source.url.clone(),
            })
            .collect(),
        text: requirement_text(requirement, procedure),
    };
    ProcedureFileView {
        code: procedure.code.to_string(),
        name: procedure.name.clone(),
        review: ReviewView::from(&procedure.review),
        file,
        requirements: procedure.requirements.iter().map(requirement).collect(),
        shown: shown.as_str().to_owned(),
        history,
    }
}

impl From<ApproveError> for ApiError {
    fn from(error: ApproveError) -> Self {
        let message = sentence(&error.to_string());
        match error {
            ApproveError::Problems(problems) => {
                let told: Vec<_> = problems.iter().take(MOST_PROBLEMS).cloned().collect();
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                Self::new(status, "bad_procedure_file", message, told.join("\n"))
            }
            ApproveError::NoPlace => {
                let hint = "Chạy motcua serve với một thư mục dữ liệu ghi được.";
                Self::new(StatusCode::CONFLICT, "no_place", message, hint)
            }
            ApproveError::Write { .. } => Self::internal(&message),
        }
    }
}
