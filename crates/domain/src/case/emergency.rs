//! Decisions about a child that were made in an emergency, and their approval afterwards.

use std::fmt;

use crate::child::Child;
use crate::date::Day;
use crate::id::Id;
use crate::list::list;
use crate::office::{Nomination, Office};
use crate::person::Person;

/// A decision that could not wait for whoever the law leaves it to, and is put before them on the next working day (dossier I7, E4).
///
/// What was decided has happened: a late approval is a breach that shows, never a reason not to record it (I0).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmergencyDecision {
    /// Identity in this record.
    pub id: Id<Self>,
    /// About whom.
    pub child: Id<Child>,
    /// What was decided.
    pub kind: EmergencyKind,
    /// When.
    pub day: Day,
    /// Who decided.
    pub decider: Id<Person>,
    /// As what: manager on duty, deputy of the nominated officer.
    pub capacity: String,
    /// Why it could not wait.
    pub reasons: String,
    /// Who approved it; nobody until then.
    pub approver: Option<Id<Person>>,
    /// When it was approved; nothing until then.
    pub approved: Option<Day>,
}

list! {
    /// What was decided in an emergency.
    EmergencyKind, "decision in an emergency" {
        /// Regulation 11.
        OutOfArea = "out-of-area", "Placement out of area";
        /// Regulations 11 and 12: outside the area, and in none that adjoins it.
        AtADistance = "at-a-distance", "Placement at a distance";
        /// Regulation 19: before the assessment was made.
        WithParents = "with-parents", "Placement with parents before their assessment";
        /// Regulation 24: before the carer was approved.
        ConnectedPerson = "connected-person", "Placement with a connected person";
        /// Regulation 9: before there was a placement plan.
        WithoutPlan = "without-plan", "Placement without a plan";
    }
}

/// Why a decision cannot be as it was put; a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDecided {
    /// Nobody said why.
    NoReasons,
    /// An approver without a day, or a day without an approver.
    HalfApproved,
    /// Approved before it was made.
    TooEarly,
    /// By whoever decided.
    Own,
    /// By somebody who did not hold the office on that day.
    NoOffice(Office),
}

impl fmt::Display for NotDecided {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoReasons => f.write_str("Say why the decision could not wait."),
            Self::HalfApproved => f.write_str("Say both who approved it and when, or neither."),
            Self::TooEarly => f.write_str("It was approved on a day before it was decided: correct one of the days."),
            Self::Own => f.write_str("Whoever decided cannot approve it: somebody else does."),
            Self::NoOffice(office) => write!(
                f,
                "Whoever approves it must have been nominated on that day to this office: {}. Choose somebody who was, or have the nomination recorded first.",
                office.words()
            ),
        }
    }
}

impl std::error::Error for NotDecided {}

impl EmergencyKind {
    /// The office that approves it (dossier E4).
    pub const fn office(self) -> Office {
        match self {
            Self::AtADistance => Office::Director,
            Self::OutOfArea | Self::WithParents | Self::ConnectedPerson | Self::WithoutPlan => Office::NominatedOfficer,
        }
    }
}

impl EmergencyDecision {
    /// Whether it agrees with itself and with who was nominated to what.
    ///
    /// # Errors
    /// The first contradiction.
    pub fn check(&self, nominations: &[Nomination]) -> Result<(), NotDecided> {
        if self.reasons.trim().is_empty() {
            return Err(NotDecided::NoReasons);
        }
        let (approver, on) = match (self.approver, self.approved) {
            (None, None) => return Ok(()),
            (Some(approver), Some(on)) => (approver, on),
            _ => return Err(NotDecided::HalfApproved),
        };
        let office = self.kind.office();
        if on < self.day {
            Err(NotDecided::TooEarly)
        } else if approver == self.decider {
            Err(NotDecided::Own)
        } else if !nominations.iter().any(|one| one.person == approver && one.office == office && one.holds(on)) {
            Err(NotDecided::NoOffice(office))
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::Standing;
    use uuid::Uuid;

    fn day(n: i32) -> Day {
        Day::from_ymd(2026, 3, 2).unwrap().plus(n)
    }

    fn person(n: u128) -> Id<Person> {
        Id::from_uuid(Uuid::from_u128(n))
    }

    fn decision(kind: EmergencyKind, approval: Option<(u128, i32)>) -> EmergencyDecision {
        EmergencyDecision {
            id: Id::from_uuid(Uuid::nil()),
            child: Id::from_uuid(Uuid::nil()),
            kind,
            day: day(0),
            decider: person(1),
            capacity: "Manager on duty".to_owned(),
            reasons: "Nowhere else that night.".to_owned(),
            approver: approval.map(|(who, _)| person(who)),
            approved: approval.map(|(_, on)| day(on)),
        }
    }

    #[test]
    fn it_is_approved_by_somebody_else_who_holds_the_office_on_that_day() {
        let nomination = |who, office| Nomination {
            id: Id::from_uuid(Uuid::nil()),
            authority: Id::from_uuid(Uuid::nil()),
            office,
            standing: Standing::Holder,
            person: person(who),
            start: day(-9),
            end: Some(day(5)),
            written: "Folder 7".to_owned(),
        };
        let all = [nomination(1, Office::NominatedOfficer), nomination(2, Office::NominatedOfficer), nomination(3, Office::Director)];
        let check = |kind, approval| decision(kind, approval).check(&all);
        assert_eq!(check(EmergencyKind::OutOfArea, None), Ok(()));
        assert_eq!(check(EmergencyKind::OutOfArea, Some((2, 1))), Ok(()));
        assert_eq!(check(EmergencyKind::OutOfArea, Some((2, 4))), Ok(()), "late is a breach, and recorded");
        assert_eq!(check(EmergencyKind::OutOfArea, Some((1, 1))), Err(NotDecided::Own));
        assert_eq!(check(EmergencyKind::OutOfArea, Some((2, 5))), Err(NotDecided::NoOffice(Office::NominatedOfficer)));
        assert_eq!(check(EmergencyKind::OutOfArea, Some((2, -1))), Err(NotDecided::TooEarly));
        assert_eq!(check(EmergencyKind::AtADistance, Some((2, 1))), Err(NotDecided::NoOffice(Office::Director)));
        assert_eq!(check(EmergencyKind::AtADistance, Some((3, 1))), Ok(()));
        let half = EmergencyDecision { approved: None, ..decision(EmergencyKind::OutOfArea, Some((2, 1))) };
        assert_eq!(half.check(&all), Err(NotDecided::HalfApproved));
        let silent = EmergencyDecision { reasons: " ".to_owned(), ..decision(EmergencyKind::OutOfArea, None) };
        assert_eq!(silent.check(&all), Err(NotDecided::NoReasons));
    }
}
