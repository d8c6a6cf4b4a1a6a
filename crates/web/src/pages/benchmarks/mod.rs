//! Published figures side by side: any authority and measure beside neighbours, region and England.

mod ask;
mod choices;
mod drawing;
mod export;
mod own;
mod tables;

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use report::block::Block;
use report::html::{self as blocks, Links};
use service::benchmarks::{Comparison, compare};

use crate::app;
use crate::asked::Asked;
use crate::error::Error;
use crate::govuk::{Button, InsetText, Look, Press, SummaryList, SummaryRow};
use crate::page::{Page, Room, layout};
use ask::Ask;

pub(crate) use ask::request;
pub(crate) use choices::Listed;

/// `GET /benchmarks`
pub(super) async fn show(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Markup, Error> {
    let asked = Asked::new(pairs);
    let ask = Ask::read(&state, &asked)?;
    let comparison = compare(&state.app, &ask.request)?;
    let own = own::figures(&state, &ask, &comparison)?;
    let indicator = &comparison.indicator;
    let body = html! {
        div class="pw-filtered" {
            (choices::panel(&state, &ask))
            div {
                @if ask.is_fictitious(&state) {
                    (InsetText(html! {
                        (state.place.authority) " is made up, so nothing was ever published about it. Its own figure is counted from its returns, where a measure "
                        "counts the same; the authorities beside it are real, and their figures published."
                    }))
                }
                (blocks::block(&Block::Chart(drawing::chart(&ask, &comparison, own.as_ref())), &Links::Nowhere))
                (blocks::block(&Block::Table(tables::rows(&ask, &comparison, own.as_ref())), &Links::Nowhere))
                (blocks::block(&Block::Table(tables::members(&comparison)), &Links::Nowhere))
                (facts(&comparison, own.as_ref()))
            }
        }
    };
    let (csv, json) = (ask.asked.of("/benchmarks.csv"), ask.asked.of("/api/v1/benchmark"));
    let actions = html! {
        (Button { text: "Download CSV", look: Look::Secondary, press: Press::Follow(&csv) })
        // The contract's body has published rows alone.
        @if !ask.is_fictitious(&state) { (Button { text: "JSON", look: Look::Secondary, press: Press::Follow(&json) }) }
    };
    let lede = html! { (indicator.title()) };
    let heading = drawing::finding(&ask, &comparison, own.as_ref());
    let page = Page { title: "Benchmarks".to_owned(), room: Some(Room::Benchmarks), lede, actions, body, ..Page::new(heading) };
    Ok(layout(Some(&state.place), &page))
}

/// `GET /benchmarks.csv`
pub(super) async fn csv(State(state): State<Arc<app::State>>, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, Error> {
    let ask = Ask::read(&state, &Asked::new(pairs))?;
    let comparison = compare(&state.app, &ask.request)?;
    let own = own::figures(&state, &ask, &comparison)?;
    Ok(export::comparison(&ask, &comparison, own.as_ref()))
}

/// What the figures are and where they come from.
fn facts(comparison: &Comparison<'_>, own: Option<&own::Figures>) -> Markup {
    let indicator = &comparison.indicator;
    let source = indicator.source(comparison.years.1);
    let row = |key, value: Markup| SummaryRow { key, value, actions: &[] };
    let mut facts = vec![
        row("What is counted", html! { (indicator.definition()) }),
        row("Unit", html! { (indicator.unit()) }),
        row(
            "Source",
            html! { @if source.page.is_empty() { (source.publisher) ", " (source.title) } @else { (source.publisher) ", " a href=(source.page) { (source.title) } } },
        ),
        row("Vintage", html! { (service::dated::in_words(&source.vintage)) }),
        row("Licence", html! { (source.licence) }),
        row("Neighbours", html! { "The mean is unweighted, over those with a figure in the year." }),
    ];
    if let Some(own) = own {
        facts.push(row("Own returns", html! { (own.definition) }));
    }
    html! { h2 { "How these figures were made" } (SummaryList(&facts)) }
}
