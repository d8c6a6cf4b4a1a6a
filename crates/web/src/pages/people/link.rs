//! Where a link leads: choosing a password.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use service::people::{self, Kind, Link, Token};

use super::Pairs;
use crate::app;
use crate::door::{self, Opened};
use crate::error::Error;
use crate::govuk::{Button, ErrorSummary, Field, Look, Press, Problem, TextInput};
use crate::page::{Page, layout};

/// `GET /link/{token}`
pub(in crate::pages) async fn show(State(state): State<Arc<app::State>>, Path(token): Path<String>) -> Result<Markup, Error> {
    let (_, _, link) = followed(&state, &token).await?;
    Ok(page(&state, &token, &link, None))
}

/// `POST /link/{token}`
pub(in crate::pages) async fn take(
    State(state): State<Arc<app::State>>,
    Path(text): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let (opened, token, link) = followed(&state, &text).await?;
    let typed = |field: &str| pairs.iter().find(|(name, _)| name == field).map(|(_, typed)| typed.as_str()).unwrap_or_default();
    let refused = |problem: &str| (StatusCode::UNPROCESSABLE_ENTITY, page(&state, &text, &link, Some(problem))).into_response();
    if typed("password") != typed("again") {
        return Ok(refused("The two passwords differ. Enter the same one twice"));
    }
    match people::choose_password(&opened.record, &opened.authority, token, typed("password")).await {
        Ok(session) => Ok(([(SET_COOKIE, door::keep(opened, &session))], Redirect::to("/work")).into_response()),
        Err(service::Error::Unusable(problem)) => Ok(refused(&problem)),
        Err(fault) => Err(fault.into()),
    }
}

async fn followed<'s>(state: &'s app::State, text: &str) -> Result<(&'s Opened, Token, Link), Error> {
    let opened = state.record.as_ref().ok_or(Error::NotFound)?;
    let gone =
        || Error::Missing("This link was used already, has ended, or is not whole. Ask an administrator for another one.".to_owned());
    let token: Token = text.parse().map_err(|_| gone())?;
    let link = people::link(&opened.record, &opened.authority, token).await?.ok_or_else(gone)?;
    Ok((opened, token, link))
}

fn page(state: &app::State, token: &str, link: &Link, problem: Option<&str>) -> Markup {
    let hint = "12 characters or more. Three random words are a good one.";
    let password = Field { hint: Some(hint), error: problem, ..Field::new("password", "Password") };
    let body = html! {
        div class="pw-prose" {
            @if let Some(text) = problem { (ErrorSummary { description: None, problems: &[Problem { text, href: Some("#password") }] }) }
            p class="govuk-body" { "You sign in with " strong { (link.person.email) } "." }
            form action={ "/link/" (token) } method="post" novalidate {
                (TextInput::password(password, "new-password"))
                (TextInput::password(Field::new("again", "The same password again"), "new-password"))
                (Button { text: "Choose this password", look: Look::Primary, press: Press::Submit })
            }
            @if let Some(sign_on) = state.record.as_ref().and_then(|opened| opened.sign_on.as_ref()).filter(|_| link.kind == Kind::Invitation) {
                h2 { "Or without a password of Placewell" }
                form action={ "/link/" (token) "/sign-on" } method="post" {
                    (Button { text: &format!("Use your {}", sign_on.name()), look: Look::Secondary, press: Press::Submit })
                }
            }
        }
    };
    let title = if problem.is_some() { "Error: Choose a password" } else { "Choose a password" };
    layout(Some(&state.place), &Page { title: title.to_owned(), body, ..Page::new("Choose a password") })
}
