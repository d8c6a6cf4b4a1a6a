//! How many children will need which kind of home. Drawing a thousand futures takes longer than a page may, so it is a job: the address
//! is the question, and the same address shows how far the work is, then the answer.

mod ask;
mod drawing;
mod export;
pub(crate) mod record;
mod tables;
mod waiting;
pub(crate) mod work;

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use report::block::Block;
use report::html::{self as blocks, Links};
use service::forecasts::Forecast;
use service::holdings::Holding;
use service::work::Job;

use crate::app;
use crate::asked::Asked;
use crate::error::Error;
use crate::govuk::{Button, InsetText, Look, Press, SummaryList, SummaryRow};
use crate::page::{Page, Room, layout};
use crate::parts::{SubNavigation, SubPage};
use ask::Ask;
use work::{Answer, Shown};

/// The room's first page.
const PATH: &str = "/forecast";

type Pairs = Vec<(String, String)>;

/// `GET /forecast?months=24&group=Residential`
pub(super) async fn show(State(state): State<Arc<app::State>>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let Some(holding) = &state.holding else { return Ok(layout(Some(&state.place), &without_returns()).into_response()) };
    let ask = Ask::read(holding, &Asked::new(pairs))?;
    let page = match work::shown(&state, holding, &ask.request, &ask.asked.of(PATH)) {
        Answer::Done(shown) => found(holding, &ask, &shown),
        Answer::NotYet(page) => page,
        Answer::Refused(why) => return Err(Error::Unreadable(why)),
    };
    Ok(layout(Some(&state.place), &page).into_response())
}

/// `GET /forecast.csv`: every point of the same forecast.
pub(super) async fn csv(State(state): State<Arc<app::State>>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let holding = state.holding.as_ref().ok_or(Error::NotFound)?;
    let ask = Ask::read(holding, &Asked::new(pairs))?;
    match work::shown(&state, holding, &ask.request, &ask.asked.of(PATH)) {
        Answer::Done(shown) => Ok(export::points(&shown)),
        // The page says how far it is.
        Answer::NotYet(_) | Answer::Refused(_) => Ok(Redirect::to(&ask.asked.of("/forecast")).into_response()),
    }
}

/// The work on the question that an address asks, for the API: its forecast, and the numbers whose chance of being exceeded is asked.
pub(crate) fn asked(state: &app::State, holding: &Arc<Holding>, asked: &Asked) -> Result<(Arc<Job<Forecast>>, Vec<u32>), Error> {
    let ask = Ask::read(holding, asked)?;
    Ok((work::forecast(state, holding, &ask.request), ask.exceeds))
}

/// The pages of the room.
pub(crate) fn sub_navigation(here: &str) -> Markup {
    let pages = [
        SubPage { text: "Need ahead", href: PATH },
        SubPage { text: "Scenarios", href: super::scenarios::PATH },
        SubPage { text: "Compare", href: super::compare::PATH },
        SubPage { text: "Gap", href: super::gap::PATH },
        SubPage { text: "Block beds", href: super::blocks::PATH },
        SubPage { text: "Money ahead", href: super::money::PATH },
        SubPage { text: "Spend to save", href: super::money::save::PATH },
        SubPage { text: "How wrong it was", href: record::PATH },
    ];
    html! { (SubNavigation { label: "Forecast", pages: &pages, here }) }
}

pub(crate) fn without_returns() -> Page<'static> {
    let body = html! {
        p class="govuk-body" { "A forecast follows each child, so it needs the authority's own returns. Published figures hold no child's history." }
        p class="govuk-body" { "Start Placewell with the folder of returns: " code { "placewell serve" } " with " code { "returns" } " in its configuration." }
    };
    Page { title: "Forecast".to_owned(), room: Some(Room::Forecast), body, ..Page::new("No forecast without returns") }
}

fn found(holding: &Holding, ask: &Ask, shown: &Shown) -> Page<'static> {
    let plain = |block: Block| blocks::block(&block, &Links::Nowhere);
    let forecast = &shown.forecast;
    let body = html! {
        (sub_navigation(PATH))
        @for warning in &forecast.warnings { (InsetText(html! { (warning) })) }
        div class="pw-filtered" {
            (ask.panel(holding))
            div {
                (plain(Block::Chart(drawing::fan(ask, shown))))
                (record::card(ask, shown))
                (plain(Block::Table(tables::ahead(shown))))
                (facts(shown))
            }
        }
    };
    let (csv, paths) = (ask.asked.of("/forecast.csv"), ask.asked.of("/api/v1/forecast"));
    let actions = html! {
        (Button { text: "Download CSV", look: Look::Secondary, press: Press::Follow(&csv) })
        (Button { text: "JSON", look: Look::Secondary, press: Press::Follow(&paths) })
    };
    let lede = html! {
        "What would happen if children came, moved and left as they did before " (forecast.request.from.long())
        ". Half of all futures lie in the dark band, four in five in the middle one, nineteen in twenty in the light one."
    };
    Page { title: "Forecast".to_owned(), room: Some(Room::Forecast), lede, actions, body, ..Page::new(drawing::finding(ask, shown)) }
}

/// What the numbers rest on.
fn facts(shown: &Shown) -> Markup {
    let forecast = &shown.forecast;
    let blended = if shown.blends() { ", pooled with simple forecasts where the blend was nearer" } else { "" };
    let row = |key, value: Markup| SummaryRow { key, value, actions: &[] };
    let facts = [
        row("Known until", html! { (forecast.request.from.long()) }),
        row("Model", html! { (forecast.request.model.name()) (blended) }),
        row("Futures", html! { (crate::shown::count(forecast.request.paths as u64)) " drawn, seed " (forecast.request.seed) }),
        row("Who counts", html! { "Children looked after on the day, under 18, short breaks left out; by the placement of that day." }),
        row("Inputs", html! { "The same inputs and question give the same numbers: " code { (&forecast.inputs_sha256[..16]) } }),
    ];
    html! { h2 { "What this rests on" } (SummaryList(&facts)) }
}
