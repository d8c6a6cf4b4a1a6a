//! Looking for a child by name: sent as a form alone, so that no name stands in an address; each child found is in the log.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use service::record::access::{Action, Purpose, asks_purpose};
use service::record::{self, NamesFound};

use super::super::record::case_reader;
use super::beyond;
use crate::app;
use crate::asked::Asked;
use crate::door::{self, Acting};
use crate::error::Error;
use crate::govuk::{Button, Choice, ErrorSummary, Field, Look, Press, Problem, Select, TextInput};
use crate::page::{Page, Room, layout};
use crate::shown;

/// `GET /search/names`
pub(in crate::pages) async fn show(State(state): State<Arc<app::State>>, acting: Acting) -> Markup {
    sheet(&state, &acting, &Asked::default(), None, &html! {})
}

/// `POST /search/names`
pub(in crate::pages) async fn take(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let actor = case_reader(&acting, &pairs);
    let asked = Asked::new(pairs);
    let refused = |text: &str, href: &'static str| {
        let page = sheet(&state, &acting, &asked, Some(&Problem { text: text.trim_end_matches('.'), href: Some(href) }), &html! {});
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    if asks_purpose(&actor, Action::VaultRead, acting.authority.id) {
        return refused("Choose what you need the names for", "#purpose");
    }
    match record::search_names(&acting.record, &actor, acting.authority.id, asked.one("name").unwrap_or_default()).await {
        Ok(found) => Ok(sheet(&state, &acting, &asked, None, &results(&asked, &found)).into_response()),
        Err(service::Error::Unusable(why)) => refused(&why, "#name"),
        Err(fault) => Err(fault.into()),
    }
}

fn sheet(state: &app::State, acting: &Acting, asked: &Asked, problem: Option<&Problem<'_>>, results: &Markup) -> Markup {
    let wrong = |href: &str| problem.filter(|problem| problem.href == Some(href)).map(|problem| problem.text);
    let hint = "First name, family name or what the child is called; part of it is enough";
    let name = Field { hint: Some(hint), error: wrong("#name"), ..Field::new("name", "The child’s name") };
    let asks = asks_purpose(&acting.actor, Action::VaultRead, acting.authority.id);
    let chosen = asked.one("purpose").unwrap_or_default();
    let purposes = Purpose::ALL.map(|purpose| Choice::new(purpose.word(), purpose.label()).chosen_if(chosen));
    let choices: Vec<Choice<'_>> = [Choice::new("", "Choose")].into_iter().chain(purposes).collect();
    let title = if problem.is_some() { "Error: Search by name" } else { "Search by name" };
    let summary = problem.map(|problem| Problem { text: problem.text, href: problem.href });
    let body = html! {
        @if let Some(problem) = summary { (ErrorSummary { description: None, problems: &[problem] }) }
        form class="pw-prose" action="/search/names" method="post" novalidate {
            (door::form_token())
            (TextInput { autocomplete: Some("off"), ..TextInput::new(name, asked.one("name").unwrap_or_default()) })
            @if asks {
                (Select { field: Field { error: wrong("#purpose"), ..Field::new("purpose", "What you need it for") }, choices: &choices })
            }
            (Button { text: "Search the vault", look: Look::Primary, press: Press::Submit })
        }
        (results)
    };
    let lede = html! { "Names are sealed. You are shown children whose names you may open; each child found is in the log, where the child’s people see it." };
    let page = Page {
        title: title.to_owned(),
        room: Some(Room::Cases),
        trail: &[("Search", "/search")],
        lede,
        body,
        ..Page::new("Search by a child’s name")
    };
    layout(Some(&state.place), &page)
}

fn results(asked: &Asked, found: &NamesFound) -> Markup {
    let along = asked.only(&["purpose"]);
    html! {
        @if found.children.is_empty() {
            p class="govuk-body" { "No child whose name you may open is called so, or nearly so." }
        } @else {
            h2 { "Children (" (shown::count((found.children.len() + found.beyond) as u64)) ")" }
            ul class="govuk-list" {
                @for child in &found.children {
                    li {
                        a href=(along.of(&format!("/cases/{}", child.child))) { (child.reference) }
                        span class="pw-more" {
                            @for (place, (kind, name)) in child.names.iter().enumerate() { @if place > 0 { "; " } (kind.label()) ": " (name) }
                        }
                    }
                }
            }
            @if found.beyond > 0 {
                p class="govuk-body" { (beyond(found.children.len(), found.beyond)) " Type more of the name." }
            }
        }
    }
}
