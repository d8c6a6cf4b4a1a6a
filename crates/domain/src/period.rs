//! An unbroken time in which an authority looks after a child.

use std::fmt;
use std::str::FromStr;

use crate::child::Child;
use crate::code::Code;
use crate::date::Day;
use crate::id::Id;

/// What a period is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Looked after: what every published number counts.
    Care,
    /// An agreed series of short breaks (V3, V4): in capacity and cost, out of every count of children looked after (F3).
    ShortBreaks,
}

/// A period of care (dossier D): from coming into care to leaving it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodOfCare {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Whose.
    pub child: Id<Child>,
    /// Care, or short breaks.
    pub kind: Kind,
    /// First day.
    pub start: Day,
    /// The day it ended, which is not a night of it; nothing while it goes on.
    pub end: Option<Day>,
    /// Why it ended (reasons an episode ceased), or blank.
    pub ceased: Code,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Care => "care",
            Self::ShortBreaks => "short-breaks",
        })
    }
}

/// A word that is no kind of period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoKind;

impl fmt::Display for NoKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a period is of care or of short-breaks")
    }
}

impl std::error::Error for NoKind {}

impl FromStr for Kind {
    type Err = NoKind;

    fn from_str(word: &str) -> Result<Self, NoKind> {
        match word {
            "care" => Ok(Self::Care),
            "short-breaks" => Ok(Self::ShortBreaks),
            _ => Err(NoKind),
        }
    }
}
