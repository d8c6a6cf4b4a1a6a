//! The pages of somebody who works for a provider: that provider and nothing else (dossier C9).

mod agreed;
mod home;
mod papers;
mod tell;

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use domain::Id;
use domain::capacity::Night;
use domain::setting::Setting;
use maud::{Markup, html};
use service::record::access::Action;
use service::record::{self, Names, OwnProvider};

use super::fact::Pairs;
use super::number;
use crate::app;
use crate::csv_file::csv_file;
use crate::door::{Acting, Doors};
use crate::error::Error;
use crate::govuk::{Button, Column, FirstCell, InsetText, Look, Press, Size, SummaryList, SummaryRow, Table};
use crate::page::{Page, Room, layout};
use crate::parts::Scroll;
use crate::shown;

/// The way down to pages below the provider's own.
const TRAIL: &[(&str, &str)] = &[("Your provider", "/your-provider")];

/// The addresses of somebody of a provider.
pub(super) fn routes() -> Doors {
    Doors::new()
        .route("/your-provider", Action::OwnProviderRead, get(show))
        .route("/your-provider/homes.csv", Action::OwnProviderRead, get(homes_csv))
        .route("/your-provider/homes/{id}", Action::OwnProviderRead, get(home::show))
        .route("/your-provider/homes/{id}/beds", Action::OwnProviderTell, get(home::ask).post(home::take))
        .route("/your-provider/beds/{id}/take-back", Action::OwnProviderTell, get(tell::beds).post(tell::take_back_beds))
        .route("/your-provider/documents/new", Action::OwnProviderTell, get(papers::ask).post(papers::take))
        .route("/your-provider/documents.csv", Action::OwnProviderRead, get(papers::csv))
        .route("/your-provider/documents/{id}/take-back", Action::OwnProviderTell, get(tell::document).post(tell::take_back_document))
        .route("/your-provider/contracts", Action::OwnProviderRead, get(agreed::show))
        .route("/your-provider/contracts.csv", Action::OwnProviderRead, get(agreed::csv))
}

/// The provider that the reader works for.
async fn own(acting: &Acting) -> Result<OwnProvider, Error> {
    Ok(record::own_provider(&acting.record, &acting.actor, acting.authority.id).await?)
}

/// The names that forms choose among: the provider's own homes.
fn names(own: &OwnProvider) -> Names {
    let mut names = Names::default();
    names.providers.insert(own.provider.id, own.provider.name.clone());
    names.settings.extend(own.homes.iter().map(|(home, _)| (home.id, (home.name.clone(), home.provider))));
    names
}

/// `GET /your-provider`
async fn show(State(state): State<Arc<app::State>>, acting: Acting) -> Result<Markup, Error> {
    let own = own(&acting).await?;
    let or = |text: &str| if text.is_empty() { "not written down".to_owned() } else { text.to_owned() };
    let rows = [
        SummaryRow { key: "Legal name", value: html! { (or(&own.provider.legal_name)) }, actions: &[] },
        SummaryRow { key: "Company number", value: html! { (or(&own.provider.company.to_string())) }, actions: &[] },
        SummaryRow { key: "Sector", value: html! { (own.provider.sector.label()) }, actions: &[] },
    ];
    let body = html! {
        (SummaryList(&rows))
        p class="govuk-body" { "If something here is wrong, tell the authority’s contract officer." }
        h2 class="govuk-heading-m" { "Homes, agencies and services" }
        (homes(&own))
        (papers::section(&own))
        h2 class="govuk-heading-m" { "Contracts and prices" }
        p class="govuk-body" { a href="/your-provider/contracts" { "What was agreed with " (acting.authority.name) } }
    };
    let lede = html! { "What " (acting.authority.name) " has on record of your provider. You see nothing of any child, and nobody else’s provider sees this." };
    let actions = html! {
        (Button { text: "Add a document", look: Look::Primary, press: Press::Follow("/your-provider/documents/new") })
        (Button { text: "Homes as CSV", look: Look::Secondary, press: Press::Follow("/your-provider/homes.csv") })
    };
    Ok(layout(Some(&state.place), &Page { room: Some(Room::OwnProvider), lede, actions, body, ..Page::new(own.provider.name.clone()) }))
}

fn homes(own: &OwnProvider) -> Markup {
    if own.homes.is_empty() {
        return html! { (InsetText(html! { "No home of yours is on record. Ask the authority’s contract officer to record it: you can tell of its beds from then on." })) };
    }
    let row = |(home, night): &(Setting, Night)| {
        let closed = home.closed.map(|day| format!("closed {}", day.long()));
        vec![
            html! { a href={ "/your-provider/homes/" (home.id) } { (home.name) } span class="pw-more" { (home.kind.label()) @if let Some(closed) = closed { ", " (closed) } } },
            html! { (number(night.beds.registered)) },
            html! { (number(night.beds.usable)) },
            html! { (night.beds.occupied) },
            html! { (night.beds.held) },
            html! { (number(night.beds.available)) },
        ]
    };
    let rows: Vec<Vec<Markup>> = own.homes.iter().map(row).collect();
    let columns = [
        Column::text("Home"),
        Column::number("Registered"),
        Column::number("Usable"),
        Column::number("Occupied"),
        Column::number("Held"),
        Column::number("Available"),
    ];
    let caption = "Homes with their beds tonight";
    let free: u32 = own.homes.iter().filter_map(|(_, night)| night.beds.available).sum();
    html! {
        p class="govuk-body" { "Tonight, " (own.day.long()) ", the authority counts " (shown::counted(u64::from(free), "free bed", "free beds")) ". If that is wrong, open the home and say which beds cannot be used, or whom else you look after." }
        (Scroll { label: caption, body: html! { (Table { caption, size: Size::Hidden, columns: &columns, first: FirstCell::Header, rows: &rows }) } })
    }
}

/// `GET /your-provider/homes.csv`
async fn homes_csv(acting: Acting) -> Result<Response, Error> {
    let own = own(&acting).await?;
    let figure = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let row = |(home, night): (Setting, Night)| {
        let beds = night.beds;
        let beds = [figure(beds.registered), figure(beds.usable), beds.occupied.to_string(), beds.held.to_string(), figure(beds.available)];
        [vec![home.name, home.urn.to_string(), home.kind.word().to_owned(), night.day.to_string()], beds.to_vec()].concat()
    };
    let headings = ["home", "urn", "kind", "night", "registered", "usable", "occupied", "held", "available"];
    Ok(csv_file(&format!("own-homes-{}", own.day), headings, own.homes.into_iter().map(row)))
}

/// The thing that an address names.
fn id<Of>(text: &str) -> Result<Id<Of>, Error> {
    super::id(text)
}
