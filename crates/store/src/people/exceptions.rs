//! Cases opened in need, and conflicts of interest.

use domain::access::{BrokenGlass, Conflict};
use domain::child::Child;
use domain::id::Id;
use domain::person::Person;
use domain::{Day, access::Thing};

use crate::Error;
use crate::column::fact;
use crate::db::View;
use crate::statement::sql;
use crate::types::{Date, Instant, Key};

fact! {
    BrokenGlass in "broken_glass" { child, person, reason, opened_at, ends_at, reviewed_by, finding }
    read authority
}

fact! {
    Conflict in "conflict" { person, thing, nature, start as "starts", end as "ends" }
    read authority
}

/// The children whose cases a person holds open by having broken the glass.
pub async fn held_open(view: &mut View, person: Id<Person>, now: Instant) -> Result<Vec<Id<Child>>, Error> {
    let rows: Vec<(Key<Child>,)> = view
        .all(
            sql!("SELECT DISTINCT child FROM broken_glass WHERE authority = $1 AND person = $2 AND ends_at > $3 ORDER BY child"),
            &[&Key(view.permit().authority()), &Key(person), &now],
        )
        .await?;
    Ok(rows.into_iter().map(|(child,)| child.0).collect())
}

/// What a person is kept out of on a day: what a conflict names, with the homes that a provider runs, and with all entries of a child (I14).
pub async fn kept_out(view: &mut View, person: Id<Person>, today: Day) -> Result<Vec<Id<Thing>>, Error> {
    let rows: Vec<(Key<Thing>,)> = view
        .all(
            sql!(
                "WITH named AS (SELECT thing FROM conflict
                     WHERE authority = $1 AND person = $2 AND starts <= $3 AND (ends IS NULL OR ends > $3))
                 SELECT thing FROM named
                 UNION SELECT s.id AS thing FROM setting s JOIN named n ON n.thing = s.provider WHERE s.authority = $1
                 UNION SELECT h.id AS thing FROM foster_home h JOIN named n ON n.thing = h.provider WHERE h.authority = $1
                 UNION SELECT m.stands_under AS thing FROM child_merge m JOIN named n ON n.thing = m.child WHERE m.authority = $1
                 UNION SELECT o.child AS thing FROM child_merge m JOIN named n ON n.thing IN (m.child, m.stands_under)
                     JOIN child_merge o ON o.stands_under = m.stands_under WHERE m.authority = $1
                 ORDER BY thing"
            ),
            &[&Key(view.permit().authority()), &Key(person), &Date(today)],
        )
        .await?;
    Ok(rows.into_iter().map(|(thing,)| thing.0).collect())
}
