//! The use cases, one function each. Pages, API and commands are three thin faces of these.

mod app;
pub mod areas;
pub mod benchmarks;
mod error;
pub mod indicators;
pub mod plans;

pub use app::App;
pub use error::Error;
