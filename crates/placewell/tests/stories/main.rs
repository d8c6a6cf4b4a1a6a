//! Stories at the command line: the program is run as people run it, and what it prints, writes and answers is read as other tools read it.

#![expect(clippy::unwrap_used, reason = "a story stops where something unforeseen happens")]

mod bad_input;
mod benchmarks;
mod commissioning;
mod copies;
mod measures;
mod record;
mod reference;
mod returns_check;
mod schemas;
mod stage;
mod statement;
