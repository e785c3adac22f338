use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use jiff::Timestamp;
use motcua_kiosk::records::{Done, Official, OfficialRole, Store};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::sign_in::OfficialView;
use crate::{
    error::{ApiError, ErrorView},
    extract::Body,
    signed_in::Admin,
    state::AppState,
};

/// What an official may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RoleWord {
    Official,
    Supervisor,
    Admin,
}

impl From<RoleWord> for OfficialRole {
    fn from(word: RoleWord) -> Self {
        match word {
            RoleWord::Official => Self::Official,
            RoleWord::Supervisor => Self::Supervisor,
            RoleWord::Admin => Self::Admin,
        }
    }
}

/// A new official.
#[derive(Deserialize, ToSchema)]
pub(crate) struct OfficialRequest {
    /// The login: 2 to 40 small letters without marks, digits, `.`, `_`, `-`.
    login: String,
    /// The name that letters and timelines show.
    name: String,
    /// What they may do.
    role: RoleWord,
    /// The first password, 10 characters or more.
    password: String,
}

/// What changes of an official; what is left out stays.
#[derive(Deserialize, ToSchema)]
pub(crate) struct OfficialChange {
    /// The name.
    name: Option<String>,
    /// What they may do.
    role: Option<RoleWord>,
    /// Whether they may sign in.
    is_active: Option<bool>,
    /// A new password.
    password: Option<String>,
}

/// All officials.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfficialsView {
    /// By login.
    officials: Vec<OfficialView>,
}

/// List officials
#[utoipa::path(
    get, path = "/api/v1/counter/officials", tag = "counter",
    responses((status = 200, body = OfficialsView), (status = 403, body = ErrorView)),
)]
pub(crate) async fn list_officials(
    State(state): State<AppState>,
    Admin(_): Admin,
) -> Result<Json<OfficialsView>, ApiError> {
    let officials = state.stored(Store::officials).await?;
    Ok(Json(OfficialsView { officials: officials.into_iter().map(Into::into).collect() }))
}

/// Add an official
#[utoipa::path(
    post, path = "/api/v1/counter/officials", tag = "counter", request_body = OfficialRequest,
    responses(
        (status = 201, body = OfficialView),
        (status = 403, body = ErrorView),
        (status = 409, body = ErrorView),
        (status = 422, body = ErrorView),
    ),
)]
pub(crate) async fn post_official(
    State(state): State<AppState>,
    Admin(admin): Admin,
    Body(request): Body<OfficialRequest>,
) -> Result<(StatusCode, Json<OfficialView>), ApiError> {
    let OfficialRequest { login, name, role, password } = request;
    let official = Official { login, name: named(&name)?, role: role.into(), is_active: true };
    let done = done(&admin, "official_added", &official);
    let added = official.clone();
    state.stored(move |store| store.add_official(&added, &password, &done)).await?;
    Ok((StatusCode::CREATED, Json(official.into())))
}

/// Change an official
///
/// They are signed out everywhere.
#[utoipa::path(
    patch, path = "/api/v1/counter/officials/{login}", tag = "counter",
    params(("login" = String, Path, description = "The login")),
    request_body = OfficialChange,
    responses(
        (status = 200, body = OfficialView),
        (status = 403, body = ErrorView),
        (status = 404, body = ErrorView),
        (status = 409, body = ErrorView),
        (status = 422, body = ErrorView),
    ),
)]
pub(crate) async fn patch_official(
    State(state): State<AppState>,
    Admin(admin): Admin,
    Path(login): Path<String>,
    Body(change): Body<OfficialChange>,
) -> Result<Json<OfficialView>, ApiError> {
    let officials = state.stored(Store::officials).await?;
    let known = officials.into_iter().find(|official| official.login == login);
    let mut official = known.ok_or_else(|| ApiError::not_found(&format!("tài khoản {login}")))?;
    if let Some(name) = &change.name {
        official.name = named(name)?;
    }
    official.role = change.role.map_or(official.role, Into::into);
    official.is_active = change.is_active.unwrap_or(official.is_active);
    let done = done(&admin, "official_changed", &official);
    let changed = official.clone();
    let password = change.password;
    state.stored(move |store| store.change_official(&changed, password.as_deref(), &done)).await?;
    Ok(Json(official.into()))
}

fn named(name: &str) -> Result<String, ApiError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let message = "Họ tên phải có từ 1 đến 100 ký tự.";
        return Err(ApiError::new(status, "bad_name", message, "Ghi họ tên đầy đủ."));
    }
    Ok(name.to_owned())
}

fn done(admin: &Official, action: &str, official: &Official) -> Done {
    let is_active = if official.is_active { "" } else { " inactive" };
    Done {
        at: Timestamp::now(),
        official: admin.login.clone(),
        action: action.to_owned(),
        subject: official.login.clone(),
        detail: format!("{}{is_active}", official.role.as_str()),
    }
}
