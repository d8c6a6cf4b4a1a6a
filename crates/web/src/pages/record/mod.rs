//! The registers: homes, foster homes, providers and contracts, for those who are signed in to a record.

mod add;
mod alerts;
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
mod own;
mod owner;
mod papers;
mod payee;
mod place;
mod provider;
mod providers;
mod register;
mod things;
mod word;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use domain::Id;
use service::record::Page;
use service::record::access::Action;

pub(crate) use alerts::alerts_listed;
pub(crate) use child::{cases_listed, reading as case_reader};
pub(crate) use contract::{contracts_listed, months_ahead};
pub(crate) use documents::until as documents_until;
pub(crate) use form::Problems;
pub(crate) use foster::foster_homes_listed;
pub(super) use home::log;
pub(crate) use homes::homes_listed;
pub(crate) use place::Against;
pub(crate) use providers::providers_listed;

use crate::api::written;
use crate::asked::Asked;
use crate::door::Doors;
use crate::error::Error;

/// One page of a list, with what the address asked for.
pub(crate) struct Rows<T> {
    asked: Asked,
    pub(crate) page: Page<T>,
}

impl<T> Rows<T> {
    /// The address of the next page of the same question; nothing after the last.
    pub(crate) fn next(&self, path: &str) -> Option<String> {
        self.page.next.as_ref().map(|cursor| self.asked.with("after", &cursor.to_string()).of(path))
    }
}

/// The addresses of the registers.
pub(super) fn routes() -> Doors {
    Doors::new()
        .route("/homes", Action::HomeRead, get(homes::show))
        .route("/homes.csv", Action::HomeRead, get(homes::csv))
        .route("/homes/new", Action::HomeWrite, get(home::new).post(home::create))
        .route("/homes/register", Action::HomeWrite, get(register::show))
        .route("/homes/register", Action::HomeWrite, post(register::take).layer(DefaultBodyLimit::max(register::MOST_BYTES)))
        .route("/homes/alerts", Action::HomeRead, get(alerts::show))
        .route("/homes/alerts.csv", Action::HomeRead, get(alerts::csv))
        .route("/homes/alerts/{id}", Action::AlertResolve, get(alerts::one).post(alerts::resolve))
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
        .route("/documents/all", Action::ProviderRead, get(papers::show))
        .route("/documents/all.csv", Action::ProviderRead, get(papers::csv))
        .route("/documents.csv", Action::ProviderRead, get(documents::csv))
        .route("/owners", Action::ProviderRead, get(owner::list))
        .route("/owners.csv", Action::ProviderRead, get(owner::csv))
        .route("/owners/{id}", Action::ProviderRead, get(owner::show))
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
        .merge(own::routes())
}

/// The forms of the registers and of cases as programs send them.
pub(crate) fn writing() -> Doors {
    Doors::new()
        .route("/api/v1/homes", Action::HomeWrite, written(home::create))
        .route("/api/v1/homes/{id}/correct", Action::HomeWrite, written(home::correct))
        .route("/api/v1/homes/{id}/add/{what}", Action::HomeWrite, written(add::home_fact))
        .route("/api/v1/homes/{id}/place", Action::PlacementWrite, written(place::take_home))
        .route("/api/v1/homes/entries/{what}/{id}/correct", Action::HomeWrite, written(add::of_homes::correct))
        .route("/api/v1/homes/entries/{what}/{id}/withdraw", Action::HomeWrite, written(add::of_homes::withdraw))
        .route("/api/v1/alerts/{id}/resolve", Action::AlertResolve, written(alerts::resolve))
        .route("/api/v1/foster-homes", Action::HomeWrite, written(foster::create))
        .route("/api/v1/foster-homes/{id}/correct", Action::HomeWrite, written(foster::correct))
        .route("/api/v1/foster-homes/{id}/add/{what}", Action::HomeWrite, written(add::foster_fact))
        .route("/api/v1/foster-homes/{id}/place", Action::PlacementWrite, written(place::take_foster_home))
        .route("/api/v1/providers", Action::ProviderWrite, written(provider::create))
        .route("/api/v1/providers/{id}/correct", Action::ProviderWrite, written(provider::correct))
        .route("/api/v1/providers/{id}/add/{what}", Action::ProviderWrite, written(add::provider_fact))
        .route("/api/v1/providers/entries/{what}/{id}/correct", Action::ProviderWrite, written(add::of_providers::correct))
        .route("/api/v1/providers/entries/{what}/{id}/withdraw", Action::ProviderWrite, written(add::of_providers::withdraw))
        .merge(child::writing())
}

/// The thing that an address names.
fn id<Of>(text: &str) -> Result<Id<Of>, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

/// A number, or a dash where there is none to count.
fn number(number: Option<u32>) -> String {
    number.map_or_else(|| "–".to_owned(), |number| number.to_string())
}
