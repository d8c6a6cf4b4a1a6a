//! A record on each engine: `SQLite` in a file of its own, PostgreSQL where `TEST_POSTGRES` says one is.
#![expect(clippy::disallowed_methods, reason = "a test asks the environment for its server, and takes names from the clock")]

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use domain::Id;
use domain::access::{Actor, Grant, Role, Who};
use service::record::{self, Authority, Record};

/// Seconds after the story's beginning. Tests share it: it only ever goes forward.
static NOW: AtomicI64 = AtomicI64::new(0);

fn now() -> jiff::Timestamp {
    // 1 June 2026, noon by Greenwich; each look at the clock takes a second.
    jiff::Timestamp::from_second(1_780_315_200 + NOW.fetch_add(1, Ordering::Relaxed)).unwrap()
}

fn chance(bytes: &mut [u8]) {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let at = bytes.len() - 8;
    bytes[at..].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
}

/// A record on each engine, with an authority open in it.
pub(crate) async fn records() -> Vec<(tempfile::TempDir, Record, Authority)> {
    records_at(now).await
}

/// The same by another clock, for what ends after a time.
pub(crate) async fn records_at(clock: fn() -> jiff::Timestamp) -> Vec<(tempfile::TempDir, Record, Authority)> {
    let mut addresses = vec![];
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.db");
    std::fs::File::create(&file).unwrap();
    addresses.push(format!("sqlite://{}", file.display()));
    if let Ok(server) = std::env::var("TEST_POSTGRES") {
        addresses.push(database(&server));
    }
    let mut records = vec![];
    for address in addresses {
        let record = Record::connect(&address, [3; 64], clock, chance).await.unwrap();
        record.migrate().await.unwrap();
        let authority = record::open(&record, &Actor::machine("open"), "Exampleshire", "Exampleshire").await.unwrap();
        records.push((tempfile::tempdir().unwrap(), record, authority));
    }
    // The file of the first goes with the last.
    records[0].0 = folder;
    records
}

/// A fresh database of that server, made by its own program: SQL stands in `store` alone. Its owner is not the superuser: the fences hold for them.
fn database(server: &str) -> String {
    let name = format!("record_{}_{}", std::process::id(), now().as_second());
    for text in [format!("CREATE ROLE {name} LOGIN"), format!("CREATE DATABASE {name} OWNER {name}")] {
        assert!(std::process::Command::new("psql").args([server, "-qc", &text]).status().unwrap().success());
    }
    server.replace("/postgres?", &format!("/{name}?")).replace("placewell@", &format!("{name}@"))
}

pub(crate) fn person(authority: &Authority, role: Role) -> Actor {
    let grants = [Grant { authority: authority.id, role }].into();
    // Nobody of this identity is in the record: what only reads needs no more.
    Actor { who: Who::Person(Id::from_uuid(uuid::Uuid::from_u128(9))), grants, ..Actor::nobody() }
}

pub(crate) fn owner() -> Actor {
    Actor::machine("test")
}
