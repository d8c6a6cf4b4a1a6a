//! The views for analysts: there on both engines, as documented, and closed to everybody who was not let in.
#![expect(clippy::unwrap_used, reason = "a test says what failed by failing")]

#[expect(dead_code, reason = "each test file uses its part")]
mod engines;

use domain::access::Action;
use engines::{added, allow, authority, fresh, moment, placement, unique};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use store::Event;
use store::report::{self, VIEWS};

/// Each line of the document that a view and its columns must have.
fn documented() -> Vec<String> {
    let mut lines = Vec::new();
    for view in VIEWS {
        lines.push(format!("## {}", view.name));
        lines.push(view.about.to_owned());
        lines.extend(view.columns.iter().map(|(column, _, about)| format!("| `{column}` | {about} |")));
    }
    lines
}

#[test]
fn the_document_describes_each_view_and_column() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reporting.md")).unwrap();
    for line in documented() {
        assert!(text.lines().any(|known| known == line), "docs/reporting.md lacks: {line}");
    }
    let headings = text.lines().filter(|line| line.starts_with("## ")).count();
    assert_eq!(headings, VIEWS.len(), "docs/reporting.md describes a view that is not there");
}

#[tokio::test]
async fn both_engines_have_the_views_and_their_rows() {
    for fresh in fresh().await {
        fresh.db.put_reporting_up().await.unwrap();
        fresh.db.take_reporting_down().await.unwrap();
        fresh.db.migrate().await.unwrap();
        fresh.db.put_reporting_up().await.unwrap();
        let here = authority(&fresh.db).await;
        let child = added(&fresh.db, here).await;
        let mut tx = fresh.db.begin(allow(Action::PlacementWrite, here), moment(2)).await.unwrap();
        store::add(&mut tx, &placement(child.id)).await.unwrap();
        tx.commit(Event::of("child", child.id)).await.unwrap();
        if fresh.name == "sqlite" {
            let mut connection = SqliteConnection::connect(&fresh.address).await.unwrap();
            for view in VIEWS {
                let columns = "SELECT name FROM pragma_table_info($1)";
                let name = format!("reporting_{}", view.name);
                let found: Vec<String> = sqlx::query_scalar(columns).bind(&name).fetch_all(&mut connection).await.unwrap();
                assert!(found.iter().eq(view.columns.iter().map(|(column, ..)| column)), "{name}: {found:?}");
                sqlx::query(AssertSqlSafe(format!("SELECT * FROM {name}"))).fetch_all(&mut connection).await.unwrap();
            }
            let month: String = sqlx::query_scalar("SELECT birth_month FROM reporting_children").fetch_one(&mut connection).await.unwrap();
            assert_eq!(month, "2012-05");
        } else {
            let mut connection = PgConnection::connect(&fresh.address).await.unwrap();
            for view in VIEWS {
                let columns = "SELECT a.attname::text, col_description(a.attrelid, a.attnum) FROM pg_attribute a
                               WHERE a.attrelid = CAST($1 AS regclass) AND a.attnum > 0 ORDER BY a.attnum";
                let name = format!("reporting.{}", view.name);
                let found: Vec<(String, Option<String>)> = sqlx::query_as(columns).bind(&name).fetch_all(&mut connection).await.unwrap();
                let expected = view.columns.iter().map(|(column, _, about)| ((*column).to_owned(), Some((*about).to_owned())));
                assert!(found.into_iter().eq(expected), "{name}");
            }
        }
    }
}

#[tokio::test]
async fn a_reader_sees_the_authority_that_let_them_in_and_no_table() {
    for fresh in fresh().await.into_iter().filter(|fresh| fresh.name == "postgres") {
        fresh.db.put_reporting_up().await.unwrap();
        let (here, there) = (authority(&fresh.db).await, authority(&fresh.db).await);
        added(&fresh.db, here).await;
        added(&fresh.db, there).await;
        let reader = format!("analyst_{}", unique());
        let mut owner = PgConnection::connect(&fresh.address).await.unwrap();
        let grants = format!(
            "CREATE ROLE {reader} LOGIN; GRANT USAGE ON SCHEMA reporting TO {reader}; GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO {reader};
             ALTER DEFAULT PRIVILEGES IN SCHEMA reporting GRANT SELECT ON TABLES TO {reader}; ALTER ROLE {reader} SET placewell.authority = '{here}'"
        );
        sqlx::raw_sql(AssertSqlSafe(grants)).execute(&mut owner).await.unwrap();
        let address = fresh.address.replace("placewell@", &format!("{reader}@"));
        let count = async |before: &str| {
            let mut connection = PgConnection::connect(&address).await.unwrap();
            sqlx::raw_sql(AssertSqlSafe(before.to_owned())).execute(&mut connection).await.unwrap();
            sqlx::query_scalar::<_, i64>("SELECT count(*) FROM reporting.children").fetch_one(&mut connection).await.unwrap()
        };
        assert_eq!(count("SELECT 1").await, 0, "nobody let them in yet");
        let mut tx = fresh.db.begin(allow(Action::RecordCopy, here), moment(5)).await.unwrap();
        report::allow(&mut tx, &reader).await.unwrap();
        tx.commit(Event::of("reader", &reader)).await.unwrap();
        assert_eq!(count("SELECT 1").await, 1);
        assert!(count(&format!("SET placewell.authority = '{there}'")).await <= 1, "not another authority's children, whatever they say");
        let mut connection = PgConnection::connect(&address).await.unwrap();
        for closed in ["SELECT * FROM child", "SELECT * FROM child_known", "SELECT * FROM audit_detail", "DELETE FROM reporting.children"] {
            assert!(sqlx::raw_sql(AssertSqlSafe(closed.to_owned())).execute(&mut connection).await.is_err(), "{closed}");
        }
        // After a migration the views are new, and still open to the same readers.
        fresh.db.take_reporting_down().await.unwrap();
        fresh.db.put_reporting_up().await.unwrap();
        assert_eq!(count("SELECT 1").await, 1);
    }
}
