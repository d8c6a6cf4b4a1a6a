//! Times in care, unbroken, and agreed series of short breaks.

use domain::Day;
use domain::child::Child;
use domain::code::Code;
use domain::id::Id;
use domain::period::{Kind, PeriodOfCare};

use crate::facts::table::Table;
use crate::facts::{self, OfChild};
use crate::statement::{Registered, Value};
use crate::types::{Date, Key, Text};

#[derive(sqlx::FromRow)]
pub struct Row {
    id: Key<PeriodOfCare>,
    child: Key<Child>,
    kind: Text<Kind>,
    starts: Date,
    ends: Option<Date>,
    ceased: Text<Code>,
}

impl Table for PeriodOfCare {
    const TABLE: &'static str = "period_of_care";
    const COLUMNS: &'static [&'static str] = &["child", "kind", "starts", "ends", "ceased"];
    type Row = Row;

    fn id(&self) -> Id<Self> {
        self.id
    }

    fn values(&self) -> Vec<Box<dyn Value>> {
        vec![
            Box::new(Key(self.child)),
            Box::new(Text(self.kind)),
            Box::new(Date(self.start)),
            Box::new(self.end.map(Date)),
            Box::new(Text(self.ceased)),
        ]
    }

    fn of(row: Row) -> Self {
        Self {
            id: row.id.0,
            child: row.child.0,
            kind: row.kind.0,
            start: row.starts.0,
            end: row.ends.map(|day| day.0),
            ceased: row.ceased.0,
        }
    }
}

impl OfChild for PeriodOfCare {
    fn order(&self) -> (Day, u8) {
        (self.start, 0)
    }
}

inventory::submit! { Registered(facts::statements_of_child::<PeriodOfCare>) }
