//! Whether a case is open to somebody, and opening one in need.

use domain::Id;
use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::child::Child;
use domain::person::Person;
use store::Event;
use store::person::persons;

use super::super::{Record, allowed};
use crate::{Error, people};

/// Whether this person may do this with this case: asked before a form is shown that would be refused when it is sent.
///
/// # Errors
/// [`Error::NotFound`] where they may not, as if there were no such child.
pub async fn may(record: &Record, actor: &Actor, authority: Id<Authority>, child: Id<Child>, action: Action) -> Result<(), Error> {
    record.begin_on_case(actor, action, authority, child).await.map(drop)
}

/// Enters a child in the register, with nothing known yet but who it is.
///
/// # Errors
/// [`Error::Denied`]; [`Error::Unusable`] where a child of this authority is called so already.
pub async fn register(record: &Record, actor: &Actor, child: &Child) -> Result<(), Error> {
    let mut tx = record.db.begin(allowed(actor, Action::ChildWrite, On::authority(child.authority))?, record.moment()).await?;
    store::add(&mut tx, child).await.map_err(|fault| match fault {
        store::Error::Taken => Error::Unusable("There is a child with this reference already. Find it, and write in its case.".to_owned()),
        other => other.into(),
    })?;
    tx.commit(Event::of("child", child.id).because("entered in the register")).await?;
    Ok(())
}

/// The people who may sign in for an authority, by name: those who can be allocated, or are named in a case.
///
/// # Errors
/// [`Error::Denied`] for roles that read no cases.
pub async fn colleagues(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<Vec<Person>, Error> {
    let mut view = record.db.read(allowed(actor, Action::ChildRead, On::authority(authority))?).await?;
    let mut people: Vec<Person> = persons::all(&mut view).await?.into_iter().map(|(known, _)| known.person).collect();
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
