//! Figures by name, and how each was made.

use std::collections::BTreeMap;
use std::fmt;

/// Names one figure for good: `cla.number.2025`. Letters, digits, dots, hyphens and underscores; other characters become hyphens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureId(String);

impl FigureId {
    /// An id from text.
    pub fn new(text: impl AsRef<str>) -> Self {
        let keep = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' };
        Self(text.as_ref().chars().map(keep).collect())
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FigureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a figure was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Why {
    /// What it is called: `Children looked after at 31 March`.
    pub name: String,
    /// How it is counted.
    pub definition: String,
    /// Who published it or which return it comes from.
    pub source: String,
    /// Which edition of the source: `published November 2025`.
    pub vintage: String,
    /// Terms of use of the source; empty for the authority's own records.
    pub licence: String,
    /// What fixes the inputs: a fingerprint of the files or tables.
    pub snapshot: String,
    /// The rows behind it: `656 of 1,204 rows of Episodes`.
    pub rows: String,
    /// What is not known: `3 children without a placement postcode`.
    pub unknown: String,
}

/// How each figure was made, by id.
#[derive(Clone, Debug, Default)]
pub struct Register(BTreeMap<FigureId, Why>);

impl Register {
    /// Adds an entry, or replaces the one of the same id.
    pub fn insert(&mut self, id: FigureId, why: Why) {
        self.0.insert(id, why);
    }

    /// The entry of a figure.
    pub fn why(&self, id: &FigureId) -> Option<&Why> {
        self.0.get(id)
    }

    /// All entries in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (&FigureId, &Why)> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Extend<(FigureId, Why)> for Register {
    fn extend<T: IntoIterator<Item = (FigureId, Why)>>(&mut self, entries: T) {
        self.0.extend(entries);
    }
}
