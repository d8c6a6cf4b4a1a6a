//! Lots and who is in them: joining when a window is open, leaving, being suspended, and so who can be called on (A126, F of practice 3.2).

use std::fmt;

use super::{Extension, Phase, Vehicle};
use crate::date::Day;
use crate::id::Id;
use crate::provider::Provider;

/// A part of a vehicle for one kind of home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Of what.
    pub vehicle: Id<Vehicle>,
    /// Its number and name: unique within the vehicle.
    pub name: String,
    /// What is bought under it, in words.
    pub buys: String,
}

/// A time in which providers may join (A126: opened once a year).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinWindow {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Of what.
    pub vehicle: Id<Vehicle>,
    /// First day on which somebody may join.
    pub from: Day,
    /// The day on which it is closed again.
    pub to: Day,
}

/// A provider's time in a lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Of what.
    pub vehicle: Id<Vehicle>,
    /// In which lot; nothing where the vehicle has none.
    pub lot: Option<Id<Lot>>,
    /// Who.
    pub provider: Id<Provider>,
    /// First day.
    pub from: Day,
    /// The day on which it left; nothing while it is a member.
    pub to: Option<Day>,
    /// Place in the order in which members are asked, 1 first; nothing where all are asked at once.
    pub rank: Option<u32>,
}

/// A time in which a member gets no new children.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Of what.
    pub vehicle: Id<Vehicle>,
    /// Whose.
    pub membership: Id<Membership>,
    /// First day.
    pub from: Day,
    /// The day on which it was lifted; nothing while it is in force.
    pub to: Option<Day>,
    /// Why.
    pub reason: String,
}

impl Membership {
    /// Whether the provider is a member on a day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

impl Suspension {
    /// Whether it is in force on a day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

/// Why a provider cannot be a member as it was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMember {
    /// It leaves on the day it joins, or before.
    LeavesBeforeItJoins,
    /// It is in the lot already on some day of it.
    Overlaps {
        /// First day of the other membership.
        from: Day,
    },
}

impl fmt::Display for NotMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LeavesBeforeItJoins => f.write_str("a member leaves at least a day after it joined"),
            Self::Overlaps { from } => write!(f, "the provider has been in this lot since {from}: end that membership first"),
        }
    }
}

impl std::error::Error for NotMember {}

/// Checks a membership by itself and against the others; an older form of itself among them is not one of them. Whether anybody could join on its first day
/// is another question: [`Membership::outside`].
///
/// # Errors
/// The first contradiction.
pub fn check(membership: &Membership, others: &[Membership]) -> Result<(), NotMember> {
    let joins = membership.from;
    if membership.to.is_some_and(|to| to <= joins) {
        return Err(NotMember::LeavesBeforeItJoins);
    }
    let apart = |other: &Membership| other.to.is_some_and(|to| to <= joins) || membership.to.is_some_and(|to| to <= other.from);
    let same = |other: &&Membership| {
        other.id != membership.id && (other.vehicle, other.lot, other.provider) == (membership.vehicle, membership.lot, membership.provider)
    };
    others.iter().filter(same).find(|other| !apart(other)).map_or(Ok(()), |other| Err(NotMember::Overlaps { from: other.from }))
}

/// Why a provider cannot be called on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCallable {
    /// The vehicle has not begun.
    NotBegun {
        /// Its first day.
        from: Day,
    },
    /// Nothing new can be called off, or all is over.
    Ended {
        /// Since this day.
        on: Day,
    },
    /// The provider is not a member of the lot on the day.
    NotMember,
    /// It is suspended.
    Suspended {
        /// Since this day.
        from: Day,
    },
}

impl fmt::Display for NotCallable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotBegun { from } => write!(f, "the contract begins on {from}"),
            Self::Ended { on } => write!(f, "the contract ended on {on}"),
            Self::NotMember => f.write_str("the provider is not a member of this lot on that day"),
            Self::Suspended { from } => write!(f, "the provider has been suspended since {from}: no new children"),
        }
    }
}

impl std::error::Error for NotCallable {}

/// The membership by which something new can be called off from a provider on a day.
///
/// # Errors
/// The first thing that stands against it.
pub fn call_off<'m>(
    vehicle: &Vehicle,
    extensions: &[Extension],
    members: &'m [Membership],
    suspensions: &[Suspension],
    (lot, provider): (Option<Id<Lot>>, Id<Provider>),
    day: Day,
) -> Result<&'m Membership, NotCallable> {
    let by = begun(vehicle, extensions, members, (lot, provider), day)?;
    let stopped = suspensions.iter().find(|one| one.membership == by.id && one.holds_on(day));
    stopped.map_or(Ok(by), |one| Err(NotCallable::Suspended { from: one.from }))
}

/// Whether what was called off on a day goes on under the vehicle on a later one: until its run-off is over, though the member has left or is suspended
/// by then (A125).
///
/// # Errors
/// The first thing that stands against it.
pub fn continues(
    vehicle: &Vehicle,
    extensions: &[Extension],
    members: &[Membership],
    whose: (Option<Id<Lot>>, Id<Provider>),
    began: Day,
    day: Day,
) -> Result<(), NotCallable> {
    begun(vehicle, extensions, members, whose, began)?;
    if day < began {
        return Err(NotCallable::NotBegun { from: began });
    }
    vehicle.last(extensions).filter(|&last| last <= day).map_or(Ok(()), |on| Err(NotCallable::Ended { on }))
}

fn begun<'m>(
    vehicle: &Vehicle,
    extensions: &[Extension],
    members: &'m [Membership],
    (lot, provider): (Option<Id<Lot>>, Id<Provider>),
    day: Day,
) -> Result<&'m Membership, NotCallable> {
    match (vehicle.phase(extensions, day), vehicle.end(extensions)) {
        (Phase::ToCome, _) => return Err(NotCallable::NotBegun { from: vehicle.from }),
        (Phase::RunOff | Phase::Over, Some(on)) => return Err(NotCallable::Ended { on }),
        _ => {}
    }
    let here = |one: &&Membership| one.vehicle == vehicle.id && one.lot == lot && one.provider == provider && one.holds_on(day);
    members.iter().find(here).ok_or(NotCallable::NotMember)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day, id};
    use super::*;

    #[test]
    fn a_provider_is_in_a_lot_once_at_a_time() {
        let one = |number, from, to: Option<i32>| Membership {
            id: id(number),
            vehicle: id(1),
            lot: None,
            provider: id(1),
            from: day(from),
            to: to.map(day),
            rank: None,
        };
        let held = [one(1, 0, Some(10))];
        assert_eq!(check(&one(2, 9, None), &held), Err(NotMember::Overlaps { from: day(0) }));
        assert_eq!(check(&one(2, 10, None), &held), Ok(()));
        assert_eq!(check(&one(1, 5, None), &held), Ok(()), "itself, corrected");
        assert_eq!(check(&one(2, 15, Some(15)), &held), Err(NotMember::LeavesBeforeItJoins));
    }
}
