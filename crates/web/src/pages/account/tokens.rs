//! Tokens by which programs act for somebody: making one, which shows its secret once, and ending one; one's own, and another's for administrators.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Id;
use domain::person::Person;
use maud::{Markup, html};
use service::people::{self, LONGEST_TOKEN, NewToken, ProgramToken};
use service::record::access::{Action, Role};

use super::button;
use crate::app;
use crate::asked::Asked;
use crate::door::{self, Acting};
use crate::error::Error;
use crate::govuk::{
    Arrangement, Button, Checkboxes, Choice, Chosen, Column, ErrorSummary, Field, FirstCell, Group, InputMode, InsetText, Look, Press,
    Problem, Size, Table, TextInput,
};
use crate::page::{Page, layout};
use crate::parts::Scroll;

type Pairs = Vec<(String, String)>;

/// Days that a token lasts unless somebody says otherwise.
const USUAL: u32 = 90;

/// Whose tokens a page is about.
struct Whose {
    person: Id<Person>,
    /// Nothing where they are one's own.
    name: Option<String>,
    roles: BTreeSet<Role>,
    /// Where the page is.
    here: String,
    /// Whether whoever looks may make and end them.
    writes: bool,
}

impl Whose {
    fn own(acting: &Acting) -> Self {
        let held = acting.actor.grants.iter().filter(|grant| grant.authority == acting.authority.id);
        let person = acting.signed.session.person.id;
        Self { person, name: None, roles: held.map(|grant| grant.role).collect(), here: "/account/tokens".to_owned(), writes: true }
    }

    async fn of(acting: &Acting, text: &str) -> Result<Self, Error> {
        let person: Id<Person> = text.parse().map_err(|_| Error::NotFound)?;
        let all = people::users(&acting.record, &acting.actor, &acting.authority).await?;
        let (known, roles) = all.into_iter().find(|(known, _)| known.person.id == person).ok_or(Error::NotFound)?;
        let (name, here, writes) = (Some(known.person.name), format!("/people/{person}/tokens"), acting.may(Action::UserChange));
        Ok(Self { person, name, roles, here, writes })
    }
}

/// `GET /account/tokens`
pub(in crate::pages) async fn own(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Response, Error> {
    page(&state, &acting, &Whose::own(&acting), &Asked::default(), None).await
}

/// `POST /account/tokens`
pub(in crate::pages) async fn make_own(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    make(&state, &acting, &Whose::own(&acting), pairs).await
}

/// `POST /account/tokens/{id}/end`
pub(in crate::pages) async fn end_own(acting: Acting, Path(id): Path<String>) -> Result<Response, Error> {
    end(&acting, &Whose::own(&acting), &id).await
}

/// `GET /people/{person}/tokens`
pub(in crate::pages) async fn of(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(person): Path<String>,
) -> Result<Response, Error> {
    page(&state, &acting, &Whose::of(&acting, &person).await?, &Asked::default(), None).await
}

/// `POST /people/{person}/tokens`
pub(in crate::pages) async fn make_of(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(person): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    make(&state, &acting, &Whose::of(&acting, &person).await?, pairs).await
}

/// `POST /people/{person}/tokens/{id}/end`
pub(in crate::pages) async fn end_of(acting: Acting, Path((person, id)): Path<(String, String)>) -> Result<Response, Error> {
    end(&acting, &Whose::of(&acting, &person).await?, &id).await
}

async fn make(state: &app::State, acting: &Acting, whose: &Whose, pairs: Pairs) -> Result<Response, Error> {
    let asked = Asked::new(pairs);
    let roles = asked.all("role").filter_map(|word| word.parse().ok()).collect();
    let days = asked.one("days").and_then(|text| text.parse().ok()).unwrap_or_default();
    let new = NewToken { name: asked.one("name").unwrap_or_default(), roles, days };
    match people::make_token(&acting.record, &acting.actor, &acting.authority, whose.person, &new).await {
        Ok(token) => Ok(shown_once(state, whose, new.name, &token.secret()).into_response()),
        Err(service::Error::Unusable(problem)) => {
            let field = match &problem {
                problem if problem.contains("role") => "role",
                problem if problem.contains("days") => "days",
                _ => "name",
            };
            page(state, acting, whose, &asked, Some((field, &problem))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn end(acting: &Acting, whose: &Whose, id: &str) -> Result<Response, Error> {
    let token: Id<ProgramToken> = id.parse().map_err(|_| Error::NotFound)?;
    people::end_token(&acting.record, &acting.actor, &acting.authority, whose.person, token).await?;
    Ok(Redirect::to(&whose.here).into_response())
}

fn trail<'a>(whose: &'a Whose, person: &'a str) -> Vec<(&'a str, &'a str)> {
    match &whose.name {
        None => vec![("Your account", "/account")],
        Some(name) => vec![("People", "/people"), (name, person)],
    }
}

async fn page(state: &app::State, acting: &Acting, whose: &Whose, asked: &Asked, problem: Option<(&str, &str)>) -> Result<Response, Error> {
    let tokens = people::program_tokens(&acting.record, &acting.actor, &acting.authority, whose.person).await?;
    let heading =
        whose.name.as_ref().map_or_else(|| "Your tokens for programs".to_owned(), |name| format!("Tokens for programs of {name}"));
    let body = html! {
        div class="pw-prose" {
            @if let Some((field, text)) = problem {
                (ErrorSummary { description: None, problems: &[Problem { text, href: Some(&format!("#{field}")) }] })
            }
            p class="govuk-body" {
                "A program that brings a token acts for its person, with the roles chosen here and no more. All that it reads and changes stands in the log with the token’s name."
            }
        }
        (table(acting, whose, &tokens))
        @if whose.writes { (form(whose, asked, problem)) }
    };
    let title = if problem.is_some() { format!("Error: {heading}") } else { heading.clone() };
    let person = format!("/people/{}", whose.person);
    let sheet = layout(Some(&state.place), &Page { title, trail: &trail(whose, &person), body, ..Page::new(heading) });
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, sheet).into_response())
}

fn table(acting: &Acting, whose: &Whose, tokens: &[ProgramToken]) -> Markup {
    let columns = ["Name", "Acts as", "Made", "Last used", "Ends", "End it"].map(Column::text);
    let row = |token: &ProgramToken| {
        let roles = token.roles.iter().map(|role| role.words()).collect::<Vec<_>>().join(", ");
        let end = format!("{}/{}/end", whose.here, token.id);
        vec![
            html! { (token.name) },
            html! { (roles) },
            html! { (acting.said(token.made_at)) },
            html! { @match token.seen_at { Some(at) => (acting.said(at)), None => "Never" } },
            html! { (acting.said(token.ends_at)) },
            html! { @if whose.writes { (button(&end, &format!("End {}", token.name), Look::Secondary)) } @else { "–" } },
        ]
    };
    let rows: Vec<Vec<Markup>> = tokens.iter().map(row).collect();
    let caption = "Tokens that open something";
    html! {
        @if rows.is_empty() {
            p class="govuk-body" { "No program has a token." }
        } @else {
            (Scroll { label: caption, body: html! { (Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows }) } })
        }
    }
}

fn form(whose: &Whose, asked: &Asked, problem: Option<(&str, &str)>) -> Markup {
    let error = |field: &str| problem.filter(|(of, _)| *of == field).map(|(_, text)| text);
    let taken: Vec<&str> = asked.all("role").collect();
    let roles: Vec<(String, &str)> = whose.roles.iter().map(|role| (role.to_string(), role.words())).collect();
    let state = |word: &str| if taken.contains(&word) { Chosen::Yes } else { Chosen::No };
    let choices: Vec<Choice<'_>> = roles.iter().map(|(word, text)| Choice { state: state(word), ..Choice::new(word, text) }).collect();
    let usual = USUAL.to_string();
    let most = format!("{LONGEST_TOKEN} at most");
    let name = Field { hint: Some("What the program is, as the log will say it"), error: error("name"), ..Field::new("name", "Name") };
    let days = Field { hint: Some(&most), error: error("days"), ..Field::new("days", "For how many days") };
    let group = Group { size: Size::Small, error: error("role"), ..Group::new("role", "As what the program acts") };
    html! {
        div class="pw-prose" {
            h2 class="govuk-heading-m" { "Make a token" }
            form action=(whose.here) method="post" novalidate {
                (door::form_token())
                (TextInput::new(name, asked.one("name").unwrap_or_default()))
                (Checkboxes { group, arrangement: Arrangement::Small, choices: &choices })
                (TextInput { mode: InputMode::Numeric, width: Some(3), ..TextInput::new(days, asked.one("days").unwrap_or(&usual)) })
                (Button { text: "Make the token", look: Look::Primary, press: Press::Submit })
            }
        }
    }
}

fn shown_once(state: &app::State, whose: &Whose, name: &str, secret: &str) -> Markup {
    let body = html! {
        div class="pw-prose" {
            (InsetText(html! { "Copy the token now: it is not shown again. Whoever has it acts for its person." }))
            p class="govuk-body" { code { (secret) } }
            p class="govuk-body" { "The program sends it with every request to an address under /api/, as the header " code { "Authorization: Bearer" } " and the token." }
            p class="govuk-body" { a href=(whose.here) { "Go to the tokens" } }
        }
    };
    let person = format!("/people/{}", whose.person);
    layout(Some(&state.place), &Page { trail: &trail(whose, &person), body, ..Page::new(format!("The token {name} is made")) })
}
