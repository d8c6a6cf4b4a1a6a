//! The people who have a part here because they work for a provider: who they are, inviting another one, and taking the part away.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use service::people::{self, NewProviderUser, OfProvider};
use service::record::access::Action;

use super::{Pairs, handed_on, mailed, mails};
use crate::app;
use crate::asked::Asked;
use crate::door::{self, Acting};
use crate::error::Error;
use crate::govuk::{
    Button, Choice, Column, ErrorSummary, Field, FirstCell, InputKind, Look, Press, Problem, Select, Size, Table, Tag, TextInput, Tone,
};
use crate::page::{Page, layout};
use crate::pages::account::button;
use crate::parts::Scroll;

const HEADING: &str = "People of providers";

/// `GET /people/providers?provider=…`
pub(in crate::pages) async fn list(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Query(pairs): Query<Pairs>,
) -> Result<Markup, Error> {
    page(&state, &acting, &Asked::new(pairs), None).await
}

/// `POST /people/providers`: the link is mailed, or shown on the answer, once, to be handed on.
pub(in crate::pages) async fn invite(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let asked = Asked::new(pairs);
    match invited(&state, &acting, &asked).await {
        Ok(page) => Ok(page.into_response()),
        Err(service::Error::Unusable(problem)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&state, &acting, &asked, Some(&problem)).await?).into_response())
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn invited(state: &app::State, acting: &Acting, asked: &Asked) -> Result<Markup, service::Error> {
    let no_provider = || service::Error::Unusable("Choose the provider".to_owned());
    let provider = asked.one("provider").and_then(|id| id.parse().ok()).ok_or_else(no_provider)?;
    let (name, email) = (asked.one("name").unwrap_or_default(), asked.one("email").unwrap_or_default());
    let new = NewProviderUser { name, email, provider, password: None };
    if mails(state) {
        let person = people::invite_to_provider_by_mail(&acting.record, &acting.actor, &acting.authority, &new).await?;
        return Ok(mailed(state, &person.name, "seven days"));
    }
    let (person, token) = people::invite_to_provider(&acting.record, &acting.actor, &acting.authority, &new).await?;
    Ok(handed_on(state, acting, &person.name, &token, "seven days"))
}

/// `POST /people/providers/{person}/part`
pub(in crate::pages) async fn part(acting: Acting, Path(id): Path<String>) -> Result<Redirect, Error> {
    let person = id.parse().map_err(|_| Error::NotFound)?;
    people::part_from_provider(&acting.record, &acting.actor, &acting.authority, person).await?;
    Ok(Redirect::to("/people/providers"))
}

/// Which field a sentence is about shows in its words.
fn field_of(problem: &str) -> &'static str {
    match problem {
        words if words.contains("the provider") => "provider",
        words if words.contains("name, in") => "name",
        _ => "email",
    }
}

fn table(all: &[OfProvider]) -> Markup {
    let row = |one: &OfProvider| {
        let person = &one.known.person;
        let standing = match (one.known.stopped_at.is_some(), one.has_password) {
            (true, _) => html! { (Tag { text: "Stopped", tone: Tone::Quiet }) },
            (false, true) => html! { "May sign in" },
            (false, false) => html! { "Invited" },
        };
        let end =
            button(&format!("/people/providers/{}/part", person.id), &format!("Take the part of {} away", person.name), Look::Secondary);
        vec![html! { (person.name) }, html! { (person.email) }, html! { (one.of) }, standing, end]
    };
    let rows: Vec<Vec<Markup>> = all.iter().map(row).collect();
    let columns = ["Name", "Email address", "Provider", "Standing", "End"].map(Column::text);
    html! { (Scroll { label: HEADING, body: html! { (Table { caption: HEADING, size: Size::Hidden, columns: &columns, first: FirstCell::Header, rows: &rows }) } }) }
}

async fn page(state: &app::State, acting: &Acting, asked: &Asked, problem: Option<&str>) -> Result<Markup, Error> {
    let all = people::provider_users(&acting.record, &acting.actor, &acting.authority).await?;
    let providers = people::providers_to_join(&acting.record, &acting.actor, &acting.authority).await?;
    let ids: Vec<String> = providers.iter().map(|(id, _)| id.to_string()).collect();
    let chosen = asked.one("provider").unwrap_or_default();
    let named = ids.iter().zip(&providers).map(|(id, (_, name))| Choice::new(id, name).chosen_if(chosen));
    let choices: Vec<Choice<'_>> = [Choice::new("", "Choose")].into_iter().chain(named).collect();
    let error = |field: &str| problem.filter(|words| field_of(words) == field);
    let href = problem.map(|words| format!("#{}", field_of(words)));
    let name = TextInput::new(Field { error: error("name"), ..Field::new("name", "Name") }, asked.one("name").unwrap_or_default());
    let email = TextInput {
        kind: InputKind::Email,
        ..TextInput::new(
            Field { error: error("email"), ..Field::new("email", "Email address at work") },
            asked.one("email").unwrap_or_default(),
        )
    };
    let body = html! {
        @if let Some(text) = problem { (ErrorSummary { description: None, problems: &[Problem { text, href: href.as_deref() }] }) }
        @if all.is_empty() { p class="govuk-body" { "Nobody of a provider has a part here yet. Invite the first one below." } } @else { (table(&all)) }
        div class="pw-prose" {
            h2 { "Invite somebody" }
            @if providers.is_empty() {
                p class="govuk-body" { "No provider is on record. Add the provider first, then its people." }
            } @else {
                form action="/people/providers" method="post" novalidate {
                    (door::form_token())
                    (Select { field: Field { error: error("provider"), ..Field::new("provider", "Provider") }, choices: &choices })
                    (name)
                    (email)
                    (Button { text: "Make the invitation", look: Look::Primary, press: Press::Submit })
                }
            }
        }
    };
    let lede = html! { "They see their own provider, its homes, beds, papers, contracts and prices, and tell you of beds and papers. No child, no other provider." };
    let title = if problem.is_some() { format!("Error: {HEADING}") } else { HEADING.to_owned() };
    let people = [("People", "/people")];
    let trail: &[(&str, &str)] = if acting.may(Action::UserRead) { &people } else { &[("Providers", "/providers")] };
    Ok(layout(Some(&state.place), &Page { title, trail, lede, body, ..Page::new(HEADING) }))
}
