//! Bytes to records and findings: `(T, Vec<Finding>)`, never an error for bad data.

pub mod plan;
pub mod table;
