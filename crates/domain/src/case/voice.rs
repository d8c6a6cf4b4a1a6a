//! What a child said, in the child's own words.

use crate::child::Child;
use crate::date::Day;
use crate::id::Id;
use crate::list::list;

/// A child's own words with their day and who heard them (dossier D: voice record; I8). They are never improved upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Who spoke.
    pub child: Id<Child>,
    /// When.
    pub day: Day,
    /// How.
    pub channel: Channel,
    /// The words.
    pub words: String,
    /// Who heard or read them.
    pub heard_by: String,
}

list! {
    /// How a child was heard.
    Channel, "way of being heard" {
        /// Spoken.
        Spoken = "spoken", "Spoken";
        /// Written: a letter, a message, a form.
        Written = "written", "Written";
        /// Drawn, played, signed or pointed out.
        Shown = "shown", "Drawn, played or signed";
        /// By an advocate or independent visitor.
        Advocate = "advocate", "Through an advocate";
        /// What somebody saw of a child who does not speak yet.
        Observed = "observed", "Observed";
    }
}
