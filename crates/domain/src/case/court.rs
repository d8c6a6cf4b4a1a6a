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

    /// Whether it lets the child be kept in secure accommodation on a day (I6; section 25).
    pub fn allows_secure_on(&self, day: Day) -> bool {
        self.kind == CourtKind::Secure && self.start <= day && day <= self.last()
    }

    /// The last day on which it held or will hold; the day on which it was discharged is none.
    fn last(&self) -> Day {
        self.ended.map_or(self.expires, |ended| ended.plus(-1).min(self.expires))
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

/// Since when a child who has been in secure accommodation from a day on is there without a court's leave; nothing while one holds (I6).
pub fn secure_without_leave(all: &[CourtAuthority], there: Day, today: Day) -> Option<Day> {
    if all.iter().any(|one| one.allows_secure_on(today)) {
        return None;
    }
    let begun = all.iter().filter(|one| one.kind == CourtKind::Secure && one.start <= today && one.start <= one.last());
    Some(begun.map(|one| one.last().plus(1)).max().map_or(there, |since| since.max(there)))
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
    fn secure_accommodation_is_without_leave_from_the_day_after_the_last_one() {
        use CourtKind::{DeprivationOfLiberty, Secure};
        let since = |all: &[CourtAuthority], today| secure_without_leave(all, day(0), day(today));
        assert_eq!(since(&[], 5), Some(day(0)));
        let leave = one(1, Secure, (1, 20), None);
        assert_eq!(since(std::slice::from_ref(&leave), 20), None);
        assert_eq!(since(std::slice::from_ref(&leave), 40), Some(day(21)));
        assert_eq!(since(&[leave, one(2, DeprivationOfLiberty, (1, 90), None)], 40), Some(day(21)), "leave of another kind is none");
        assert_eq!(since(&[one(1, Secure, (1, 90), Some(15))], 40), Some(day(15)), "discharged while the child is there still");
        assert_eq!(since(&[one(1, Secure, (50, 90), None)], 40), Some(day(0)), "it has not begun");
        assert_eq!(since(&[one(1, Secure, (-30, -9), None)], 40), Some(day(0)), "of an earlier stay");
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
