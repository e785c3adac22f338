//! The papers of a dossier: handed in, read, looked at, taken back.

use axum::{
    Json,
    extract::{
        Multipart, State,
        multipart::{Field, MultipartError, MultipartRejection},
    },
    http::StatusCode,
};
use motcua_domain::{Document, Legibility};
use motcua_kiosk::{IntakeError, Upload, UploadBytes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    dossiers::lock,
    error::{ApiError, ErrorView},
    extract::Params,
    opened::Opened,
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
}

/// A line as it was read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadLineView {
    /// The text.
    text: String,
    /// 0 to 1.
    confidence: f32,
}

/// Which paper.
#[derive(Debug, Deserialize, IntoParams)]
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
    ),
)]
pub(crate) async fn post_documents(
    State(state): State<AppState>,
    Opened { dossier, .. }: Opened,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Json<DocumentsView>, ApiError> {
    let mut parts = parts.map_err(|_| not_a_form())?;
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
        let upload = Upload { name, bytes: UploadBytes::Memory(bytes) };
        let reader = state.clone();
        let reading = tokio::task::spawn_blocking(move || reader.kiosk().read_upload(&upload));
        let documents = reading.await.map_err(|error| ApiError::internal(&error.to_string()))??;
        views.extend(documents.iter().map(document_view));
        lock(&dossier).check.documents.extend(documents);
    }
    if views.is_empty() {
        let message = "Chưa có tệp nào được gửi lên.";
        let hint = "Chọn ít nhất một tệp.";
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "no_files", message, hint));
    }
    Ok(Json(DocumentsView { documents: views }))
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
pub(crate) async fn get_documents(Opened { dossier, .. }: Opened) -> Json<ReadDocumentsView> {
    let documents = lock(&dossier).check.documents.iter().map(read_document_view).collect();
    Json(ReadDocumentsView { documents })
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
    Opened { dossier, .. }: Opened,
    Params(DocumentParams { name }): Params<DocumentParams>,
) -> Result<StatusCode, ApiError> {
    let mut dossier = lock(&dossier);
    let before = dossier.check.documents.len();
    dossier.check.documents.retain(|document| document.name != name);
    if dossier.check.documents.len() == before {
        return Err(ApiError::not_found(&format!("giấy tờ {name}")));
    }
    Ok(StatusCode::NO_CONTENT)
}

fn read_document_view(document: &Document) -> ReadDocumentView {
    let pages = document.pages.iter().map(|page| ReadPageView {
        number: page.number,
        reading: word(&page.reading),
        legibility: word(&page.legibility),
        lines: page
            .lines
            .iter()
            .map(|line| ReadLineView { text: line.text.clone(), confidence: line.confidence })
            .collect(),
    });
    ReadDocumentView {
        name: document.name.clone(),
        kind: word(&document.kind),
        pages: pages.collect(),
    }
}
