//! Giving a restricted case on which nobody works to somebody, without opening it.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Id;
use domain::child::Child;
use maud::html;
use service::record::case::{self, Forsaken};

use super::super::form::{Sheet, Typed};
use super::super::id;
use super::Pairs;
use crate::app;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::InsetText;
use crate::page::Room;

async fn waiting(acting: &Acting, child: Id<Child>) -> Result<Forsaken, Error> {
    Ok(case::forsaken(&acting.record, &acting.actor, acting.authority.id, child).await?)
}

fn page(state: &app::State, child: Id<Child>, found: &Forsaken, typed: &Typed) -> Response {
    let people: Vec<(String, String)> = found.people.iter().map(|person| (person.id.to_string(), person.name.clone())).collect();
    let fields = html! {
        (InsetText(html! { p class="govuk-body" { "Child " (found.reference) ". The case is open to those alone who work on it, and nobody does. Whom you choose opens it from today; you do not." } }))
        (typed.choice("person", "Who works with the child from today", Some("Choose somebody"), &people))
        (typed.line("reason", "Why this person", Some("It is kept in the log, where the child’s people see it")))
    };
    let action = format!("/cases/{child}/entrust");
    let heading = "Allocate somebody to a case".to_owned();
    let sheet = Sheet { heading, trail: &[("Your work", "/work")], action: &action, button: "Allocate", fields };
    typed.page_in(state, Room::Work, sheet)
}

/// `GET /cases/{id}/entrust`
pub(super) async fn show(State(state): State<Arc<app::State>>, acting: Acting, Path(text): Path<String>) -> Result<Response, Error> {
    let child = id(&text)?;
    Ok(page(&state, child, &waiting(&acting, child).await?, &Typed::new(Vec::new())))
}

/// `POST /cases/{id}/entrust`
pub(super) async fn take(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let child = id(&text)?;
    let found = waiting(&acting, child).await?;
    let mut typed = Typed::new(pairs);
    let person = typed.word("person", "Choose somebody who works with children here");
    let reason = typed.needed("reason", "Say why this person");
    if let (Some(person), true) = (person, typed.is_right()) {
        match case::entrust(&acting.record, &acting.actor, acting.authority.id, child, person, &reason).await {
            Ok(()) => return Ok(Redirect::to("/work").into_response()),
            Err(service::Error::Unusable(words)) => typed.wrong("person", words.trim_end_matches('.')),
            Err(fault) => return Err(fault.into()),
        }
    }
    Ok(page(&state, child, &found, &typed))
}
