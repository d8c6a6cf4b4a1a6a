//! Reading and cleaning, from files on a disk to a history and findings.

#![expect(clippy::unwrap_used, reason = "tests stop at the first fault")]

mod cleaning;
mod crash_list;
mod sources;
mod story;
#[path = "../support/mod.rs"]
mod support;
