//! What a reader sees when there is no page to show: what happened, what was kept, and the way out.

use std::any::Any;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::app;
use crate::page::{Page, Place, layout};

/// What problems are told to programs in (RFC 9457).
const PROBLEM: &str = "application/problem+json";

/// Why there is no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Error {
    /// Nothing has this address.
    NotFound,
    /// What the address names is not there; the sentence says what, and what is nearly it.
    Missing(String),
    /// The address exists but not for this kind of request.
    WrongMethod,
    /// Something in the address cannot be read; the sentence says what, and how it should be.
    Unreadable(String),
    /// The request names a host that is not this machine.
    OtherHost,
    /// Another site's page sent this form.
    OtherSite,
    /// Working it out took longer than a reader waits.
    TooLong,
    /// Nobody is signed in, or no more.
    SignedOut,
    /// Not for this person; the sentence says who can help.
    NotAllowed(String),
    /// There were too many wrong attempts; so many seconds are to be waited.
    TooOften(i64),
    /// Somebody else changed it meanwhile; the sentence says what to do.
    Changed(String),
    /// A fault of ours.
    Internal,
}

/// Put with an answer that is a page of its own, whatever its status.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answered;

impl Error {
    const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::Missing(_) => StatusCode::NOT_FOUND,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::OtherHost => StatusCode::MISDIRECTED_REQUEST,
            Self::OtherSite | Self::NotAllowed(_) => StatusCode::FORBIDDEN,
            Self::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Changed(_) => StatusCode::CONFLICT,
            Self::TooLong => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The error that a bare status stands for: what the framework answers by itself.
    fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::WrongMethod,
            StatusCode::UNAUTHORIZED => Self::SignedOut,
            StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => Self::TooLong,
            status if status.is_client_error() => Self::Unreadable("Something in the address or the form could not be read.".to_owned()),
            _ => Self::Internal,
        }
    }

    const fn heading(&self) -> &'static str {
        match self {
            Self::NotFound => "There is no page at this address",
            Self::Missing(_) => "What this address names is not there",
            Self::WrongMethod => "This page cannot be asked for in that way",
            Self::Unreadable(_) => "Part of this address cannot be read",
            Self::OtherHost => "Placewell does not answer under this name",
            Self::SignedOut => "You are not signed in",
            Self::OtherSite => "This form came from another site",
            Self::TooLong => "This took too long and was stopped",
            Self::NotAllowed(_) => "This is not open to you",
            Self::TooOften(_) => "There were too many attempts",
            Self::Changed(_) => "This was changed meanwhile",
            Self::Internal => "Something went wrong in Placewell",
        }
    }

    fn explanation(&self) -> Markup {
        match self {
            Self::NotFound => html! {
                p class="govuk-body" { "If you typed the address, check it for slips. If you followed a link, what it led to may have moved." }
                (to_overview())
            },
            Self::WrongMethod => html! {
                p class="govuk-body" { "The page can be read, but nothing can be sent to it. Nothing was changed." }
                (to_overview())
            },
            Self::Unreadable(what) => html! {
                p class="govuk-body" { (what) }
                p class="govuk-body" { "Go back, change it and try again. Nothing was changed." }
                (to_overview())
            },
            // What was done a moment ago may be why it is gone: nothing is said about that.
            Self::Missing(what) | Self::NotAllowed(what) | Self::Changed(what) => html! {
                p class="govuk-body" { (what) }
                (to_overview())
            },
            Self::TooOften(seconds) => html! { p class="govuk-body" { "Nothing was shown. Try again in " (seconds) " seconds." } },
            Self::OtherHost => html! {
                p class="govuk-body" { "The address names another host. Nothing was shown." }
                p class="govuk-body" { "Open the address that your authority gave you; on the machine that runs Placewell, the one that it printed when it started." }
            },
            Self::SignedOut => html! {
                p class="govuk-body" { "Nothing was shown and nothing was changed." }
                p class="govuk-body" { a href="/sign-in" { "Sign in" } " and try again." }
            },
            Self::OtherSite => html! {
                p class="govuk-body" { "Nothing was changed. Open the page here and send the form again." }
                (to_overview())
            },
            Self::TooLong => html! {
                p class="govuk-body" { "Nothing was changed. Try again in a minute, or ask for less: fewer years, or fewer children." }
                (to_overview())
            },
            Self::Internal => html! {
                p class="govuk-body" { "Nothing was changed and nothing of yours is lost. Try again; if the same happens, tell whoever runs Placewell: its log says more." }
                (to_overview())
            },
        }
    }

    /// The same for a program (RFC 9457).
    fn problem(&self) -> String {
        let detail = match self {
            Self::Missing(what) | Self::Unreadable(what) | Self::NotAllowed(what) | Self::Changed(what) => Some(what),
            _ => None,
        };
        serde_json::json!({ "title": self.heading(), "status": self.status().as_u16(), "detail": detail }).to_string()
    }

    /// The answer to a program, where it is not put on a page afterwards.
    pub(crate) fn to_program(&self) -> Response {
        let mut response = (self.status(), [(CONTENT_TYPE, PROBLEM)], self.problem()).into_response();
        if let Self::TooOften(seconds) = self {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*seconds));
        }
        response
    }

    /// The page; with the way to the list in which what was asked for would stand, where there is one.
    fn page(&self, place: Option<&Place>, way: Option<(&str, &str)>) -> Markup {
        let way = way.filter(|_| matches!(self, Self::Missing(_) | Self::Changed(_) | Self::NotAllowed(_)));
        let body = html! {
            div class="pw-prose" {
                (self.explanation())
                @if let Some((text, href)) = way { p class="govuk-body" { a href=(href) { (text) } } }
            }
        };
        layout(place, &Page { body, ..Page::new(self.heading()) })
    }
}

/// What the service says, in its words: it names the way out.
impl From<service::Error> for Error {
    fn from(error: service::Error) -> Self {
        match error {
            service::Error::NotFound { .. } => Self::Missing(error.to_string()),
            service::Error::Unusable(what) => Self::Unreadable(what),
            service::Error::Denied(_) => Self::NotAllowed(error.to_string()),
            service::Error::Stale => Self::Changed(error.to_string()),
            service::Error::Database { code, .. } => {
                // Its words may hold what a row holds; its code does not.
                tracing::error!(code, "the database failed");
                Self::Internal
            }
            service::Error::Internal(what) => {
                tracing::error!(what, "a use case failed");
                Self::Internal
            }
        }
    }
}

/// The list or the work in which what an address names would stand.
fn to_list(path: &str) -> Option<(&'static str, &'static str)> {
    Some(match path.split('/').nth(1)? {
        "cases" => ("Go to the list of cases", "/cases"),
        "homes" if path.starts_with("/homes/alerts") => ("Go to the open alerts", "/homes/alerts"),
        "homes" => ("Go to the homes", "/homes"),
        "foster-homes" => ("Go to the foster homes", "/foster-homes"),
        "providers" => ("Go to the providers", "/providers"),
        "contracts" => ("Go to the contracts", "/contracts"),
        "emergencies" | "opened-cases" => ("Go to your work", "/work"),
        _ => return None,
    })
}

fn to_overview() -> Markup {
    let room = crate::page::first();
    let words = if room == crate::page::Room::Overview { "the overview" } else { "your work" };
    html! { p class="govuk-body" { a href=(room.path()) { "Go to " (words) } } }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let page = self.page(None, None);
        let mut response = (self.status(), page).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Puts every refusal and failure, ours or the framework's, on a page with the header that the reader came from.
pub(crate) async fn dress(State(state): State<Arc<app::State>>, request: Request, next: Next) -> Response {
    let program = request.uri().path().starts_with("/api/");
    let way = to_list(request.uri().path());
    let response = next.run(request).await;
    let status = response.status();
    // A form with a mistake is answered with the form itself.
    let answered = status == StatusCode::UNPROCESSABLE_ENTITY || response.extensions().get::<Answered>().is_some();
    if answered || (!status.is_client_error() && !status.is_server_error()) {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    let error = parts.extensions.get::<Error>().cloned().unwrap_or_else(|| Error::of_status(status));
    parts.status = error.status();
    parts.headers.remove(CONTENT_LENGTH);
    let (kind, body) =
        if program { (PROBLEM, error.problem()) } else { ("text/html; charset=utf-8", error.page(Some(&state.place), way).into_string()) };
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    Response::from_parts(parts, body.into())
}

/// No route has this address. One slash too many at the end is put right; everything else is not found.
pub(crate) async fn not_found(uri: Uri) -> Response {
    match without_trailing_slash(&uri) {
        Some(address) => (StatusCode::PERMANENT_REDIRECT, [(LOCATION, address)]).into_response(),
        None => Error::NotFound.into_response(),
    }
}

/// The address without its last slashes; nothing if it has none. Leading slashes become one, since `//host` would leave this site.
fn without_trailing_slash(uri: &Uri) -> Option<String> {
    let trimmed = uri.path().strip_suffix('/')?.trim_matches('/');
    let query = uri.query().map_or_else(String::new, |query| format!("?{query}"));
    (!trimmed.is_empty()).then(|| format!("/{trimmed}{query}"))
}

pub(crate) async fn wrong_method() -> Error {
    Error::WrongMethod
}

/// The panic's own words are for the log, not for the reader.
#[expect(clippy::needless_pass_by_value, reason = "the signature that CatchPanicLayer asks for")]
pub(crate) fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let words = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    tracing::error!(cause = words.unwrap_or("unknown"), "a page panicked");
    Error::Internal.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_slash_is_taken_off_and_never_leads_elsewhere() {
        let address = |uri: &str| without_trailing_slash(&uri.parse().unwrap());
        assert_eq!(address("/children/").as_deref(), Some("/children"));
        assert_eq!(address("/children/?on=2026-03-31").as_deref(), Some("/children?on=2026-03-31"));
        assert_eq!(address("//example.org/").as_deref(), Some("/example.org"));
        assert_eq!(address("/children"), None);
        assert_eq!(address("/"), None);
    }
}
