//! All SQL, on two engines, behind one door: a permit opens a view or a transaction, and a transaction is kept together with its entry in the log or
//! not at all.

mod alerts;
mod audit;
pub mod awaited;
mod capacity;
mod case_list;
mod cases;
mod change;
mod children;
mod column;
mod contracts;
mod db;
mod decisions;
pub mod due;
mod erasure;
mod error;
mod facts;
mod feeds;
mod foster_homes;
mod legal_statuses;
mod lodgings;
mod merges;
mod notices;
mod outbox;
mod page;
mod payees;
mod people;
mod periods;
mod placements;
mod provider_users;
mod providers;
mod reach;
mod reporting;
mod schema;
pub mod search;
mod settings;
mod statement;
mod types;
mod vault;
mod versions;
mod whole;

pub use audit::{Broken, Entries, Entry, NoHead, Part, Published, Whole, history_of, history_of_child, verify};
pub use change::{Concern, Event, Moment};
pub use db::{Cells, Connections, Db, Keys, Mark, Standing, Tx, View};
pub use error::Error;
pub use facts::{
    Fact, Of, OfChild, Versioned, add, all, correct, ever, find, find_as_known, of, of_as_known, of_child, of_child_as_known, versions,
    withdraw,
};
pub use page::{Cursor, NoCursor, Page};
pub use schema::Engine;
pub use statement::Statement;
pub use types::Instant;
pub use versions::{Written, written};
pub use whole::{Column, Disagreement, Held, Loading, Log, Snapshot, Table};

/// Children in the record.
pub mod child {
    pub use crate::children::*;
    pub use crate::merges::under;
}

/// The list of children, a page at a time.
pub mod child_list {
    pub use crate::case_list::*;
}

/// People who may sign in, their roles and their sessions.
pub mod person {
    pub use crate::people::{exceptions, factors, links, passwords, persons, persons::*, sessions, sign_ons, throttle, tokens};
}

/// Decisions in an emergency, and what courts have allowed.
pub mod decision {
    pub use crate::decisions::*;
}

/// Accounts to which providers are paid.
pub mod payee {
    pub use crate::payees::*;
}

/// Providers and who owns them.
pub mod provider {
    pub use crate::providers::*;
}

/// Views for analysts.
pub mod report {
    pub use crate::reporting::{VIEWS, ViewMade, allow};
}

/// People who work for providers.
pub mod provider_user {
    pub use crate::provider_users::of_person;
}

/// Homes, agencies and services.
pub mod setting {
    pub use crate::settings::*;
}

/// Foster homes.
pub mod foster_home {
    pub use crate::foster_homes::*;
}

/// Beds by the night.
pub mod bed {
    pub use crate::capacity::{all_stays, stays};
}

/// Contract vehicles.
pub mod contract {
    pub use crate::contracts::*;
}

/// In which home of the registers children live.
pub mod lodging {
    pub use crate::lodgings::*;
}

/// What people are told in the app, and how they want to be told by mail.
pub mod notice {
    pub use crate::notices::*;
}

/// Mail that is to go out.
pub mod mail {
    pub use crate::outbox::*;
}

/// What goes for good, by a rule of retention.
pub mod erase {
    pub use crate::erasure::{Erased, child, remember};
}

/// What somebody must look at.
pub mod alert {
    pub use crate::alerts::*;
}
