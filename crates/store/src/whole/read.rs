//! Reading every row as of one moment.

use domain::access::Permit;

use super::catalogue::{self, Table};
use crate::Error;
use crate::db::{Cells, Db, Line};
use crate::schema::Engine;

/// The whole record at one moment, while others go on writing.
#[derive(Debug)]
pub struct Snapshot {
    pub(super) line: Line,
    pub(super) tables: Vec<Table>,
    authorities: Vec<String>,
    schema: i64,
}

/// Where the log of an authority ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// Whose.
    pub authority: String,
    /// Its entries.
    pub entries: i64,
    /// The seal of the last one, as hexadecimal digits.
    pub head: String,
}

impl Db {
    /// Whether no table was made here yet.
    pub async fn is_blank(&self, permit: &Permit) -> Result<bool, Error> {
        Ok(catalogue::tables(&mut self.snapshot_line(permit).await?).await?.is_empty())
    }

    /// Opens the whole record for reading.
    ///
    /// # Errors
    /// [`Error::Unusable`] where a table could not be read whole, or for a permit that is not for copies.
    pub async fn snapshot(&self, permit: &Permit) -> Result<Snapshot, Error> {
        let mut line = self.snapshot_line(permit).await?;
        let tables = catalogue::tables(&mut line).await?;
        for table in fenced(&mut line).await? {
            let known = tables.iter().find(|known| known.name == table);
            if known.is_some_and(|known| !known.has("authority") && !known.has("change_id")) {
                return Err(Error::Unusable(format!(
                    "{table} stands behind the fence and has neither authority nor change: no copy would be whole"
                )));
            }
        }
        let schema = catalogue::schema(&mut line).await?;
        let authorities = authorities(&mut line).await?;
        Ok(Snapshot { line, tables, authorities, schema })
    }
}

impl Snapshot {
    /// Every table, by name.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The number of the newest migration that was made.
    pub const fn schema(&self) -> i64 {
        self.schema
    }

    /// Hands on every row of a table, in an order that is the same on both engines.
    pub async fn rows<E: From<Error>>(&mut self, table: &Table, hand_on: impl FnMut(Cells) -> Result<(), E>) -> Result<(), E> {
        rows(&mut self.line, table, &self.authorities, hand_on).await
    }

    /// Where each log ends, by the authorities' names.
    pub async fn logs(&mut self) -> Result<Vec<Log>, Error> {
        let seal = match self.line.engine() {
            Engine::Sqlite => "lower(hex(h.seal))",
            Engine::Postgres => "encode(h.seal, 'hex')",
        };
        let mut logs = Vec::new();
        for authority in &self.authorities {
            self.line.look_at(authority).await?;
            let text = format!(
                "SELECT a.name, CAST(h.seq AS text), {seal} FROM audit_head h JOIN authority a ON a.id = h.authority WHERE CAST(h.authority AS text) = $1"
            );
            for row in self.line.all(text, &[authority]).await? {
                let mut cells = row.into_iter().map(Option::unwrap_or_default);
                let mut next = || cells.next().unwrap_or_default();
                logs.push(Log { authority: next(), entries: next().parse().unwrap_or_default(), head: next() });
            }
        }
        logs.sort_by(|one, other| one.authority.cmp(&other.authority));
        Ok(logs)
    }
}

/// Tables of which PostgreSQL shows each connection the rows of one authority alone.
async fn fenced(line: &mut Line) -> Result<Vec<String>, Error> {
    if line.engine() == Engine::Sqlite {
        return Ok(Vec::new());
    }
    let text = "SELECT CAST(relname AS text) FROM pg_class WHERE relkind = 'r' AND relrowsecurity AND relnamespace = CAST('public' AS regnamespace)";
    Ok(line.all(text.to_owned(), &[]).await?.into_iter().filter_map(|row| row.into_iter().next()?).collect())
}

/// The authorities whose record is kept, by identity.
pub(super) async fn authorities(line: &mut Line) -> Result<Vec<String>, Error> {
    let rows = line.all("SELECT CAST(id AS text) FROM authority ORDER BY id".to_owned(), &[]).await?;
    Ok(rows.into_iter().filter_map(|row| row.into_iter().next()?).collect())
}

/// Hands on every row of a table: what belongs to an authority one authority after another, since the fence shows no more at a time.
pub(super) async fn rows<E: From<Error>>(
    line: &mut Line,
    table: &Table,
    authorities: &[String],
    mut hand_on: impl FnMut(Cells) -> Result<(), E>,
) -> Result<(), E> {
    let engine = line.engine();
    let cells: Vec<String> = table.columns.iter().map(|column| column.written(engine)).collect();
    let order: Vec<String> = table.order().into_iter().map(|column| column.sorted(engine)).collect();
    let select = |which: &str| format!("SELECT {} FROM \"{}\" t {which} ORDER BY {}", cells.join(", "), table.name, order.join(", "));
    let which = if table.has("authority") {
        "WHERE CAST(t.authority AS text) = $1"
    } else if table.has("change_id") {
        "WHERE EXISTS (SELECT 1 FROM audit a WHERE a.change_id = t.change_id AND CAST(a.authority AS text) = $1)"
    } else {
        return line.each(select(""), &[], hand_on).await;
    };
    for authority in authorities {
        line.look_at(authority).await?;
        line.each(select(which), &[authority], &mut hand_on).await?;
    }
    if table.has("authority") {
        line.each(select("WHERE t.authority IS NULL"), &[], hand_on).await?;
    }
    Ok(())
}
