//! Plans for a child.

use crate::child::Child;
use crate::date::Day;
use crate::id::Id;
use crate::list::list;

/// A plan with its dates (dossier D). What stands in it is the authority's document; here is that it exists, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Identity in this record.
    pub id: Id<Self>,
    /// For whom.
    pub child: Id<Child>,
    /// What it plans.
    pub kind: PlanKind,
    /// The day on which it was agreed.
    pub agreed: Day,
    /// By when it is looked at again.
    pub again: Option<Day>,
    /// The day on which another took its place, or it was needed no more; nothing while it stands.
    pub ended: Option<Day>,
    /// What it aims for, in a sentence.
    pub aim: String,
}

list! {
    /// What a plan is of.
    PlanKind, "kind of plan" {
        /// The whole (Care Planning, Placement and Case Review (England) Regulations 2010 reg 5).
        Care = "care", "Care plan";
        /// How this home meets the child's needs, with delegated authority (reg 9).
        Placement = "placement", "Placement plan";
        /// Leaving care, from 16 on (Children Act 1989 Schedule 2 paragraph 19B).
        Pathway = "pathway", "Pathway plan";
        /// Education (PEP; reg 5(b)(ii)).
        Education = "education", "Personal education plan";
        /// Health (reg 7).
        Health = "health", "Health plan";
        /// Where the child is to grow up.
        Permanence = "permanence", "Plan for permanence";
    }
}
