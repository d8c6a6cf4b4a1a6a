//! Asking for a link to choose another password. The answer is the same for every address.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use service::people;

use super::sign_in::spoken;
use crate::app;
use crate::asked::Asked;
use crate::door::{self, Opened, Post};
use crate::error::Error;
use crate::govuk::{Button, ErrorSummary, Field, InputKind, Look, Press, Problem, TextInput};
use crate::page::{Page, layout};

const HEADING: &str = "Choose another password";

/// `GET /sign-in/forgotten`
pub(super) async fn show(State(state): State<Arc<app::State>>) -> Result<Markup, Error> {
    Ok(match mailing(&state)?.post {
        Post::On => form(&state, "", None),
        Post::Off => by_hand(&state),
    })
}

/// `POST /sign-in/forgotten`
pub(super) async fn ask(
    State(state): State<Arc<app::State>>,
    Extension(from): Extension<door::From>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let opened = mailing(&state)?;
    if opened.post == Post::Off {
        return Ok(by_hand(&state).into_response());
    }
    let asked = Asked::new(pairs);
    let email = asked.one("email").unwrap_or_default();
    let refused = |problem: &str| (StatusCode::UNPROCESSABLE_ENTITY, form(&state, email, Some(problem))).into_response();
    if domain::person::email(email).is_err() {
        return Ok(refused("Enter an email address in the form name@example.gov.uk"));
    }
    Ok(match people::forgot(&opened.record, &opened.authority, email, &from.to_string()).await? {
        Some(seconds) => refused(&format!("There were too many attempts. Wait {}, then try again", spoken(seconds))),
        None => asked_for(&state).into_response(),
    })
}

fn mailing(state: &app::State) -> Result<&Opened, Error> {
    state.record.as_ref().ok_or(Error::NotFound)
}

fn form(state: &app::State, typed: &str, problem: Option<&str>) -> Markup {
    let email = TextInput {
        kind: InputKind::Email,
        autocomplete: Some("username"),
        ..TextInput::new(Field { error: problem, ..Field::new("email", "Email address") }, typed)
    };
    let body = html! {
        div class="pw-prose" {
            @if let Some(text) = problem { (ErrorSummary { description: None, problems: &[Problem { text, href: Some("#email") }] }) }
            p class="govuk-body" { "Enter the address with which you sign in. A link to choose another password is mailed to it." }
            form action="/sign-in/forgotten" method="post" novalidate {
                (email)
                (Button { text: "Send me a link", look: Look::Primary, press: Press::Submit })
            }
            (back())
        }
    };
    let title = if problem.is_some() { format!("Error: {HEADING}") } else { HEADING.to_owned() };
    layout(Some(&state.place), &Page { title, body, ..Page::new(HEADING) })
}

fn asked_for(state: &app::State) -> Markup {
    let body = html! {
        div class="pw-prose" {
            p class="govuk-body" {
                "If somebody signs in here with this address, a link is on its way to it. It works once, for an hour. Everywhere that you are signed in ends when you choose."
            }
            p class="govuk-body" { "Nothing came after ten minutes? Look among unwanted mail, then ask an administrator." }
            (back())
        }
    };
    layout(Some(&state.place), &Page { body, ..Page::new("Look at your mail") })
}

/// Without a mail server nobody can be sent anything.
fn by_hand(state: &app::State) -> Markup {
    let body = html! {
        div class="pw-prose" {
            p class="govuk-body" { "This Placewell sends no mail. Ask an administrator here: they make a link for you, by which you choose another password." }
            (back())
        }
    };
    layout(Some(&state.place), &Page { body, ..Page::new(HEADING) })
}

/// The way out for whoever does not get in otherwise.
pub(super) fn back() -> Markup {
    html! { p class="govuk-body pw-actions" { a href="/sign-in" { "Back to signing in" } } }
}
