//! JSON bodies: the contract of `docs/command-line.md`, shared by the API and the command line.

pub mod benchmark;
pub mod plan;
