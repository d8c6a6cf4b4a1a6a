//! Every statement and every table is the same on sqlite and on PostgreSQL (`TEST_POSTGRES`).
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what failed by failing")]

#[expect(dead_code, reason = "each test file uses its part")]
mod engines;

use domain::access::Action;
use engines::{allow, authority, fresh};
use sqlx::{Connection as _, PgConnection, SqliteConnection};
use store::Statement;

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    for fresh in fresh().await {
        let here = authority(&fresh.db).await;
        for statement in Statement::all() {
            let mut view = fresh.db.read(allow(Action::ChildRead, here)).await.unwrap();
            let from = statement.at;
            view.prepare(statement).await.unwrap_or_else(|fault| panic!("{} {from}: {fault:?}", fresh.name));
        }
        assert!(Statement::all().count() > 20, "statements register themselves");
    }
}

#[test]
fn statements_use_words_that_both_engines_know() {
    for statement in Statement::all() {
        for word in ["ILIKE", "now()", "= ANY(", "::", "generate_series", "json_each", "datetime(", "SELECT *"] {
            assert!(!statement.text.contains(word), "{}: {word}", statement.at);
        }
    }
}

/// Table or view, column, and whether it must have a value.
type Columns = Vec<(String, String, bool)>;

#[tokio::test]
async fn both_engines_have_the_same_tables() {
    let mut seen: Vec<Columns> = Vec::new();
    for fresh in fresh().await {
        let mut rows = if fresh.name == "sqlite" { of_sqlite(&fresh.address).await } else { of_postgres(&fresh.address).await };
        rows.sort();
        assert!(rows.iter().any(|(table, column, _)| table == "placement_known" && column == "superseded_at"), "{}", fresh.name);
        seen.push(rows);
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:#?}");
}

async fn of_sqlite(address: &str) -> Columns {
    let mut connection = SqliteConnection::connect(address).await.unwrap();
    let text = "SELECT m.name, c.name, m.type = 'table' AND c.\"notnull\" FROM sqlite_master m JOIN pragma_table_info(m.name) c
                WHERE m.type IN ('table', 'view') AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    sqlx::query_as(text).fetch_all(&mut connection).await.unwrap()
}

async fn of_postgres(address: &str) -> Columns {
    let mut connection = PgConnection::connect(address).await.unwrap();
    let text = "SELECT table_name::text, column_name::text, is_nullable = 'NO' FROM information_schema.columns
                WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'";
    sqlx::query_as(text).fetch_all(&mut connection).await.unwrap()
}
