//! Placements: recording where a child lives, and correcting what was recorded.

use domain::access::{Action, Actor};
use domain::authority::Authority;
use domain::child::Child;
use domain::placement::{Placement, check};
use domain::{Day, Id};
use store::{Event, Versioned};

use super::{Record, no_child};
use crate::Error;

/// What a correction says.
#[derive(Clone, Debug)]
pub struct Correction {
    /// Which placement.
    pub placement: Id<Placement>,
    /// The version that was looked at.
    pub version: i64,
    /// Its first day, as it is now believed to have been.
    pub start: Day,
    /// The day it ended; nothing while it goes on.
    pub end: Option<Day>,
    /// Why it is corrected. Somebody will ask.
    pub reason: String,
}

/// Corrects a placement's dates. What was believed before stays, and can be asked for.
///
/// # Errors
/// [`Error::NotFound`] for a case that this person may not open or a placement that is not in it; [`Error::Stale`] where it was changed meanwhile;
/// [`Error::Unusable`] for a correction without a reason or one that contradicts the rest of the case.
pub async fn correct(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    child: Id<Child>,
    correction: &Correction,
) -> Result<Placement, Error> {
    let mut tx = record.begin_on_case(actor, Action::PlacementWrite, authority, child).await?;
    let reason = correction.reason.trim();
    if reason.is_empty() {
        return Err(Error::Unusable("Say why the placement is corrected.".to_owned()));
    }
    let held: Vec<Versioned<Placement>> = store::of_child(&mut tx, child).await?;
    let name = correction.placement.to_string();
    let not_found = || Error::NotFound { what: "placement", name, near: Vec::new() };
    let read = held.iter().find(|known| known.fact.id == correction.placement).ok_or_else(not_found)?;
    if read.version != correction.version {
        return Err(Error::Stale);
    }
    let corrected = Placement { start: correction.start, end: correction.end, ..read.fact.clone() };
    let others: Vec<Placement> = held.iter().map(|known| known.fact.clone()).collect();
    let born = store::find(&mut tx, child).await?.ok_or_else(|| no_child(child))?.fact.born;
    check(&corrected, born, &others).map_err(|fault| Error::Unusable(format!("The placement was left as it was: {fault}.")))?;
    store::correct(&mut tx, read, &corrected).await?;
    tx.commit(Event::of("child", child).because(reason)).await?;
    Ok(corrected)
}
