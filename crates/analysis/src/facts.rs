//! What the returns do not say and the caller knows: geography, population, the calendar.

use domain::{Day, Postcode};

/// A DfE authority number, or [`OUTSIDE_ENGLAND`].
pub type Area = u16;

/// The area of a postcode in Scotland, Wales or Northern Ireland: outside every English authority (dossier B7).
pub const OUTSIDE_ENGLAND: Area = 0;

/// Facts from outside, as questions, so that this crate computes the same with every vintage of them.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The Department's distance between two postcodes in tenths of a mile (dossier B7), where both can be located.
    pub distance: &'a (dyn Fn(Postcode, Postcode) -> Option<u32> + Sync),
    /// The authority that a postcode lies in, where it is known.
    pub area: &'a (dyn Fn(Postcode) -> Option<Area> + Sync),
    /// The DfE number of each of [`domain::history::History::authorities`], where the name is an authority's.
    pub authorities: &'a [Option<Area>],
    /// Residents aged 0-17 of each of them, and the mid-year it is for. DfE uses the mid-year before the year end (dossier B2).
    pub population: &'a [Option<Population>],
    /// Whether a day is a bank holiday in England (trap F6).
    pub bank_holiday: &'a (dyn Fn(Day) -> bool + Sync),
}

/// Residents aged 0-17 of an authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Population {
    /// How many.
    pub residents: u32,
    /// At the middle of this year.
    pub mid_year: u16,
}

impl Facts<'static> {
    /// Nothing known: no postcode can be located, no authority recognised, no bank holiday. Measures that need these say so.
    pub fn none() -> Self {
        Self { distance: &|_, _| None, area: &|_| None, authorities: &[], population: &[], bank_holiday: &|_| false }
    }
}

impl std::fmt::Debug for Facts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Facts").field("authorities", &self.authorities).field("population", &self.population).finish_non_exhaustive()
    }
}
