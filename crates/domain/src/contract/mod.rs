//! Contract vehicles: by what agreement an authority buys homes, who belongs to it, until when it can be called on, and what it costs (dossier A6).
//!
//! A vehicle ends later than it says where an option was taken ([`Extension`]), and what was called off while it ran goes on until its run-off is over:
//! placements outlive frameworks (A125). Nothing here is overwritten by time: a new price is a new line, a new end is an option taken.

pub mod accreditation;
pub mod block;
pub mod ending;
pub mod indexation;
pub mod member;
pub mod outcome;
pub mod outside;
pub mod price;

use std::fmt;

use crate::date::Day;
use crate::id::Id;
use crate::list::list;

/// An agreement under which homes are bought (A123).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vehicle {
    /// Identity in this record.
    pub id: Id<Self>,
    /// What contract officers call it; unique within the authority.
    pub reference: String,
    /// Its name.
    pub title: String,
    /// What it is.
    pub kind: Kind,
    /// The law that it was bought under.
    pub regime: Regime,
    /// The authority that leads it, where several share it.
    pub lead: String,
    /// Who may call on it, in words: authorities, or a region.
    pub callers: String,
    /// First day.
    pub from: Day,
    /// The day on which it ends unless an option is taken; nothing where it has no end.
    pub to: Option<Day>,
    /// The day on which what was called off ends at the latest; nothing where that was not agreed.
    pub run_off: Option<Day>,
    /// Whatever else matters, in words.
    pub notes: String,
}

list! {
    /// What a vehicle is (A123; practice 3.2).
    Kind, "kind of contract" {
        /// Homes of the authority's own.
        InHouse = "in-house", "In-house";
        /// With a voluntary body or another public one, by service level agreement.
        Sla = "sla", "Service level agreement";
        /// Beds paid for whether or not somebody lives there (A128).
        Block = "block", "Block contract";
        /// A closed list of providers in lots, joined when a window is open (A126).
        Framework = "framework", "Framework";
        /// Open to joiners at any time: dynamic market, dynamic purchasing system, open framework.
        Flexible = "flexible", "Flexible framework or dynamic market";
        /// Open accreditation of providers and properties (A132).
        Accredited = "accredited", "Accredited scheme";
        /// One home for one child, off every list: needs both tests of A133 and a contract.
        Spot = "spot", "Spot purchase";
        /// Pays for outcomes that were verified (A134).
        Outcomes = "outcomes", "Outcomes contract";
    }
}

list! {
    /// The law that a vehicle was bought under: old ones run off under old rules (practice 3.2).
    Regime, "law of procurement" {
        /// Public Contracts Regulations 2015.
        Pcr2015 = "pcr-2015", "Public Contracts Regulations 2015";
        /// Procurement Act 2023, in force since 24 February 2025.
        Pa2023 = "pa-2023", "Procurement Act 2023";
        /// Health Care Services (Provider Selection Regime) Regulations 2023.
        Psr2023 = "psr-2023", "Provider Selection Regime 2023";
        /// Bought from nobody: in-house.
        NotBought = "not-bought", "Not bought";
        /// Nobody wrote it down.
        Unsaid = "unsaid", "Not written down";
    }
}

impl Kind {
    /// Whether providers may join on any day.
    pub const fn is_open_to_joiners(self) -> bool {
        matches!(self, Self::Flexible | Self::Accredited)
    }
}

/// An option to go on, which the contract gives and somebody takes by a day, or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Of what.
    pub vehicle: Id<Vehicle>,
    /// The day on which the vehicle ends once the option is taken.
    pub to: Day,
    /// The last day to give notice of taking it.
    pub notice: Day,
    /// The day on which it was taken; nothing while it was not.
    pub taken: Option<Day>,
}

impl Extension {
    /// Whether it was taken after the last day for that: recorded as it happened, and shown (I0).
    pub fn is_late(&self) -> bool {
        self.taken.is_some_and(|taken| self.notice < taken)
    }
}

/// How far a vehicle is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// It has not begun.
    ToCome,
    /// It can be called on.
    Running,
    /// What was called off goes on; nothing new can be.
    RunOff,
    /// Nothing goes on under it.
    Over,
}

impl Phase {
    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ToCome => "Not begun",
            Self::Running => "Running",
            Self::RunOff => "Running off: nothing new",
            Self::Over => "Ended",
        }
    }
}

impl Vehicle {
    /// The day on which it ends, by the options taken; nothing where it has no end.
    pub fn end(&self, extensions: &[Extension]) -> Option<Day> {
        let taken = extensions.iter().filter(|one| one.vehicle == self.id && one.taken.is_some()).map(|one| one.to).max();
        self.to.map(|to| taken.map_or(to, |taken| taken.max(to)))
    }

    /// The day on which the last thing called off ends: its run-off, or its end where no run-off was agreed.
    pub fn last(&self, extensions: &[Extension]) -> Option<Day> {
        self.end(extensions).map(|end| self.run_off.map_or(end, |run_off| run_off.max(end)))
    }

    /// How far it is on a day.
    pub fn phase(&self, extensions: &[Extension], day: Day) -> Phase {
        if day < self.from {
            Phase::ToCome
        } else if self.end(extensions).is_none_or(|end| day < end) {
            Phase::Running
        } else if self.last(extensions).is_none_or(|last| day < last) {
            Phase::RunOff
        } else {
            Phase::Over
        }
    }

    /// The day on which it ends at the latest, as far as a day knows: with every option that was taken or can still be, one after the other; nothing where it
    /// has no end. An option whose last day for notice has gone by untaken is lost, and with it those after it.
    pub fn latest_end(&self, extensions: &[Extension], day: Day) -> Option<Day> {
        let mut options: Vec<&Extension> = extensions.iter().filter(|one| one.vehicle == self.id).collect();
        options.sort_by_key(|one| (one.to, one.id));
        let open = options.into_iter().take_while(|one| one.taken.is_some() || day <= one.notice);
        self.to.map(|to| open.map(|one| one.to).max().map_or(to, |end| end.max(to)))
    }

    /// The option that is next to be decided, in the order in which they follow one another.
    pub fn next_option<'e>(&self, extensions: &'e [Extension]) -> Option<&'e Extension> {
        extensions.iter().filter(|one| one.vehicle == self.id && one.taken.is_none()).min_by_key(|one| (one.to, one.id))
    }
}

/// Why a vehicle or an option cannot be as it was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Impossible {
    /// It ends on the day it begins, or before.
    EndsBeforeItBegins,
    /// Its run-off is over before it ends.
    RunsOffBeforeTheEnd,
    /// There is nothing to run off or to extend where there is no end.
    HasNoEnd,
    /// The option ends no later than what it extends.
    ExtendsNothing {
        /// The day on which the vehicle ends without it.
        end: Day,
    },
    /// Notice would be given on the day of the end or after it.
    NoticeTooLate {
        /// The day on which the vehicle ends without it.
        end: Day,
    },
    /// An earlier option was not taken.
    OutOfOrder {
        /// The end that the earlier option gives.
        earlier: Day,
    },
}

impl fmt::Display for Impossible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EndsBeforeItBegins => f.write_str("the end must be at least a day after the beginning"),
            Self::RunsOffBeforeTheEnd => f.write_str("what was called off cannot be over before the contract ends"),
            Self::HasNoEnd => f.write_str("a contract without an end has nothing to run off or to extend: write its end first"),
            Self::ExtendsNothing { end } => write!(f, "the contract lasts until {end} without this option: its new end must be later"),
            Self::NoticeTooLate { end } => write!(f, "notice must be given before {end}, when the contract would end"),
            Self::OutOfOrder { earlier } => write!(f, "the option to go on until {earlier} comes first, and has not been taken"),
        }
    }
}

impl std::error::Error for Impossible {}

/// Checks a vehicle by itself.
///
/// # Errors
/// The first contradiction.
pub fn check(vehicle: &Vehicle) -> Result<(), Impossible> {
    match (vehicle.to, vehicle.run_off) {
        (Some(to), _) if to <= vehicle.from => Err(Impossible::EndsBeforeItBegins),
        (Some(to), Some(run_off)) if run_off < to => Err(Impossible::RunsOffBeforeTheEnd),
        (None, Some(_)) => Err(Impossible::HasNoEnd),
        _ => Ok(()),
    }
}

/// Checks an option against its vehicle and the vehicle's other options; an older form of itself among them is not one of them.
///
/// # Errors
/// The first contradiction. A vehicle is never extended beyond its options, nor by a later one before an earlier one.
pub fn check_extension(extension: &Extension, vehicle: &Vehicle, others: &[Extension]) -> Result<(), Impossible> {
    let Some(first_end) = vehicle.to else { return Err(Impossible::HasNoEnd) };
    let others = || others.iter().filter(|other| other.id != extension.id && other.vehicle == extension.vehicle);
    // What the option extends: the vehicle as the options before it leave it.
    let end = others().map(|other| other.to).filter(|&to| to <= extension.to).max().map_or(first_end, |to| to.max(first_end));
    if extension.to <= end {
        return Err(Impossible::ExtendsNothing { end });
    }
    if end <= extension.notice {
        return Err(Impossible::NoticeTooLate { end });
    }
    let earlier = others().find(|other| other.taken.is_none() && other.to < extension.to);
    let later = others().find(|other| other.taken.is_some() && extension.to < other.to);
    match (extension.taken, earlier, later) {
        (Some(_), Some(earlier), _) => Err(Impossible::OutOfOrder { earlier: earlier.to }),
        (None, _, Some(_)) => Err(Impossible::OutOfOrder { earlier: extension.to }),
        _ => Ok(()),
    }
}

#[cfg(test)]
pub(crate) mod tests;
