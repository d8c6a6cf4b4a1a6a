//! How wrong forecasts from these returns would have been: the examiner's card, and what stands behind it.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use report::block::{Block, Cell, Column, Row, Table, Text};
use report::html::{self as blocks, Links};
use service::backtests::{self, Advice, Backtest, Competitor, Level, Mark};
use service::forecasts::{Forecast, TOTAL};
use service::work::{Job, Standing};

use super::ask::Ask;
use super::waiting;
use crate::app;
use crate::error::Error;
use crate::govuk::InsetText;
use crate::page::{Page, Room, layout};
use crate::shown;

pub(super) const PATH: &str = "/forecast/record";
const STOP: &str = "/forecast/record/stop";

/// Who is shown: the intervals that the sector's tool publishes are in the command's output, not here.
const SHOWN: [Competitor; 6] = [
    Competitor::Microsimulation,
    Competitor::Blend,
    Competitor::StockAndFlow,
    Competitor::StockAndFlowYear,
    Competitor::LastValue,
    Competitor::Drift,
];

/// `GET /forecast/record`
pub(crate) async fn show(State(state): State<Arc<app::State>>) -> Result<Response, Error> {
    if state.holding.is_none() {
        return Ok(layout(Some(&state.place), &super::without_returns()).into_response());
    }
    let job = begin(&state).ok_or(Error::NotFound)?;
    let page = match job.standing() {
        Standing::Done(backtest) => found(backtest),
        Standing::Running(done, of) => waiting::page("Past forecasts are being made again", PATH, STOP, (done, of)),
        Standing::Stopped => waiting::stopped(PATH),
        Standing::Failed(fault) => return Err(Error::Unreadable(fault.to_string())),
    };
    Ok(layout(Some(&state.place), &page).into_response())
}

/// `POST /forecast/record/stop`
pub(crate) async fn stop(State(state): State<Arc<app::State>>) -> Redirect {
    if let Some(job) = state.backtests.find(PATH) {
        job.stop();
    }
    Redirect::to("/forecast/stopped")
}

/// The examination of the returns, begun if it was not.
pub(crate) fn begin(state: &app::State) -> Option<Arc<Job<Backtest>>> {
    let holding = Arc::clone(state.holding.as_ref()?);
    Some(state.backtests.find_or_begin(PATH, move |progress| backtests::backtest(&holding, &backtests::Request::default(), progress)))
}

/// What the examiner says of forecasts that reach as far as this one: beside every forecast stands its record.
pub(super) fn card(state: &app::State, ask: &Ask, forecast: &Forecast) -> Markup {
    let level = if ask.group == TOTAL { Level::Total } else { Level::Types };
    let reach = forecast.outlook.points.last().map_or(0, |point| point.date.since(forecast.from));
    let Some(job) = begin(state) else { return html! {} };
    let said = match job.standing() {
        Standing::Done(backtest) => {
            let cards = backtest.cards.iter().map(|(_, card)| card).filter(|card| card.level == level);
            cards
                .min_by_key(|card| (card.horizon as i32 - reach).abs())
                .map_or_else(|| "The returns are too short to look back at a forecast.".to_owned(), backtests::sentence)
        }
        Standing::Failed(fault) => fault.to_string(),
        Standing::Running(..) | Standing::Stopped => "Past forecasts are still being made again, to see how wrong they were.".to_owned(),
    };
    html! { (InsetText(html! { (said) " " a href=(PATH) { "How wrong forecasts from these returns were" } "." })) }
}

fn found(backtest: &Backtest) -> Page<'static> {
    let plain = |block: Block| blocks::block(&block, &Links::Nowhere);
    let origins: Vec<String> = backtest.origins.iter().map(|day| day.long()).collect();
    let body = html! {
        (super::sub_navigation(PATH))
        div class="pw-prose" { (cards(backtest)) }
        (plain(Block::Table(table(backtest, "total-scores", "The number of children in care", |mark| mark.group == TOTAL))))
        (plain(Block::Table(table(backtest, "type-scores", "The number in each type of home", |mark| mark.group != TOTAL))))
        p class="govuk-body" {
            "Forecasts were made as if on " (origins.join(", ")) ", each with nothing but what was known that day, and compared with what came. "
            "CRPS is how far, in children, the whole forecast was from what came; smaller is nearer. Of a band that should hold 80 in 100, "
            "75 to 85 is as it should be."
        }
    };
    let lede = html! { "Every forecast carries this card. What was wrong before will be wrong again by about as much." };
    Page { title: "How wrong it was".to_owned(), room: Some(Room::Forecast), lede, body, ..Page::new(finding(backtest)) }
}

/// The error a year ahead, in the heading.
fn finding(backtest: &Backtest) -> String {
    let year = |mark: &&Mark| mark.horizon == 365 && mark.group == TOTAL && mark.competitor == Competitor::Microsimulation;
    backtest.marks.iter().find(year).map_or_else(
        || "Too little history to look back a year".to_owned(),
        |mark| format!("A year ahead, the forecast was wrong by {:.0} children on average", mark.summary.mae),
    )
}

fn cards(backtest: &Backtest) -> Markup {
    let year = backtest.cards.iter().filter(|(_, card)| card.horizon == 365);
    html! {
        ul class="govuk-list govuk-list--bullet" {
            @for (authority, card) in year {
                li { @if backtest.cards.iter().any(|(other, _)| other != authority) { (authority) ": " } (backtests::sentence(card)) }
            }
        }
        @if backtest.cards.iter().any(|(_, card)| card.level == Level::Total && matches!(card.advice, Advice::Blend { .. })) {
            p class="govuk-body" { strong { "At some distance ahead a simple forecast of the total was nearer than ours." } " Plan with the blend there." }
        }
    }
}

/// Scores pooled over the groups that `of` admits, by horizon and competitor.
fn table(backtest: &Backtest, id: &str, caption: &str, of: impl Fn(&Mark) -> bool) -> Table {
    let mut horizons: Vec<u32> = backtest.marks.iter().map(|mark| mark.horizon).collect();
    horizons.dedup();
    let row = |horizon: u32, competitor: Competitor| {
        let marks: Vec<&Mark> =
            backtest.marks.iter().filter(|mark| mark.horizon == horizon && mark.competitor == competitor && of(mark)).collect();
        let cells: usize = marks.iter().map(|mark| mark.summary.cells).sum();
        (cells > 0).then(|| {
            let mean =
                |value: fn(&Mark) -> f64| marks.iter().map(|mark| value(mark) * mark.summary.cells as f64).sum::<f64>() / cells as f64;
            let one = |number: f64| Cell::number(number, format!("{number:.1}"));
            let share = |share: f64| Cell::number(share * 100.0, shown::share_of(share));
            Row::new(vec![
                Cell::words(backtests::ahead(horizon)),
                Cell::words(backtests::plain_name(competitor)),
                one(mean(|mark| mark.summary.mae)),
                one(mean(|mark| mark.summary.bias)),
                one(mean(|mark| mark.summary.crps)),
                one(mean(|mark| mark.summary.width)),
                share(mean(|mark| mark.summary.covered[1])),
                share(mean(|mark| mark.summary.covered[2])),
            ])
        })
    };
    let heads = ["Mean miss", "Bias", "CRPS", "Width of 19 in 20", "Came in 80% band", "Came in 95% band"].map(Column::number);
    Table {
        id: id.to_owned(),
        caption: caption.to_owned(),
        columns: [Column::header("Ahead"), Column::words("Forecast")].into_iter().chain(heads).collect(),
        rows: horizons
            .iter()
            .flat_map(|&horizon| SHOWN.map(|competitor| (horizon, competitor)))
            .filter_map(|(horizon, competitor)| row(horizon, competitor))
            .collect(),
        note: Some(Text::plain(format!(
            "In children; {} futures drawn on each of {} past days.",
            shown::count(backtest.asked.paths as u64),
            backtest.origins.len()
        ))),
        source: Some("Own returns; examined by Placewell".to_owned()),
    }
}
