//! What is let through at the pace of people at a screen: questions, uploads, sign-ins.

use std::time::Instant;

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
};

use crate::{
    error::ApiError,
    pace::{Costly, visitor},
    signed_in::MaybeSignedIn,
    state::AppState,
};

/// A question that may be asked now.
pub(crate) struct Asking;

/// A sign-in that may be tried now.
pub(crate) struct SigningIn;

impl FromRequestParts<AppState> for SigningIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        hold_back(Costly::SignIn, parts, state).await.map(|()| Self)
    }
}

/// An upload that may be handed in now; one request is one, however many files it has.
pub(crate) struct HandingIn;

impl FromRequestParts<AppState> for Asking {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        hold_back(Costly::Question, parts, state).await.map(|()| Self)
    }
}

impl FromRequestParts<AppState> for HandingIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        hold_back(Costly::Upload, parts, state).await.map(|()| Self)
    }
}

async fn hold_back(what: Costly, parts: &mut Parts, state: &AppState) -> Result<(), ApiError> {
    let Some(visitor) = visitor(parts) else { return Ok(()) };
    let Some(wait) = state.0.pace.take(what, visitor, Instant::now()) else { return Ok(()) };
    // Asked only now: officials are many requests' work away from here.
    if let Ok(MaybeSignedIn(Some(_))) = MaybeSignedIn::from_request_parts(parts, state).await {
        return Ok(());
    }
    let message = "Máy đang nhận quá nhiều yêu cầu từ nơi này.";
    let hint = "Mời ông/bà chờ vài giây rồi làm lại, hoặc gặp cán bộ tại quầy.";
    let error = ApiError::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", message, hint);
    Err(error.after(wait))
}
