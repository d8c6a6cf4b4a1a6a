//! Who works with a child.

use crate::child::Child;
use crate::date::Day;
use crate::id::Id;
use crate::person::Person;

/// That somebody is allocated to a child's case: its social worker, its independent reviewing officer. For as long as it holds, the case is open to them
/// (dossier C: role and relationship).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Whose case.
    pub child: Id<Child>,
    /// Who.
    pub person: Id<Person>,
    /// First day.
    pub start: Day,
    /// The day it ended; nothing while it goes on.
    pub end: Option<Day>,
}
