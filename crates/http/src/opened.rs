//! The dossier that a path names, opened to those who may work on it.

use std::sync::{Arc, Mutex};

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::{StatusCode, request::Parts},
};
use motcua_kiosk::records::Official;

use crate::{
    dossiers::{Dossier, lock},
    error::ApiError,
    signed_in::{MaybeSignedIn, not_signed_in},
    state::AppState,
};

/// A dossier that is still kept. One of a case is opened to officials only; any other to whoever has
/// its identifier, which nobody can guess.
pub(crate) struct Opened {
    pub(crate) dossier: Arc<Mutex<Dossier>>,
    /// Who opens it, if somebody is signed in.
    pub(crate) official: Option<Official>,
}

impl Opened {
    /// The login under which something is done; empty where nobody is signed in.
    pub(crate) fn login(&self) -> String {
        self.official.as_ref().map(|official| official.login.clone()).unwrap_or_default()
    }
}

impl FromRequestParts<AppState> for Opened {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let names = RawPathParams::from_request_parts(parts, state).await;
        let id = names.ok().and_then(|names| {
            names.iter().find(|(name, _)| *name == "id").map(|(_, id)| id.to_owned())
        });
        let dossier = id.and_then(|id| state.0.dossiers.get(&id)).ok_or_else(gone)?;
        let MaybeSignedIn(official) = MaybeSignedIn::from_request_parts(parts, state).await?;
        if official.is_none() && lock(&dossier).case.is_some() {
            return Err(not_signed_in());
        }
        Ok(Self { dossier, official })
    }
}

fn gone() -> ApiError {
    let hint = "Hồ sơ chỉ giữ 30 phút; mở hồ sơ mới và nộp lại tệp.";
    ApiError::new(StatusCode::NOT_FOUND, "dossier_not_found", "Không còn hồ sơ này.", hint)
}
