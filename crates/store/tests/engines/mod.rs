//! A fresh database on each engine: SQLite in a file of its own, PostgreSQL where `TEST_POSTGRES` says one is (`cargo xtask pg -- cargo test -p store`).
#![expect(clippy::disallowed_methods, reason = "a test asks the environment for its server, and the clock for names that nobody else uses")]

use domain::Day;
use domain::access::{Action, Actor, On, Permit, permit};
use domain::authority::Authority;
use domain::child::Child;
use domain::code::Code;
use domain::history::Uasc;
use domain::id::Id;
use domain::placement::Placement;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use store::{Db, Event, Instant, Keys, Moment};
use uuid::Uuid;

/// A database and what to clear away with it.
pub(crate) struct Fresh {
    pub(crate) name: &'static str,
    pub(crate) db: Db,
    pub(crate) address: String,
    _folder: Option<tempfile::TempDir>,
}

/// One for each engine, its tables made. Databases of a PostgreSQL that is thrown away go with it.
pub(crate) async fn fresh() -> Vec<Fresh> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.db");
    std::fs::File::create(&file).unwrap();
    let address = format!("sqlite://{}", file.display());
    let mut all = vec![opened("sqlite", address, Some(folder)).await];
    if let Ok(server) = std::env::var("TEST_POSTGRES") {
        let name = format!("store_{}", Uuid::from_u128(unique()).simple());
        let mut maker = PgConnection::connect(&server).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut maker).await.unwrap();
        all.push(opened("postgres", server.replace("/postgres?", &format!("/{name}?")), None).await);
    }
    all
}

async fn opened(name: &'static str, address: String, folder: Option<tempfile::TempDir>) -> Fresh {
    let db = Db::connect(&address, keys()).await.unwrap();
    db.migrate().await.unwrap();
    Fresh { name, db, address, _folder: folder }
}

pub(crate) fn keys() -> Keys {
    Keys::new([7; 64])
}

/// Numbers that no other test of any process uses.
pub(crate) fn unique() -> u128 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
    (now << 24) ^ (u128::from(std::process::id()) << 96) ^ u128::from(NEXT.fetch_add(1, Ordering::Relaxed))
}

pub(crate) fn id<Of>() -> Id<Of> {
    Id::from_uuid(Uuid::from_u128(unique()))
}

pub(crate) fn at(second: i64) -> Instant {
    Instant::new(jiff::Timestamp::from_second(1_770_000_000 + second).unwrap())
}

pub(crate) fn moment(second: i64) -> Moment {
    Moment { at: at(second), change: id() }
}

pub(crate) fn allow(action: Action, authority: Id<Authority>) -> Permit {
    permit(&Actor::machine("test"), action, On::authority(authority)).unwrap()
}

/// An authority whose log is open.
pub(crate) async fn authority(db: &Db) -> Id<Authority> {
    let authority = Authority { id: id(), code: unique().to_string(), name: "Fictitious".to_owned() };
    let mut tx = db.begin(allow(Action::AuthorityOpen, authority.id), moment(0)).await.unwrap();
    store::person::open_authority(&mut tx, &authority).await.unwrap();
    tx.commit(Event::of("authority", authority.id)).await.unwrap();
    authority.id
}

pub(crate) fn child(authority: Id<Authority>) -> Child {
    Child {
        id: id(),
        authority,
        reference: unique().to_string(),
        born: Day::from_ymd(2012, 5, 6).unwrap(),
        sex: Code::of("F"),
        ethnicity: Code::of("WBRI"),
        asylum: Uasc::Until(Day::from_ymd(2030, 5, 6)),
        restricted: false,
    }
}

pub(crate) fn placement(child: Id<Child>) -> Placement {
    Placement {
        id: id(),
        child,
        start: Day::from_ymd(2026, 3, 3).unwrap(),
        end: None,
        kind: Code::of("U6"),
        provider: Code::of("PR1"),
        urn: Code::BLANK,
        postcode: "NG1 5DT".parse().ok(),
        ended: Code::BLANK,
    }
}

/// Adds a child and gives it.
pub(crate) async fn added(db: &Db, authority: Id<Authority>) -> Child {
    let child = child(authority);
    let mut tx = db.begin(allow(Action::ChildWrite, authority), moment(1)).await.unwrap();
    store::add(&mut tx, &child).await.unwrap();
    tx.commit(Event::of("child", child.id)).await.unwrap();
    child
}

/// Takes down what guards the tables of a file, as whoever owns it can; on PostgreSQL guards rest for a session that asks so.
pub(crate) async fn unguard(fresh: &Fresh) {
    if fresh.name == "sqlite" {
        let mut connection = SqliteConnection::connect(&fresh.address).await.unwrap();
        let guards: Vec<(String,)> =
            sqlx::query_as("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetch_all(&mut connection).await.unwrap();
        for (guard,) in guards {
            sqlx::raw_sql(AssertSqlSafe(format!("DROP TRIGGER {guard}"))).execute(&mut connection).await.unwrap();
        }
    }
}
