//! Times in which nobody knew where a child was.

use crate::child::Child;
use crate::date::Day;
use crate::id::Id;
use crate::list::list;

/// A time away without leave (dossier B9). It is laid over the placement, which goes on (E3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingEpisode {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Who.
    pub child: Id<Child>,
    /// Missing, or away.
    pub kind: Absence,
    /// The day on which it was noticed.
    pub start: Day,
    /// The day of the return; nothing while the child is not back.
    pub end: Option<Day>,
    /// When a return interview was offered.
    pub offered: Option<Day>,
    /// What became of the offer.
    pub interview: Interview,
}

list! {
    /// What kind of absence it is: the return's M and A. Some authorities do not tell the two apart (B9).
    Absence, "kind of absence" {
        /// Nobody knew where the child was.
        Missing = "missing", "Missing: nobody knew where the child was";
        /// Known, and not where the child should have been.
        Away = "away", "Away without leave: known where";
    }
}

list! {
    /// What became of the return interview, which is offered within 72 hours of the return (statutory guidance on children who run away or go missing,
    /// 2014).
    Interview, "outcome of a return interview" {
        /// Not offered yet, or nobody wrote it down.
        NotKnown = "not-known", "Not known";
        /// Offered, and the child said yes; not held yet.
        Accepted = "accepted", "Accepted, not held yet";
        /// Offered and held.
        Held = "held", "Held";
        /// Offered; the child said no.
        Declined = "declined", "Offered, and the child said no";
        /// Not offered.
        NotOffered = "not-offered", "Not offered";
    }
}

/// Days after the return by which a return interview is held: the 72 hours of the statutory guidance, of which the record knows the days.
pub const INTERVIEW_DAYS: i32 = 3;

impl Interview {
    /// Whether nothing is left to do: it was held, or the child did not want it.
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Held | Self::Declined)
    }
}

impl MissingEpisode {
    /// Days between the return and the offer; nothing where either is not known. The 72 hours are kept where it is at most three.
    pub fn days_to_offer(&self) -> Option<i32> {
        self.end.zip(self.offered).map(|(end, offered)| offered.since(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_offer_is_counted_from_the_return() {
        let day = |n| Day::from_ymd(2026, 3, 1).unwrap().plus(n);
        let one = |end: Option<i32>, offered: Option<i32>| MissingEpisode {
            id: Id::from_uuid(Uuid::nil()),
            child: Id::from_uuid(Uuid::nil()),
            kind: Absence::Missing,
            start: day(0),
            end: end.map(day),
            offered: offered.map(day),
            interview: Interview::Held,
        };
        assert_eq!(one(Some(2), Some(5)).days_to_offer(), Some(3));
        assert_eq!(one(None, Some(5)).days_to_offer(), None);
        assert_eq!(one(Some(2), None).days_to_offer(), None);
    }
}
