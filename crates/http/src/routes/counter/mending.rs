//! A requirement of a procedure's file, mended by a form instead of in the file's own syntax.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use motcua_kiosk::{MendError, mend_requirement, write_procedure};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    corpus::{ProcedureFileView, known, view_of},
    requirement_form::RequirementForm,
};
use crate::{
    error::{ApiError, ErrorView, sentence},
    extract::Body,
    signed_in::Admin,
    state::AppState,
};

/// A file, and how one of its requirements is to be.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct MendRequest {
    /// The file as it is now.
    file: String,
    /// The requirement.
    requirement: RequirementForm,
}

/// Mend a requirement of a procedure's file
///
/// Nothing is kept: what comes back is the file with the requirement mended, to be checked and approved.
#[utoipa::path(
    post, path = "/api/v1/counter/corpus/{code}/requirements/{id}", tag = "counter",
    params(
        ("code" = String, Path, description = "The procedure's code"),
        ("id" = String, Path, description = "The requirement's identifier"),
    ),
    request_body = MendRequest,
    responses(
        (status = 200, body = ProcedureFileView),
        (status = 403, body = ErrorView),
        (status = 404, body = ErrorView),
        (status = 422, body = ErrorView),
    ),
)]
pub(crate) async fn post_mended_requirement(
    State(state): State<AppState>,
    Admin(_): Admin,
    Path((code, id)): Path<(String, String)>,
    Body(request): Body<MendRequest>,
) -> Result<Json<ProcedureFileView>, ApiError> {
    let code = known(&state, &code)?;
    let kiosk = state.kiosk();
    let mut procedure = kiosk.read_file(&code, &request.file)?;
    mend_requirement(&mut procedure, &id, request.requirement.into())?;
    let file = write_procedure(&procedure);
    let procedure = kiosk.read_file(&code, &file)?;
    Ok(Json(view_of(&state, &procedure, file).await?))
}

impl From<MendError> for ApiError {
    fn from(error: MendError) -> Self {
        let message = sentence(&error.to_string());
        let (status, code) = match error {
            MendError::Unknown(_) => (StatusCode::NOT_FOUND, "unknown_requirement"),
            MendError::NoPapers | MendError::Moved => {
                (StatusCode::UNPROCESSABLE_ENTITY, "bad_requirement")
            }
        };
        Self::new(status, code, message, "Sửa ô vừa nhập, hoặc mở lại thủ tục rồi sửa từ đầu.")
    }
}
