//! What the record promises, on both engines.
#![expect(clippy::unwrap_used, reason = "a test says what failed by failing")]

mod engines;

use domain::Day;
use domain::access::Action;
use domain::placement::Placement;
use engines::{added, allow, at, authority, child, fresh, keys, moment, placement};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use store::{Broken, Entries, Error, Event, Part, Published};

#[tokio::test]
async fn what_is_written_reads_back_alike() {
    for fresh in fresh().await {
        let here = authority(&fresh.db).await;
        let child = added(&fresh.db, here).await;
        let home = placement(child.id);
        let mut tx = fresh.db.begin(allow(Action::PlacementWrite, here), moment(2)).await.unwrap();
        store::add(&mut tx, &home).await.unwrap();
        assert_eq!(tx.commit(Event::of("child", child.id)).await.unwrap(), 3);
        let mut view = fresh.db.read(allow(Action::ChildRead, here)).await.unwrap();
        assert_eq!(store::find(&mut view, child.id).await.unwrap().unwrap().fact, child, "{}", fresh.name);
        let read = store::of_child::<Placement>(&mut view, child.id).await.unwrap();
        assert_eq!((read.len(), &read[0].fact, read[0].version, read[0].recorded_at), (1, &home, 1, at(2)), "{}", fresh.name);
    }
}

#[tokio::test]
async fn a_correction_keeps_what_was_believed_before() {
    for fresh in fresh().await {
        let here = authority(&fresh.db).await;
        let child = added(&fresh.db, here).await;
        let first = placement(child.id);
        let mut tx = fresh.db.begin(allow(Action::PlacementWrite, here), moment(10)).await.unwrap();
        store::add(&mut tx, &first).await.unwrap();
        tx.commit(Event::of("child", child.id)).await.unwrap();

        let second = Placement { start: Day::from_ymd(2026, 3, 1).unwrap(), ..first.clone() };
        let mut tx = fresh.db.begin(allow(Action::PlacementWrite, here), moment(20)).await.unwrap();
        let read = store::of_child::<Placement>(&mut tx, child.id).await.unwrap().remove(0);
        store::correct(&mut tx, &read, &second).await.unwrap();
        tx.commit(Event::of("child", child.id).because("moved in on the Sunday")).await.unwrap();

        let mut view = fresh.db.read(allow(Action::ChildRead, here)).await.unwrap();
        for (moment, expected) in [(9, None), (10, Some(&first)), (19, Some(&first)), (20, Some(&second)), (99, Some(&second))] {
            let known = store::of_child_as_known::<Placement>(&mut view, child.id, at(moment)).await.unwrap();
            assert_eq!(known.first().map(|known| &known.fact), expected, "{} at {moment}", fresh.name);
        }
        let versions = store::versions(&mut view, first.id).await.unwrap();
        assert_eq!(versions.iter().map(|known| known.superseded_at).collect::<Vec<_>>(), [Some(at(20)), None]);
        let log = store::history_of(&mut view, "child", &child.id.to_string()).await.unwrap();
        assert_eq!(log[0].reason, "moved in on the Sunday");
        drop(view);

        // Whoever read the first version too may not write over the second.
        let mut tx = fresh.db.begin(allow(Action::PlacementWrite, here), moment(30)).await.unwrap();
        assert!(matches!(store::correct(&mut tx, &read, &first).await, Err(Error::Stale)), "{}", fresh.name);
    }
}

#[tokio::test]
async fn what_never_was_is_taken_back_and_stays_in_the_history() {
    for fresh in fresh().await {
        let here = authority(&fresh.db).await;
        let child = added(&fresh.db, here).await;
        let home = placement(child.id);
        let mut tx = fresh.db.begin(allow(Action::PlacementWrite, here), moment(10)).await.unwrap();
        store::add(&mut tx, &home).await.unwrap();
        tx.commit(Event::of("child", child.id)).await.unwrap();
        let mut tx = fresh.db.begin(allow(Action::PlacementWrite, here), moment(20)).await.unwrap();
        let read = store::of_child::<Placement>(&mut tx, child.id).await.unwrap().remove(0);
        store::withdraw(&mut tx, &read).await.unwrap();
        tx.commit(Event::of("child", child.id).because("another child's placement")).await.unwrap();

        let mut view = fresh.db.read(allow(Action::ChildRead, here)).await.unwrap();
        assert!(store::of_child::<Placement>(&mut view, child.id).await.unwrap().is_empty());
        let before = store::of_child_as_known::<Placement>(&mut view, child.id, at(15)).await.unwrap();
        assert_eq!(before.iter().map(|known| &known.fact).collect::<Vec<_>>(), [&home], "{}", fresh.name);
        assert!(store::of_child_as_known::<Placement>(&mut view, child.id, at(20)).await.unwrap().is_empty(), "{}", fresh.name);
        let versions = store::versions(&mut view, home.id).await.unwrap();
        assert_eq!(versions.iter().map(|known| known.withdrawn).collect::<Vec<_>>(), [false, true], "{}", fresh.name);
    }
}

#[tokio::test]
async fn a_change_that_is_not_kept_leaves_nothing() {
    for fresh in fresh().await {
        let here = authority(&fresh.db).await;
        let child = child(here);
        let mut tx = fresh.db.begin(allow(Action::ChildWrite, here), moment(1)).await.unwrap();
        store::add(&mut tx, &child).await.unwrap();
        drop(tx);
        let mut view = fresh.db.read(allow(Action::ChildRead, here)).await.unwrap();
        assert!(store::find(&mut view, child.id).await.unwrap().is_none());
        assert_eq!(store::verify(&mut view, &keys(), None).await.unwrap().unwrap().entries, 1, "{}", fresh.name);
    }
}

#[tokio::test]
async fn no_authority_sees_the_children_of_another() {
    for fresh in fresh().await {
        let (here, there) = (authority(&fresh.db).await, authority(&fresh.db).await);
        let child = added(&fresh.db, here).await;
        let mut view = fresh.db.read(allow(Action::ChildRead, there)).await.unwrap();
        assert!(store::find(&mut view, child.id).await.unwrap().is_none());
        assert!(store::child::list(&mut view, child.born).await.unwrap().is_empty());
        let mut own = fresh.db.read(allow(Action::ChildRead, here)).await.unwrap();
        assert_eq!(store::child::list(&mut own, child.born).await.unwrap(), [store::child::Listed { child, lives: None }]);
    }
}

/// Row-level security holds for an application role even where a statement forgets whose record it reads.
#[tokio::test]
async fn on_postgres_a_forgetful_statement_sees_no_other_authority() {
    for fresh in fresh().await.into_iter().filter(|fresh| fresh.name == "postgres") {
        let (here, there) = (authority(&fresh.db).await, authority(&fresh.db).await);
        added(&fresh.db, here).await;
        added(&fresh.db, there).await;
        let mut connection = PgConnection::connect(&fresh.address).await.unwrap();
        let role = format!("app_{}", engines::unique());
        for text in [
            format!("CREATE ROLE {role}"),
            format!("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"),
            format!("SET ROLE {role}"),
            format!("SELECT set_config('placewell.authority', '{here}', false)"),
        ] {
            sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut connection).await.unwrap();
        }
        for table in ["child", "child_known"] {
            let seen: Vec<(uuid::Uuid,)> =
                sqlx::query_as(AssertSqlSafe(format!("SELECT authority FROM {table}"))).fetch_all(&mut connection).await.unwrap();
            assert_eq!(seen, [(here.uuid(),)], "{table}");
        }
    }
}

#[tokio::test]
async fn a_reference_is_taken_once() {
    for fresh in fresh().await {
        let here = authority(&fresh.db).await;
        let first = added(&fresh.db, here).await;
        let mut tx = fresh.db.begin(allow(Action::ChildWrite, here), moment(2)).await.unwrap();
        let twin = domain::child::Child { reference: first.reference, ..child(here) };
        assert!(matches!(store::add(&mut tx, &twin).await, Err(Error::Taken)), "{}", fresh.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_holds_under_many_writers_and_shows_tampering() {
    for fresh in fresh().await {
        let here = authority(&fresh.db).await;
        let writers = (0..8).map(|_| {
            let db = fresh.db.clone();
            tokio::spawn(async move {
                for _ in 0..10 {
                    added(&db, here).await;
                }
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        let verified = || async {
            let mut view = fresh.db.read(allow(Action::AuditVerify, here)).await.unwrap();
            store::verify(&mut view, &keys(), None).await.unwrap()
        };
        assert_eq!(verified().await.unwrap().entries, 81, "{}", fresh.name);
        let other_key = {
            let mut view = fresh.db.read(allow(Action::AuditVerify, here)).await.unwrap();
            store::verify(&mut view, &store::Keys::new([8; 64]), None).await.unwrap()
        };
        assert_eq!(other_key, Err(Broken::Altered(1)));

        // A log that was cut off or written anew does not reach the head that somebody kept elsewhere.
        let mut view = fresh.db.read(allow(Action::AuditVerify, here)).await.unwrap();
        let whole = store::verify(&mut view, &keys(), None).await.unwrap().unwrap();
        let published = |seq: i64, seal: &[u8]| Published { seq, seal: seal.to_vec() };
        for (head, expected) in [
            (published(81, &whole.seal), Ok(81)),
            (published(80, &whole.seal), Err(Broken::Altered(80))),
            (published(82, &whole.seal), Err(Broken::CutOff(81))),
        ] {
            let found = store::verify(&mut view, &keys(), Some(&head)).await.unwrap();
            assert_eq!(found.map(|whole| whole.entries), expected, "{}", fresh.name);
        }
        drop(view);

        // Detail that a rule erased is no tampering; detail that is altered or gone is.
        engines::unguard(&fresh).await;
        let of = |seq: i64| format!("(SELECT change_id FROM audit WHERE seq = {seq} AND action = 'child.write')");
        let erased =
            "(authority, table_name, row_id, rule, change_id) SELECT authority, table_name, row_id, 'test', change_id FROM audit_detail";
        tamper(&fresh, &format!("INSERT INTO erasure {erased} WHERE change_id IN {}", of(12))).await;
        tamper(&fresh, &format!("UPDATE audit_detail SET before = NULL, after = NULL WHERE change_id IN {}", of(12))).await;
        assert_eq!(verified().await.unwrap().erased, 1);
        tamper(&fresh, &format!("UPDATE audit_detail SET before = NULL, after = NULL WHERE change_id IN {}", of(70))).await;
        assert_eq!(verified().await, Err(Broken::DetailAltered(70)), "{}", fresh.name);
        tamper(&fresh, &format!("DELETE FROM audit_detail WHERE change_id IN {}", of(65))).await;
        assert_eq!(verified().await, Err(Broken::DetailAltered(65)), "{}", fresh.name);
        tamper(&fresh, &format!("UPDATE audit_detail SET after = '{{}}' WHERE change_id IN {}", of(60))).await;
        assert_eq!(verified().await, Err(Broken::DetailAltered(60)), "{}", fresh.name);
        tamper(&fresh, "UPDATE audit SET reason = 'x' WHERE seq = 40").await;
        assert_eq!(verified().await, Err(Broken::Altered(40)), "{}", fresh.name);
        tamper(&fresh, "DELETE FROM audit WHERE seq = 20").await;
        assert_eq!(verified().await, Err(Broken::Missing(21)), "{}", fresh.name);
    }
}

#[tokio::test]
async fn the_database_itself_refuses_to_overwrite() {
    for fresh in fresh().await {
        let here = authority(&fresh.db).await;
        added(&fresh.db, here).await;
        for text in [
            "UPDATE child SET sex = 'M'",
            "UPDATE audit SET reason = 'x'",
            "UPDATE child SET sex = 'M', version = version + 2",
            "UPDATE child SET sex = 'M', version = version + 1",
            // No fact without its entry in the log.
            "UPDATE child SET sex = 'M', version = version + 1, change_id = '00000000-0000-7000-8000-000000000001'",
            "DELETE FROM authority",
            // Nothing goes but by a change that takes it back, or by a rule of retention.
            "DELETE FROM child",
            "DELETE FROM audit",
            "DELETE FROM audit_detail",
            "DELETE FROM audit_child",
            "UPDATE audit_detail SET after = NULL",
            "UPDATE audit_detail SET before = '{}'",
        ] {
            assert!(attempt(&fresh, text).await.is_err(), "{} allowed {text}", fresh.name);
        }
    }
}

/// The past stays what it was, and another authority's child is none of a fact's business.
#[tokio::test]
async fn the_history_cannot_be_rewritten_nor_reach_across_authorities() {
    for fresh in fresh().await {
        let (here, there) = (authority(&fresh.db).await, authority(&fresh.db).await);
        let theirs = added(&fresh.db, there).await;
        let child = added(&fresh.db, here).await;
        let mut tx = fresh.db.begin(allow(Action::ChildWrite, here), moment(5)).await.unwrap();
        let read = store::find(&mut tx, child.id).await.unwrap().unwrap();
        store::correct(&mut tx, &read, &domain::child::Child { restricted: true, ..child.clone() }).await.unwrap();
        tx.commit(Event::of("child", child.id)).await.unwrap();
        for text in ["DELETE FROM child_history", "UPDATE child_history SET sex = 'M'", "TRUNCATE TABLE child_history"] {
            assert!(attempt(&fresh, text).await.is_err(), "{} allowed {text}", fresh.name);
        }
        let mut tx = fresh.db.begin(allow(Action::PlacementWrite, here), moment(6)).await.unwrap();
        assert!(store::add(&mut tx, &placement(theirs.id)).await.is_err(), "{}", fresh.name);
    }
}

/// A child's own log knows every change that touched the child, whatever the change was of.
#[tokio::test]
async fn a_child_has_a_log_of_its_own() {
    for fresh in fresh().await {
        let here = authority(&fresh.db).await;
        let (one, other) = (added(&fresh.db, here).await, added(&fresh.db, here).await);
        let mut tx = fresh.db.begin(allow(Action::RecordImport, here), moment(5)).await.unwrap();
        store::add(&mut tx, &placement(one.id)).await.unwrap();
        tx.commit(Event::of("authority", here).because("returns")).await.unwrap();
        let mut view = fresh.db.read(allow(Action::ChildRead, here)).await.unwrap();
        let log = store::history_of_child(&mut view, one.id, Part::last(Entries::All, 10)).await.unwrap();
        assert_eq!(log.iter().map(|entry| entry.reason.as_str()).collect::<Vec<_>>(), ["returns", ""], "{}", fresh.name);
        let earlier =
            store::history_of_child(&mut view, one.id, Part { before: Some(log[0].seq), ..Part::last(Entries::All, 10) }).await.unwrap();
        assert_eq!(earlier, log[1..], "{}", fresh.name);
        assert_eq!(store::history_of_child(&mut view, other.id, Part::last(Entries::All, 10)).await.unwrap().len(), 1, "{}", fresh.name);
    }
}

/// Changes what nobody may, as whoever runs the database server can.
async fn tamper(fresh: &engines::Fresh, text: &str) {
    let unguarded = if fresh.name == "sqlite" { "PRAGMA foreign_keys = OFF" } else { "SET session_replication_role = replica" };
    attempt(fresh, &format!("{unguarded}; {text}")).await.unwrap();
}

#[tokio::test]
async fn another_key_is_not_taken_for_the_one_that_seals_the_log() {
    for fresh in fresh().await {
        let other = store::Db::connect(&fresh.address, store::Keys::new([8; 64])).await.unwrap();
        other.migrate().await.unwrap();
        assert_eq!(other.standing().await.unwrap(), store::Standing::OtherKey, "{}", fresh.name);
        assert_eq!(fresh.db.standing().await.unwrap(), store::Standing::Ready, "{}", fresh.name);
    }
}

/// Whoever waits for another change, or has a clock that goes slow, is dated after what was kept before.
#[tokio::test]
async fn the_log_is_in_the_order_of_its_times() {
    for fresh in fresh().await {
        let here = authority(&fresh.db).await;
        let first = added(&fresh.db, here).await;
        let mut tx = fresh.db.begin(allow(Action::ChildWrite, here), moment(500)).await.unwrap();
        let read = store::find(&mut tx, first.id).await.unwrap().unwrap();
        let second = domain::child::Child { restricted: true, ..first.clone() };
        store::correct(&mut tx, &read, &second).await.unwrap();
        tx.commit(Event::of("child", first.id)).await.unwrap();
        // This one's clock is behind.
        let mut tx = fresh.db.begin(allow(Action::ChildWrite, here), moment(400)).await.unwrap();
        let read = store::find(&mut tx, first.id).await.unwrap().unwrap();
        store::correct(&mut tx, &read, &first).await.unwrap();
        tx.commit(Event::of("child", first.id)).await.unwrap();
        let mut view = fresh.db.read(allow(Action::ChildRead, here)).await.unwrap();
        let versions = store::versions(&mut view, first.id).await.unwrap();
        assert_eq!(versions.iter().map(|known| known.recorded_at).collect::<Vec<_>>(), [at(1), at(500), at(500)], "{}", fresh.name);
    }
}

async fn attempt(fresh: &engines::Fresh, text: &str) -> Result<(), sqlx::Error> {
    let text = AssertSqlSafe(text.to_owned());
    if fresh.name == "sqlite" {
        let mut connection = SqliteConnection::connect(&fresh.address).await?;
        sqlx::raw_sql(text).execute(&mut connection).await?;
    } else {
        let mut connection = PgConnection::connect(&fresh.address).await?;
        sqlx::raw_sql(text).execute(&mut connection).await?;
    }
    Ok(())
}

/// What a rule of retention erases is gone in every version, and the log still holds.
#[tokio::test]
async fn what_a_rule_erases_is_gone_and_the_log_is_whole() {
    for fresh in fresh().await {
        let here = authority(&fresh.db).await;
        let (one, other) = (added(&fresh.db, here).await, added(&fresh.db, here).await);
        for (second, child) in [(10, &one), (11, &other)] {
            let mut tx = fresh.db.begin(allow(Action::PlacementWrite, here), moment(second)).await.unwrap();
            store::add(&mut tx, &placement(child.id)).await.unwrap();
            tx.commit(Event::of("child", child.id)).await.unwrap();
        }
        let mut tx = fresh.db.begin(allow(Action::PlacementWrite, here), moment(20)).await.unwrap();
        let read = store::of_child::<Placement>(&mut tx, one.id).await.unwrap().remove(0);
        store::withdraw(&mut tx, &read).await.unwrap();
        tx.commit(Event::of("child", one.id)).await.unwrap();

        let mut tx = fresh.db.begin(allow(Action::RecordErase, here), moment(30)).await.unwrap();
        let rule = domain::retention::Rule::SeventyFiveYears;
        assert_eq!(store::erase::child(&mut tx, one.id, rule).await.unwrap(), 2, "the child and a placement that was taken back");
        tx.commit(Event::of("authority", here).because("board of 3 June")).await.unwrap();

        let mut view = fresh.db.read(allow(Action::ChildRead, here)).await.unwrap();
        assert!(
            store::versions(&mut view, one.id).await.unwrap().is_empty()
                && store::versions(&mut view, read.fact.id).await.unwrap().is_empty()
        );
        assert_eq!(store::of_child::<Placement>(&mut view, other.id).await.unwrap().len(), 1, "{}", fresh.name);
        let whole = store::verify(&mut view, &keys(), None).await.unwrap().unwrap();
        assert_eq!((whole.entries, whole.erased), (7, 3), "{}: adding the child, its placement, taking it back", fresh.name);
        let kept = attempt(&fresh, "DELETE FROM placement").await;
        assert!(kept.is_err(), "{}: the other child's stays", fresh.name);
    }
}
