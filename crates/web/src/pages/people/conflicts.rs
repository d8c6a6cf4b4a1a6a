//! The register of conflicts of interest: who is kept out of what, and declaring another one.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Day;
use maud::{Markup, html};
use service::people::{self, Declared, Named};

use super::Pairs;
use crate::app;
use crate::asked::Asked;
use crate::door::{self, Acting};
use crate::error::Error;
use crate::govuk::{
    Arrangement, Button, Choice, Chosen, Column, ErrorSummary, Field, FirstCell, Group, Look, Press, Problem, Radios, Select, Size, Table,
    TextInput,
};
use crate::page::{Page, layout};
use crate::pages::account::button;
use crate::parts::Scroll;

const HEADING: &str = "Conflicts of interest";

/// `GET /conflicts`
pub(in crate::pages) async fn list(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Markup, Error> {
    page(&state, &acting, &Asked::default(), None).await
}

/// `POST /conflicts`
pub(in crate::pages) async fn declare(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let asked = Asked::new(pairs);
    match declared(&acting, &asked).await {
        Ok(()) => Ok(Redirect::to("/conflicts").into_response()),
        Err(service::Error::Unusable(problem)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&state, &acting, &asked, Some(&problem)).await?).into_response())
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn declared(acting: &Acting, asked: &Asked) -> Result<(), service::Error> {
    let unusable = |words: &str| service::Error::Unusable(words.to_owned());
    let person = asked.one("person").and_then(|id| id.parse().ok()).ok_or_else(|| unusable("Choose who is bound"))?;
    let name = asked.one("name").ok_or_else(|| unusable("Enter the child’s reference or the provider’s name"))?;
    let named = if asked.one("kind") == Some("provider") { Named::Provider(name) } else { Named::Child(name) };
    let start =
        asked.one("start").and_then(|text| Day::parse(text.as_bytes())).ok_or_else(|| unusable("Enter the first day as 2026-03-31"))?;
    let thing = people::thing(&acting.record, &acting.actor, &acting.authority, named).await?;
    let nature = asked.one("nature").unwrap_or_default();
    people::declare_conflict(&acting.record, &acting.actor, &acting.authority, person, thing, nature, start).await.map(drop)
}

/// `POST /conflicts/{conflict}/end`: from today on.
pub(in crate::pages) async fn end(State(state): State<Arc<app::State>>, acting: Acting, Path(id): Path<String>) -> Result<Response, Error> {
    let conflict = id.parse().map_err(|_| Error::NotFound)?;
    match people::end_conflict(&acting.record, &acting.actor, &acting.authority, conflict, acting.record.today()).await {
        Ok(()) => Ok(Redirect::to("/conflicts").into_response()),
        Err(service::Error::Unusable(problem)) => {
            let page = page(&state, &acting, &Asked::default(), Some(&problem)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Which field a sentence is about shows in its words.
fn field_of(problem: &str) -> &'static str {
    match problem {
        words if words.contains("who is bound") => "person",
        words if words.contains("first day") => "start",
        words if words.contains("what binds") => "nature",
        _ => "name",
    }
}

async fn page(state: &app::State, acting: &Acting, asked: &Asked, problem: Option<&str>) -> Result<Markup, Error> {
    let all = people::conflicts(&acting.record, &acting.actor, &acting.authority).await?;
    let people = people::eligible(&acting.record, &acting.actor, &acting.authority).await?;
    let row = |one: &Declared| {
        let until = one.conflict.end.map_or_else(|| html! { "goes on" }, |end| html! { "until " (end.long()) });
        let end = html! { @if one.conflict.end.is_none() { (button(&format!("/conflicts/{}/end", one.conflict.id), &format!("End that of {}", one.person), Look::Secondary)) } };
        vec![
            html! { (one.person) },
            html! { (one.thing) },
            html! { (one.conflict.nature) },
            html! { (one.conflict.start.long()) ", " (until) },
            end,
        ]
    };
    let rows: Vec<Vec<Markup>> = all.iter().map(row).collect();
    let columns = ["Who", "Is kept out of", "What binds them", "From", "End"].map(Column::text);
    let error = |field: &str| problem.filter(|words| field_of(words) == field);
    let href = problem.map(|words| format!("#{}", field_of(words)));
    let ids: Vec<String> = people.iter().map(|person| person.id.to_string()).collect();
    let chosen = |id: &str| if asked.one("person") == Some(id) { Chosen::Yes } else { Chosen::No };
    let choices: Vec<Choice<'_>> =
        people.iter().zip(&ids).map(|(person, id)| Choice { state: chosen(id), ..Choice::new(id, &person.name) }).collect();
    let kind = |word: &str| if asked.one("kind").unwrap_or("child") == word { Chosen::Yes } else { Chosen::No };
    let kinds = [
        Choice { state: kind("child"), ..Choice::new("child", "A child, by the reference of the case system") },
        Choice { state: kind("provider"), ..Choice::new("provider", "A provider, by its name") },
    ];
    let typed = |name: &'static str, label: &'static str| {
        TextInput::new(Field { error: error(name), ..Field::new(name, label) }, asked.one(name).unwrap_or_default())
    };
    let body = html! {
        @if let Some(text) = problem { (ErrorSummary { description: None, problems: &[Problem { text, href: href.as_deref() }] }) }
        @if rows.is_empty() { p class="govuk-body" { "Nobody declared one yet." } } @else {
            (Scroll { label: HEADING, body: html! { (Table { caption: HEADING, size: Size::Hidden, columns: &columns, first: FirstCell::Header, rows: &rows }) } })
        }
        div class="pw-prose" {
            h2 { "Declare one" }
            form action="/conflicts" method="post" novalidate {
                (door::form_token())
                (Select { field: Field { error: error("person"), ..Field::new("person", "Who is bound") }, choices: &choices })
                (Radios { group: Group::new("kind", "To what"), arrangement: Arrangement::Stacked, choices: &kinds })
                (typed("name", "Reference or name"))
                (typed("nature", "What binds them: a relative, a supplier, a colleague’s child"))
                (typed("start", "From which day, as 2026-03-31"))
                (Button { text: "Declare this conflict", look: Look::Primary, press: Press::Submit })
            }
        }
    };
    let lede = html! { "Whoever is bound to a child or a provider is kept out of what concerns it, whatever their roles, from their next page on." };
    let title = if problem.is_some() { format!("Error: {HEADING}") } else { HEADING.to_owned() };
    Ok(layout(Some(&state.place), &Page { title, lede, body, ..Page::new(HEADING) }))
}
