//! Exports of an authority's case system: CSV files with the system's own column names, date forms and codes, and a mapping file that says what each of
//! them means. Nothing of any vendor is known here; the mapping is the authority's.
//!
//! [`Mapping::read`] takes the mapping, [`read`] one file by it. Both are pure, and neither ever fails: what cannot be used is a finding with its line, its
//! column, what stands there and what would help.

mod dates;
mod example;
mod fields;
mod mapping;
mod read;
mod row;

pub use example::{EXAMPLE, EXAMPLE_FILES};
pub use fields::{Feed, Field, Form};
pub use mapping::{FeedMapping, Mapping};
pub use read::{MOST_BYTES, read};
pub use row::{Row, Said, Value};

#[cfg(test)]
mod tests;
