//! Scenarios beside the forecast: in children and in pounds. Plan, forecast and target are three lines and never one (dossier A065-A066).

mod ask;
mod drawing;
mod export;
mod tables;

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use report::block::Block;
use report::html::{self as blocks, Links};
use service::comparisons::{self, Compared};
use service::forecasts::Forecast;
use service::holdings::Holding;
use service::sheets::Sheet;

use super::forecast::work::{self, Answer};
use super::forecast::{sub_navigation, without_returns};
use super::{files, scenarios};
use crate::app;
use crate::asked::Asked;
use crate::error::Error;
use crate::govuk::{Button, InsetText, Look, Press, SummaryList, SummaryRow};
use crate::page::{Page, Room, layout};
use ask::Ask;

pub(super) const PATH: &str = "/forecast/compare";

type Pairs = Vec<(String, String)>;

/// Everything that a page of the comparison shows.
struct Sides {
    base: Arc<Forecast>,
    others: Vec<Arc<Forecast>>,
    compared: Arc<Compared>,
}

/// `GET /forecast/compare?with=a&with=b&group=Supported+accommodation`
pub(super) async fn show(State(state): State<Arc<app::State>>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let Some(holding) = &state.holding else { return Ok(layout(Some(&state.place), &without_returns()).into_response()) };
    let ask = Ask::read(&state, holding, &Asked::new(pairs))?;
    if ask.kept.is_empty() {
        return Ok(layout(Some(&state.place), &nothing_chosen(&state, &ask)).into_response());
    }
    let page = match sides(&state, holding, &ask)? {
        Answer::Done(sides) => page(&state, &ask, &sides),
        Answer::NotYet(page) => page,
        Answer::Refused(why) => return Err(Error::Unreadable(why)),
    };
    Ok(layout(Some(&state.place), &page).into_response())
}

/// `GET /forecast/compare.csv`: every date, kind of home and scenario.
pub(super) async fn csv(State(state): State<Arc<app::State>>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let holding = state.holding.as_ref().ok_or(Error::NotFound)?;
    let ask = Ask::read(&state, holding, &Asked::new(pairs))?;
    match sides(&state, holding, &ask)? {
        Answer::Done(sides) => Ok(export::rows(&ask, &sides)),
        // The page says how far it is.
        _ => Ok(Redirect::to(&ask.asked.of(PATH)).into_response()),
    }
}

/// The base and each scenario, one after another; the first that is not there yet says how far it is.
fn sides(state: &app::State, holding: &Arc<Holding>, ask: &Ask) -> Result<Answer<Sides>, Error> {
    let requests: Vec<_> = [ask.base.clone()].into_iter().chain(ask.requests()).collect();
    // All are begun at once, so that one answer does not wait for a reader to ask for the next.
    let jobs: Vec<_> = requests.iter().map(|request| work::forecast(state, holding, request)).collect();
    let mut forecasts = Vec::with_capacity(jobs.len());
    for (at, job) in jobs.iter().enumerate() {
        let heading = format!("The futures of {} of {} are being drawn", at + 1, jobs.len());
        match work::answer(job, &heading, &ask.asked.of(PATH)) {
            Answer::Done(forecast) => forecasts.push(forecast),
            Answer::NotYet(page) => return Ok(Answer::NotYet(page)),
            Answer::Refused(why) => return Ok(Answer::Refused(why)),
        }
    }
    let mut key: Vec<String> = requests.iter().map(work::key).collect();
    key.extend(ask.prices.as_ref().map(|paper| paper.sha256.clone()));
    let base = forecasts.remove(0);
    let others: Vec<&Forecast> = forecasts.iter().map(AsRef::as_ref).collect();
    let prices = ask.prices.as_ref().map(|paper| paper.named());
    let compared = state.comparisons.find_or(key, || comparisons::compare(&base, &others, prices))?;
    Ok(Answer::Done(Arc::new(Sides { base, others: forecasts, compared })))
}

/// What to do first.
fn nothing_chosen(state: &app::State, ask: &Ask) -> Page<'static> {
    let body = html! {
        (sub_navigation(PATH))
        @if state.shelf.list().unwrap_or_default().is_empty() {
            p class="govuk-body" { "There is no scenario yet. Write one, then compare it with what is expected if nothing is done." }
            p { (Button { text: "Go to the scenarios", look: Look::Primary, press: Press::Follow(scenarios::PATH) }) }
        } @else {
            p class="govuk-body" { "Choose up to three scenarios. Each is drawn with the same luck as the forecast, future by future, so what differs is the scenario's alone." }
            div class="pw-filtered" { (ask.panel(state, &[])) div {} }
        }
    };
    Page { title: "Compare scenarios".to_owned(), room: Some(Room::Forecast), body, ..Page::new("Which scenarios shall be compared?") }
}

fn page(state: &app::State, ask: &Ask, sides: &Sides) -> Page<'static> {
    let plain = |block: Block| blocks::block(&block, &Links::Nowhere);
    let dates = sides.base.paths.as_ref().map_or(&[][..], |paths| &paths.dates);
    let body = html! {
        (sub_navigation(PATH))
        @for warning in sides.base.warnings.iter().chain(&sides.compared.warnings) { (InsetText(html! { (warning) })) }
        div class="pw-filtered" {
            (ask.panel(state, dates))
            div {
                (plain(Block::Chart(drawing::lines(ask, sides))))
                @for at in 0..sides.others.len() { (plain(Block::Chart(drawing::difference(ask, sides, at)))) }
                (plain(Block::Table(tables::children(ask, sides))))
                (pounds(state, ask, sides))
                (facts(ask, sides))
            }
        }
    };
    let csv = ask.asked.of("/forecast/compare.csv");
    let actions = html! { (Button { text: "Download CSV", look: Look::Secondary, press: Press::Follow(&csv) }) };
    let lede = html! {
        "The same futures with and without each scenario: luck cancels out, and what is left is what the scenario does. Forecast, plan and target are "
        "different kinds of number and never add up."
    };
    Page {
        title: "Compare scenarios".to_owned(),
        room: Some(Room::Forecast),
        lede,
        actions,
        body,
        ..Page::new(drawing::finding(ask, sides))
    }
}

fn pounds(state: &app::State, ask: &Ask, sides: &Sides) -> Markup {
    let plain = |block: Block| blocks::block(&block, &Links::Nowhere);
    html! {
        h2 { "In pounds" }
        @match tables::pounds(ask, sides) {
            Some(table) => (plain(Block::Table(table))),
            None => p class="govuk-body" { "No price is held, so what the scenarios cost is not known." },
        }
        p class="govuk-body" { "Prices: " (files::line(state, Sheet::Prices, &ask.asked.of(PATH))) }
    }
}

fn facts(ask: &Ask, sides: &Sides) -> Markup {
    let row = |key, value: Markup| SummaryRow { key, value, actions: &[] };
    let mut facts = vec![
        row("Known until", html! { (sides.base.request.from.long()) }),
        row("Futures", html! { (crate::shown::count(sides.base.request.paths as u64)) " drawn for each, seed " (sides.base.request.seed) }),
        row("Forecast", html! { code { (&sides.base.inputs_sha256[..16]) } }),
    ];
    for (kept, forecast) in ask.kept.iter().zip(&sides.others) {
        facts.push(row(
            &kept.saved.name,
            html! { a href=(scenarios::address(&kept.slug)) { "What it means" } ". Inputs " code { (&forecast.inputs_sha256[..16]) } },
        ));
    }
    html! { h2 { "What this rests on" } (SummaryList(&facts)) }
}
