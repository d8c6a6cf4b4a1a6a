//! What bodies of the record have in common.

use domain::Day;
use serde::Serialize;
use service::record::Versioned;

/// A day, if there is one.
pub(super) fn text(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// When a version of a fact was recorded, and which it is: whoever corrects the fact names the version that they read.
#[derive(Debug, Serialize)]
pub(super) struct Recorded {
    version: i64,
    recorded_at: String,
}

/// The version of a fact as it was read.
pub(super) fn recorded<T>(known: &Versioned<T>) -> Recorded {
    Recorded { version: known.version, recorded_at: known.recorded_at.to_string() }
}

/// An entry of the log.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    at: String,
    who: String,
    action: &'static str,
    reason: String,
}

/// The log of one thing, the newest first.
pub(super) fn log(entries: &[service::record::Entry]) -> Vec<Entry> {
    let entry = |one: &service::record::Entry| Entry {
        at: one.at.to_string(),
        who: one.who.clone(),
        action: one.action.name(),
        reason: one.reason.clone(),
    };
    entries.iter().map(entry).collect()
}

/// One page of a list: the rows as the command line has them, how many there are on all pages, and the address of the next page.
#[derive(Debug, Serialize)]
pub(super) struct Paged<T> {
    #[serde(flatten)]
    pub(super) body: T,
    pub(super) total: u64,
    /// Nothing after the last page.
    pub(super) next: Option<String>,
}
