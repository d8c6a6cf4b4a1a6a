//! Exceptions to what role and bond say: a case opened in need, and a person kept out of what touches them.

use crate::authority::Authority;
use crate::child::Child;
use crate::date::Day;
use crate::id::Id;
use crate::person::Person;

/// A child's case opened by somebody who is not allocated to it, because they needed it at once (dossier C: break-glass with reason and review).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenGlass {
    /// Its identity.
    pub id: Id<Self>,
    /// Whose record.
    pub authority: Id<Authority>,
    /// Whose case.
    pub child: Id<Child>,
    /// Who opened it.
    pub person: Id<Person>,
    /// Why.
    pub reason: String,
    /// From when.
    pub opened_at: jiff::Timestamp,
    /// Until when it is open to them, and by when it is to be reviewed.
    pub ends_at: jiff::Timestamp,
    /// Who looked at it afterwards; nothing until somebody did.
    pub reviewed_by: Option<Id<Person>>,
    /// What they found.
    pub finding: Option<String>,
}

/// A child or a provider, as something that somebody may be in conflict with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {}

/// A declared conflict of interest: a relative, a supplier, a colleague's child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Its identity.
    pub id: Id<Self>,
    /// Where.
    pub authority: Id<Authority>,
    /// Who is conflicted.
    pub person: Id<Person>,
    /// What they are kept out of: the identity of a child or a provider.
    pub thing: Id<Thing>,
    /// What binds them to it.
    pub nature: String,
    /// From which day.
    pub start: Day,
    /// Until which; nothing while it goes on.
    pub end: Option<Day>,
}

impl Conflict {
    /// Whether it holds on a day.
    pub fn holds(&self, on: Day) -> bool {
        self.start <= on && self.end.is_none_or(|end| on < end)
    }
}
