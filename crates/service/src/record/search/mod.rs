//! One search through everything that somebody may see, and nothing else (dossier C). What a role does not open is not looked through,
//! and is said to be not.
//!
//! Children are found by reference. Their names lie in the vault: looking for a name is an act of its own ([`search_names`]).

mod fold;
mod names;
mod query;
mod register;

use domain::Id;
use domain::access::{Actor, On, Thing};
use domain::authority::Authority;
use store::search::Entry;

pub use names::{Named, NamesFound, search_names};
pub use query::Likeness;
pub use register::{Field, Register};

use self::query::Query;
use super::{Record, allowed};
use crate::Error;

/// Hits of each register, where all registers are looked through.
const FIRST: usize = 8;

/// Hits of one register that is looked through alone.
const MOST: usize = 200;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Each register that was looked through, in the order of [`Register::ALL`], those without a hit too.
    pub groups: Vec<Group>,
    /// The registers that were not looked through, since the reader's roles do not open them.
    pub closed: Vec<Register>,
}

/// What was found in one register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Which.
    pub register: Register,
    /// What fits best, the best first.
    pub hits: Vec<Hit>,
    /// How many more there are.
    pub beyond: usize,
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where.
    pub register: Register,
    /// Which.
    pub id: Id<Thing>,
    /// What it is called.
    pub title: String,
    /// What tells it from others of its name; may be empty.
    pub beside: String,
    /// By what it was found.
    pub by: Field,
    /// How well that fits.
    pub likeness: Likeness,
}

impl Found {
    /// How many things were found, those beyond the ones shown too.
    pub fn count(&self) -> usize {
        self.groups.iter().map(Group::count).sum()
    }
}

impl Group {
    /// How many things were found in it.
    pub const fn count(&self) -> usize {
        self.hits.len() + self.beyond
    }

    fn of(register: Register, mut hits: Vec<Hit>, most: usize) -> Self {
        // A child with several references is there once, by what fits best.
        hits.sort_by_key(|hit| (hit.id, hit.likeness));
        hits.dedup_by_key(|hit| hit.id);
        hits.sort_by_cached_key(|hit| (hit.likeness, fold::words(&hit.title), hit.id));
        let beyond = hits.len().saturating_sub(most);
        hits.truncate(most);
        Self { register, hits, beyond }
    }
}

/// Whether somebody may look through any register.
pub fn may_search(actor: &Actor, authority: Id<Authority>) -> bool {
    Register::ALL.into_iter().any(|register| allowed(actor, register.action(), On::authority(authority)).is_ok())
}

/// Looks for what somebody typed in every register that they may read, or in one of them.
///
/// # Errors
/// [`Error::Unusable`] for what nothing can be called.
pub async fn search(
    record: &Record,
    actor: &Actor,
    authority: Id<Authority>,
    typed: &str,
    within: Option<Register>,
) -> Result<Found, Error> {
    let query = Query::read(typed)?;
    let most = if within.is_some() { MOST } else { FIRST };
    let mut found = Found::default();
    for register in Register::ALL.into_iter().filter(|one| within.is_none_or(|only| only == *one)) {
        let Ok(permit) = allowed(actor, register.action(), On::authority(authority)) else {
            found.closed.push(register);
            continue;
        };
        let mut view = record.db.read(permit).await?;
        let mut entries = register.entries(&mut view, record.today(), &query).await?;
        // Whoever is bound to a provider stays out of what concerns it and its homes (I14), and could not open them.
        entries.retain(|entry| !entry.of.iter().any(|thing| actor.conflicts.contains(thing)));
        found.groups.push(Group::of(register, fitting(register, &entries, &query), most));
    }
    Ok(found)
}

/// What fits; where nothing does, what is spelt nearly so.
fn fitting(register: Register, entries: &[Entry], query: &Query) -> Vec<Hit> {
    let with = |fits: fn(Register, &Entry, &Query) -> Option<(Likeness, Field)>| -> Vec<Hit> {
        let hit = |entry: &Entry| {
            let (likeness, by) = fits(register, entry, query)?;
            let title = if entry.name.is_empty() { register.beside(entry) } else { entry.name.clone() };
            Some(Hit { register, id: entry.id, title, beside: register.beside(entry), by, likeness })
        };
        entries.iter().filter_map(hit).collect()
    };
    let exact = with(Register::fits);
    if exact.is_empty() { with(Register::nearly_fits) } else { exact }
}
