//! The care timeline: child → period of care → placement → episode (dossier B1, B3).
//!
//! An *episode* is a row of the return. A *placement* joins the episodes that a child spends with one carer or in one setting: a change of
//! legal status (L), a move with the same carer (T) or both (U) does not end it, and a temporary stay elsewhere (T0-T4) is nested in it. A
//! *period of care* joins the placements from the start (S) to an end other than X1. Everything is a column; a period points at a
//! range of episodes and at a range of placements, so a million episodes cost tens of megabytes and are walked in milliseconds.
//!
//! Dates are exact and ends are exclusive: a child counts on DECOM and does not count on DEC (trap F4).

mod build;
mod walk;

#[cfg(test)]
mod tests;

use std::ops::Range;

use domain::Day;
use domain::code::Code;
use domain::history::History;

pub use walk::Standing;

/// What a period is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Looked after: what every published number counts.
    Care,
    /// An agreed series of short breaks (V3, V4): in capacity and cost, out of every count of children looked after (trap F3).
    ShortBreaks,
}

/// Whether the beginning of a period or placement is on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// The first row says that it begins here: S for a period; S, P or B for a placement.
    Recorded,
    /// The first row held continues something older: the true beginning is this day or an earlier one.
    BeforeRecords,
}

/// The part a placement plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Where the child lives. The main placements of a period follow each other without a gap from its start to its end.
    Main,
    /// A temporary stay (T0-T4) away from the main placement at this position, which goes on meanwhile.
    Temporary {
        /// Position of the main placement in [`Placements`].
        within: u32,
    },
}

/// One row a period of care, sorted by child, then by start.
#[derive(Clone, Debug, Default)]
pub struct Periods {
    /// Position in [`domain::history::Children`].
    pub child: Vec<u32>,
    /// First day.
    pub start: Vec<Day>,
    /// The day it ended, which is not a night of it; nothing while it goes on.
    pub end: Vec<Option<Day>>,
    /// Care or short breaks.
    pub kind: Vec<Kind>,
    /// Whether its beginning is on record.
    pub opening: Vec<Opening>,
    /// Reason it ceased: the last row's REC, which is blank or X1 where the return does not say what followed.
    pub ceased: Vec<Code>,
    /// First episode of each period; one more entry than periods.
    first_episode: Vec<u32>,
    /// First placement of each period; one more entry than periods.
    first_placement: Vec<u32>,
}

impl Periods {
    /// How many periods.
    pub fn len(&self) -> usize {
        self.start.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.start.is_empty()
    }

    /// Its rows in [`domain::history::Episodes`], one after another without a gap.
    pub fn episodes(&self, period: usize) -> Range<usize> {
        self.first_episode[period] as usize..self.first_episode[period + 1] as usize
    }

    /// Its rows in [`Placements`].
    pub fn placements(&self, period: usize) -> Range<usize> {
        self.first_placement[period] as usize..self.first_placement[period + 1] as usize
    }
}

/// One row a placement, sorted by period, then by start; a main placement stands before the temporary ones within it.
#[derive(Clone, Debug, Default)]
pub struct Placements {
    /// Position in [`Periods`].
    pub period: Vec<u32>,
    /// First day.
    pub start: Vec<Day>,
    /// The day it ended, which is not a night of it; nothing while it goes on. A main placement goes on through temporary stays.
    pub end: Vec<Option<Day>>,
    /// Main or temporary.
    pub role: Vec<Role>,
    /// Whether its beginning is on record.
    pub opening: Vec<Opening>,
    /// Its first row in [`domain::history::Episodes`].
    pub first_episode: Vec<u32>,
    /// Its last row; between the two may lie rows of temporary placements.
    pub last_episode: Vec<u32>,
}

impl Placements {
    /// How many placements.
    pub fn len(&self) -> usize {
        self.start.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.start.is_empty()
    }

    /// Whether this is where the child lives, not a temporary stay.
    pub fn is_main(&self, placement: usize) -> bool {
        self.role[placement] == Role::Main
    }
}

/// The timeline of every child of a history. Positions are those of the history it was built from.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// Periods of care and of short breaks.
    pub periods: Periods,
    /// Placements.
    pub placements: Placements,
    /// Each episode's placement: position in [`Placements`], the temporary one while the child is away.
    pub placement_of: Vec<u32>,
    /// Each child's 18th birthday, from which it no longer counts (trap F5).
    pub adult_on: Vec<Day>,
    /// First period of each child; one more entry than children.
    first_period: Vec<u32>,
}

impl Timeline {
    /// Joins episodes into placements and periods. Every episode of the history gets its place.
    pub fn build(history: &History) -> Self {
        build::build(history)
    }

    /// How many children.
    pub fn children(&self) -> usize {
        self.adult_on.len()
    }

    /// A child's rows in [`Periods`].
    pub fn periods_of(&self, child: usize) -> Range<usize> {
        self.first_period[child] as usize..self.first_period[child + 1] as usize
    }

    /// The main placement of a placement: itself, or the one that a temporary stay is nested in.
    pub fn main_of(&self, placement: u32) -> u32 {
        match self.placements.role[placement as usize] {
            Role::Main => placement,
            Role::Temporary { within } => within,
        }
    }
}
