//! JSON bodies: the contract of `docs/command-line.md`, shared by the API and the command line.

pub mod benchmark;
mod figure;
pub mod measures;
pub mod plan;
pub mod returns;

pub use figure::Figure;
