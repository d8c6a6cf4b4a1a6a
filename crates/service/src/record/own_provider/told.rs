//! What somebody of a provider tells of it: beds that cannot be used, and papers. It stands in the registers like every other fact, marked as told by the
//! provider, and in the log under the name of whoever told it.

use std::future::Future;

use domain::access::{Action, Actor, Who};
use domain::authority::Authority;
use domain::capacity::CapacityEvent;
use domain::document::Document;
use domain::provider::Provider;
use domain::provider_user::Told;
use domain::setting::Setting;
use domain::{Day, Id};
use store::{Event, Tx, Versioned};

use super::super::registers::{Entry, must};
use super::{Record, own, own_setting};
use crate::Error;
use crate::record::said;

/// How far back a provider tells of beds, in days: what lies farther back was counted, and paid, as it stood.
const BACK: i32 = 28;

/// A fact that a provider may tell of itself.
pub trait OwnFact: Entry {
    /// Whether it is about this provider and what it runs, and says what a provider may say; the error is a sentence for whoever typed it, or says that there
    /// is no such thing.
    fn is_own(&self, tx: &mut Tx, provider: Id<Provider>, today: Day) -> impl Future<Output = Result<(), Error>> + Send;
}

impl OwnFact for CapacityEvent {
    async fn is_own(&self, tx: &mut Tx, provider: Id<Provider>, today: Day) -> Result<(), Error> {
        let home: Setting = own_setting(tx, provider, self.setting).await?;
        must(home.is_open_on(self.from), "The home is not open on the first night.")?;
        must(today.plus(-BACK) <= self.from, "The first night lies more than four weeks back: ask the authority to record it.")?;
        must(
            !self.note.trim().is_empty(),
            "Say in the note why, in a sentence and without a child’s name: whoever looks for a home reads it.",
        )
    }
}

impl OwnFact for Document {
    async fn is_own(&self, tx: &mut Tx, provider: Id<Provider>, _: Day) -> Result<(), Error> {
        let no_provider = || Error::NotFound { what: "provider", name: self.provider.to_string(), near: Vec::new() };
        if self.provider != provider {
            return Err(no_provider());
        }
        if let Some(setting) = self.setting {
            own_setting(tx, provider, setting).await?;
        }
        must(self.foster_home.is_none(), "A paper about a foster home is recorded by the authority.")?;
        must(!self.title.trim().is_empty(), "Write its name or number.")
    }
}

/// Adds a fact to a register on the word of the provider that the actor works for.
///
/// # Errors
/// [`Error::Denied`] for everybody else; [`Error::NotFound`] for what is another provider's; [`Error::Unusable`] for what contradicts itself or the register.
pub async fn tell<F: OwnFact>(record: &Record, actor: &Actor, authority: Id<Authority>, fact: &F) -> Result<(), Error> {
    let (provider, permit) = own(actor, Action::OwnProviderTell, authority)?;
    let Who::Person(person) = actor.who else { return Err(Error::Unusable("Somebody of the provider tells it.".to_owned())) };
    let mut tx = record.db.begin(permit, record.moment()).await?;
    fact.is_own(&mut tx, provider, record.today()).await?;
    fact.check(&mut tx).await?;
    store::add(&mut tx, fact).await?;
    store::add(&mut tx, &Told { id: record.id(), provider, person, fact: Id::from_uuid(fact.id().uuid()) }).await?;
    let (kind, id) = fact.subject();
    tx.commit(Event::of(kind, id).because("told by the provider")).await?;
    Ok(())
}

/// A fact that the provider told, to be taken back.
///
/// # Errors
/// [`Error::Denied`] for everybody else; [`Error::NotFound`] for what the provider did not tell.
pub async fn own_word<F: OwnFact>(record: &Record, actor: &Actor, authority: Id<Authority>, id: Id<F>) -> Result<Versioned<F>, Error> {
    let (provider, permit) = own(actor, Action::OwnProviderRead, authority)?;
    let mut view = record.db.read(permit).await?;
    let not_found = || Error::NotFound { what: F::WHAT, name: id.to_string(), near: Vec::new() };
    let told = super::words_of(&mut view, provider).await?.contains(&Id::from_uuid(id.uuid()));
    store::find(&mut view, id).await?.filter(|_| told).ok_or_else(not_found)
}

/// Takes back what the provider told and what is not so, or no more. What it said stays in its history.
///
/// # Errors
/// [`Error::Unusable`] without a reason, [`Error::Stale`] where somebody else was quicker, [`Error::NotFound`] for what the provider did not tell.
pub async fn take_back<F: OwnFact>(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    id: Id<F>,
    version: i64,
    reason: &str,
) -> Result<(), Error> {
    let (provider, permit) = own(actor, Action::OwnProviderTell, authority)?;
    let reason = said(reason)?.to_owned();
    let not_found = || Error::NotFound { what: F::WHAT, name: id.to_string(), near: Vec::new() };
    let mut tx = record.db.begin(permit, record.moment()).await?;
    let told: Vec<Versioned<Told>> = store::of(&mut tx, provider).await?;
    let mark = told.into_iter().find(|known| known.fact.fact.uuid() == id.uuid()).ok_or_else(not_found)?;
    let read: Versioned<F> = store::find(&mut tx, id).await?.ok_or_else(not_found)?;
    if read.version != version {
        return Err(Error::Stale);
    }
    must(read.version == 1, "The authority has corrected it since you told it: ask them to take it back.")?;
    store::withdraw(&mut tx, &mark).await?;
    store::withdraw(&mut tx, &read).await?;
    let (kind, subject) = read.fact.subject();
    tx.commit(Event::of(kind, subject).because(&reason)).await?;
    Ok(())
}
