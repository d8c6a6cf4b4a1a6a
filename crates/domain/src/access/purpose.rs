//! What a case is read for, by those whose role alone does not open it.

use super::{Action, Actor, Bond, Grant, allowed};
use crate::authority::Authority;
use crate::id::Id;
use crate::list::list;

list! {
    /// Why somebody who answers for the service, or inspects it, reads a child's case. From a list, so that it can stand in an address and tells nothing
    /// about the child.
    Purpose, "purpose" {
        /// A statutory approval: a distant or unregistered home, secure accommodation.
        Approval = "approval", "A decision that the law leaves to me";
        /// A complaint, an allegation, a serious incident.
        Complaint = "complaint", "A complaint or a serious incident";
        /// Looking at how the service works, case by case.
        Oversight = "oversight", "Supervision of practice";
        /// An inspection or an audit.
        Inspection = "inspection", "An inspection or audit";
        /// What the child or somebody for the child asks to see.
        SubjectAccess = "subject-access", "A request to see the record";
    }
}

/// Whether somebody who was refused would be let in if they said what for.
pub fn asks_purpose(actor: &Actor, action: Action, authority: Id<Authority>) -> bool {
    let held = |role| actor.grants.contains(&Grant { authority, role });
    actor.purpose.is_none() && allowed(action).iter().any(|&(role, bond)| bond == Bond::Purposeful && held(role))
}
