//! How wrong forecasts from these returns would have been: the examiner's card, and what stands behind it.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use report::block::{Block, Cell, Column, Row, Table, Text};
use report::html::{self as blocks, Links};
use service::forecasts::{self, Backtest, BacktestRequest, CAVEAT, ScoreLine, Split, TOTAL, TYPES};
use service::work::Job;

use super::ask::Ask;
use super::work::{self, Answer, Shown};
use crate::app;
use crate::error::Error;
use crate::govuk::InsetText;
use crate::page::{Page, Room, layout};
use crate::shown;

pub(super) const PATH: &str = "/forecast/record";

/// Who is shown, and as what; the intervals that the sector's tool publishes are in the command's output, not here.
const SHOWN: [(&str, &str); 6] = [
    ("microsimulation", "Child by child (ours)"),
    ("blend", "Blend of ours and simple ones"),
    ("stock-and-flow", "Stock and flow, all history"),
    ("stock-and-flow-12-months", "Stock and flow, last 12 months"),
    ("last-value", "Last value carried forward"),
    ("drift", "Past change carried on"),
];

/// `GET /forecast/record`
pub(crate) async fn show(State(state): State<Arc<app::State>>) -> Result<Response, Error> {
    if state.holding.is_none() {
        return Ok(layout(Some(&state.place), &super::without_returns()).into_response());
    }
    let job = begin(&state).ok_or(Error::NotFound)?;
    let page = match work::answer(&job, "Past forecasts are being made again", PATH) {
        Answer::Done(backtest) => found(&backtest),
        Answer::NotYet(page) => page,
        Answer::Refused(why) => return Err(Error::Unreadable(why)),
    };
    Ok(layout(Some(&state.place), &page).into_response())
}

/// The examination of the returns, begun if it was not.
pub(crate) fn begin(state: &app::State) -> Option<Arc<Job<Backtest>>> {
    let holding = Arc::clone(state.holding.as_ref()?);
    Some(state.backtests.find_or_begin(PATH, move |progress| {
        forecasts::backtest(&holding, &BacktestRequest { split: Split::Together, ..BacktestRequest::default() }, progress)
    }))
}

/// What the card says of forecasts that reach as far as this one: beside every forecast stands its record.
pub(super) fn card(ask: &Ask, shown: &Shown) -> Markup {
    let group = if ask.group == TOTAL { TOTAL } else { TYPES };
    let forecast = &shown.forecast;
    let reach = forecast.points.last().map_or(0, |point| point.date.since(forecast.request.from).max(0) as u32);
    let said = match shown.carried.as_ref() {
        Ok(carried) => carried.nearest(reach).find(|line| line.group == group).map_or_else(String::new, |line| line.says.clone()),
        Err(why) => why.clone(),
    };
    html! {
        (InsetText(html! {
            (said) " "
            @if shown.blends() { "The numbers here are the blend where the blend was nearer. " }
            a href=(PATH) { "How wrong forecasts from these returns were" } "."
        }))
    }
}

fn found(backtest: &Backtest) -> Page<'static> {
    let plain = |block: Block| blocks::block(&block, &Links::Nowhere);
    let origins: Vec<String> = backtest.origins.iter().map(|day| day.long()).collect();
    let body = html! {
        (super::sub_navigation(PATH))
        @for warning in &backtest.warnings { (InsetText(html! { (warning) })) }
        div class="pw-prose" { (cards(backtest)) }
        (plain(Block::Table(table(backtest, "total-scores", "The number of children in care", TOTAL))))
        (plain(Block::Table(table(backtest, "type-scores", "The number in each type of home", TYPES))))
        p class="govuk-body" {
            "Forecasts were made as if on " (origins.join(", ")) ", each with nothing but what was known that day, and compared with what came. "
            "CRPS is how far, in children, the whole forecast was from what came; smaller is nearer. Of a band that should hold 80 in 100, "
            "75 to 85 is as it should be. " (CAVEAT)
        }
    };
    let lede = html! { "Every forecast carries this card. What was wrong before will be wrong again by about as much." };
    Page { title: "How wrong it was".to_owned(), room: Some(Room::Forecast), lede, body, ..Page::new(finding(backtest)) }
}

/// The error a year ahead, in the heading.
fn finding(backtest: &Backtest) -> String {
    let year = |line: &&ScoreLine| line.horizon == Some(365) && line.group == TOTAL && line.model == SHOWN[0].0;
    of_all(backtest).find(year).map_or_else(
        || "Too little history to look back a year".to_owned(),
        |line| format!("A year ahead, the forecast was wrong by {:.0} children on average", line.summary.mae),
    )
}

/// The scores over every authority: of a single one, its own.
fn of_all(backtest: &Backtest) -> impl Iterator<Item = &ScoreLine> {
    let pooled = backtest.scores.iter().any(|line| line.authority.is_none());
    backtest.scores.iter().filter(move |line| !pooled || line.authority.is_none())
}

fn cards(backtest: &Backtest) -> Markup {
    let several = backtest.cards.iter().any(|line| line.authority != backtest.cards[0].authority);
    html! {
        ul class="govuk-list govuk-list--bullet" {
            @for line in &backtest.cards { li { @if several { (line.authority) ": " } (line.says) } }
        }
    }
}

/// Scores of the total, or of the types together, by horizon and forecast.
fn table(backtest: &Backtest, id: &str, caption: &str, group: &str) -> Table {
    let lines: Vec<&ScoreLine> = of_all(backtest).filter(|line| line.group == group).collect();
    let mut horizons: Vec<u32> = lines.iter().filter_map(|line| line.horizon).collect();
    horizons.dedup();
    let row = |horizon: u32, (model, name): (&str, &str)| {
        let score = lines.iter().find(|line| line.horizon == Some(horizon) && line.model == model)?.summary;
        let one = |number: f64| Cell::number(number, format!("{number:.1}"));
        let share = |share: f64| Cell::number(share * 100.0, shown::share_of(share));
        Some(Row::new(vec![
            Cell::words(format!("{horizon} days")),
            Cell::words(name),
            one(score.mae),
            one(score.bias),
            one(score.crps),
            one(score.width),
            share(score.covered[1]),
            share(score.covered[2]),
        ]))
    };
    let heads = ["Mean miss", "Bias", "CRPS", "Width of 19 in 20", "Came in 80% band", "Came in 95% band"].map(Column::number);
    let note = format!("In children, over {}.", shown::counted(backtest.origins.len() as u64, "past day", "past days"));
    Table {
        id: id.to_owned(),
        caption: caption.to_owned(),
        columns: [Column::header("Ahead"), Column::words("Forecast")].into_iter().chain(heads).collect(),
        rows: horizons
            .iter()
            .flat_map(|&horizon| SHOWN.map(|model| (horizon, model)))
            .filter_map(|(horizon, model)| row(horizon, model))
            .collect(),
        note: Some(Text::plain(note)),
        source: Some("Own returns; examined by Placewell".to_owned()),
    }
}
