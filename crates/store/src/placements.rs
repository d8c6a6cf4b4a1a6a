//! Where children lived, and every version of it that was ever known.

use domain::child::Child;
use domain::code::Code;
use domain::id::Id;
use domain::placement::Placement;
use domain::{Day, Postcode};

use crate::facts::table::Table;
use crate::facts::{self, OfChild};
use crate::statement::{Registered, Value};
use crate::types::{Date, Key, Text};

#[derive(sqlx::FromRow)]
pub struct Row {
    id: Key<Placement>,
    child: Key<Child>,
    kind: Text<Code>,
    provider: Text<Code>,
    urn: Text<Code>,
    postcode: Option<Text<Postcode>>,
    starts: Date,
    ends: Option<Date>,
    ended: Text<Code>,
}

impl Table for Placement {
    const TABLE: &'static str = "placement";
    const COLUMNS: &'static [&'static str] = &["child", "kind", "provider", "urn", "postcode", "starts", "ends", "ended"];
    type Row = Row;

    fn id(&self) -> Id<Self> {
        self.id
    }

    fn values(&self) -> Vec<Box<dyn Value>> {
        vec![
            Box::new(Key(self.child)),
            Box::new(Text(self.kind)),
            Box::new(Text(self.provider)),
            Box::new(Text(self.urn)),
            Box::new(self.postcode.map(Text)),
            Box::new(Date(self.start)),
            Box::new(self.end.map(Date)),
            Box::new(Text(self.ended)),
        ]
    }

    fn of(row: Row) -> Self {
        Self {
            id: row.id.0,
            child: row.child.0,
            start: row.starts.0,
            end: row.ends.map(|day| day.0),
            kind: row.kind.0,
            provider: row.provider.0,
            urn: row.urn.0,
            postcode: row.postcode.map(|postcode| postcode.0),
            ended: row.ended.0,
        }
    }
}

impl OfChild for Placement {
    /// A main placement stands before the temporary stays within it.
    fn order(&self) -> (Day, u8) {
        (self.start, u8::from(self.is_temporary()))
    }
}

inventory::submit! { Registered(facts::statements_of_child::<Placement>) }
