use std::{any::Any, time::Duration};

use axum::{
    Json, Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tower_http::{
    catch_panic::CatchPanicLayer, set_header::SetResponseHeaderLayer,
    timeout::RequestBodyTimeoutLayer,
};
use utoipa::{OpenApi, openapi::OpenApi as Description};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    error::ApiError,
    pages,
    routes::{
        counter::{cases, corpus, desk, mending, officials, pictures, report, sign_in},
        documents, dossiers, handoffs, health, letters, life_events, procedures, questions,
        records,
    },
    state::AppState,
};

/// A body of which nothing more came for so long is given up.
const SILENT: Duration = Duration::from_secs(30);
/// Questions and answers are short.
const MAX_JSON_BYTES: usize = 64 << 10;
/// The longest procedures of the national portal have a sixth of it.
const MAX_FILE_BYTES: usize = 1 << 20;
/// What of one upload is taken in at all. A file over the reader's limit is read to its end and
/// thrown away, so that its sender gets an answer instead of a broken connection.
const MAX_UPLOAD_BYTES: usize = 2 << 30;

#[derive(OpenApi)]
#[openapi(info(
    title = "Một Cửa",
    description = "Trợ lý thủ tục hành chính tại chỗ: hỏi đáp có trích dẫn và kiểm tra hồ sơ. \
                   Câu trả lời do máy soạn từ hồ sơ đã công bố; quyết định thuộc về con người.",
    license(name = "Apache-2.0"),
))]
struct ApiDoc;

fn routes() -> OpenApiRouter<AppState> {
    let uploads = OpenApiRouter::new()
        .routes(routes!(documents::post_documents))
        .layer(DefaultBodyLimit::max(MAX_UPLOAD_BYTES));
    let files = OpenApiRouter::new()
        .routes(routes!(corpus::get_procedure_file, corpus::put_procedure_file))
        .routes(routes!(mending::post_mended_requirement))
        .layer(DefaultBodyLimit::max(MAX_FILE_BYTES));
    OpenApiRouter::with_openapi(ApiDoc::openapi())
        .routes(routes!(questions::post_question))
        .routes(routes!(questions::delete_session))
        .routes(routes!(procedures::list_procedures))
        .routes(routes!(procedures::get_procedure))
        .routes(routes!(procedures::get_checklist))
        .routes(routes!(procedures::get_qr))
        .routes(routes!(life_events::list_life_events))
        .routes(routes!(handoffs::post_handoff))
        .routes(routes!(handoffs::get_handoff))
        .routes(routes!(handoffs::delete_handoff))
        .routes(routes!(dossiers::post_dossier))
        .routes(routes!(documents::get_documents, documents::delete_document))
        .routes(routes!(dossiers::patch_answers))
        .routes(routes!(dossiers::get_open_questions))
        .routes(routes!(dossiers::post_check))
        .routes(routes!(dossiers::get_report))
        .routes(routes!(letters::get_letter))
        .routes(routes!(records::post_decision))
        .routes(routes!(records::post_feedback))
        .routes(routes!(records::get_statistics))
        .routes(routes!(dossiers::delete_dossier))
        .routes(routes!(sign_in::post_sign_in))
        .routes(routes!(sign_in::post_sign_out))
        .routes(routes!(sign_in::get_me))
        .routes(routes!(sign_in::post_password))
        .routes(routes!(officials::list_officials, officials::post_official))
        .routes(routes!(officials::patch_official))
        .routes(routes!(cases::list_cases, cases::post_case))
        .routes(routes!(cases::get_case, cases::delete_case))
        .routes(routes!(cases::post_case_dossier))
        .routes(routes!(cases::put_case_state))
        .routes(routes!(pictures::get_page_picture))
        .routes(routes!(desk::get_corpus_desk))
        .routes(routes!(desk::put_shown))
        .routes(routes!(report::get_report_file))
        .routes(routes!(health::get_healthz))
        .routes(routes!(health::get_readyz))
        .routes(routes!(health::get_metrics))
        .layer(DefaultBodyLimit::max(MAX_JSON_BYTES))
        .merge(uploads)
        .merge(files)
}

/// The description of the interface, made from the handlers themselves.
pub fn openapi() -> Description {
    routes().split_for_parts().1
}

/// Everything that is answered.
pub fn router(state: AppState) -> Router {
    let (api, description) = routes().split_for_parts();
    let headers: [(HeaderName, &'static str); 4] = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
             connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    let mut router = api
        .route("/openapi.json", get(|| async { Json(description) }))
        .merge(pages::routes())
        .fallback(|| async { ApiError::not_found("địa chỉ này") })
        .method_not_allowed_fallback(|| async {
            let message = "Địa chỉ này không nhận cách gọi đó.";
            ApiError::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "bad_method",
                message,
                "Xem /openapi.json.",
            )
        })
        .with_state(state)
        .layer(RequestBodyTimeoutLayer::new(SILENT))
        .layer(CatchPanicLayer::custom(|panic: Box<dyn Any + Send>| panicked(&*panic)));
    for (name, value) in headers {
        let value = HeaderValue::from_static(value);
        router = router.layer(SetResponseHeaderLayer::if_not_present(name, value));
    }
    router
}

/// A defect of ours is told as such; the server lives on.
fn panicked(panic: &(dyn Any + Send)) -> Response {
    let detail = panic.downcast_ref::<String>().map(String::as_str);
    let detail = detail.or(panic.downcast_ref::<&str>().copied());
    ApiError::internal(detail.unwrap_or("panic")).into_response()
}
