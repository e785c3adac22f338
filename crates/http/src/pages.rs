//! The pages of kiosk and counter, embedded: plain HTML, CSS and ES modules, no build step.

use axum::{
    Router,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::state::AppState;

/// A module of the counter's page, served under its own name.
macro_rules! script {
    ($name:literal) => {
        (
            concat!("/counter/", $name),
            "text/javascript; charset=utf-8",
            include_str!(concat!("../web/counter/", $name)),
        )
    };
}

const FILES: &[(&str, &str, &str)] = &[
    ("/", "text/html; charset=utf-8", include_str!("../web/index.html")),
    ("/app.css", "text/css; charset=utf-8", include_str!("../web/app.css")),
    ("/app.js", "text/javascript; charset=utf-8", include_str!("../web/app.js")),
    ("/api.js", "text/javascript; charset=utf-8", include_str!("../web/api.js")),
    ("/view.js", "text/javascript; charset=utf-8", include_str!("../web/view.js")),
    ("/ask.js", "text/javascript; charset=utf-8", include_str!("../web/ask.js")),
    ("/answer.js", "text/javascript; charset=utf-8", include_str!("../web/answer.js")),
    ("/browse.js", "text/javascript; charset=utf-8", include_str!("../web/browse.js")),
    ("/procedure.js", "text/javascript; charset=utf-8", include_str!("../web/procedure.js")),
    ("/check.js", "text/javascript; charset=utf-8", include_str!("../web/check.js")),
    ("/papers.js", "text/javascript; charset=utf-8", include_str!("../web/papers.js")),
    ("/report.js", "text/javascript; charset=utf-8", include_str!("../web/report.js")),
    ("/idle.js", "text/javascript; charset=utf-8", include_str!("../web/idle.js")),
    ("/favicon.svg", "image/svg+xml", include_str!("../web/favicon.svg")),
];

/// The counter's page shows files that its browser holds, and letters, in frames of its own.
const COUNTER_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data: blob:; frame-src blob:; object-src blob:; connect-src 'self'; \
     font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const COUNTER: &[(&str, &str, &str)] = &[
    ("/counter", "text/html; charset=utf-8", include_str!("../web/counter/index.html")),
    ("/counter/counter.css", "text/css; charset=utf-8", include_str!("../web/counter/counter.css")),
    script!("counter.js"),
    script!("api.js"),
    script!("assistant.js"),
    script!("case.js"),
    script!("corpus.js"),
    script!("desk.js"),
    script!("findings.js"),
    script!("forms.js"),
    script!("letters.js"),
    script!("new-case.js"),
    script!("officials.js"),
    script!("papers.js"),
    script!("queue.js"),
    script!("shortcuts.js"),
    script!("sign-in.js"),
    script!("statistics.js"),
];

pub(crate) fn routes() -> Router<AppState> {
    let policy = HeaderValue::from_static(COUNTER_POLICY);
    let counter = served(COUNTER)
        .layer(SetResponseHeaderLayer::overriding(header::CONTENT_SECURITY_POLICY, policy));
    served(FILES).merge(counter).route("/counter/", get(|| async { Redirect::to("/counter") }))
}

fn served(files: &'static [(&str, &str, &str)]) -> Router<AppState> {
    files.iter().fold(Router::new(), |router, &(path, kind, text)| {
        router.route(path, get(move |headers: HeaderMap| async move { page(&headers, kind, text) }))
    })
}

/// Browsers ask again each time and are told that nothing changed: a new version shows at once.
fn page(headers: &HeaderMap, kind: &'static str, text: &'static str) -> Response {
    let tag = format!("\"{:x}-{}\"", checksum(text), text.len());
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known == Some(tag.as_str()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::ETAG, tag),
    ];
    (headers, text).into_response()
}

/// Tells one version of an embedded file from another (FNV-1a).
fn checksum(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
