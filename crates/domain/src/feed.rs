//! How an authority's case system is read.

use crate::id::Id;

/// The mapping file that an authority keeps, as it was written: one for each authority. It says what the columns, dates and codes of the case system's
/// exports mean, and nothing about any child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptMapping {
    /// Identity in this record.
    pub id: Id<Self>,
    /// The name of the file.
    pub file: String,
    /// What stands in it.
    pub words: String,
}
