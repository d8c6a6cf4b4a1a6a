//! On PostgreSQL the fence between authorities holds for every table, for a role that is neither superuser nor owner, whatever a statement forgets.
#![expect(clippy::unwrap_used, reason = "a test says what failed by failing")]

#[expect(dead_code, reason = "each test file uses its part")]
mod engines;

use domain::Day;
use domain::access::Action;
use domain::authority::Authority;
use domain::capacity::{CapacityEvent, Reason};
use domain::code::Code;
use domain::id::Id;
use domain::provider::{Provider, Sector, Status};
use domain::setting::{Kind, Registration, Setting};
use engines::{added, allow, authority, fresh, id, moment, placement};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use store::{Db, Event};

/// Tables that are read before anybody knows whose the row is: what opens them is the hash of 256 random bits. The list of authorities is no secret.
const OUTSIDE: [&str; 2] = ["link", "session"];

async fn tables(connection: &mut PgConnection) -> Vec<(String, bool)> {
    let text = "SELECT c.relname::text, c.relrowsecurity AND c.relforcerowsecurity FROM pg_class c
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'authority'
                WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname";
    sqlx::query_as(text).fetch_all(connection).await.unwrap()
}

#[tokio::test]
async fn every_table_with_an_authority_is_fenced() {
    for fresh in fresh().await.into_iter().filter(|fresh| fresh.name == "postgres") {
        let mut connection = PgConnection::connect(&fresh.address).await.unwrap();
        let tables = tables(&mut connection).await;
        assert!(tables.len() > 10, "{tables:?}");
        for (table, fenced) in tables {
            assert_eq!(fenced, !OUTSIDE.contains(&table.as_str()), "{table}");
        }
    }
}

#[tokio::test]
async fn a_forgetful_statement_reads_and_writes_its_own_authority_alone() {
    for fresh in fresh().await.into_iter().filter(|fresh| fresh.name == "postgres") {
        let (here, there) = (authority(&fresh.db).await, authority(&fresh.db).await);
        added(&fresh.db, here).await;
        added(&fresh.db, there).await;
        let mut connection = PgConnection::connect(&fresh.address).await.unwrap();
        let tables = tables(&mut connection).await;
        let role = format!("app_{}", engines::unique());
        let run = async |connection: &mut PgConnection, text: String| sqlx::raw_sql(AssertSqlSafe(text)).execute(connection).await;
        for text in [
            format!("CREATE ROLE {role}"),
            format!("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"),
            format!("SET ROLE {role}"),
        ] {
            run(&mut connection, text).await.unwrap();
        }
        let count = async |connection: &mut PgConnection, text: String| {
            let (rows,): (i64,) = sqlx::query_as(AssertSqlSafe(text)).fetch_one(connection).await.unwrap();
            rows
        };
        // A connection that says for nobody sees nothing.
        for table in ["child", "audit", "audit_detail", "audit_head"] {
            assert_eq!(count(&mut connection, format!("SELECT count(*) FROM {table}")).await, 0, "{table}");
        }
        run(&mut connection, format!("SELECT set_config('placewell.authority', '{here}', false)")).await.unwrap();
        for (table, _) in tables.iter().filter(|(table, _)| !OUTSIDE.contains(&table.as_str())) {
            let others = count(&mut connection, format!("SELECT count(*) FROM {table} WHERE authority <> '{here}'")).await;
            assert_eq!(others, 0, "{table}");
        }
        for table in ["child", "audit", "audit_detail", "audit_head", "child_known"] {
            assert!(count(&mut connection, format!("SELECT count(*) FROM {table}")).await > 0, "{table} shows its own");
        }
        let details = "SELECT count(*) FROM audit_detail d WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.change_id = d.change_id)";
        assert_eq!(count(&mut connection, details.to_owned()).await, 0);
        // Nor can it write there.
        let planted = format!("INSERT INTO role_grant (authority, person, role) VALUES ('{there}', '{here}', 'director')");
        let fault = run(&mut connection, planted).await.unwrap_err().to_string();
        assert!(fault.contains("row-level security"), "{fault}");
        let stolen = run(&mut connection, format!("UPDATE audit_head SET seq = 0 WHERE authority = '{there}'")).await.unwrap();
        assert_eq!(stolen.rows_affected(), 0);
    }
}

#[tokio::test]
async fn what_part_one_has_oneself_is_read_everywhere_and_changed_nowhere_else() {
    for fresh in fresh().await.into_iter().filter(|fresh| fresh.name == "postgres") {
        let (here, there) = (authority(&fresh.db).await, authority(&fresh.db).await);
        let mut connection = PgConnection::connect(&fresh.address).await.unwrap();
        let role = format!("app_{}", engines::unique());
        let [ada, grace] = [1, 2].map(|n| uuid::Uuid::from_u128(0xada0 + n));
        let run = async |connection: &mut PgConnection, text: String| sqlx::raw_sql(AssertSqlSafe(text)).execute(connection).await;
        let add =
            |person: uuid::Uuid| format!("INSERT INTO person (id, email, name) VALUES ('{person}', '{person}@example.gov.uk', 'Invented')");
        let grant =
            |person: uuid::Uuid| format!("INSERT INTO role_grant (authority, person, role) VALUES ('{there}', '{person}', 'analyst')");
        for text in [
            add(ada),
            add(grace),
            grant(ada),
            grant(grace),
            format!("CREATE ROLE {role}"),
            format!("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"),
            format!("SET ROLE {role}"),
            format!("SELECT set_config('placewell.authority', '{here}', false), set_config('placewell.person', '{ada}', false)"),
        ] {
            run(&mut connection, text).await.unwrap();
        }
        let seen: Vec<(uuid::Uuid,)> = sqlx::query_as("SELECT person FROM role_grant").fetch_all(&mut connection).await.unwrap();
        assert_eq!(seen, [(ada,)], "her own part there, and not grace's");
        let more = format!("INSERT INTO role_grant (authority, person, role) VALUES ('{there}', '{ada}', 'director')");
        assert!(run(&mut connection, more).await.unwrap_err().to_string().contains("row-level security"));
        for text in ["UPDATE role_grant SET role = 'director'", "DELETE FROM role_grant"] {
            assert_eq!(run(&mut connection, text.to_owned()).await.unwrap().rows_affected(), 0, "{text}");
        }
    }
}

/// A provider with a home of which a bed cannot be used.
async fn provider(db: &Db, authority: Id<Authority>) -> Id<Provider> {
    let (legal_name, company) = (String::new(), Code::BLANK);
    let provider =
        Provider { id: id(), name: engines::unique().to_string(), legal_name, company, sector: Sector::Private, status: Status::Approved };
    let home = Setting {
        id: id(),
        provider: provider.id,
        urn: Code::BLANK,
        kind: Kind::ChildrensHome,
        name: engines::unique().to_string(),
        area: None,
        postcode: None,
        registration: Registration::Held,
        opened: None,
        closed: None,
        before: None,
    };
    let (from, note) = (Day::from_ymd(2026, 3, 3).unwrap(), String::new());
    let event = CapacityEvent { id: id(), setting: home.id, from, to: None, beds: 1, reason: Reason::Staffing, note };
    let mut tx = db.begin(allow(Action::ProviderWrite, authority), moment(2)).await.unwrap();
    store::add(&mut tx, &provider).await.unwrap();
    store::add(&mut tx, &home).await.unwrap();
    store::add(&mut tx, &event).await.unwrap();
    tx.commit(Event::of("provider", provider.id)).await.unwrap();
    provider.id
}

/// The second fence: a connection that says for which provider it reads is shown no other provider, none of its homes and beds, and no child.
#[tokio::test]
async fn a_connection_for_a_provider_is_shown_that_provider_and_no_child() {
    for fresh in fresh().await.into_iter().filter(|fresh| fresh.name == "postgres") {
        let here = authority(&fresh.db).await;
        let child = added(&fresh.db, here).await;
        let mut tx = fresh.db.begin(allow(Action::ChildWrite, here), moment(2)).await.unwrap();
        store::add(&mut tx, &placement(child.id)).await.unwrap();
        tx.commit(Event::of("child", child.id)).await.unwrap();
        let (own, other) = (provider(&fresh.db, here).await, provider(&fresh.db, here).await);
        let mut connection = PgConnection::connect(&fresh.address).await.unwrap();
        let columns: Vec<(String, String)> = sqlx::query_as(
            "SELECT c.relname::text, a.attname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
              WHERE c.relkind = 'r' AND c.relrowsecurity AND c.relnamespace = 'public'::regnamespace",
        )
        .fetch_all(&mut connection)
        .await
        .unwrap();
        let role = format!("app_{}", engines::unique());
        let run = async |connection: &mut PgConnection, text: String| sqlx::raw_sql(AssertSqlSafe(text)).execute(connection).await;
        for text in [
            format!("CREATE ROLE {role}"),
            format!("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"),
            format!("SET ROLE {role}"),
            format!("SELECT set_config('placewell.authority', '{here}', false), set_config('placewell.provider', '{own}', false)"),
        ] {
            run(&mut connection, text).await.unwrap();
        }
        let count = async |connection: &mut PgConnection, text: String| {
            let (rows,): (i64,) = sqlx::query_as(AssertSqlSafe(text)).fetch_one(connection).await.unwrap();
            rows
        };
        for table in ["provider", "setting", "capacity_event", "provider_known", "setting_known", "capacity_event_known"] {
            assert_eq!(count(&mut connection, format!("SELECT count(*) FROM {table}")).await, 1, "{table} shows its own");
        }
        let mut about_children = 0;
        for (table, column) in &columns {
            let wanted = match column.as_str() {
                "child" => format!("SELECT count(*) FROM {table}"),
                "provider" => format!("SELECT count(*) FROM {table} WHERE provider <> '{own}'"),
                _ => continue,
            };
            about_children += usize::from(column == "child");
            assert_eq!(count(&mut connection, wanted).await, 0, "{table}");
        }
        assert!(about_children > 20, "{about_children} tables are about children");
        for table in
            ["child", "child_history", "child_known", "placement_known", "audit", "audit_detail", "payee", "conflict", "nomination"]
        {
            assert_eq!(count(&mut connection, format!("SELECT count(*) FROM {table}")).await, 0, "{table}");
        }
        let moved = run(&mut connection, format!("UPDATE setting SET provider = '{own}' WHERE provider = '{other}'")).await.unwrap();
        assert_eq!(moved.rows_affected(), 0, "what is another's is not there to be changed");
        let given = format!(
            "INSERT INTO provider_user (id, authority, person, provider, version, recorded_at, change_id)
             VALUES ('{other}', '{here}', '{other}', '{other}', 1, now(), '{other}')"
        );
        let fault = run(&mut connection, given).await.unwrap_err().to_string();
        assert!(fault.contains("row-level security"), "nor is anything given to another: {fault}");
        let head = run(&mut connection, format!("UPDATE audit_head SET seq = seq WHERE authority = '{here}'")).await.unwrap();
        assert_eq!(head.rows_affected(), 1, "what it does is written in the log all the same");
        run(&mut connection, "SELECT set_config('placewell.provider', '', false)".to_owned()).await.unwrap();
        assert_eq!(count(&mut connection, "SELECT count(*) FROM provider".to_owned()).await, 2, "the authority sees both");
    }
}
