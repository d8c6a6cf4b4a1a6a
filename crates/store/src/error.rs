//! What can go wrong between the program and its database.

/// What SQLite's triggers say where a row would take the place of another one: see `schema::dressing`.
pub(crate) const TAKEN: &str = "this stands where another row stands";

/// A failure of the store. None of them names what a row holds.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody else changed the row since it was read; nothing was written.
    #[error("this was changed by somebody else since it was read")]
    Stale,
    /// The row would stand where another one stands: a reference or an e-mail address that is taken. Nothing was written.
    #[error("this is in the record already")]
    Taken,
    /// The database is not what this program expects.
    #[error("the database at hand cannot be used: {0}")]
    Unusable(String),
    /// The engine's own complaint, for the log of the machine.
    #[error("the database failed")]
    Engine(#[source] sqlx::Error),
}

impl Error {
    /// The engine's code for what happened, or the kind of failure: fit for a log, since it names no value.
    pub fn code(&self) -> String {
        match self {
            Self::Engine(sqlx::Error::Database(fault)) => fault.code().map_or_else(|| "database".to_owned(), Into::into),
            Self::Engine(sqlx::Error::PoolTimedOut) => "no connection in time".to_owned(),
            Self::Engine(sqlx::Error::Io(fault)) => fault.kind().to_string(),
            Self::Engine(_) => "driver".to_owned(),
            other => other.to_string(),
        }
    }

    pub(crate) fn unbound(source: sqlx::error::BoxDynError) -> Self {
        Self::Engine(sqlx::Error::Encode(source))
    }
}

impl From<sqlx::Error> for Error {
    fn from(source: sqlx::Error) -> Self {
        match &source {
            sqlx::Error::Database(fault) if fault.is_unique_violation() || fault.message() == TAKEN => Self::Taken,
            _ => Self::Engine(source),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for Error {
    fn from(source: sqlx::migrate::MigrateError) -> Self {
        Self::Unusable(source.to_string())
    }
}
