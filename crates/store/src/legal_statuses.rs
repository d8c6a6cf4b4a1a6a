//! By which law a child is looked after, from when to when.

use domain::Day;
use domain::child::Child;
use domain::code::Code;
use domain::id::Id;
use domain::legal_status::LegalStatus;

use crate::facts::table::Table;
use crate::facts::{self, OfChild};
use crate::statement::{Registered, Value};
use crate::types::{Date, Key, Text};

#[derive(sqlx::FromRow)]
pub struct Row {
    id: Key<LegalStatus>,
    child: Key<Child>,
    status: Text<Code>,
    need: Text<Code>,
    starts: Date,
    ends: Option<Date>,
}

impl Table for LegalStatus {
    const TABLE: &'static str = "legal_status";
    const COLUMNS: &'static [&'static str] = &["child", "status", "need", "starts", "ends"];
    type Row = Row;

    fn id(&self) -> Id<Self> {
        self.id
    }

    fn values(&self) -> Vec<Box<dyn Value>> {
        vec![
            Box::new(Key(self.child)),
            Box::new(Text(self.status)),
            Box::new(Text(self.need)),
            Box::new(Date(self.start)),
            Box::new(self.end.map(Date)),
        ]
    }

    fn of(row: Row) -> Self {
        Self {
            id: row.id.0,
            child: row.child.0,
            status: row.status.0,
            need: row.need.0,
            start: row.starts.0,
            end: row.ends.map(|day| day.0),
        }
    }
}

impl OfChild for LegalStatus {
    fn order(&self) -> (Day, u8) {
        (self.start, 0)
    }
}

inventory::submit! { Registered(facts::statements_of_child::<LegalStatus>) }
