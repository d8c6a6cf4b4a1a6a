//! Contracts: the list, one with all that belongs to it, its forms, its imports, and what ends soon.

mod facts;
mod forms;
mod import;
mod list;
mod one;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use service::record::access::Action;

use crate::door::Doors;
use crate::sent::MOST_BYTES;

pub(crate) use list::{contracts_listed, months_ahead};

/// The addresses of contracts.
pub(super) fn routes() -> Doors {
    Doors::new()
        .route("/contracts", Action::ContractRead, get(list::show))
        .route("/contracts.csv", Action::ContractRead, get(list::csv))
        .route("/contracts/ending", Action::ContractRead, get(list::ending))
        .route("/contracts/new", Action::ContractWrite, get(forms::new).post(forms::create))
        .route("/contracts/{id}", Action::ContractRead, get(one::show))
        .route("/contracts/{id}/correct", Action::ContractWrite, get(forms::edit).post(forms::correct))
        .route("/contracts/{id}/add/{what}", Action::ContractWrite, get(forms::begin).post(forms::add))
        .route("/contracts/{id}/import/{what}", Action::ContractWrite, get(import::show))
        .route("/contracts/{id}/import/{what}", Action::ContractWrite, post(import::take).layer(DefaultBodyLimit::max(MOST_BYTES)))
        .route("/contracts/entries/{what}/{id}", Action::ContractRead, get(facts::entry))
        .route("/contracts/entries/{what}/{id}/correct", Action::ContractWrite, get(facts::edit).post(facts::correct))
        .route("/contracts/entries/{what}/{id}/withdraw", Action::ContractWrite, post(facts::withdraw))
}
