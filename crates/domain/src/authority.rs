//! The authorities whose record is kept.

use crate::id::Id;

/// A local authority that looks after children: whose record a row belongs to (dossier D, responsible authority).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// Its identity in this record.
    pub id: Id<Self>,
    /// The code of the Office for National Statistics (`E06000018`); for a fictitious authority its name again.
    pub code: String,
    /// What people call it.
    pub name: String,
}
