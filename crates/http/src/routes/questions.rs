use std::{convert::Infallible, ops::ControlFlow};

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use motcua_domain::{Audience, ProcedureCode};
use motcua_kiosk::{Ask, AskEvent, Asked, Shown};
use serde::{Deserialize, Serialize};
use tokio::sync::{
    mpsc::{Sender, channel},
    oneshot,
};
use tokio_stream::wrappers::ReceiverStream;
use utoipa::ToSchema;

use crate::{
    clock::today,
    error::{ApiError, ErrorView},
    extract::Body,
    paced::Asking,
    routes::records,
    sessions::LONGEST,
    state::AppState,
    views::{AskView, SentenceView},
};

/// A question.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct QuestionRequest {
    /// What was typed, at most 1,000 characters.
    question: String,
    /// `citizen` (default) or `official`.
    audience: Option<AudienceWord>,
    /// The code of the procedure in hand. A question that turns to something else is answered about
    /// that.
    procedure: Option<String>,
    /// The person picked `procedure` for this very question: it is answered about that.
    #[serde(default)]
    chosen: bool,
    /// A name for the visit, at most 64 bytes: the procedure that its last answer was about is in
    /// hand. Kept in memory only, for ten minutes; `DELETE /api/v1/sessions/{name}` forgets it.
    session: Option<String>,
    /// `none` for an answer without sentences of the model's.
    model: Option<ModelWord>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AudienceWord {
    Citizen,
    Official,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ModelWord {
    None,
    Default,
}

/// Answer a question
///
/// With `Accept: text/event-stream`: `evidence` (the facts and the extract), `sentence` (each
/// verified sentence), `done` (the whole answer), `error`.
#[utoipa::path(
    post, path = "/api/v1/questions", tag = "questions",
    request_body = QuestionRequest,
    responses(
        (status = 200, body = AskView),
        (status = 404, body = ErrorView),
        (status = 422, body = ErrorView),
        (status = 429, body = ErrorView),
    ),
)]
pub(crate) async fn post_question(
    State(state): State<AppState>,
    _: Asking,
    headers: HeaderMap,
    Body(request): Body<QuestionRequest>,
) -> Result<Response, ApiError> {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    if accepts.is_some_and(|accepts| accepts.contains("text/event-stream")) {
        return Ok(stream(state, request).await?.into_response());
    }
    let answering = tokio::task::spawn_blocking(move || {
        let asked = answer(&state, &request, &mut |_| ControlFlow::Continue(()))?;
        Ok::<_, ApiError>(AskView::new(&asked, &state.kiosk()))
    });
    let asked = answering.await.map_err(|error| ApiError::internal(&error.to_string()))??;
    Ok(Json(asked).into_response())
}

fn answer(
    state: &AppState,
    request: &QuestionRequest,
    watch: &mut dyn FnMut(AskEvent<'_>) -> ControlFlow<()>,
) -> Result<Asked, ApiError> {
    let session = request.session.as_deref().filter(|name| !name.is_empty());
    if session.is_some_and(|name| name.len() > LONGEST) {
        let hint = format!("Đặt tên phiên không quá {LONGEST} byte.");
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Err(ApiError::new(status, "session_too_long", "Tên phiên dài quá.", hint));
    }
    let kiosk = state.kiosk();
    let procedure = match request.procedure.as_deref() {
        // What was hidden in the middle of a visit is in nobody's hand any more.
        None => session
            .and_then(|name| state.0.sessions.in_hand(name))
            .filter(|code| kiosk.shown(code) != Shown::Hidden),
        Some(code) => {
            let parsed: Result<ProcedureCode, _> = code.parse();
            Some(parsed.map_err(|_| ApiError::not_found(&format!("thủ tục {code}")))?)
        }
    };
    let audience = match request.audience {
        Some(AudienceWord::Official) => Audience::Official,
        _ => Audience::Citizen,
    };
    let ask = Ask {
        question: &request.question,
        audience,
        procedure,
        chosen: request.chosen,
        today: today(),
        use_model: request.model != Some(ModelWord::None),
    };
    let asked = kiosk.ask(&ask, watch)?;
    record(&asked);
    records::count_question(state, audience, &asked);
    if let (Some(session), Some(procedure)) = (session, &asked.procedure) {
        state.0.sessions.take_in_hand(session, procedure.code.clone());
    }
    Ok(asked)
}

/// Forget a visit
#[utoipa::path(
    delete, path = "/api/v1/sessions/{name}", tag = "questions",
    params(("name" = String, Path, description = "The visit's name")),
    responses((status = 204)),
)]
pub(crate) async fn delete_session(
    State(state): State<AppState>,
    Path(name): Path<String>,
) -> StatusCode {
    state.0.sessions.forget(&name);
    StatusCode::NO_CONTENT
}

fn record(asked: &Asked) {
    let outcome = crate::views::word(&asked.outcome);
    metrics::counter!("motcua_questions_total", "outcome" => outcome).increment(1);
    metrics::histogram!("motcua_first_evidence_seconds")
        .record(asked.timings.first_evidence.as_secs_f64());
    if let Some(first) = asked.timings.first_token {
        metrics::histogram!("motcua_first_token_seconds").record(first.as_secs_f64());
    }
    for dropped in &asked.dropped {
        let reason = crate::views::word(&dropped.reason);
        metrics::counter!("motcua_sentences_dropped_total", "reason" => reason).increment(1);
    }
}

/// The answer as it grows. A reader who leaves closes the channel, which stops the model.
/// The answer as it comes. What is no question to be answered is refused before there is a stream.
async fn stream(state: AppState, request: QuestionRequest) -> Result<impl IntoResponse, ApiError> {
    let (events, received) = channel(32);
    let (begin, started) = oneshot::channel();
    tokio::task::spawn_blocking(move || {
        let mut begin = Some(begin);
        let answered = answer(&state, &request, &mut |event| {
            // Whoever asked may be gone; then sending fails too.
            let _ = begin.take().map(|begin| begin.send(Ok(())));
            let sent = match event {
                AskEvent::Evidence(asked) => {
                    send(&events, "evidence", &AskView::new(asked, &state.kiosk()))
                }
                AskEvent::Sentence(sentence) => {
                    send(&events, "sentence", &SentenceView::from(sentence))
                }
                AskEvent::Writing => !events.is_closed(),
            };
            if sent { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        match (answered, begin) {
            (Ok(asked), begin) => {
                let _ = begin.map(|begin| begin.send(Ok(())));
                send(&events, "done", &AskView::new(&asked, &state.kiosk()))
            }
            (Err(error), None) => send(&events, "error", &error.view().1),
            (Err(error), Some(begin)) => begin.send(Err(error)).is_ok(),
        }
    });
    started.await.map_err(|error| ApiError::internal(&error.to_string()))??;
    Ok(Sse::new(ReceiverStream::new(received)).keep_alive(KeepAlive::default()))
}

fn send(events: &Sender<Result<Event, Infallible>>, name: &str, data: &impl Serialize) -> bool {
    let Ok(event) = Event::default().event(name).json_data(data) else { return false };
    events.blocking_send(Ok(event)).is_ok()
}
