//! The API, and the JSON bodies of the contract of `docs/command-line.md`, which it shares with the command line.

pub mod benchmark;
pub mod block;
pub mod contracts;
mod figure;
pub mod forecast;
pub mod gap;
pub mod measures;
pub mod own_provider;
pub mod payee;
pub mod plan;
pub mod record;
pub mod returns;
pub mod saving;
pub mod search;
mod v1;
pub mod work;

pub use figure::Figure;
pub use v1::routes;
