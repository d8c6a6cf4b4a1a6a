//! The API, and the JSON bodies of the contract of `docs/command-line.md`, which it shares with the command line.

pub mod alerts;
pub mod benchmark;
pub mod block;
pub mod contracts;
mod figure;
pub mod forecast;
pub mod foster_homes;
pub mod gap;
pub mod homes;
pub mod measures;
mod offices;
pub mod ofsted;
pub mod own_provider;
mod papers;
pub mod payee;
pub mod plan;
pub mod providers;
pub mod record;
mod registers;
pub mod returns;
pub mod saving;
pub mod search;
mod shared;
mod v1;
pub mod work;
mod written;

pub use figure::Figure;
pub use v1::routes;
pub(crate) use written::written;
