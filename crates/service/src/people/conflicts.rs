//! The register of declared conflicts of interest (dossier C: checked at panel, evaluation and quality assurance).

use std::collections::BTreeMap;

use domain::access::{Action, Actor, Conflict, On, Thing};
use domain::child::Child;
use domain::person::Person;
use domain::provider::Provider;
use domain::{Day, Id};
use store::person::persons;
use store::{Event, View};

use crate::Error;
use crate::record::{Authority, Record, allowed};

/// A declared conflict with the names that belong to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// What was declared.
    pub conflict: Conflict,
    /// Who is bound.
    pub person: String,
    /// What they are kept out of: a child by reference, a provider by name.
    pub thing: String,
    /// Whether it holds today.
    pub holds: bool,
}

/// What somebody can be bound to, as people name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named<'a> {
    /// A child, by the reference of the case system.
    Child(&'a str),
    /// A provider, by the name it goes by.
    Provider(&'a str),
}

/// Every declared conflict, those that hold first, the newest first.
///
/// # Errors
/// [`Error::Denied`] for roles that keep no such register.
pub async fn conflicts(record: &Record, actor: &Actor, authority: &Authority) -> Result<Vec<Declared>, Error> {
    let mut view = record.db.read(allowed(actor, Action::ConflictRead, On::authority(authority.id))?).await?;
    let people: BTreeMap<Id<Person>, String> =
        persons::all(&mut view).await?.into_iter().map(|(known, _)| (known.person.id, known.person.name)).collect();
    let today = record.today();
    let mut declared = Vec::new();
    for known in store::all::<Conflict>(&mut view).await? {
        let conflict = known.fact;
        let thing = called(&mut view, conflict.thing).await?;
        let person = people.get(&conflict.person).cloned().unwrap_or_else(|| "somebody who has no part here any more".to_owned());
        declared.push(Declared { holds: conflict.holds(today), person, thing, conflict });
    }
    declared.sort_by_key(|one| (!one.holds, std::cmp::Reverse(one.conflict.start), one.conflict.id));
    Ok(declared)
}

async fn called(view: &mut View, thing: Id<Thing>) -> Result<String, Error> {
    if let Some(child) = store::find::<Child>(view, Id::from_uuid(thing.uuid())).await? {
        return Ok(format!("Child {}", child.fact.reference));
    }
    let provider = store::find::<Provider>(view, Id::from_uuid(thing.uuid())).await?;
    Ok(provider.map_or_else(|| "something that is in the record no more".to_owned(), |known| known.fact.name))
}

/// What is named so, for [`super::declare_conflict`].
///
/// # Errors
/// [`Error::Unusable`] where nothing of the record is called so; [`Error::Denied`] for roles that declare none.
pub async fn thing(record: &Record, actor: &Actor, authority: &Authority, named: Named<'_>) -> Result<Id<Thing>, Error> {
    let mut view = record.db.read(allowed(actor, Action::ConflictDeclare, On::authority(authority.id))?).await?;
    let (found, what) = match named {
        Named::Child(reference) => {
            let all = store::all::<Child>(&mut view).await?;
            (all.into_iter().find(|known| known.fact.reference == reference).map(|known| known.fact.id.uuid()), "child has this reference")
        }
        Named::Provider(name) => {
            let all = store::all::<Provider>(&mut view).await?;
            let called = |known: &store::Versioned<Provider>| known.fact.name.eq_ignore_ascii_case(name);
            (all.into_iter().find(called).map(|known| known.fact.id.uuid()), "provider has this name")
        }
    };
    found.map(Id::from_uuid).ok_or_else(|| Error::Unusable(format!("No {what} here: enter it as the register writes it")))
}

/// Ends a conflict from a day on. That there was one stays on the register.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Unusable`] for one that ended already, for a day before it began, and for one's own: it takes somebody else (I14).
pub async fn end_conflict(record: &Record, actor: &Actor, authority: &Authority, id: Id<Conflict>, end: Day) -> Result<(), Error> {
    let mut tx = record.db.begin(allowed(actor, Action::ConflictDeclare, On::authority(authority.id))?, record.moment()).await?;
    let not_found = || Error::NotFound { what: "conflict of interest", name: id.to_string(), near: Vec::new() };
    let read = store::find(&mut tx, id).await?.ok_or_else(not_found)?;
    if actor.who == domain::access::Who::Person(read.fact.person) {
        return Err(Error::Unusable("This conflict is your own: somebody else ends it".to_owned()));
    }
    if read.fact.end.is_some() || end <= read.fact.start {
        return Err(Error::Unusable("A conflict ends once, on a day after it began".to_owned()));
    }
    let ended = Conflict { end: Some(end), ..read.fact.clone() };
    store::correct(&mut tx, &read, &ended).await?;
    tx.commit(Event::of("person", ended.person).because("a conflict of interest ended")).await?;
    Ok(())
}
