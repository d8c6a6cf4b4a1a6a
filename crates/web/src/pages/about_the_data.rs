use std::sync::Arc;

use axum::extract::State;
use domain::Value;
use maud::{Markup, html};

use crate::app;
use crate::govuk::{Column, FirstCell, Size, Table};
use crate::page::{Page, layout};
use crate::parts::Scroll;

/// The marks that stand where a number is missing, with what each tells the reader (dossier F10).
const MARKS: [(Value, &str); 5] = [
    (Value::Unknown, "Nobody recorded it, so nobody knows. It is counted as unknown beside the figure, never as nought."),
    (Value::Suppressed, "The number is small, or would give a small one away, and might point to a child."),
    (Value::NotApplicable, "The question makes no sense here: no such children, or the measure did not exist that year."),
    (Value::NotAvailable, "The publisher has no figure and does not say why."),
    (Value::RoundsToZero, "There are some, but so few that the rounded figure is 0."),
];

/// `GET /about-the-data`: what the figures rest on and how to read them.
pub(super) async fn show(State(state): State<Arc<app::State>>) -> Markup {
    let caption = "Where a number is missing";
    let rows: Vec<Vec<Markup>> = MARKS.map(|(value, meaning)| mark(value, meaning)).into();
    let columns = [Column::text("Shown as"), Column::text("Published as"), Column::text("What it means")];
    let table = html! { (Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows }) };
    let body = html! {
        (sources(&state))
        (Scroll { label: caption, body: table })
        div class="pw-prose" {
            h2 { "Five kinds of number" }
            p class="govuk-body" {
                "Placewell never mixes what was counted (actual), what is expected (forecast), what is chosen (plan), what is aimed for (target) "
                "and what others have (benchmark). Each figure says which it is."
            }
            h2 { "Rounding" }
            p class="govuk-body" {
                "Figures are worked out unrounded and rounded once, halves up, where they are shown. So rounded parts may not add up to their rounded total. "
                "A change between two percentages is given in percentage points, any other change in percent."
            }
        }
    };
    let lede = html! { "Every number can be asked why: its definition, its source, its date, the rows behind it, and what is not known." };
    layout(Some(&state.place), &Page { lede, body, ..Page::new("About the data") })
}

/// What travels in the product, and anything newer that was laid over it.
fn sources(state: &app::State) -> Markup {
    let caption = "Published figures in Placewell";
    let columns =
        [Column::text("What it holds"), Column::text("Years"), Column::text("Source"), Column::text("Vintage"), Column::text("Licence")];
    let row = |set: &service::sources::Listed| {
        vec![
            html! { (set.holds) @if !set.limits.is_empty() { span class="pw-more" { (set.limits) } } },
            html! { (set.years) },
            html! { (set.publisher) ", " @if set.page.is_empty() { (set.title) } @else { a href=(set.page) { (set.title) } } },
            html! { (service::dated::in_words(&set.vintages.join("; "))) },
            html! { (set.licence) },
        ]
    };
    let rows: Vec<Vec<Markup>> = service::sources::list(&state.app).iter().map(row).collect();
    let table = html! { (Table { caption, size: Size::Medium, columns: &columns, first: FirstCell::Header, rows: &rows }) };
    html! { (Scroll { label: caption, body: table }) }
}

fn mark(value: Value, meaning: &str) -> Vec<Markup> {
    let letter = value.symbol().unwrap_or_default();
    vec![html! { (value.words().unwrap_or_default()) }, html! { code { (letter) } }, html! { (meaning) }]
}
