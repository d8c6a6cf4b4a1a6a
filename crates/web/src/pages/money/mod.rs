//! Money ahead: what the nights of the forecast cost by financial year and kind of home, beside what the plan costs. The two are never added up
//! or set equal (dossier A066, F33).

mod ask;
pub(crate) mod save;
mod tables;

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use report::block::Block;
use report::html::{self as blocks, Links};
use service::forecasts::Forecast;
use service::holdings::Holding;
use service::plans;
use service::sheets::Sheet;
use service::spending::{self, Spending};
use service::work::Job;

use super::files;
use super::forecast::work::{self, Answer, Waited};
use super::forecast::{sub_navigation, without_returns};
use crate::app;
use crate::asked::Asked;
use crate::csv_file::csv_file;
use crate::error::Error;
use crate::govuk::{Button, ErrorSummary, InsetText, Look, Press, Problem, SummaryList, SummaryRow};
use crate::page::{Page, Room, layout};
use crate::shown;
use ask::Ask;

pub(crate) const PATH: &str = "/forecast/money";

type Pairs = Vec<(String, String)>;

/// `GET /forecast/money?months=24&rise=3&rise_on=2027-04-01`
pub(super) async fn show(State(state): State<Arc<app::State>>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let Some(holding) = &state.holding else { return Ok(layout(Some(&state.place), &without_returns()).into_response()) };
    let Some(ask) = Ask::read(&state, holding, &Asked::new(pairs))? else {
        return Ok(layout(Some(&state.place), &without_prices(PATH)).into_response());
    };
    if !ask.wrong.is_empty() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, layout(Some(&state.place), &wrong(&state, &ask))).into_response());
    }
    let page = match costed(&state, holding, &ask) {
        Answer::Done(spending) => page(&state, &ask, &spending),
        Answer::NotYet(page) => page,
        Answer::Refused(why) => return Err(Error::Unreadable(why)),
    };
    Ok(layout(Some(&state.place), &page).into_response())
}

/// `GET /forecast/money.csv`: every year and kind of home, pence unrounded.
pub(super) async fn csv(State(state): State<Arc<app::State>>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let holding = state.holding.as_ref().ok_or(Error::NotFound)?;
    let ask = Ask::read(&state, holding, &Asked::new(pairs))?.ok_or(Error::NotFound)?;
    let Answer::Done(spending) = costed(&state, holding, &ask) else {
        // The page says how far it is.
        return Ok(Redirect::to(&ask.asked.of(PATH)).into_response());
    };
    let rows = spending.ahead.years.iter().flat_map(|year| {
        year.groups.iter().map(|group| {
            let cost = group.cost.map(|cost| [cost.mean, cost.median, cost.eighty.0, cost.eighty.1].map(|pence| pence.to_string()));
            let words = [tables::period(year), year.covers.nights().to_string(), group.group.to_owned(), group.children.to_string()];
            words.into_iter().chain(cost.unwrap_or_default()).collect()
        })
    });
    let headings = ["period", "nights", "group", "children", "mean_pence", "median_pence", "lo80_pence", "hi80_pence"];
    Ok(csv_file(&format!("money-from-{}", ask.request.from), headings, rows))
}

/// The cost of the forecast: first its futures, then their nights.
fn costed(state: &app::State, holding: &Arc<Holding>, ask: &Ask) -> Answer<Spending> {
    let here = ask.asked.of(PATH);
    let forecast = match work::answer(&work::forecast(state, holding, &ask.request), "The futures are being drawn", &here) {
        Answer::Done(forecast) => forecast,
        Answer::NotYet(page) => return Answer::NotYet(page),
        Answer::Refused(why) => return Answer::Refused(why),
    };
    work::answer(&begin(state, ask, forecast), "The nights are being costed", &here)
}

fn begin(state: &app::State, ask: &Ask, forecast: Arc<Forecast>) -> Arc<Job<Spending>> {
    let asked = ask.clone();
    state.spendings.find_or_begin(&ask.key(), move |progress| {
        progress.set(0, 1);
        spending::ahead(&asked.question(&forecast)?)
    })
}

/// The cost of a question, for the API.
pub(crate) fn answered(state: &app::State, holding: &Arc<Holding>, asked: &Asked) -> Result<Waited<Arc<Spending>>, Error> {
    let missing = || Error::Missing("No file of prices has been given. Open /forecast/money and give one.".to_owned());
    let ask = Ask::read(state, holding, asked)?.ok_or_else(missing)?;
    match work::wait(&work::forecast(state, holding, &ask.request))? {
        Waited::Done(forecast) => work::wait(&begin(state, &ask, forecast)),
        Waited::Running(done, of) => Ok(Waited::Running(done, of)),
    }
}

/// What to do first.
fn without_prices(here: &str) -> Page<'static> {
    let body = html! {
        (sub_navigation(here))
        p class="govuk-body" { "The forecast says how many nights children will spend in which home. To say what they cost, Placewell must know your prices. " (Sheet::Prices.about()) }
        (files::form(Sheet::Prices, here, None))
    };
    Page { title: "Money ahead".to_owned(), room: Some(Room::Forecast), body, ..Page::new("What does a week cost?") }
}

/// The form with what is wrong in it.
fn wrong(state: &app::State, ask: &Ask) -> Page<'static> {
    let places: Vec<String> = ask.wrong.iter().map(|(field, _)| format!("#{field}")).collect();
    let problems: Vec<Problem<'_>> = ask.wrong.iter().zip(&places).map(|((_, text), href)| Problem { text, href: Some(href) }).collect();
    let body = html! {
        (ErrorSummary { description: None, problems: &problems })
        (sub_navigation(PATH))
        div class="pw-filtered" { (ask.panel(state)) div {} }
    };
    Page { title: "Money ahead".to_owned(), room: Some(Room::Forecast), body, ..Page::new("Money ahead") }
}

fn page(state: &app::State, ask: &Ask, spending: &Spending) -> Page<'static> {
    let plain = |block: Block| blocks::block(&block, &Links::Nowhere);
    let body = html! {
        (sub_navigation(PATH))
        @for warning in &spending.warnings { (InsetText(html! { (warning) })) }
        div class="pw-filtered" {
            (ask.panel(state))
            div {
                (plain(Block::Table(tables::years(spending))))
                (plain(Block::Chart(tables::kinds(spending))))
                (plain(Block::Table(tables::prices(&spending.used, &spending.missing))))
                @if let Some(table) = tables::held(spending) { (plain(Block::Table(table))) }
                (planned(state, ask))
                (files::findings(&spending.findings))
                (facts(state, ask, spending))
            }
        }
    };
    let (csv, json) = (ask.asked.of("/forecast/money.csv"), ask.asked.of("/api/v1/money"));
    let actions = html! {
        (Button { text: "Download CSV", look: Look::Secondary, press: Press::Follow(&csv) })
        (Button { text: "JSON", look: Look::Secondary, press: Press::Follow(&json) })
    };
    let lede = html! {
        "The nights of every future, each at the price of its kind of home. What has no price costs something that nobody knows: it is shown, and in no amount."
    };
    Page { title: "Money ahead".to_owned(), room: Some(Room::Forecast), lede, actions, body, ..Page::new(tables::finding(spending)) }
}

/// What the placement plan costs at the same prices, and why that changes; another kind of number than the forecast's.
fn planned(state: &app::State, ask: &Ask) -> Markup {
    let plain = |block: Block| blocks::block(&block, &Links::Nowhere);
    let costed = state.papers.find(Sheet::Plan).map(|plan| plans::cost(plan.named(), ask.prices.named(), ask.inflation));
    html! {
        h2 { "What the plan costs" }
        @match costed {
            None => p class="govuk-body" { "No placement plan is held. With one, this shows what it costs and why that changes: volume, mix, price and inflation." },
            Some(Err(fault)) => p class="govuk-body" { "The plan cannot be costed. " (fault) },
            Some(Ok(costed)) => {
                p class="govuk-body" { "A plan is chosen, a forecast is expected: the two stand beside each other and are never added up." }
                (plain(Block::Table(tables::plan(&costed))))
                @if let Some(table) = tables::bridge(&costed, ask.inflation) { (plain(Block::Table(table))) }
                @if let Some(table) = tables::step_downs(&costed) { (plain(Block::Table(table))) }
            },
        }
    }
}

fn facts(state: &app::State, ask: &Ask, spending: &Spending) -> Markup {
    let row = |key, value: Markup| SummaryRow { key, value, actions: &[] };
    let here = ask.asked.of(PATH);
    let facts = [
        row("Known until", html! { (ask.request.from.long()) }),
        row("Prices", files::line(state, Sheet::Prices, &here)),
        row("Contracts held", files::line(state, Sheet::Held, &here)),
        row("Plan", files::line(state, Sheet::Plan, &here)),
        row(
            "Rise of prices",
            html! { @match ask.rises.first() { Some(rise) => { (shown::plain(rise.percent)) "% on " (rise.on.long()) ", every kind" }, None => "none" } },
        ),
        row("Scenario", html! { @match &ask.request.scenario { Some(saved) => (saved.name), None => "none: nothing is done" } }),
        row("Inputs", html! { "The same inputs and question give the same numbers: " code { (&spending.sha256[..16]) } }),
    ];
    html! { h2 { "What this rests on" } (SummaryList(&facts)) }
}
