//! The use cases, one function each. Pages, API and commands are three thin faces of these.

mod error;
pub mod plans;

pub use error::Error;
