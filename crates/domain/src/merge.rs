//! One child who stands in the record twice (F28).

use crate::child::Child;
use crate::id::Id;

/// That an entry of the register and another one are the same child. Nothing is moved: the facts of the one are shown under the other, and taking the
/// merge back shows them apart again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// Identity in this record.
    pub id: Id<Self>,
    /// The entry that is shown no more by itself.
    pub child: Id<Child>,
    /// The entry under which its facts are shown.
    pub under: Id<Child>,
}
