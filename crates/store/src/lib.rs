//! All SQL, on two engines, behind one door: a permit opens a view or a transaction, and a transaction is kept together with its entry in the log or
//! not at all.

mod audit;
mod change;
mod children;
mod db;
mod error;
mod facts;
mod legal_statuses;
mod people;
mod periods;
mod placements;
mod schema;
mod statement;
mod types;

pub use audit::{Broken, Entry, Whole, history_of, verify};
pub use change::{Event, Moment};
pub use db::{Db, Keys, Standing, Tx, View};
pub use error::Error;
pub use facts::{Fact, OfChild, Versioned, add, all, correct, find, find_as_known, of_child, of_child_as_known, versions, withdraw};
pub use schema::Engine;
pub use statement::Statement;
pub use types::Instant;

/// Children in the record.
pub mod child {
    pub use crate::children::*;
}

/// People who may sign in, their roles and their sessions.
pub mod person {
    pub use crate::people::{exceptions, factors, links, passwords, persons, persons::*, sessions, throttle};
}
