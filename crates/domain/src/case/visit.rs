//! Visits to a child where the child lives.

use crate::child::Child;
use crate::date::Day;
use crate::id::Id;
use crate::list::list;

/// A visit by the authority's representative (Care Planning, Placement and Case Review (England) Regulations 2010 regs 28-29; dossier B6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Identity in this record.
    pub id: Id<Self>,
    /// To whom.
    pub child: Id<Child>,
    /// By when it had to be made; nothing for one that nobody had to make.
    pub due: Option<Day>,
    /// When it was made; nothing until it was.
    pub made: Option<Day>,
    /// Whether the child was seen, and alone (reg 29: in private, unless the child does not want that).
    pub seen: Seen,
    /// By whom, by role or by name of a colleague.
    pub by: String,
    /// What was found.
    pub words: String,
}

list! {
    /// Whether a child was seen on a visit.
    Seen, "way in which a child was seen" {
        /// Not made yet, or nobody wrote it down.
        NotKnown = "not-known", "Not known";
        /// In private.
        Alone = "alone", "Seen alone";
        /// With others there.
        WithOthers = "with-others", "Seen with others there";
        /// Not seen.
        NotSeen = "not-seen", "Not seen";
    }
}

impl Visit {
    /// Whether it was late on a day: made after it was due, or not made although that day is past.
    pub fn is_late_on(&self, day: Day) -> bool {
        self.due.is_some_and(|due| self.made.unwrap_or(day) > due)
    }
}
