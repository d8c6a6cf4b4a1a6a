//! The microsimulation: every child's way ahead, many times over.
//!
//! A semi-Markov model of each child (competing piecewise-exponential hazards by exact age, kind of home, time in care and in the placement, placements
//! so far, legal status, asylum and authority) with arrivals that swing, fitted to a history up to a day and run forward by chance. The design and
//! its checks are in `docs/forecast-model.md`.
//!
//! [`fit`] learns; [`simulate`] counts children on dates, [`simulate_while`] under a scenario; [`watch_while`] shows every stay of every path to whoever
//! counts something else (nights, money, brothers and sisters). Same seed, same bytes on any number of threads.

mod chance;
mod child;
mod drawn;
mod entries;
mod exposure;
mod filter;
mod fit;
mod hazards;
mod levers;
mod life;
mod pooling;
mod report;
mod shifts;
mod simulate;
mod state;
mod surface;
mod wave;

#[cfg(test)]
mod tests;

pub use fit::{Fit, LEAST_DAYS, Refusal, Warning, fit};
pub use life::End;
pub use report::Rate;
pub use simulate::{Arrival, GoOn, Question, Stay, Watch, idle_levers, simulate, simulate_while, watch_while};
pub use state::{AGE_WORDS, Asylum, Cause, IN_PLACEMENT_WORDS, Legal, Route};
