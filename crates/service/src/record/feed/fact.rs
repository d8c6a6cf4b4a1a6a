//! What a kind of fact must say of itself so that a feed can write it.

use domain::child::Child;
use domain::{Day, Id};
use ingest::feed::Row;
use sha2::{Digest as _, Sha256};

use super::super::case::CaseFact;
use super::{Known, Night};

/// A field of a row with what is wrong with it, a sentence.
pub(super) type Fault = (&'static str, String);

/// A fact about a child that a row of a feed can be.
pub(super) trait Fed: CaseFact + PartialEq {
    /// The fact as a row has it; where the row says nothing, it is as it is held.
    fn of_row(row: &Row, known: &Known, ids: (Id<Self>, Id<Child>), held: Option<&Self>) -> Result<Self, Fault>;

    /// Whether one that came into the record by another way is the very same thing as this.
    fn is_same(&self, other: &Self) -> bool;

    /// Whether it may be the same thing, where nothing else is.
    fn may_be_same(&self, _other: &Self) -> bool {
        false
    }

    /// What it says, field by field; empty where it is blank or not known.
    fn cells(&self) -> Vec<Cell>;

    /// Its first day and the day it ended, and whether it may end on the day on which it began.
    fn span(&self) -> Option<(Day, Option<Day>, bool)> {
        None
    }
}

/// A field of a fact, for whoever compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) name: &'static str,
    pub(super) text: String,
    /// Whether people wrote it: then it is compared and not shown.
    pub(super) written: bool,
}

pub(super) fn cell(name: &'static str, text: &impl ToString) -> Cell {
    Cell { name, text: text.to_string(), written: false }
}

pub(super) fn day(name: &'static str, day: Option<Day>) -> Cell {
    cell(name, &day.map_or_else(String::new, |day| day.to_string()))
}

pub(super) fn written(name: &'static str, text: &str) -> Cell {
    Cell { name, text: text.to_owned(), written: true }
}

/// In what two facts differ, in words: what is held, and what is fed. Nothing where they say the same.
pub(super) fn differing(held: &[Cell], fed: &[Cell]) -> Option<(String, String)> {
    let others: Vec<(&Cell, &Cell)> = held.iter().zip(fed).filter(|(one, other)| one.text != other.text).collect();
    let words = |cell: &Cell| match (cell.text.as_str(), cell.written) {
        ("", _) => format!("{} –", cell.name),
        (_, true) => format!("{} as written", cell.name),
        (text, false) => format!("{} {text}", cell.name),
    };
    let join = |pick: fn(&(&Cell, &Cell)) -> Cell| others.iter().map(|pair| words(&pick(pair))).collect::<Vec<_>>().join(", ");
    (!others.is_empty()).then(|| (join(|pair| pair.0.clone()), join(|pair| pair.1.clone())))
}

/// Whether all that differs was blank before.
pub(super) fn completes(held: &[Cell], fed: &[Cell]) -> bool {
    held.iter().zip(fed).all(|(one, other)| one.text == other.text || one.text.is_empty())
}

/// The identity of what a row says: the same for the same row in every export, so that it is known again whatever has changed in it. `of` sets apart the rows
/// of a child who has the number of another one.
pub(super) fn identity<F>(night: &Night<'_>, row: &Row, of: Option<Id<Child>>) -> Id<F> {
    let mut hash = Sha256::new();
    hash.update(night.authority.uuid().as_bytes());
    for part in [row.feed.word(), &row.child, &row.key] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    if let Some(child) = of {
        hash.update(child.uuid().as_bytes());
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    Id::from_uuid(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}
