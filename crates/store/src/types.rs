//! Column types that read, write, compare and sort alike on both engines.

use std::fmt::Display;
use std::str::FromStr;

use domain::Day;
use domain::id::Id;
use jiff_sqlx::ToSqlx as _;
use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgTypeInfo, PgValueRef};
use sqlx::sqlite::{SqliteArgumentsBuffer, SqliteTypeInfo, SqliteValueRef};
use sqlx::{Decode, Encode, Postgres, Sqlite, Type};
use uuid::Uuid;

/// A domain value with one text form: codes, postcodes, roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Text<T>(pub(crate) T);

/// The identity of a row: `uuid` on PostgreSQL, its hyphenated text on SQLite, readable in both.
#[derive(Debug)]
pub(crate) struct Key<Of>(pub(crate) Id<Of>);

/// A civil date: `date` on PostgreSQL, `2026-03-31` on SQLite, which sorts as dates do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Date(pub(crate) Day);

/// A moment to the microsecond: `timestamptz` on PostgreSQL, text of one width on SQLite, so that both sort and compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(jiff::Timestamp);

impl Instant {
    /// This moment, cut to whole microseconds, which is what both engines keep.
    pub fn new(at: jiff::Timestamp) -> Self {
        Self(jiff::Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at))
    }

    /// The moment.
    pub const fn timestamp(self) -> jiff::Timestamp {
        self.0
    }
}

impl Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.6}", self.0)
    }
}

/// What the vault's key alone opens: `bytea` on PostgreSQL, a blob on SQLite. The log shows that it changed, never what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SealedBytes(pub(crate) Vec<u8>);

impl<Of> Clone for Key<Of> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Of> Copy for Key<Of> {}

/// Each type is bound and read as a type that the driver knows: on both engines the same value, in each engine's natural type.
macro_rules! column {
    ([$($generic:tt)*] $type:ty, postgres $pg:ty, sqlite $lite:ty, $write_pg:expr, $write_lite:expr, $read_pg:expr, $read_lite:expr, where $($bound:tt)*) => {
        impl<$($generic)*> Type<Postgres> for $type {
            fn type_info() -> PgTypeInfo {
                <$pg as Type<Postgres>>::type_info()
            }
            fn compatible(found: &PgTypeInfo) -> bool {
                <$pg as Type<Postgres>>::compatible(found)
            }
        }
        impl<$($generic)*> Type<Sqlite> for $type {
            fn type_info() -> SqliteTypeInfo {
                <$lite as Type<Sqlite>>::type_info()
            }
            fn compatible(found: &SqliteTypeInfo) -> bool {
                <$lite as Type<Sqlite>>::compatible(found)
            }
        }
        impl<$($generic)*> Encode<'_, Postgres> for $type where $($bound)* {
            fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
                let write: fn(&Self) -> $pg = $write_pg;
                <$pg as Encode<Postgres>>::encode(write(self), buffer)
            }
        }
        impl<$($generic)*> Encode<'_, Sqlite> for $type where $($bound)* {
            fn encode_by_ref(&self, buffer: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
                let write: fn(&Self) -> $lite = $write_lite;
                <$lite as Encode<Sqlite>>::encode(write(self), buffer)
            }
        }
        impl<'r, $($generic)*> Decode<'r, Postgres> for $type where $($bound)* {
            fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
                let read: fn($pg) -> Result<Self, BoxDynError> = $read_pg;
                read(<$pg as Decode<Postgres>>::decode(value)?)
            }
        }
        impl<'r, $($generic)*> Decode<'r, Sqlite> for $type where $($bound)* {
            fn decode(value: SqliteValueRef<'r>) -> Result<Self, BoxDynError> {
                let read: fn($lite) -> Result<Self, BoxDynError> = $read_lite;
                read(<$lite as Decode<Sqlite>>::decode(value)?)
            }
        }
    };
}

column!([T] Text<T>, postgres String, sqlite String,
    |text| text.0.to_string(), |text| text.0.to_string(), |text| Ok(Self(text.parse()?)), |text| Ok(Self(text.parse()?)),
    where T: Display + FromStr, T::Err: std::error::Error + Send + Sync + 'static);
column!([Of] Key<Of>, postgres Uuid, sqlite String,
    |key| key.0.uuid(), |key| key.0.to_string(), |uuid| Ok(Self(Id::from_uuid(uuid))), |text| Ok(Self(text.parse()?)), where);
column!([] Date, postgres jiff_sqlx::Date, sqlite String,
    |date| civil(date.0).to_sqlx(), |date| date.0.to_string(), |date| Ok(Self(day(date.to_jiff())?)), |text| Ok(Self(day(text.parse()?)?)), where);
column!([] Instant, postgres jiff_sqlx::Timestamp, sqlite String,
    |instant| instant.0.to_sqlx(), ToString::to_string, |at| Ok(Self::new(at.to_jiff())), |text| Ok(Self::new(text.parse()?)), where);

column!([] SealedBytes, postgres Vec<u8>, sqlite Vec<u8>,
    |bytes| bytes.0.clone(), |bytes| bytes.0.clone(), |bytes| Ok(Self(bytes)), |bytes| Ok(Self(bytes)), where);

fn civil(day: Day) -> jiff::civil::Date {
    let (year, month, day) = day.ymd();
    jiff::civil::date(year as i16, month as i8, day as i8)
}

fn day(date: jiff::civil::Date) -> Result<Day, BoxDynError> {
    let year = u32::try_from(date.year())?;
    Day::from_ymd(year, date.month() as u32, date.day() as u32).ok_or_else(|| format!("{date} is outside the calendar").into())
}

/// In the log's detail a value stands as on SQLite: readable without the program.
impl<T: Display> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<Of> Serialize for Key<Of> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// Its fingerprint: an alteration of the sealed bytes does not fit the log, and from the log nothing can be opened.
impl Serialize for SealedBytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("sealed {:x}", Sha256::digest(&self.0)))
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
