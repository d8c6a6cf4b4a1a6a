//! Whether a case is open to somebody, and opening one in need.

use domain::Id;
use domain::access::{Action, Actor, On, Reach, Who};
use domain::authority::Authority;
use domain::case::Allocation;
use domain::child::Child;
use domain::person::Person;
use domain::placement::Placement;
use store::person::persons;
use store::{Event, Versioned};

use super::super::said;
use super::super::{Record, allowed, no_child};
use super::law;
use crate::{Error, people};

/// Whether this person may do this with this case: asked before a form is shown that would be refused when it is sent.
///
/// # Errors
/// [`Error::NotFound`] where they may not, as if there were no such child.
pub async fn may(record: &Record, actor: &Actor, authority: Id<Authority>, child: Id<Child>, action: Action) -> Result<(), Error> {
    record.allowed_on_case(actor, action, authority, child).await.map(drop)
}

/// The child of a case with which this person may do this, for a form that says whose it is. What people call it lies in the vault.
///
/// # Errors
/// As for [`may`].
pub async fn whose(record: &Record, actor: &Actor, authority: Id<Authority>, child: Id<Child>, action: Action) -> Result<Child, Error> {
    let permit = record.allowed_on_case(actor, action, authority, child).await?;
    let mut view = record.db.read(permit).await?;
    Ok(store::find(&mut view, child).await?.ok_or_else(|| no_child(child))?.fact)
}

/// Whether a case is open to this person after a change of who works with the child or of who may open it.
///
/// # Errors
/// Those of the database.
pub async fn still_opens(record: &Record, actor: &Actor, authority: Id<Authority>, child: Id<Child>) -> Result<bool, Error> {
    let Who::Person(person) = actor.who else { return Ok(true) };
    let permit = allowed(&Actor::machine("decide"), Action::ChildRead, On::authority(authority))?;
    let mut view = record.db.read(permit).await?;
    let now = Actor { purpose: actor.purpose.clone(), ..people::actor(record, &mut view, person).await? };
    drop(view);
    Ok(record.allowed_on_case(&now, Action::ChildRead, authority, child).await.is_ok())
}

/// Enters a child in the register, with nothing known yet but who it is. Whoever writes in their own cases alone, or enters a case that is open to those
/// who are allocated to it alone, is allocated to it: otherwise nobody could go on.
///
/// # Errors
/// [`Error::Denied`]; [`Error::Unusable`] where a child of this authority is called so already.
pub async fn register(record: &Record, actor: &Actor, child: &Child) -> Result<(), Error> {
    let mut tx = record.db.begin(allowed(actor, Action::ChildWrite, On::authority(child.authority))?, record.moment()).await?;
    child.asylum.check(child.born).map_err(|fault| Error::Unusable(fault.to_string()))?;
    store::add(&mut tx, child).await.map_err(|fault| match fault {
        store::Error::Taken => Error::Unusable("There is a child with this reference already. Find it, and write in its case.".to_owned()),
        other => other.into(),
    })?;
    if tx.permit().reach() == Reach::Allocated || child.restricted {
        allocate_writer(record, &mut tx, child.id).await?;
    }
    tx.commit(Event::of("child", child.id).because("entered in the register")).await?;
    Ok(())
}

/// Corrects what the register says about a child itself: an age that was assessed anew (F5), a sex or ethnicity that was mistaken, whether the case is
/// restricted.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Unusable`] without a reason, or for a birth after a fact of the child's life; [`Error::Stale`].
pub async fn amend(record: &Record, actor: &Actor, version: i64, corrected: &Child, reason: &str) -> Result<(), Error> {
    let mut tx = record.begin_on_case(actor, Action::ChildWrite, corrected.authority, corrected.id).await?;
    let reason = said(reason)?;
    let read = store::find(&mut tx, corrected.id).await?.ok_or_else(|| no_child(corrected.id))?;
    if read.version != version {
        return Err(Error::Stale);
    }
    corrected.asylum.check(corrected.born).map_err(|fault| Error::Unusable(fault.to_string()))?;
    let placements: Vec<Versioned<Placement>> = store::of_child(&mut tx, corrected.id).await?;
    if let Some(first) = placements.first().filter(|first| first.fact.start < corrected.born) {
        let (born, start) = (corrected.born.long(), first.fact.start.long());
        return Err(Error::Unusable(format!(
            "{born} is after {start}, when the child moved into a home: correct that placement first, or choose another day."
        )));
    }
    store::correct(&mut tx, &read, corrected).await.map_err(|fault| match fault {
        store::Error::Taken => Error::Unusable("There is a child with this reference already.".to_owned()),
        other => other.into(),
    })?;
    if corrected.born != read.fact.born {
        law::look_where_they_live(record, &mut tx, corrected.id).await?;
    }
    if corrected.restricted && !read.fact.restricted {
        let today = record.today();
        let allocations: Vec<Versioned<Allocation>> = store::of(&mut tx, corrected.id).await?;
        let stands = |known: &Versioned<Allocation>| known.fact.start <= today && known.fact.end.is_none_or(|end| today < end);
        if !allocations.iter().any(stands) {
            allocate_writer(record, &mut tx, corrected.id).await?;
        }
    }
    tx.commit(Event::of("child", corrected.id).because(reason)).await?;
    Ok(())
}

/// Whoever writes works with the child from today on.
async fn allocate_writer(record: &Record, tx: &mut store::Tx, child: Id<Child>) -> Result<(), Error> {
    if let Who::Person(person) = tx.permit().who() {
        let allocation = Allocation { id: record.id(), child, person, start: record.today(), end: None };
        store::add(tx, &allocation).await?;
    }
    Ok(())
}

/// The people who work for an authority, by name: those who can be allocated, or are named in a case.
///
/// # Errors
/// [`Error::Denied`] for roles that read no cases.
pub async fn colleagues(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<Vec<Person>, Error> {
    let mut view = record.db.read(allowed(actor, Action::ChildRead, On::authority(authority))?).await?;
    let all = persons::all(&mut view).await?.into_iter();
    let staff = all.filter(|(_, roles)| roles.iter().all(|role| role.is_of_authority()));
    let mut people: Vec<Person> = staff.map(|(known, _)| known.person).collect();
    people.sort_by(|a, b| a.name.cmp(&b.name).then(a.id.cmp(&b.id)));
    Ok(people)
}

/// Opens a case for a day to somebody who is not allocated to it and knows what the case system calls the child. See [`people::break_glass`].
///
/// # Errors
/// [`Error::NotFound`] where there is no such child; as for [`people::break_glass`].
pub async fn in_need(record: &Record, actor: &Actor, authority: &Authority, reference: &str, reason: &str) -> Result<Id<Child>, Error> {
    let mut view = record.db.read(allowed(actor, Action::ChildBreakGlass, On::authority(authority.id))?).await?;
    let child = store::child::named(&mut view, reference).await?;
    drop(view);
    let child = child.ok_or_else(|| Error::NotFound { what: "child", name: reference.to_owned(), near: Vec::new() })?;
    people::break_glass(record, actor, authority, child, reason).await?;
    Ok(child)
}
