//! The token by which a program says for whom it acts: `Authorization: Bearer`, on addresses of the API alone.

use axum::extract::Request;
use axum::http::header::AUTHORIZATION;
use service::people::{NoToken, Token};

/// What a program brought: nothing where it did not try, an error where what it brought is no token. Whoever brings one is known by it
/// alone: a cookie beside it counts for nothing.
pub(super) fn brought(request: &Request) -> Option<Result<Token, NoToken>> {
    if !request.uri().path().starts_with("/api/") {
        return None;
    }
    let value = request.headers().get(AUTHORIZATION)?;
    let (scheme, token) = value.to_str().unwrap_or_default().split_once(' ').unwrap_or_default();
    Some(if scheme.eq_ignore_ascii_case("bearer") { token.trim().parse() } else { Err(NoToken) })
}
