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
const MIGRATIONS: [(i64, &str, &str); 15] = [
    (1, "record", include_str!("../../migrations/0001_record.sql")),
    (2, "people", include_str!("../../migrations/0002_people.sql")),
    (3, "registers", include_str!("../../migrations/0003_registers.sql")),
    (4, "case", include_str!("../../migrations/0004_case.sql")),
    (5, "desk", include_str!("../../migrations/0005_desk.sql")),
    (6, "commission", include_str!("../../migrations/0006_commission.sql")),
    (7, "ops", include_str!("../../migrations/0007_ops.sql")),
    (8, "money", include_str!("../../migrations/0008_money.sql")),
    (9, "feed", include_str!("../../migrations/0009_feed.sql")),
    (10, "health", include_str!("../../migrations/0010_health.sql")),
    (11, "payee", include_str!("../../migrations/0011_payee.sql")),
    (12, "guard", include_str!("../../migrations/0012_guard.sql")),
    (13, "tokens", include_str!("../../migrations/0013_tokens.sql")),
    (14, "provider", include_str!("../../migrations/0014_provider.sql")),
    (15, "since", include_str!("../../migrations/0015_since.sql")),
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
    use sqlx::ConnectOptions as _;
    use sqlx::sqlite::SqliteConnectOptions;

    /// A table that is made anew keeps its rows, the current ones and those of earlier versions, and may then hold what it could not before.
    #[tokio::test]
    async fn a_database_of_before_keeps_its_alerts() {
        let mut line = SqliteConnectOptions::new().in_memory(true).foreign_keys(false).connect().await.unwrap();
        let mut tables = Tables::default();
        let row = |id: &str, version: i64, setting: &str| {
            format!(
                "VALUES ('{id}', 'here', {setting}, 'breach', 'words', '2026-06-01', '2026-06-02', 'quality-officer', '', {version},
                    '2026-06-0{version}T12:00:00.000000Z', 'change {version}', FALSE)"
            )
        };
        let columns = "(id, authority, setting, kind, words, since, due, role, outcome, version, recorded_at, change_id, withdrawn)";
        for (_, name, text) in MIGRATIONS {
            let sql = tables.read(text, Engine::Sqlite);
            if name == "money" {
                let before = [
                    dressing::all(&tables.0[..tables.0.len() - 1], Engine::Sqlite),
                    format!("INSERT INTO alert {columns} {};", row("one", 1, "'home'")),
                    "UPDATE alert SET words = 'others', version = 2, recorded_at = '2026-06-02T12:00:00.000000Z', change_id = 'change 2';"
                        .to_owned(),
                ];
                // What surrounds the table then knew nothing of the column that it is to gain.
                let before = before
                    .concat()
                    .replace(", foster_home FROM alert", " FROM alert")
                    .replace("OLD.withdrawn, OLD.foster_home", "OLD.withdrawn")
                    .replace("withdrawn, foster_home", "withdrawn");
                sqlx::raw_sql(AssertSqlSafe(before)).execute(&mut line).await.unwrap();
            }
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut line).await.unwrap();
        }
        let after = [dressing::all(&tables.0, Engine::Sqlite), format!("INSERT INTO alert {columns} {};", row("two", 1, "NULL"))].concat();
        sqlx::raw_sql(AssertSqlSafe(after)).execute(&mut line).await.unwrap();
        let kept: Vec<(String, i64, Option<String>, String)> =
            sqlx::query_as("SELECT id, version, setting, words FROM alert_known ORDER BY id, version").fetch_all(&mut line).await.unwrap();
        let told: Vec<(&str, i64, Option<&str>, &str)> =
            kept.iter().map(|(id, version, setting, words)| (&**id, *version, setting.as_deref(), &**words)).collect();
        assert_eq!(told, [("one", 1, Some("home"), "words"), ("one", 2, Some("home"), "others"), ("two", 1, None, "words")]);
        assert!(sqlx::raw_sql("DELETE FROM alert_history").execute(&mut line).await.is_err(), "history stays written once");
    }

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
