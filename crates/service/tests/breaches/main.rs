//! What has come to break the law is seen by somebody, whichever way it came about (I0), on SQLite and, where `TEST_POSTGRES` says, on PostgreSQL. Everybody
//! here is made up.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
#[path = "../recorded/cast.rs"]
mod cast;
mod desk;
#[path = "../recorded/mod.rs"]
mod recorded;

mod example_authority;
mod homes;
mod households;
mod secure;
mod time;
