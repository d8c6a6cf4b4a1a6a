//! The other tables of the return, one file each. Every paper draws from its own stream of chance, so a new one changes no other.

mod adoption;
mod health;
mod leavers;
mod liberty;
mod missing;
mod previous;
mod reviews;
mod workers;

pub(crate) use leavers::is_care_leaver;

use crate::Authority;
use crate::dice::{Dice, Purpose};
use crate::record::Child;
use crate::returns::{File, Year};

/// What a stream of chance is for, beyond [`Purpose::Papers`]; 0 and 1 are the header and the episodes.
#[derive(Clone, Copy)]
#[repr(u64)]
enum Paper {
    Reviews = 2,
    Missing = 3,
    Health = 4,
    Leavers = 5,
    Adoption = 6,
    Previous = 7,
    Workers = 8,
    Liberty = 9,
}

/// The chance of one child's paper. It starts afresh for each year's file, so that a row that stands in two years is the same in both.
fn dice(authority: &Authority, child: &Child, paper: Paper) -> Dice {
    Dice::new(authority.settings.seed, authority.number, Purpose::Papers, ((paper as u64) << 32) | (child.id % 1_000_000))
}

/// The papers of a year: the tables that the return of that year has.
pub(crate) fn files(authority: &Authority, year: Year) -> Vec<File> {
    let mut files = vec![
        reviews::file(authority, year),
        health::file(authority, year),
        leavers::file(authority, year),
        adoption::adoptions(authority, year),
        adoption::decisions(authority, year),
        previous::file(authority, year),
        missing::file(authority, year),
    ];
    // Social workers are asked for since the return of 2023-24, deprivation of liberty orders from that of 2026-27.
    if year.number >= 2024 {
        files.push(workers::file(authority, year));
    }
    if year.number >= 2027 {
        files.push(liberty::file(authority, year));
    }
    files
}

/// A table with its header row.
fn table(name: &'static str, table: &'static str, columns: &str) -> File {
    File { name, table, text: format!("{columns}\n") }
}
