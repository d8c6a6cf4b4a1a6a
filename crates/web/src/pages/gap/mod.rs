//! The sufficiency gap: need ahead against the homes that can be used, line by line, and what would close each (section 22G; dossier A059).

mod ask;
mod export;
pub(crate) mod line;
mod tables;

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use report::block::Block;
use report::html::{self as blocks, Links};
use service::gaps::{self, Found, Line};
use service::holdings::Holding;
use service::sheets::Sheet;
use service::work::{Job, Standing};

use super::files;
use super::forecast::work::{self, Answer};
use super::forecast::{sub_navigation, without_returns};
use crate::app;
use crate::asked::Asked;
use crate::error::Error;
use crate::govuk::{Button, InsetText, Look, Pagination, Press, SummaryList, SummaryRow};
use crate::page::{Page, Room, layout};
use crate::shown;
use ask::Ask;

pub(crate) use tables::whole;

/// The room's first page.
pub(crate) const PATH: &str = "/gap";

/// Lines on one page.
const A_PAGE: usize = 40;

type Pairs = Vec<(String, String)>;

/// `GET /gap?months=24&home=Foster+home&area=inside`
pub(super) async fn show(State(state): State<Arc<app::State>>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let Some(holding) = &state.holding else { return Ok(layout(Some(&state.place), &without_returns()).into_response()) };
    let Some(ask) = Ask::read(&state, holding, &Asked::new(pairs))? else {
        return Ok(layout(Some(&state.place), &without_homes()).into_response());
    };
    let page = match work::answer(&begin(&state, holding, &ask), "Need is being set against homes", &ask.asked.of(PATH)) {
        Answer::Done(found) => page(&state, &ask, &found)?,
        Answer::NotYet(page) => page,
        Answer::Refused(why) => return Err(Error::Unreadable(why)),
    };
    Ok(layout(Some(&state.place), &page).into_response())
}

/// `GET /gap.csv`: every line, those that the filter leaves out too.
pub(super) async fn csv(State(state): State<Arc<app::State>>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let holding = state.holding.as_ref().ok_or(Error::NotFound)?;
    let ask = Ask::read(&state, holding, &Asked::new(pairs))?.ok_or_else(no_homes)?;
    match begin(&state, holding, &ask).standing() {
        Standing::Done(found) => Ok(export::lines(found)),
        // The page says how far it is.
        _ => Ok(Redirect::to(&ask.asked.of(PATH)).into_response()),
    }
}

/// The work on the question that an address asks, for the API.
pub(crate) fn asked(state: &app::State, asked: &Asked) -> Result<Arc<Job<Found>>, Error> {
    let holding = state
        .holding
        .as_ref()
        .ok_or_else(|| Error::Missing("No returns have been given: start Placewell with their folder.".to_owned()))?;
    let ask = Ask::read(state, holding, asked)?.ok_or_else(no_homes)?;
    Ok(begin(state, holding, &ask))
}

fn no_homes() -> Error {
    Error::Missing("No file of homes has been given. Open /gap and give one.".to_owned())
}

fn begin(state: &app::State, holding: &Arc<Holding>, ask: &Ask) -> Arc<Job<Found>> {
    let (holding, asked) = (Arc::clone(holding), ask.clone());
    state.gaps.find_or_begin(&ask.key(), move |progress| gaps::ahead(&holding, &asked.request, &asked.question(), progress))
}

/// What to do first.
fn without_homes() -> Page<'static> {
    let body = html! {
        (sub_navigation(PATH))
        p class="govuk-body" {
            "The returns say how many children will need which home. To say what is missing, Placewell must know which homes you can use. "
            (Sheet::Supply.about())
        }
        (files::form(Sheet::Supply, PATH, None))
    };
    Page { title: "Gap".to_owned(), room: Some(Room::Forecast), body, ..Page::new("Which homes can you use?") }
}

fn page(state: &app::State, ask: &Ask, found: &Found) -> Result<Page<'static>, Error> {
    let plain = |block: Block| blocks::block(&block, &Links::Nowhere);
    let lines: Vec<&Line> = found.gap.lines.iter().filter(|line| ask.admits(line)).collect();
    let body = html! {
        (sub_navigation(PATH))
        @for warning in &found.warnings { (InsetText(html! { (warning) })) }
        div class="pw-filtered" {
            (ask.panel(state))
            div {
                (listed(ask, found, &lines)?)
                (plain(Block::Table(tables::topics(found))))
                h2 { "What history cannot tell" }
                p class="govuk-body" { (tables::constrained(found)) }
                (plain(Block::Table(tables::moves(found))))
                @if let Some(table) = tables::ending(found) { (plain(Block::Table(table))) }
                (files::findings(&found.findings))
                (facts(state, ask, found))
            }
        }
    };
    let lede = html! {
        "Children who are expected to need a home up to " (found.gap.date.long()) ", set against the places that can be used then, each line on the date on which "
        "it is worst. Short is whoever is left without one when all have shared what there is; the chance is the share of "
        (shown::count(found.paths as u64)) " futures with any."
    };
    let (csv, json) = (ask.asked.of("/gap.csv"), ask.asked.of("/api/v1/gap"));
    let actions = html! {
        (Button { text: "Download CSV", look: Look::Secondary, press: Press::Follow(&csv) })
        (Button { text: "JSON", look: Look::Secondary, press: Press::Follow(&json) })
    };
    Ok(Page { title: "Gap".to_owned(), room: Some(Room::Forecast), lede, actions, body, ..Page::new(tables::finding(found, &lines)) })
}

/// The lines that fit the choices, the greatest expected shortfall first.
fn listed(ask: &Ask, found: &Found, lines: &[&Line]) -> Result<Markup, Error> {
    if lines.is_empty() {
        return Ok(html! { p class="govuk-body" { "No child is expected to need such a home. Remove a choice." } });
    }
    let last = lines.len().div_ceil(A_PAGE);
    let page = ask.asked.number::<usize>("page")?.unwrap_or(1).clamp(1, last);
    let start = (page - 1) * A_PAGE;
    let here = &lines[start..lines.len().min(start + A_PAGE)];
    let caption = if last == 1 {
        "The gap, the greatest expected shortfall first".to_owned()
    } else {
        format!("The gap, lines {} to {} of {}, the greatest expected shortfall first", start + 1, start + here.len(), lines.len())
    };
    Ok(html! {
        (tables::lines(ask, found, &caption, here))
        @if let Some(pagination) = Pagination::of(page, last, |page| ask.asked.with("page", &page.to_string()).of(PATH)) { (pagination) }
    })
}

/// What the numbers rest on.
fn facts(state: &app::State, ask: &Ask, found: &Found) -> Markup {
    let row = |key, value: Markup| SummaryRow { key, value, actions: &[] };
    let here = ask.asked.of(PATH);
    let by_home = |part: &[f64; 5]| {
        let above = part.iter().zip(gaps::Home::ALL).filter(|(share, _)| **share > 0.0);
        above.map(|(share, home)| format!("{} {}", home.name(), shown::share_of(*share))).collect::<Vec<_>>().join(", ")
    };
    let (shared, complex) = (by_home(&found.gap.terms.shares), by_home(&found.gap.terms.complex));
    let facts = [
        row("Known until", html! { (found.from.long()) }),
        row("Homes", files::line(state, Sheet::Supply, &here)),
        row("Requests", files::line(state, Sheet::Requests, &here)),
        row("Share of shared homes", html! { @if shared.is_empty() { "no home is shared" } @else { (shared) } }),
        row(
            "Places of ordinary homes that take complex need",
            html! { @if complex.is_empty() { "none: no child there has it today" } @else { (complex) ", as many as of today's children there who have no specialist place have it" } },
        ),
        row("Futures", html! { (shown::count(found.paths as u64)) " drawn, seed " (found.seed) }),
        row("Inputs", html! { "The same inputs and question give the same numbers: " code { (&found.sha256[..16]) } }),
    ];
    html! { h2 { "What this rests on" } (SummaryList(&facts)) }
}
