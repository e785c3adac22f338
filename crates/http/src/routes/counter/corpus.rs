use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use jiff::Timestamp;
use motcua_domain::{Necessity, Procedure, ProcedureCode, Requirement, SourceId};
use motcua_kiosk::{
    ApproveError, Kiosk, Shown,
    records::{Done, StoreError},
    wording::{fee_text, place_text, requirement_text, time_text},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    cases_view::{DoneView, done_views},
    requirement_form::{CaseView, RequirementForm, cases},
};
use crate::{
    clock::today,
    error::{ApiError, ErrorView, sentence},
    extract::Body,
    signed_in::{Admin, SignedIn},
    state::AppState,
    views::ReviewView,
};

/// How many problems of a file are told at once.
const MOST_PROBLEMS: usize = 12;

/// A procedure's file, beside the words it was compiled from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProcedureFileView {
    /// Its code.
    code: String,
    /// Its name.
    name: String,
    /// Who stands behind it.
    review: ReviewView,
    /// The file, TOML of the project's own form.
    file: String,
    /// Each requirement beside its source.
    requirements: Vec<RequirementSourceView>,
    /// What a requirement may hang on: each answer to each question of the procedure.
    cases: Vec<CaseView>,
    /// Time limits, fees and places, each kind beside its source.
    facts: Vec<FactSourceView>,
    /// `plain`, `hidden` or `pinned`: how this centre shows it.
    shown: String,
    /// What was done to it here, in order.
    history: Vec<DoneView>,
}

/// A requirement beside its source.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RequirementSourceView {
    /// Its identifier.
    id: String,
    /// The rows of the published list that it covers, from 0.
    rows: Vec<usize>,
    /// The source's own words; none where a person wrote the requirement and the portal's record is not loaded.
    source_text: Option<String>,
    /// The documents that it rests on.
    sources: Vec<SourceDocumentView>,
    /// What it was made of them, as people read it.
    text: String,
    /// The machine could not read who needs it: a person decides before the file is approved.
    pending: bool,
    /// What a person can mend of it.
    form: RequirementForm,
}

/// All of a kind of fact beside what the portal's record says of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FactSourceView {
    /// `time`, `fee` or `place`.
    kind: String,
    /// The record's own words; none where no source has that record.
    source_texts: Vec<String>,
    /// The documents that they rest on.
    sources: Vec<SourceDocumentView>,
    /// What was made of them, as people read it.
    texts: Vec<String>,
}

/// A document that something rests on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceDocumentView {
    /// The document, with its article where it has one.
    document: String,
    /// Where it can be read.
    url: Option<String>,
}

/// A file to be checked or approved.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ProcedureFileRequest {
    /// The file.
    file: String,
    /// Only check it; nothing is kept.
    #[serde(default)]
    dry_run: bool,
}

/// Read a procedure's file
#[utoipa::path(
    get, path = "/api/v1/counter/corpus/{code}", tag = "counter",
    params(("code" = String, Path, description = "The procedure's code")),
    responses((status = 200, body = ProcedureFileView), (status = 404, body = ErrorView)),
)]
pub(crate) async fn get_procedure_file(
    State(state): State<AppState>,
    SignedIn(_): SignedIn,
    Path(code): Path<String>,
) -> Result<Json<ProcedureFileView>, ApiError> {
    let code = known(&state, &code)?;
    let kiosk = state.kiosk();
    let found = kiosk.procedure(&code).zip(kiosk.file_of(&code));
    let (procedure, file) = found.ok_or_else(|| unknown(code.as_str()))?;
    Ok(Json(view_of(&state, procedure, file).await?))
}

/// Check or approve a procedure's file
///
/// Approved, it goes before every other source of the code within a second, under the name of who
/// approved it.
#[utoipa::path(
    put, path = "/api/v1/counter/corpus/{code}", tag = "counter",
    params(("code" = String, Path, description = "The procedure's code")),
    request_body = ProcedureFileRequest,
    responses(
        (status = 200, body = ProcedureFileView),
        (status = 403, body = ErrorView),
        (status = 404, body = ErrorView),
        (status = 422, body = ErrorView),
    ),
)]
pub(crate) async fn put_procedure_file(
    State(state): State<AppState>,
    Admin(admin): Admin,
    Path(code): Path<String>,
    Body(request): Body<ProcedureFileRequest>,
) -> Result<Json<ProcedureFileView>, ApiError> {
    let code = known(&state, &code)?;
    let kiosk = state.kiosk();
    let ProcedureFileRequest { file, dry_run } = request;
    let procedure = kiosk.read_file(&code, &file)?;
    if !dry_run {
        kiosk.as_approved(&code, &file, &admin.name, today())?;
        // Written down first: an approval that nobody can be asked about must not count.
        let done = Done {
            at: Timestamp::now(),
            official: admin.login.clone(),
            action: "procedure_approved".to_owned(),
            subject: code.to_string(),
            detail: String::new(),
        };
        state.stored(move |store| store.add_done(&done)).await?;
        kiosk.approve(&code, &file, &admin.name, today())?;
    }
    Ok(Json(view_of(&state, &procedure, file).await?))
}

fn unknown(code: &str) -> ApiError {
    ApiError::not_found(&format!("thủ tục {code}"))
}

/// The code of a procedure that is known here.
pub(super) fn known(state: &AppState, code: &str) -> Result<ProcedureCode, ApiError> {
    let parsed: ProcedureCode = code.parse().map_err(|_| unknown(code))?;
    state.kiosk().procedure(&parsed).ok_or_else(|| unknown(code))?;
    Ok(parsed)
}

/// A procedure beside its sources, with what was done to it here.
pub(super) async fn view_of(
    state: &AppState,
    procedure: &Procedure,
    file: String,
) -> Result<ProcedureFileView, ApiError> {
    let history = history(state, &procedure.code).await?;
    let kiosk = state.kiosk();
    let shown = kiosk.shown(&procedure.code);
    Ok(view(&kiosk, procedure, file, shown, history))
}

/// What was done to a procedure at this centre.
async fn history(state: &AppState, code: &ProcedureCode) -> Result<Vec<DoneView>, ApiError> {
    let code = code.to_string();
    let read =
        state.stored(move |store| Ok::<_, StoreError>((store.done_to(&code)?, store.officials()?)));
    let (done, officials) = read.await?;
    Ok(done_views(&done, &officials))
}

fn view(
    kiosk: &Kiosk,
    procedure: &Procedure,
    file: String,
    shown: Shown,
    history: Vec<DoneView>,
) -> ProcedureFileView {
    let requirement = |requirement: &Requirement| RequirementSourceView {
        id: requirement.id.clone(),
        rows: requirement.rows.clone(),
        source_text: (requirement.source_text.clone())
            .or_else(|| kiosk.record_text(&procedure.code, requirement)),
        sources: documents(procedure, |id| requirement.sources.contains(id)),
        text: requirement_text(requirement, procedure),
        pending: requirement.necessity == Necessity::Pending,
        form: RequirementForm::from(requirement),
    };
    ProcedureFileView {
        code: procedure.code.to_string(),
        name: procedure.name.clone(),
        review: ReviewView::from(&procedure.review),
        file,
        requirements: procedure.requirements.iter().map(requirement).collect(),
        cases: cases(procedure),
        facts: facts(kiosk, procedure),
        shown: shown.as_str().to_owned(),
        history,
    }
}

/// The documents whose identifiers are meant.
fn documents(
    procedure: &Procedure,
    is_meant: impl Fn(&SourceId) -> bool,
) -> Vec<SourceDocumentView> {
    let meant = procedure.sources.iter().filter(|source| is_meant(&source.id));
    meant
        .map(|source| SourceDocumentView {
            document: source.document.clone(),
            url: source.url.clone(),
        })
        .collect()
}

fn facts(kiosk: &Kiosk, procedure: &Procedure) -> Vec<FactSourceView> {
    let said = kiosk.record_facts(&procedure.code).cloned().unwrap_or_default();
    let view = |kind: &str, source_texts, ids: Vec<&Vec<SourceId>>, texts| FactSourceView {
        kind: kind.to_owned(),
        source_texts,
        sources: documents(procedure, |id| ids.iter().any(|ids| ids.contains(id))),
        texts,
    };
    let Procedure { times, fees, places, .. } = procedure;
    vec![
        view(
            "time",
            said.times,
            times.iter().map(|one| &one.sources).collect(),
            times.iter().map(time_text).collect(),
        ),
        view(
            "fee",
            said.fees,
            fees.iter().map(|one| &one.sources).collect(),
            fees.iter().map(fee_text).collect(),
        ),
        view(
            "place",
            said.places,
            places.iter().map(|one| &one.sources).collect(),
            places.iter().map(place_text).collect(),
        ),
    ]
}

impl From<ApproveError> for ApiError {
    fn from(error: ApproveError) -> Self {
        let message = sentence(&error.to_string());
        match error {
            ApproveError::Problems(problems) => {
                let told: Vec<_> = problems.iter().take(MOST_PROBLEMS).cloned().collect();
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                Self::new(status, "bad_procedure_file", message, told.join("\n"))
            }
            ApproveError::NoPlace => {
                let hint = "Chạy motcua serve với một thư mục dữ liệu ghi được.";
                Self::new(StatusCode::CONFLICT, "no_place", message, hint)
            }
            ApproveError::Write { .. } => Self::internal(&message),
        }
    }
}
