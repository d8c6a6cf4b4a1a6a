//! Need ahead: how many children will need what kind of home, how sure that is, how wrong such forecasts were, and what it means in homes and pounds.
//!
//! Pure: a history, a question and a seed in, numbers out; the same bytes on any number of threads. Nothing here reads a file or a clock.
//!
//! The way through: [`known::Known`] is the history as it stood on a day; [`kind::Kind`] is what a child may need; [`paths::Paths`] holds
//! how many children need it, future by future; [`outlook::Outlook`] is what is said of them (middle, bands, chance of more than so many).
//! [`scenario`] says what may change, [`money`] what it costs, [`block`] how many beds to buy, and [`gap`] sets need against the homes that
//! can be used.
//! [`stock_and_flow`] is the sector's model beside our own, and [`examiner`] says how wrong each would have been.
#![warn(missing_docs)]

pub mod annual;
pub mod block;
pub mod counts;
pub mod examiner;
pub mod gap;
pub mod kind;
pub mod known;
pub mod microsimulation;
pub mod money;
pub mod nights;
pub mod outlook;
pub mod paths;
pub mod scenario;
pub mod stock_and_flow;

#[cfg(test)]
mod story;
