//! The addresses of the API: the same questions as the pages', answered with the same bodies as the command line's.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Serialize;
use service::benchmarks;
use service::duties;
use service::forecasts::BacktestRequest;
use service::holdings::Holding;
use service::plans::{self, Named};
use service::record::{self, Entries, Part, access::Action};
use service::work::Job;

use super::benchmark::Benchmark;
use super::contracts::{Contract, Contracts, Endings};
use super::forecast::{Examined, Forecast};
use super::gap::Gap;
use super::measures::Measures;
use super::own_provider::Own;
use super::payee::Payees;
use super::plan::{CostedPlan, ForecastCost};
use super::record::{Case, LOGGED};
use super::registers;
use super::returns::Checked;
use super::saving::Saving;
use super::search::Search;
use super::work::Work;
use crate::app;
use crate::asked::Asked;
use crate::door::{Acting, Doors};
use crate::error::Error;
use crate::pages::{
    FindingsChoice, Waited, backtest_begun, beds_asked, benchmark_request, case_reader, cohort_question, contracts_listed, forecast_asked,
    forecast_card, gap_asked, money_answered, months_ahead, record_writing, saving_answered, wait,
};

/// Every route of the API.
pub fn routes() -> Doors {
    Doors::new()
        .route("/api/v1/measures", Action::AnalysisRead, get(measures))
        .route("/api/v1/benchmark", Action::PublishedRead, get(benchmark))
        .route("/api/v1/returns", Action::ReturnsRead, get(returns))
        .route("/api/v1/forecast", Action::AnalysisRead, get(forecast))
        .route("/api/v1/backtest", Action::AnalysisRead, get(backtest))
        .route("/api/v1/gap", Action::AnalysisRead, get(gap))
        .route("/api/v1/block-contract", Action::AnalysisRead, get(block_contract))
        .route("/api/v1/money", Action::AnalysisRead, get(money))
        .route("/api/v1/save", Action::AnalysisRead, get(save))
        .route("/api/v1/plan", Action::AnalysisRead, post(plan))
        .route("/api/v1/contracts", Action::ContractRead, get(contracts))
        .route("/api/v1/contracts/ending", Action::ContractRead, get(contract_endings))
        .route("/api/v1/contracts/{id}", Action::ContractRead, get(contract))
        .route("/api/v1/cases/{id}", Action::ChildRead, get(case))
        .route("/api/v1/providers/{id}/payee", Action::PayeeRead, get(payee))
        .route("/api/v1/your-provider", Action::OwnProviderRead, get(own_provider))
        .route("/api/v1/search", Action::AccountUse, get(search))
        .route("/api/v1/work", Action::AccountUse, get(work))
        .merge(registers::routes())
        .merge(record_writing())
}

/// `GET /api/v1/your-provider`: for somebody of a provider, what its pages say.
async fn own_provider(acting: Acting) -> Result<Response, Error> {
    let own = record::own_provider(&acting.record, &acting.actor, acting.authority.id).await?;
    let agreed = record::agreed(&acting.record, &acting.actor, acting.authority.id).await?;
    json(&Own::new(&own, &agreed))
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

/// `GET /api/v1/forecast?from=2026-03-31&months=24&groups=broad&model=microsimulation&exceeds=600,650`, with its card. Ask again until the work is done:
/// meanwhile 202 and how far it is.
async fn forecast(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    let holding = held_whole(&state)?;
    let (job, exceeds) = forecast_asked(&state, holding, &Asked::new(pairs))?;
    worked(&job, |forecast| {
        let card = forecast_card(&state, holding, forecast);
        worked(&card, |carried| json(&Forecast::new(forecast, carried.as_ref().as_ref().ok(), &exceeds)))
    })
}

/// `GET /api/v1/backtest`, likewise.
async fn backtest(State(state): State<Arc<app::State>>) -> Result<Response, Error> {
    held(&state)?;
    let job = backtest_begun(&state).ok_or(Error::NotFound)?;
    worked(&job, |backtest| json(&Examined::new(backtest, &BacktestRequest::default())))
}

/// `GET /api/v1/gap?months=24`, likewise.
async fn gap(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    let job = gap_asked(&state, &Asked::new(pairs))?;
    worked(&job, |found| json(&Gap::new(found)))
}

/// `GET /api/v1/block-contract?terms=block&price=4600&spot=5400&from_beds=4&to_beds=16&fit=80`
async fn block_contract(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    waited(&beds_asked(&state, held_whole(&state)?, &Asked::new(pairs))?, json)
}

/// `GET /api/v1/money?months=24`: the cost of the forecast's nights.
async fn money(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    waited(&money_answered(&state, held_whole(&state)?, &Asked::new(pairs))?, |spending| json(&ForecastCost::from(&**spending)))
}

/// `GET /api/v1/save?scenario=…&once=120000&a_month=8000`: when money spent on a scenario comes back.
async fn save(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    waited(&saving_answered(&state, held_whole(&state)?, &Asked::new(pairs))?, |found| json(&Saving::from(&**found)))
}

/// `POST /api/v1/plan` with a form: `plan` and `prices` are the text of the two files of `plan cost`, `inflation` is in percent. Nothing is kept.
async fn plan(Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Error> {
    let field = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str());
    let file = |name: &'static str| {
        let text =
            field(name).ok_or_else(|| Error::Unreadable(format!("The form has no field “{name}”: send the text of plan and prices.")))?;
        Ok::<_, Error>(Named { name, bytes: text.as_bytes() })
    };
    let percent = field("inflation").unwrap_or("0");
    let percent: f64 =
        percent.parse().map_err(|_| Error::Unreadable(format!("“{percent}” is no inflation in percent: write 3 for three per cent.")))?;
    json(&CostedPlan::from(&plans::cost(file("plan")?, file("prices")?, percent / 100.0)?))
}

/// `GET /api/v1/work`: what waits for whoever asks.
async fn work(acting: Acting) -> Result<Response, Error> {
    let today = acting.record.today();
    json(&Work::new(&duties::list(&acting.record, &acting.actor, &acting.authority, today).await?, today))
}

/// `GET /api/v1/search?q=house&in=homes`: what whoever asks may see of it.
async fn search(acting: Acting, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    let asked = Asked::new(pairs);
    let within = asked.one("in").map(str::parse::<record::Register>).transpose().map_err(service::Error::from)?;
    let typed = asked.one("q").unwrap_or_default();
    json(&Search::new(&record::search(&acting.record, &acting.actor, acting.authority.id, typed, within).await?))
}

/// The answer of work that is done; of work that goes on, how far it is.
fn worked<T>(job: &Job<T>, answer: impl FnOnce(&Arc<T>) -> Result<Response, Error>) -> Result<Response, Error> {
    waited(&wait(job)?, answer)
}

fn waited<T>(waited: &Waited<T>, answer: impl FnOnce(&T) -> Result<Response, Error>) -> Result<Response, Error> {
    match waited {
        Waited::Done(done) => answer(done),
        Waited::Running(done, of) => {
            let body = json(&serde_json::json!({ "status": "running", "done": done, "of": of }))?;
            Ok((StatusCode::ACCEPTED, [(RETRY_AFTER, "1")], body).into_response())
        }
    }
}

fn held(state: &app::State) -> Result<&Holding, Error> {
    held_whole(state).map(AsRef::as_ref)
}

fn held_whole(state: &app::State) -> Result<&Arc<Holding>, Error> {
    state.holding.as_ref().ok_or_else(|| Error::Missing("No returns have been given: start Placewell with their folder.".to_owned()))
}

/// `GET /api/v1/contracts?search=elm&kind=framework&phase=running`
async fn contracts(acting: Acting, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    let listed = contracts_listed(&acting, pairs).await?;
    json(&Contracts::new(&listed, acting.record.today()))
}

/// `GET /api/v1/contracts/{id}?as-known=2026-03-31`
async fn contract(acting: Acting, Path(text): Path<String>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    let as_known = Asked::new(pairs).day("as-known")?;
    let id = text.parse().map_err(|_| Error::NotFound)?;
    let page = record::contract(&acting.record, &acting.actor, acting.authority.id, id, as_known).await?;
    json(&Contract::new(&page, None))
}

/// `GET /api/v1/contracts/ending?months=12`
async fn contract_endings(acting: Acting, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    let months = months_ahead(&Asked::new(pairs))?;
    let today = acting.record.today();
    let until = today.plus_months(months);
    json(&Endings::new(&record::contract_endings(&acting.record, &acting.actor, acting.authority.id, until).await?, today, until))
}

/// `GET /api/v1/cases/{id}?as-known=2026-03-31`: one child's case, under the identity that its page has. The reading is in the log.
async fn case(acting: Acting, Path(text): Path<String>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    let as_known = Asked::new(pairs.clone()).day("as-known")?;
    let actor = case_reader(&acting, &pairs);
    let child = text.parse().map_err(|_| Error::NotFound)?;
    let case = record::show(&acting.record, &actor, acting.authority.id, child, as_known).await?;
    let log = record::log(&acting.record, &case, Part::last(Entries::All, LOGGED)).await?;
    json(&Case::new(&case, &log))
}

/// `GET /api/v1/providers/{id}/payee`: how a provider's bank details stand, by their last four figures.
async fn payee(acting: Acting, Path(text): Path<String>) -> Result<Response, Error> {
    let provider = text.parse().map_err(|_| Error::NotFound)?;
    json(&Payees::new(&record::payees(&acting.record, &acting.actor, acting.authority.id, provider).await?))
}

pub(super) fn json(body: &impl Serialize) -> Result<Response, Error> {
    let text = serde_json::to_string(body).map_err(|fault| {
        tracing::error!(%fault, "a body could not be written");
        Error::Internal
    })?;
    Ok(([(CONTENT_TYPE, "application/json")], text).into_response())
}
