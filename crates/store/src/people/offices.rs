//! Nominations to offices, and the rota for when they are shut.

use domain::authority::Authority;
use domain::id::Id;
use domain::office::{Duty, Nomination, Office, Standing};
use domain::person::Person;

use crate::facts;
use crate::facts::table::Table;
use crate::statement::{Registered, Value};
use crate::types::{Date, Key, Text};

#[derive(sqlx::FromRow)]
pub struct NominationRow {
    id: Key<Nomination>,
    authority: Key<Authority>,
    office: Text<Office>,
    standing: Text<Standing>,
    person: Key<Person>,
    starts: Date,
    ends: Option<Date>,
    written: String,
}

impl Table for Nomination {
    const TABLE: &'static str = "nomination";
    const COLUMNS: &'static [&'static str] = &["office", "standing", "person", "starts", "ends", "written"];
    type Row = NominationRow;

    fn id(&self) -> Id<Self> {
        self.id
    }

    fn values(&self) -> Vec<Box<dyn Value>> {
        vec![
            Box::new(Text(self.office)),
            Box::new(Text(self.standing)),
            Box::new(Key(self.person)),
            Box::new(Date(self.start)),
            Box::new(self.end.map(Date)),
            Box::new(self.written.clone()),
        ]
    }

    fn of(row: NominationRow) -> Self {
        Self {
            id: row.id.0,
            authority: row.authority.0,
            office: row.office.0,
            standing: row.standing.0,
            person: row.person.0,
            start: row.starts.0,
            end: row.ends.map(|day| day.0),
            written: row.written,
        }
    }
}

inventory::submit! { Registered(facts::statements::<Nomination>) }

#[derive(sqlx::FromRow)]
pub struct DutyRow {
    id: Key<Duty>,
    authority: Key<Authority>,
    person: Key<Person>,
    day: Date,
    telephone: String,
}

impl Table for Duty {
    const TABLE: &'static str = "duty";
    const COLUMNS: &'static [&'static str] = &["person", "day", "telephone"];
    type Row = DutyRow;

    fn id(&self) -> Id<Self> {
        self.id
    }

    fn values(&self) -> Vec<Box<dyn Value>> {
        vec![Box::new(Key(self.person)), Box::new(Date(self.day)), Box::new(self.telephone.clone())]
    }

    fn of(row: DutyRow) -> Self {
        Self { id: row.id.0, authority: row.authority.0, person: row.person.0, day: row.day.0, telephone: row.telephone }
    }
}

inventory::submit! { Registered(facts::statements::<Duty>) }
