//! The API, and the JSON bodies of the contract of `docs/command-line.md`, which it shares with the command line.

pub mod benchmark;
mod figure;
pub mod forecast;
pub mod measures;
pub mod plan;
pub mod returns;
mod v1;

pub use figure::Figure;
pub use v1::routes;
