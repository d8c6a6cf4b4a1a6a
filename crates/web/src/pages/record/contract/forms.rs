//! Adding and correcting a contract, and adding what belongs to it.

use std::sync::Arc;

use axum::Form as Sent;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::contract::accreditation::Accreditation;
use domain::contract::block::BlockBeds;
use domain::contract::indexation::Indexation;
use domain::contract::member::{JoinWindow, Lot, Membership, Suspension};
use domain::contract::outcome::OutcomeTerm;
use domain::contract::price::PriceLine;
use domain::contract::{Extension, Vehicle};
use maud::html;
use service::record;

use super::super::fact::{self, Form, Pairs, Told, Under};
use super::super::form::{Sheet, Typed};
use super::super::home::refused;
use super::super::id;
use super::facts::{filled, vehicle, vehicle_fields};
use crate::app;
use crate::door::Acting;
use crate::error::Error;

pub(super) const TRAIL: &[(&str, &str)] = &[("Homes", "/homes"), ("Contracts", "/contracts")];

fn new_sheet(typed: &Typed) -> Sheet<'static> {
    let fields = vehicle_fields(typed);
    Sheet { heading: "Add a contract".to_owned(), trail: TRAIL, action: "/contracts/new", button: "Add this contract", fields }
}

/// `GET /contracts/new`
pub(super) async fn new(State(state): State<Arc<app::State>>, _: Acting) -> Response {
    let typed = Typed::filled(&[]);
    typed.page(&state, new_sheet(&typed))
}

/// `POST /contracts/new`
pub(super) async fn create(State(state): State<Arc<app::State>>, acting: Acting, Sent(pairs): Sent<Pairs>) -> Result<Response, Error> {
    let mut typed = Typed::new(pairs);
    if let Some(vehicle) = vehicle(&mut typed, acting.record.id()) {
        let done = record::add(&acting.record, &acting.actor, acting.authority.id, &vehicle).await;
        if !refused(&mut typed, "reference", done)? {
            return Ok(Redirect::to(&vehicle.page()).into_response());
        }
    }
    Ok(typed.page(&state, new_sheet(&typed)))
}

fn edit_page(state: &app::State, typed: &Typed, text: &str, reference: &str) -> Response {
    let (here, action) = (format!("/contracts/{text}"), format!("/contracts/{text}/correct"));
    let trail = [TRAIL[0], TRAIL[1], (reference, here.as_str())];
    let fields = html! {
        input type="hidden" name="version" value=(typed.text("version"));
        (vehicle_fields(typed))
        (typed.line("reason", "Why it is corrected", Some("Somebody will ask: the words stay in the history")))
    };
    let heading = format!("Correct {reference}");
    typed.page(state, Sheet { heading, trail: &trail, action: &action, button: "Save the correction", fields })
}

/// `GET /contracts/{id}/correct`
pub(super) async fn edit(State(state): State<Arc<app::State>>, acting: Acting, Path(text): Path<String>) -> Result<Response, Error> {
    let page = record::contract(&acting.record, &acting.actor, acting.authority.id, id(&text)?, None).await?;
    let mut values = filled(&page.vehicle.fact);
    values.push(("version", page.vehicle.version.to_string()));
    Ok(edit_page(&state, &Typed::filled(&values), &text, &page.vehicle.fact.reference))
}

/// `POST /contracts/{id}/correct`
pub(super) async fn correct(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path(text): Path<String>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Response, Error> {
    let page = record::contract(&acting.record, &acting.actor, acting.authority.id, id(&text)?, None).await?;
    let known = &page.vehicle.fact;
    let mut typed = Typed::new(pairs);
    let corrected = vehicle(&mut typed, known.id);
    let reason = typed.needed("reason", "Say why it is corrected");
    let version = typed.text("version").parse().unwrap_or_default();
    if let Some(corrected) = corrected.filter(|_| typed.is_right()) {
        let done = record::correct_entry(&acting.record, &acting.actor, acting.authority.id, version, &corrected, &reason).await;
        if !refused(&mut typed, "reference", done)? {
            return Ok(Redirect::to(&corrected.page()).into_response());
        }
    }
    Ok(edit_page(&state, &typed, &text, &known.reference))
}

async fn one<F: Form<Whole = domain::Id<Vehicle>>>(
    state: &app::State,
    acting: &Acting,
    under: &Under<'_>,
    vehicle: domain::Id<Vehicle>,
    sent: Option<Pairs>,
) -> Result<Response, Error> {
    match sent {
        Some(pairs) => fact::add::<F>(state, acting, under, vehicle, pairs).await,
        None => fact::begin::<F>(state, acting, under, vehicle).await,
    }
}

async fn to_contract(state: &app::State, acting: &Acting, (text, word): (&str, &str), sent: Option<Pairs>) -> Result<Response, Error> {
    let page = record::contract(&acting.record, &acting.actor, acting.authority.id, id(text)?, None).await?;
    let (vehicle, here) = (&page.vehicle.fact, format!("/contracts/{text}"));
    let under = Under { here: &here, name: &vehicle.reference, trail: TRAIL };
    match word {
        Extension::WORD => one::<Extension>(state, acting, &under, vehicle.id, sent).await,
        Lot::WORD => one::<Lot>(state, acting, &under, vehicle.id, sent).await,
        JoinWindow::WORD => one::<JoinWindow>(state, acting, &under, vehicle.id, sent).await,
        Membership::WORD => one::<Membership>(state, acting, &under, vehicle.id, sent).await,
        Suspension::WORD => one::<Suspension>(state, acting, &under, vehicle.id, sent).await,
        PriceLine::WORD => one::<PriceLine>(state, acting, &under, vehicle.id, sent).await,
        BlockBeds::WORD => one::<BlockBeds>(state, acting, &under, vehicle.id, sent).await,
        Indexation::WORD => one::<Indexation>(state, acting, &under, vehicle.id, sent).await,
        Accreditation::WORD => one::<Accreditation>(state, acting, &under, vehicle.id, sent).await,
        OutcomeTerm::WORD => one::<OutcomeTerm>(state, acting, &under, vehicle.id, sent).await,
        _ => Err(Error::NotFound),
    }
}

/// `GET /contracts/{id}/add/{what}`
pub(super) async fn begin(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
) -> Result<Response, Error> {
    to_contract(&state, &acting, (&text, &word), None).await
}

/// `POST /contracts/{id}/add/{what}`
pub(super) async fn add(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Response, Error> {
    to_contract(&state, &acting, (&text, &word), Some(pairs)).await
}
