//! The corpus desk: what this centre shows, what an import changed, and whose law changed.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use jiff::Timestamp;
use motcua_domain::ProcedureCode;
use motcua_kiosk::{ChangeSet, ChangedLaw, Kiosk, NamedProcedure, Shown, records::Done};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::today,
    error::{ApiError, ErrorView},
    extract::Body,
    signed_in::{Admin, SignedIn},
    state::AppState,
};

/// So many procedures of one change are named; all are counted.
const NAMED: usize = 300;

/// What a centre makes of its corpus.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CorpusDeskView {
    /// Procedures that are hidden or pinned here, in order of code.
    shown: Vec<ShownProcedureView>,
    /// What changed, the latest first; empty where the corpus has not changed since this was first looked at.
    changes: Vec<ChangeSetView>,
    /// Documents that are cited as if they had not changed: those that are gone first, the most cited first of each.
    /// Only what `corpus/law.toml` tells; records carry no state of a document.
    law: Vec<ChangedLawView>,
}

/// A procedure that is shown otherwise than every other.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ShownProcedureView {
    /// Its code.
    code: String,
    /// Its name; the code where it is known no more.
    name: String,
    /// `hidden` or `pinned`.
    shown: String,
}

/// What changed at once.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangeSetView {
    /// When it was noticed.
    at: String,
    /// How many are new.
    new_count: usize,
    /// How many are gone.
    gone_count: usize,
    /// How many say something else.
    changed_count: usize,
    /// New ones, the first of them.
    new: Vec<ChangedProcedureView>,
    /// Gone ones, the first of them.
    gone: Vec<ChangedProcedureView>,
    /// Changed ones, the first of them.
    changed: Vec<ChangedProcedureView>,
}

/// A procedure that came, went or changed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangedProcedureView {
    /// Its code.
    code: String,
    /// Its name.
    name: String,
    /// What of it: `name`, `papers`, `fee`, `time`, `place`, `legal_basis`, `form`; none of a new or gone one.
    parts: Vec<String>,
}

/// A document that changed, and who cites it as if it had not.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangedLawView {
    /// Its number.
    number: String,
    /// What it is called.
    name: String,
    /// `replaced`, `repealed` or `amended`.
    change: String,
    /// The number of the document that did it.
    by: String,
    /// What that one is called.
    by_name: String,
    /// Since which day, where it is known.
    from: Option<String>,
    /// Where that is said.
    source: String,
    /// Whether somebody read that source.
    checked: bool,
    /// Who cites it.
    procedures: Vec<ChangedProcedureView>,
}

/// How a procedure is to be shown.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ShownRequest {
    /// `plain`, `hidden` (not taken in here: no answer, no candidate, in no list) or `pinned` (first in lists).
    shown: String,
}

/// Look over the corpus
#[utoipa::path(
    get, path = "/api/v1/counter/corpus", tag = "counter",
    responses((status = 200, body = CorpusDeskView), (status = 401, body = ErrorView)),
)]
pub(crate) async fn get_corpus_desk(
    State(state): State<AppState>,
    SignedIn(_): SignedIn,
) -> Result<Json<CorpusDeskView>, ApiError> {
    let kiosk = state.kiosk();
    // Thousands of procedures are gone through.
    let looking = tokio::task::spawn_blocking(move || view(&kiosk));
    looking.await.map(Json).map_err(|error| ApiError::internal(&error.to_string()))
}

/// Hide or pin a procedure
///
/// In force within a second.
#[utoipa::path(
    put, path = "/api/v1/counter/corpus/{code}/shown", tag = "counter",
    params(("code" = String, Path, description = "The procedure's code")),
    request_body = ShownRequest,
    responses(
        (status = 204),
        (status = 403, body = ErrorView),
        (status = 404, body = ErrorView),
        (status = 422, body = ErrorView),
    ),
)]
pub(crate) async fn put_shown(
    State(state): State<AppState>,
    Admin(admin): Admin,
    Path(code): Path<String>,
    Body(request): Body<ShownRequest>,
) -> Result<StatusCode, ApiError> {
    let unknown = || ApiError::not_found(&format!("thủ tục {code}"));
    let parsed: ProcedureCode = code.parse().map_err(|_| unknown())?;
    let kiosk = state.kiosk();
    kiosk.procedure(&parsed).ok_or_else(unknown)?;
    let shown = Shown::of(&request.shown).ok_or_else(|| {
        let message = format!("Không có cách hiện `{}`.", request.shown);
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        ApiError::new(status, "bad_shown", message, "Dùng plain, hidden hoặc pinned.")
    })?;
    // Written down first: what nobody can be asked about must not count.
    let done = Done {
        at: Timestamp::now(),
        official: admin.login,
        action: format!("procedure_{}", shown.as_str()),
        subject: parsed.to_string(),
        detail: String::new(),
    };
    state.stored(move |store| store.add_done(&done)).await?;
    kiosk.show(&parsed, shown)?;
    Ok(StatusCode::NO_CONTENT)
}

fn view(kiosk: &Kiosk) -> CorpusDeskView {
    let shown = kiosk.shown_here().map(|(code, shown)| ShownProcedureView {
        code: code.to_string(),
        name: kiosk.procedure(code).map_or_else(|| code.to_string(), |one| one.name.clone()),
        shown: shown.as_str().to_owned(),
    });
    CorpusDeskView {
        shown: shown.collect(),
        changes: kiosk.changes().into_iter().map(ChangeSetView::from).collect(),
        law: kiosk.changed_law(today()).into_iter().map(ChangedLawView::from).collect(),
    }
}

impl From<NamedProcedure> for ChangedProcedureView {
    fn from(NamedProcedure { code, name }: NamedProcedure) -> Self {
        Self { code, name, parts: Vec::new() }
    }
}

impl From<ChangeSet> for ChangeSetView {
    fn from(ChangeSet { at, new, gone, changed }: ChangeSet) -> Self {
        let plain = |list: Vec<NamedProcedure>| -> Vec<ChangedProcedureView> {
            list.into_iter().take(NAMED).map(ChangedProcedureView::from).collect()
        };
        let (new_count, gone_count, changed_count) = (new.len(), gone.len(), changed.len());
        let changed = changed.into_iter().take(NAMED).map(|one| ChangedProcedureView {
            parts: one.parts.iter().map(|part| part.as_str().to_owned()).collect(),
            ..ChangedProcedureView::from(one.procedure)
        });
        Self {
            at: at.to_string(),
            new_count,
            gone_count,
            changed_count,
            changed: changed.collect(),
            new: plain(new),
            gone: plain(gone),
        }
    }
}

impl From<ChangedLaw> for ChangedLawView {
    fn from(ChangedLaw { document, procedures }: ChangedLaw) -> Self {
        Self {
            number: document.number,
            name: document.name,
            change: document.change.as_str().to_owned(),
            by: document.by,
            by_name: document.by_name,
            from: document.from.map(|day| day.to_string()),
            source: document.source,
            checked: document.checked,
            procedures: procedures.into_iter().map(ChangedProcedureView::from).collect(),
        }
    }
}
