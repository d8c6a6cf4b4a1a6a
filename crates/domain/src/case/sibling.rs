//! Brothers and sisters.

use crate::child::Child;
use crate::date::Day;
use crate::id::Id;
use crate::list::list;

/// A brother or sister of a child (dossier F31): half, step and adopted ones count for the fostering limit; not every one is in care, and not all should
/// live together. Names lie in the vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sibling {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Whose brother or sister.
    pub child: Id<Child>,
    /// The other child, where this record has them.
    pub other: Option<Id<Child>>,
    /// How they are related.
    pub kin: Kin,
    /// When the other one was born, as far as anybody knows.
    pub born: Option<Day>,
    /// What this child wishes.
    pub wish: Together,
    /// What the authority plans (Children Act 1989 s22C(8)(c): with a sibling who is looked after too, so far as practicable).
    pub plan: Together,
    /// Why, and how they see each other where they live apart. No names.
    pub words: String,
}

list! {
    /// How two children are related.
    Kin, "kind of brother or sister" {
        /// Both parents the same.
        Full = "full", "Brother or sister";
        /// One parent the same.
        Half = "half", "Half-brother or half-sister";
        /// By a parent's partner.
        Step = "step", "Stepbrother or stepsister";
        /// By adoption.
        Adopted = "adopted", "By adoption";
        /// Grew up together as if they were.
        LikeOne = "like-one", "Grew up as one";
    }
}

list! {
    /// Whether two children are to live together.
    Together, "answer on living together" {
        /// Nobody asked, or decided.
        NotKnown = "not-known", "Not known";
        /// In the same home.
        Together = "together", "Together";
        /// Apart, seeing each other.
        ApartInTouch = "apart-in-touch", "Apart, in touch";
        /// Apart.
        Apart = "apart", "Apart";
    }
}
