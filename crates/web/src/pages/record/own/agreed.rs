//! What was agreed with the reader's own provider: contracts, accreditations and prices.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use domain::Day;
use maud::{Markup, html};
use service::record::{self, Agreed, AgreedPrice};

use super::TRAIL;
use crate::app;
use crate::csv_file::csv_file;
use crate::door::Acting;
use crate::error::Error;
use crate::govuk::{Button, Column, FirstCell, InsetText, Look, Press, Size, Table};
use crate::page::{Page, Room, layout};
use crate::parts::Scroll;

async fn read(acting: &Acting) -> Result<Vec<Agreed>, Error> {
    Ok(record::agreed(&acting.record, &acting.actor, acting.authority.id).await?)
}

/// `GET /your-provider/contracts`
pub(super) async fn show(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Markup, Error> {
    let all = read(&acting).await?;
    let body = html! {
        @if all.is_empty() {
            (InsetText(html! { "Your provider is in no contract on record here. If you hold one with " (acting.authority.name) ", send its reference to the contract officer." }))
        }
        @for one in &all { (contract(one)) }
    };
    let actions = html! { @if !all.is_empty() { (Button { text: "Prices as CSV", look: Look::Secondary, press: Press::Follow("/your-provider/contracts.csv") }) } };
    let lede = html! { "Your own places, accreditations and prices. Those of other providers are shown to nobody but the authority." };
    let page = Page { room: Some(Room::OwnProvider), trail: TRAIL, lede, actions, body, ..Page::new("Contracts and prices") };
    Ok(layout(Some(&state.place), &page))
}

fn until(day: Option<Day>) -> String {
    day.map_or_else(|| "goes on".to_owned(), Day::long)
}

fn contract(one: &Agreed) -> Markup {
    let vehicle = &one.vehicle;
    let prices: Vec<Vec<Markup>> = one.prices.iter().map(price).collect();
    let columns = [
        Column::text("Of what"),
        Column::text("From"),
        Column::text("Until"),
        Column::number("A week, as agreed"),
        Column::number("A week tonight"),
    ];
    let caption = format!("Prices under {}", vehicle.reference);
    html! {
        h2 class="govuk-heading-m" { (vehicle.reference) ", " (vehicle.title) }
        p class="govuk-body" { (vehicle.kind.label()) ", from " (vehicle.from.long()) ", " @match one.ends { Some(day) => { "ends " (day.long()) } None => { "without an end" } } "." }
        @if one.members.is_empty() { p class="govuk-body" { "Your provider is not a member of it." } } @else {
            ul class="govuk-list govuk-list--bullet" {
                @for (member, lot, suspended) in &one.members {
                    li {
                        @if lot.is_empty() { "Member" } @else { "Member of " (lot) } " from " (member.from.long()) ", " @if let Some(to) = member.to { "left " (to.long()) } @else { "goes on" }
                        @if *suspended { "; suspended: no new children are placed under it" }
                    }
                }
            }
        }
        @if !one.accreditations.is_empty() {
            h3 class="govuk-heading-s" { "Accreditations" }
            ul class="govuk-list govuk-list--bullet" {
                @for (paper, home) in &one.accreditations {
                    li { (paper.scheme) @if !home.is_empty() { " of " (home) } ": " (paper.outcome.label().to_lowercase()) ", from " (paper.from.long()) ", until " (until(paper.to)) }
                }
            }
        }
        h3 class="govuk-heading-s" { "Prices" }
        @if prices.is_empty() { p class="govuk-body" { "No price of yours is on record under it that still holds. Ask the contract officer if one was agreed." } } @else {
            (Scroll { label: &caption, body: html! { (Table { caption: &caption, size: Size::Hidden, columns: &columns, first: FirstCell::Header, rows: &prices }) } })
        }
    }
}

fn of_what(price: &AgreedPrice) -> String {
    let parts = [price.lot.as_str(), price.home.as_str(), price.line.tier.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "Every place".to_owned() } else { parts.join(", ") }
}

fn price(price: &AgreedPrice) -> Vec<Markup> {
    let pounds = |money: Option<domain::Money>| money.map_or_else(|| "not known".to_owned(), |money| money.to_string());
    vec![
        html! { (of_what(price)) },
        html! { (price.line.from.long()) },
        html! { (until(price.line.to)) },
        html! { (pounds(price.line.weekly)) },
        html! { (pounds(price.tonight)) },
    ]
}

/// `GET /your-provider/contracts.csv`
pub(super) async fn csv(acting: Acting) -> Result<Response, Error> {
    let all = read(&acting).await?;
    let row = |one: &Agreed, price: &AgreedPrice| {
        let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        let pence = |money: Option<domain::Money>| money.map(|money| money.pence().to_string()).unwrap_or_default();
        let what = [one.vehicle.reference.clone(), price.lot.clone(), price.home.clone(), price.line.tier.clone()];
        let when = [price.line.from.to_string(), day(price.line.to), pence(price.line.weekly), pence(price.tonight)];
        [what, when].concat()
    };
    let rows: Vec<Vec<String>> = all.iter().flat_map(|one| one.prices.iter().map(move |price| row(one, price))).collect();
    let headings = ["contract", "lot", "home", "tier", "from", "until", "weekly_pence", "weekly_pence_tonight"];
    Ok(csv_file(&format!("own-prices-{}", acting.record.today()), headings, rows.into_iter()))
}
