use std::time::Instant;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use motcua_kiosk::records::{Done, Official};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    error::{ApiError, ErrorView, random_id},
    extract::Body,
    paced::SigningIn,
    signed_in::{COOKIE, SignedIn, token},
    state::AppState,
};

/// Login and password.
#[derive(Deserialize, ToSchema)]
pub(crate) struct SignInRequest {
    /// The login.
    login: String,
    /// The password.
    password: String,
}

/// A password to be changed.
#[derive(Deserialize, ToSchema)]
pub(crate) struct PasswordRequest {
    /// The password until now.
    old: String,
    /// The new one, 10 characters or more.
    new: String,
}

/// An official.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct OfficialView {
    /// The login.
    login: String,
    /// The name that letters and timelines show.
    name: String,
    /// `official`, `supervisor` or `admin`.
    role: String,
    /// Whether they may sign in.
    is_active: bool,
}

impl From<Official> for OfficialView {
    fn from(official: Official) -> Self {
        let Official { login, name, role, is_active } = official;
        Self { login, name, role: role.as_str().to_owned(), is_active }
    }
}

/// Sign in
///
/// Sets the cookie that the other routes of the counter need. After five wrong passwords a login
/// waits a minute.
#[utoipa::path(
    post, path = "/api/v1/counter/sign-in", tag = "counter", request_body = SignInRequest,
    responses(
        (status = 200, body = OfficialView),
        (status = 401, body = ErrorView),
        (status = 429, body = ErrorView),
    ),
)]
pub(crate) async fn post_sign_in(
    State(state): State<AppState>,
    _: SigningIn,
    headers: HeaderMap,
    Body(request): Body<SignInRequest>,
) -> Result<Response, ApiError> {
    let SignInRequest { login, password } = request;
    let login: String = login.trim().to_lowercase().chars().take(LONGEST_LOGIN).collect();
    held_back(&state, &login)?;
    let secret = random_id(32).ok_or_else(|| ApiError::internal("no randomness"))?;
    let name = login.clone();
    let turn = state.0.passwords.acquire().await;
    let signed = state
        .stored(move |store| store.sign_in(&name, &password, &secret, Timestamp::now()))
        .await?;
    drop(turn);
    let Some(signed) = signed else {
        let message = "Tên đăng nhập hoặc mật khẩu không đúng.";
        let hint = "Kiểm tra phím Caps Lock và bộ gõ; quên mật khẩu thì nhờ quản trị viên.";
        return Err(ApiError::new(StatusCode::UNAUTHORIZED, "wrong_password", message, hint));
    };
    state.0.throttle.succeeded(&login);
    let secure = headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https");
    let secure = if secure { "; Secure" } else { "" };
    let token = &signed.token;
    let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict{secure}");
    Ok(([(header::SET_COOKIE, cookie)], Json(OfficialView::from(signed.official))).into_response())
}

/// Longer than any login is; what is longer is nobody's.
const LONGEST_LOGIN: usize = 64;

fn held_back(state: &AppState, login: &str) -> Result<(), ApiError> {
    let Some(wait) = state.0.throttle.attempt(login, Instant::now()) else { return Ok(()) };
    let message = "Sai mật khẩu nhiều lần.";
    let hint = format!("Chờ {} giây rồi thử lại.", wait.as_secs().max(1));
    let error = ApiError::new(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts", message, hint);
    Err(error.after(wait))
}

/// Sign out
#[utoipa::path(
    post, path = "/api/v1/counter/sign-out", tag = "counter", responses((status = 204)),
)]
pub(crate) async fn post_sign_out(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    if let Some(token) = token(&headers).map(str::to_owned) {
        state.stored(move |store| store.sign_out(&token)).await?;
    }
    let cookie = format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// Who is signed in
#[utoipa::path(
    get, path = "/api/v1/counter/me", tag = "counter",
    responses((status = 200, body = OfficialView), (status = 401, body = ErrorView)),
)]
pub(crate) async fn get_me(SignedIn(official): SignedIn) -> Json<OfficialView> {
    Json(official.into())
}

/// Change one's own password
///
/// Signs out everywhere.
#[utoipa::path(
    post, path = "/api/v1/counter/password", tag = "counter", request_body = PasswordRequest,
    responses((status = 204), (status = 401, body = ErrorView), (status = 422, body = ErrorView)),
)]
pub(crate) async fn post_password(
    State(state): State<AppState>,
    SignedIn(official): SignedIn,
    Body(request): Body<PasswordRequest>,
) -> Result<StatusCode, ApiError> {
    let PasswordRequest { old, new } = request;
    held_back(&state, &official.login)?;
    let secret = random_id(32).ok_or_else(|| ApiError::internal("no randomness"))?;
    let login = official.login.clone();
    let _turn = state.0.passwords.acquire().await;
    let is_right =
        state.stored(move |store| store.sign_in(&login, &old, &secret, Timestamp::now())).await?;
    if is_right.is_none() {
        let message = "Mật khẩu hiện nay không đúng.";
        let hint = "Nhập lại, hoặc nhờ quản trị viên đặt mật khẩu mới.";
        return Err(ApiError::new(StatusCode::UNAUTHORIZED, "wrong_password", message, hint));
    }
    state.0.throttle.succeeded(&official.login);
    let done = Done {
        at: Timestamp::now(),
        official: official.login.clone(),
        action: "password_changed".to_owned(),
        subject: official.login.clone(),
        detail: String::new(),
    };
    state.stored(move |store| store.change_official(&official, Some(&new), &done)).await?;
    Ok(StatusCode::NO_CONTENT)
}
