//! Cases opened in need, and conflicts of interest.

use domain::Day;
use domain::access::{BrokenGlass, Conflict};
use domain::authority::Authority;
use domain::child::Child;
use domain::id::Id;
use domain::person::Person;
use uuid::Uuid;

use crate::Error;
use crate::db::View;
use crate::facts;
use crate::facts::table::Table;
use crate::statement::{Registered, Value, sql};
use crate::types::{Date, Instant, Key};

#[derive(sqlx::FromRow)]
pub struct GlassRow {
    id: Key<BrokenGlass>,
    authority: Key<Authority>,
    child: Key<Child>,
    person: Key<Person>,
    reason: String,
    opened_at: Instant,
    ends_at: Instant,
    reviewed_by: Option<Key<Person>>,
    finding: Option<String>,
}

impl Table for BrokenGlass {
    const TABLE: &'static str = "broken_glass";
    const COLUMNS: &'static [&'static str] = &["child", "person", "reason", "opened_at", "ends_at", "reviewed_by", "finding"];
    type Row = GlassRow;

    fn id(&self) -> Id<Self> {
        self.id
    }

    fn values(&self) -> Vec<Box<dyn Value>> {
        vec![
            Box::new(Key(self.child)),
            Box::new(Key(self.person)),
            Box::new(self.reason.clone()),
            Box::new(Instant::new(self.opened_at)),
            Box::new(Instant::new(self.ends_at)),
            Box::new(self.review.as_ref().map(|(reviewer, _)| Key(*reviewer))),
            Box::new(self.review.as_ref().map(|(_, finding)| finding.clone())),
        ]
    }

    fn of(row: GlassRow) -> Self {
        Self {
            id: row.id.0,
            authority: row.authority.0,
            child: row.child.0,
            person: row.person.0,
            reason: row.reason,
            opened_at: row.opened_at.timestamp(),
            ends_at: row.ends_at.timestamp(),
            review: row.reviewed_by.map(|key| key.0).zip(row.finding),
        }
    }
}

inventory::submit! { Registered(facts::statements::<BrokenGlass>) }

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

#[derive(sqlx::FromRow)]
pub struct ConflictRow {
    id: Key<Conflict>,
    authority: Key<Authority>,
    person: Key<Person>,
    thing: Key<()>,
    nature: String,
    starts: Date,
    ends: Option<Date>,
}

impl Table for Conflict {
    const TABLE: &'static str = "conflict";
    const COLUMNS: &'static [&'static str] = &["person", "thing", "nature", "starts", "ends"];
    type Row = ConflictRow;

    fn id(&self) -> Id<Self> {
        self.id
    }

    fn values(&self) -> Vec<Box<dyn Value>> {
        vec![
            Box::new(Key(self.person)),
            Box::new(Key::<()>(Id::from_uuid(self.thing))),
            Box::new(self.nature.clone()),
            Box::new(Date(self.start)),
            Box::new(self.end.map(Date)),
        ]
    }

    fn of(row: ConflictRow) -> Self {
        Self {
            id: row.id.0,
            authority: row.authority.0,
            person: row.person.0,
            thing: row.thing.0.uuid(),
            nature: row.nature,
            start: row.starts.0,
            end: row.ends.map(|day| day.0),
        }
    }
}

inventory::submit! { Registered(facts::statements::<Conflict>) }

/// What a person is kept out of on a day.
pub async fn kept_out(view: &mut View, person: Id<Person>, today: Day) -> Result<Vec<Uuid>, Error> {
    let rows: Vec<(Key<()>,)> = view
        .all(
            sql!(
                "SELECT DISTINCT thing FROM conflict
                 WHERE authority = $1 AND person = $2 AND starts <= $3 AND (ends IS NULL OR ends > $3) ORDER BY thing"
            ),
            &[&Key(view.permit().authority()), &Key(person), &Date(today)],
        )
        .await?;
    Ok(rows.into_iter().map(|(thing,)| thing.0.uuid()).collect())
}
