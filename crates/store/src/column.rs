//! How values of the domain lie in columns, said once for each type, so that a table of facts is a list of its fields.

use domain::access::Role;
use domain::code::Code;
use domain::id::Id;
use domain::{
    Day, Money, Postcode, alert, capacity, case, contract, document, foster_home, judgement, office, payee, period, provider, setting,
    vault,
};
use jiff::Timestamp;

use crate::children::Asylum;
use crate::types::{Date, Instant, Key, SealedBytes, Text};

/// A value that has a column.
pub(crate) trait Stored {
    /// What the column holds.
    type As;

    fn stored(&self) -> Self::As;

    fn restored(held: Self::As) -> Self;
}

/// Types, alone or left out, with what their column holds.
macro_rules! stored {
    ($($type:ty as $held:ty, $store:expr, $restore:expr;)+) => { $(
        impl Stored for $type {
            type As = $held;

            fn stored(&self) -> $held {
                let store: fn(&$type) -> $held = $store;
                store(self)
            }

            fn restored(held: $held) -> Self {
                let restore: fn($held) -> $type = $restore;
                restore(held)
            }
        }

        impl Stored for Option<$type> {
            type As = Option<$held>;

            fn stored(&self) -> Option<$held> {
                self.as_ref().map(Stored::stored)
            }

            fn restored(held: Option<$held>) -> Self {
                held.map(Stored::restored)
            }
        }
    )+ };
}

/// Types with one text form, which their column holds.
macro_rules! text {
    ($($type:ty),+ $(,)?) => { stored! { $($type as Text<$type>, |value| Text(*value), |text| text.0;)+ } };
}

stored! {
    String as String, Clone::clone, |text| text;
    bool as bool, |flag| *flag, |flag| flag;
    // The tables check that no number is below zero.
    u32 as i64, |number| i64::from(*number), |number| u32::try_from(number).unwrap_or_default();
    Money as i64, |money| money.pence(), Money::from_pence;
    Day as Date, |day| Date(*day), |date| date.0;
    Timestamp as Instant, |at| Instant::new(*at), Instant::timestamp;
    vault::Sealed as SealedBytes, |sealed| SealedBytes(sealed.0.clone()), |held| vault::Sealed(held.0);
    domain::history::Uasc as Text<Asylum>, |asylum| Text(Asylum(*asylum)), |text| text.0.0;
}

text! {
    Code,
    Postcode,
    Role,
    alert::Kind,
    capacity::Open,
    capacity::Reason,
    capacity::Sharing,
    contract::Kind,
    contract::Regime,
    contract::accreditation::Outcome,
    contract::indexation::Rule,
    case::Absence,
    case::Alongside,
    case::Assessor,
    case::Channel,
    case::CourtKind,
    case::EmergencyKind,
    case::HealthKind,
    case::Interview,
    case::Kin,
    case::Participation,
    case::PlanKind,
    case::Risks,
    case::Seen,
    case::Together,
    document::Kind,
    foster_home::Care,
    foster_home::Stage,
    judgement::Grade,
    judgement::Overall,
    office::Office,
    office::Standing,
    payee::State,
    period::Kind,
    provider::Sector,
    provider::Status,
    setting::Kind,
    setting::Limit,
    setting::Registration,
    setting::Takes,
    vault::Kind,
}

impl<Of> Stored for Id<Of> {
    type As = Key<Of>;

    fn stored(&self) -> Key<Of> {
        Key(*self)
    }

    fn restored(held: Key<Of>) -> Self {
        held.0
    }
}

impl<Of> Stored for Option<Id<Of>> {
    type As = Option<Key<Of>>;

    fn stored(&self) -> Option<Key<Of>> {
        self.map(Key)
    }

    fn restored(held: Option<Key<Of>>) -> Self {
        held.map(|key| key.0)
    }
}

/// The column of a field: its own name unless another is given.
macro_rules! name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $column:literal) => {
        $column
    };
}
pub(crate) use name;

/// Declares how a domain type lies in its table: the table, then its fields, each with its column where that is called otherwise. `order` is the column
/// by which facts of the same thing are read; `of` names what facts are asked for by, with the column; `read` are fields that every table of facts has.
macro_rules! fact {
    (
        $type:ident in $table:literal { $($field:ident $(as $column:literal)?),+ $(,)? }
        $(order $order:literal)? $(of $($whole:ident by $by:literal),+)? $(read $($base:ident),+)?
    ) => {
        impl $crate::facts::table::Table for $type {
            const TABLE: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &[$($crate::column::name!($field $($column)?)),+];
            $(const ORDER: &'static str = concat!($order, ", id");)?

            fn id(&self) -> domain::id::Id<Self> {
                self.id
            }

            fn values(&self) -> Vec<Box<dyn $crate::statement::Value>> {
                vec![$(Box::new($crate::column::Stored::stored(&self.$field))),+]
            }

            $crate::column::reading!(of_postgres sqlx::postgres::PgRow, $($field $($column)?),+ ; $($($base),+)?);
            $crate::column::reading!(of_sqlite sqlx::sqlite::SqliteRow, $($field $($column)?),+ ; $($($base),+)?);
        }

        inventory::submit! { $crate::statement::Registered($crate::facts::statements::<$type>) }

        $($(
            impl $crate::facts::Of<$whole> for $type {
                const COLUMN: &'static str = $by;
            }

            inventory::submit! { $crate::statement::Registered($crate::facts::statements_of::<$type, $whole>) }
        )+)?
    };
}
pub(crate) use fact;

/// Reads a fact from a row of one engine, by the names of its columns.
macro_rules! reading {
    ($name:ident $row:ty, $($field:ident $($column:literal)?),+ ; $($base:ident),*) => {
        fn $name(row: &$row) -> Result<Self, sqlx::Error> {
            use sqlx::Row as _;
            use $crate::column::Stored;
            Ok(Self {
                id: Stored::restored(row.try_get("id")?),
                $($field: Stored::restored(row.try_get($crate::column::name!($field $($column)?))?),)+
                $($base: Stored::restored(row.try_get(stringify!($base))?),)*
            })
        }
    };
}
pub(crate) use reading;
