//! A change: everything that one transaction writes, when, and why.

use std::fmt::Display;

use domain::Id;

use crate::types::Instant;

/// When a change is made and what it is called. Given by the caller: the store has neither clock nor chance.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The moment of recording, not the day from which a fact holds.
    pub at: Instant,
    /// The change's identity.
    pub change: Id<Event>,
}

/// What a change was about and why it was made.
#[derive(Clone, Debug)]
pub struct Event {
    /// The kind of the thing changed: `child`, `person`.
    pub subject_kind: &'static str,
    /// Its identity as text.
    pub subject: String,
    /// Why, in the words of whoever changed it; empty where the action says it all.
    pub reason: String,
    /// Of what else it tells, by kind and identity: it stands in their histories too.
    pub concerns: Vec<Concern>,
}

/// A thing of which a change tells, beside its subject: its kind and its identity as text.
pub type Concern = (&'static str, String);

impl Event {
    /// A change of this thing.
    pub fn of(subject_kind: &'static str, subject: impl Display) -> Self {
        Self { subject_kind, subject: subject.to_string(), reason: String::new(), concerns: Vec::new() }
    }

    /// The same, with a reason.
    #[must_use]
    pub fn because(self, reason: &str) -> Self {
        Self { reason: reason.to_owned(), ..self }
    }

    /// The same, telling of these things too, each once.
    #[must_use]
    pub fn concerning(self, mut concerns: Vec<Concern>) -> Self {
        concerns.sort();
        concerns.dedup();
        Self { concerns, ..self }
    }
}

/// What became of one row, for the log.
#[derive(Debug)]
pub(crate) struct Detail {
    pub(crate) table: &'static str,
    pub(crate) row: String,
    pub(crate) before: Option<serde_json::Value>,
    pub(crate) after: Option<serde_json::Value>,
}
