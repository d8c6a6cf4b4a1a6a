//! The organisation's own sign-in: to the provider and back, to sign in, or to link an account here with the one there.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use maud::{Markup, html};
use service::people::{Came, Errand, SignOn};

use super::forgotten;
use super::sign_in::onward;
use crate::app;
use crate::asked::Asked;
use crate::door::{self, Acting, Opened};
use crate::error::Error;
use crate::govuk::{Button, Look, Press, WarningText};
use crate::page::{Page, layout};

type Pairs = Vec<(String, String)>;

/// `GET /sign-in/provider?then=/work`: a link and no form, since our pages let forms go nowhere else.
pub(super) async fn begin(State(state): State<Arc<app::State>>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let (opened, sign_on) = provider(&state)?;
    match sign_on.begin(&opened.record, Errand::SignIn(onward(&Asked::new(pairs)))).await {
        Ok((address, kept)) => Ok(([(SET_COOKIE, door::keep_attempt(opened, &kept))], Redirect::to(&address)).into_response()),
        Err(service::Error::Unusable(why)) => Ok(refused(&state, opened, &why)),
        Err(fault) => Err(fault.into()),
    }
}

/// `POST /account/sign-on`: whoever is signed in links their account.
pub(super) async fn link(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Response, Error> {
    lead(&state, Errand::Link(&acting.signed)).await
}

/// `POST /link/{token}/sign-on`: whoever was invited takes their account there in place of a password.
pub(super) async fn take_up(State(state): State<Arc<app::State>>, Path(token): Path<String>) -> Result<Response, Error> {
    lead(&state, Errand::Invitation(token.parse().map_err(|_| Error::NotFound)?)).await
}

/// A page that leads to the provider: a form may not, since our pages let forms go nowhere else.
async fn lead(state: &app::State, errand: Errand<'_>) -> Result<Response, Error> {
    let (opened, sign_on) = provider(state)?;
    match sign_on.begin(&opened.record, errand).await {
        Ok((address, kept)) => {
            let name = sign_on.name();
            let body = html! {
                div class="pw-prose" {
                    p class="govuk-body" { "Sign in there with the account that is yours. From then on it opens Placewell for you, and for nobody else." }
                    (Button { text: &format!("Go on to your {name}"), look: Look::Primary, press: Press::Follow(&address) })
                }
            };
            let page = layout(Some(&state.place), &Page { body, ..Page::new(format!("Link your {name}")) });
            Ok(([(SET_COOKIE, door::keep_attempt(opened, &kept))], page).into_response())
        }
        Err(service::Error::Unusable(why)) => Ok(refused(state, opened, &why)),
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
    let came = (kept, asked.one("state").unwrap_or_default(), code);
    let reader = door::reader();
    match sign_on.finish(&opened.record, &opened.authority, came, reader.as_deref().map(|acting| &acting.signed)).await? {
        Came::In(token, then) => {
            let cookies = AppendHeaders([(SET_COOKIE, door::keep(opened, &token)), (SET_COOKIE, door::forget_attempt(opened))]);
            Ok((cookies, Redirect::to(&then)).into_response())
        }
        Came::Linked => Ok(([(SET_COOKIE, door::forget_attempt(opened))], Redirect::to("/account")).into_response()),
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
