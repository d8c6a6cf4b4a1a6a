//! What was changed past Placewell is found, on both engines: the facts are held against the log.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what failed by failing")]

mod engines;

use domain::access::Action;
use engines::{added, allow, authority, fresh, moment, placement};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use store::{Db, Disagreement, Event};

async fn past(address: &str, text: &str) {
    if address.starts_with("sqlite") {
        let mut connection = SqliteConnection::connect(address).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(format!("PRAGMA foreign_keys = OFF; {text}"))).execute(&mut connection).await.unwrap();
    } else {
        let mut connection = PgConnection::connect(address).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(format!("SET session_replication_role = replica; {text}"))).execute(&mut connection).await.unwrap();
    }
}

/// A child whose placement was corrected once and another one withdrawn.
async fn written(db: &Db) -> domain::Id<domain::authority::Authority> {
    let here = authority(db).await;
    let child = added(db, here).await;
    let (kept, taken_back) =
        (placement(child.id), domain::placement::Placement { end: child.born.plus(9000).into(), ..placement(child.id) });
    let mut tx = db.begin(allow(Action::PlacementWrite, here), moment(2)).await.unwrap();
    store::add(&mut tx, &kept).await.unwrap();
    store::add(&mut tx, &taken_back).await.unwrap();
    tx.commit(Event::of("child", child.id)).await.unwrap();
    let mut tx = db.begin(allow(Action::PlacementWrite, here), moment(3)).await.unwrap();
    let read = store::find(&mut tx, kept.id).await.unwrap().unwrap();
    store::correct(&mut tx, &read, &domain::placement::Placement { start: kept.start.plus(1), ..kept }).await.unwrap();
    let read = store::find(&mut tx, taken_back.id).await.unwrap().unwrap();
    store::withdraw(&mut tx, &read).await.unwrap();
    tx.commit(Event::of("child", child.id).because("found wrong")).await.unwrap();
    here
}

async fn found(db: &Db, here: domain::Id<domain::authority::Authority>) -> Vec<Disagreement> {
    db.snapshot(&allow(Action::RecordCopy, here)).await.unwrap().disagreements(here).await.unwrap()
}

#[tokio::test]
async fn facts_that_were_changed_past_the_log_are_found() {
    for (damage, expected) in [
        ("DELETE FROM placement_history WHERE version = 1", (0, 2, 2)),
        ("DELETE FROM placement", (0, 1, 0)),
        ("UPDATE child SET version = 2", (0, 0, 1)),
        ("DELETE FROM audit_detail WHERE table_name = 'placement' AND position = 0", (2, 0, 0)),
    ] {
        for fresh in fresh().await {
            let here = written(&fresh.db).await;
            assert_eq!(found(&fresh.db, here).await, [], "{}", fresh.name);
            // What guards the tables is taken down, as whoever owns the database can.
            engines::unguard(&fresh).await;
            past(&fresh.address, damage).await;
            let all = found(&fresh.db, here).await;
            let [one] = &all[..] else { panic!("{}: {damage}: {all:?}", fresh.name) };
            assert_eq!((one.untold, one.missing, one.torn), expected, "{}: {damage}", fresh.name);
        }
    }
}

#[tokio::test]
async fn the_whole_record_opens_for_copies_alone() {
    for fresh in fresh().await {
        let here = authority(&fresh.db).await;
        assert!(fresh.db.snapshot(&allow(Action::ChildRead, here)).await.is_err(), "{}", fresh.name);
        assert!(fresh.db.load(&allow(Action::ChildWrite, here)).await.is_err(), "{}", fresh.name);
        let snapshot = fresh.db.snapshot(&allow(Action::RecordCopy, here)).await.unwrap();
        assert!(snapshot.tables().iter().all(|table| table.name != "seal_key" && !table.columns.is_empty()));
        assert!(snapshot.tables().len() > 40, "{}", fresh.name);
        drop(snapshot);
        assert!(fresh.db.connections().open >= 1);
    }
}
