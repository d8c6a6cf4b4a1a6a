//! The cookie by which a browser says who is there.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use service::people::Token;

use super::Opened;

/// A browser takes `__Host-` cookies from this very host alone, by TLS alone, for every path: no neighbouring host and nobody on the way can plant one.
const SECURE: &str = "__Host-placewell";

/// At the machine itself there is no TLS, and browsers differ in whether they keep such a cookie there.
const PLAIN: &str = "placewell";

const fn name(secure: bool) -> &'static str {
    if secure { SECURE } else { PLAIN }
}

/// The token that a request brings.
pub(super) fn token(headers: &HeaderMap, opened: &Opened) -> Option<Token> {
    let name = name(opened.is_secure());
    let cookies = headers.get_all(COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).and_then(|(_, value)| value.parse().ok())
}

/// Has the browser keep a token until it is closed; the record ends the session itself.
pub(crate) fn keep(opened: &Opened, token: &Token) -> HeaderValue {
    written(opened, &token.secret(), "")
}

/// Has the browser forget its token.
pub(crate) fn forget(opened: &Opened) -> HeaderValue {
    written(opened, "", "; Max-Age=0")
}

fn written(opened: &Opened, value: &str, age: &str) -> HeaderValue {
    let secure = if opened.is_secure() { "; Secure" } else { "" };
    let text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", name(opened.is_secure()));
    // Hexadecimal digits and words of ours: always a header.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}
