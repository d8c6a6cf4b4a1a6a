//! Bytes to records and findings: `(T, Vec<Finding>)`, never an error for bad data.
//!
//! [`read`] takes a [`Source`] (a file, or a folder with files in it) and gives a [`Read`]: the cleaned
//! [`History`](domain::history::History) that every count starts from, what was found on the way, and which file stands for
//! which authority, year and table. [`Read::tables`] gives a return as text, for the statutory rules.

pub mod claims;
pub mod contract_lines;
pub mod demand;
mod encoding;
mod error;
pub mod feed;
pub mod foster_homes;
pub mod plan;
pub mod register;
mod rows;
mod sheet;
mod sheets;
pub mod source;
pub mod ssda903;
pub mod supply;
pub mod table;
mod xlsx;

pub use error::ReadError;
pub use sheets::sheets;
pub use source::Source;
pub use ssda903::read::{Options, Read, Submission, read};
