use axum::{Json, extract::State, response::IntoResponse};
use motcua_kiosk::{EngineState, ModelInfo};
use serde::Serialize;
use utoipa::ToSchema;

use crate::state::AppState;

/// How the product is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HealthView {
    /// `ok`: search and checks work.
    status: &'static str,
    /// Procedures that can be found.
    procedures: usize,
    /// Content key of the corpus.
    corpus: String,
    /// Fields with how many procedures each has.
    fields: Vec<FieldView>,
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
pub(crate) async fn get_readyz(State(state): State<AppState>) -> Json<HealthView> {
    let kiosk = state.kiosk();
    let health = kiosk.health();
    let (model, detail) = match health.model {
        EngineState::Absent => ("absent", None),
        EngineState::Loading => ("loading", None),
        EngineState::Ready(ModelInfo { trouble: Some(trouble), .. }) => ("degraded", Some(trouble)),
        EngineState::Ready(info) => ("ready", Some(info.name)),
        EngineState::Failed(reason) => ("failed", Some(reason)),
    };
    let fields = kiosk.fields().into_iter().take(40);
    Json(HealthView {
        status: "ok",
        procedures: health.procedures,
        corpus: health.corpus_key,
        fields: fields
            .map(|(name, procedures)| FieldView { name: name.to_owned(), procedures })
            .collect(),
        model: ModelView { state: model, detail, waiting: health.waiting },
    })
}

/// Figures for a monitoring system
#[utoipa::path(get, path = "/metrics", tag = "health", responses((status = 200, body = String)))]
pub(crate) async fn get_metrics(State(state): State<AppState>) -> impl IntoResponse {
    state.0.metrics.render()
}
