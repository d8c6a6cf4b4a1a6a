//! The register of alerts, open and resolved: what a court or an inspector asks for afterwards.

use std::collections::BTreeMap;

use domain::Id;
use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::child::Child;
use store::alert::{Filter, Listed, Sort};
use store::{Cursor, Page};

use super::super::{Record, allowed, interests};
use crate::Error;

/// Alerts a page at a time. Which child one is about, and what was done for the child, is told to those alone who may see the child in a list; for others
/// it is about a child.
///
/// # Errors
/// [`Error::Denied`].
pub async fn register(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    filter: &Filter,
    sort: Sort,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<Listed>, Error> {
    let mut view = record.db.read(allowed(actor, Action::HomeRead, On::authority(authority))?).await?;
    let Page { rows, total, next } = store::alert::list(&mut view, filter, sort, after, limit).await?;
    drop(view);
    let seen = super::super::children::seen_of(record, actor, authority, rows.iter().filter_map(|one| one.alert.fact.child)).await?;
    let open_to = rows.into_iter().filter(|one| !interests::bar(actor, &one.alert.fact));
    Ok(Page { rows: open_to.map(|one| told(one, (&seen, actor))).collect(), total, next })
}

/// An alert as somebody who sees these children, or works with the child, may read it.
pub(super) fn told(mut one: Listed, (seen, actor): (&BTreeMap<Id<Child>, String>, &Actor)) -> Listed {
    if one.alert.fact.child.is_some_and(|child| !seen.contains_key(&child) && !actor.cases.contains(&child)) {
        one.child = None;
        one.alert.fact.outcome.clear();
    }
    one
}
