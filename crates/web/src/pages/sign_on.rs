//! Signing in by the organisation's own sign-in: to the provider, and back.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use maud::{Markup, html};
use service::people::{Came, SignOn};

use super::forgotten;
use super::sign_in::onward;
use crate::app;
use crate::asked::Asked;
use crate::door::{self, Opened};
use crate::error::Error;
use crate::govuk::WarningText;
use crate::page::{Page, layout};

type Pairs = Vec<(String, String)>;

/// `GET /sign-in/provider?then=/work`: a link and no form, since our pages let forms go nowhere else.
pub(super) async fn begin(State(state): State<Arc<app::State>>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let (opened, sign_on) = provider(&state)?;
    match sign_on.begin(&opened.record, onward(&Asked::new(pairs))).await {
        Ok((address, kept)) => Ok(([(SET_COOKIE, door::keep_attempt(opened, &kept))], Redirect::to(&address)).into_response()),
        Err(service::Error::Unusable(why)) => Ok(refused(&state, opened, &why)),
        Err(fault) => Err(fault.into()),
    }
}

/// `GET /sign-in/provider/back?state=…&code=…`
pub(super) async fn back(State(state): State<Arc<app::State>>, headers: HeaderMap, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let (opened, sign_on) = provider(&state)?;
    let asked = Asked::new(pairs);
    let Some(code) = asked.one("code") else {
        return Ok(refused(&state, opened, "Your organisation’s sign-in was broken off. Begin again, or sign in with a password."));
    };
    let kept = door::attempt(&headers, opened).unwrap_or_default();
    match sign_on.finish(&opened.record, &opened.authority, kept, asked.one("state").unwrap_or_default(), code).await? {
        Came::In(token, then) => {
            let cookies = AppendHeaders([(SET_COOKIE, door::keep(opened, &token)), (SET_COOKIE, door::forget_attempt(opened))]);
            Ok((cookies, Redirect::to(&then)).into_response())
        }
        Came::Refused(why) => Ok(refused(&state, opened, why)),
    }
}

fn provider(state: &app::State) -> Result<(&Opened, &SignOn), Error> {
    let opened = state.record.as_ref().ok_or(Error::NotFound)?;
    Ok((opened, opened.sign_on.as_ref().ok_or(Error::NotFound)?))
}

/// The attempt is over: what the browser kept of it goes.
fn refused(state: &app::State, opened: &Opened, why: &str) -> Response {
    let gone = [(SET_COOKIE, door::forget_attempt(opened))];
    (StatusCode::UNPROCESSABLE_ENTITY, gone, page(state, why)).into_response()
}

fn page(state: &app::State, why: &str) -> Markup {
    let body = html! {
        div class="pw-prose" {
            (WarningText(why))
            (forgotten::back())
        }
    };
    let heading = "You were not signed in";
    layout(Some(&state.place), &Page { title: format!("Error: {heading}"), body, ..Page::new(heading) })
}
