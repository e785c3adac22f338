use std::ops::Not as _;

use axum::{Json, extract::State, http::HeaderMap, response::IntoResponse};
use motcua_kiosk::{EngineState, FieldCount, ModelInfo};
use serde::Serialize;
use utoipa::ToSchema;

use super::procedures::phone_address;
use crate::state::AppState;

/// How the product is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HealthView {
    /// `ok`: search and checks work.
    status: &'static str,
    /// Procedures that are loaded, those too that nobody here is led to.
    procedures: usize,
    /// Of these, procedures of which no more than the name and who handles them is known.
    names_only: usize,
    /// Content key of the corpus.
    corpus: String,
    /// All fields with how many procedures each has, a counter's daily work first.
    fields: Vec<FieldView>,
    /// Where phones reach this server; none where they cannot.
    address: Option<String>,
    /// The centre, as printed lists name it.
    office: Option<String>,
    /// The model.
    model: ModelView,
}

/// A field.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FieldView {
    /// Its name.
    name: String,
    /// How many procedures it has.
    procedures: usize,
    /// How many of them the commune handles.
    commune: usize,
    /// How much of a commune counter's work it is, from 0 to 1.
    share: f32,
}

/// The model.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ModelView {
    /// `absent`, `loading`, `ready`, `degraded` or `failed`.
    state: &'static str,
    /// Its name, or why there is none.
    detail: Option<String>,
    /// Requests that wait for it or are with it.
    waiting: usize,
}

/// Whether the process lives
#[utoipa::path(get, path = "/healthz", tag = "health", responses((status = 200, body = String)))]
pub(crate) async fn get_healthz() -> &'static str {
    "ok"
}

/// Whether search and checks work; the model's state is a field
#[utoipa::path(get, path = "/readyz", tag = "health", responses((status = 200, body = HealthView)))]
pub(crate) async fn get_readyz(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Json<HealthView> {
    let kiosk = state.kiosk();
    let health = kiosk.health();
    let (model, detail) = match health.model {
        EngineState::Absent => ("absent", None),
        EngineState::Loading => ("loading", None),
        EngineState::Ready(ModelInfo { trouble: Some(trouble), .. }) => ("degraded", Some(trouble)),
        EngineState::Ready(info) => ("ready", Some(info.name)),
        EngineState::Failed(reason) => ("failed", Some(reason)),
    };
    let office = &kiosk.settings().office;
    let named: Vec<&str> =
        [&office.authority, &office.name].into_iter().flatten().map(String::as_str).collect();
    let field = |FieldCount { name, procedures, commune, share }| FieldView {
        name: str::to_owned(name),
        procedures,
        commune,
        share,
    };
    Json(HealthView {
        status: "ok",
        procedures: health.procedures,
        names_only: health.names_only,
        corpus: health.corpus_key,
        fields: kiosk.fields().into_iter().map(field).collect(),
        address: phone_address(&kiosk, &headers),
        office: named.is_empty().not().then(|| named.join(" – ")),
        model: ModelView { state: model, detail, waiting: health.waiting },
    })
}

/// Figures for a monitoring system
#[utoipa::path(get, path = "/metrics", tag = "health", responses((status = 200, body = String)))]
pub(crate) async fn get_metrics(State(state): State<AppState>) -> impl IntoResponse {
    state.0.metrics.render()
}
