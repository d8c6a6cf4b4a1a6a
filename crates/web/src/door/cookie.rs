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

/// What is kept of an attempt to sign in by a provider, for minutes.
const ATTEMPT: &str = "-attempt";

/// The token that a request brings.
pub(super) fn token(headers: &HeaderMap, opened: &Opened) -> Option<Token> {
    value(headers, name(opened.is_secure())).and_then(|value| value.parse().ok())
}

/// What a browser kept of an attempt to sign in by a provider.
pub(crate) fn attempt<'h>(headers: &'h HeaderMap, opened: &Opened) -> Option<&'h str> {
    value(headers, &format!("{}{ATTEMPT}", name(opened.is_secure())))
}

/// What is kept, for a minute, of something that was done: one word of ours.
const DONE: &str = "-done";

/// What a browser kept of something that was done.
pub(super) fn done<'h>(headers: &'h HeaderMap, opened: &Opened) -> Option<&'h str> {
    value(headers, &format!("{}{DONE}", name(opened.is_secure())))
}

/// Has the browser keep a word of ours until the next page.
pub(super) fn keep_done(opened: &Opened, word: &str) -> HeaderValue {
    written(opened, DONE, word, "; Max-Age=60")
}

/// Has the browser forget it.
pub(super) fn forget_done(opened: &Opened) -> HeaderValue {
    written(opened, DONE, "", "; Max-Age=0")
}

fn value<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// Has the browser keep an attempt for as long as it may be ended.
pub(crate) fn keep_attempt(opened: &Opened, kept: &str) -> HeaderValue {
    written(opened, ATTEMPT, kept, "; Max-Age=900")
}

/// Has the browser forget its attempt.
pub(crate) fn forget_attempt(opened: &Opened) -> HeaderValue {
    written(opened, ATTEMPT, "", "; Max-Age=0")
}

/// Has the browser keep a token until it is closed; the record ends the session itself.
pub(crate) fn keep(opened: &Opened, token: &Token) -> HeaderValue {
    written(opened, "", &token.secret(), "")
}

/// Has the browser forget its token.
pub(crate) fn forget(opened: &Opened) -> HeaderValue {
    written(opened, "", "", "; Max-Age=0")
}

fn written(opened: &Opened, what: &str, value: &str, age: &str) -> HeaderValue {
    let secure = if opened.is_secure() { "; Secure" } else { "" };
    let text = format!("{}{what}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", name(opened.is_secure()));
    // Hexadecimal digits and words of ours: always a header.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}
