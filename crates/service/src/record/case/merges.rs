//! Saying that two entries of the register are one child, and taking that back (F28).

use domain::Id;
use domain::access::{Action, Actor, permit};
use domain::authority::Authority;
use domain::child::Child;
use domain::merge::Merge;
use store::{Event, Versioned};

use super::super::said;
use super::super::{Record, no_child};
use crate::Error;

/// Says that an entry is the same child as another one, under which its facts are shown from now on. Nothing is moved.
///
/// # Errors
/// [`Error::NotFound`] where this person may not open one of the cases; [`Error::Unusable`] without a reason, or where one of the two is merged already.
pub async fn merge(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    child: Id<Child>,
    under: Id<Child>,
    reason: &str,
) -> Result<Merge, Error> {
    let mut tx = record.begin_on_case(actor, Action::ChildMerge, authority, under).await?;
    let on = store::child::case(&mut tx, child).await?.ok_or_else(|| no_child(child))?;
    permit(actor, Action::ChildMerge, on).map_err(|_| no_child(child))?;
    let reason = said(reason)?;
    if child == under {
        return Err(Error::Unusable("These are not two entries but one: choose the other one.".to_owned()));
    }
    let carries: Vec<Versioned<Merge>> = store::of(&mut tx, child).await?;
    let stands = store::child::under(&mut tx, under).await?.is_some() || store::child::under(&mut tx, child).await?.is_some();
    if stands || !carries.is_empty() {
        return Err(Error::Unusable(
            "One of the two stands under another entry already, or another stands under it. Take that back first, then merge anew."
                .to_owned(),
        ));
    }
    let merge = Merge { id: record.id(), child, under };
    store::add(&mut tx, &merge).await?;
    tx.commit(Event::of("child", under).because(reason)).await?;
    Ok(merge)
}

/// Takes a merge back: both entries stand by themselves again, each with what was recorded of it.
///
/// # Errors
/// As for [`merge`]; [`Error::Stale`] where somebody else was quicker.
pub async fn unmerge(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    under: Id<Child>,
    (id, version): (Id<Merge>, i64),
    reason: &str,
) -> Result<(), Error> {
    let mut tx = record.begin_on_case(actor, Action::ChildMerge, authority, under).await?;
    let reason = said(reason)?;
    let not_found = || Error::NotFound { what: "merge", name: id.to_string(), near: Vec::new() };
    let read = store::find(&mut tx, id).await?.filter(|read| read.fact.under == under).ok_or_else(not_found)?;
    if read.version != version {
        return Err(Error::Stale);
    }
    store::withdraw(&mut tx, &read).await?;
    tx.commit(Event::of("child", under).because(reason)).await?;
    Ok(())
}
