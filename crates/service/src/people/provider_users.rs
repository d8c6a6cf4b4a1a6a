//! People who work for a provider (dossier C9): who invites them, to which provider, and how that ends.

use domain::Id;
use domain::access::{Action, Actor, On, Role};
use domain::person::{self, Person};
use domain::provider::Provider;
use domain::provider_user::ProviderUser;
use store::person::persons::{self, Known};
use store::person::{passwords as kept, sessions};
use store::{Event, Versioned};

use super::users::Way;
use super::{Token, links, passwords, users};
use crate::Error;
use crate::record::{Authority, Record, allowed};

/// Somebody of a provider who is to be let in.
#[derive(Clone, Copy, Debug)]
pub struct NewProviderUser<'a> {
    /// What they are called at work.
    pub name: &'a str,
    /// Where they are reached.
    pub email: &'a str,
    /// Whom they work for.
    pub provider: Id<Provider>,
    /// A password chosen for them, as in a demonstration; otherwise they choose their own by a link.
    pub password: Option<&'a str>,
}

/// Somebody who has a part here because they work for a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfProvider {
    /// Who, and whether they were stopped.
    pub known: Known,
    /// Whom they work for.
    pub provider: Id<Provider>,
    /// The provider's name.
    pub of: String,
    /// Whether they chose a password yet.
    pub has_password: bool,
}

/// Invites somebody to a provider, and makes the link by which they choose their password, to be handed on.
///
/// # Errors
/// Those of [`join_provider`].
pub async fn invite_to_provider(
    record: &Record,
    actor: &Actor,
    authority: &Authority,
    new: &NewProviderUser<'_>,
) -> Result<(Person, Token), Error> {
    let person = join_provider(record, actor, authority, new).await?;
    let token = links::invitation_for(record, actor, authority, &person).await?;
    Ok((person, token))
}

/// Invites somebody to a provider by mail: nobody but they see the link.
///
/// # Errors
/// Those of [`join_provider`].
pub async fn invite_to_provider_by_mail(
    record: &Record,
    actor: &Actor,
    authority: &Authority,
    new: &NewProviderUser<'_>,
) -> Result<Person, Error> {
    let person = join_provider(record, actor, authority, new).await?;
    links::mail_invitation_to(record, actor, authority, &person).await?;
    Ok(person)
}

/// Gives somebody the part of a provider's user.
///
/// # Errors
/// [`Error::Unusable`] for an address or name that is none, and for somebody who has a part here already or was stopped; [`Error::NotFound`] for no such
/// provider; [`Error::Denied`] for roles that may not, and for whoever is in conflict with the provider.
pub async fn join_provider(record: &Record, actor: &Actor, authority: &Authority, new: &NewProviderUser<'_>) -> Result<Person, Error> {
    let permit = allowed(actor, Action::ProviderInvite, On::thing(authority.id, new.provider))?;
    let email = person::email(new.email).map_err(|fault| Error::Unusable(fault.to_string()))?;
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Error::Unusable("Enter the person’s name, in no more than 100 letters".to_owned()));
    }
    let hash = match new.password {
        Some(password) => Some(passwords::hash(record, password).await?),
        None => None,
    };
    let mut tx = record.db.begin(permit, record.moment()).await?;
    let provider: Option<Versioned<Provider>> = store::find(&mut tx, new.provider).await?;
    provider.ok_or_else(|| Error::NotFound { what: "provider", name: new.provider.to_string(), near: Vec::new() })?;
    let person = match persons::by_email(&mut tx, &email).await? {
        Some(known) if known.stopped_at.is_some() => {
            return Err(Error::Unusable(
                "Whoever has this email address was stopped: an administrator lets them in again first".to_owned(),
            ));
        }
        Some(known) if !persons::grants(&mut tx, known.person.id).await?.is_empty() => {
            return Err(Error::Unusable("Whoever has this email address has a part here already: one person has one part".to_owned()));
        }
        Some(known) => {
            users::known_one(&mut tx, actor, &known, Way::Anew).await?;
            known.person
        }
        None => {
            let person = Person { id: record.id(), name: name.to_owned(), email };
            persons::add(&mut tx, &person).await?;
            if let Some(hash) = hash {
                kept::set(&mut tx, person.id, &hash).await?;
            }
            person
        }
    };
    // Whoever left a provider and comes back, to it or to another one, is bound anew.
    if let Some(before) = store::provider_user::of_person(&mut tx, person.id).await? {
        let bound = ProviderUser { provider: new.provider, ..before.fact.clone() };
        store::correct(&mut tx, &before, &bound).await?;
    } else {
        store::add(&mut tx, &ProviderUser { id: record.id(), person: person.id, provider: new.provider }).await?;
    }
    persons::grant(&mut tx, person.id, Role::ProviderUser).await?;
    tx.commit(Event::of("provider", new.provider).because("invited somebody of the provider")).await?;
    Ok(person)
}

/// Everybody who has a part here by working for a provider, by provider and name.
///
/// # Errors
/// [`Error::Denied`] for roles that may not.
pub async fn provider_users(record: &Record, actor: &Actor, authority: &Authority) -> Result<Vec<OfProvider>, Error> {
    let mut view = record.db.read(allowed(actor, Action::ProviderInvite, On::authority(authority.id))?).await?;
    let mut all = Vec::new();
    for (known, roles) in persons::all(&mut view).await? {
        if !roles.contains(&Role::ProviderUser) {
            continue;
        }
        let Some(bound) = store::provider_user::of_person(&mut view, known.person.id).await? else { continue };
        let provider: Option<Versioned<Provider>> = store::find(&mut view, bound.fact.provider).await?;
        let has_password = kept::of(&mut view, known.person.id).await?.is_some();
        let of = provider.map(|known| known.fact.name).unwrap_or_default();
        all.push(OfProvider { known, provider: bound.fact.provider, of, has_password });
    }
    all.retain(|one| !actor.conflicts.contains(&Id::from_uuid(one.provider.uuid())));
    all.sort_by(|one, other| (one.of.to_lowercase(), &one.known.person.name).cmp(&(other.of.to_lowercase(), &other.known.person.name)));
    Ok(all)
}

/// The providers to which somebody can be invited, by name; without those with which the actor is in conflict.
///
/// # Errors
/// [`Error::Denied`] for roles that may not.
pub async fn providers_to_join(record: &Record, actor: &Actor, authority: &Authority) -> Result<Vec<(Id<Provider>, String)>, Error> {
    let mut view = record.db.read(allowed(actor, Action::ProviderInvite, On::authority(authority.id))?).await?;
    let all = store::all::<Provider>(&mut view).await?.into_iter().map(|known| (known.fact.id, known.fact.name));
    let mut all: Vec<(Id<Provider>, String)> = all.filter(|(id, _)| !actor.conflicts.contains(&Id::from_uuid(id.uuid()))).collect();
    all.sort_by_key(|(id, name)| (name.to_lowercase(), *id));
    Ok(all)
}

/// Takes the part here from somebody of a provider; their sessions here end now. What they told stays, with their name in the log.
///
/// # Errors
/// [`Error::NotFound`] for nobody of a provider; [`Error::Denied`] for roles that may not, and for whoever is in conflict with the provider.
pub async fn part_from_provider(record: &Record, actor: &Actor, authority: &Authority, person: Id<Person>) -> Result<(), Error> {
    let permit = allowed(actor, Action::ProviderInvite, On::authority(authority.id))?;
    let mut tx = record.db.begin(permit, record.moment()).await?;
    let held = persons::grants(&mut tx, person).await?.into_iter().any(|grant| grant.role == Role::ProviderUser);
    let bound = store::provider_user::of_person(&mut tx, person).await?.filter(|_| held).ok_or_else(|| users::nobody(person))?;
    allowed(actor, Action::ProviderInvite, On::thing(authority.id, bound.fact.provider))?;
    persons::revoke(&mut tx, person, Role::ProviderUser).await?;
    store::withdraw(&mut tx, &bound).await?;
    sessions::close_here(&mut tx, person).await?;
    tx.commit(Event::of("provider", bound.fact.provider).because("took the part here from somebody of the provider")).await?;
    Ok(())
}
