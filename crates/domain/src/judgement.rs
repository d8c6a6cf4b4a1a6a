//! What inspectors found, and what stands on a day. A grade at the decision and a grade now are two facts; none at all is a third (dossier F16).

use crate::date::Day;
use crate::id::Id;
use crate::list::list;
use crate::provider::Provider;
use crate::setting::{Kind, Setting};

list! {
    /// Ofsted's four-point scale, best first. Supported accommodation and settings of other regulators have scales of their own, not mapped to this one.
    Grade, "grade" {
        /// Outstanding.
        Outstanding = "outstanding", "Outstanding";
        /// Good.
        Good = "good", "Good";
        /// Requires improvement to be good.
        RequiresImprovement = "requires-improvement", "Requires improvement to be good";
        /// Inadequate.
        Inadequate = "inadequate", "Inadequate";
    }
}

list! {
    /// What an inspection found overall: a grade, or one of the three outcomes of supported accommodation (SI 2023/416), which are no grades.
    Overall, "overall judgement" {
        /// Outstanding.
        Outstanding = "outstanding", "Outstanding";
        /// Good.
        Good = "good", "Good";
        /// Requires improvement to be good.
        RequiresImprovement = "requires-improvement", "Requires improvement to be good";
        /// Inadequate.
        Inadequate = "inadequate", "Inadequate";
        /// Consistently strong: the next inspection within three years.
        Outcome1 = "outcome-1", "Outcome 1: consistently strong";
        /// Inconsistent: within 18 months.
        Outcome2 = "outcome-2", "Outcome 2: inconsistent";
        /// Serious or widespread weaknesses: within six months.
        Outcome3 = "outcome-3", "Outcome 3: serious or widespread weaknesses";
    }
}

impl Overall {
    /// This grade.
    pub const fn graded(grade: Grade) -> Self {
        match grade {
            Grade::Outstanding => Self::Outstanding,
            Grade::Good => Self::Good,
            Grade::RequiresImprovement => Self::RequiresImprovement,
            Grade::Inadequate => Self::Inadequate,
        }
    }

    /// Whether it is one of the three outcomes.
    pub const fn is_outcome(self) -> bool {
        matches!(self, Self::Outcome1 | Self::Outcome2 | Self::Outcome3)
    }

    /// Whether a placement needs a decision of its own (I9): less than good, or outcome 2 or 3.
    pub const fn is_less_than_good(self) -> bool {
        matches!(self, Self::RequiresImprovement | Self::Inadequate | Self::Outcome2 | Self::Outcome3)
    }

    /// Whether it suspends the provider and asks for a review child by child within a working day (dossier E3).
    pub const fn is_worst(self) -> bool {
        matches!(self, Self::Inadequate | Self::Outcome3)
    }

    /// How far down its own scale it stands: 0 is best. Nothing where the two scales would have to be mixed.
    pub const fn falls_from(self, before: Self) -> Option<bool> {
        if self.is_outcome() != before.is_outcome() {
            return None;
        }
        Some(self as u8 > before as u8)
    }

    /// The day by which the next inspection is due, as far as the framework says.
    pub fn next_due(self, inspected: Day) -> Option<Day> {
        let months = match self {
            Self::Outcome1 => 36,
            Self::Outcome2 => 18,
            Self::Outcome3 => 6,
            _ => return None,
        };
        Some(inspected.plus_months(months))
    }
}

/// One inspection's judgement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Whom it is about: outcomes of supported accommodation are of the provider.
    pub provider: Id<Provider>,
    /// Which home or branch; nothing where it is of the provider as a whole.
    pub setting: Option<Id<Setting>>,
    /// The day of the inspection.
    pub day: Day,
    /// Overall.
    pub overall: Overall,
    /// How well children are helped and protected; nothing where it is not judged.
    pub protected: Option<Grade>,
    /// Leaders and managers; nothing where it is not judged.
    pub leaders: Option<Grade>,
}

/// What stands about a setting on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// Nobody grades settings of this kind: an authority's own fostering is never shown as good (B10).
    NotGraded,
    /// Not inspected yet, which is not good.
    NotYetInspected,
    /// The latest judgement.
    Judged(&'a Judgement),
}

impl Standing<'_> {
    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotGraded => "Not graded",
            Self::NotYetInspected => "Not yet inspected",
            Self::Judged(judgement) => judgement.overall.label(),
        }
    }
}

/// What people read about a setting of a kind whose latest judgement is this.
pub const fn words(kind: Kind, latest: Option<Overall>) -> &'static str {
    match (kind, latest) {
        (Kind::FosteringService | Kind::Other, _) => Standing::NotGraded.label(),
        (_, Some(overall)) => overall.label(),
        (_, None) => Standing::NotYetInspected.label(),
    }
}

/// What stands about a setting on a day, of all judgements of its provider. Outcomes of the provider stand for each of its supported accommodation;
/// a home that was registered anew is not yet inspected, and its earlier judgements stay under its earlier registration.
pub fn standing<'a>(setting: &Setting, judgements: &'a [Judgement], day: Day) -> Standing<'a> {
    if matches!(setting.kind, Kind::FosteringService | Kind::Other) {
        return Standing::NotGraded;
    }
    let about = |one: &&Judgement| match one.setting {
        Some(home) => home == setting.id,
        None => one.provider == setting.provider && setting.kind.is_supported(),
    };
    let latest = judgements.iter().filter(about).filter(|one| one.day <= day).max_by_key(|one| (one.day, one.id));
    latest.map_or(Standing::NotYetInspected, Standing::Judged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Code;
    use crate::setting::Registration;
    use uuid::Uuid;

    fn day(n: i32) -> Day {
        Day::from_ymd(2026, 1, 1).unwrap().plus(n)
    }

    fn setting(id: u128, kind: Kind) -> Setting {
        Setting {
            id: Id::from_uuid(Uuid::from_u128(id)),
            provider: Id::from_uuid(Uuid::nil()),
            urn: Code::BLANK,
            kind,
            name: String::new(),
            area: None,
            postcode: None,
            registration: Registration::Held,
            opened: None,
            closed: None,
            before: None,
        }
    }

    fn judged(id: u128, home: Option<u128>, on: i32, overall: Overall) -> Judgement {
        Judgement {
            id: Id::from_uuid(Uuid::from_u128(id)),
            provider: Id::from_uuid(Uuid::nil()),
            setting: home.map(|home| Id::from_uuid(Uuid::from_u128(home))),
            day: day(on),
            overall,
            protected: None,
            leaders: None,
        }
    }

    #[test]
    fn a_grade_is_of_its_day_and_of_its_home() {
        let all =
            [judged(1, Some(1), 0, Overall::Good), judged(2, Some(1), 50, Overall::Inadequate), judged(3, None, 10, Overall::Outcome2)];
        let stands = |home: &Setting, on| standing(home, &all, day(on)).label();
        let home = setting(1, Kind::ChildrensHome);
        assert_eq!((stands(&home, -1), stands(&home, 49), stands(&home, 50)), ("Not yet inspected", "Good", "Inadequate"));
        // The provider's outcome is no grade of its children's home, and the home's grade none of its supported accommodation.
        assert_eq!(stands(&setting(2, Kind::SupportedShared), 60), Overall::Outcome2.label());
        assert_eq!(stands(&setting(2, Kind::ChildrensHome), 60), "Not yet inspected");
        assert_eq!(stands(&setting(1, Kind::FosteringService), 60), "Not graded");
    }

    #[test]
    fn scales_are_not_mixed() {
        assert_eq!(Overall::Inadequate.falls_from(Overall::Good), Some(true));
        assert_eq!(Overall::Good.falls_from(Overall::RequiresImprovement), Some(false));
        assert_eq!(Overall::Outcome2.falls_from(Overall::Good), None);
        assert_eq!(Overall::Outcome3.next_due(day(0)), Some(day(0).plus_months(6)));
    }
}
