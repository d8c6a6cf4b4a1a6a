//! Providers: the list, and one with its owners, homes and papers, now or as it was known on a day.

use std::collections::BTreeMap;

use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::document::{self, Document};
use domain::judgement::Judgement;
use domain::provider::{Owner, Ownership, Provider};
use domain::setting::Setting;
use domain::{Day, Id};
use store::provider::{Filter, Listed};
use store::{Cursor, Instant, Page, Versioned};

use super::interests::log_for;
use super::{Record, allowed, clock};
use crate::Error;

/// One provider with what belongs to it.
#[derive(Clone, Debug)]
pub struct ProviderPage {
    /// Who.
    pub provider: Versioned<Provider>,
    /// Whose it was, from when to when, with the owner's name.
    pub ownerships: Vec<(Versioned<Ownership>, String)>,
    /// Its homes, agencies and services, by name.
    pub settings: Vec<Versioned<Setting>>,
    /// Judgements of it and its homes, by day.
    pub judgements: Vec<Versioned<Judgement>>,
    /// Its papers.
    pub documents: Vec<Versioned<Document>>,
    /// What due diligence wants and nobody holds today.
    pub missing: Vec<document::Kind>,
    /// The day as of whose end it was known so; nothing for now.
    pub as_known: Option<Day>,
    /// Who changed it, newest first.
    pub log: Vec<store::Entry>,
}

/// Providers by name, a page at a time.
///
/// # Errors
/// [`Error::Denied`].
pub async fn providers(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<Listed>, Error> {
    let mut view = record.db.read(allowed(actor, Action::ProviderRead, On::authority(authority))?).await?;
    Ok(store::provider::list(&mut view, filter, record.today(), after, limit).await?)
}

/// One provider, now or as it was known at the end of a day.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`].
pub async fn provider(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    id: Id<Provider>,
    as_known: Option<Day>,
) -> Result<ProviderPage, Error> {
    let mut view = record.db.read(allowed(actor, Action::ProviderRead, On::thing(authority, id))?).await?;
    let not_found = || Error::NotFound { what: "provider", name: id.to_string(), near: Vec::new() };
    let view = &mut view;
    let at = as_known.map(|day| Instant::new(clock::end_of_day(day)));
    let provider = super::found(view, id, at).await?;
    let provider = provider.ok_or_else(not_found)?;
    let ownerships: Vec<Versioned<Ownership>> = super::known(view, id, at).await?;
    let owners: BTreeMap<Id<Owner>, String> =
        store::all::<Owner>(view).await?.into_iter().map(|known| (known.fact.id, known.fact.name)).collect();
    let named = |known: Versioned<Ownership>| {
        let name = owners.get(&known.fact.owner).cloned().unwrap_or_default();
        (known, name)
    };
    let documents: Vec<Versioned<Document>> = super::known(view, id, at).await?;
    let papers: Vec<Document> =
        documents.iter().map(|known| known.fact.clone()).filter(|one| one.setting.is_none() && one.foster_home.is_none()).collect();
    Ok(ProviderPage {
        provider,
        ownerships: ownerships.into_iter().map(named).collect(),
        settings: super::known(view, id, at).await?,
        judgements: super::known(view, id, at).await?,
        missing: document::missing(&document::DUE_DILIGENCE, &papers, as_known.unwrap_or_else(|| record.today())),
        documents,
        as_known,
        log: log_for(actor, authority, store::history_of(view, "provider", &id.to_string()).await?),
    })
}
