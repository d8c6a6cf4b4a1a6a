//! The people who have a part at this authority: administrators invite them, say what they are, and stop them.

pub(super) mod conflicts;
pub(super) mod emergency;
pub(super) mod glass;
pub(super) mod link;
pub(super) mod nomination;
mod office_form;
pub(super) mod offices;
mod one;
pub(super) mod provider_users;
pub(super) mod rota;

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use service::people::{self, NewUser, Token};
use service::record::access::{Action, Role};

pub(super) use one::{change_roles, let_in_again, make_link, show as one, stop, take_factor, unlink};

use crate::app;
use crate::asked::Asked;
use crate::door::{self, Acting, Post};
use crate::error::Error;
use crate::govuk::{
    Arrangement, Button, Checkboxes, Choice, Chosen, Column, ErrorSummary, Field, FirstCell, Group, InputKind, InsetText, Look, Press,
    Problem, Size, Table, Tag, TextInput, Tone,
};
use crate::page::{Page, Room, layout};
use crate::parts::Scroll;

type Pairs = Vec<(String, String)>;

const TRAIL: &[(&str, &str)] = &[("People", "/people")];

/// `GET /people`
pub(super) async fn list(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Markup, Error> {
    let users = people::users(&acting.record, &acting.actor, &acting.authority).await?;
    let row = |(known, roles): &(people::Known, BTreeSet<Role>)| {
        let roles = roles.iter().map(|role| role.words()).collect::<Vec<_>>().join(", ");
        let standing = if known.stopped_at.is_some() {
            html! { (Tag { text: "Stopped", tone: Tone::Quiet }) }
        } else {
            html! { "May sign in" }
        };
        vec![
            html! { a href={ "/people/" (known.person.id) } { (known.person.name) } },
            html! { (known.person.email) },
            html! { (roles) },
            standing,
        ]
    };
    let rows: Vec<_> = users.iter().map(row).collect();
    let columns = ["Name", "Email address", "Roles", "Standing"].map(Column::text);
    let caption = "People";
    let table = html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Header, rows: &rows }) };
    let lede = html! { (users.len()) " people have a part at " (acting.authority.name) "." };
    let actions = html! {
        @if acting.may(Action::ProviderInvite) { (Button { text: "People of providers", look: Look::Secondary, press: Press::Follow("/people/providers") }) }
        @if acting.may(Action::UserAdd) { (Button { text: "Invite somebody", look: Look::Primary, press: Press::Follow("/people/invite") }) }
    };
    let body = html! { (Scroll { label: caption, body: table }) };
    Ok(layout(Some(&state.place), &Page { room: Some(Room::People), lede, actions, body, ..Page::new("People") }))
}

/// `GET /people/invite`
pub(super) async fn invite(State(state): State<Arc<app::State>>, acting: Acting) -> Markup {
    drop(acting);
    form(&state, &Asked::default(), None)
}

/// `POST /people/invite`: the link is mailed, or shown on the answer, once, to be handed on.
pub(super) async fn take(State(state): State<Arc<app::State>>, acting: Acting, Form(pairs): Form<Pairs>) -> Result<Response, Error> {
    let asked = Asked::new(pairs);
    let new = NewUser {
        name: asked.one("name").unwrap_or_default(),
        email: asked.one("email").unwrap_or_default(),
        roles: roles(&asked),
        password: None,
    };
    let invited = if mails(&state) {
        let invited = people::invite_by_mail(&acting.record, &acting.actor, &acting.authority, &new).await;
        invited.map(|person| mailed(&state, &person.name, "seven days"))
    } else {
        let invited = people::invite(&acting.record, &acting.actor, &acting.authority, &new).await;
        invited.map(|(person, token)| handed_on(&state, &acting, &person.name, &token, "seven days"))
    };
    match invited {
        Ok(page) => Ok(page.into_response()),
        Err(service::Error::Unusable(problem)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&state, &asked, Some(&problem))).into_response())
        }
        Err(fault) => Err(fault.into()),
    }
}

fn roles(asked: &Asked) -> BTreeSet<Role> {
    asked.all("role").filter_map(|word| word.parse().ok()).collect()
}

fn role_choices(group: Group<'_>, held: &BTreeSet<Role>) -> Markup {
    let choice = |role: Role| Choice {
        state: if held.contains(&role) { Chosen::Yes } else { Chosen::No },
        ..Choice::new(role.name(), role.words())
    };
    // Whoever works for a provider is invited to it.
    let choices: Vec<Choice<'_>> = Role::ALL.into_iter().filter(|role| role.is_of_authority()).map(choice).collect();
    html! { (Checkboxes { group, arrangement: Arrangement::Stacked, choices: &choices }) }
}

fn form(state: &app::State, asked: &Asked, problem: Option<&str>) -> Markup {
    // Which field a sentence is about shows in its words: each names what to enter or choose.
    let about = |words: &str| problem.filter(|problem| problem.contains(words));
    let (name, email, role) = (about("name, in"), about("email address in"), about("role"));
    let href = if name.is_some() {
        "#name"
    } else if role.is_some() {
        "#role"
    } else {
        "#email"
    };
    let email_field = TextInput {
        kind: InputKind::Email,
        ..TextInput::new(Field { error: email, ..Field::new("email", "Email address at work") }, asked.one("email").unwrap_or_default())
    };
    let group = Group { hint: Some("What somebody may see and do follows from these."), error: role, ..Group::new("role", "Roles") };
    let body = html! {
        div class="pw-prose" {
            @if let Some(text) = problem { (ErrorSummary { description: None, problems: &[Problem { text, href: Some(href) }] }) }
            form action="/people/invite" method="post" novalidate {
                (door::form_token())
                (TextInput::new(Field { error: name, ..Field::new("name", "Name") }, asked.one("name").unwrap_or_default()))
                (email_field)
                (role_choices(group, &roles(asked)))
                (Button { text: "Make the invitation", look: Look::Primary, press: Press::Submit })
            }
        }
    };
    let title = if problem.is_some() { "Error: Invite somebody" } else { "Invite somebody" };
    layout(
        Some(&state.place),
        &Page { title: title.to_owned(), room: Some(Room::People), trail: TRAIL, body, ..Page::new("Invite somebody") },
    )
}

/// Whether links are mailed.
fn mails(state: &app::State) -> bool {
    state.record.as_ref().is_some_and(|opened| opened.post == Post::On)
}

/// A link that was mailed: nobody but its person sees it.
fn mailed(state: &app::State, name: &str, lasts: &str) -> Markup {
    let body = html! {
        div class="pw-prose" {
            p class="govuk-body" { "It is on its way to " (name) ". A link in it works once, for " (lasts) "." }
            p class="govuk-body" { a href="/people" { "Back to people" } }
        }
    };
    layout(Some(&state.place), &Page { room: Some(Room::People), trail: TRAIL, body, ..Page::new("The link is mailed") })
}

/// A link that was made, shown once.
fn handed_on(state: &app::State, acting: &Acting, name: &str, token: &Token, lasts: &str) -> Markup {
    let (whose, opened) = (&acting.authority, state.record.as_ref());
    // A link works where the authority that made it has its pages, and nowhere else.
    let is_here = opened.is_some_and(|opened| opened.authority.id == whose.id);
    let address = opened.filter(|_| is_here).and_then(|opened| opened.address.clone()).unwrap_or_default();
    let body = html! {
        div class="pw-prose" {
            p class="govuk-body" { "Send this link to " (name) " and to nobody else. It works once, for " (lasts) ", and is not shown again." }
            @if !is_here { p class="govuk-body" { "Put the address of the Placewell of " (whose.name) " before it: at this address the link opens nothing." } }
            (InsetText(html! { code class="pw-link" { (address) "/link/" (token.secret()) } }))
            p class="govuk-body" { a href="/people" { "Back to people" } }
        }
    };
    layout(Some(&state.place), &Page { room: Some(Room::People), trail: TRAIL, body, ..Page::new("The link is made") })
}
