//! One's own second factor: setting it up, proving it, taking it away.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Extension, Query, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use maud::{Markup, PreEscaped, html};
use service::people::{self, Factor, Proof, Setup};

use super::button;
use crate::app;
use crate::asked::Asked;
use crate::door::{self, Acting, Opened};
use crate::error::Error;
use crate::govuk::{Button, ErrorSummary, Field, InputMode, InsetText, Look, Press, Problem, TextInput};
use crate::page::{Page, layout};
use crate::pages::sign_in::{onward, spoken};

type Pairs = Vec<(String, String)>;

const TRAIL: &[(&str, &str)] = &[("Your account", "/account")];

/// `GET /account/second-factor`
pub(in crate::pages) async fn show(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Markup, Error> {
    let factor = people::factor(&acting.record, &acting.signed).await?;
    Ok(page(&state, &factor, None))
}

/// `POST /account/second-factor/begin`: a new secret.
pub(in crate::pages) async fn begin(acting: Acting) -> Result<Redirect, Error> {
    people::begin_factor(&acting.record, &acting.signed).await?;
    Ok(Redirect::to("/account/second-factor"))
}

/// `POST /account/second-factor`: the first code confirms it; the recovery codes are shown once, on the answer, and kept nowhere.
pub(in crate::pages) async fn confirm(
    State(state): State<Arc<app::State>>,
    Extension(from): Extension<door::From>,
    acting: Acting,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let opened = state.record.as_ref().ok_or(Error::NotFound)?;
    match proved(opened, &acting, &from, &Asked::new(pairs)).await? {
        Ok((token, codes)) => {
            let kept = [(SET_COOKIE, door::keep(opened, &token))];
            Ok(match codes {
                Some(codes) => (kept, shown_once(&state, &codes)).into_response(),
                None => (kept, Redirect::to("/account/second-factor")).into_response(),
            })
        }
        Err(problem) => {
            let factor = people::factor(&acting.record, &acting.signed).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&state, &factor, Some(&problem))).into_response())
        }
    }
}

/// `POST /account/second-factor/remove`
pub(in crate::pages) async fn remove(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Response, Error> {
    let opened = state.record.as_ref().ok_or(Error::NotFound)?;
    let session = people::remove_factor(&acting.record, &acting.signed).await?;
    let kept = session.map(|session| [(SET_COOKIE, door::keep(opened, &session))]);
    Ok((kept.map(AppendHeaders), Redirect::to("/account/second-factor")).into_response())
}

/// `GET /sign-in/code?then=/people`
pub(in crate::pages) async fn ask(State(state): State<Arc<app::State>>, acting: Acting, Query(pairs): Query<Pairs>) -> Response {
    if !acting.signed.session.has_factor {
        return Redirect::to("/account/second-factor").into_response();
    }
    code_page(&state, &Asked::new(pairs), None).into_response()
}

/// `POST /sign-in/code`
pub(in crate::pages) async fn take(
    State(state): State<Arc<app::State>>,
    Extension(from): Extension<door::From>,
    acting: Acting,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let opened = state.record.as_ref().ok_or(Error::NotFound)?;
    let asked = Asked::new(pairs);
    Ok(match proved(opened, &acting, &from, &asked).await? {
        Ok((token, _)) => ([(SET_COOKIE, door::keep(opened, &token))], Redirect::to(onward(&asked))).into_response(),
        Err(problem) => (StatusCode::UNPROCESSABLE_ENTITY, code_page(&state, &asked, Some(&problem))).into_response(),
    })
}

type Proven = (people::Token, Option<Vec<String>>);

/// The new token of the session and, the first time, the recovery codes; or what to say.
async fn proved(opened: &Opened, acting: &Acting, from: &door::From, asked: &Asked) -> Result<Result<Proven, String>, Error> {
    let code = asked.one("code").unwrap_or_default();
    if code.is_empty() {
        return Ok(Err("Enter the code".to_owned()));
    }
    Ok(match people::prove(&opened.record, &opened.authority, &acting.signed, code, &from.to_string()).await? {
        Proof::Proven(token, codes) => Ok((token, codes)),
        Proof::Wrong => Err("The code is wrong or was used already. Wait for the next one and enter that".to_owned()),
        Proof::Wait(seconds) => Err(format!("There were too many attempts. Wait {}, then try again", spoken(seconds))),
    })
}

fn code_page(state: &app::State, asked: &Asked, problem: Option<&str>) -> Markup {
    let body = html! {
        div class="pw-prose" {
            (summary(problem))
            form action="/sign-in/code" method="post" novalidate {
                (door::form_token())
                @if let Some(then) = asked.one("then") { input type="hidden" name="then" value=(then); }
                (code_field("Code", "The six digits that your authenticator app shows, or one of your recovery codes.", problem))
                (Button { text: "Continue", look: Look::Primary, press: Press::Submit })
            }
            (button("/sign-out", "Sign out", Look::Secondary))
        }
    };
    layout(Some(&state.place), &Page { title: titled("Enter your code", problem), body, ..Page::new("Enter your code") })
}

fn titled(heading: &str, problem: Option<&str>) -> String {
    if problem.is_some() { format!("Error: {heading}") } else { heading.to_owned() }
}

fn summary(problem: Option<&str>) -> Markup {
    html! {
        @if let Some(text) = problem { (ErrorSummary { description: None, problems: &[Problem { text, href: Some("#code") }] }) }
    }
}

fn code_field(label: &str, hint: &str, problem: Option<&str>) -> Markup {
    let field = Field { hint: Some(hint), error: problem, ..Field::new("code", label) };
    html! {
        (TextInput { width: Some(10), mode: InputMode::Numeric, autocomplete: Some("one-time-code"), ..TextInput::new(field, "") })
    }
}

fn page(state: &app::State, factor: &Factor, problem: Option<&str>) -> Markup {
    let body = html! {
        div class="pw-prose" {
            (summary(problem))
            @match factor {
                Factor::None => {
                    p class="govuk-body" { "Whoever learns your password still cannot sign in as you. You need an app on your telephone that makes codes; most password managers do, too." }
                    (button("/account/second-factor/begin", "Set up an authenticator app", Look::Primary))
                }
                Factor::Begun(setup) => { (begun(setup, problem)) }
                Factor::Confirmed(codes) => {
                    p class="govuk-body" { "You enter a code of your authenticator app when you sign in. You have " (codes) " recovery codes left." }
                    (button("/account/second-factor/remove", "Take it away", Look::Warning))
                }
            }
        }
    };
    layout(
        Some(&state.place),
        &Page { title: titled("Your second factor", problem), trail: TRAIL, body, ..Page::new("Your second factor") },
    )
}

fn begun(setup: &Setup, problem: Option<&str>) -> Markup {
    html! {
        ol class="govuk-list govuk-list--number" {
            li { "Open your authenticator app and add an account." }
            li { "Point its camera at this picture, or type the key: " code { (setup.secret) } }
            li { "Enter the six digits that it shows." }
        }
        figure class="pw-code" role="img" aria-label="The key as a picture for a camera" { (PreEscaped(&setup.picture)) }
        form action="/account/second-factor" method="post" novalidate {
            (door::form_token())
            (code_field("Code", "Six digits, new every half minute.", problem))
            (Button { text: "Finish", look: Look::Primary, press: Press::Submit })
        }
    }
}

fn shown_once(state: &app::State, codes: &[String]) -> Markup {
    let body = html! {
        div class="pw-prose" {
            (InsetText(html! { "Print or copy these codes now: they are not shown again. Each signs you in once when your telephone is not at hand." }))
            ul class="govuk-list" { @for code in codes { li { code { (code) } } } }
            p class="govuk-body" { a href="/work" { "Go to your work" } }
        }
    };
    layout(Some(&state.place), &Page { trail: TRAIL, body, ..Page::new("Your second factor is set up") })
}
