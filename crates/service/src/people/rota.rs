//! Who is on duty when offices are shut, night by night, and for which offices they may decide then (trap F25).

use std::collections::BTreeMap;

use domain::access::{Action, Actor, On};
use domain::office::{Duty, Nomination, Office, Standing};
use domain::person::Person;
use domain::{Day, Id};
use store::{Entry, Event, Tx, Versioned};

use super::offices::{called, names, reachable, twice, working, works_here};
use crate::Error;
use crate::record::{Authority, Record, allowed, said};

/// More nights than this are asked for by a mistake of a digit.
pub const MOST_NIGHTS: i32 = 400;

/// A night, from the end of one day's office hours to the beginning of the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Night {
    /// The day on whose evening it begins; at weekends, on whose morning.
    pub day: Day,
    /// Who is on duty, by name.
    pub on_duty: Vec<OnDuty>,
    /// Offices for which nobody on duty may decide.
    pub without: Vec<Office>,
}

/// Somebody on duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnDuty {
    /// The entry of the rota.
    pub duty: Duty,
    /// Their name.
    pub name: String,
    /// For which offices they may decide then, and as what; none where they may not sign in any more.
    pub offices: Vec<(Office, Standing)>,
}

/// The rota from one day to another, both counted: every night of these days, also those that nobody has.
///
/// # Errors
/// [`Error::Denied`] for whoever has no part here; [`Error::Unusable`] for days in the wrong order or more than [`MOST_NIGHTS`].
pub async fn rota(record: &Record, actor: &Actor, authority: &Authority, (from, to): (Day, Day)) -> Result<Vec<Night>, Error> {
    let mut view = record.db.read(allowed(actor, Action::OfficeRead, On::authority(authority.id))?).await?;
    if !(0..MOST_NIGHTS).contains(&to.since(from)) {
        return Err(Error::Unusable(format!("Ask for one to {MOST_NIGHTS} nights, the first before the last.")));
    }
    let (names, working) = (names(&mut view).await?, working(&mut view).await?);
    let nominations: Vec<Nomination> = store::all(&mut view).await?.into_iter().map(|known| known.fact).collect();
    let mut nights: BTreeMap<Day, Vec<OnDuty>> = BTreeMap::new();
    for duty in store::all::<Duty>(&mut view).await?.into_iter().map(|known| known.fact).filter(|duty| (from..=to).contains(&duty.day)) {
        let works = working.contains_key(&duty.person);
        let offices = if works { decides(&nominations, duty.person, duty.day) } else { Vec::new() };
        nights.entry(duty.day).or_default().push(OnDuty { name: called(&names, duty.person), offices, duty });
    }
    let night = |day: Day| {
        let mut on_duty = nights.remove(&day).unwrap_or_default();
        on_duty.sort_by(|a, b| (&a.name, a.duty.id).cmp(&(&b.name, b.duty.id)));
        let covered = |office: &Office| on_duty.iter().any(|one| one.offices.iter().any(|(held, _)| held == office));
        let without = Office::ALL.into_iter().filter(|office| !covered(office)).collect();
        Night { day, on_duty, without }
    };
    Ok((from.number()..=to.number()).filter_map(Day::from_number).map(night).collect())
}

/// For which offices somebody may decide on a day: each once, as its holder where they are both.
fn decides(nominations: &[Nomination], person: Id<Person>, on: Day) -> Vec<(Office, Standing)> {
    let mut held: BTreeMap<Office, Standing> = BTreeMap::new();
    for one in nominations.iter().filter(|one| one.person == person && one.holds(on)) {
        held.entry(one.office).and_modify(|standing| *standing = (*standing).min(one.standing)).or_insert(one.standing);
    }
    held.into_iter().collect()
}

/// One entry of the rota with all that it ever said.
#[derive(Clone, Debug)]
pub struct DutyPage {
    /// Every version, the oldest first, with the name of whoever is on duty.
    pub versions: Vec<(Versioned<Duty>, String)>,
    /// Who changed it, newest first.
    pub log: Vec<Entry>,
}

impl DutyPage {
    /// The entry as it stands; nothing where it was taken back.
    pub fn now(&self) -> Option<&Versioned<Duty>> {
        self.versions.last().map(|(known, _)| known).filter(|known| known.superseded_at.is_none())
    }
}

/// One entry of the rota, also one that was taken back.
///
/// # Errors
/// [`Error::Denied`] for whoever has no part here; [`Error::NotFound`].
pub async fn duty(record: &Record, actor: &Actor, authority: &Authority, id: Id<Duty>) -> Result<DutyPage, Error> {
    let mut view = record.db.read(allowed(actor, Action::OfficeRead, On::authority(authority.id))?).await?;
    let names = names(&mut view).await?;
    let versions: Vec<Versioned<Duty>> = store::versions(&mut view, id).await?;
    if versions.is_empty() {
        return Err(none(id));
    }
    let with_name = |known: Versioned<Duty>| {
        let name = called(&names, known.fact.person);
        (known, name)
    };
    let log = store::history_of(&mut view, "duty", &id.to_string()).await?;
    Ok(DutyPage { versions: versions.into_iter().map(with_name).collect(), log })
}

/// Corrects an entry of the rota that was read at a version: who, which night, or the number.
///
/// # Errors
/// As for [`super::put_on_duty`]; [`Error::Unusable`] without a reason; [`Error::NotFound`], [`Error::Stale`].
pub async fn correct_duty(
    record: &Record,
    actor: &Actor,
    authority: &Authority,
    (id, version): (Id<Duty>, i64),
    (person, day, telephone): (Id<Person>, Day, &str),
    reason: &str,
) -> Result<(), Error> {
    let (mut tx, read) = begin(record, actor, authority, (id, version)).await?;
    let telephone = reachable(telephone)?;
    let reason = said(reason)?;
    if person != read.fact.person {
        works_here(&mut tx, person).await?;
    }
    let corrected = Duty { person, day, telephone, ..read.fact.clone() };
    store::correct(&mut tx, &read, &corrected).await.map_err(twice)?;
    tx.commit(Event::of("duty", id).because(reason)).await?;
    Ok(())
}

/// Takes somebody off the rota of a night. That they stood there stays in its history.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Stale`]; [`Error::Unusable`] without a reason.
pub async fn withdraw_duty(
    record: &Record,
    actor: &Actor,
    authority: &Authority,
    (id, version): (Id<Duty>, i64),
    reason: &str,
) -> Result<(), Error> {
    let (mut tx, read) = begin(record, actor, authority, (id, version)).await?;
    let reason = said(reason)?;
    store::withdraw(&mut tx, &read).await?;
    tx.commit(Event::of("duty", id).because(reason)).await?;
    Ok(())
}

async fn begin(
    record: &Record,
    actor: &Actor,
    authority: &Authority,
    (id, version): (Id<Duty>, i64),
) -> Result<(Tx, Versioned<Duty>), Error> {
    let permit = allowed(actor, Action::OfficeWrite, On::authority(authority.id))?;
    let mut tx = record.db.begin(permit, record.moment()).await?;
    let read = store::find(&mut tx, id).await?.ok_or_else(|| none(id))?;
    if read.version == version { Ok((tx, read)) } else { Err(Error::Stale) }
}

fn none(id: Id<Duty>) -> Error {
    Error::NotFound { what: "entry of the rota", name: id.to_string(), near: Vec::new() }
}
