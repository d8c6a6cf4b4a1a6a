//! Whose record it is.

use domain::Id;
use domain::access::{Action, Actor, On};
use store::{Event, person};

use super::{Authority, Record, allowed};
use crate::Error;

/// Opens the record of an authority.
///
/// # Errors
/// [`Error::Unusable`] where it is open already; [`Error::Denied`] for anybody but the machine's owner.
pub async fn open(record: &Record, actor: &Actor, code: &str, name: &str) -> Result<Authority, Error> {
    let authority = Authority { id: record.id(), code: code.to_owned(), name: name.to_owned() };
    let permit = allowed(actor, Action::AuthorityOpen, On::authority(authority.id))?;
    let mut tx = record.db.begin(permit, record.moment()).await?;
    person::open_authority(&mut tx, &authority).await.map_err(|fault| match fault {
        store::Error::Taken => Error::Unusable(format!("The record of {name} is open already.")),
        other => other.into(),
    })?;
    tx.commit(Event::of("authority", authority.id)).await?;
    Ok(authority)
}

/// The authorities whose record is kept here, by name.
///
/// # Errors
/// [`Error::Denied`] for anybody but the machine's owner.
pub async fn authorities(record: &Record, actor: &Actor) -> Result<Vec<Authority>, Error> {
    let nowhere = Id::from_uuid(uuid::Uuid::nil());
    let mut view = record.db.read(allowed(actor, Action::AuthorityOpen, On::authority(nowhere))?).await?;
    Ok(person::authorities(&mut view).await?)
}

/// The authority of this name or code.
///
/// # Errors
/// [`Error::NotFound`] with the names of those there are.
pub async fn authority(record: &Record, actor: &Actor, name: &str) -> Result<Authority, Error> {
    let all = authorities(record, actor).await?;
    let near = all.iter().map(|one| one.name.clone()).collect();
    let named = |one: &Authority| one.name.eq_ignore_ascii_case(name) || one.code.eq_ignore_ascii_case(name);
    all.into_iter().find(named).ok_or(Error::NotFound { what: "record", name: name.to_owned(), near })
}
