//! For which authority somebody works, where they have a part in several of one database. Whoever has one never sees this page.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use service::people;

use crate::app;
use crate::asked::Asked;
use crate::door::{self, Acting};
use crate::error::Error;
use crate::govuk::{Arrangement, Button, Choice, ErrorSummary, Group, Look, Press, Problem, Radios};
use crate::page::{Page, layout};

/// `GET /authority`
pub(super) async fn show(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Markup, Error> {
    if acting.signed.parts.len() > 1 { Ok(page(&state, &acting, None)) } else { Err(Error::NotFound) }
}

/// `POST /authority`
pub(super) async fn choose(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let opened = state.record.as_ref().ok_or(Error::NotFound)?;
    let asked = Asked::new(pairs);
    let Some(chosen) = asked.one("authority").and_then(|id| id.parse().ok()) else {
        let page = page(&state, &acting, Some("Choose the authority for which you work now"));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let token = people::choose(&acting.record, &acting.signed, chosen).await?;
    Ok(([(SET_COOKIE, door::keep(opened, &token))], Redirect::to("/work")).into_response())
}

fn page(state: &app::State, acting: &Acting, problem: Option<&str>) -> Markup {
    let here = acting.authority.id.to_string();
    let parts: Vec<(String, &str)> = acting.signed.parts.iter().map(|part| (part.id.to_string(), part.name.as_str())).collect();
    let choices: Vec<Choice<'_>> = parts.iter().map(|(id, name)| Choice::new(id, name).chosen_if(&here)).collect();
    let group = Group { error: problem, ..Group::new("authority", "Authority") };
    let body = html! {
        div class="pw-prose" {
            @if let Some(text) = problem { (ErrorSummary { description: None, problems: &[Problem { text, href: Some("#authority") }] }) }
            form action="/authority" method="post" novalidate {
                (door::form_token())
                (Radios { group, arrangement: Arrangement::Stacked, choices: &choices })
                (Button { text: "Work for this authority", look: Look::Primary, press: Press::Submit })
            }
        }
    };
    let lede =
        html! { "You work for " (acting.authority.name) " now. You see one authority at a time, and what you do is in that one’s log." };
    let title = if problem.is_some() { "Error: Choose an authority" } else { "Choose an authority" };
    layout(Some(&state.place), &Page { title: title.to_owned(), lede, body, ..Page::new("Choose an authority") })
}
