//! Conflicts of interest and the registers: whoever is bound to a provider stays out of what concerns it and its homes (dossier C5; I14).

use domain::Id;
use domain::access::{Action, Actor, Denied, On, Thing};
use domain::authority::Authority;
use domain::foster_home::FosterHome;
use domain::provider::Provider;
use domain::setting::Setting;
use store::{Entry, View};

use super::allowed;
use crate::Error;

/// The history of a provider or a home as this person may read it: what was written of contracts is for those who may read contracts.
pub(super) fn log_for(actor: &Actor, authority: Id<Authority>, log: Vec<Entry>) -> Vec<Entry> {
    let reads = allowed(actor, Action::ContractRead, On::authority(authority)).is_ok();
    log.into_iter().filter(|one| reads || one.action != Action::ContractWrite).collect()
}

/// Refuses whoever is in conflict with a thing of the registers, or with the provider that runs it. `subject` is its kind and identity, as the log names it.
pub(super) async fn free_of_interest(view: &mut View, actor: &Actor, action: Action, subject: (&str, &str)) -> Result<(), Error> {
    if actor.conflicts.is_empty() {
        return Ok(());
    }
    let (kind, text) = subject;
    let Ok(thing) = text.parse::<Id<Thing>>() else { return Ok(()) };
    let provider: Option<Id<Provider>> = match kind {
        "setting" => store::find::<Setting>(view, Id::from_uuid(thing.uuid())).await?.map(|known| known.fact.provider),
        "foster-home" => store::find::<FosterHome>(view, Id::from_uuid(thing.uuid())).await?.map(|known| known.fact.provider),
        _ => None,
    };
    let bound =
        actor.conflicts.contains(&thing) || provider.is_some_and(|provider| actor.conflicts.contains(&Id::from_uuid(provider.uuid())));
    if bound { Err(Error::Denied(Denied { action })) } else { Ok(()) }
}
