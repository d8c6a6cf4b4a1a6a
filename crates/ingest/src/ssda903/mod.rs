//! The SSDA903 return: twelve tables a year, from every authority in England.

mod cell;
mod clean;
mod code_list;
mod concat;
mod group;
mod issue;
mod kind;
mod parse;
mod parse_other;
mod path_facts;
pub mod providers;
pub mod read;
mod recognise;
pub mod rules;
mod shared;
mod tables;
mod typed;
mod years;

pub use clean::Series;
pub use kind::Kind;
