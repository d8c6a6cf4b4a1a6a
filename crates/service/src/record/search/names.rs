//! Looking for a child by name. Names lie in the vault, so it takes the vault's permission, and every child that is found is in the log as one whose
//! vault was opened.

use std::collections::BTreeMap;

use domain::Id;
use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use domain::child::Child;
use domain::vault::Kind;
use store::Event;

use super::super::{Record, allowed, case};
use super::fold;
use super::query::{Likeness, Query};
use crate::Error;

/// Children that are shown; whoever finds more types more of the name.
const FIRST: usize = 20;

/// What the log keeps: that somebody looked, never for whom.
const WHY: &str = "searched by name";

/// A child who was found by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Who.
    pub child: Id<Child>,
    /// What returns and case system call the child.
    pub reference: String,
    /// The names that fit.
    pub names: Vec<(Kind, String)>,
    /// How well the best of them fits.
    pub likeness: Likeness,
}

/// Children who were found by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamesFound {
    /// Who fits best, the best first.
    pub children: Vec<Named>,
    /// How many more there are.
    pub beyond: usize,
}

/// Looks for a name in the vaults that somebody may open. Each child found is in the log before anything is shown, and a search that finds nobody is in it,
/// too.
///
/// # Errors
/// [`Error::Denied`] for roles that open no vault, and where they have not said what for; [`Error::Unusable`] for what nobody can be called, and where names
/// were sealed with another key.
pub async fn search_names(record: &Record, actor: &Actor, authority: Id<Authority>, typed: &str) -> Result<NamesFound, Error> {
    let query = Query::read(typed)?;
    let permit = allowed(actor, Action::VaultRead, On::authority(authority))?;
    let mut view = record.db.read(permit.clone()).await?;
    let sealed = store::search::names(&mut view, record.today()).await?;
    drop(view);
    let (mut fit, mut near) = (BTreeMap::new(), BTreeMap::new());
    for one in sealed {
        let name = case::opened(record, authority, &one.kept)?;
        let (into, likeness) = match query.name(&name) {
            Some(likeness) => (&mut fit, likeness),
            None if query.is_nearly(&name) => (&mut near, Likeness::Nearly),
            None => continue,
        };
        let named =
            into.entry(one.child).or_insert_with(|| Named { child: one.child, reference: one.reference, names: Vec::new(), likeness });
        named.likeness = named.likeness.min(likeness);
        named.names.push((one.kept.kind, name));
    }
    let found = if fit.is_empty() { near } else { fit };
    let mut children: Vec<Named> = found.into_values().collect();
    for named in &mut children {
        named.names.sort();
    }
    children.sort_by_cached_key(|named| (named.likeness, named.names.first().map(|(_, name)| fold::words(name)), named.child));
    let beyond = children.len().saturating_sub(FIRST);
    children.truncate(FIRST);
    if children.is_empty() {
        record.db.begin(permit, record.moment()).await?.commit(Event::of("authority", authority).because(WHY)).await?;
    }
    for named in &children {
        let tx = record.begin_on_case(actor, Action::VaultRead, authority, named.child).await?;
        tx.commit(Event::of("child", named.child).because(WHY)).await?;
    }
    Ok(NamesFound { children, beyond })
}
