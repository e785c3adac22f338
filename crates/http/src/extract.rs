//! Extractors whose refusals leave in the envelope.

use axum::{
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{StatusCode, request::Parts},
};
use serde::de::DeserializeOwned;

use crate::error::ApiError;

/// A JSON body.
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let bytes = axum::body::Bytes::from_request(request, state).await.map_err(|rejection| {
            let (status, code) = match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => (StatusCode::PAYLOAD_TOO_LARGE, "body_too_large"),
                _ => (StatusCode::BAD_REQUEST, "bad_body"),
            };
            ApiError::new(
                status,
                code,
                "Nội dung gửi lên quá lớn hoặc bị ngắt.",
                "Gửi lại ngắn hơn.",
            )
        })?;
        let parsed = serde_json::from_slice(&bytes).map_err(|error| {
            let place = format!("dòng {}, ký tự {}", error.line(), error.column());
            let message = format!("Nội dung gửi lên không đúng dạng JSON cần có ({place}).");
            let hint = format!("Xem /openapi.json. Lỗi của bộ đọc: {error}");
            ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_json", message, hint)
        });
        parsed.map(Self)
    }
}

/// Query parameters.
pub(crate) struct Params<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        query.map(|Query(params)| Self(params)).map_err(|rejection| {
            let message = "Tham số của địa chỉ không hợp lệ.";
            let hint = format!("Xem /openapi.json. Lỗi của bộ đọc: {rejection}");
            ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_parameter", message, hint)
        })
    }
}

/// One path segment that parses.
pub(crate) struct Segment<T>(pub(crate) T);

impl<S: Send + Sync, T: std::str::FromStr> FromRequestParts<S> for Segment<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let text = Path::<String>::from_request_parts(parts, state).await;
        let parsed = text.ok().and_then(|Path(text)| text.parse().ok());
        parsed.map(Self).ok_or_else(|| ApiError::not_found("mục có mã này"))
    }
}
