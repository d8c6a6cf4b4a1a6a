//! Statements, each in the one SQL that both engines share.

use std::borrow::Cow;
use std::fmt::Display;

use serde::Serialize;
use sqlx::encode::Encode;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments as _, FromRow, Postgres, Sqlite, Type};

use crate::Error;

/// A text of SQL with `$1` for its first value, and where it comes from.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The SQL.
    pub text: Cow<'static, str>,
    /// File and line, or the table that it was made for.
    pub at: &'static str,
}

/// Statements that register themselves, so that one test can prepare every one of the program on both engines.
pub(crate) struct Registered(pub(crate) fn() -> Vec<Statement>);

inventory::collect!(Registered);

impl Statement {
    /// Every statement of the program.
    pub fn all() -> impl Iterator<Item = Self> {
        inventory::iter::<Registered>().flat_map(|registered| registered.0())
    }
}

/// Words of the domain as a list in SQL.
pub(crate) fn quoted(words: impl Iterator<Item = impl Display>) -> String {
    words.map(|word| format!("'{word}'")).collect::<Vec<_>>().join(", ")
}

/// Declares a statement where it is used, and registers it.
macro_rules! sql {
    ($text:expr) => {{
        const STATEMENT: $crate::Statement =
            $crate::Statement { text: std::borrow::Cow::Borrowed($text), at: concat!(file!(), ":", line!()) };
        inventory::submit! { $crate::statement::Registered(|| vec![STATEMENT]) }
        STATEMENT
    }};
}
pub(crate) use sql;

/// A value that both engines can bind and the log can show.
pub trait Value: Send + Sync {
    fn bind_postgres(&self, arguments: &mut PgArguments) -> Result<(), Error>;
    fn bind_sqlite(&self, arguments: &mut SqliteArguments) -> Result<(), Error>;
    fn shown(&self) -> Result<serde_json::Value, Error>;
}

impl<T> Value for T
where
    T: Clone + Serialize + Send + Sync + for<'q> Encode<'q, Postgres> + Type<Postgres> + for<'q> Encode<'q, Sqlite> + Type<Sqlite>,
{
    fn bind_postgres(&self, arguments: &mut PgArguments) -> Result<(), Error> {
        arguments.add(self.clone()).map_err(Error::unbound)
    }

    fn bind_sqlite(&self, arguments: &mut SqliteArguments) -> Result<(), Error> {
        arguments.add(self.clone()).map_err(Error::unbound)
    }

    fn shown(&self) -> Result<serde_json::Value, Error> {
        serde_json::to_value(self).map_err(|fault| Error::unbound(fault.into()))
    }
}

/// A row that both engines can be read into.
pub(crate) trait Row: for<'r> FromRow<'r, PgRow> + for<'r> FromRow<'r, SqliteRow> + Send + Unpin {}

impl<T> Row for T where T: for<'r> FromRow<'r, PgRow> + for<'r> FromRow<'r, SqliteRow> + Send + Unpin {}

pub(crate) fn postgres(values: &[&dyn Value]) -> Result<PgArguments, Error> {
    let mut arguments = PgArguments::default();
    values.iter().try_for_each(|value| value.bind_postgres(&mut arguments))?;
    Ok(arguments)
}

pub(crate) fn sqlite(values: &[&dyn Value]) -> Result<SqliteArguments, Error> {
    let mut arguments = SqliteArguments::default();
    values.iter().try_for_each(|value| value.bind_sqlite(&mut arguments))?;
    Ok(arguments)
}
