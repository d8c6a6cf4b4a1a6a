//! The registers: homes, foster homes, providers and contracts, for those who are signed in to a record.

mod add;
mod beds;
mod child;
mod contract;
mod documents;
mod fact;
mod form;
mod foster;
mod home;
mod homes;
mod lives;
mod owner;
mod payee;
mod place;
mod provider;
mod providers;
mod things;

use axum::routing::{get, post};
use domain::Id;
use service::record::access::Action;

pub(crate) use child::reading as case_reader;
pub(crate) use contract::{contracts_listed, months_ahead};

use crate::door::Doors;
use crate::error::Error;

/// The addresses of the registers.
pub(super) fn routes() -> Doors {
    Doors::new()
        .route("/homes", Action::HomeRead, get(homes::show))
        .route("/homes.csv", Action::HomeRead, get(homes::csv))
        .route("/homes/new", Action::HomeWrite, get(home::new).post(home::create))
        .route("/homes/alerts", Action::HomeRead, get(homes::alerts))
        .route("/homes/alerts/{id}", Action::AlertResolve, get(homes::alert).post(homes::resolve))
        .route("/homes/{id}", Action::HomeRead, get(home::show))
        .route("/homes/{id}/history", Action::HomeRead, get(home::history))
        .route("/homes/{id}/beds", Action::HomeRead, get(beds::show))
        .route("/homes/{id}/correct", Action::HomeWrite, get(home::edit).post(home::correct))
        .route("/homes/{id}/add/{what}", Action::HomeWrite, get(add::home_form).post(add::home_fact))
        .route("/homes/entries/{what}/{id}", Action::HomeRead, get(add::of_homes::entry))
        .route("/homes/entries/{what}/{id}/correct", Action::HomeWrite, get(add::of_homes::edit).post(add::of_homes::correct))
        .route("/homes/entries/{what}/{id}/withdraw", Action::HomeWrite, post(add::of_homes::withdraw))
        .route("/homes/for-child", Action::PlacementWrite, get(place::ask).post(place::answer))
        .route("/homes/{id}/place", Action::PlacementWrite, get(place::in_home).post(place::take_home))
        .route("/homes/{id}/holds/{hold}/release", Action::PlacementWrite, post(place::release))
        .route("/foster-homes", Action::HomeRead, get(foster::list))
        .route("/foster-homes.csv", Action::HomeRead, get(foster::csv))
        .route("/foster-homes/new", Action::HomeWrite, get(foster::new).post(foster::create))
        .route("/foster-homes/{id}", Action::HomeRead, get(foster::show))
        .route("/foster-homes/{id}/correct", Action::HomeWrite, get(foster::edit).post(foster::correct))
        .route("/foster-homes/{id}/add/{what}", Action::HomeWrite, get(add::foster_form).post(add::foster_fact))
        .route("/foster-homes/{id}/lives", Action::PlacementWrite, get(lives::ask).post(lives::take))
        .route("/foster-homes/{id}/place", Action::PlacementWrite, get(place::in_foster_home).post(place::take_foster_home))
        .route("/documents", Action::ProviderRead, get(documents::show))
        .route("/documents.csv", Action::ProviderRead, get(documents::csv))
        .route("/owners/new", Action::ProviderWrite, get(owner::new).post(owner::create))
        .route("/providers", Action::ProviderRead, get(providers::show))
        .route("/providers.csv", Action::ProviderRead, get(providers::csv))
        .route("/providers/new", Action::ProviderWrite, get(provider::new).post(provider::create))
        .route("/providers/{id}", Action::ProviderRead, get(provider::show))
        .route("/providers/{id}/correct", Action::ProviderWrite, get(provider::edit).post(provider::correct))
        .route("/providers/{id}/add/{what}", Action::ProviderWrite, get(add::provider_form).post(add::provider_fact))
        .route("/providers/{id}/payee", Action::PayeeRead, get(payee::show))
        .route("/providers/{id}/payee/open", Action::PayeeOpen, get(payee::open))
        .route("/providers/{id}/payee/new", Action::PayeeWrite, get(payee::new).post(payee::create))
        .route("/providers/{id}/payee/{payee}/confirm", Action::PayeeWrite, post(payee::confirm))
        .route("/providers/{id}/payee/{payee}/turn-down", Action::PayeeWrite, post(payee::turn_down))
        .route("/providers/entries/{what}/{id}", Action::ProviderRead, get(add::of_providers::entry))
        .route(
            "/providers/entries/{what}/{id}/correct",
            Action::ProviderWrite,
            get(add::of_providers::edit).post(add::of_providers::correct),
        )
        .route("/providers/entries/{what}/{id}/withdraw", Action::ProviderWrite, post(add::of_providers::withdraw))
        .merge(contract::routes())
        .merge(child::routes())
}

/// The thing that an address names.
fn id<Of>(text: &str) -> Result<Id<Of>, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

/// A number, or a dash where there is none to count.
fn number(number: Option<u32>) -> String {
    number.map_or_else(|| "–".to_owned(), |number| number.to_string())
}
