//! The pages of kiosk and counter, embedded: plain HTML, CSS and ES modules, no build step.

use axum::{
    Router,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::state::AppState;

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// A module of the counter's page, served under its own name.
macro_rules! script {
    ($name:literal) => {
        (concat!("/counter/", $name), SCRIPT, include_str!(concat!("../web/counter/", $name)))
    };
}

const FILES: &[(&str, &str, &str)] = &[
    ("/", "text/html; charset=utf-8", include_str!("../web/index.html")),
    ("/app.css", CSS, include_str!("../web/app.css")),
    ("/kiosk.css", CSS, include_str!("../web/kiosk.css")),
    ("/app.js", SCRIPT, include_str!("../web/app.js")),
    ("/api.js", SCRIPT, include_str!("../web/api.js")),
    ("/words.js", SCRIPT, include_str!("../web/words.js")),
    ("/words-vi.js", SCRIPT, include_str!("../web/words-vi.js")),
    ("/words-en.js", SCRIPT, include_str!("../web/words-en.js")),
    ("/glosses.js", SCRIPT, include_str!("../web/glosses.js")),
    ("/view.js", SCRIPT, include_str!("../web/view.js")),
    ("/comfort.js", SCRIPT, include_str!("../web/comfort.js")),
    ("/ask.js", SCRIPT, include_str!("../web/ask.js")),
    ("/answer.js", SCRIPT, include_str!("../web/answer.js")),
    ("/events.js", SCRIPT, include_str!("../web/events.js")),
    ("/browse.js", SCRIPT, include_str!("../web/browse.js")),
    ("/procedure.js", SCRIPT, include_str!("../web/procedure.js")),
    ("/facts.js", SCRIPT, include_str!("../web/facts.js")),
    ("/checklist.js", SCRIPT, include_str!("../web/checklist.js")),
    ("/check.js", SCRIPT, include_str!("../web/check.js")),
    ("/papers.js", SCRIPT, include_str!("../web/papers.js")),
    ("/report.js", SCRIPT, include_str!("../web/report.js")),
    ("/sheet.js", SCRIPT, include_str!("../web/sheet.js")),
    ("/source.js", SCRIPT, include_str!("../web/source.js")),
    ("/trail.js", SCRIPT, include_str!("../web/trail.js")),
    ("/meet.js", SCRIPT, include_str!("../web/meet.js")),
    ("/keyboard.js", SCRIPT, include_str!("../web/keyboard.js")),
    ("/telex.js", SCRIPT, include_str!("../web/telex.js")),
    ("/idle.js", SCRIPT, include_str!("../web/idle.js")),
    ("/voice.js", SCRIPT, include_str!("../web/voice.js")),
    ("/offline.js", SCRIPT, include_str!("../web/offline.js")),
    ("/favicon.svg", "image/svg+xml", include_str!("../web/favicon.svg")),
];

/// Be Vietnam Pro, under the SIL Open Font License (`web/fonts/LICENSE`).
const FONTS: &[(&str, &[u8])] = &[
    (
        "/fonts/be-vietnam-pro-latin-400.woff2",
        include_bytes!("../web/fonts/be-vietnam-pro-latin-400.woff2"),
    ),
    (
        "/fonts/be-vietnam-pro-latin-600.woff2",
        include_bytes!("../web/fonts/be-vietnam-pro-latin-600.woff2"),
    ),
    (
        "/fonts/be-vietnam-pro-vietnamese-400.woff2",
        include_bytes!("../web/fonts/be-vietnam-pro-vietnamese-400.woff2"),
    ),
    (
        "/fonts/be-vietnam-pro-vietnamese-600.woff2",
        include_bytes!("../web/fonts/be-vietnam-pro-vietnamese-600.woff2"),
    ),
];

/// The counter's page shows files that its browser holds, and letters, in frames of its own.
const COUNTER_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data: blob:; frame-src blob:; object-src blob:; connect-src 'self'; \
     font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const COUNTER: &[(&str, &str, &str)] = &[
    ("/counter", "text/html; charset=utf-8", include_str!("../web/counter/index.html")),
    ("/counter/counter.css", CSS, include_str!("../web/counter/counter.css")),
    script!("counter.js"),
    script!("api.js"),
    script!("assistant.js"),
    script!("case.js"),
    script!("charts.js"),
    script!("compare.js"),
    script!("corpus.js"),
    script!("corpus-desk.js"),
    script!("desk.js"),
    script!("findings.js"),
    script!("forms.js"),
    script!("handed.js"),
    script!("letters.js"),
    script!("mend-row.js"),
    script!("new-case.js"),
    script!("officials.js"),
    script!("own-facts.js"),
    script!("page-view.js"),
    script!("papers.js"),
    script!("procedure-search.js"),
    script!("queue.js"),
    script!("shortcuts.js"),
    script!("sign-in.js"),
    script!("statistics.js"),
    script!("versions.js"),
];

pub(crate) fn routes() -> Router<AppState> {
    let policy = HeaderValue::from_static(COUNTER_POLICY);
    let counter = served(texts(COUNTER))
        .layer(SetResponseHeaderLayer::overriding(header::CONTENT_SECURITY_POLICY, policy));
    let fonts = FONTS.iter().map(|&(path, bytes)| (path, "font/woff2", bytes));
    let kiosk = served(texts(FILES).chain(fonts));
    kiosk.merge(counter).route("/counter/", get(|| async { Redirect::to("/counter") }))
}

type Texts = &'static [(&'static str, &'static str, &'static str)];
type File = (&'static str, &'static str, &'static [u8]);

fn texts(files: Texts) -> impl Iterator<Item = File> {
    files.iter().map(|&(path, kind, text)| (path, kind, text.as_bytes()))
}

fn served(files: impl Iterator<Item = File>) -> Router<AppState> {
    files.fold(Router::new(), |router, (path, kind, bytes)| {
        let answer = move |headers: HeaderMap| async move { page(&headers, kind, bytes) };
        router.route(path, get(answer))
    })
}

/// Browsers ask again each time and are told that nothing changed: a new version shows at once.
fn page(headers: &HeaderMap, kind: &'static str, bytes: &'static [u8]) -> Response {
    let tag = format!("\"{:x}-{}\"", checksum(bytes), bytes.len());
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known == Some(tag.as_str()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::ETAG, tag),
    ];
    (headers, bytes).into_response()
}

/// Tells one version of an embedded file from another (FNV-1a).
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
