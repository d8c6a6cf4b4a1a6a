//! Placements: recording where a child lives, and correcting what was recorded.

use domain::access::Actor;
use domain::authority::Authority;
use domain::child::Child;
use domain::placement::Placement;
use domain::{Day, Id};

use super::{Record, case};
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
    let held: Placement = case::find(record, actor, authority, child, correction.placement).await?.fact;
    let corrected = Placement { start: correction.start, end: correction.end, ..held };
    case::correct(record, actor, authority, child, correction.version, &corrected, &correction.reason).await?;
    Ok(corrected)
}
