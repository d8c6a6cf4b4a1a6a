//! One person: what they are here, and what an administrator can do about it.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Id;
use domain::person::Person;
use maud::{Markup, html};
use service::people::{self, User};
use service::record::access::Action;

use super::{Pairs, TRAIL, handed_on, mailed, mails, role_choices, roles};
use crate::app;
use crate::asked::Asked;
use crate::door::{self, Acting};
use crate::error::Error;
use crate::govuk::{Button, ErrorSummary, Group, Look, Press, Problem, SummaryList, SummaryRow};
use crate::page::{Page, Room, layout};
use crate::pages::account::button;

/// `GET /people/{person}`
pub(in crate::pages) async fn show(State(state): State<Arc<app::State>>, acting: Acting, Path(id): Path<String>) -> Result<Markup, Error> {
    let user = people::user(&acting.record, &acting.actor, &acting.authority, person(&id)?).await?;
    Ok(page(&state, &acting, &user, None))
}

/// `POST /people/{person}/roles`
pub(in crate::pages) async fn change_roles(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(id): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let roles = roles(&Asked::new(pairs));
    let changed = people::set_roles(&acting.record, &acting.actor, &acting.authority, person(&id)?, &roles).await;
    answered(&state, &acting, &id, changed).await
}

/// `POST /people/{person}/stop`
pub(in crate::pages) async fn stop(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let changed = people::stop(&acting.record, &acting.actor, &acting.authority, person(&id)?).await;
    // Of somebody who works elsewhere too nothing is left here to show.
    if changed.is_ok() && people::user(&acting.record, &acting.actor, &acting.authority, person(&id)?).await.is_err() {
        return Ok(Redirect::to("/people").into_response());
    }
    answered(&state, &acting, &id, changed).await
}

/// `POST /people/{person}/let-in-again`
pub(in crate::pages) async fn let_in_again(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let changed = people::let_in_again(&acting.record, &acting.actor, &acting.authority, person(&id)?).await;
    answered(&state, &acting, &id, changed).await
}

/// `POST /people/{person}/take-factor`
pub(in crate::pages) async fn take_factor(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let changed = people::take_factor(&acting.record, &acting.actor, &acting.authority, person(&id)?).await;
    answered(&state, &acting, &id, changed).await
}

/// `POST /people/{person}/unlink`
pub(in crate::pages) async fn unlink(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let changed = people::unlink(&acting.record, &acting.actor, &acting.authority, person(&id)?).await;
    answered(&state, &acting, &id, changed).await
}

/// `POST /people/{person}/link`: mailed, or shown on the answer, once.
pub(in crate::pages) async fn make_link(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let user = people::user(&acting.record, &acting.actor, &acting.authority, person(&id)?).await?;
    let lasts = if user.has_password { "an hour" } else { "seven days" };
    let (name, whom) = (&user.known.person.name, user.known.person.id);
    let made = if mails(&state) {
        people::mail_link_to(&acting.record, &acting.actor, &acting.authority, whom).await.map(|_| mailed(&state, name, lasts))
    } else {
        people::link_for(&acting.record, &acting.actor, &acting.authority, whom)
            .await
            .map(|token| handed_on(&state, &acting, name, &token, lasts))
    };
    match made {
        Ok(page) => Ok(page.into_response()),
        Err(fault) => answered(&state, &acting, &id, Err(fault)).await,
    }
}

fn person(id: &str) -> Result<Id<Person>, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

/// Back to the person's page; with what was wrong, if anything was.
async fn answered(state: &app::State, acting: &Acting, id: &str, changed: Result<(), service::Error>) -> Result<Response, Error> {
    match changed {
        Ok(()) => Ok(Redirect::to(&format!("/people/{}", person(id)?)).into_response()),
        Err(service::Error::Unusable(problem)) => {
            let user = people::user(&acting.record, &acting.actor, &acting.authority, person(id)?).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(state, acting, &user, Some(&problem))).into_response())
        }
        Err(fault) => Err(fault.into()),
    }
}

fn page(state: &app::State, acting: &Acting, user: &User, problem: Option<&str>) -> Markup {
    let User { known, roles, has_password, has_factor } = user;
    let at = |what: &str| format!("/people/{}/{what}", known.person.id);
    let standing = known.stopped_at.map_or_else(|| "May sign in".to_owned(), |at| format!("Stopped on {}", acting.said(at)));
    let rows = [
        SummaryRow { key: "Email address", value: html! { (known.person.email) }, actions: &[] },
        SummaryRow { key: "Standing", value: html! { (standing) }, actions: &[] },
        SummaryRow { key: "Password", value: html! { @if *has_password { "Chosen" } @else { "Not chosen yet" } }, actions: &[] },
        SummaryRow { key: "Second factor", value: html! { @if *has_factor { "Set up" } @else { "None" } }, actions: &[] },
    ];
    let own = known.person.id == acting.signed.session.person.id;
    let body = html! {
        div class="pw-prose" {
            @if let Some(text) = problem { (ErrorSummary { description: None, problems: &[Problem { text, href: Some("#role") }] }) }
            (SummaryList(&rows))
            @if own {
                p class="govuk-body" { "This is you. Another administrator changes your part." }
            } @else if acting.may(Action::UserChange) {
                @if roles.iter().any(|role| !role.is_of_authority()) {
                    p class="govuk-body" { "They work for a provider, and have no other role here. " a href="/people/providers" { "People of providers" } }
                } @else { form action=(at("roles")) method="post" {
                    (door::form_token())
                    (role_choices(Group { hint: Some("They hold from the person’s next page on."), error: problem, ..Group::new("role", "Roles") }, roles))
                    (Button { text: "Change the roles", look: Look::Primary, press: Press::Submit })
                } }
                @if known.stopped_at.is_some() {
                    (button(&at("let-in-again"), "Let them sign in again", Look::Secondary))
                } @else {
                    (button(&at("link"), if *has_password { "Make a link to choose another password" } else { "Make a new invitation" }, Look::Secondary))
                    @if *has_factor { (button(&at("take-factor"), "Take the second factor away", Look::Secondary)) }
                    @if state.record.as_ref().is_some_and(|opened| opened.sign_on.is_some()) {
                        (button(&at("unlink"), "Unlink from the organisation’s sign-in", Look::Secondary))
                    }
                    (button(&at("stop"), "Stop this person", Look::Warning))
                }
            }
        }
    };
    let heading = known.person.name.as_str();
    let title = if problem.is_some() { format!("Error: {heading}") } else { heading.to_owned() };
    layout(Some(&state.place), &Page { title, room: Some(Room::People), trail: TRAIL, body, ..Page::new(heading) })
}
