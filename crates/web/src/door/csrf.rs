//! Forms carry a token of their session, so that nothing but a page of ours can send them: a second belt beside asking browsers where a form comes from.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use futures_util::{StreamExt as _, stream};
use maud::{Markup, html};

use super::acting::{Acting, reader};
use crate::error::Error;

/// The field's name; the same as a header for programs.
pub(crate) const NAME: &str = "form-token";

/// In a form with files the token stands first, so that it is found in the first bytes, however large a file follows.
const NEAR: usize = 1024;

/// A form of words alone is no longer than this.
const LONGEST: usize = 2 * 1024 * 1024;

/// The field, which every form that is posted begins with; nothing where nobody is signed in.
pub(crate) fn field() -> Markup {
    html! {
        @if let Some(value) = value() { input type="hidden" name=(NAME) value=(value); }
    }
}

/// What the field holds.
pub(crate) fn value() -> Option<String> {
    reader().map(|acting| acting.token.of_forms())
}

/// The request again, if it changes nothing or brings the token of its session.
pub(super) async fn checked(request: Request, acting: &Acting) -> Result<Request, Error> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(request);
    }
    let token = acting.token.of_forms();
    if let Some(sent) = request.headers().get(NAME) {
        return if sent == token.as_str() { Ok(request) } else { Err(Error::OtherSite) };
    }
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let with_files = kind.starts_with("multipart/form-data");
    let (parts, body) = request.into_parts();
    let unreadable =
        || Error::Unreadable("The form did not arrive whole, or is too long. Send it again, or say it in fewer words.".to_owned());
    if !with_files {
        let words = to_bytes(body, LONGEST).await.map_err(|_| unreadable())?;
        let brings = form_urlencoded::parse(&words).any(|(name, value)| name == NAME && value == token);
        return if brings { Ok(Request::from_parts(parts, Body::from(words))) } else { Err(Error::OtherSite) };
    }
    let mut rest = body.into_data_stream();
    let (mut first, mut read): (Vec<Bytes>, Vec<u8>) = (Vec::new(), Vec::new());
    while read.len() < NEAR {
        let Some(piece) = rest.next().await else { break };
        let piece = piece.map_err(|_| unreadable())?;
        read.extend_from_slice(&piece[..piece.len().min(NEAR)]);
        first.push(piece);
    }
    if !begins_with(&read, &token) {
        return Err(Error::OtherSite);
    }
    let whole = stream::iter(first.into_iter().map(Ok)).chain(rest);
    Ok(Request::from_parts(parts, Body::from_stream(whole)))
}

/// Whether a form with files has the token in its first field.
fn begins_with(start: &[u8], token: &str) -> bool {
    let start = String::from_utf8_lossy(start);
    let first = start.split("\r\n\r\n").nth(1).and_then(|rest| rest.split("\r\n").next());
    let named = start.split("\r\n\r\n").next().is_some_and(|head| head.starts_with("--") && head.contains(&format!("name=\"{NAME}\"")));
    named && first == Some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_stands_in_the_first_field() {
        let part = |name: &str, value: &str| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        for (form, brought) in [
            (part("form-token", "abc"), true),
            (part("form-token", "abc") + &part("file", "1,2"), true),
            (part("form-token", "abd"), false),
            (part("file", "1,2") + &part("form-token", "abc"), false),
            (part("file", "name=\"form-token\"\r\n\r\nabc"), false),
            (String::new(), false),
        ] {
            assert_eq!(begins_with(form.as_bytes(), "abc"), brought, "{form}");
        }
    }
}
