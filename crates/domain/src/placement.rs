//! Where a child lived, from when to when, and what a correction may make of it.

use std::fmt;

use crate::child::Child;
use crate::code::{Code, place, provider};
use crate::date::{Day, share_a_night};
use crate::id::Id;
use crate::postcode::Postcode;

/// One home with one carer (dossier D): not an episode of the return, which is generated from this and the legal status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Who lives there.
    pub child: Id<Child>,
    /// The first day.
    pub start: Day,
    /// The day it ended, which is not a night of it; nothing while it goes on (F4).
    pub end: Option<Day>,
    /// Placement type of the return.
    pub kind: Code,
    /// Provider of the return: own, another authority's, private, voluntary; blank where the type has none.
    pub provider: Code,
    /// Ofsted's number of the setting, or blank.
    pub urn: Code,
    /// Where it is, as far as the return says.
    pub postcode: Option<Postcode>,
    /// Why it ended (reasons for a change of placement), or blank.
    pub ended: Code,
}

impl Placement {
    /// Whether this is a stay away from a home that goes on (T0-T4): it nests in a main placement (dossier I2).
    pub const fn is_temporary(&self) -> bool {
        place::is_temporary(self.kind)
    }

    /// Whether it can be in a foster household: fostering of any kind, adoption by the carers of now, a stay away with other carers. Hospitals and holidays
    /// are no households.
    pub const fn may_be_fostered(&self) -> bool {
        let fostered = matches!(self.kind, place::U1 | place::U2 | place::U3 | place::U4 | place::U5 | place::U6);
        fostered || matches!(self.kind, place::A3 | place::A5 | place::T0 | place::T3 | place::T4)
    }

    /// Whether its first day has come, and what is recorded was written before that day: a plan, of which nobody has said yet that it began. A plan does
    /// not become a fact by the calendar (F32); whoever looks at it on its day or later writes it again, as it was or as it came.
    pub fn awaits_word(&self, recorded: Day, today: Day) -> bool {
        recorded < self.start && self.start <= today
    }

    /// Whether some night belongs to both.
    fn shares_a_night(&self, other: &Self) -> bool {
        share_a_night((self.start, self.end), (other.start, other.end))
    }
}

/// Why a placement cannot be as it was put: it would contradict itself or another one. A fact that broke a rule can always be recorded (I0);
/// what nobody can have lived through cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contradiction {
    /// It ends on the day it starts, or before.
    EndsBeforeItStarts,
    /// The child was not born yet.
    StartsBeforeBirth {
        /// Date of birth on record.
        born: Day,
    },
    /// Parents provide the placement with parents, and no other (I20).
    Parents,
    /// Two main placements would share a night (I2).
    Overlaps {
        /// The other one.
        other: Id<Placement>,
        /// Its first day.
        start: Day,
        /// The day it ended.
        end: Option<Day>,
    },
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EndsBeforeItStarts => f.write_str("the end must be at least a day after the start: a stay of no night is no placement"),
            Self::StartsBeforeBirth { born } => {
                write!(f, "the start is before the child was born, which the record has as {}", born.long())
            }
            Self::Parents => f.write_str(
                "placed with parents (P1) has the parents as its provider (PR0), and no other placement has: choose both or neither",
            ),
            Self::Overlaps { start, end: Some(end), .. } => {
                let (start, end) = (start.long(), end.long());
                write!(f, "the child lived elsewhere from {start} to {end}; correct that placement first, or choose other dates")
            }
            Self::Overlaps { start, end: None, .. } => {
                write!(f, "the child has lived elsewhere since {}; end that placement first, or choose other dates", start.long())
            }
        }
    }
}

impl std::error::Error for Contradiction {}

/// Checks a placement, new or corrected, against the child's others; an older form of itself among them is not one of them.
///
/// # Errors
/// The first contradiction, in the order in which a person would mend them.
pub fn check(placement: &Placement, born: Day, others: &[Placement]) -> Result<(), Contradiction> {
    if placement.end.is_some_and(|end| end <= placement.start) {
        return Err(Contradiction::EndsBeforeItStarts);
    }
    if placement.start < born {
        return Err(Contradiction::StartsBeforeBirth { born });
    }
    if (placement.kind == place::P1) != (placement.provider == provider::PR0) {
        return Err(Contradiction::Parents);
    }
    if placement.is_temporary() {
        return Ok(());
    }
    let mut mains = others.iter().filter(|other| other.id != placement.id && !other.is_temporary());
    mains
        .find(|other| placement.shares_a_night(other))
        .map_or(Ok(()), |other| Err(Contradiction::Overlaps { other: other.id, start: other.start, end: other.end }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(n: i32) -> Day {
        Day::from_ymd(2026, 3, 1).unwrap().plus(n)
    }

    fn stay(id: u128, from: i32, to: Option<i32>, kind: &str) -> Placement {
        Placement {
            id: Id::from_uuid(Uuid::from_u128(id)),
            child: Id::from_uuid(Uuid::nil()),
            start: day(from),
            end: to.map(day),
            kind: Code::of(kind),
            provider: Code::BLANK,
            urn: Code::BLANK,
            postcode: None,
            ended: Code::BLANK,
        }
    }

    #[test]
    fn a_child_does_not_live_in_two_homes_on_one_night() {
        let held = [stay(1, 0, Some(10), "U6"), stay(2, 10, None, "K2")];
        let check = |placement: &Placement| check(placement, day(-4000), &held);
        // The day of a move belongs to the later home (I12).
        assert_eq!(check(&stay(1, 0, Some(10), "U6")), Ok(()));
        assert!(matches!(check(&stay(1, 0, Some(11), "U6")), Err(Contradiction::Overlaps { start, end: None, .. }) if start == day(10)));
        assert!(matches!(check(&stay(1, 0, None, "U6")), Err(Contradiction::Overlaps { .. })));
        assert!(matches!(check(&stay(2, 9, None, "K2")), Err(Contradiction::Overlaps { end: Some(end), .. }) if end == day(10)));
        // A holiday is nested in a home that goes on.
        assert_eq!(check(&stay(3, 3, Some(5), "T3")), Ok(()));
    }

    #[test]
    fn a_hospital_a_holiday_and_a_home_are_no_foster_household() {
        let fostered = ["U1", "U4", "U6", "A3", "T0", "T3", "T4"];
        assert!(fostered.iter().all(|kind| stay(1, 0, None, kind).may_be_fostered()));
        assert!(["T1", "T2", "K2", "P1", "A4", "H5"].iter().all(|kind| !stay(1, 0, None, kind).may_be_fostered()));
    }

    #[test]
    fn a_plan_whose_day_has_come_awaits_word() {
        let planned = stay(1, 10, None, "U6");
        let awaits = |recorded, today| planned.awaits_word(day(recorded), day(today));
        assert!(!awaits(3, 9) && awaits(3, 10) && awaits(9, 90));
        assert!(!awaits(10, 10) && !awaits(12, 90), "written on its day or later");
    }

    #[test]
    fn a_placement_agrees_with_itself_and_with_the_birth() {
        assert_eq!(check(&stay(1, 5, Some(5), "U6"), day(-9), &[]), Err(Contradiction::EndsBeforeItStarts));
        assert_eq!(check(&stay(1, 5, None, "U6"), day(6), &[]), Err(Contradiction::StartsBeforeBirth { born: day(6) }));
        assert_eq!(check(&stay(1, 5, None, "U6"), day(5), &[]), Ok(()));
    }
}
