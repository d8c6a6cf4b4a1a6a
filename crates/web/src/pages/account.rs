//! Somebody's own account: who they are here, where they are signed in, and signing out.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use service::people;

use crate::app;
use crate::door::{self, Acting};
use crate::error::Error;
use crate::govuk::{Button, Look, Press, SummaryList, SummaryRow};
use crate::page::{Page, layout};

/// `GET /account`
pub(super) async fn show(State(state): State<Arc<app::State>>, acting: Acting) -> Markup {
    let person = &acting.signed.session.person;
    let roles = acting.actor.grants.iter().map(|grant| grant.role.words()).collect::<Vec<_>>().join(", ");
    let rows = [
        SummaryRow { key: "Name", value: html! { (person.name) }, actions: &[] },
        SummaryRow { key: "Email address", value: html! { (person.email) }, actions: &[] },
        SummaryRow { key: "Authority", value: html! { (acting.authority.name) }, actions: &[] },
        SummaryRow { key: "Roles", value: html! { (roles) }, actions: &[] },
    ];
    let body = html! {
        div class="pw-prose" {
            (SummaryList(&rows))
            form action="/sign-out" method="post" {
                (door::form_token())
                (Button { text: "Sign out", look: Look::Secondary, press: Press::Submit })
            }
        }
    };
    layout(Some(&state.place), &Page { body, ..Page::new("Your account") })
}

/// `POST /sign-out`
pub(super) async fn sign_out(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Response, Error> {
    let opened = state.record.as_ref().ok_or(Error::NotFound)?;
    people::sign_out(&acting.record, &acting.signed).await?;
    Ok(([(SET_COOKIE, door::forget(opened))], Redirect::to("/sign-in")).into_response())
}
