//! One search through everything that the reader may see.
//!
//! Forms of ours send what is typed, so that no reference, and no name that somebody types by mistake, stands in an address. Programs and links ask by
//! address.

pub(super) mod names;

use std::sync::Arc;

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use service::record::access::Action;
use service::record::{self, Found, Group, Hit, Likeness, Register};

use crate::api::search::path;
use crate::app;
use crate::asked::Asked;
use crate::door::{self, Acting};
use crate::error::Error;
use crate::govuk::{Button, ErrorSummary, Field, InsetText, Look, Press, Problem, TextInput};
use crate::page::{Page, layout};
use crate::shown;

type Pairs = Vec<(String, String)>;

/// `GET /search?q=house&in=homes`
pub(super) async fn show(State(state): State<Arc<app::State>>, acting: Acting, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    if pairs.iter().any(|(name, _)| name == "q") {
        return answer(&state, &acting, &Asked::new(pairs)).await;
    }
    Ok(sheet(&state, &acting, "Search", "", None, &html! {}).into_response())
}

/// `POST /search`
pub(super) async fn take(State(state): State<Arc<app::State>>, acting: Acting, Form(pairs): Form<Pairs>) -> Result<Response, Error> {
    answer(&state, &acting, &Asked::new(pairs)).await
}

async fn answer(state: &app::State, acting: &Acting, asked: &Asked) -> Result<Response, Error> {
    let typed = asked.one("q").unwrap_or_default();
    let within = asked.one("in").map(str::parse::<Register>).transpose().map_err(service::Error::from)?;
    match record::search(&acting.record, &acting.actor, acting.authority.id, typed, within).await {
        Ok(found) => {
            let heading = format!("Search: {} found", shown::count(found.count() as u64));
            Ok(sheet(state, acting, &heading, typed, None, &results(typed, within, &found)).into_response())
        }
        Err(service::Error::Unusable(why)) => {
            let page = sheet(state, acting, "Search", typed, Some(why.trim_end_matches('.')), &html! {});
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(fault) => Err(fault.into()),
    }
}

/// The page: what is wrong, the form with what was typed, and what was found.
fn sheet(state: &app::State, acting: &Acting, heading: &str, typed: &str, problem: Option<&str>, results: &Markup) -> Markup {
    let hint = "A child by reference, a home by name, Ofsted’s number or postcode, a provider, a contract, a document";
    let field = Field { hint: Some(hint), error: problem, ..Field::new("q", "What you look for") };
    let body = html! {
        @if let Some(text) = problem { (ErrorSummary { description: None, problems: &[Problem { text, href: Some("#q") }] }) }
        form class="pw-prose" role="search" aria-label="Search again" action="/search" method="post" novalidate {
            (door::form_token())
            (TextInput { autocomplete: Some("off"), ..TextInput::new(field, typed) })
            (Button { text: "Search", look: Look::Primary, press: Press::Submit })
        }
        @if acting.may(Action::VaultRead) {
            p class="govuk-body" { "Names of children lie in the vault. " a href="/search/names" { "Search by a child’s name" } "." }
        }
        (results)
    };
    let title = if problem.is_some() { "Error: Search" } else { "Search" };
    layout(Some(&state.place), &Page { title: title.to_owned(), body, ..Page::new(heading) })
}

fn results(typed: &str, within: Option<Register>, found: &Found) -> Markup {
    let empty: Vec<&str> = found.groups.iter().filter(|group| group.hits.is_empty()).map(|group| group.register.label()).collect();
    let closed: Vec<&str> = found.closed.iter().map(|register| register.label()).collect();
    html! {
        @for group in found.groups.iter().filter(|group| !group.hits.is_empty()) { (section(typed, within, group)) }
        @if !empty.is_empty() { p class="govuk-body" { "Nothing found in: " (empty.join("; ")) "." } }
        @if !closed.is_empty() {
            (InsetText(html! { p class="govuk-body" { "Not searched, since your roles do not open them: " (closed.join("; ")) "." } }))
        }
    }
}

fn section(typed: &str, within: Option<Register>, group: &Group) -> Markup {
    let (register, id) = (group.register, group.register.word());
    html! {
        section class="pw-found" aria-labelledby=(id) {
            h2 id=(id) { (register.label()) " (" (shown::count(group.count() as u64)) ")" }
            ul class="govuk-list" { @for hit in &group.hits { (line(hit)) } }
            @if group.beyond > 0 {
                p class="govuk-body" {
                    (beyond(group.hits.len(), group.beyond))
                    @if within.is_some() { " Type more of it." }
                }
                @if within.is_none() {
                    form action="/search" method="post" {
                        (door::form_token())
                        input type="hidden" name="q" value=(typed);
                        input type="hidden" name="in" value=(id);
                        (Button { text: &format!("Show all of: {}", register.label()), look: Look::Secondary, press: Press::Submit })
                    }
                }
            }
        }
    }
}

/// That more fits than is shown.
fn beyond(shown: usize, more: usize) -> String {
    format!("The {shown} that fit best are shown, {} more are not.", shown::count(more as u64))
}

fn line(hit: &Hit) -> Markup {
    let nearly = if hit.likeness == Likeness::Nearly { "nearly, by " } else { "by " };
    html! {
        li {
            a href=(path(hit)) { (hit.title) }
            span class="pw-more" { @if !hit.beside.is_empty() { (hit.beside) " · " } "found " (nearly) (hit.by.label()) }
        }
    }
}
