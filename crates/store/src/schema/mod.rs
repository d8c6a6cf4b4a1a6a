//! The tables, written once for both engines.
//!
//! A migration is SQL with a few words in braces: column types, and what surrounds a table of facts. A fact is never overwritten (F23): the table
//! `placement` holds what is known now, `placement_history` every earlier version with the moment at which it was superseded, and the view
//! `placement_known` both. Triggers write the history, so that it is kept whoever changes a row, by whatever program.

mod columns;
mod kept;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr as _};

pub(crate) use columns::of as columns;

/// A database that Placewell runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// In one file, for one team on one machine.
    Sqlite,
    /// On a server, for an authority or a region.
    Postgres,
}

/// Word, its type on SQLite, its type on PostgreSQL.
const TYPES: [(&str, &str, &str); 9] = [
    ("{id}", "TEXT", "uuid"),
    ("{text}", "TEXT", "text"),
    ("{integer}", "INTEGER", "bigint"),
    ("{real}", "REAL", "double precision"),
    ("{flag}", "INTEGER", "boolean"),
    ("{date}", "TEXT", "date"),
    ("{instant}", "TEXT", "timestamptz"),
    ("{json}", "TEXT", "jsonb"),
    ("{bytes}", "BLOB", "bytea"),
];

/// The columns that say when a version of a fact was written, and by which change: who, why and with what else is in `audit`. The entry may come last
/// in its transaction, but must come, whatever program writes.
const RECORDED: &str = "version     {integer} NOT NULL CHECK (version > 0),
    recorded_at {instant} NOT NULL,
    change_id   {id}      NOT NULL REFERENCES audit (change_id) DEFERRABLE INITIALLY DEFERRED,";

/// The migrations, in order.
const MIGRATIONS: [(i64, &str, &str); 4] = [
    (1, "record", include_str!("../../migrations/0001_record.sql")),
    (2, "people", include_str!("../../migrations/0002_people.sql")),
    (3, "registers", include_str!("../../migrations/0003_registers.sql")),
    (5, "desk", include_str!("../../migrations/0005_desk.sql")),
];

/// The number of the newest migration.
pub(crate) const fn newest() -> i64 {
    MIGRATIONS[MIGRATIONS.len() - 1].0
}

/// What brings a database of this engine up to date.
pub(crate) fn migrator(engine: Engine) -> Migrator {
    let migrations = MIGRATIONS.iter().map(|&(number, name, text)| {
        Migration::new(number, name.into(), MigrationType::Simple, AssertSqlSafe(written(text, engine)).into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.collect())
}

/// A migration in the words of one engine.
fn written(text: &str, engine: Engine) -> String {
    let text = text.replace("{recorded}", RECORDED);
    let mut sql = String::new();
    for line in text.lines() {
        if let Some(table) = line.strip_prefix("{kept ").and_then(|rest| rest.strip_suffix('}')) {
            sql += &kept::history(table, &columns(&text, table), engine);
        } else if let Some(table) = line.strip_prefix("{append only ").and_then(|rest| rest.strip_suffix('}')) {
            sql += &kept::append_only(table, engine);
        } else if let Some(table) = line.strip_prefix("{fenced ").and_then(|rest| rest.strip_suffix('}')) {
            sql += &kept::fenced(table, engine);
        } else {
            sql += line;
        }
        sql += "\n";
    }
    for (word, sqlite, postgres) in TYPES {
        sql = sql.replace(word, if engine == Engine::Sqlite { sqlite } else { postgres });
    }
    // Without STRICT, SQLite would keep a word where a number belongs.
    if engine == Engine::Sqlite { sql.replace("\n);", "\n) STRICT;") } else { sql }
}
