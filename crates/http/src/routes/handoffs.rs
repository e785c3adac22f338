use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use motcua_domain::ProcedureCode;
use motcua_kiosk::{CheckError, Kiosk, records::masked, resolve_answers};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    error::{ApiError, ErrorView},
    extract::Body,
    handoffs::{Handoff, Kept, TooManyTries},
    routes::procedures::find,
    signed_in::SignedIn,
    state::AppState,
};

/// The longest question, in characters: as for asking.
const LONGEST: usize = 1_000;

/// What a visitor hands over; a procedure, a question or both.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct HandoffRequest {
    /// The code of the procedure it is about.
    procedure: Option<String>,
    /// What was asked, at most 1,000 characters; numbers that name somebody are masked.
    question: Option<String>,
    /// Answers to the procedure's case questions, by key.
    #[serde(default)]
    answers: BTreeMap<String, String>,
}

/// A code to read out at the counter.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandoffCodeView {
    /// Eight digits.
    code: String,
    /// When it stops working, in UTC.
    expires_at: String,
}

/// What a visitor handed over.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandoffView {
    /// The code of the procedure.
    procedure: Option<String>,
    /// The procedure's name.
    name: Option<String>,
    /// What was asked, without numbers that name somebody.
    question: Option<String>,
    /// Answers to case questions, by key.
    answers: BTreeMap<String, String>,
    /// The same in the words the visitor saw.
    answered: Vec<AnsweredView>,
    /// When the code stops working, in UTC.
    expires_at: String,
}

/// A case question and what was chosen.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnsweredView {
    /// The question.
    ask: String,
    /// The answer.
    label: String,
}

/// Hand over to an official
///
/// Kept in memory for two hours under a code that the visitor reads out.
#[utoipa::path(
    post, path = "/api/v1/handoffs", tag = "handoffs",
    request_body = HandoffRequest,
    responses(
        (status = 201, body = HandoffCodeView),
        (status = 404, body = ErrorView),
        (status = 422, body = ErrorView),
    ),
)]
pub(crate) async fn post_handoff(
    State(state): State<AppState>,
    Body(request): Body<HandoffRequest>,
) -> Result<(StatusCode, Json<HandoffCodeView>), ApiError> {
    let handoff = checked(&state.kiosk(), request)?;
    let kept = state.0.handoffs.keep(handoff);
    let (code, expires_at) = kept.ok_or_else(|| ApiError::internal("no randomness"))?;
    let view = HandoffCodeView { code, expires_at: expires_at.to_string() };
    Ok((StatusCode::CREATED, Json(view)))
}

fn checked(kiosk: &Kiosk, request: HandoffRequest) -> Result<Handoff, ApiError> {
    let refused = |code, message: &str, hint: &str| {
        ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, code, message, hint)
    };
    let question = request.question.map(|text| masked(text.trim())).filter(|text| !text.is_empty());
    if question.as_ref().is_some_and(|text| text.chars().count() > LONGEST) {
        return Err(refused("bad_question", "Câu hỏi dài quá 1.000 ký tự.", "Rút ngắn câu hỏi."));
    }
    let answers: Vec<(String, String)> = request.answers.into_iter().collect();
    let Some(code) = request.procedure else {
        if question.is_none() || !answers.is_empty() {
            let message = "Chưa có câu hỏi hay thủ tục để chuyển cho cán bộ.";
            return Err(refused("empty_handoff", message, "Hỏi hoặc chọn một thủ tục trước."));
        }
        return Ok(Handoff { procedure: None, question, answers });
    };
    let unknown = || ApiError::not_found(&format!("thủ tục {code}"));
    let parsed: ProcedureCode = code.parse().map_err(|_| unknown())?;
    let procedure = find(kiosk, &parsed)?;
    resolve_answers(procedure, &answers).map_err(CheckError::from)?;
    Ok(Handoff { procedure: Some(parsed), question, answers })
}

/// Open what was handed over
///
/// For officials at their counter: it is what a visitor asked. A code may be written in groups. After 30 wrong codes in a minute none is answered (429
/// `too_many_tries`).
#[utoipa::path(
    get, path = "/api/v1/handoffs/{code}", tag = "handoffs",
    params(("code" = String, Path, description = "The code that was read out")),
    responses(
        (status = 200, body = HandoffView),
        (status = 401, body = ErrorView),
        (status = 404, body = ErrorView),
        (status = 429, body = ErrorView),
    ),
)]
pub(crate) async fn get_handoff(
    State(state): State<AppState>,
    SignedIn(_): SignedIn,
    Path(code): Path<String>,
) -> Result<Json<HandoffView>, ApiError> {
    let kept = state.0.handoffs.open(&code).map_err(|TooManyTries| {
        let message = "Có quá nhiều mã sai trong một phút.";
        let status = StatusCode::TOO_MANY_REQUESTS;
        ApiError::new(status, "too_many_tries", message, "Chờ một phút rồi gõ lại mã.")
    })?;
    let gone = || {
        let message = "Không có mã này, hoặc mã đã hết hạn.";
        let hint = "Hỏi lại mã, hoặc mời người dân lấy mã mới ở kiosk.";
        ApiError::new(StatusCode::NOT_FOUND, "handoff_not_found", message, hint)
    };
    Ok(Json(view(&state.kiosk(), kept.ok_or_else(gone)?)))
}

fn view(kiosk: &Kiosk, Kept { handoff, expires_at, .. }: Kept) -> HandoffView {
    let procedure = handoff.procedure.as_ref().and_then(|code| kiosk.procedure(code));
    let in_words = |(key, value): &(String, String)| {
        let question = procedure?.questions.iter().find(|question| question.key == *key)?;
        let answer = question.answers.iter().find(|answer| answer.value == *value)?;
        Some(AnsweredView { ask: question.ask.clone(), label: answer.label.clone() })
    };
    HandoffView {
        procedure: handoff.procedure.as_ref().map(ToString::to_string),
        name: procedure.map(|procedure| procedure.name.clone()),
        question: handoff.question,
        answered: handoff.answers.iter().filter_map(in_words).collect(),
        answers: handoff.answers.into_iter().collect(),
        expires_at: expires_at.to_string(),
    }
}

/// Forget what was handed over
#[utoipa::path(
    delete, path = "/api/v1/handoffs/{code}", tag = "handoffs",
    params(("code" = String, Path, description = "The code")),
    responses((status = 204)),
)]
pub(crate) async fn delete_handoff(
    State(state): State<AppState>,
    Path(code): Path<String>,
) -> StatusCode {
    state.0.handoffs.forget(&code);
    StatusCode::NO_CONTENT
}
