//! Who asks, where only officials may.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
};
use jiff::Timestamp;
use motcua_kiosk::records::{Official, OfficialRole};

use crate::{error::ApiError, state::AppState};

/// The cookie that holds the secret of a sign-in.
pub(crate) const COOKIE: &str = "motcua_session";

/// An official who is signed in.
pub(crate) struct SignedIn(pub(crate) Official);

/// An official who may read figures and erase cases.
pub(crate) struct Supervisor(pub(crate) Official);

/// An official who names others.
pub(crate) struct Admin(pub(crate) Official);

/// An official, if one is signed in.
pub(crate) struct MaybeSignedIn(pub(crate) Option<Official>);

impl FromRequestParts<AppState> for MaybeSignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let Some(token) = token(&parts.headers).map(str::to_owned) else { return Ok(Self(None)) };
        if changes(&parts.method) && !is_own_page(&parts.headers) {
            let message = "Yêu cầu đến từ một trang khác.";
            let hint = "Mở lại trang /counter và làm lại.";
            return Err(ApiError::new(StatusCode::FORBIDDEN, "foreign_page", message, hint));
        }
        let found = state.stored(move |store| store.signed_in(&token, Timestamp::now())).await?;
        Ok(Self(found))
    }
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let MaybeSignedIn(official) = MaybeSignedIn::from_request_parts(parts, state).await?;
        official.map(Self).ok_or_else(not_signed_in)
    }
}

impl FromRequestParts<AppState> for Supervisor {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        at_least(OfficialRole::Supervisor, parts, state).await.map(Self)
    }
}

impl FromRequestParts<AppState> for Admin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        at_least(OfficialRole::Admin, parts, state).await.map(Self)
    }
}

async fn at_least(
    role: OfficialRole,
    parts: &mut Parts,
    state: &AppState,
) -> Result<Official, ApiError> {
    let SignedIn(official) = SignedIn::from_request_parts(parts, state).await?;
    if official.role >= role {
        return Ok(official);
    }
    let message = "Tài khoản này không có quyền làm việc đó.";
    let hint = "Nhờ quản trị viên của trung tâm.";
    Err(ApiError::new(StatusCode::FORBIDDEN, "not_allowed", message, hint))
}

pub(crate) fn not_signed_in() -> ApiError {
    let message = "Cần đăng nhập.";
    let hint = "Đăng nhập tại trang /counter.";
    ApiError::new(StatusCode::UNAUTHORIZED, "not_signed_in", message, hint)
}

/// The secret that a browser sends.
pub(crate) fn token(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|line| line.split(';')).find_map(|cookie| {
        let (name, value) = cookie.trim().split_once('=')?;
        (name == COOKIE && !value.is_empty()).then_some(value)
    })
}

fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Browsers name the page that a changing request comes from; programs need not.
fn is_own_page(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else { return true };
    let host = origin.split_once("://").map(|(_, host)| host);
    host.is_some() && host == text(header::HOST)
}
