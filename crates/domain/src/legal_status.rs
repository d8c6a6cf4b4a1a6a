//! By which law a child is looked after.

use crate::child::Child;
use crate::code::Code;
use crate::date::Day;
use crate::id::Id;

/// A legal status over a time (dossier B5). A change of it never ends a placement (I19).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalStatus {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Whose.
    pub child: Id<Child>,
    /// Code of the return: C1, C2, V2, J1 and so on.
    pub status: Code,
    /// Category of need N1-N8: one for a period of care (statutory rule 504).
    pub need: Code,
    /// First day.
    pub start: Day,
    /// The day it ended; nothing while it is in force.
    pub end: Option<Day>,
}
