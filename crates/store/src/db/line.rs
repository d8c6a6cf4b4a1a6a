//! A connection for what is done with a record as a whole, across authorities: copies, and proofs over every table.
//!
//! Use cases about one authority never need it: they open a [`View`](super::View) or a [`Tx`](super::Tx).

use domain::access::{Action, Denied, Permit};
use domain::hexadecimal;
use futures_util::TryStreamExt as _;
use sqlx::{AssertSqlSafe, Postgres, Row as _, Sqlite};

use super::{Db, Open, Pool};
use crate::Error;
use crate::schema::Engine;

/// A row as text, column by column; nothing where the column holds nothing.
pub type Cells = Vec<Option<String>>;

/// Connections to the database on this node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Connections {
    /// Open now.
    pub open: u32,
    /// Open and waiting for work.
    pub idle: u32,
    /// As many as there may be.
    pub most: u32,
}

/// A transaction over the whole record. Dropped, it leaves nothing behind.
#[derive(Debug)]
pub(crate) struct Line(Open);

impl Db {
    /// How many connections are open, for whoever watches the machine.
    pub fn connections(&self) -> Connections {
        let idle = |idle: usize| u32::try_from(idle).unwrap_or(u32::MAX);
        match &self.pool {
            Pool::Sqlite { write, read } => {
                Connections { open: write.size() + read.size(), idle: idle(write.num_idle() + read.num_idle()), most: super::READERS + 1 }
            }
            Pool::Postgres(pool) => Connections { open: pool.size(), idle: idle(pool.num_idle()), most: super::READERS },
        }
    }

    /// What the key at hand is known by, as hexadecimal digits.
    pub fn seal(&self) -> String {
        hexadecimal::written(&self.keys.fingerprint())
    }

    /// All that is answered is as of one moment, while others go on writing.
    pub(crate) async fn snapshot_line(&self, permit: &Permit) -> Result<Line, Error> {
        only_copies(permit)?;
        Ok(Line(match &self.pool {
            Pool::Sqlite { read, .. } => Open::Sqlite(read.begin().await?),
            Pool::Postgres(pool) => Open::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?),
        }))
    }

    /// A change of what stands around the tables and holds nothing itself, as migrations are.
    pub(crate) async fn owner_line(&self) -> Result<Line, Error> {
        Ok(Line(match &self.pool {
            Pool::Sqlite { write, .. } => Open::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Pool::Postgres(pool) => Open::Postgres(pool.begin().await?),
        }))
    }

    /// One change of everything, kept by [`Line::keep`] or not at all.
    pub(crate) async fn loading_line(&self, permit: &Permit) -> Result<Line, Error> {
        only_copies(permit)?;
        self.owner_line().await
    }
}

/// The whole record at once is for whoever may copy it, and for nobody else.
fn only_copies(permit: &Permit) -> Result<(), Error> {
    let asked = permit.action();
    if asked == Action::RecordCopy { Ok(()) } else { Err(Error::Unusable(Denied { action: asked }.to_string())) }
}

impl Line {
    pub(crate) const fn engine(&self) -> Engine {
        match self.0 {
            Open::Sqlite(_) => Engine::Sqlite,
            Open::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a statement with values as text.
    pub(crate) async fn run(&mut self, text: String, values: &[Option<&str>]) -> Result<(), Error> {
        let text = AssertSqlSafe(text);
        match &mut self.0 {
            Open::Sqlite(at) => {
                let query = values.iter().fold(sqlx::query::<Sqlite>(text), |query, value| query.bind(value.map(str::to_owned)));
                query.execute(&mut **at).await?;
            }
            Open::Postgres(at) => {
                let query = values.iter().fold(sqlx::query::<Postgres>(text), |query, value| query.bind(value.map(str::to_owned)));
                query.execute(&mut **at).await?;
            }
        }
        Ok(())
    }

    /// Runs several statements.
    pub(crate) async fn script(&mut self, text: String) -> Result<(), Error> {
        let script = sqlx::raw_sql(AssertSqlSafe(text));
        match &mut self.0 {
            Open::Sqlite(at) => {
                script.execute(&mut **at).await?;
            }
            Open::Postgres(at) => {
                script.execute(&mut **at).await?;
            }
        }
        Ok(())
    }

    /// Hands on each row of an answer, whose columns must all be text, as it comes.
    pub(crate) async fn each<E: From<Error>>(
        &mut self,
        text: String,
        values: &[&str],
        mut hand_on: impl FnMut(Cells) -> Result<(), E>,
    ) -> Result<(), E> {
        let text = AssertSqlSafe(text);
        macro_rules! stream {
            ($database:ty, $at:expr) => {{
                let query = values.iter().fold(sqlx::query::<$database>(text), |query, value| query.bind((*value).to_owned()));
                let mut rows = query.fetch(&mut **$at);
                while let Some(row) = rows.try_next().await.map_err(Error::from)? {
                    let cells: Result<Cells, sqlx::Error> = (0..row.len()).map(|at| row.try_get::<Option<String>, _>(at)).collect();
                    hand_on(cells.map_err(Error::from)?)?;
                }
            }};
        }
        match &mut self.0 {
            Open::Sqlite(at) => stream!(Sqlite, at),
            Open::Postgres(at) => stream!(Postgres, at),
        }
        Ok(())
    }

    /// Every row of a short answer.
    pub(crate) async fn all(&mut self, text: String, values: &[&str]) -> Result<Vec<Cells>, Error> {
        let mut all = Vec::new();
        self.each(text, values, |cells| {
            all.push(cells);
            Ok::<(), Error>(())
        })
        .await?;
        Ok(all)
    }

    /// The one number that a statement counts.
    pub(crate) async fn count(&mut self, text: String, values: &[&str]) -> Result<i64, Error> {
        let rows = self.all(text, values).await?;
        Ok(rows.first().and_then(|row| row.first()?.as_ref()?.parse().ok()).unwrap_or_default())
    }

    /// Says for whom rows are read from here on: behind the fence of PostgreSQL those of others are not there.
    pub(crate) async fn look_at(&mut self, authority: &str) -> Result<(), Error> {
        match self.engine() {
            Engine::Sqlite => Ok(()),
            Engine::Postgres => self.run("SELECT set_config('placewell.authority', $1, true)".to_owned(), &[Some(authority)]).await,
        }
    }

    /// Keeps what was done.
    pub(crate) async fn keep(self) -> Result<(), Error> {
        match self.0 {
            Open::Sqlite(at) => at.commit().await?,
            Open::Postgres(at) => at.commit().await?,
        }
        Ok(())
    }
}
