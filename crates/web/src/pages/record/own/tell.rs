//! Taking back what the provider told and what is not so, with a reason.

use std::sync::Arc;

use axum::Form as Sent;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::capacity::CapacityEvent;
use domain::document::Document;
use maud::html;
use service::record::{self, OwnFact, Versioned};

use super::super::form::{Sheet, Typed};
use super::super::home::refused;
use super::{Pairs, TRAIL, id};
use crate::app;
use crate::door::Acting;
use crate::error::Error;
use crate::page::Room;

/// What a word of the provider is on its page.
trait Word: OwnFact {
    /// What it says, in a line.
    fn line(&self) -> String;
    /// Where it is taken back.
    fn action(&self) -> String;
    /// Where one is led afterwards.
    fn after(&self) -> String;
}

impl Word for CapacityEvent {
    fn line(&self) -> String {
        let until = self.to.map_or_else(|| "on".to_owned(), |to| format!("until {}", to.long()));
        format!("{} from {} {until}: {}", self.beds, self.from.long(), self.reason.label())
    }

    fn action(&self) -> String {
        format!("/your-provider/beds/{}/take-back", self.id)
    }

    fn after(&self) -> String {
        format!("/your-provider/homes/{}", self.setting)
    }
}

impl Word for Document {
    fn line(&self) -> String {
        format!("{}, {}", self.kind.label(), self.title)
    }

    fn action(&self) -> String {
        format!("/your-provider/documents/{}/take-back", self.id)
    }

    fn after(&self) -> String {
        "/your-provider#documents".to_owned()
    }
}

async fn known<F: Word>(acting: &Acting, text: &str) -> Result<Versioned<F>, Error> {
    Ok(record::own_word::<F>(&acting.record, &acting.actor, acting.authority.id, id(text)?).await?)
}

fn sheet<F: Word>(state: &app::State, typed: &Typed, fact: &F) -> Response {
    let fields = html! {
        p class="govuk-body" { (fact.line()) }
        input type="hidden" name="version" value=(typed.text("version"));
        (typed.line("reason", "Why it is taken back", Some("What you told stays in the history, with these words")))
    };
    let heading = format!("Take back: {}", F::WHAT);
    typed.page_in(state, Room::OwnProvider, Sheet { heading, trail: TRAIL, action: &fact.action(), button: "Take it back", fields })
}

async fn ask<F: Word>(state: &app::State, acting: &Acting, text: &str) -> Result<Response, Error> {
    let known = known::<F>(acting, text).await?;
    Ok(sheet(state, &Typed::filled(&[("version", known.version.to_string())]), &known.fact))
}

async fn take<F: Word>(state: &app::State, acting: &Acting, text: &str, pairs: Pairs) -> Result<Response, Error> {
    let known = known::<F>(acting, text).await?;
    let mut typed = Typed::new(pairs);
    let reason = typed.needed("reason", "Say why it is taken back");
    let version = typed.text("version").parse().unwrap_or_default();
    if typed.is_right() {
        let done = record::take_back::<F>(&acting.record, &acting.actor, acting.authority.id, id(text)?, version, &reason).await;
        if !refused(&mut typed, "reason", done)? {
            return Ok(Redirect::to(&known.fact.after()).into_response());
        }
    }
    Ok(sheet(state, &typed, &known.fact))
}

/// `GET /your-provider/beds/{id}/take-back`
pub(super) async fn beds(State(state): State<Arc<app::State>>, acting: Acting, Path(text): Path<String>) -> Result<Response, Error> {
    ask::<CapacityEvent>(&state, &acting, &text).await
}

/// `POST /your-provider/beds/{id}/take-back`
pub(super) async fn take_back_beds(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Response, Error> {
    take::<CapacityEvent>(&state, &acting, &text, pairs).await
}

/// `GET /your-provider/documents/{id}/take-back`
pub(super) async fn document(State(state): State<Arc<app::State>>, acting: Acting, Path(text): Path<String>) -> Result<Response, Error> {
    ask::<Document>(&state, &acting, &text).await
}

/// `POST /your-provider/documents/{id}/take-back`
pub(super) async fn take_back_document(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Response, Error> {
    take::<Document>(&state, &acting, &text, pairs).await
}
