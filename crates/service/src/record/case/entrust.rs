//! Giving a restricted case on which nobody works to somebody: whoever answers for the service does, without opening it.

use domain::Id;
use domain::access::{Action, Actor, On, Role, Who};
use domain::authority::Authority;
use domain::case::Allocation;
use domain::child::Child;
use domain::person::Person;
use store::person::persons;
use store::{Event, View};

use super::super::{Record, allowed, no_child, said};
use crate::Error;

/// Roles that work with a child.
const WORKING: [Role; 3] = [Role::IndependentReviewingOfficer, Role::QualityOfficer, Role::SocialWorker];

/// A restricted case on which nobody works, as far as whoever allocates somebody to it may see it.
#[derive(Clone, Debug)]
pub struct Forsaken {
    /// What the case system calls the child.
    pub reference: String,
    /// Who can be allocated, by name.
    pub people: Vec<Person>,
}

/// A case that waits for somebody to be allocated.
///
/// # Errors
/// [`Error::NotFound`] for every other case; [`Error::Denied`] for roles that may not.
pub async fn forsaken(record: &Record, actor: &Actor, authority: Id<Authority>, child: Id<Child>) -> Result<Forsaken, Error> {
    let mut view = record.db.read(allowed(actor, Action::ChildEntrust, On::thing(authority, child))?).await?;
    found(record, &mut view, actor, child).await
}

/// Whoever gives the case away is not among those whom it can be given to: it takes two to open it (I14).
async fn found(record: &Record, view: &mut View, actor: &Actor, child: Id<Child>) -> Result<Forsaken, Error> {
    if store::due::is_forsaken(view, child, record.today()).await? != Some(true) {
        return Err(no_child(child));
    }
    let reference = store::find(view, child).await?.ok_or_else(|| no_child(child))?.fact.reference;
    let all = persons::all(view).await?.into_iter().filter(|(known, _)| actor.who != Who::Person(known.person.id));
    let working = all.filter(|(known, roles)| known.stopped_at.is_none() && WORKING.iter().any(|role| roles.contains(role)));
    let mut people: Vec<Person> = working.map(|(known, _)| known.person).collect();
    people.sort_by(|a, b| a.name.cmp(&b.name).then(a.id.cmp(&b.id)));
    Ok(Forsaken { reference, people })
}

/// Allocates somebody to such a case from today on. It opens to them, and to nobody else by this.
///
/// # Errors
/// As for [`forsaken`]; [`Error::Unusable`] without a reason, for oneself, and for somebody who does not work with children here or is kept out of the case.
pub async fn entrust(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    child: Id<Child>,
    person: Id<Person>,
    reason: &str,
) -> Result<(), Error> {
    let permit = allowed(actor, Action::ChildEntrust, On::thing(authority, child))?;
    let mut tx = record.db.begin(permit, record.moment()).await?;
    let reason = said(reason)?;
    let today = record.today();
    let found = found(record, &mut tx, actor, child).await?;
    if actor.who == Who::Person(person) {
        return Err(Error::Unusable("You cannot give the case to yourself. Choose somebody else.".to_owned()));
    }
    if !found.people.iter().any(|one| one.id == person) {
        return Err(Error::Unusable("Choose somebody who works with children here.".to_owned()));
    }
    let kept_out = store::person::exceptions::kept_out(&mut tx, person, today).await?;
    if kept_out.contains(&Id::from_uuid(child.uuid())) {
        return Err(Error::Unusable("A conflict of interest keeps this person out of the case. Choose somebody else.".to_owned()));
    }
    let mut allocated: Vec<store::Versioned<Allocation>> = store::of(&mut tx, child).await?;
    allocated.retain(|known| known.fact.person == person && known.fact.start <= today && known.fact.end.is_none_or(|end| today < end));
    if allocated.is_empty() {
        store::add(&mut tx, &Allocation { id: record.id(), child, person, start: today, end: None }).await?;
    }
    tx.commit(Event::of("child", child).because(reason)).await?;
    Ok(())
}
