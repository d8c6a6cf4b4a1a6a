//! Where a scenario is written. The form asks by address while it is written, so that every state can be gone back to and nothing typed is lost;
//! only saving is sent.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Day;
use maud::{Markup, html};
use service::holdings::Holding;
use service::scenarios::{self, Part, Problem, Scenario, Slug, Sort, Typed};

use super::fields;
use super::{TRAIL, WRITE, address, find, meaning};
use crate::app;
use crate::asked::Asked;
use crate::door;
use crate::error::Error;
use crate::govuk::{self, Button, Choice, ErrorSummary, Field, Look, Press, Select, TextInput};
use crate::page::{Page, Room, layout};
use crate::pages::forecast::without_returns;

type Pairs = Vec<(String, String)>;

/// How far the forecast of a scenario reaches unless another reach is asked for.
const MONTHS: u32 = 24;

/// Longest name of a scenario.
const LONGEST_NAME: usize = 60;

/// What stands in the form.
struct Draft {
    name: String,
    levers: Vec<Typed>,
    /// The scenario that is being changed.
    of: Option<Slug>,
}

/// `GET /forecast/scenarios/write?name=…&lever-1-kind=…`
pub(in crate::pages) async fn write(State(state): State<Arc<app::State>>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let Some(holding) = &state.holding else { return Ok(layout(Some(&state.place), &without_returns()).into_response()) };
    let asked = Asked::new(pairs);
    if let Some(slug) = asked.one("of").filter(|_| ["name", "do", "lever-1-kind"].iter().all(|field| asked.one(field).is_none())) {
        let kept = find(&state, holding, slug)?;
        let levers: Vec<Typed> = kept.saved.scenario.levers.iter().map(Typed::of).collect();
        return Ok(to(&Draft { name: kept.saved.name, levers, of: Some(kept.slug) }, "").into_response());
    }
    let mut draft = Draft::read(&asked);
    if let Some(number) = asked.number::<usize>("remove")? {
        if (1..=draft.levers.len()).contains(&number) {
            draft.levers.remove(number - 1);
        }
        return Ok(to(&draft, "").into_response());
    }
    if asked.one("do") == Some("add") {
        if let Some(sort) = asked.one("add").and_then(Sort::named).filter(|_| draft.levers.len() < fields::MOST) {
            draft.levers.push(Typed::new(sort));
        }
        return Ok(to(&draft, &format!("#lever-{}", draft.levers.len())).into_response());
    }
    // A lever that was only just added is not held against anybody.
    let problems = match draft.understood(holding) {
        Err(problems) if asked.one("do").is_some() => problems,
        _ => Vec::new(),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page(&state, holding, &draft, &problems)).into_response())
}

/// `POST /forecast/scenarios/write`: keeps the scenario under its name, with what it rests on.
pub(in crate::pages) async fn save(State(state): State<Arc<app::State>>, Form(pairs): Form<Pairs>) -> Result<Response, Error> {
    let holding = state.holding.as_ref().ok_or(Error::NotFound)?;
    let draft = Draft::read(&Asked::new(pairs));
    let mut problems = Vec::new();
    let slug = Slug::of(&draft.name);
    match &slug {
        None => problems.push(whole("Enter a name, such as More carers of our own")),
        Some(_) if draft.name.chars().count() > LONGEST_NAME => {
            problems.push(whole(&format!("Shorten the name to {LONGEST_NAME} letters: it stands on charts")));
        }
        Some(slug) if draft.of.as_ref() != Some(slug) && state.shelf.read(slug)?.is_some() => {
            problems.push(whole("There is a scenario of this name already. Take another name, or open that one and change it"));
        }
        Some(_) => {}
    }
    match (draft.understood(holding), slug) {
        (Ok(scenario), Some(slug)) if problems.is_empty() => {
            let basis = scenarios::basis(holding, &scenario, known(holding), MONTHS);
            scenarios::keep(&*state.shelf, &slug, &draft.name, &scenario, &basis)?;
            if let Some(before) = draft.of.filter(|before| *before != slug) {
                state.shelf.remove(&before)?;
            }
            return Ok(Redirect::to(&address(&slug)).into_response());
        }
        (Err(found), _) => problems.extend(found),
        (Ok(_), _) => {}
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&state, holding, &draft, &problems)).into_response())
}

fn whole(sentence: &str) -> Problem {
    Problem { lever: None, part: Part::Name, sentence: sentence.to_owned() }
}

/// The last day that is known.
fn known(holding: &Holding) -> Day {
    holding.known_until().unwrap_or_else(|| Day::year_end(2000))
}

/// The address of a draft.
fn to(draft: &Draft, fragment: &str) -> Redirect {
    let mut asked = Asked::default();
    if !draft.name.is_empty() {
        asked = asked.with("name", &draft.name);
    }
    if let Some(slug) = &draft.of {
        asked = asked.with("of", slug.as_str()).with("do", "write");
    }
    Redirect::to(&format!("{}{fragment}", fields::written(asked, &draft.levers).of(WRITE)))
}

impl Draft {
    fn read(asked: &Asked) -> Self {
        Self {
            name: asked.one("name").unwrap_or_default().to_owned(),
            levers: fields::read(asked),
            of: asked.one("of").and_then(Slug::parse),
        }
    }

    fn understood(&self, holding: &Holding) -> Result<Scenario, Vec<Problem>> {
        let name = if self.name.is_empty() { "This scenario" } else { &self.name };
        scenarios::understand_typed(name, &self.levers, known(holding))
    }
}

fn page(state: &app::State, holding: &Holding, draft: &Draft, problems: &[Problem]) -> Markup {
    let places: Vec<String> = problems.iter().map(fields::place).collect();
    let summary: Vec<govuk::Problem<'_>> =
        problems.iter().zip(&places).map(|(problem, place)| govuk::Problem { text: &problem.sentence, href: Some(place) }).collect();
    let name_error = problems.iter().find(|problem| problem.lever.is_none()).map(|problem| problem.sentence.as_str());
    let understood = draft.understood(holding).ok();
    let token = door::form_token_value();
    let pair = token.as_deref().map(|token| (door::FORM_TOKEN, token));
    let body = html! {
        @if !summary.is_empty() { (ErrorSummary { description: None, problems: &summary }) }
        form action=(WRITE) method="get" novalidate {
            @if let Some(slug) = &draft.of { input type="hidden" name="of" value=(slug.as_str()); }
            (TextInput { width: Some(30), ..TextInput::new(Field { error: name_error, hint: Some("It stands on charts and names the file."), ..Field::new("name", "Name of the scenario") }, &draft.name) })
            @if !draft.levers.is_empty() {
                // The first button of a form is the one that the key Enter presses.
                p { (Button { text: "Check what it means", look: Look::Secondary, press: Press::SubmitAs { name: "do", value: Some("check") } }) }
            }
            @for (typed, number) in draft.levers.iter().zip(1..) {
                (fields::lever(number, typed, problems))
            }
            @if let Some(scenario) = &understood {
                section class="pw-panel" aria-labelledby="meaning" { h2 id="meaning" { "What it means" } (meaning(scenario)) }
            }
            (adding(draft))
            @if !draft.levers.is_empty() {
                p class="pw-onward" { (Button { text: "Save this scenario", look: Look::Primary, press: Press::Post(pair) }) }
            }
        }
    };
    let heading = if draft.of.is_some() { "Change a scenario" } else { "Write a scenario" };
    let lede = html! {
        "Add one lever for each thing that shall be different. What is known ends on " (known(holding).long())
        ", so levers begin later. Nothing is kept until you save it."
    };
    layout(Some(&state.place), &Page { room: Some(Room::Forecast), trail: TRAIL, lede, body, ..Page::new(heading) })
}

/// The choice of one more lever.
fn adding(draft: &Draft) -> Markup {
    let choices = Sort::ALL.map(|sort| Choice::new(sort.word(), sort.label()));
    html! {
        @if draft.levers.len() < fields::MOST {
            (Select { field: Field::new("add", if draft.levers.is_empty() { "What shall be different?" } else { "What else shall be different?" }), choices: &choices })
            (Button { text: "Add this lever", look: if draft.levers.is_empty() { Look::Primary } else { Look::Secondary }, press: Press::SubmitAs { name: "do", value: Some("add") } })
        } @else {
            p class="govuk-body" { "A scenario has " (fields::MOST) " levers at most. Write a second one for the rest, and compare the two." }
        }
    }
}
