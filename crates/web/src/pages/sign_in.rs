//! Signing in.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Extension, Query, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use service::people::{self, Attempt, Outcome};

use crate::app;
use crate::asked::Asked;
use crate::door::{self, Invented, Opened};
use crate::error::Error;
use crate::govuk::{Button, Column, ErrorSummary, Field, FirstCell, InputKind, Look, Press, Problem, Size, Table, TextInput};
use crate::page::{Page, layout};
use crate::parts::Scroll;

type Pairs = Vec<(String, String)>;

/// `GET /sign-in?then=/children`
pub(super) async fn show(State(state): State<Arc<app::State>>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let opened = state.record.as_ref().ok_or(Error::NotFound)?;
    let asked = Asked::new(pairs);
    if door::reader().is_some() {
        return Ok(Redirect::to(onward(&asked)).into_response());
    }
    Ok(page(&state, opened, &asked, None).into_response())
}

/// `POST /sign-in`
pub(super) async fn take(
    State(state): State<Arc<app::State>>,
    Extension(from): Extension<door::From>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let opened = state.record.as_ref().ok_or(Error::NotFound)?;
    // A password may begin or end with a space: nothing of it is trimmed.
    let password = pairs.iter().find(|(name, _)| name == "password").map(|(_, typed)| typed.clone()).unwrap_or_default();
    let asked = Asked::new(pairs).without("password");
    let email = asked.one("email").unwrap_or_default();
    let refused = |status: StatusCode, problem: &str| (status, page(&state, opened, &asked, Some(problem))).into_response();
    if email.is_empty() || password.is_empty() {
        return Ok(refused(StatusCode::UNPROCESSABLE_ENTITY, "Enter your email address and your password"));
    }
    let from = from.to_string();
    let attempt = Attempt { email, password: &password, from: &from };
    Ok(match people::sign_in(&opened.record, &opened.authority, attempt).await? {
        Outcome::Open(token) => ([(SET_COOKIE, door::keep(opened, &token))], Redirect::to(onward(&asked))).into_response(),
        Outcome::Wrong => refused(StatusCode::UNPROCESSABLE_ENTITY, "The email address or the password is wrong"),
        Outcome::Wait(seconds) => {
            let wait = format!("There were too many attempts. Wait {}, then try again", spoken(seconds));
            refused(StatusCode::UNPROCESSABLE_ENTITY, &wait)
        }
    })
}

/// Where somebody wanted to go: a path of ours and nothing else, since an address that begins with two slashes or names a host leaves this site.
pub(super) fn onward(asked: &Asked) -> &str {
    let path = |then: &&str| then.starts_with('/') && !then.starts_with("//") && !then.contains(['\\', '\r', '\n', '\t']);
    asked.one("then").filter(path).unwrap_or("/work")
}

pub(super) fn spoken(seconds: i64) -> String {
    match seconds {
        1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", (seconds + 59) / 60),
    }
}

fn page(state: &app::State, opened: &Opened, asked: &Asked, problem: Option<&str>) -> Markup {
    let problems = problem.map(|text| Problem { text, href: Some("#email") });
    let email = TextInput {
        kind: InputKind::Email,
        autocomplete: Some("username"),
        ..TextInput::new(Field { error: problem, ..Field::new("email", "Email address") }, asked.one("email").unwrap_or_default())
    };
    let password = TextInput::password(Field::new("password", "Password"), "current-password");
    let body = html! {
        div class="pw-prose" {
            @if let Some(problem) = problems { (ErrorSummary { description: None, problems: &[problem] }) }
            form action="/sign-in" method="post" novalidate {
                @if let Some(then) = asked.one("then") { input type="hidden" name="then" value=(then); }
                (email)
                (password)
                (Button { text: "Sign in", look: Look::Primary, press: Press::Submit })
            }
            p class="govuk-body pw-actions" { a href="/sign-in/forgotten" { "I forgot my password" } }
            @if let Some(sign_on) = &opened.sign_on { (by_provider(sign_on.name(), asked.one("then"))) }
        }
        @if !opened.invented.is_empty() { (invented(opened)) }
    };
    let title = if problem.is_some() { "Error: Sign in" } else { "Sign in" };
    layout(Some(&state.place), &Page { title: title.to_owned(), body, ..Page::new("Sign in") })
}

/// The way by the organisation's own sign-in, which leads back to what was asked for.
fn by_provider(name: &str, then: Option<&str>) -> Markup {
    let then = then.map(|then| form_urlencoded::Serializer::new(String::new()).append_pair("then", then).finish());
    let href = then.map_or_else(|| "/sign-in/provider".to_owned(), |then| format!("/sign-in/provider?{then}"));
    html! {
        h2 { "Or without a password of Placewell" }
        (Button { text: &format!("Sign in with your {name}"), look: Look::Secondary, press: Press::Follow(&href) })
    }
}

/// The people of a demonstration, whom anybody may be.
fn invented(opened: &Opened) -> Markup {
    let row = |person: &Invented| vec![html! { (person.role) }, html! { (person.email) }, html! { code { (person.password) } }];
    let rows: Vec<Vec<Markup>> = opened.invented.iter().map(row).collect();
    let columns = ["Who", "Email address", "Password"].map(Column::text);
    let caption = "This is a demonstration: sign in as one of these";
    html! { (Scroll { label: caption, body: html! { (Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows }) } }) }
}
