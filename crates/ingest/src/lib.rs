//! Bytes to records and findings: `(T, Vec<Finding>)`, never an error for bad data.

pub mod ssda903;
pub mod table;
