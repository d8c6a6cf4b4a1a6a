//! How wrong forecasts from a history would have been: the examiner that every forecast carries with it.
//!
//! On past days, with only what was known then, everyone predicts what was to come: the last value carried forward, the drift, the sector's
//! stock-and-flow model, our own microsimulation, and a pool of them. [`trial`] holds the exam, [`score`] marks a prediction, [`pool`] puts marks
//! together, [`blend`] learns from earlier marks whom to trust, and [`card`] says in plain figures whether the forecast may be believed.

pub mod blend;
pub mod card;
pub mod naive;
pub mod pool;
pub mod score;
pub mod trial;
