//! Somebody's own account: who they are here, where they are signed in, their second factor, and signing out.

pub(super) mod factor;
pub(super) mod tokens;

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use service::people::{self, Session};
use service::record::access::Action;

use crate::app;
use crate::door::{self, Acting};
use crate::error::Error;
use crate::govuk::{Button, Column, FirstCell, Look, Press, RowAction, Size, SummaryList, SummaryRow, Table};
use crate::page::{Page, layout};
use crate::parts::Scroll;

/// `GET /account`
pub(super) async fn show(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Markup, Error> {
    let sessions = people::own_sessions(&acting.record, &acting.signed).await?;
    let person = &acting.signed.session.person;
    let roles = acting.actor.grants.iter().map(|grant| grant.role.words()).collect::<Vec<_>>().join(", ");
    let (factor, verb) = if acting.signed.session.has_factor { ("An authenticator app", "Change") } else { ("None", "Set up") };
    let sign_on = state.record.as_ref().and_then(|opened| opened.sign_on.as_ref());
    let linked = match sign_on {
        Some(sign_on) => Some((sign_on.name(), sign_on.is_linked(&acting.record, &acting.signed).await?)),
        None => None,
    };
    let set_up = [RowAction { text: verb, href: "/account/second-factor", about: "your second factor" }];
    let rows = [
        SummaryRow { key: "Name", value: html! { (person.name) }, actions: &[] },
        SummaryRow { key: "Email address", value: html! { (person.email) }, actions: &[] },
        SummaryRow { key: "Authority", value: html! { (acting.authority.name) }, actions: &[] },
        SummaryRow { key: "Roles", value: html! { (roles) }, actions: &[] },
        SummaryRow { key: "Second factor", value: html! { (factor) }, actions: &set_up },
    ];
    let body = html! {
        div class="pw-prose" { (SummaryList(&rows)) (button("/sign-out", "Sign out", Look::Primary)) }
        @if let Some((name, linked)) = linked {
            div class="pw-prose" {
                @if linked {
                    p class="govuk-body" { "Your " (name) " opens Placewell for you." }
                } @else {
                    (button("/account/sign-on", &format!("Link your {name}"), Look::Secondary))
                }
            }
        }
        nav aria-label="For you" {
            ul class="govuk-list" {
                li { a href="/account/tokens" { "Tokens for programs" } }
                @if acting.may(Action::OfficeRead) { li { a href="/offices" { "Who decides at this hour" } } }
                @if acting.may(Action::GlassReview) { li { a href="/opened-cases" { "Cases opened in need" } } }
                @if acting.may(Action::ConflictRead) { li { a href="/conflicts" { "Conflicts of interest" } } }
                @if acting.may(Action::UserRead) { li { a href="/people" { "People" } } }
            }
        }
        (everywhere(&sessions, &acting))
        div class="pw-prose" { (button("/account/sign-out-everywhere", "Sign out everywhere", Look::Secondary)) }
    };
    Ok(layout(Some(&state.place), &Page { body, ..Page::new("Your account") }))
}

/// A form that is one button.
pub(in crate::pages) fn button(action: &str, text: &str, look: Look) -> Markup {
    html! {
        form action=(action) method="post" { (door::form_token()) (Button { text, look, press: Press::Submit }) }
    }
}

fn everywhere(sessions: &[Session], acting: &Acting) -> Markup {
    let row = |session: &Session| {
        let this = if session.id == acting.signed.session.id { "This browser" } else { "Another browser" };
        vec![html! { (this) }, html! { (acting.said(session.opened_at)) }, html! { (acting.said(session.seen_at)) }]
    };
    let rows: Vec<_> = sessions.iter().map(row).collect();
    let columns = ["Where", "Signed in", "Last used"].map(Column::text);
    let caption = "Where you are signed in";
    let body = html! { (Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows }) };
    html! { (Scroll { label: caption, body }) }
}

/// `POST /sign-out`
pub(super) async fn sign_out(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Response, Error> {
    people::sign_out(&acting.record, &acting.signed).await?;
    left(&state)
}

/// `POST /account/sign-out-everywhere`
pub(super) async fn sign_out_everywhere(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Response, Error> {
    people::sign_out_everywhere(&acting.record, &acting.signed).await?;
    left(&state)
}

fn left(state: &app::State) -> Result<Response, Error> {
    let opened = state.record.as_ref().ok_or(Error::NotFound)?;
    Ok(([(SET_COOKIE, door::forget(opened))], Redirect::to("/sign-in")).into_response())
}
