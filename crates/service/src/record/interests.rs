//! Conflicts of interest and the registers: whoever is bound to a provider stays out of what concerns it and its homes (dossier C5; I14).

use domain::access::{Action, Actor, Denied, On, Thing, Who};
use domain::alert::Alert;
use domain::authority::Authority;
use domain::child::Child;
use domain::foster_home::FosterHome;
use domain::lodging::Place;
use domain::merge::Merge;
use domain::provider::Provider;
use domain::setting::Setting;
use domain::{Day, Id};
use store::{Entry, Tx, Versioned, View};

use super::{allowed, no_child};
use crate::Error;

/// The history of a provider or a home as this person may read it: what was written of contracts is for those who may read contracts,
/// and what was written of bank details, reasons too, for those who may see how they stand.
pub(super) fn log_for(actor: &Actor, authority: Id<Authority>, log: Vec<Entry>) -> Vec<Entry> {
    let reads = allowed(actor, Action::ContractRead, On::authority(authority)).is_ok();
    let pays = allowed(actor, Action::PayeeRead, On::authority(authority)).is_ok();
    let shown = |one: &Entry| match one.action {
        Action::ContractWrite => reads,
        Action::PayeeOpen | Action::PayeeWrite => pays,
        _ => true,
    };
    log.into_iter().filter(shown).collect()
}

/// Whether a conflict of interest keeps somebody out of what an alert is about. What an actor is kept out of has the homes of a provider in it.
pub(crate) fn bar(actor: &Actor, alert: &Alert) -> bool {
    let kept_out = |thing: uuid::Uuid| actor.conflicts.contains(&Id::from_uuid(thing));
    let places = [alert.setting.map(Id::uuid), alert.foster_home.map(Id::uuid), alert.child.map(Id::uuid)];
    places.into_iter().flatten().any(kept_out)
}

/// Refuses whoever is kept out of a child by a conflict of interest with any entry of it, as if there were none.
pub(super) async fn free_of_child(view: &mut View, actor: &Actor, child: Id<Child>) -> Result<(), Error> {
    let under: Vec<Versioned<Merge>> = store::of(view, child).await?;
    let over = store::child::under(view, child).await?;
    let mut same = under.iter().map(|known| known.fact.child).chain(over).chain([child]);
    let kept_out = same.any(|same| actor.conflicts.contains(&Id::from_uuid(same.uuid())));
    if kept_out { Err(no_child(child)) } else { Ok(()) }
}

/// Refuses to place a child where whoever writes it has an interest (I14). It is asked of whoever holds the change.
pub(super) async fn free_to_place(tx: &mut Tx, today: Day, place: Place) -> Result<(), Error> {
    let Who::Person(person) = tx.permit().who() else { return Ok(()) };
    let home = match place {
        Place::Setting(id) => id.uuid(),
        Place::FosterHome(id) => id.uuid(),
    };
    let kept_out = store::person::exceptions::kept_out(tx, person, today).await?;
    if kept_out.contains(&Id::from_uuid(home)) {
        return Err(Error::Unusable("A conflict of interest keeps you out of this home: somebody else places a child there.".to_owned()));
    }
    Ok(())
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
