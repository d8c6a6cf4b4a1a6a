//! A child in the record. Names and addresses lie apart, in the vault.

use crate::authority::Authority;
use crate::code::Code;
use crate::date::Day;
use crate::history::Uasc;
use crate::id::Id;

/// A child whom an authority looks after or looked after (dossier D).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child {
    /// Identity in this record.
    pub id: Id<Self>,
    /// The authority that looks after the child.
    pub authority: Id<Authority>,
    /// What the case system and the return call the child; unique within the authority. No name, and not made of one.
    pub reference: String,
    /// Date of birth as it is held today: an age assessment may change it (F5).
    pub born: Day,
    /// `M`, `F`, `U`, or blank.
    pub sex: Code,
    /// Ethnicity code, or blank.
    pub ethnicity: Code,
    /// Whether the child came to England alone seeking asylum.
    pub asylum: Uasc,
    /// Whether the case is open to those alone who are allocated to it.
    pub restricted: bool,
}
