//! Adding to a home, a foster home and a provider what is true of them from a day on, and the pages of what was added.

mod home;
mod provider;

use std::sync::Arc;

use axum::Form as Sent;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Day;
use domain::capacity::CapacityEvent;
use domain::document::Document;
use domain::foster_home::{Exemption, FosterHome};
use domain::judgement::Judgement;
use domain::provider::{Owner, Ownership, Provider};
use domain::setting::{Restriction, Setting, Terms};
use service::record::{self, RegisterEntry as _};

pub(super) use self::home::{allowed, child};
pub(super) use self::provider::About;
use super::fact::{self, Form, Pairs, Told as _, Under};
use super::id;
use crate::app;
use crate::door::Acting;
use crate::error::Error;

fn until(day: Option<Day>) -> String {
    day.map_or_else(|| "goes on".to_owned(), Day::long)
}

/// Handlers of the facts of homes and foster homes.
pub(super) mod of_homes {
    use super::{CapacityEvent, Exemption, FosterHome, Judgement, Restriction, Setting, Terms};
    super::fact::entries!(told CapacityEvent, Judgement, Terms, Restriction, Exemption, Setting, FosterHome; typed CapacityEvent, Judgement, Terms, Restriction, Exemption);
}

/// Handlers of the facts of providers.
pub(super) mod of_providers {
    use super::{Document, Owner, Ownership, Provider};
    super::fact::entries!(told Document, Owner, Ownership, Provider; typed Document, Owner, Ownership);
}

/// What was sent, or nothing where the form is only asked for.
type Posted = Option<Pairs>;

async fn one<F: Form>(state: &app::State, acting: &Acting, under: &Under<'_>, whole: F::Whole, sent: Posted) -> Result<Response, Error> {
    match sent {
        Some(pairs) => fact::add::<F>(state, acting, under, whole, pairs).await,
        None => fact::begin::<F>(state, acting, under, whole).await,
    }
}

async fn to_home(state: &app::State, acting: &Acting, (text, word): (&str, &str), sent: Posted) -> Result<Response, Error> {
    let home = record::setting(&acting.record, &acting.actor, acting.authority.id, id(text)?, None).await?;
    let setting = &home.setting.fact;
    let here = format!("/homes/{text}");
    let under = Under { here: &here, name: &setting.name, trail: &[("Homes", "/homes")] };
    match word {
        CapacityEvent::WORD => one::<CapacityEvent>(state, acting, &under, setting.id, sent).await,
        Judgement::WORD => one::<Judgement>(state, acting, &under, (Some(setting.id), setting.provider), sent).await,
        Terms::WORD => one::<Terms>(state, acting, &under, setting.id, sent).await,
        Restriction::WORD => one::<Restriction>(state, acting, &under, setting.id, sent).await,
        Document::WORD if acting.may(Document::WRITE) => {
            one::<Document>(state, acting, &under, (setting.provider, About::Setting(setting.id)), sent).await
        }
        _ => Err(Error::NotFound),
    }
}

/// `GET /homes/{id}/add/{what}`
pub(super) async fn home_form(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
) -> Result<Response, Error> {
    to_home(&state, &acting, (&text, &word), None).await
}

/// `POST /homes/{id}/add/{what}`
pub(super) async fn home_fact(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Response, Error> {
    to_home(&state, &acting, (&text, &word), Some(pairs)).await
}

async fn to_foster_home(state: &app::State, acting: &Acting, (text, word): (&str, &str), sent: Posted) -> Result<Response, Error> {
    let home = record::foster_home(&acting.record, &acting.actor, acting.authority.id, id(text)?, None).await?.home.fact;
    let here = format!("/foster-homes/{text}");
    let under = Under { here: &here, name: &home.reference, trail: &[("Homes", "/homes"), ("Foster homes", "/foster-homes")] };
    match word {
        Exemption::WORD => one::<Exemption>(state, acting, &under, (home.id, None), sent).await,
        Document::WORD if acting.may(Document::WRITE) => {
            one::<Document>(state, acting, &under, (home.provider, About::FosterHome(home.id)), sent).await
        }
        _ => Err(Error::NotFound),
    }
}

/// `GET /foster-homes/{id}/add/{what}`
pub(super) async fn foster_form(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
) -> Result<Response, Error> {
    to_foster_home(&state, &acting, (&text, &word), None).await
}

/// `POST /foster-homes/{id}/add/{what}`
pub(super) async fn foster_fact(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Response, Error> {
    to_foster_home(&state, &acting, (&text, &word), Some(pairs)).await
}

async fn to_provider(state: &app::State, acting: &Acting, (text, word): (&str, &str), sent: Posted) -> Result<Response, Error> {
    let provider = record::provider(&acting.record, &acting.actor, acting.authority.id, id(text)?, None).await?.provider.fact;
    let here = format!("/providers/{text}");
    let under = Under { here: &here, name: &provider.name, trail: &[("Homes", "/homes"), ("Providers", "/providers")] };
    match word {
        Document::WORD => one::<Document>(state, acting, &under, (provider.id, About::Chosen), sent).await,
        Ownership::WORD => one::<Ownership>(state, acting, &under, provider.id, sent).await,
        _ => Err(Error::NotFound),
    }
}

/// `GET /providers/{id}/add/{what}`
pub(super) async fn provider_form(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
) -> Result<Response, Error> {
    to_provider(&state, &acting, (&text, &word), None).await
}

/// `POST /providers/{id}/add/{what}`
pub(super) async fn provider_fact(
    State(state): State<Arc<app::State>>,
    acting: Acting,
    Path((text, word)): Path<(String, String)>,
    Sent(pairs): Sent<Pairs>,
) -> Result<Response, Error> {
    to_provider(&state, &acting, (&text, &word), Some(pairs)).await
}
