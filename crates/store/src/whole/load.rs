//! Writing every row into an empty database, in one change that is kept only when it was proved.

use domain::access::Permit;

use super::catalogue::{self, Table};
use super::read;
use crate::Error;
use crate::db::{Cells, Db, Line};
use crate::schema::Engine;

/// Values that one statement takes: SQLite takes no more than 32,766.
const VALUES: usize = 8_000;

/// An empty database that is being filled. Dropped, it is empty again.
#[derive(Debug)]
pub struct Loading {
    line: Line,
    tables: Vec<Table>,
    /// What puts guards up again that stand in the way while rows are written in any order.
    restore: Vec<String>,
}

impl Db {
    /// Begins to fill a database whose tables are made and empty.
    ///
    /// # Errors
    /// [`Error::Unusable`] where a table holds something already.
    pub async fn load(&self, permit: &Permit) -> Result<Loading, Error> {
        let mut line = self.loading_line(permit).await?;
        let tables = catalogue::tables(&mut line).await?;
        let restore = match line.engine() {
            Engine::Sqlite => unguarded_sqlite(&mut line).await?,
            Engine::Postgres => unguarded_postgres(&mut line, &tables).await?,
        };
        for table in &tables {
            let rows = line.count(format!("SELECT CAST(count(*) AS text) FROM \"{}\"", table.name), &[]).await?;
            if rows > 0 {
                return Err(Error::Unusable(format!("it is not empty: {} holds {rows} rows already", table.name)));
            }
        }
        Ok(Loading { line, tables, restore })
    }
}

impl Loading {
    /// The tables that are filled, by name.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// Writes rows of a table, their cells in the order of its columns.
    pub async fn put(&mut self, table: &Table, rows: &[Cells]) -> Result<(), Error> {
        let engine = self.line.engine();
        let names: Vec<String> = table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
        for some in rows.chunks((VALUES / table.columns.len().max(1)).max(1)) {
            let row = |at: usize| {
                let places = table.columns.iter().zip(1..).map(|(column, place)| column.read(engine, at * table.columns.len() + place));
                format!("({})", places.collect::<Vec<_>>().join(", "))
            };
            let places: Vec<String> = (0..some.len()).map(row).collect();
            let text = format!("INSERT INTO \"{}\" ({}) VALUES {}", table.name, names.join(", "), places.join(", "));
            let values: Vec<Option<&str>> = some.iter().flatten().map(Option::as_deref).collect();
            self.line.run(text, &values).await?;
        }
        Ok(())
    }

    /// Hands on every row of a table as it was written, in the order of [`super::Snapshot::rows`].
    pub async fn rows<E: From<Error>>(&mut self, table: &Table, hand_on: impl FnMut(Cells) -> Result<(), E>) -> Result<(), E> {
        let authorities = read::authorities(&mut self.line).await?;
        read::rows(&mut self.line, table, &authorities, hand_on).await
    }

    /// Puts the guards up again, has the engine check every reference, and keeps all of it.
    pub async fn keep(mut self) -> Result<(), Error> {
        if self.line.engine() == Engine::Postgres {
            self.line.script("SET CONSTRAINTS ALL IMMEDIATE".to_owned()).await?;
        }
        for text in std::mem::take(&mut self.restore) {
            self.line.script(text).await?;
        }
        self.line.keep().await
    }
}

/// Takes down the triggers, which belong to changes and not to copies; gives what makes them again. References are checked at the end.
async fn unguarded_sqlite(line: &mut Line) -> Result<Vec<String>, Error> {
    line.script("PRAGMA defer_foreign_keys = ON".to_owned()).await?;
    let triggers = line.all("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name".to_owned(), &[]).await?;
    let mut restore = Vec::new();
    for trigger in triggers {
        let mut cells = trigger.into_iter().flatten();
        if let (Some(name), Some(text)) = (cells.next(), cells.next()) {
            line.script(format!("DROP TRIGGER \"{name}\"")).await?;
            restore.push(text);
        }
    }
    Ok(restore)
}

/// The same on PostgreSQL, for the owner of the tables: triggers rest, the fence does not hold for the owner, and references are checked at the end.
async fn unguarded_postgres(line: &mut Line, tables: &[Table]) -> Result<Vec<String>, Error> {
    let mut restore = Vec::new();
    let unforced = "SELECT CAST(relname AS text) FROM pg_class WHERE relkind = 'r' AND relforcerowsecurity AND relnamespace = CAST('public' AS regnamespace)";
    for name in line.all(unforced.to_owned(), &[]).await?.into_iter().flatten().flatten() {
        line.script(format!("ALTER TABLE \"{name}\" NO FORCE ROW LEVEL SECURITY")).await?;
        restore.push(format!("ALTER TABLE \"{name}\" FORCE ROW LEVEL SECURITY"));
    }
    for Table { name, .. } in tables {
        line.script(format!("ALTER TABLE \"{name}\" DISABLE TRIGGER USER")).await?;
        restore.push(format!("ALTER TABLE \"{name}\" ENABLE TRIGGER USER"));
    }
    let references = "SELECT CAST(c.relname AS text), CAST(k.conname AS text) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
                      WHERE k.contype = 'f' AND NOT k.condeferrable AND c.relnamespace = CAST('public' AS regnamespace)";
    for row in line.all(references.to_owned(), &[]).await? {
        let mut cells = row.into_iter().flatten();
        if let (Some(table), Some(reference)) = (cells.next(), cells.next()) {
            line.script(format!("ALTER TABLE \"{table}\" ALTER CONSTRAINT \"{reference}\" DEFERRABLE INITIALLY DEFERRED")).await?;
            restore.push(format!("ALTER TABLE \"{table}\" ALTER CONSTRAINT \"{reference}\" NOT DEFERRABLE"));
        }
    }
    Ok(restore)
}
