//! Children: the list that a person may see, and one child's case as it is known now or was known on a day.

use std::collections::BTreeMap;

use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::child::Child;
use domain::legal_status::LegalStatus;
use domain::period::PeriodOfCare;
use domain::placement::Placement;
use domain::{Day, Id};
use store::{Event, Instant, Versioned};

use super::{Record, allowed, clock, no_child};
use crate::Error;

/// How much of a child's log is shown with its case.
const LOG: u32 = 50;

/// One child's case.
#[derive(Clone, Debug)]
pub struct Case {
    /// Who.
    pub child: Versioned<Child>,
    /// Times in care, by their start.
    pub periods: Vec<Versioned<PeriodOfCare>>,
    /// By which law, by their start.
    pub legal: Vec<Versioned<LegalStatus>>,
    /// Where, by their start.
    pub placements: Vec<Versioned<Placement>>,
    /// The day as of whose end it was known so; nothing for now.
    pub as_known: Option<Day>,
    /// Who changed or read it last, newest first; this reading is not in it yet.
    pub log: Vec<store::Entry>,
}

/// The children whose cases this person may open, by reference, with where they live today.
///
/// # Errors
/// [`Error::Denied`] for roles that have no list of children.
pub async fn children(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<Vec<store::child::Listed>, Error> {
    let mut view = record.db.read(allowed(actor, Action::ChildList, On::authority(authority))?).await?;
    Ok(store::child::list(&mut view, record.today()).await?)
}

/// The references of the children whom this person may see in a list; none for roles that have no such list.
pub(super) async fn seen(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<BTreeMap<Id<Child>, String>, Error> {
    match children(record, actor, authority).await {
        Ok(listed) => Ok(listed.into_iter().map(|one| (one.child.id, one.child.reference)).collect()),
        Err(Error::Denied(_)) => Ok(BTreeMap::new()),
        Err(other) => Err(other),
    }
}

/// The child whom returns and case system call so, among those on this person's list.
///
/// # Errors
/// [`Error::NotFound`] where there is none; [`Error::Denied`] for roles that have no list of children.
pub async fn by_reference(record: &Record, actor: &Actor, authority: Id<Authority>, reference: &str) -> Result<Id<Child>, Error> {
    let listed = children(record, actor, authority).await?;
    let named = listed.into_iter().find(|one| one.child.reference == reference).map(|one| one.child.id);
    named.ok_or_else(|| Error::NotFound { what: "child", name: reference.to_owned(), near: Vec::new() })
}

/// A child's case, now or as it was known at the end of a day. The reading is in the log, where the child's people see it.
///
/// # Errors
/// [`Error::NotFound`] where there is no such child for this person.
pub async fn show(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    child: Id<Child>,
    as_known: Option<Day>,
) -> Result<Case, Error> {
    let mut tx = record.begin_on_case(actor, Action::ChildRead, authority, child).await?;
    let log = store::history_of_child(&mut tx, child, None, LOG).await?;
    let case = if let Some(day) = as_known {
        let at = Instant::new(clock::end_of_day(day));
        let known = store::find_as_known(&mut tx, child, at).await?.ok_or_else(|| no_child(child))?;
        Case {
            child: known,
            periods: store::of_child_as_known(&mut tx, child, at).await?,
            legal: store::of_child_as_known(&mut tx, child, at).await?,
            placements: store::of_child_as_known(&mut tx, child, at).await?,
            as_known,
            log,
        }
    } else {
        Case {
            child: store::find(&mut tx, child).await?.ok_or_else(|| no_child(child))?,
            periods: store::of_child(&mut tx, child).await?,
            legal: store::of_child(&mut tx, child).await?,
            placements: store::of_child(&mut tx, child).await?,
            as_known,
            log,
        }
    };
    tx.commit(Event::of("child", child)).await?;
    Ok(case)
}
