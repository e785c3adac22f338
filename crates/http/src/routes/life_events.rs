use axum::{Json, extract::State};
use motcua_kiosk::LifeEvent;
use serde::Serialize;
use utoipa::ToSchema;

use crate::state::AppState;

/// What happens in people's lives.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LifeEventsView {
    /// The events, in the order in which they are shown.
    events: Vec<LifeEventView>,
}

/// Something that happens in people's lives.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LifeEventView {
    /// Its identifier.
    id: String,
    /// Its name in Vietnamese.
    title: String,
    /// Its name in English.
    title_en: String,
    /// What people then need to do, the commonest first.
    needs: Vec<NeedView>,
}

/// Something that people need to do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NeedView {
    /// The procedure's code.
    code: String,
    /// What a visitor would say.
    say: String,
    /// The same in English.
    say_en: String,
}

/// List life events and the procedures they take
///
/// Only procedures that hold here are named.
#[utoipa::path(
    get, path = "/api/v1/life-events", tag = "procedures",
    responses((status = 200, body = LifeEventsView)),
)]
pub(crate) async fn list_life_events(State(state): State<AppState>) -> Json<LifeEventsView> {
    let events = state.kiosk().life_events().into_iter().map(LifeEventView::from).collect();
    Json(LifeEventsView { events })
}

impl From<LifeEvent> for LifeEventView {
    fn from(event: LifeEvent) -> Self {
        let need = |need: motcua_kiosk::Need| NeedView {
            code: need.code.to_string(),
            say: need.say,
            say_en: need.en,
        };
        Self {
            id: event.id,
            title: event.title,
            title_en: event.en,
            needs: event.needs.into_iter().map(need).collect(),
        }
    }
}
