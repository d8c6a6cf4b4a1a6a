//! What becomes of a nomination: it ends, was typed wrongly, or never was; and which office it leaves uncovered.

use domain::access::{Action, Actor, On, Who};
use domain::case::EmergencyDecision;
use domain::clock::Duty;
use domain::office::{self, Nomination, Office};
use domain::{Day, Id};
use store::{Entry, Event, Tx, Versioned, View};

use super::offices::{NewNomination, called, names, sound, working, works_here};
use crate::Error;
use crate::record::{Authority, Record, allowed, said};

/// One nomination with all that it ever said.
#[derive(Clone, Debug)]
pub struct NominationPage {
    /// Every version, the oldest first, with the name of whom it names.
    pub versions: Vec<(Versioned<Nomination>, String)>,
    /// Who changed it, newest first.
    pub log: Vec<Entry>,
}

impl NominationPage {
    /// The nomination as it stands; nothing where it was taken back.
    pub fn now(&self) -> Option<&Versioned<Nomination>> {
        self.versions.last().map(|(known, _)| known).filter(|known| known.superseded_at.is_none())
    }
}

/// One nomination, also one that was taken back.
///
/// # Errors
/// [`Error::Denied`] for whoever has no part here; [`Error::NotFound`].
pub async fn nomination(record: &Record, actor: &Actor, authority: &Authority, id: Id<Nomination>) -> Result<NominationPage, Error> {
    let mut view = record.db.read(allowed(actor, Action::OfficeRead, On::authority(authority.id))?).await?;
    let names = names(&mut view).await?;
    let versions: Vec<Versioned<Nomination>> = store::versions(&mut view, id).await?;
    if versions.is_empty() {
        return Err(none(id));
    }
    let with_name = |known: Versioned<Nomination>| {
        let name = called(&names, known.fact.person);
        (known, name)
    };
    let log = store::history_of(&mut view, "nomination", &id.to_string()).await?;
    Ok(NominationPage { versions: versions.into_iter().map(with_name).collect(), log })
}

/// Ends a nomination that was read at a version, from a day on: on that day and after it makes no approval lawful. Whom it names may end it, since that
/// gives nobody a power.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Unusable`] without a reason, for a day that is not after the first, and for one that ends sooner already; [`Error::Stale`]
/// where somebody else was quicker.
pub async fn end_nomination(
    record: &Record,
    actor: &Actor,
    authority: &Authority,
    (id, version): (Id<Nomination>, i64),
    end: Day,
    reason: &str,
) -> Result<(), Error> {
    let (mut tx, read) = begin(record, actor, authority, (id, version)).await?;
    let reason = said(reason)?;
    if end <= read.fact.start {
        return Err(Error::Unusable("Enter a day after the first: a nomination that never held is taken back".to_owned()));
    }
    if read.fact.end.is_some_and(|known| known <= end) {
        return Err(Error::Unusable("It ends on an earlier day already: correct the nomination where that day is wrong".to_owned()));
    }
    let ended = Nomination { end: Some(end), ..read.fact.clone() };
    store::correct(&mut tx, &read, &ended).await?;
    tx.commit(Event::of("nomination", id).because(reason)).await?;
    Ok(())
}

/// Corrects a nomination that was read at a version. Nobody corrects their own, nor makes somebody else's theirs (I14).
///
/// # Errors
/// As for [`super::nominate`]; [`Error::Unusable`] without a reason; [`Error::NotFound`], [`Error::Stale`].
pub async fn correct_nomination(
    record: &Record,
    actor: &Actor,
    authority: &Authority,
    (id, version): (Id<Nomination>, i64),
    corrected: NewNomination,
    reason: &str,
) -> Result<(), Error> {
    let (mut tx, read) = begin(record, actor, authority, (id, version)).await?;
    not_own(actor, &read.fact)?;
    let corrected = sound(actor, authority, id, &corrected)?;
    let reason = said(reason)?;
    if corrected.person != read.fact.person {
        works_here(&mut tx, corrected.person).await?;
    }
    store::correct(&mut tx, &read, &corrected).await?;
    tx.commit(Event::of("nomination", id).because(reason)).await?;
    Ok(())
}

/// Takes back a nomination that never was. All that it said stays in its history.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Stale`]; [`Error::Unusable`] without a reason, and for one's own.
pub async fn withdraw_nomination(
    record: &Record,
    actor: &Actor,
    authority: &Authority,
    (id, version): (Id<Nomination>, i64),
    reason: &str,
) -> Result<(), Error> {
    let (mut tx, read) = begin(record, actor, authority, (id, version)).await?;
    not_own(actor, &read.fact)?;
    let reason = said(reason)?;
    store::withdraw(&mut tx, &read).await?;
    tx.commit(Event::of("nomination", id).because(reason)).await?;
    Ok(())
}

async fn begin(
    record: &Record,
    actor: &Actor,
    authority: &Authority,
    (id, version): (Id<Nomination>, i64),
) -> Result<(Tx, Versioned<Nomination>), Error> {
    let permit = allowed(actor, Action::OfficeWrite, On::authority(authority.id))?;
    let mut tx = record.db.begin(permit, record.moment()).await?;
    let read = store::find(&mut tx, id).await?.ok_or_else(|| none(id))?;
    if read.version == version { Ok((tx, read)) } else { Err(Error::Stale) }
}

fn none(id: Id<Nomination>) -> Error {
    Error::NotFound { what: "nomination", name: id.to_string(), near: Vec::new() }
}

fn not_own(actor: &Actor, one: &Nomination) -> Result<(), Error> {
    if actor.who == Who::Person(one.person) {
        return Err(Error::Unusable("This nomination is your own: somebody else corrects it or takes it back".to_owned()));
    }
    Ok(())
}

/// Where the register of nominations leaves a hole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Offices for which soon nobody may decide, or nobody may already, with the first such day.
    pub uncovered: Vec<(Office, Day)>,
    /// Approvals that stand in the record of people who, as the register is now, did not hold the office on that day: which office, who and when.
    pub unfounded: Vec<(Office, String, Day)>,
}

/// The holes as they are today. Uncovered offices are looked for as far ahead as the work list warns of them.
///
/// # Errors
/// [`Error::Denied`] for roles that keep no register of nominations.
pub async fn gaps(record: &Record, actor: &Actor, authority: &Authority) -> Result<Gaps, Error> {
    let mut view = record.db.read(allowed(actor, Action::OfficeWrite, On::authority(authority.id))?).await?;
    let today = record.today();
    let uncovered = uncovered(&mut view, today, today.plus(Duty::Office.notice() + 1)).await?;
    let nominations: Vec<Nomination> = store::all(&mut view).await?.into_iter().map(|known| known.fact).collect();
    let names = names(&mut view).await?;
    let mut unfounded = Vec::new();
    for decision in store::all::<EmergencyDecision>(&mut view).await?.into_iter().map(|known| known.fact) {
        let (Some(approver), Some(on), office) = (decision.approver, decision.approved, decision.kind.office()) else { continue };
        if !nominations.iter().any(|one| one.person == approver && one.office == office && one.holds(on)) {
            unfounded.push((office, called(&names, approver), on));
        }
    }
    unfounded.sort_by_key(|(office, name, on)| (std::cmp::Reverse(*on), *office, name.clone()));
    Ok(Gaps { uncovered, unfounded })
}

/// Offices for which nobody who may sign in may decide on some day, from one to another, both counted, with the first such day.
pub(crate) async fn uncovered(view: &mut View, from: Day, to: Day) -> Result<Vec<(Office, Day)>, Error> {
    let working = working(view).await?;
    let all = store::all::<Nomination>(view).await?.into_iter().map(|known| known.fact);
    let nominations: Vec<Nomination> = all.filter(|one| working.contains_key(&one.person)).collect();
    let first = |office| office::uncovered(&nominations, office, from, to).map(|day| (office, day));
    Ok(Office::ALL.into_iter().filter_map(first).collect())
}
