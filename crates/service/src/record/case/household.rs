//! In which foster household a placement is. Returns give Ofsted's number of the agency alone, so whoever knows the household says so: with the placement,
//! beside it later, or in a feed. The law of the household is looked at every time (I0, I3).

use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::capacity::Sharing;
use domain::capacity::plan::{Newcomer, Weight};
use domain::child::Child;
use domain::foster_home::FosterHome;
use domain::foster_home::plan::Obstacle;
use domain::lodging::{Lodging, Place};
use domain::placement::Placement;
use domain::{Day, Id};
use store::{Event, Tx, Versioned};

use super::super::households::Known;
use super::super::settings::plain;
use super::super::{Record, alerts, allowed, said};
use crate::Error;

/// What is said of a fact beside the fact itself, and written in the same change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Beside {
    /// Nothing: what stands beside it stays.
    #[default]
    Nothing,
    /// The placement is in this foster household, or in none that the register knows.
    Household(Option<Id<FosterHome>>),
}

/// The foster household that a placement is in, as whoever is about to correct the placement finds it.
///
/// # Errors
/// [`Error::NotFound`] for a case that this person may not open.
pub async fn household(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    child: Id<Child>,
    placement: Id<Placement>,
) -> Result<Option<Id<FosterHome>>, Error> {
    let permit = record.allowed_on_case(actor, Action::ChildRead, authority, child).await?;
    let mut view = record.db.read(permit).await?;
    let held: Vec<Versioned<Lodging>> = store::of(&mut view, placement).await?;
    Ok(held.iter().find_map(|known| known.fact.foster_home))
}

/// Says in which household a placement is, or that it is in none, and why that is known.
///
/// # Errors
/// [`Error::NotFound`] for a case that this person may not open, or a placement that is not in it; [`Error::Unusable`] without a reason, for a placement that
/// is none of fostering, or a plan against the law; [`Error::Stale`] where the placement was changed meanwhile.
pub async fn lodge(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    child: Id<Child>,
    (placement, version): (Id<Placement>, i64),
    home: Option<Id<FosterHome>>,
    reason: &str,
) -> Result<(), Error> {
    let mut tx = record.begin_on_case(actor, Action::PlacementWrite, authority, child).await?;
    let reason = said(reason)?;
    let read = super::facts::read_again::<Placement>(&mut tx, child, placement, version).await?;
    settle(record, &mut tx, &read.fact, home).await?;
    tx.commit(Event::of("child", child).because(reason)).await?;
    Ok(())
}

/// The same for the placement in which a child spent a night, for whoever starts from the household.
///
/// # Errors
/// As for [`lodge`]; [`Error::Unusable`] where the child was fostered nowhere that night.
pub async fn lodge_on(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    (child, night): (Id<Child>, Day),
    home: Id<FosterHome>,
    reason: &str,
) -> Result<(), Error> {
    let mut tx = record.begin_on_case(actor, Action::PlacementWrite, authority, child).await?;
    let reason = said(reason)?;
    let held: Vec<Versioned<Placement>> = store::of_child(&mut tx, child).await?;
    let there = |one: &&Placement| one.start <= night && one.end.is_none_or(|end| night < end) && one.may_be_fostered();
    // A stay with other carers, where there was one, is where the child slept.
    let slept = held.iter().map(|known| &known.fact).filter(there).max_by_key(|one| (one.is_temporary(), one.start));
    let Some(placement) = slept else {
        return Err(Error::Unusable(format!(
            "The record has the child in no foster placement on the night of {}: write the placement in the case first, or choose another night.",
            night.long()
        )));
    };
    settle(record, &mut tx, placement, Some(home)).await?;
    tx.commit(Event::of("child", child).because(reason)).await?;
    Ok(())
}

/// The foster placements in which children spend a night, by their first night. That all were read is in the log.
///
/// # Errors
/// [`Error::Denied`].
pub async fn fostered(record: &Record, actor: &Actor, authority: Id<Authority>, night: Day) -> Result<Vec<Placement>, Error> {
    let mut tx = record.db.begin(allowed(actor, Action::RecordImport, On::authority(authority))?, record.moment()).await?;
    let there = |one: &Placement| one.start <= night && one.end.is_none_or(|end| night < end) && one.may_be_fostered();
    let mut all: Vec<Placement> = plain(&store::all(&mut tx).await?);
    all.retain(there);
    all.sort_by_key(|one| (one.start, one.id));
    tx.commit(Event::of("authority", authority).because("foster placements looked at")).await?;
    Ok(all)
}

/// Says of many placements in which household each is: all of them or none.
///
/// # Errors
/// [`Error::Denied`]; as for [`lodge`].
pub async fn take_households(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    named: &[(Placement, Id<FosterHome>)],
    reason: &str,
) -> Result<(), Error> {
    let reason = said(reason)?;
    let mut tx = record.db.begin(allowed(actor, Action::RecordImport, On::authority(authority))?, record.moment()).await?;
    for (placement, home) in named {
        settle(record, &mut tx, placement, Some(*home)).await?;
    }
    tx.commit(Event::of("authority", authority).because(reason)).await?;
    Ok(())
}

/// Writes in which household a placement is, within a change. A plan against the law is refused; what has happened against it becomes a breach.
pub(in crate::record) async fn settle(
    record: &Record,
    tx: &mut Tx,
    placement: &Placement,
    wanted: Option<Id<FosterHome>>,
) -> Result<(), Error> {
    let held: Vec<Versioned<Lodging>> = store::of(tx, placement.id).await?;
    if held.iter().find_map(|known| known.fact.foster_home) == wanted {
        return Ok(());
    }
    let Some(id) = wanted else {
        for known in held.iter().filter(|known| known.fact.foster_home.is_some()) {
            store::withdraw(tx, known).await?;
        }
        return Ok(());
    };
    if !placement.may_be_fostered() {
        return Err(Error::Unusable(format!("A placement of the kind {} is in no foster household.", placement.kind)));
    }
    let not_found = || Error::NotFound { what: "foster home", name: id.to_string(), near: Vec::new() };
    let home: Versioned<FosterHome> = store::find(tx, id).await?.ok_or_else(not_found)?;
    if record.today() < placement.start {
        let against = against(record, tx, id, placement).await?;
        if !against.is_empty() {
            return Err(Error::Unusable(format!("It cannot be planned in {}: {}.", home.fact.reference, against.join("; "))));
        }
    }
    if let Some(known) = held.first() {
        let moved = Lodging { setting: None, foster_home: Some(id), sharing: Sharing::Shared, ..known.fact };
        store::correct(tx, known, &moved).await?;
    } else {
        let place = Place::FosterHome(id);
        store::add(tx, &Lodging::new(record.id(), placement.id, placement.child, place, Sharing::Shared)).await?;
    }
    if placement.start <= record.today() {
        alerts::look_at(record, tx, Place::FosterHome(id)).await?;
    }
    Ok(())
}

/// What the law says against a plan in a household, on every night of it; who is whose brother or sister is as the cases say.
async fn against(record: &Record, tx: &mut Tx, home: Id<FosterHome>, placement: &Placement) -> Result<Vec<String>, Error> {
    let Some(child): Option<Versioned<Child>> = store::find(tx, placement.child).await? else { return Ok(Vec::new()) };
    let Some(known) = Known::read(tx, record, home, Some(placement.child)).await? else { return Ok(Vec::new()) };
    let (from, to) = (placement.start, placement.end);
    let newcomer = Newcomer { child: child.fact.id, born: child.fact.born, sex: child.fact.sex, from, to, sharing: Sharing::Shared };
    let found = known.household().against(&newcomer, record.today());
    Ok(found.iter().filter(|one| one.weight() == Weight::Law).map(Obstacle::to_string).collect())
}

/// Lets go of the home that a corrected placement can be in no more: one of another number, or a household where it is no foster placement now. The number
/// that stands with a foster placement is its agency's, and the household stays.
pub(super) async fn left(tx: &mut Tx, placement: &Placement, before: Option<&Placement>) -> Result<(), Error> {
    let Some(before) = before else { return Ok(()) };
    let lodgings: Vec<Versioned<Lodging>> = store::of(tx, placement.id).await?;
    for known in &lodgings {
        let gone = if known.fact.foster_home.is_some() { !placement.may_be_fostered() } else { before.urn != placement.urn };
        if gone {
            store::withdraw(tx, known).await?;
        }
    }
    Ok(())
}
