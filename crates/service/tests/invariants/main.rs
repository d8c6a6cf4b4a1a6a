//! The invariants of the record (dossier E2), each tried by what people type, by requests at once and by returns. A module holds one subject; whatever
//! is drawn, the rule is counted anew beside the product, plainly and slowly.

#![expect(clippy::unwrap_used, reason = "a test stops where something unforeseen happens")]

#[expect(dead_code, reason = "each test file uses its part")]
#[path = "../recorded/mod.rs"]
mod recorded;
mod world;

mod as_known;
mod fostering;
mod homes;
mod last_bed;
mod law_and_home;
mod leave;
mod named;
mod nights;
mod one_home;
mod papers;
mod parents;
mod quicker;
mod retention;
mod two_people;
mod visible;
mod young;
