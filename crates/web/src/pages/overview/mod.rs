//! The first page: the finding, four figures, two charts, and what needs attention.

mod attention;
mod charts;
mod figures;
mod published;

use std::sync::Arc;

use axum::extract::State;
use domain::Day;
use maud::{Markup, html};
use report::block::Block;
use report::html::{self as blocks, Links};
use service::cohorts::{Cohort, Request};
use service::holdings::Holding;
use service::record::access::Action;

use crate::door;
use crate::error::Error;
use crate::page::{Page, Room, layout};
use crate::{app, shown};

/// `GET /`
pub(super) async fn show(State(state): State<Arc<app::State>>) -> Result<Markup, Error> {
    match (&state.holding, state.profile.area) {
        (Some(holding), _) => from_returns(&state, holding),
        (None, Some(area)) => published::page(&state, area),
        (None, None) => Ok(nothing_yet(&state)),
    }
}

/// The children on each 31 March that the returns cover, oldest first.
struct Years(Vec<(u32, Arc<Cohort>)>);

impl Years {
    fn read(state: &app::State, holding: &Holding) -> Result<Self, Error> {
        let Some((first, last)) = holding.read.history.covers else { return Ok(Self(Vec::new())) };
        let years = (first.year()..=last.year()).filter(|&year| (first..=last).contains(&Day::year_end(year)));
        let cohort = |year: u32| {
            let request = Request { on: Some(Day::year_end(year)), ..Request::default() };
            Ok::<_, Error>((year, state.cohort(holding, &request)?))
        };
        Ok(Self(years.map(cohort).collect::<Result<_, _>>()?))
    }

    fn newest(&self) -> Option<&(u32, Arc<Cohort>)> {
        self.0.last()
    }

    fn before(&self) -> Option<&(u32, Arc<Cohort>)> {
        self.0.iter().rev().nth(1)
    }
}

fn from_returns(state: &app::State, holding: &Holding) -> Result<Markup, Error> {
    let years = Years::read(state, holding)?;
    let Some((year, newest)) = years.newest() else { return Ok(no_year_end(state)) };
    let asks = door::reader().is_none_or(|acting| acting.may(Action::AnalysisRead));
    let links = if asks { Links::Under("/why/".to_owned()) } else { Links::Nowhere };
    let body = html! {
        (blocks::block(&Block::KeyFigures(figures::four(state, *year, newest)), &links))
        div class="pw-row" {
            div class="pw-6" { div class="pw-panel" { (blocks::block(&Block::Chart(charts::children(&years)), &Links::Nowhere)) } }
            div class="pw-6" { div class="pw-panel" { (blocks::block(&Block::Chart(charts::homes(&years)), &Links::Nowhere)) } }
        }
        div class="pw-row" {
            div class="pw-8" { (figures::all(state, *year, newest)) }
            div class="pw-4" { (attention::panel(holding, &*state.check(holding, None)?)) }
        }
    };
    let children = count(newest);
    let heading = format!("{} in our care", shown::counted(children, "child", "children"));
    let page = Page { title: "Overview".to_owned(), room: Some(Room::Overview), lede: lede(&years, newest), body, ..Page::new(heading) };
    Ok(layout(Some(&state.place), &page))
}

fn count(cohort: &Cohort) -> u64 {
    cohort.breakdowns.first().map_or(0, |breakdown| breakdown.total)
}

/// The change on the year, and how it came about.
fn lede(years: &Years, newest: &Cohort) -> Markup {
    let flow = |id: &str| newest.measures.iter().find(|one| one.id == id).and_then(|one| one.numerator);
    let flows = flow("M02a").zip(flow("M02b"));
    html! {
        "On " (newest.on.long())
        @if let Some((_, before)) = years.before() {
            @let (now, then) = (count(newest), count(before));
            @if now == then { ": as many as a year ago" } @else { ": " (shown::count(now.abs_diff(then))) @if now > then { " more" } @else { " fewer" } " than a year ago" }
        }
        ". "
        @if let Some((started, ceased)) = flows {
            (shown::count(started)) " started and " (shown::count(ceased)) " ceased to be looked after in the year, each counted once however often they came or left."
        }
    }
}

fn no_year_end(state: &app::State) -> Markup {
    let body = html! {
        div class="pw-prose" {
            p class="govuk-body" { "The returns hold no complete year, so nothing can be shown for a 31 March." }
            p class="govuk-body" { "See " a href="/returns" { "what was read" } ", or add the file of a whole year to the folder and start again." }
        }
    };
    layout(Some(&state.place), &Page { room: Some(Room::Overview), body, ..Page::new("The returns hold no year end") })
}

fn nothing_yet(state: &app::State) -> Markup {
    let body = html! {
        div class="pw-prose" {
            p class="govuk-body" { "Placewell knows the published figures of every authority in England, and nothing yet of " (state.place.authority) "." }
            h2 { "What to do first" }
            ol class="govuk-list govuk-list--number" {
                li { "With returns: " code { "placewell serve FOLDER" } ", the folder that holds the SSDA903 files of one year or more." }
                li { "Without: " code { "placewell serve --authority NAME" } " for what is published about an authority." }
            }
            p class="govuk-body" { "Or " a href="/benchmarks?area=Nottingham" { "look at the published figures of any authority" } " now." }
        }
    };
    layout(Some(&state.place), &Page { room: Some(Room::Overview), body, ..Page::new("Nothing has been given yet") })
}
