//! The tables, and what surrounds them.
//!
//! A migration is SQL with a few words in braces: column types, and what a table is promised. A fact is never overwritten (F23): the table `placement`
//! holds what is known now, `placement_history` every earlier version with the moment at which it was superseded, and the view `placement_known` both.
//! Triggers write the history, so that it is kept whoever changes a row, by whatever program. Tables are made by migrations, once; views, triggers and
//! fences hold nothing, so they are put on anew whenever this program has them otherwise than the database ([`dressing`]).

mod dressing;
#[cfg(test)]
mod landed;
mod table;
mod tables;

use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr as _};

pub(crate) use table::Table;
use tables::Tables;

/// A database that Placewell runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// In one file, for one team on one machine.
    Sqlite,
    /// On a server, for an authority or a region.
    Postgres,
}

/// The migrations, in order.
const MIGRATIONS: [(i64, &str, &str); 7] = [
    (1, "record", include_str!("../../migrations/0001_record.sql")),
    (2, "people", include_str!("../../migrations/0002_people.sql")),
    (3, "registers", include_str!("../../migrations/0003_registers.sql")),
    (4, "case", include_str!("../../migrations/0004_case.sql")),
    (5, "desk", include_str!("../../migrations/0005_desk.sql")),
    (6, "commission", include_str!("../../migrations/0006_commission.sql")),
    (7, "ops", include_str!("../../migrations/0007_ops.sql")),
];

/// The number of the newest migration.
pub(crate) const fn newest() -> i64 {
    MIGRATIONS[MIGRATIONS.len() - 1].0
}

/// What brings the tables of a database of this engine up to date.
pub(crate) fn migrator(engine: Engine) -> Migrator {
    let mut tables = Tables::default();
    let migrations = MIGRATIONS.map(|(number, name, text)| {
        let sql = AssertSqlSafe(tables.read(text, engine)).into_sql_str();
        Migration::new(number, name.into(), MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(migrations.to_vec())
}

/// The tables of facts, in the order in which they were made: what a table refers to stands before it.
pub(crate) fn facts() -> Vec<Table> {
    tables(Engine::Sqlite).into_iter().filter(|table| table.kept).collect()
}

/// Every table, as the migrations leave it.
fn tables(engine: Engine) -> Vec<Table> {
    let mut tables = Tables::default();
    for (_, _, text) in MIGRATIONS {
        tables.read(text, engine);
    }
    tables.0
}

/// What surrounds the tables of a database once all migrations were made.
pub(crate) struct Dressing {
    /// One script, which first takes off what is there.
    pub(crate) script: String,
    /// What it is known by.
    pub(crate) known_by: Vec<u8>,
}

/// The dressing of this engine, written once: whoever watches whether a node is ready asks for it every few seconds.
pub(crate) fn dressing(engine: Engine) -> &'static Dressing {
    static SQLITE: LazyLock<Dressing> = LazyLock::new(|| Dressing::of(Engine::Sqlite));
    static POSTGRES: LazyLock<Dressing> = LazyLock::new(|| Dressing::of(Engine::Postgres));
    match engine {
        Engine::Sqlite => &SQLITE,
        Engine::Postgres => &POSTGRES,
    }
}

impl Dressing {
    fn of(engine: Engine) -> Self {
        let script = dressing::all(&tables(engine), engine);
        Self { known_by: Sha256::digest(&script).to_vec(), script }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_promise_is_about_a_table_that_is_made() {
        let mut tables = Tables::default();
        for (_, _, text) in MIGRATIONS {
            tables.read(text, Engine::Postgres);
        }
        for table in tables.0 {
            assert!(!table.columns.is_empty(), "{}", table.name);
        }
    }

    /// A migration that has landed has been made on somebody's database, where it is never made again.
    #[test]
    fn migrations_that_have_landed_stay_as_they_are() {
        let landed = landed::LANDED;
        let mut now = Vec::new();
        for (engine, name) in [(Engine::Sqlite, "sqlite"), (Engine::Postgres, "postgres")] {
            for migration in migrator(engine).iter() {
                now.push(format!("{:04} {name} {:x}", migration.version, Sha256::digest(migration.sql.as_str())));
            }
        }
        let edited: Vec<&str> = landed.lines().filter(|line| !now.iter().any(|known| known == line)).collect();
        assert!(edited.is_empty(), "a migration that landed was edited; write a new one instead: {edited:#?}");
        let new: Vec<&str> = now.iter().filter(|line| !landed.contains(line.as_str())).map(String::as_str).collect();
        assert!(new.is_empty(), "add the new migration to src/schema/landed.rs: {new:#?}");
    }
}
