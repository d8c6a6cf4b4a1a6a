//! Rows of one authority as typed values, before any cleaning.

use domain::{Code, Day, Postcode};
use rustc_hash::FxHashMap;

use super::cell::Marks;
use super::issue::Note;
use super::kind::Kind;

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Position of the file.
    pub(crate) file: u32,
    /// Line in it.
    pub(crate) line: u32,
    /// Year in which the return ends.
    pub(crate) year: u16,
    /// What became of the row.
    pub(crate) marks: Marks,
}

/// A row of the Header table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HeaderRow {
    pub(crate) child: u32,
    pub(crate) place: Place,
    pub(crate) born: Option<Day>,
    pub(crate) sex: Code,
    pub(crate) ethnicity: Code,
}

/// A row of the Episodes table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EpisodeRow {
    pub(crate) child: u32,
    pub(crate) place: Place,
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
    pub(crate) rne: Code,
    pub(crate) legal: Code,
    pub(crate) need: Code,
    pub(crate) setting: Code,
    pub(crate) provider: Code,
    pub(crate) rec: Code,
    pub(crate) change: Code,
    pub(crate) home: Option<Postcode>,
    pub(crate) placed: Option<Postcode>,
    pub(crate) urn: Code,
}

/// A row of the UASC table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UascRow {
    pub(crate) child: u32,
    pub(crate) place: Place,
    pub(crate) until: Option<Day>,
}

/// Identifiers of an authority's children, each with a small number.
#[derive(Debug, Default)]
pub(crate) struct ChildIds {
    numbers: FxHashMap<Box<[u8]>, u32>,
    /// Identifiers in the order of their numbers.
    pub(crate) ids: Vec<Box<[u8]>>,
    last: u32,
}

impl ChildIds {
    /// The number of an identifier; files are mostly sorted by child, so the last one is tried first.
    #[inline]
    pub(crate) fn number(&mut self, id: &[u8]) -> u32 {
        if self.ids.get(self.last as usize).is_some_and(|last| **last == *id) {
            return self.last;
        }
        self.last = if let Some(&number) = self.numbers.get(id) {
            number
        } else {
            let number = self.ids.len() as u32;
            self.ids.push(id.into());
            self.numbers.insert(id.into(), number);
            number
        };
        self.last
    }
}

/// Everything read for one authority.
#[derive(Debug, Default)]
pub(crate) struct AuthorityRows {
    pub(crate) name: String,
    pub(crate) children: ChildIds,
    pub(crate) headers: Vec<HeaderRow>,
    pub(crate) episodes: Vec<EpisodeRow>,
    pub(crate) uasc: Vec<UascRow>,
    /// Rows that fell out while being read; they are in no list above.
    pub(crate) fallen: u64,
    pub(crate) notes: Vec<Note>,
    /// Which file holds rows of which table and year.
    pub(crate) held: Vec<(Kind, u16, u32)>,
}

impl AuthorityRows {
    /// How many rows are held.
    pub(crate) fn len(&self) -> usize {
        self.headers.len() + self.episodes.len() + self.uasc.len()
    }
}
