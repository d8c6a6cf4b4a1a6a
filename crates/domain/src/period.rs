//! An unbroken time in which an authority looks after a child.

use crate::child::Child;
use crate::code::Code;
use crate::date::Day;
use crate::id::Id;
use crate::list::list;

list! {
    /// What a period is of.
    Kind, "kind of period" {
        /// Looked after: what every published number counts.
        Care = "care", "In care";
        /// An agreed series of short breaks (V3, V4): in capacity and cost, out of every count of children looked after (F3).
        ShortBreaks = "short-breaks", "Agreed short breaks";
    }
}

/// A period of care (dossier D): from coming into care to leaving it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodOfCare {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Whose.
    pub child: Id<Child>,
    /// Care, or short breaks.
    pub kind: Kind,
    /// First day.
    pub start: Day,
    /// The day it ended, which is not a night of it; nothing while it goes on.
    pub end: Option<Day>,
    /// Why it ended (reasons an episode ceased), or blank.
    pub ceased: Code,
}
