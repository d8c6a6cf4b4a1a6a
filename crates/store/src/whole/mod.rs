//! The record as a whole, table by table: read as of one moment, written into an empty database, and proved to agree with itself.
//!
//! Which tables and columns there are is asked of the database, so that a new table is copied without anybody remembering to. Every value travels as
//! the same text on both engines, so that a copy from one to the other can be held against its source byte by byte.

mod about;
mod agreement;
mod catalogue;
mod load;
mod read;

pub use about::Held;
pub use agreement::Disagreement;
pub use catalogue::{Column, Table};
pub use load::Loading;
pub use read::{Log, Snapshot};
