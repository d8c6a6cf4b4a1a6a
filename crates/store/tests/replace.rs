//! What is written once is not written over by SQLite's `REPLACE` either, which takes rows away without asking what guards them.
#![expect(clippy::unwrap_used, reason = "a test says what failed by failing")]

#[expect(dead_code, reason = "each test file uses its part")]
mod engines;

use domain::access::Action;
use engines::{added, allow, authority, fresh, moment, placement};
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};
use store::{Error, Event};

/// A file with a child whose placement was corrected, and a connection to it as any program opens one.
async fn written() -> (engines::Fresh, SqliteConnection) {
    let fresh = fresh().await.remove(0);
    let here = authority(&fresh.db).await;
    let child = added(&fresh.db, here).await;
    added(&fresh.db, here).await;
    let kept = placement(child.id);
    let mut tx = fresh.db.begin(allow(Action::PlacementWrite, here), moment(2)).await.unwrap();
    store::add(&mut tx, &kept).await.unwrap();
    tx.commit(Event::of("child", child.id)).await.unwrap();
    let mut tx = fresh.db.begin(allow(Action::PlacementWrite, here), moment(3)).await.unwrap();
    let read = store::find(&mut tx, kept.id).await.unwrap().unwrap();
    store::correct(&mut tx, &read, &domain::placement::Placement { start: kept.start.plus(1), ..kept }).await.unwrap();
    tx.commit(Event::of("child", child.id)).await.unwrap();
    let connection = SqliteConnection::connect(&fresh.address).await.unwrap();
    (fresh, connection)
}

async fn columns(connection: &mut SqliteConnection, table: &str) -> Vec<String> {
    let text = "SELECT name FROM pragma_table_info($1)";
    sqlx::query_scalar(text).bind(table).fetch_all(connection).await.unwrap()
}

async fn refused(connection: &mut SqliteConnection, text: String) {
    let fault = sqlx::raw_sql(AssertSqlSafe(text.clone())).execute(connection).await.unwrap_err();
    assert!(fault.to_string().contains("this stands where another row stands"), "{text}: {fault}");
}

/// Every table that has guards against being deleted from.
async fn guarded(connection: &mut SqliteConnection) -> Vec<String> {
    let text = "SELECT tbl_name FROM sqlite_schema WHERE type = 'trigger' AND name = tbl_name || '_stays' ORDER BY 1";
    sqlx::query_scalar(text).fetch_all(connection).await.unwrap()
}

#[tokio::test]
async fn no_row_is_replaced_by_its_own_key() {
    let (_fresh, mut connection) = written().await;
    sqlx::raw_sql("PRAGMA foreign_keys = OFF").execute(&mut connection).await.unwrap();
    for table in ["audit", "audit_detail", "audit_child", "child", "placement", "placement_history"] {
        let names = columns(&mut connection, table).await.join(", ");
        refused(&mut connection, format!("INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM {table} LIMIT 1")).await;
        refused(&mut connection, format!("REPLACE INTO {table} (rowid, {names}) SELECT rowid, {names} FROM {table} LIMIT 1")).await;
    }
}

#[tokio::test]
async fn no_row_is_replaced_by_another_key_of_its_own_or_by_its_place_in_the_file() {
    let (_fresh, mut connection) = written().await;
    let connection = &mut connection;
    sqlx::raw_sql("PRAGMA foreign_keys = OFF").execute(&mut *connection).await.unwrap();
    for (table, key) in [("audit", "change_id"), ("child", "id")] {
        let others: Vec<String> = columns(connection, table).await.into_iter().filter(|name| name != key).collect();
        let others = others.join(", ");
        let put = format!("INSERT OR REPLACE INTO {table} ({key}, {others}) SELECT 'another', {others} FROM {table} LIMIT 1");
        refused(connection, put).await;
    }
    let names = columns(connection, "placement").await;
    let changed = names.iter().map(|name| if name == "id" { "'another'" } else { name }).collect::<Vec<_>>().join(", ");
    let names = names.join(", ");
    refused(connection, format!("INSERT OR REPLACE INTO placement (rowid, {names}) SELECT rowid, {changed} FROM placement")).await;
    let next = "version = version + 1, change_id = 'another', recorded_at = '2030-01-01T00:00:00.000000Z'";
    refused(
        connection,
        format!(
            "UPDATE OR REPLACE child SET {next}, reference = (SELECT max(reference) FROM child)
        WHERE reference = (SELECT min(reference) FROM child)"
        ),
    )
    .await;
    refused(
        connection,
        format!(
            "UPDATE OR REPLACE child SET {next}, rowid = (SELECT max(rowid) FROM child)
        WHERE rowid = (SELECT min(rowid) FROM child)"
        ),
    )
    .await;
}

/// The guards name every key that a table has, also one that a later migration adds.
#[tokio::test]
async fn every_key_of_a_guarded_table_is_guarded() {
    let (_fresh, mut connection) = written().await;
    let tables = guarded(&mut connection).await;
    assert!(tables.len() > 60, "{tables:?}");
    for table in tables {
        let text = "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = $1 || '_is_not_replaced_by_insert'";
        let guard: String = sqlx::query_scalar(text).bind(&table).fetch_one(&mut connection).await.unwrap();
        let text = "SELECT (SELECT group_concat(name || ' = NEW.' || name, ' AND ') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)),
                           (SELECT substr(s.sql, instr(s.sql, ' WHERE ') + 7) FROM sqlite_schema s WHERE s.name = i.name AND i.partial)
                    FROM pragma_index_list($1) i WHERE i.\"unique\"";
        let keys: Vec<(String, Option<String>)> = sqlx::query_as(text).bind(&table).fetch_all(&mut connection).await.unwrap();
        assert!(!keys.is_empty(), "{table}");
        for (key, among) in keys {
            let key = among.map_or_else(|| key.clone(), |among| format!("{key} AND {among} AND NEW.{among}"));
            // A key that holds the identity beside another column is guarded by the identity.
            let is_named = guard.contains(&format!("WHERE {key})")) || key == "authority = NEW.authority AND id = NEW.id";
            assert!(is_named, "{table}: {key} is not in {guard}");
        }
    }
}

#[tokio::test]
async fn a_reference_that_is_taken_is_still_said_to_be_taken() {
    for fresh in fresh().await {
        let here = authority(&fresh.db).await;
        let child = added(&fresh.db, here).await;
        let again = domain::child::Child { id: engines::id(), ..child };
        let mut tx = fresh.db.begin(allow(Action::ChildWrite, here), moment(2)).await.unwrap();
        assert!(matches!(store::add(&mut tx, &again).await, Err(Error::Taken)), "{}", fresh.name);
    }
}
