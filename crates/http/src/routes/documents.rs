//! The papers of a dossier: handed in, read, looked at, taken back.

use std::collections::BTreeSet;

use axum::{
    Json,
    extract::{
        Multipart, State,
        multipart::{Field, MultipartError, MultipartRejection},
    },
    http::StatusCode,
};
use motcua_domain::{Area, Document, Legibility, TextLine};
use motcua_kiosk::{
    IntakeError, Kiosk, ReadFact, ReadUpload, Stop, Upload, UploadBytes,
    records::{PictureName, StoreError},
};
use serde::{Deserialize, Serialize};
use tokio::sync::SemaphorePermit;
use utoipa::{IntoParams, ToSchema};

use crate::{
    dossiers::{CaseInHand, lock},
    error::{ApiError, ErrorView},
    extract::Params,
    opened::Opened,
    paced::HandingIn,
    routes::counter::pictures,
    state::AppState,
    views::word,
};

/// What was read of the uploaded files.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocumentsView {
    /// The files of this upload.
    documents: Vec<DocumentView>,
}

/// What was read of a file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocumentView {
    /// Its name.
    name: String,
    /// `pdf`, `docx`, `jpeg` …
    kind: String,
    /// How many pages.
    pages: usize,
    /// Pages that cannot be read, 1-based.
    illegible_pages: Vec<u32>,
}

/// The papers of a dossier, as they were read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadDocumentsView {
    /// In the order they were handed in.
    documents: Vec<ReadDocumentView>,
}

/// A paper as it was read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadDocumentView {
    /// Its name.
    name: String,
    /// `pdf`, `docx`, `jpeg` …
    kind: String,
    /// Its pages, in order.
    pages: Vec<ReadPageView>,
    /// What it states, with where each thing stands.
    facts: Vec<ReadFactView>,
}

/// Something a paper states.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadFactView {
    /// `title`, `person`, `date`, `copy_mark` or `blank_field`.
    kind: String,
    /// The line as it was read.
    text: String,
    /// The page, 1-based.
    page: u32,
    /// The line's place among those of the page, from 0.
    line: usize,
}

/// A page as it was read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadPageView {
    /// 1-based.
    number: u32,
    /// `text_layer` or `ocr`.
    reading: String,
    /// `blank`, `illegible`, `poor` or `clear`.
    legibility: String,
    /// The lines, in reading order.
    lines: Vec<ReadLineView>,
    /// Where its picture is had; none where none is kept, as of a dossier that belongs to no case.
    picture: Option<String>,
}

/// A line as it was read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadLineView {
    /// The text.
    text: String,
    /// 0 to 1.
    confidence: f32,
    /// Where it stands on the picture of the page; none where that is not known.
    area: Option<AreaView>,
}

/// A box on the picture of a page, in shares of its width and height.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AreaView {
    /// From the left edge, 0 to 1.
    left: f32,
    /// From the top edge, 0 to 1.
    top: f32,
    /// 0 to 1.
    width: f32,
    /// 0 to 1.
    height: f32,
}

/// Which paper.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DocumentParams {
    /// Its name.
    name: String,
}

/// Hand in papers
///
/// Each file is read at once, in a process of its own; a file that cannot be read is refused, is no
/// part of the dossier, and the others stay.
#[utoipa::path(
    post, path = "/api/v1/dossiers/{id}/documents", tag = "dossiers",
    params(("id" = String, Path, description = "Dossier identifier")),
    request_body(content_type = "multipart/form-data", description = "One part for each file"),
    responses(
        (status = 200, body = DocumentsView),
        (status = 404, body = ErrorView),
        (status = 413, body = ErrorView),
        (status = 415, body = ErrorView),
        (status = 422, body = ErrorView),
        (status = 429, body = ErrorView),
    ),
)]
pub(crate) async fn post_documents(
    State(state): State<AppState>,
    _: HandingIn,
    Opened { dossier, .. }: Opened,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Json<DocumentsView>, ApiError> {
    let mut parts = parts.map_err(|_| not_a_form())?;
    let case = lock(&dossier).case.clone();
    let mut views = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(|e| bad_upload(&e))? {
        let Some(name) = part.file_name().map(str::to_owned) else { continue };
        let most = state.kiosk().settings().limits.max_file_bytes;
        let (seen, bytes) = bytes_of(part, most).await.map_err(|e| bad_upload(&e))?;
        if seen > most {
            // The rest of the form is read past, so that the answer reaches its sender.
            while parts.next_field().await.map_err(|e| bad_upload(&e))?.is_some() {}
            return Err(IntakeError::TooLarge { bytes: seen, most }.into());
        }
        let documents = read(&state, name, bytes, case.as_ref()).await?;
        let mut dossier = lock(&dossier);
        let before = dossier.check.documents.len();
        dossier.check.add(documents);
        views.extend(dossier.check.documents[before..].iter().map(document_view));
    }
    if views.is_empty() {
        let message = "Chưa có tệp nào được gửi lên.";
        let hint = "Chọn ít nhất một tệp.";
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "no_files", message, hint));
    }
    Ok(Json(DocumentsView { documents: views }))
}

/// Reads one file. Of a case, pictures of its pages are kept for officials to look at; of a citizen's own dossier
/// nothing is.
async fn read(
    state: &AppState,
    name: String,
    bytes: Vec<u8>,
    case: Option<&CaseInHand>,
) -> Result<Vec<Document>, ApiError> {
    let (kiosk, is_shown) = (state.kiosk(), case.is_some());
    // Visitors leave a reader free for officials, whom a queue waits for.
    let _place = match case {
        Some(_) => None,
        None => Some(visitors_place(state).await?),
    };
    let stop = Stop::new();
    // Whoever sent it may be gone before it is read.
    let _gone = stop.on_drop();
    let reading = tokio::task::spawn_blocking(move || {
        if is_shown {
            return kiosk.read_shown(&name, &bytes, &stop);
        }
        let upload = Upload { name, bytes: UploadBytes::Memory(bytes) };
        let documents = kiosk.read_upload(&upload, &stop)?;
        Ok(ReadUpload { documents, pictures: Vec::new() })
    });
    let read = reading.await.map_err(|error| ApiError::internal(&error.to_string()))??;
    if let Some(case) = case {
        pictures::keep(state, &case.code, read.pictures).await?;
    }
    Ok(read.documents)
}

/// A visitor's place among the readers.
async fn visitors_place(state: &AppState) -> Result<SemaphorePermit<'_>, ApiError> {
    let patience = state.kiosk().settings().limits.wait_time;
    let waiting = state.0.visitors_read.acquire();
    let place = tokio::time::timeout(patience, waiting).await.map_err(|_| IntakeError::Busy)?;
    place.map_err(|error| ApiError::internal(&error.to_string()))
}

/// How many bytes a part has, read to its end, and the bytes unless there are more than `most`.
async fn bytes_of(mut part: Field<'_>, most: u64) -> Result<(u64, Vec<u8>), MultipartError> {
    let mut bytes = Vec::new();
    let mut seen = 0_u64;
    while let Some(chunk) = part.chunk().await? {
        seen = seen.saturating_add(chunk.len() as u64);
        if seen > most {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok((seen, bytes))
}

fn not_a_form() -> ApiError {
    let message = "Tệp phải gửi bằng biểu mẫu multipart/form-data.";
    ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_a_form", message, "Xem /openapi.json.")
}

fn bad_upload(error: &MultipartError) -> ApiError {
    let status = error.status();
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        let hint = "Quét ở 200–300 dpi hoặc gửi từng tệp.";
        return ApiError::new(status, "file_too_large", "Tệp gửi lên quá lớn.", hint);
    }
    let message = "Tệp gửi lên bị ngắt hoặc không đúng dạng.";
    ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_upload", message, "Gửi lại tệp.")
}

fn document_view(document: &Document) -> DocumentView {
    let illegible = document
        .pages
        .iter()
        .filter(|page| page.legibility == Legibility::Illegible)
        .map(|page| page.number);
    DocumentView {
        name: document.name.clone(),
        kind: word(&document.kind),
        pages: document.pages.len(),
        illegible_pages: illegible.collect(),
    }
}

/// Read what was read of the papers
#[utoipa::path(
    get, path = "/api/v1/dossiers/{id}/documents", tag = "dossiers",
    params(("id" = String, Path, description = "Dossier identifier")),
    responses((status = 200, body = ReadDocumentsView), (status = 404, body = ErrorView)),
)]
pub(crate) async fn get_documents(
    State(state): State<AppState>,
    Opened { dossier, .. }: Opened,
) -> Result<Json<ReadDocumentsView>, ApiError> {
    let code = lock(&dossier).case.as_ref().map(|case| case.code.clone());
    let kept = match code.clone() {
        None => BTreeSet::new(),
        Some(code) => state.stored(move |store| Ok::<_, StoreError>(store.pictures(&code))).await?,
    };
    let picture = |sha256: &str, page: u32| {
        let name = PictureName { sha256: sha256.to_owned(), page };
        let code = code.as_deref().filter(|_| kept.contains(&name))?;
        Some(pictures::address(code, &name))
    };
    let documents = lock(&dossier).check.documents.clone();
    // Finding what long papers state takes its time.
    let stated = tokio::task::spawn_blocking(move || {
        documents.into_iter().map(|one| (Kiosk::facts_of(&one), one)).collect::<Vec<_>>()
    });
    let stated = stated.await.map_err(|error| ApiError::internal(&error.to_string()))?;
    let documents =
        stated.iter().map(|(facts, document)| read_document_view(document, facts, &picture));
    Ok(Json(ReadDocumentsView { documents: documents.collect() }))
}

/// Take a paper back
///
/// All papers of that name leave the dossier; the next check is without them.
#[utoipa::path(
    delete, path = "/api/v1/dossiers/{id}/documents", tag = "dossiers",
    params(("id" = String, Path, description = "Dossier identifier"), DocumentParams),
    responses((status = 204), (status = 404, body = ErrorView)),
)]
pub(crate) async fn delete_document(
    State(state): State<AppState>,
    Opened { dossier, .. }: Opened,
    Params(DocumentParams { name }): Params<DocumentParams>,
) -> Result<StatusCode, ApiError> {
    let (gone, case) = {
        let mut dossier = lock(&dossier);
        let (gone, left): (Vec<Document>, Vec<Document>) =
            dossier.check.documents.drain(..).partition(|document| document.name == name);
        dossier.check.documents = left;
        (gone, dossier.case.clone())
    };
    if gone.is_empty() {
        return Err(ApiError::not_found(&format!("giấy tờ {name}")));
    }
    if let Some(case) = case {
        let still = |sha256: &String| {
            lock(&dossier).check.documents.iter().any(|document| document.sha256 == *sha256)
        };
        let hashes = gone.into_iter().map(|document| document.sha256);
        let hashes: Vec<String> = hashes.filter(|sha256| !still(sha256)).collect();
        state
            .stored(move |store| {
                hashes.iter().try_for_each(|sha256| store.drop_pictures(&case.code, sha256))
            })
            .await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

fn read_document_view(
    document: &Document,
    facts: &[ReadFact],
    picture: &impl Fn(&str, u32) -> Option<String>,
) -> ReadDocumentView {
    let pages = document.pages.iter().map(|page| ReadPageView {
        number: page.number,
        reading: word(&page.reading),
        legibility: word(&page.legibility),
        lines: page.lines.iter().map(read_line_view).collect(),
        picture: picture(&document.sha256, page.number),
    });
    let facts = facts.iter().map(|fact| ReadFactView {
        kind: fact.kind.as_str().to_owned(),
        text: fact.text.clone(),
        page: fact.page,
        line: fact.line,
    });
    ReadDocumentView {
        name: document.name.clone(),
        kind: word(&document.kind),
        pages: pages.collect(),
        facts: facts.collect(),
    }
}

fn read_line_view(line: &TextLine) -> ReadLineView {
    let area =
        line.area.map(|Area { left, top, width, height }| AreaView { left, top, width, height });
    ReadLineView { text: line.text.clone(), confidence: line.confidence, area }
}
