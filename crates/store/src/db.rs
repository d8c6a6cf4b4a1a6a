//! A database, and what is done in it: one reading, or one change with its entry in the log. Which engine is running is decided here; beside it
//! `schema`, `statement` and `types` know how the two write the same thing.

mod line;

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::str::FromStr as _;
use std::time::Duration;

use domain::access::Permit;
use domain::authority::Authority;
use domain::id::Id;
use domain::person::Person;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Executor as _, PgPool, Postgres, SqlSafeStr as _, Sqlite, SqlitePool, Transaction};

use crate::change::{Detail, Event, Moment};
use crate::schema::{self, Engine};
use crate::statement::{Row, Statement, Value, postgres, sqlite};
use crate::{Error, audit};

pub(crate) use line::Line;
pub use line::{Cells, Connections};

/// How long a writer waits for the one before it.
const PATIENCE: Duration = Duration::from_secs(10);

/// What each reader of a file keeps of it, in KiB as SQLite writes them: the lists of a day read the same pages again and again.
const CACHE: &str = "-8000";

/// Readers at a time on one node.
const READERS: u32 = 16;

/// Remembers what surrounds the tables.
const DRESSED: &str =
    "INSERT INTO dressing (place, known_by) VALUES (1, $1) ON CONFLICT (place) DO UPDATE SET known_by = excluded.known_by";

/// Remembers which key seals the log, once.
const SEALED: &str = "INSERT INTO seal_key (place, fingerprint) VALUES (1, $1) ON CONFLICT DO NOTHING";

/// What seals the log. Lies outside the database, so that whoever can write there cannot forge it.
#[derive(Clone)]
pub struct Keys {
    audit: [u8; 64],
}

impl Keys {
    /// The key that seals the log.
    pub const fn new(audit: [u8; 64]) -> Self {
        Self { audit }
    }

    pub(crate) const fn audit(&self) -> &[u8; 64] {
        &self.audit
    }

    /// What a copy's description of itself is sealed with, so that nobody without the key can write another one.
    pub fn copy_seal(&self, manifest: &[u8]) -> Vec<u8> {
        audit::sealed(self, "copy", &[manifest.to_vec()])
    }

    /// What the key is known by in the database, which tells nothing of the key.
    pub fn fingerprint(&self) -> Vec<u8> {
        audit::sealed(self, "key", &[])
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys")
    }
}

/// How a database's tables stand to those that this program knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// They are the same.
    Ready,
    /// Some are yet to be made.
    Behind,
    /// A newer program made them.
    Ahead,
    /// They are the same, and another key seals their log.
    OtherKey,
}

/// A database. Cloned, it is the same one.
#[derive(Clone, Debug)]
pub struct Db {
    pool: Pool,
    keys: Keys,
}

#[derive(Clone, Debug)]
enum Pool {
    /// One writer and many readers: SQLite knows no more than one writer at a time, and here it waits in line rather than fail.
    Sqlite {
        write: SqlitePool,
        read: SqlitePool,
    },
    Postgres(PgPool),
}

impl Db {
    /// Opens `sqlite://FILE`, which must be there if only empty, or `postgres://…`. Brings nothing up to date: see [`Db::migrate`].
    ///
    /// # Errors
    /// [`Error::Unusable`] for an address of neither kind, [`Error::Engine`] when nobody answers there.
    pub async fn connect(address: &str, keys: Keys) -> Result<Self, Error> {
        let pool = if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            let options = sheltered(PgConnectOptions::from_str(address)?)?;
            Pool::Postgres(PgPoolOptions::new().max_connections(READERS).acquire_timeout(PATIENCE).connect_with(options).await?)
        } else if address.starts_with("sqlite:") {
            // What was answered is on the disk, whatever happens to the machine a moment later.
            let options = SqliteConnectOptions::from_str(address)?
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(PATIENCE);
            let write = SqlitePoolOptions::new().max_connections(1).acquire_timeout(PATIENCE).connect_with(options.clone()).await?;
            let read = SqlitePoolOptions::new().max_connections(READERS).acquire_timeout(PATIENCE);
            Pool::Sqlite { write, read: read.connect_with(options.pragma("query_only", "true").pragma("cache_size", CACHE)).await? }
        } else {
            return Err(Error::Unusable("its address begins neither with sqlite: nor with postgres:".to_owned()));
        };
        Ok(Self { pool, keys })
    }

    /// Which engine this is.
    pub const fn engine(&self) -> Engine {
        match self.pool {
            Pool::Sqlite { .. } => Engine::Sqlite,
            Pool::Postgres(_) => Engine::Postgres,
        }
    }

    /// Brings the tables up to date, and what surrounds them.
    ///
    /// # Errors
    /// [`Error::Unusable`] where a newer program made them.
    pub async fn migrate(&self) -> Result<(), Error> {
        let migrator = schema::migrator(self.engine());
        let dressing = schema::dressing(self.engine());
        match &self.pool {
            Pool::Sqlite { write, .. } => {
                migrator.run(write).await?;
                let mut tx = write.begin_with("BEGIN IMMEDIATE").await?;
                sqlx::raw_sql(AssertSqlSafe(dressing.script.as_str())).execute(&mut *tx).await?;
                sqlx::query(DRESSED).bind(&dressing.known_by).execute(&mut *tx).await?;
                sqlx::query(SEALED).bind(self.keys.fingerprint()).execute(&mut *tx).await?;
                tx.commit().await?;
            }
            Pool::Postgres(pool) => {
                migrator.run(pool).await?;
                let mut tx = pool.begin().await?;
                // Of several nodes that do this at once, one after another.
                sqlx::query("LOCK TABLE dressing IN EXCLUSIVE MODE").execute(&mut *tx).await?;
                sqlx::raw_sql(AssertSqlSafe(dressing.script.as_str())).execute(&mut *tx).await?;
                sqlx::query(DRESSED).bind(&dressing.known_by).execute(&mut *tx).await?;
                sqlx::query(SEALED).bind(self.keys.fingerprint()).execute(&mut *tx).await?;
                tx.commit().await?;
            }
        }
        Ok(())
    }

    /// Whether the tables are those that this program knows, and the key the one that seals their log. Looks, and changes nothing.
    pub async fn standing(&self) -> Result<Standing, Error> {
        let made: Option<i64> = match &self.pool {
            Pool::Sqlite { read, .. } => {
                let there = "SELECT count(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'";
                if sqlx::query_scalar::<_, i64>(there).fetch_one(read).await? == 0 {
                    return Ok(Standing::Behind);
                }
                sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(read).await?
            }
            Pool::Postgres(pool) => {
                let there = "SELECT to_regclass('_sqlx_migrations') IS NOT NULL";
                if !sqlx::query_scalar::<_, bool>(there).fetch_one(pool).await? {
                    return Ok(Standing::Behind);
                }
                sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(pool).await?
            }
        };
        match made.unwrap_or(0).cmp(&schema::newest()) {
            Ordering::Less => return Ok(Standing::Behind),
            Ordering::Greater => return Ok(Standing::Ahead),
            Ordering::Equal => {}
        }
        let sealed_by = self.kept_bytes("SELECT fingerprint FROM seal_key").await?;
        let dressed = self.kept_bytes("SELECT known_by FROM dressing").await?;
        Ok(if sealed_by.is_some_and(|key| key != self.keys.fingerprint()) {
            Standing::OtherKey
        } else if dressed.is_none_or(|known_by| known_by != schema::dressing(self.engine()).known_by) {
            Standing::Behind
        } else {
            Standing::Ready
        })
    }

    /// What a table of one row holds; nothing where it has none yet.
    async fn kept_bytes(&self, text: &'static str) -> Result<Option<Vec<u8>>, Error> {
        Ok(match &self.pool {
            Pool::Sqlite { read, .. } => sqlx::query_scalar(text).fetch_optional(read).await?,
            Pool::Postgres(pool) => sqlx::query_scalar(text).fetch_optional(pool).await?,
        })
    }

    /// Opens a view of the record for one reading. It has no means to write, and its database refuses to.
    pub async fn read(&self, permit: Permit) -> Result<View, Error> {
        let at = match &self.pool {
            Pool::Sqlite { read, .. } => Open::Sqlite(read.begin().await?),
            // All that one reading asks is answered as of one moment, as it is on SQLite.
            Pool::Postgres(pool) => Open::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?),
        };
        fenced(View { at, permit }).await
    }

    /// Opens a transaction for one change. Dropped, it leaves nothing behind; [`Tx::commit`] is the only way to keep it.
    pub async fn begin(&self, permit: Permit, moment: Moment) -> Result<Tx, Error> {
        let at = match &self.pool {
            // The lock is taken at once, so that no change fails half way because another one was quicker.
            Pool::Sqlite { write, .. } => Open::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Pool::Postgres(pool) => Open::Postgres(pool.begin().await?),
        };
        let view = fenced(View { at, permit }).await?;
        let mut tx = Tx { view, moment, head: None, keys: self.keys.clone(), details: Vec::new() };
        // Changes of an authority are made one after another, so that each is judged beside all that were kept before it and none is dated before another.
        tx.head = audit::head(&mut tx).await?;
        if let Some(head) = &tx.head {
            tx.moment.at = tx.moment.at.max(head.at);
        }
        Ok(tx)
    }

    /// Waits for what is under way and closes.
    pub async fn close(&self) {
        match &self.pool {
            Pool::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Pool::Postgres(pool) => pool.close().await,
        }
    }
}

/// Traffic to another machine is encrypted, and that machine proves who it is, unless the address asks for a way of its own that is no weaker than that
/// the traffic is encrypted.
fn sheltered(options: PgConnectOptions) -> Result<PgConnectOptions, Error> {
    let host = options.get_host();
    let is_here = host.starts_with('/') || ["localhost", "127.0.0.1", "::1", "[::1]"].contains(&host) || options.get_socket().is_some();
    match options.get_ssl_mode() {
        _ if is_here => Ok(options),
        PgSslMode::Prefer => Ok(options.ssl_mode(PgSslMode::VerifyFull)),
        PgSslMode::Disable | PgSslMode::Allow => Err(Error::Unusable(
            "children's records must not travel unencrypted: leave sslmode out of its address, or ask for require or more".to_owned(),
        )),
        PgSslMode::Require | PgSslMode::VerifyCa | PgSslMode::VerifyFull => Ok(options),
    }
}

/// On PostgreSQL no row of another authority is there for this connection, even if a statement forgot to ask, and for somebody of a provider none of another
/// provider and none of a child (row-level security).
async fn fenced(mut view: View) -> Result<View, Error> {
    view.fence_in(view.permit.authority()).await?;
    Ok(view)
}

#[derive(Debug)]
enum Open {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// The record as it stands at one moment, open to one permit.
#[derive(Debug)]
#[must_use]
pub struct View {
    at: Open,
    permit: Permit,
}

impl View {
    /// What opened it. Statements take whose record they read from here.
    pub const fn permit(&self) -> &Permit {
        &self.permit
    }

    /// Puts the fence of PostgreSQL around an authority. Only [`crate::people::persons::is_known_elsewhere`] puts it around another one than the permit's, and back.
    pub(crate) async fn fence_in(&mut self, authority: Id<Authority>) -> Result<(), Error> {
        if let Open::Postgres(at) = &mut self.at {
            let provider = self.permit.provider().map(|provider| provider.to_string()).unwrap_or_default();
            let text = "SELECT set_config('placewell.authority', $1, true), set_config('placewell.provider', $2, true)";
            sqlx::query(text).bind(authority.to_string()).bind(provider).execute(&mut **at).await?;
        }
        Ok(())
    }

    /// On PostgreSQL the fence lets through what part this person has at any authority. Only [`crate::people::persons::parts`] asks for it, of whoever holds
    /// the permit.
    pub(crate) async fn let_through(&mut self, person: Id<Person>) -> Result<(), Error> {
        if let Open::Postgres(at) = &mut self.at {
            let text = "SELECT set_config('placewell.person', $1, true)";
            sqlx::query(text).bind(person.to_string()).execute(&mut **at).await?;
        }
        Ok(())
    }

    /// Every row.
    pub(crate) async fn all<T: Row>(&mut self, sql: Statement, values: &[&dyn Value]) -> Result<Vec<T>, Error> {
        Ok(match &mut self.at {
            Open::Sqlite(at) => sqlx::query_as_with(AssertSqlSafe(sql.text), sqlite(values)?).fetch_all(&mut **at).await?,
            Open::Postgres(at) => sqlx::query_as_with(AssertSqlSafe(sql.text), postgres(values)?).fetch_all(&mut **at).await?,
        })
    }

    /// The one row, if there is one.
    pub(crate) async fn maybe<T: Row>(&mut self, sql: Statement, values: &[&dyn Value]) -> Result<Option<T>, Error> {
        Ok(match &mut self.at {
            Open::Sqlite(at) => sqlx::query_as_with(AssertSqlSafe(sql.text), sqlite(values)?).fetch_optional(&mut **at).await?,
            Open::Postgres(at) => sqlx::query_as_with(AssertSqlSafe(sql.text), postgres(values)?).fetch_optional(&mut **at).await?,
        })
    }

    /// The one row, which must be there.
    pub(crate) async fn one<T: Row>(&mut self, sql: Statement, values: &[&dyn Value]) -> Result<T, Error> {
        self.maybe(sql, values).await?.ok_or(Error::Engine(sqlx::Error::RowNotFound))
    }

    /// Asks the engine to parse, resolve and plan a statement without running it: for the test that prepares all of them.
    pub async fn prepare(&mut self, statement: Statement) -> Result<(), Error> {
        let text = AssertSqlSafe(statement.text).into_sql_str();
        match &mut self.at {
            Open::Sqlite(at) => drop((&mut **at).prepare(text).await?),
            Open::Postgres(at) => drop((&mut **at).prepare(text).await?),
        }
        Ok(())
    }
}

/// A change under way: a view that can write.
#[derive(Debug)]
#[must_use]
pub struct Tx {
    view: View,
    moment: Moment,
    /// Where the authority's log ends; nothing where it has none yet.
    head: Option<audit::Head>,
    keys: Keys,
    details: Vec<Detail>,
}

/// A point in a change.
#[derive(Debug)]
#[must_use]
pub struct Mark {
    details: usize,
}

impl Deref for Tx {
    type Target = View;

    fn deref(&self) -> &View {
        &self.view
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut View {
        &mut self.view
    }
}

impl Tx {
    /// When this change is made and what it is called.
    pub const fn moment(&self) -> Moment {
        self.moment
    }

    pub(crate) const fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Runs a statement; gives how many rows it touched.
    pub(crate) async fn run(&mut self, sql: Statement, values: &[&dyn Value]) -> Result<u64, Error> {
        Ok(match &mut self.view.at {
            Open::Sqlite(at) => sqlx::query_with(AssertSqlSafe(sql.text), sqlite(values)?).execute(&mut **at).await?.rows_affected(),
            Open::Postgres(at) => sqlx::query_with(AssertSqlSafe(sql.text), postgres(values)?).execute(&mut **at).await?.rows_affected(),
        })
    }

    /// Marks how far the change has come, so that it can go [`Tx::back`] there. A second mark takes the place of the first.
    pub async fn mark(&mut self) -> Result<Mark, Error> {
        self.aside("SAVEPOINT mark").await?;
        Ok(Mark { details: self.details.len() })
    }

    /// Undoes what was written since the mark.
    pub async fn back(&mut self, mark: Mark) -> Result<(), Error> {
        self.details.truncate(mark.details);
        self.aside("ROLLBACK TO SAVEPOINT mark").await
    }

    async fn aside(&mut self, text: &'static str) -> Result<(), Error> {
        match &mut self.view.at {
            Open::Sqlite(at) => {
                sqlx::query(text).execute(&mut **at).await?;
            }
            Open::Postgres(at) => {
                sqlx::query(text).execute(&mut **at).await?;
            }
        }
        Ok(())
    }

    /// Says for the log what became of a row.
    pub(crate) fn note(&mut self, detail: Detail) {
        self.details.push(detail);
    }

    /// Keeps what is no change of the record and stands in no log: when a session was last seen, how often somebody failed to sign in. Only the
    /// functions of the store that do these things may; everything else goes through [`Tx::commit`].
    pub(crate) async fn settle(self) -> Result<(), Error> {
        match self.view.at {
            Open::Sqlite(at) => at.commit().await?,
            Open::Postgres(at) => at.commit().await?,
        }
        Ok(())
    }

    /// Keeps the change together with its entry in the log; gives the entry's number. Both are kept or neither is.
    pub async fn commit(mut self, event: Event) -> Result<i64, Error> {
        let (details, head) = (std::mem::take(&mut self.details), self.head.take());
        let seq = audit::append(&mut self, head, &event, &details).await?;
        self.settle().await?;
        Ok(seq)
    }
}
