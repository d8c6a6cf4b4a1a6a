//! What somebody of a provider sees of this authority's record (dossier C9): their own provider with its homes, beds, papers, contracts and prices. No child,
//! no other provider, nothing that the authority's people wrote for themselves: notes, scores, histories.
//!
//! Everything here is read through a permit for the own provider; on PostgreSQL the database itself shows such a permit no other row (`store::schema`), on
//! SQLite each function chooses by the provider. Beds are the exception: who lives in a home and for whom a bed is held is counted by the program on its own
//! account, and only the numbers come out.

mod agreed;
mod told;

use std::collections::BTreeSet;

use domain::access::{Action, Actor, Denied, On, Permit};
use domain::authority::Authority;
use domain::capacity::{CapacityEvent, Night};
use domain::document::{self, DUE_DILIGENCE, Document};
use domain::provider::Provider;
use domain::provider_user::{Fact, Told};
use domain::setting::{Restriction, Setting, Terms};
use domain::{Day, Id};
use store::{Versioned, View};

pub use agreed::{Agreed, AgreedPrice, agreed};
pub use told::{OwnFact, own_word, take_back, tell};

use super::settings::{self, SettingPage};
use super::{Record, allowed};
use crate::Error;

/// The own provider as its people see it.
#[derive(Clone, Debug)]
pub struct OwnProvider {
    /// Which.
    pub provider: Provider,
    /// Its homes, agencies and services by name, each with its beds tonight.
    pub homes: Vec<(Setting, Night)>,
    /// Its papers.
    pub documents: Vec<Versioned<Document>>,
    /// What due diligence wants and nobody holds today.
    pub missing: Vec<document::Kind>,
    /// Facts that stand on the provider's own word.
    pub told: BTreeSet<Id<Fact>>,
    /// The day on which it is looked at.
    pub day: Day,
}

/// One home of the own provider.
#[derive(Clone, Debug)]
pub struct OwnHome {
    /// Which.
    pub setting: Setting,
    /// What its registration allows today.
    pub terms: Option<Terms>,
    /// Its judgement today, in words.
    pub judged: &'static str,
    /// What is stopped today.
    pub restrictions: Vec<Restriction>,
    /// Beds that cannot be used, by first night. Notes are left out of those that the provider did not tell.
    pub events: Vec<Versioned<CapacityEvent>>,
    /// Its beds on the nights asked for: numbers alone.
    pub nights: Vec<Night>,
    /// Facts that stand on the provider's own word.
    pub told: BTreeSet<Id<Fact>>,
}

/// Leave to do this for the provider that the actor works for, and which that is.
fn own(actor: &Actor, action: Action, authority: Id<Authority>) -> Result<(Id<Provider>, Permit), Error> {
    let provider = actor.provider.ok_or(Error::Denied(Denied { action }))?;
    Ok((provider, allowed(actor, action, On::thing(authority, provider))?))
}

/// The facts that a provider told.
async fn words_of(view: &mut View, provider: Id<Provider>) -> Result<BTreeSet<Id<Fact>>, Error> {
    let told: Vec<Versioned<Told>> = store::of(view, provider).await?;
    Ok(told.into_iter().map(|known| known.fact.fact).collect())
}

/// The facts of the registers that stand on a provider's own word, for the people of the authority who read them.
///
/// # Errors
/// [`Error::Denied`].
pub async fn told_by_providers(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<BTreeSet<Id<Fact>>, Error> {
    let mut view = record.db.read(allowed(actor, Action::ProviderRead, On::authority(authority))?).await?;
    Ok(store::all::<Told>(&mut view).await?.into_iter().map(|known| known.fact.fact).collect())
}

/// Homes with all that bears on their beds, read by the program on its own account: children are counted and never shown.
async fn counted(record: &Record, authority: Id<Authority>, homes: &[Id<Setting>]) -> Result<Vec<SettingPage>, Error> {
    let permit = allowed(&Actor::machine("count the beds of a provider"), Action::HomeRead, On::authority(authority))?;
    let mut view = record.db.read(permit).await?;
    let mut pages = Vec::new();
    for home in homes {
        pages.push(settings::read(&mut view, record, *home, None).await?);
    }
    Ok(pages)
}

/// The provider that the actor works for.
///
/// # Errors
/// [`Error::Denied`] for everybody else.
pub async fn own_provider(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<OwnProvider, Error> {
    let (id, permit) = own(actor, Action::OwnProviderRead, authority)?;
    let mut view = record.db.read(permit).await?;
    let not_found = || Error::NotFound { what: "provider", name: id.to_string(), near: Vec::new() };
    let provider: Versioned<Provider> = store::find(&mut view, id).await?.ok_or_else(not_found)?;
    let settings: Vec<Versioned<Setting>> = store::of(&mut view, id).await?;
    let documents: Vec<Versioned<Document>> = store::of(&mut view, id).await?;
    let told = words_of(&mut view, id).await?;
    drop(view);
    let homes: Vec<Id<Setting>> = settings.iter().map(|known| known.fact.id).collect();
    let pages = counted(record, authority, &homes).await?;
    let whole = documents.iter().map(|known| &known.fact).filter(|one| one.setting.is_none() && one.foster_home.is_none());
    let whole: Vec<Document> = whole.cloned().collect();
    let day = record.today();
    Ok(OwnProvider {
        provider: provider.fact,
        homes: settings.into_iter().zip(&pages).map(|(known, page)| (known.fact, page.tonight())).collect(),
        missing: document::missing(&DUE_DILIGENCE, &whole, day),
        documents,
        told,
        day,
    })
}

/// One home of the provider that the actor works for, with its beds from a night up to another, which is not one of them.
///
/// # Errors
/// [`Error::Denied`] for everybody else; [`Error::NotFound`] for a home of another provider as for one that is not there.
pub async fn own_home(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    id: Id<Setting>,
    (from, to): (Day, Day),
) -> Result<OwnHome, Error> {
    let (provider, permit) = own(actor, Action::OwnProviderRead, authority)?;
    let mut view = record.db.read(permit).await?;
    let setting = own_setting(&mut view, provider, id).await?;
    let told = words_of(&mut view, provider).await?;
    drop(view);
    let page = counted(record, authority, &[id]).await?.pop().ok_or_else(|| no_home(id))?;
    let own_words = |known: &Versioned<CapacityEvent>| told.contains(&Id::from_uuid(known.fact.id.uuid()));
    let shown = |known: Versioned<CapacityEvent>| {
        let note = if own_words(&known) { known.fact.note.clone() } else { String::new() };
        Versioned { fact: CapacityEvent { note, ..known.fact.clone() }, ..known }
    };
    Ok(OwnHome {
        terms: page.terms_today().map(|known| known.fact.clone()),
        judged: page.judged(),
        restrictions: settings::plain(&page.restrictions).into_iter().filter(|one| one.holds_on(page.day)).collect(),
        nights: page.nights(from, to),
        events: page.events.clone().into_iter().map(shown).collect(),
        setting,
        told,
    })
}

fn no_home(id: Id<Setting>) -> Error {
    Error::NotFound { what: "home", name: id.to_string(), near: Vec::new() }
}

/// A home, if it is this provider's.
async fn own_setting(view: &mut View, provider: Id<Provider>, id: Id<Setting>) -> Result<Setting, Error> {
    let found: Option<Versioned<Setting>> = store::find(view, id).await?;
    found.map(|known| known.fact).filter(|setting| setting.provider == provider).ok_or_else(|| no_home(id))
}
