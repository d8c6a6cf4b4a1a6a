//! The statutory return on children looked after (SSDA903).

pub mod providers;
pub mod rules;
