//! Numbers from histories: the care timeline, the measure cards, the profile of the cohort and what may be published of them.
//!
//! Pure: the same history, date and facts give the same numbers on any number of threads. Nothing here reads a file or a clock.
//!
//! The way through: a [`domain::history::History`] becomes a [`timeline::Timeline`] once; a [`view::View`] asks it about one date and
//! one range of days, for all children or for those a [`filter::Filter`] admits; [`measure`] and [`profile`] count in that view;
//! [`publish`] withholds what would point at a child.
#![warn(missing_docs)]

pub mod compatible;
pub mod facts;
pub mod field;
pub mod filter;
mod group;
pub mod host;
pub mod measure;
pub mod profile;
pub mod publish;
pub mod timeline;
pub mod view;

#[cfg(test)]
mod story;
