//! How many beds to buy in block, or to fill in homes of one's own, over every future of the forecast (dossier A075, A128, A130).

mod ask;
mod drawing;

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Money;
use maud::{Markup, html};
use report::block::Block;
use report::html::{self as blocks, Links};
use service::blocks::{self as beds, Chosen, Question, Terms};
use service::forecasts::Forecast;
use service::holdings::Holding;

use super::forecast::work::{self, Answer, Waited};
use super::forecast::{sub_navigation, without_returns};
use crate::api::block::BlockContract;
use crate::app;
use crate::asked::Asked;
use crate::csv_file::csv_file;
use crate::error::Error;
use crate::govuk::{Button, ErrorSummary, InsetText, Look, Press, SummaryList, SummaryRow};
use crate::page::{Page, Room, layout};
use crate::shown;
pub(super) use ask::pounds;
use ask::{Ask, summary};

/// The room's first page.
pub(super) const PATH: &str = "/blocks";

type Pairs = Vec<(String, String)>;

/// `GET /blocks?terms=block&price=4600&spot=5400&from_beds=4&to_beds=16&fit=80`
pub(super) async fn show(State(state): State<Arc<app::State>>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let Some(holding) = &state.holding else { return Ok(layout(Some(&state.place), &without_returns()).into_response()) };
    let ask = Ask::read(&state, holding, &Asked::new(pairs))?;
    let Some(question) = &ask.question else {
        let status = if ask.wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        return Ok((status, layout(Some(&state.place), &form(&state, &ask))).into_response());
    };
    let job = work::forecast(&state, holding, &ask.request);
    let page = match work::answer(&job, "The futures are being drawn", &ask.asked.of(PATH)) {
        Answer::Done(forecast) => page(&state, &ask, question, &*chosen(&state, &ask, question, &forecast)?),
        Answer::NotYet(page) => page,
        Answer::Refused(why) => return Err(Error::Unreadable(why)),
    };
    Ok(layout(Some(&state.place), &page).into_response())
}

/// `GET /blocks.csv`: every number of beds.
pub(super) async fn csv(State(state): State<Arc<app::State>>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let holding = state.holding.as_ref().ok_or(Error::NotFound)?;
    let asked = Asked::new(pairs);
    let Waited::Done(body) = body(&state, holding, &asked)? else {
        // The page says how far it is.
        return Ok(Redirect::to(&asked.of(PATH)).into_response());
    };
    let text = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    let rows = body.rows.iter().map(|row| {
        vec![
            row.beds.to_string(),
            row.cost.expected_pence.to_string(),
            row.cost.lo80_pence.to_string(),
            row.cost.hi80_pence.to_string(),
            row.cost_at_risk_pence.to_string(),
            row.saving_pence.to_string(),
            row.chance_dearer.to_string(),
            row.void_cost_pence.to_string(),
            text(row.occupancy),
            row.unit_weekly_pence.map(|pence| pence.to_string()).unwrap_or_default(),
            text(row.break_even_occupancy),
        ]
    });
    let headings = [
        "beds",
        "expected_pence",
        "lo80_pence",
        "hi80_pence",
        "cost_at_risk_pence",
        "saving_pence",
        "chance_dearer",
        "void_cost_pence",
        "occupancy",
        "unit_weekly_pence",
        "break_even_occupancy",
    ];
    Ok(csv_file("beds", headings, rows))
}

/// The body that the API has, once the forecast is there.
pub(crate) fn body(state: &app::State, holding: &Arc<Holding>, asked: &Asked) -> Result<Waited<BlockContract>, Error> {
    let ask = Ask::read(state, holding, asked)?;
    let question = ask.question.as_ref().ok_or_else(|| {
        let sentences: Vec<&str> = ask.wrong.iter().map(|(_, sentence)| sentence.as_str()).collect();
        Error::Unreadable(if sentences.is_empty() {
            "Say what the beds cost: price (or fixed) and spot.".to_owned()
        } else {
            format!("{}.", sentences.join(". "))
        })
    })?;
    match work::wait(&work::forecast(state, holding, &ask.request))? {
        Waited::Done(forecast) => Ok(Waited::Done(BlockContract::new(&*chosen(state, &ask, question, &forecast)?, question))),
        Waited::Running(done, of) => Ok(Waited::Running(done, of)),
    }
}

/// What the service says, or said before.
fn chosen(state: &app::State, ask: &Ask, question: &Question, forecast: &Forecast) -> Result<Arc<Chosen>, Error> {
    let key = format!("{} {} {question:?}", work::key(&ask.request), ask.kind);
    let request = beds::Request { demand: forecast.futures()?, group: Some(ask.kind.clone()), question: question.clone() };
    Ok(state.beds.find_or(key, || beds::choose(&request))?)
}

/// The room before a question, or with what is wrong in one.
fn form(state: &app::State, ask: &Ask) -> Page<'static> {
    let problems = ask.problems();
    let block = "/blocks?terms=block&from_beds=50&to_beds=90&price=4600&void=4100&spot=5400&fit=80";
    let own = "/blocks?terms=own&from_beds=16&to_beds=28&fixed=63232&spot=2711&fit=100";
    let body = html! {
        @if !problems.is_empty() { (ErrorSummary { description: None, problems: &summary(&problems) }) }
        (sub_navigation(PATH))
        div class="pw-filtered" {
            (ask.panel(state))
            div class="pw-prose" {
                p class="govuk-body" {
                    "A bed bought in block costs whether a child sleeps in it or not; one bought on the spot costs more, and only while it is needed. "
                    "So the right number depends on how sure need is, and on how many of the children can live in these beds: a bed is not every child's bed."
                }
                p class="govuk-body" { "Say what the beds cost, and every number of them is tried on every future of the forecast." }
                ul class="govuk-list govuk-list--bullet" {
                    li { a href=(block) { "An example: 50 to 90 beds in block at £4,600 a week, £4,100 empty, against £5,400 on the spot" } }
                    li { a href=(own) { "An example of homes of one's own: sixteen at £3,952 a week, £63,232 together, against £2,711 outside" } }
                }
            }
        }
    };
    Page { title: "Block beds".to_owned(), room: Some(Room::Forecast), body, ..Page::new("How many beds to buy in block?") }
}

fn page(state: &app::State, ask: &Ask, question: &Question, chosen: &Chosen) -> Page<'static> {
    let plain = |block: Block| blocks::block(&block, &Links::Nowhere);
    let body = html! {
        (sub_navigation(PATH))
        @for warning in &chosen.warnings { (InsetText(html! { (worded(warning)) })) }
        div class="pw-filtered" {
            (ask.panel(state))
            div {
                (plain(Block::Chart(drawing::cost(chosen))))
                (plain(Block::Table(drawing::table(chosen))))
                (even(question, chosen))
                (facts(ask, question, chosen))
            }
        }
    };
    let (csv, json) = (ask.asked.of("/blocks.csv"), ask.asked.of("/api/v1/block-contract"));
    let actions = html! {
        (Button { text: "Download CSV", look: Look::Secondary, press: Press::Follow(&csv) })
        (Button { text: "JSON", look: Look::Secondary, press: Press::Follow(&json) })
    };
    let lede = html! {
        "Every number of beds tried on " (shown::count(chosen.paths as u64)) " futures of children in " (chosen.groups.join(" and ").to_lowercase())
        ", from " (chosen.dates.0.long()) " on, over " (chosen.answer.days) " days. Money alone is weighed here; a person decides."
    };
    Page { title: "Block beds".to_owned(), room: Some(Room::Forecast), lede, actions, body, ..Page::new(drawing::finding(chosen)) }
}

/// The command's words for the form's fields.
fn worded(warning: &str) -> String {
    warning.replace("--", "")
}

/// Where a fixed cost or a block pays.
fn even(question: &Question, chosen: &Chosen) -> Markup {
    let best = &chosen.answer.lines[chosen.answer.best];
    html! {
        h2 { "Where it breaks even" }
        @match question.terms {
            Terms::Own { fixed } => {
                @if let Some(even) = chosen.break_even_beds {
                    p class="govuk-body" {
                        "The fixed cost of " (money(fixed)) " a week pays from " (format!("{:.1}", domain::number::half_up(even.exact, 1)))
                        " occupied beds on, so from " (even.beds) " against " (money(question.spot)) " outside."
                        @if let Some(unit) = beds::unit_cost(fixed, even.beds) { " With " (even.beds) " beds occupied all the time, one costs " (money(unit)) " a week." }
                    }
                }
            }
            Terms::Block { .. } => {
                p class="govuk-body" {
                    @match best.break_even {
                        Some(share) if share <= 1.0 => { "A bed in block is no dearer than one on the spot from " (shown::share_of(share)) " occupied on." },
                        _ => { "At these prices a bed in block is never cheaper than one on the spot, however full it is." },
                    }
                }
            }
        }
    }
}

fn facts(ask: &Ask, question: &Question, chosen: &Chosen) -> Markup {
    let row = |key, value: Markup| SummaryRow { key, value, actions: &[] };
    let terms = match question.terms {
        Terms::Block { occupied, void } => html! { (money(occupied)) " a week with a child, " (money(void)) " empty" },
        Terms::Own { fixed } => html! { (money(fixed)) " a week for all beds" },
    };
    let facts = [
        row("Known until", html! { (ask.request.from.long()) }),
        row("Price of the beds", html! { (terms) ", as entered" }),
        row("Price on the spot", html! { (money(question.spot)) " a week, as entered" }),
        row("Who can live in them", html! { (shown::share_of(question.fit)) " of the children who need such a home" }),
        row("Scenario", html! { @match &ask.request.scenario { Some(saved) => (saved.name), None => "none: nothing is done" } }),
        row("Demand", html! { "The same demand and question give the same numbers: " code { (&chosen.sha256[..16]) } }),
    ];
    html! { h2 { "What this rests on" } (SummaryList(&facts)) }
}

/// `£2,634.67`, and whole pounds without pence.
fn money(money: Money) -> String {
    money.to_string().trim_end_matches(".00").to_owned()
}
