//! The people who work with the record.

use crate::id::Id;

/// Somebody who may sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their identity.
    pub id: Id<Self>,
    /// What they are called at work.
    pub name: String,
    /// Where they are reached, and what they sign in with; kept in lower case.
    pub email: String,
}
