//! Who may approve what, now or at six on Sunday evening.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Action, Actor, On, Role, Who};
use domain::office::{Duty, Nomination, Office, Standing, duty_day};
use domain::person::Person;
use domain::{Day, Id};
use reference::calendar;
use store::person::persons::{self, Known};
use store::{Event, View};

use crate::Error;
use crate::record::{Authority, Record, allowed};

/// Somebody who may decide for an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approver {
    /// Who.
    pub person: Person,
    /// As what.
    pub standing: Standing,
    /// Where the signed nomination is.
    pub written: String,
    /// How they are reached, if they are on duty at that hour.
    pub telephone: Option<String>,
}

/// Those who may decide for an office at an hour of a day in England: whoever is on duty first, then holders, then deputies.
///
/// # Errors
/// [`Error::Denied`] for whoever has no part here.
pub async fn approvers(
    record: &Record,
    actor: &Actor,
    authority: &Authority,
    office: Office,
    (day, hour): (Day, u8),
) -> Result<Vec<Approver>, Error> {
    let mut view = record.db.read(allowed(actor, Action::OfficeRead, On::authority(authority.id))?).await?;
    let nominations = store::all::<Nomination>(&mut view).await?;
    let duties = store::all::<Duty>(&mut view).await?;
    let working = working(&mut view).await?;
    let tonight = duty_day(day, hour, &calendar::england());
    let reached = |person: Id<Person>| {
        let on_duty = |duty: &Duty| duty.person == person && Some(duty.day) == tonight;
        duties.iter().map(|known| &known.fact).find(|duty| on_duty(duty)).map(|duty| duty.telephone.clone())
    };
    let holding = nominations.into_iter().map(|known| known.fact).filter(|one| one.office == office && one.holds(day));
    let mut approvers: Vec<Approver> = holding
        .filter_map(|one| {
            let person = working.get(&one.person)?.clone();
            Some(Approver { telephone: reached(person.id), person, standing: one.standing, written: one.written })
        })
        .collect();
    approvers.sort_by(|a, b| {
        let key = |one: &Approver| (one.telephone.is_none(), one.standing, one.person.name.clone());
        key(a).cmp(&key(b))
    });
    Ok(approvers)
}

/// Every nomination, the newest first, with the name of whom it names.
///
/// # Errors
/// [`Error::Denied`] for whoever has no part here.
pub async fn nominations(record: &Record, actor: &Actor, authority: &Authority) -> Result<Vec<(Nomination, String)>, Error> {
    let mut view = record.db.read(allowed(actor, Action::OfficeRead, On::authority(authority.id))?).await?;
    let names = names(&mut view).await?;
    let mut all: Vec<Nomination> = store::all(&mut view).await?.into_iter().map(|known| known.fact).collect();
    all.sort_by_key(|one: &Nomination| (std::cmp::Reverse(one.start), one.id));
    let with_name = |one: Nomination| {
        let name = called(&names, one.person);
        (one, name)
    };
    Ok(all.into_iter().map(with_name).collect())
}

/// Whether somebody may sign in and works for the authority, not for a provider.
fn is_staff((known, roles): &(Known, BTreeSet<Role>)) -> bool {
    known.stopped_at.is_none() && roles.iter().all(|role| role.is_of_authority())
}

/// The names of all who have or had a part here.
pub(super) async fn names(view: &mut View) -> Result<BTreeMap<Id<Person>, String>, Error> {
    Ok(persons::all(view).await?.into_iter().map(|(known, _)| (known.person.id, known.person.name)).collect())
}

/// What somebody is called.
pub(super) fn called(names: &BTreeMap<Id<Person>, String>, person: Id<Person>) -> String {
    names.get(&person).cloned().unwrap_or_else(|| "somebody who has no part here any more".to_owned())
}

/// Those who can be nominated and put on the rota: everybody who may sign in and works for the authority, by name.
///
/// # Errors
/// [`Error::Denied`] for roles that keep no rota.
pub async fn eligible(record: &Record, actor: &Actor, authority: &Authority) -> Result<Vec<Person>, Error> {
    let mut view = record.db.read(allowed(actor, Action::OfficeWrite, On::authority(authority.id))?).await?;
    let working = persons::all(&mut view).await?.into_iter().filter(is_staff);
    Ok(working.map(|(known, _)| known.person).collect())
}

/// A nomination, as it is typed in.
#[derive(Clone, Debug)]
pub struct NewNomination {
    /// To which office.
    pub office: Office,
    /// As what.
    pub standing: Standing,
    /// Whom.
    pub person: Id<Person>,
    /// From which day.
    pub start: Day,
    /// Until which; nothing where the paper names none.
    pub end: Option<Day>,
    /// Where the signed paper is.
    pub written: String,
}

/// Records a written nomination. Nobody records their own (I14).
///
/// # Errors
/// [`Error::Unusable`] where it names no paper, ends before it begins, nominates nobody of this authority, or whoever records it.
pub async fn nominate(record: &Record, actor: &Actor, authority: &Authority, new: NewNomination) -> Result<Nomination, Error> {
    let permit = allowed(actor, Action::OfficeWrite, On::authority(authority.id))?;
    let nomination = sound(actor, authority, record.id(), &new)?;
    let mut tx = record.db.begin(permit, record.moment()).await?;
    works_here(&mut tx, nomination.person).await?;
    store::add(&mut tx, &nomination).await?;
    tx.commit(Event::of("nomination", nomination.id)).await?;
    Ok(nomination)
}

/// A nomination as it was typed, once it names a paper, ends after it begins and is nobody's own (I14).
pub(super) fn sound(actor: &Actor, authority: &Authority, id: Id<Nomination>, new: &NewNomination) -> Result<Nomination, Error> {
    let written = new.written.trim().to_owned();
    if written.is_empty() {
        return Err(Error::Unusable("Enter where the signed nomination is: without one nobody can decide for the office".to_owned()));
    }
    if actor.who == Who::Person(new.person) {
        return Err(Error::Unusable("You would nominate yourself: somebody else records it".to_owned()));
    }
    if new.end.is_some_and(|end| end <= new.start) {
        return Err(Error::Unusable("Enter an end that is after the first day".to_owned()));
    }
    let &NewNomination { office, standing, person, start, end, .. } = new;
    Ok(Nomination { id, authority: authority.id, office, standing, person, start, end, written })
}

/// Puts somebody on the rota for the night of a day.
///
/// # Errors
/// [`Error::Unusable`] without a telephone number, for nobody of this authority, or where they are on it already.
pub async fn put_on_duty(
    record: &Record,
    actor: &Actor,
    authority: &Authority,
    person: Id<Person>,
    day: Day,
    telephone: &str,
) -> Result<Duty, Error> {
    let permit = allowed(actor, Action::OfficeWrite, On::authority(authority.id))?;
    let telephone = reachable(telephone)?;
    let mut tx = record.db.begin(permit, record.moment()).await?;
    works_here(&mut tx, person).await?;
    let duty = Duty { id: record.id(), authority: authority.id, person, day, telephone };
    store::add(&mut tx, &duty).await.map_err(twice)?;
    tx.commit(Event::of("duty", duty.id)).await?;
    Ok(duty)
}

/// A number on which somebody can be rung.
pub(super) fn reachable(telephone: &str) -> Result<String, Error> {
    let telephone = telephone.trim();
    if telephone.chars().filter(char::is_ascii_digit).count() < 6 || telephone.len() > 40 {
        return Err(Error::Unusable("Enter a telephone number on which they are reached that night".to_owned()));
    }
    Ok(telephone.to_owned())
}

/// Says of a night that somebody has twice what is wrong with it.
pub(super) fn twice(fault: store::Error) -> Error {
    match fault {
        store::Error::Taken => Error::Unusable("They are on the rota of that night already: correct that entry".to_owned()),
        other => other.into(),
    }
}

/// Everybody who may sign in, by identity.
pub(super) async fn working(view: &mut View) -> Result<BTreeMap<Id<Person>, Person>, Error> {
    let working = persons::all(view).await?.into_iter().filter(|(known, _): &(Known, _)| known.stopped_at.is_none());
    Ok(working.map(|(known, _)| (known.person.id, known.person)).collect())
}

pub(super) async fn works_here(tx: &mut store::Tx, person: Id<Person>) -> Result<(), Error> {
    let known = persons::find(tx, person).await?.filter(|known| known.stopped_at.is_none());
    known.map(drop).ok_or_else(|| Error::Unusable("Choose somebody who works here and may sign in".to_owned()))
}
