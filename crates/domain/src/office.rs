//! Who decides what the law leaves to an office: written nominations, deputies, and who is on duty when offices are shut.
//!
//! The director cannot hand on a statutory approval without a written nomination (dossier C11; Care Planning, Placement and Case Review Regulations 2010,
//! regulations 11 and 12). At 18:00 somebody lawful must still be found (trap F25).

use std::fmt;
use std::str::FromStr;

use crate::authority::Authority;
use crate::date::Day;
use crate::id::Id;
use crate::person::Person;
use crate::working::Calendar;

/// An office that approves (dossier E4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Office {
    /// Placements at a distance, outside England and unregistered ones.
    Director,
    /// Placements out of area, with parents, with connected persons.
    NominatedOfficer,
    /// Panels, and between their sittings.
    Chair,
}

/// Whether somebody holds an office or stands in for its holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Holds it.
    Holder,
    /// Decides when the holder cannot.
    Deputy,
}

/// A written nomination to an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nomination {
    /// Its identity.
    pub id: Id<Self>,
    /// Whose office.
    pub authority: Id<Authority>,
    /// Which.
    pub office: Office,
    /// As what.
    pub standing: Standing,
    /// Who.
    pub person: Id<Person>,
    /// The first day.
    pub start: Day,
    /// The first day on which it holds no more; nothing while it goes on.
    pub end: Option<Day>,
    /// Where the signed paper is.
    pub written: String,
}

/// Somebody on duty from the end of one day's office hours to the beginning of the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Its identity.
    pub id: Id<Self>,
    /// Where.
    pub authority: Id<Authority>,
    /// Who.
    pub person: Id<Person>,
    /// The day on whose evening it begins; at weekends, on whose morning.
    pub day: Day,
    /// How they are reached.
    pub telephone: String,
}

/// Offices open at nine and shut at five, on working days.
const OPENS: u8 = 9;
const SHUTS: u8 = 17;

/// The day whose duty covers an hour of a day in England; nothing in office hours. Where nobody knows yet whether a weekday is a bank holiday, it is
/// taken for a working day.
pub fn duty_day(day: Day, hour: u8, calendar: &Calendar<'_>) -> Option<Day> {
    match hour {
        0..OPENS => Some(day.plus(-1)),
        OPENS..SHUTS if calendar.is_worked(day) != Some(false) => None,
        _ => Some(day),
    }
}

/// The first day from one day to another, both counted, on which nobody may decide for an office; nothing where somebody may on all of them.
pub fn uncovered(nominations: &[Nomination], office: Office, from: Day, to: Day) -> Option<Day> {
    let covered = |day: Day| nominations.iter().any(|one| one.office == office && one.holds(day));
    (from.number()..=to.number()).filter_map(Day::from_number).find(|day| !covered(*day))
}

impl Nomination {
    /// Whether it holds on a day.
    pub fn holds(&self, on: Day) -> bool {
        self.start <= on && self.end.is_none_or(|end| on < end)
    }
}

impl Office {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Director, Self::NominatedOfficer, Self::Chair];

    /// What people call it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Director => "Director of children’s services",
            Self::NominatedOfficer => "Nominated officer",
            Self::Chair => "Panel chair",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Director => "director",
            Self::NominatedOfficer => "nominated-officer",
            Self::Chair => "chair",
        }
    }
}

impl fmt::Display for Office {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Holder => "holder",
            Self::Deputy => "deputy",
        })
    }
}

/// A word that is no office and no standing in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoOffice;

impl fmt::Display for NoOffice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the offices are director, nominated-officer and chair, each with a holder and deputies")
    }
}

impl std::error::Error for NoOffice {}

impl FromStr for Office {
    type Err = NoOffice;

    fn from_str(word: &str) -> Result<Self, NoOffice> {
        Self::ALL.into_iter().find(|office| office.name() == word).ok_or(NoOffice)
    }
}

impl FromStr for Standing {
    type Err = NoOffice;

    fn from_str(word: &str) -> Result<Self, NoOffice> {
        [Self::Holder, Self::Deputy].into_iter().find(|standing| standing.to_string() == word).ok_or(NoOffice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_belongs_to_the_evening_on_which_it_begins() {
        let day = |day| Day::from_ymd(2026, 11, day).unwrap();
        let holidays = [day(25)];
        let calendar = Calendar::new(&holidays, day(1), day(30));
        let duty_day = |day, hour| duty_day(day, hour, &calendar);
        assert_eq!(duty_day(day(25), 11), Some(day(25)), "a bank holiday is out of hours");
        // 22 November 2026 is a Sunday.
        assert_eq!(duty_day(day(22), 18), Some(day(22)));
        assert_eq!(duty_day(day(22), 11), Some(day(22)), "at weekends the day is out of hours too");
        assert_eq!(duty_day(day(23), 3), Some(day(22)), "Monday before nine is Sunday's night");
        assert_eq!(duty_day(day(23), 9), None);
        assert_eq!(duty_day(day(23), 16), None);
        assert_eq!(duty_day(day(23), 17), Some(day(23)));
    }

    #[test]
    fn a_nomination_holds_until_the_day_it_ends() {
        let day = |day| Day::from_ymd(2026, 11, day).unwrap();
        let id = |number| uuid::Uuid::from_u128(number);
        let nomination = Nomination {
            id: Id::from_uuid(id(1)),
            authority: Id::from_uuid(id(2)),
            office: Office::Chair,
            standing: Standing::Deputy,
            person: Id::from_uuid(id(3)),
            start: day(2),
            end: Some(day(5)),
            written: String::new(),
        };
        assert_eq!([1, 2, 4, 5].map(|on| nomination.holds(day(on))), [false, true, true, false]);
        let gap = |from, to| uncovered(std::slice::from_ref(&nomination), Office::Chair, day(from), day(to));
        assert_eq!((gap(2, 4), gap(2, 9), gap(1, 3)), (None, Some(day(5)), Some(day(1))));
        assert_eq!(uncovered(std::slice::from_ref(&nomination), Office::Director, day(3), day(3)), Some(day(3)));
    }
}
