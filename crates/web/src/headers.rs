//! What every answer tells the browser to refuse.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, HeaderName, HeaderValue, STRICT_TRANSPORT_SECURITY};
use axum::middleware::Next;
use axum::response::Response;

use crate::app;
use crate::door::Opened;

/// Nothing may load but our own style, script and pictures; nobody may frame a page; no address travels to another site.
const ALWAYS: [(HeaderName, HeaderValue); 6] = [
    (
        HeaderName::from_static("content-security-policy"),
        HeaderValue::from_static(
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'",
        ),
    ),
    (HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff")),
    (HeaderName::from_static("referrer-policy"), HeaderValue::from_static("no-referrer")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// For a year the browser comes by TLS alone, whatever is typed or linked: said where people reach these pages by TLS, and never at the machine itself.
const BY_TLS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Adds the headers, and forbids keeping a copy of anything that does not say otherwise: pages may concern children.
pub(crate) async fn add(State(state): State<Arc<app::State>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers: &mut HeaderMap = response.headers_mut();
    headers.extend(ALWAYS);
    if state.record.as_ref().is_some_and(Opened::is_secure) {
        headers.insert(STRICT_TRANSPORT_SECURITY, BY_TLS);
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
