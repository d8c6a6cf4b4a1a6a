//! Which children may stand in a list, whatever the list is for.

use domain::Day;
use domain::access::{Reach, Who};
use domain::authority::Authority;
use domain::person::Person;

use crate::db::View;
use crate::statement::Value;
use crate::types::{Date, Key};

macro_rules! restricted {
    () => {
        "(c.restricted OR EXISTS (SELECT 1 FROM child_merge m JOIN child b ON b.id = m.child WHERE m.stands_under = c.id AND b.restricted))"
    };
}

/// Whether the case of a child `c`, or of an entry that stands under it, is open to those alone who are allocated to it.
pub(crate) const RESTRICTED: &str = restricted!();

/// Holds for a child `c` of `$1` who on `$2` may stand in a list: every one (`$3`), those whose cases are open (`$4`), and those to whom `$5` is allocated;
/// never one from whom `$5` is kept out by a conflict of interest. What holds for one entry of a child holds for all, and an entry that stands under
/// another one is shown there.
pub(crate) const REACHED: &str = concat!(
    "c.authority = $1
    AND NOT EXISTS (SELECT 1 FROM child_merge m WHERE m.child = c.id)
    AND ($3
         OR ($4 AND NOT ",
    restricted!(),
    ")
         OR c.id IN (SELECT coalesce(m.stands_under, a.child) FROM allocation a LEFT JOIN child_merge m ON m.child = a.child
             WHERE a.authority = $1 AND a.person = $5 AND a.starts <= $2 AND (a.ends IS NULL OR a.ends > $2)))
    AND c.id NOT IN (SELECT coalesce(m.stands_under, k.thing) FROM conflict k LEFT JOIN child_merge m ON m.child = k.thing
             WHERE k.authority = $1 AND k.person = $5 AND k.starts <= $2 AND (k.ends IS NULL OR k.ends > $2))"
);

/// The first five values of a statement with [`REACHED`] in it.
pub(crate) struct Reached {
    authority: Key<Authority>,
    day: Date,
    every: bool,
    open: bool,
    person: Option<Key<Person>>,
}

impl Reached {
    /// As far as the view's permit reaches on a day.
    pub(crate) fn of(view: &View, day: Day) -> Self {
        let permit = view.permit();
        let person = match permit.who() {
            Who::Person(person) => Some(Key(person)),
            Who::Machine(_) | Who::Nobody => None,
        };
        let (every, open) = match (permit.reach(), &person) {
            (Reach::Authority, Some(_)) => (false, true),
            (Reach::Authority, None) => (true, true),
            (Reach::Allocated, _) => (false, false),
        };
        Self { authority: Key(permit.authority()), day: Date(day), every, open, person }
    }

    /// Every case of the permit's authority, without those from which its person is kept out.
    pub(crate) fn everybody(view: &View, day: Day) -> Self {
        Self { every: true, ..Self::of(view, day) }
    }

    /// In the order of their numbers.
    pub(crate) fn values(&self) -> [&dyn Value; 5] {
        [&self.authority, &self.day, &self.every, &self.open, &self.person]
    }
}
