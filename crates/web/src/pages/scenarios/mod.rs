//! Scenarios: written in fields, kept under a name, opened again, given away and taken in as files.

mod builder;
mod fields;

use std::sync::Arc;

use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use service::holdings::Holding;
use service::scenarios::{self, Kept, Slug};

use super::forecast::{sub_navigation, without_returns};
use crate::app;
use crate::asked::Asked;
use crate::door::form_token;
use crate::error::Error;
use crate::govuk::{
    Button, Choice, ErrorSummary, Field, FileUpload, InsetText, Look, Press, Problem, Select, Size, SummaryList, SummaryRow,
};
use crate::page::{Page, Room, layout};
use crate::{sent, shown};

pub(super) use builder::{save, write};

/// Every scenario.
pub(crate) const PATH: &str = "/forecast/scenarios";

/// Where one is written.
const WRITE: &str = "/forecast/scenarios/write";

/// The way down to a scenario.
const TRAIL: &[(&str, &str)] = &[("Forecast", "/forecast"), ("Scenarios", PATH)];

/// `GET /forecast/scenarios`
pub(super) async fn list(State(state): State<Arc<app::State>>) -> Result<Response, Error> {
    let Some(holding) = &state.holding else { return Ok(layout(Some(&state.place), &without_returns()).into_response()) };
    Ok(listed(&state, holding, None)?.into_response())
}

/// `POST /forecast/scenarios/send`: takes in a TOML file, if it can be understood and no other has its name.
pub(super) async fn send(State(state): State<Arc<app::State>>, form: Multipart) -> Result<Response, Error> {
    let holding = state.holding.as_ref().ok_or(Error::NotFound)?;
    let refused = |problem: &str| Ok((StatusCode::UNPROCESSABLE_ENTITY, listed(&state, holding, Some(problem))?).into_response());
    let Some(sent) = sent::file(form).await? else { return refused("Choose a file") };
    let stem = sent.name.rsplit_once('.').map_or(sent.name.as_str(), |(stem, _)| stem);
    let Some(slug) = Slug::of(stem) else { return refused("Give the file a name with letters or digits, and send it again") };
    let kept = match scenarios::understand(slug, sent.bytes, holding) {
        Ok(kept) => kept,
        Err(fault) => return refused(&fault.to_string()),
    };
    let slug = Slug::of(&kept.saved.name).unwrap_or(kept.slug);
    if state.shelf.read(&slug)?.is_some() {
        return refused(&format!(
            "There is a scenario called “{}” already. Change the name in the file, or remove the other one first",
            kept.saved.name
        ));
    }
    state.shelf.write(&slug, &kept.bytes)?;
    Ok(Redirect::to(&address(&slug)).into_response())
}

/// `GET /forecast/scenarios/kept/{slug}`
pub(super) async fn show(State(state): State<Arc<app::State>>, Path(slug): Path<String>) -> Result<Markup, Error> {
    let holding = state.holding.as_ref().ok_or(Error::NotFound)?;
    let kept = find(&state, holding, &slug)?;
    Ok(layout(Some(&state.place), &page(holding, &kept)))
}

/// `GET /forecast/scenarios/kept/{slug}/scenario.toml`: the file that `forecast --scenario` and `gap --scenario` take.
pub(super) async fn take(State(state): State<Arc<app::State>>, Path(slug): Path<String>) -> Result<Response, Error> {
    let slug = Slug::parse(&slug).ok_or(Error::NotFound)?;
    let bytes = state.shelf.read(&slug)?.ok_or(Error::NotFound)?;
    let disposition = format!("attachment; filename=\"{}.toml\"", slug.as_str());
    Ok(([(CONTENT_TYPE, "application/toml".to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

/// `POST /forecast/scenarios/kept/{slug}/remove`
pub(super) async fn remove(State(state): State<Arc<app::State>>, Path(slug): Path<String>) -> Result<Redirect, Error> {
    state.shelf.remove(&Slug::parse(&slug).ok_or(Error::NotFound)?)?;
    Ok(Redirect::to(PATH))
}

/// The scenario of a name in an address.
pub(super) fn find(state: &app::State, holding: &Holding, slug: &str) -> Result<Kept, Error> {
    let missing = || Error::Missing(format!("There is no scenario called “{slug}”. See which there are under Scenarios."));
    Ok(scenarios::open(&*state.shelf, &Slug::parse(slug).ok_or_else(missing)?, holding)?)
}

/// The scenario that an address names under `scenario`.
pub(super) fn chosen(state: &app::State, holding: &Holding, asked: &Asked) -> Result<Option<Kept>, Error> {
    asked.one("scenario").map(|slug| find(state, holding, slug)).transpose()
}

/// The choice between them, for rooms that follow one.
pub(super) fn choice(state: &app::State, now: Option<&str>) -> Markup {
    let slugs = state.shelf.list().unwrap_or_default();
    let none = Choice::new("", "None: nothing is done").chosen_if(now.unwrap_or_default());
    let choices: Vec<Choice<'_>> = [none]
        .into_iter()
        .chain(slugs.iter().map(|slug| Choice::new(slug.as_str(), slug.as_str()).chosen_if(now.unwrap_or_default())))
        .collect();
    html! { (Select { field: Field { size: Size::Small, ..Field::new("scenario", "Scenario") }, choices: &choices }) }
}

pub(super) fn address(slug: &Slug) -> String {
    format!("{PATH}/kept/{}", slug.as_str())
}

fn listed(state: &app::State, holding: &Holding, problem: Option<&str>) -> Result<Markup, Error> {
    let all = scenarios::all(&*state.shelf, holding)?;
    let hint = "TOML, as this page gives it away and the commands forecast and gap take it.";
    let body = html! {
        @if let Some(text) = problem { (ErrorSummary { description: None, problems: &[Problem { text, href: Some("#file") }] }) }
        (sub_navigation(PATH))
        p { (Button { text: "Write a scenario", look: Look::Primary, press: Press::Follow(WRITE) }) }
        @if all.is_empty() {
            p class="govuk-body" { "There is none yet. A scenario says in your words what shall be different, from when and by how much; the forecast then follows it with the same luck, so that what differs is the scenario's alone." }
        } @else {
            ul class="govuk-list pw-scenarios" {
                @for (slug, kept) in &all {
                    li {
                        @match kept {
                            Ok(kept) => (one(holding, kept)),
                            Err(fault) => { strong { (slug.as_str()) } span class="pw-more" { "Its file cannot be used. " (fault) } },
                        }
                    }
                }
            }
        }
        h2 { "Take one in" }
        form action="/forecast/scenarios/send" method="post" enctype="multipart/form-data" {
            (form_token())
            (FileUpload { field: Field { hint: Some(hint), error: problem, ..Field::new("file", "Choose the file of a scenario") } })
            (Button { text: "Take it in", look: Look::Secondary, press: Press::Submit })
        }
    };
    let lede = html! { "What shall be different, from when and by how much: compared with the forecast in children and in pounds, and followed by the gap." };
    Ok(layout(
        Some(&state.place),
        &Page { title: "Scenarios".to_owned(), room: Some(Room::Forecast), lede, body, ..Page::new("Scenarios") },
    ))
}

fn one(holding: &Holding, kept: &Kept) -> Markup {
    let words: Vec<String> = kept.saved.scenario.levers.iter().map(scenarios::lever_in_words).collect();
    let changed = !kept.changes(holding).is_empty();
    html! {
        a href=(address(&kept.slug)) { (kept.saved.name) }
        span class="pw-more" { (words.join("; ")) @if changed { ". Something has changed since it was saved." } }
    }
}

fn page(holding: &Holding, kept: &Kept) -> Page<'static> {
    let changes = kept.changes(holding);
    let compare = Asked::default().with("with", kept.slug.as_str()).of(super::compare::PATH);
    let gap = Asked::default().with("scenario", kept.slug.as_str()).of(super::gap::PATH);
    let change = Asked::default().with("of", kept.slug.as_str()).of(WRITE);
    let file = format!("{}/scenario.toml", address(&kept.slug));
    let remove = format!("{}/remove", address(&kept.slug));
    let body = html! {
        (InsetText(html! {
            @if changes.is_empty() {
                "Nothing has changed since it was saved: the same question gives the same figures."
            } @else {
                @for change in &changes { (change) " " }
                "So the figures may differ from those of then."
            }
        }))
        h2 { "What it means" }
        (meaning(&kept.saved.scenario))
        (facts(kept))
        div class="govuk-button-group" {
            (Button { text: "Compare it with the forecast", look: Look::Primary, press: Press::Follow(&compare) })
            (Button { text: "Show the gap under it", look: Look::Secondary, press: Press::Follow(&gap) })
            (Button { text: "Change it", look: Look::Secondary, press: Press::Follow(&change) })
            (Button { text: "Download the file", look: Look::Secondary, press: Press::Follow(&file) })
            form action=(remove) method="post" { (form_token()) (Button { text: "Remove it", look: Look::Warning, press: Press::Submit }) }
        }
    };
    Page { title: kept.saved.name.clone(), room: Some(Room::Forecast), trail: TRAIL, body, ..Page::new(kept.saved.name.clone()) }
}

/// Each lever in a sentence, with what it does and does not do.
fn meaning(scenario: &scenarios::Scenario) -> Markup {
    html! {
        ol class="govuk-list govuk-list--number" {
            @for lever in &scenario.levers {
                li {
                    strong { (shown::capital(&scenarios::lever_in_words(lever))) } ", " (scenarios::dates_in_words(&lever.when)) "."
                    span class="pw-more" { (scenarios::Typed::of(lever).sort.meaning()) }
                }
            }
        }
    }
}

/// What it was saved with.
fn facts(kept: &Kept) -> Markup {
    let row = |key, value: Markup| SummaryRow { key, value, actions: &[] };
    let file = row("File", html! { (kept.slug.as_str()) ".toml, fingerprint " code { (&kept.saved.sha256[..16]) } });
    let facts: Vec<SummaryRow<'_>> = match &kept.basis {
        None => vec![file],
        Some(basis) => vec![
            row("Saved from", html! { (basis.from.long()) ", " (basis.months) " months ahead" }),
            row(
                "Returns then",
                html! { "until " (basis.returns_until.long()) ", fingerprint " code { (basis.returns_sha256.chars().take(16).collect::<String>()) } },
            ),
            row("Futures", html! { (shown::count(basis.paths as u64)) ", seed " (basis.seed) ", Placewell " (basis.placewell) }),
            file,
        ],
    };
    html! { h2 { "What it was saved with" } (SummaryList(&facts)) }
}
