//! Opening a case in need: for a day, with a reason that the director looks at.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use service::record::case;

use super::super::form::{Sheet, Typed};
use super::Pairs;
use crate::app;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::WarningText;
use crate::page::Room;

fn page(state: &app::State, typed: &Typed) -> Response {
    let fields = html! {
        (WarningText("You open a case that you are not allocated to. Your name and your reason go to the director, who looks at them within a day."))
        (typed.line("reference", "What the case system calls the child", None))
        (typed.line("reason", "Why you need it now", Some("A sentence: who is at risk, and what you have to know")))
    };
    let sheet = Sheet {
        heading: "Open a case in need".to_owned(),
        trail: &[("Cases", "/cases")],
        action: "/cases/in-need",
        button: "Open the case for a day",
        fields,
    };
    typed.page_in(state, Room::Cases, sheet)
}

/// `GET /cases/in-need`
pub(super) async fn show(State(state): State<Arc<app::State>>, _: Acting) -> Response {
    page(&state, &Typed::new(Vec::new()))
}

/// `POST /cases/in-need`
pub(super) async fn open(State(state): State<Arc<app::State>>, acting: Acting, Form(pairs): Form<Pairs>) -> Result<Response, Error> {
    let mut typed = Typed::new(pairs);
    let reference = typed.needed("reference", "Enter what the case system calls the child");
    let reason = typed.needed("reason", "Say in a sentence why you need this case now. The director reads it");
    if typed.is_right() {
        match case::in_need(&acting.record, &acting.actor, &acting.authority, &reference, &reason).await {
            Ok(child) => return Ok(Redirect::to(&format!("/cases/{child}")).into_response()),
            Err(service::Error::Unusable(words)) => typed.wrong("reason", words.trim_end_matches('.')),
            Err(service::Error::NotFound { .. }) => typed.wrong("reference", "No child of this authority has this reference"),
            Err(fault) => return Err(fault.into()),
        }
    }
    Ok(page(&state, &typed))
}
