//! The registers: homes, foster homes and providers, for those who are signed in to a record.

mod add;
mod beds;
mod child;
mod form;
mod foster;
mod home;
mod homes;
mod provider;
mod providers;

use axum::routing::get;
use domain::Id;
use service::record::access::Action;

pub(crate) use child::reading as case_reader;

use crate::door::Doors;
use crate::error::Error;

/// The addresses of the registers.
pub(super) fn routes() -> Doors {
    Doors::new()
        .route("/homes", Action::HomeRead, get(homes::show))
        .route("/homes.csv", Action::HomeRead, get(homes::csv))
        .route("/homes/new", Action::HomeWrite, get(home::new).post(home::create))
        .route("/homes/alerts", Action::HomeRead, get(homes::alerts))
        .route("/homes/alerts/{id}", Action::HomeWrite, get(homes::alert).post(homes::resolve))
        .route("/homes/{id}", Action::HomeRead, get(home::show))
        .route("/homes/{id}/history", Action::HomeRead, get(home::history))
        .route("/homes/{id}/beds", Action::HomeRead, get(beds::show))
        .route("/homes/{id}/correct", Action::HomeWrite, get(home::edit).post(home::correct))
        .route("/homes/{id}/add/{what}", Action::HomeWrite, get(add::show).post(add::save))
        .route("/foster-homes", Action::HomeRead, get(foster::list))
        .route("/foster-homes.csv", Action::HomeRead, get(foster::csv))
        .route("/foster-homes/new", Action::HomeWrite, get(foster::new).post(foster::create))
        .route("/foster-homes/{id}", Action::HomeRead, get(foster::show))
        .route("/foster-homes/{id}/correct", Action::HomeWrite, get(foster::edit).post(foster::correct))
        .route("/providers", Action::ProviderRead, get(providers::show))
        .route("/providers.csv", Action::ProviderRead, get(providers::csv))
        .route("/providers/new", Action::ProviderWrite, get(provider::new).post(provider::create))
        .route("/providers/{id}", Action::ProviderRead, get(provider::show))
        .route("/providers/{id}/correct", Action::ProviderWrite, get(provider::edit).post(provider::correct))
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
