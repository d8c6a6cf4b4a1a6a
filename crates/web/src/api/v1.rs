//! The addresses of the API: the same questions as the pages', answered with the same bodies as the command line's.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Serialize;
use service::benchmarks;
use service::holdings::Holding;

use super::benchmark::Benchmark;
use super::measures::Measures;
use super::returns::Checked;
use crate::app;
use crate::asked::Asked;
use crate::error::Error;
use crate::pages::{FindingsChoice, benchmark_request, cohort_question};

/// Every route of the API.
pub fn routes() -> Router<Arc<app::State>> {
    Router::new().route("/api/v1/measures", get(measures)).route("/api/v1/benchmark", get(benchmark)).route("/api/v1/returns", get(returns))
}

/// `GET /api/v1/measures?on=2026-03-31&from=…&to=…&sex=female`
async fn measures(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    let holding = held(&state)?;
    let question = cohort_question(&Asked::new(pairs))?;
    let cohort = state.cohort(holding, &question.request)?;
    json(&Measures::new(&cohort, holding.read.history.rows))
}

/// `GET /api/v1/returns?rules=2026`: the check of the returns.
async fn returns(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    let holding = held(&state)?;
    let check = state.check(holding, FindingsChoice::read(&Asked::new(pairs))?.checked)?;
    json(&Checked::new(&check, None))
}

/// `GET /api/v1/benchmark?area=Nottingham&measure=children-looked-after&from=2016&to=2020&neighbours=3`
async fn benchmark(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    let request = benchmark_request(&state, &Asked::new(pairs))?;
    json(&Benchmark::from(&benchmarks::compare(&state.app, &request)?))
}

fn held(state: &app::State) -> Result<&Holding, Error> {
    state.holding.as_deref().ok_or_else(|| Error::Missing("No returns have been given: start Placewell with their folder.".to_owned()))
}

fn json(body: &impl Serialize) -> Result<Response, Error> {
    let text = serde_json::to_string(body).map_err(|fault| {
        tracing::error!(%fault, "a body could not be written");
        Error::Internal
    })?;
    Ok(([(CONTENT_TYPE, "application/json")], text).into_response())
}
