//! Need ahead: how many children will need what kind of home, how sure that is, how wrong such forecasts were, and what it means in homes and pounds.
//!
//! Pure: a history, a question and a seed in, numbers out; the same bytes on any number of threads. Nothing here reads a file or a clock.
//!
//! The way through: [`kind::Kind`] is what a child may need; [`paths::Paths`] holds how many children need it, future by future;
//! [`outlook::Outlook`] is what is said of them (middle, bands, chance of more than so many).
#![warn(missing_docs)]

pub mod block;
pub mod kind;
pub mod money;
pub mod nights;
pub mod outlook;
pub mod paths;
pub mod scenario;
