//! What a commissioner may do or expect, in commissioners' words: dated levers that come in over months.
//!
//! A scenario changes the rates at which children come, move and leave, path by path with the same chance as the base, so that the difference
//! is the lever's alone. Two levers change no child. A **new home** adds supply: more beds do not make fewer children need care, and there is
//! evidence that they can draw more in (Wulczyn and Halloran 2017), so need and supply stay apart and meet in the gap. **Growth** "by two
//! children a month until 898" is a plan that a budget was cut to, not a forecast (dossier A065, A066, F21): it is drawn as a line of its own.

mod contradiction;
mod evaluate;
mod lever;

pub use contradiction::{Contradiction, MOST, Most, contradictions};
pub use evaluate::{PlanAt, Unaccompanied};
pub use lever::{Ages, Change, Growth, Lever, NewHome, Route, Sector, What, When, Whom};

/// Levers, in the order in which they were written. Nothing in it is the base: what is expected if nothing is done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scenario {
    /// The levers.
    pub levers: Vec<Lever>,
}
