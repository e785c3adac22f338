//! What the pages of a case look like.

use axum::{
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};
use motcua_kiosk::{PagePicture, records::PictureName};

use crate::{
    error::{ApiError, ErrorView},
    signed_in::SignedIn,
    state::AppState,
};

/// The first bytes of every JPEG.
const JPEG: [u8; 3] = [0xff, 0xd8, 0xff];

/// Look at a page of a case
///
/// The page as it was read: upright, level, made anew from the upload's points. There is none where the file is
/// no picture and shows no pages, as a Word file.
#[utoipa::path(
    get, path = "/api/v1/counter/cases/{code}/pages/{sha256}/{page}", tag = "counter",
    params(
        ("code" = String, Path, description = "The case's code"),
        ("sha256" = String, Path, description = "The hash of the document"),
        ("page" = u32, Path, description = "The page, from 1"),
    ),
    responses(
        (status = 200, content_type = "image/jpeg", description = "The picture"),
        (status = 401, body = ErrorView),
        (status = 404, body = ErrorView),
    ),
)]
pub(crate) async fn get_page_picture(
    State(state): State<AppState>,
    SignedIn(_): SignedIn,
    Path((code, sha256, page)): Path<(String, String, String)>,
) -> Result<impl IntoResponse, ApiError> {
    let missing = || ApiError::not_found("ảnh của trang này");
    let name = PictureName { sha256, page: page.parse().map_err(|_| missing())? };
    let code = code.to_uppercase();
    let jpeg = state.stored(move |store| store.picture(&code, &name)).await?;
    // What a child handed over as a picture is served as nothing else, and not at all if it is none.
    let jpeg = jpeg.filter(|jpeg| jpeg.starts_with(&JPEG)).ok_or_else(missing)?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "no-store")], jpeg))
}

/// Keeps what the pages of an upload look like, before the upload becomes part of its case.
pub(crate) async fn keep(
    state: &AppState,
    code: &str,
    pictures: Vec<PagePicture>,
) -> Result<(), ApiError> {
    let code = code.to_owned();
    state
        .stored(move |store| {
            pictures.into_iter().try_for_each(|PagePicture { sha256, page, jpeg }| {
                store.keep_picture(&code, &PictureName { sha256, page }, &jpeg)
            })
        })
        .await
}

/// Where a picture is had.
pub(crate) fn address(code: &str, PictureName { sha256, page }: &PictureName) -> String {
    format!("/api/v1/counter/cases/{code}/pages/{sha256}/{page}")
}
