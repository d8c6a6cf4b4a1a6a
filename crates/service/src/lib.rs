//! The use cases, one function each. Pages, API and commands are three thin faces of these.

mod app;
pub mod areas;
pub mod benchmarks;
pub mod checks;
pub mod cohorts;
pub mod counterparts;
mod error;
pub mod forecasts;
pub mod holdings;
pub mod indicators;
pub mod markets;
pub mod plans;
pub mod profile;
pub mod rules;
pub mod sources;
pub mod statements;
pub mod work;

/// What an answer about a cohort is made of: fields, measure cards and breakdowns, as `analysis` defines them.
pub mod counts {
    pub use analysis::{field, measure, profile};
}

pub use app::App;
pub use error::Error;
