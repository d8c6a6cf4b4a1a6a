//! The people who have a part at an authority.

use std::collections::BTreeSet;

use domain::access::{Action, Actor, On, Role};
use domain::person::{self, Person};
use store::Event;
use store::person::{passwords as kept, persons};

use super::passwords;
use crate::Error;
use crate::record::{Authority, Record, allowed};

/// Somebody to be added.
#[derive(Clone, Debug)]
pub struct NewUser<'a> {
    /// What they are called at work.
    pub name: &'a str,
    /// Where they are reached.
    pub email: &'a str,
    /// What they are here.
    pub roles: BTreeSet<Role>,
    /// A password chosen for them, as in a demonstration; otherwise they choose their own by a link.
    pub password: Option<&'a str>,
}

/// Adds somebody, or gives somebody who is known their part at this authority.
///
/// # Errors
/// [`Error::Unusable`] for an address, name or password that is none; [`Error::Denied`] for roles that may not.
pub async fn add(record: &Record, actor: &Actor, authority: &Authority, new: &NewUser<'_>) -> Result<Person, Error> {
    let permit = allowed(actor, Action::UserAdd, On::authority(authority.id))?;
    let email = person::email(new.email).map_err(|fault| Error::Unusable(fault.to_string()))?;
    let name = new.name.trim();
    if name.is_empty() {
        return Err(Error::Unusable("Enter the person’s name".to_owned()));
    }
    let hash = match new.password {
        Some(password) => {
            passwords::fit(password, &email)?;
            Some(passwords::hash(record, password).await?)
        }
        None => None,
    };
    let mut tx = record.db.begin(permit, record.moment()).await?;
    let known = persons::by_email(&mut tx, &email).await?.map(|known| known.person);
    let person = if let Some(known) = known {
        known
    } else {
        let person = Person { id: record.id(), name: name.to_owned(), email };
        persons::add(&mut tx, &person).await?;
        if let Some(hash) = hash {
            kept::set(&mut tx, person.id, &hash).await?;
        }
        person
    };
    for role in &new.roles {
        persons::grant(&mut tx, person.id, *role).await?;
    }
    tx.commit(Event::of("person", person.id).because("added")).await?;
    Ok(person)
}
