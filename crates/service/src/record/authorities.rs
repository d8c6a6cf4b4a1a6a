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

/// The authority of this name or code; of a real one, by any of its names.
///
/// # Errors
/// [`Error::NotFound`] with the names of those there are.
pub async fn authority(record: &Record, actor: &Actor, name: &str) -> Result<Authority, Error> {
    let all = authorities(record, actor).await?;
    let near = all.iter().map(|one| one.name.clone()).collect();
    let code = Identity::of(name).code;
    let named = |one: &Authority| one.name.eq_ignore_ascii_case(name) || one.code.eq_ignore_ascii_case(&code);
    all.into_iter().find(named).ok_or(Error::NotFound { what: "record", name: name.to_owned(), near })
}

/// The authority of this name, its record opened if it was not.
///
/// # Errors
/// [`Error::Denied`] for anybody but the machine's owner.
pub async fn opened(record: &Record, actor: &Actor, name: &str) -> Result<Authority, Error> {
    match authority(record, actor, name).await {
        Err(Error::NotFound { .. }) => {
            let Identity { code, name } = Identity::of(name);
            open(record, actor, &code, &name).await
        }
        found => found,
    }
}

/// Who an authority is: a real one by its ONS code, whichever of its names is used; another by the name it has.
pub(super) struct Identity {
    pub(super) code: String,
    name: String,
}

impl Identity {
    pub(super) fn of(name: &str) -> Self {
        reference::authority::find(name).map_or_else(
            |_| Self { code: name.to_owned(), name: name.to_owned() },
            |found| Self { code: found.ons_code.to_owned(), name: found.name.to_owned() },
        )
    }

    /// The authority, if its record is open.
    pub(super) async fn find(&self, record: &Record) -> Result<Option<Authority>, Error> {
        let all = authorities(record, &Actor::machine("look for a record")).await?;
        Ok(all.into_iter().find(|one| one.code == self.code))
    }

    /// The authority, with an identity for its record.
    pub(super) fn authority(self, id: Id<Authority>) -> Authority {
        Authority { id, code: self.code, name: self.name }
    }
}
