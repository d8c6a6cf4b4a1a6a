//! How many beds to buy in block, or to fill in homes of one's own: fixed money against the price of the day (dossier A075, A128, A130).
//!
//! A bed bought in block costs whether a child sleeps in it or not; one bought on the spot costs more, and only while it is needed. So the
//! right number depends on how sure need is, and on how many of the children who need a home can live in these beds: a bed is not every
//! child's bed. Both come in as chance, and out come not one number but those that are as good.

mod choice;
mod demand;
mod home;

pub use choice::{Answer, Fault, Line, Question, answer};
pub use demand::Demand;
pub use home::{BreakEven, break_even_beds, break_even_occupancy, unit_cost};

use domain::Money;

/// What the beds cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Terms {
    /// So much a week for each bed.
    Block {
        /// With a child in it.
        occupied: Money,
        /// Without; the same price where it is guaranteed in full (A131).
        void: Money,
    },
    /// So much a week for all beds together, whoever sleeps there: an authority's own homes (A075).
    Own {
        /// Fixed cost of a week.
        fixed: Money,
    },
}
