//! One file or folder a page: ask the service, lay out what it says.

mod about_the_data;
mod accessibility;
mod ahead;
mod benchmarks;
mod blocks;
mod children;
mod compare;
mod files;
mod forecast;
mod gap;
mod market;
mod money;
mod notices;
mod overview;
mod returns;
mod scenarios;
mod statement;
mod why;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::app::State;
use crate::asked::Asked;
use crate::error::Error;
use crate::sent::MOST_BYTES;

pub(crate) use benchmarks::{Listed, request as benchmark_request};
pub(crate) use blocks::body as beds_asked;
pub(crate) use forecast::{
    asked as forecast_asked,
    record::begin as backtest_begun,
    work::{Waited, card as forecast_card, wait},
};
pub(crate) use gap::asked as gap_asked;
pub(crate) use money::answered as money_answered;
pub(crate) use money::save::answered as saving_answered;
pub(crate) use returns::Choice as FindingsChoice;

/// Every page that is shipped, for [`crate::surround`].
pub fn routes() -> Router<Arc<State>> {
    Router::new()
        .route("/", get(overview::show))
        .route("/children", get(children::measures))
        .route("/children/profile", get(children::profile))
        .route("/children/flows", get(children::flows))
        .route("/children.csv", get(children::csv))
        .route("/why/{measure}", get(why::show))
        .route("/why/{measure}/rows.csv", get(why::rows_csv))
        .route("/benchmarks", get(benchmarks::show))
        .route("/benchmarks.csv", get(benchmarks::csv))
        .route("/market", get(market::show))
        .route("/forecast", get(forecast::show))
        .route("/forecast.csv", get(forecast::csv))
        .route("/forecast/stop", post(forecast::work::stop))
        .route("/forecast/stopped", get(forecast::work::stopped))
        .route("/forecast/record", get(forecast::record::show))
        .route("/forecast/scenarios", get(scenarios::list))
        .route("/forecast/scenarios/write", get(scenarios::write).post(scenarios::save))
        .route("/forecast/scenarios/send", post(scenarios::send).layer(DefaultBodyLimit::max(MOST_BYTES)))
        .route("/forecast/scenarios/kept/{slug}", get(scenarios::show))
        .route("/forecast/scenarios/kept/{slug}/scenario.toml", get(scenarios::take))
        .route("/forecast/scenarios/kept/{slug}/remove", post(scenarios::remove))
        .route("/forecast/compare", get(compare::show))
        .route("/forecast/compare.csv", get(compare::csv))
        .route("/forecast/money", get(money::show))
        .route("/forecast/money.csv", get(money::csv))
        .route("/forecast/money/save", get(money::save::show))
        .route("/blocks", get(blocks::show))
        .route("/blocks.csv", get(blocks::csv))
        .route("/gap", get(gap::show))
        .route("/gap/line", get(gap::line::show))
        .route("/gap.csv", get(gap::csv))
        .route("/files/{sheet}", get(files::show).post(files::hold).layer(DefaultBodyLimit::max(MOST_BYTES)))
        .route("/files/{sheet}/sample.csv", get(files::sample))
        .route("/statement", get(statement::show))
        .route("/statement/why", get(statement::why))
        .route("/statement/{file}", get(statement::take))
        .route("/returns", get(returns::show))
        .route("/returns/findings", get(returns::findings))
        .route("/returns/changes", get(returns::changes))
        .route("/returns/rules", get(returns::rules))
        .route("/returns/findings.csv", get(returns::csv))
        .route("/returns/findings.xlsx", get(returns::workbook))
        .route("/returns/children/{place}", get(returns::child))
        .route("/returns/rules/{code}", get(returns::rule))
        .route("/about-the-data", get(about_the_data::show))
        .route("/accessibility", get(accessibility::show))
        .route("/notices", get(notices::show))
}

/// The question about children that an address asks, for the API.
pub(crate) fn cohort_question(asked: &Asked) -> Result<children::question::Question, Error> {
    children::question::Question::read(asked)
}
