//! The people who have a part at an authority, and what part.

use std::collections::BTreeSet;

use domain::Id;
use domain::access::{Action, Actor, On, Role, Who};
use domain::person::{self, Person};
use store::Event;
use store::person::persons::{self, Known};
use store::person::{factors, links, passwords as kept, sessions, sign_ons, tokens};

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

/// Somebody who has a part here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Who, and whether they were stopped.
    pub known: Known,
    /// What they are here.
    pub roles: BTreeSet<Role>,
    /// Whether they chose a password yet.
    pub has_password: bool,
    /// Whether they have a second factor.
    pub has_factor: bool,
}

/// Adds somebody, or gives somebody who is known their part at this authority. Somebody of another authority gets one from the machine's owner alone: an
/// administrator there chose how they sign in, or could have, and that opens nothing of ours on this administrator's word.
///
/// # Errors
/// [`Error::Unusable`] for an address, name, role or password that is none, and for somebody who has a part at another authority or was stopped there;
/// [`Error::Denied`] for roles that may not.
pub async fn add(record: &Record, actor: &Actor, authority: &Authority, new: &NewUser<'_>) -> Result<Person, Error> {
    join(record, actor, authority, new, Way::AsItIs).await
}

/// What becomes of the way in which somebody signs in already who gets a part here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// They sign in as they do.
    AsItIs,
    /// They choose a password anew by a link that is made next, and whoever else knew the one before is out.
    Anew,
}

/// The same as [`add`].
pub(super) async fn join(record: &Record, actor: &Actor, authority: &Authority, new: &NewUser<'_>, way: Way) -> Result<Person, Error> {
    let permit = allowed(actor, Action::UserAdd, On::authority(authority.id))?;
    let email = person::email(new.email).map_err(|fault| Error::Unusable(fault.to_string()))?;
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Error::Unusable("Enter the person’s name, in no more than 100 letters".to_owned()));
    }
    if new.roles.is_empty() {
        return Err(Error::Unusable("Choose at least one role".to_owned()));
    }
    of_authority(&new.roles)?;
    let hash = match new.password {
        Some(password) => {
            passwords::fit(password, &email)?;
            Some(passwords::hash(record, password).await?)
        }
        None => None,
    };
    let mut tx = record.db.begin(permit, record.moment()).await?;
    let known = persons::by_email(&mut tx, &email).await?;
    let person = if let Some(known) = known {
        known_one(&mut tx, actor, &known, way).await?;
        known.person
    } else {
        let person = Person { id: record.id(), name: name.to_owned(), email };
        persons::add(&mut tx, &person).await?;
        if let Some(hash) = hash {
            kept::set(&mut tx, person.id, &hash).await?;
        }
        person
    };
    if matches!(actor.who, Who::Person(id) if id == person.id) {
        return Err(own_roles());
    }
    if persons::grants(&mut tx, person.id).await?.iter().any(|grant| !grant.role.is_of_authority()) {
        return Err(of_a_provider());
    }
    for role in &new.roles {
        persons::grant(&mut tx, person.id, *role).await?;
    }
    tx.commit(Event::of("person", person.id).because("added")).await?;
    Ok(person)
}

/// Whether somebody whom the record knows may be given a part here, and what becomes of how they sign in.
pub(super) async fn known_one(tx: &mut store::Tx, actor: &Actor, known: &Known, way: Way) -> Result<(), Error> {
    let person = known.person.id;
    let is_elsewhere = persons::is_known_elsewhere(tx, person).await?;
    if is_elsewhere && !matches!(actor.who, Who::Machine(_)) {
        return Err(Error::Unusable(
            "Somebody with this address works for another authority here. Ask whoever runs this Placewell to give them a part at this one: the command is `placewell user add`."
                .to_owned(),
        ));
    }
    if persons::find(tx, person).await?.is_some() {
        return Ok(());
    }
    match known.stopped_at {
        Some(_) if is_elsewhere => {
            return Err(Error::Unusable(
                "They were stopped at another authority, and could not sign in here. `placewell user reset` lets them in again there first.".to_owned(),
            ));
        }
        Some(_) => persons::stop(tx, person, None).await?,
        None => {}
    }
    if way == Way::Anew { strip(tx, person).await } else { Ok(()) }
}

/// Takes away everything that somebody signs in with, and ends what is open. In the caller's change: there is no moment at which a part of it holds.
async fn strip(tx: &mut store::Tx, person: Id<Person>) -> Result<(), Error> {
    kept::remove(tx, person).await?;
    factors::remove(tx, person).await?;
    sign_ons::unlink(tx, person).await?;
    sessions::close_all(tx, person).await?;
    links::withdraw(tx, person).await?;
    Ok(())
}

/// Everybody who has a part here, by name.
///
/// # Errors
/// [`Error::Denied`] for roles that may not.
pub async fn users(record: &Record, actor: &Actor, authority: &Authority) -> Result<Vec<(Known, BTreeSet<Role>)>, Error> {
    let mut view = record.db.read(allowed(actor, Action::UserRead, On::authority(authority.id))?).await?;
    Ok(persons::all(&mut view).await?)
}

/// What somebody may do here, by their address: for whoever keeps the machine and looks at a colleague's day with them.
///
/// # Errors
/// [`Error::NotFound`] for nobody of this authority; [`Error::Denied`] for roles that may not.
pub async fn acting_as(record: &Record, actor: &Actor, authority: &Authority, email: &str) -> Result<Actor, Error> {
    let mut view = record.db.read(allowed(actor, Action::UserRead, On::authority(authority.id))?).await?;
    let nobody = || Error::NotFound { what: "person", name: email.to_owned(), near: Vec::new() };
    let address = person::email(email).map_err(|fault| Error::Unusable(fault.to_string()))?;
    let known = persons::by_email(&mut view, &address).await?.ok_or_else(nobody)?;
    let acting = super::actor(record, &mut view, known.person.id).await?;
    if acting.grants.is_empty() { Err(nobody()) } else { Ok(acting) }
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`] for nobody of this authority; [`Error::Denied`] for roles that may not.
pub async fn user(record: &Record, actor: &Actor, authority: &Authority, person: Id<Person>) -> Result<User, Error> {
    let mut view = record.db.read(allowed(actor, Action::UserRead, On::authority(authority.id))?).await?;
    let known = persons::find(&mut view, person).await?.ok_or_else(|| nobody(person))?;
    let roles = persons::grants(&mut view, person).await?.into_iter().map(|grant| grant.role).collect();
    let has_password = kept::of(&mut view, person).await?.is_some();
    let has_factor = factors::of(&mut view, person).await?.is_some_and(|factor| factor.confirmed_at.is_some());
    Ok(User { known, roles, has_password, has_factor })
}

/// Gives somebody these roles here in the place of those they have. They hold from their next page on.
///
/// # Errors
/// [`Error::Unusable`] for one's own roles and for no role at all: to take everything from somebody, stop them.
pub async fn set_roles(
    record: &Record,
    actor: &Actor,
    authority: &Authority,
    person: Id<Person>,
    roles: &BTreeSet<Role>,
) -> Result<(), Error> {
    if roles.is_empty() {
        return Err(Error::Unusable("Choose at least one role, or stop the person instead".to_owned()));
    }
    let mut tx = change(record, actor, authority, person).await?;
    of_authority(roles)?;
    let held: BTreeSet<Role> = persons::grants(&mut tx, person).await?.into_iter().map(|grant| grant.role).collect();
    if held.iter().any(|role| !role.is_of_authority()) {
        return Err(of_a_provider());
    }
    for role in roles.difference(&held) {
        persons::grant(&mut tx, person, *role).await?;
    }
    for role in held.difference(roles) {
        persons::revoke(&mut tx, person, *role).await?;
    }
    tx.commit(Event::of("person", person).because("changed roles")).await?;
    Ok(())
}

/// Stops somebody: their sessions end now, their links work no more, and they cannot sign in. From somebody who has a part at another authority too, the
/// part here is taken, and nothing else: whether they sign in there is not this authority's to say.
///
/// # Errors
/// [`Error::Unusable`] for oneself; [`Error::NotFound`] for nobody of this authority.
pub async fn stop(record: &Record, actor: &Actor, authority: &Authority, person: Id<Person>) -> Result<(), Error> {
    let mut tx = change(record, actor, authority, person).await?;
    if is_shared(&mut tx, actor, person).await? {
        for grant in persons::grants(&mut tx, person).await? {
            persons::revoke(&mut tx, person, grant.role).await?;
        }
        sessions::close_here(&mut tx, person).await?;
        tokens::end_here(&mut tx, person).await?;
        tx.commit(Event::of("person", person).because("took the part here away")).await?;
        return Ok(());
    }
    let now = tx.moment().at;
    persons::stop(&mut tx, person, Some(now)).await?;
    sessions::close_all(&mut tx, person).await?;
    tokens::end_all(&mut tx, person).await?;
    links::withdraw(&mut tx, person).await?;
    tx.commit(Event::of("person", person).because("stopped")).await?;
    Ok(())
}

/// Lets somebody sign in again who was stopped.
///
/// # Errors
/// [`Error::NotFound`] for nobody of this authority; [`Error::Unusable`] for somebody who has a part at another one too.
pub async fn let_in_again(record: &Record, actor: &Actor, authority: &Authority, person: Id<Person>) -> Result<(), Error> {
    let mut tx = own_change(record, actor, authority, person).await?;
    persons::stop(&mut tx, person, None).await?;
    tx.commit(Event::of("person", person).because("let in again")).await?;
    Ok(())
}

/// Takes the second factor from somebody who lost their telephone and their recovery codes. They set up another one when they sign in.
///
/// # Errors
/// [`Error::Unusable`] for oneself, and for somebody who has a part at another authority too; [`Error::NotFound`] for nobody of this authority.
pub async fn take_factor(record: &Record, actor: &Actor, authority: &Authority, person: Id<Person>) -> Result<(), Error> {
    let mut tx = own_change(record, actor, authority, person).await?;
    factors::remove(&mut tx, person).await?;
    sessions::close_all(&mut tx, person).await?;
    tokens::end_all(&mut tx, person).await?;
    tx.commit(Event::of("person", person).because("took the second factor away")).await?;
    Ok(())
}

/// Unlinks somebody from the provider of single sign-on, whose account there was made anew or is theirs no more: they link another one themselves.
///
/// # Errors
/// [`Error::Unusable`] for oneself, and for somebody who has a part at another authority too; [`Error::NotFound`] for nobody of this authority.
pub async fn unlink(record: &Record, actor: &Actor, authority: &Authority, person: Id<Person>) -> Result<(), Error> {
    let mut tx = own_change(record, actor, authority, person).await?;
    sign_ons::unlink(&mut tx, person).await?;
    sessions::close_all(&mut tx, person).await?;
    tx.commit(Event::of("person", person).because("unlinked from single sign-on")).await?;
    Ok(())
}

/// Takes away everything that somebody signs in with, their password first of all, lets them in again, and gives the link by which they choose another one,
/// all of it or none: for the machine's owner, whom whoever has a part at several authorities asks, since none of them may.
///
/// # Errors
/// [`Error::NotFound`] for nobody of this authority; [`Error::Unusable`] for oneself, and for somebody who has a part at another authority too.
pub async fn reset(record: &Record, actor: &Actor, authority: &Authority, email: &str) -> Result<(Person, super::Token), Error> {
    let mut view = record.db.read(allowed(actor, Action::UserRead, On::authority(authority.id))?).await?;
    let nobody = || Error::NotFound { what: "person", name: email.to_owned(), near: Vec::new() };
    let address = person::email(email).map_err(|fault| Error::Unusable(fault.to_string()))?;
    let person = persons::by_email(&mut view, &address).await?.ok_or_else(nobody)?.person;
    drop(view);
    let mut tx = own_change(record, actor, authority, person.id).await?;
    strip(&mut tx, person.id).await?;
    persons::stop(&mut tx, person.id, None).await?;
    let token = super::links::made(record, &mut tx, authority, &person, links::Kind::Recovery).await?;
    tx.commit(Event::of("person", person.id).because("took everything away that they sign in with, and made a link: recovery")).await?;
    Ok((person, token))
}

/// A change of somebody else's part, begun.
async fn change(record: &Record, actor: &Actor, authority: &Authority, person: Id<Person>) -> Result<store::Tx, Error> {
    let permit = allowed(actor, Action::UserChange, On::authority(authority.id))?;
    if matches!(actor.who, Who::Person(own) if own == person) {
        return Err(own_roles());
    }
    let mut tx = record.db.begin(permit, record.moment()).await?;
    persons::find(&mut tx, person).await?.ok_or_else(|| nobody(person))?;
    Ok(tx)
}

/// A change of how somebody else signs in, begun: only of somebody who has no part at another authority, whose way in it would be too.
async fn own_change(record: &Record, actor: &Actor, authority: &Authority, person: Id<Person>) -> Result<store::Tx, Error> {
    let mut tx = change(record, actor, authority, person).await?;
    if is_shared(&mut tx, actor, person).await? { Err(shared()) } else { Ok(tx) }
}

/// Whether somebody else's authority has a say too in how a person signs in. The machine's owner acts for all of them.
pub(super) async fn is_shared(view: &mut store::View, actor: &Actor, person: Id<Person>) -> Result<bool, Error> {
    Ok(!matches!(actor.who, Who::Machine(_)) && persons::is_known_elsewhere(view, person).await?)
}

pub(super) fn shared() -> Error {
    Error::Unusable(
        "They have a part at another authority too, so how they sign in is not for one of them to change. Whoever forgot a password asks for a link on the page of signing in; for anything else ask whoever runs this Placewell."
            .to_owned(),
    )
}

/// Whoever gives out roles gives none to themselves: it takes two (I14).
fn own_roles() -> Error {
    Error::Unusable("Nobody changes their own part. Ask another administrator.".to_owned())
}

/// A part as somebody of a provider comes with the provider ([`super::invite_to_provider`]), and beside no other one.
fn of_authority(roles: &BTreeSet<Role>) -> Result<(), Error> {
    if roles.iter().all(|role| role.is_of_authority()) {
        return Ok(());
    }
    Err(Error::Unusable("The role of a provider user comes with a provider: invite the person under People of providers".to_owned()))
}

/// Somebody of a provider who is to get another part.
fn of_a_provider() -> Error {
    Error::Unusable("They work for a provider, and whoever does has no other role here. Take that part away first.".to_owned())
}

pub(super) fn nobody(person: Id<Person>) -> Error {
    Error::NotFound { what: "person", name: person.to_string(), near: Vec::new() }
}
