//! What a court has allowed about a child, and until when.

use crate::child::Child;
use crate::date::Day;
use crate::id::Id;
use crate::list::list;

/// A court's leave to keep a child in a secure place or to deprive it of liberty, or another order with an end (dossier E1). It never goes on by itself:
/// that it runs out is an alarm until another one follows or it is said to have ended (I6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CourtAuthority {
    /// Identity in this record.
    pub id: Id<Self>,
    /// About whom.
    pub child: Id<Child>,
    /// What it allows.
    pub kind: CourtKind,
    /// The first day on which it holds.
    pub start: Day,
    /// The last day on which it holds.
    pub expires: Day,
    /// The day on which it was discharged or no longer needed; nothing while it stands.
    pub ended: Option<Day>,
    /// Which court, and under which number.
    pub court: String,
    /// What it says, with its conditions.
    pub words: String,
}

list! {
    /// What a court has allowed.
    CourtKind, "authority of a court" {
        /// Children Act 1989 section 25.
        Secure = "secure", "Secure accommodation (section 25)";
        /// Under the inherent jurisdiction of the High Court.
        DeprivationOfLiberty = "deprivation-of-liberty", "Deprivation of liberty";
        /// Any other order that ends on a day.
        Other = "other", "Other order of a court";
    }
}

impl CourtAuthority {
    /// Whether it ran out before a day, and nobody has said that it ended.
    pub fn has_run_out_on(&self, day: Day) -> bool {
        self.ended.is_none() && self.expires < day
    }

    /// Whether another one of the same kind takes its place without a day between them.
    fn is_followed_by(&self, next: &Self) -> bool {
        next.id != self.id
            && next.child == self.child
            && next.kind == self.kind
            && next.start <= self.expires.plus(1)
            && (next.expires, next.id) > (self.expires, self.id)
            // One that was discharged at once follows nothing.
            && next.ended.is_none_or(|ended| ended > self.expires)
    }
}

/// Those that end with nothing after them: somebody must go to court, or say that they ended.
pub fn last_ones(all: &[CourtAuthority]) -> impl Iterator<Item = &CourtAuthority> {
    all.iter().filter(|one| one.ended.is_none() && !all.iter().any(|next| one.is_followed_by(next)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(n: i32) -> Day {
        Day::from_ymd(2026, 3, 1).unwrap().plus(n)
    }

    fn one(id: u128, kind: CourtKind, (start, expires): (i32, i32), ended: Option<i32>) -> CourtAuthority {
        CourtAuthority {
            id: Id::from_uuid(Uuid::from_u128(id)),
            child: Id::from_uuid(Uuid::nil()),
            kind,
            start: day(start),
            expires: day(expires),
            ended: ended.map(day),
            court: String::new(),
            words: String::new(),
        }
    }

    #[test]
    fn one_that_another_follows_without_a_gap_is_no_alarm() {
        use CourtKind::{DeprivationOfLiberty, Secure};
        let last = |all: &[CourtAuthority]| last_ones(all).map(|one| one.id.uuid().as_u128()).collect::<Vec<_>>();
        let first = one(1, Secure, (0, 20), None);
        assert_eq!(last(std::slice::from_ref(&first)), [1]);
        assert_eq!(last(&[first.clone(), one(2, Secure, (21, 60), None)]), [2]);
        assert_eq!(last(&[first.clone(), one(2, Secure, (22, 60), None)]), [1, 2], "a day between them is a day without leave");
        assert_eq!(last(&[first.clone(), one(2, DeprivationOfLiberty, (10, 60), None)]), [1, 2]);
        assert_eq!(last(&[first.clone(), one(2, Secure, (10, 60), Some(15))]), [1], "the next one was discharged before");
        assert_eq!(last(&[one(1, Secure, (0, 20), Some(15))]), [0_u128; 0]);
        assert!(first.has_run_out_on(day(21)) && !first.has_run_out_on(day(20)));
    }
}
