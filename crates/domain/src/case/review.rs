//! Reviews of a child's case.

use crate::child::Child;
use crate::date::Day;
use crate::id::Id;
use crate::list::list;

/// A review, due by a day and held on one (Care Planning, Placement and Case Review (England) Regulations 2010 regs 32-33; dossier B6). It is the
/// independent reviewing officer's: nobody else writes it (dossier C7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Identity in this record.
    pub id: Id<Self>,
    /// Whose case.
    pub child: Id<Child>,
    /// By when it had to be held: 20 working days after coming into care, then three months, then six.
    pub due: Day,
    /// When it was held; nothing until it was.
    pub held: Option<Day>,
    /// How the child took part.
    pub participation: Participation,
    /// What was decided.
    pub decisions: String,
}

list! {
    /// How a child took part, in the codes of the return.
    Participation, "way of taking part" {
        /// Not held yet, or nobody wrote it down.
        NotKnown = "not-known", "Not known";
        /// Under four at the review.
        UnderFour = "PN0", "Under four: not asked (PN0)";
        /// Came and spoke.
        Spoke = "PN1", "Came, and spoke for themselves (PN1)";
        /// Came, and an advocate spoke.
        Advocate = "PN2", "Came, and an advocate spoke (PN2)";
        /// Came, and showed it without words.
        Symbols = "PN3", "Came, and showed views without words (PN3)";
        /// Came, and said nothing.
        Silent = "PN4", "Came, and did not say what they think (PN4)";
        /// Did not come; an advocate spoke.
        AdvocateAlone = "PN5", "Did not come; an advocate spoke (PN5)";
        /// Did not come; sent word.
        SentWord = "PN6", "Did not come; sent their views (PN6)";
        /// Did not come and sent nothing.
        Absent = "PN7", "Did not come and sent no views (PN7)";
    }
}

impl Review {
    /// Whether it was late on a day: held after it was due, or not held although that day is past.
    pub fn is_late_on(&self, day: Day) -> bool {
        self.held.unwrap_or(day) > self.due
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_review_is_late_after_the_day_it_is_due() {
        let day = |n| Day::from_ymd(2026, 3, 1).unwrap().plus(n);
        let one = |held: Option<i32>| Review {
            id: Id::from_uuid(Uuid::nil()),
            child: Id::from_uuid(Uuid::nil()),
            due: day(5),
            held: held.map(day),
            participation: Participation::NotKnown,
            decisions: String::new(),
        };
        assert!(!one(None).is_late_on(day(5)) && one(None).is_late_on(day(6)));
        assert!(!one(Some(5)).is_late_on(day(90)), "held in time stays in time");
        assert!(one(Some(6)).is_late_on(day(6)));
    }
}
