//! Adding an owner: a group, fund or person behind providers (F17).

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::provider::{Owner, is_company_number};
use maud::html;
use service::record;

use super::fact::Pairs;
use super::form::{Sheet, Typed};
use super::home::refused;
use crate::app;
use crate::door::Acting;
use crate::error::Error;

fn sheet(typed: &Typed) -> Sheet<'static> {
    let fields = html! {
        (typed.line("name", "Name", Some("The group, fund or person behind providers")))
        (typed.line("company", "Company number", Some("Eight characters, like 01234567; empty where there is none")))
    };
    let trail = &[("Homes", "/homes"), ("Providers", "/providers")];
    Sheet { heading: "Add an owner".to_owned(), trail, action: "/owners/new", button: "Add this owner", fields }
}

/// `GET /owners/new`
pub(super) async fn new(State(state): State<Arc<app::State>>, _: Acting) -> Response {
    let typed = Typed::filled(&[]);
    typed.page(&state, sheet(&typed))
}

/// `POST /owners/new`
pub(super) async fn create(State(state): State<Arc<app::State>>, acting: Acting, Form(pairs): Form<Pairs>) -> Result<Response, Error> {
    let mut typed = Typed::new(pairs);
    let name = typed.needed("name", "Enter the owner’s name");
    let company = typed.code("company", "A company number has eight characters");
    if !company.is_blank() && !is_company_number(company) {
        typed.wrong("company", "A company number has eight figures, or two letters and six figures");
    }
    if typed.is_right() {
        let owner = Owner { id: acting.record.id(), name, company };
        let done = record::add(&acting.record, &acting.actor, acting.authority.id, &owner).await;
        if !refused(&mut typed, "name", done)? {
            return Ok(Redirect::to("/providers").into_response());
        }
    }
    Ok(typed.page(&state, sheet(&typed)))
}
