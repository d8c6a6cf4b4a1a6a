//! I15: the log and the history are never rewritten. What guards them refuses every statement that tries; where somebody took the guards down, whatever was
//! altered is found, at the entry where it was.
#![expect(clippy::unwrap_used, reason = "a test says what failed by failing")]

#[expect(dead_code, reason = "each test file uses its part")]
mod engines;

use domain::Id;
use domain::access::Action;
use domain::authority::Authority;
use domain::child::Child;
use domain::code::Code;
use engines::{Fresh, added, allow, authority, fresh, keys, moment};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use store::{Broken, Event};

/// Runs a statement past the product; how many rows it touched.
async fn run(fresh: &Fresh, text: String) -> Result<u64, sqlx::Error> {
    let text = AssertSqlSafe(text);
    Ok(if fresh.name == "sqlite" {
        let mut connection = SqliteConnection::connect(&fresh.address).await?;
        sqlx::raw_sql(text).execute(&mut connection).await?.rows_affected()
    } else {
        let mut connection = PgConnection::connect(&fresh.address).await?;
        sqlx::raw_sql(text).execute(&mut connection).await?.rows_affected()
    })
}

/// The same, as whoever runs the server can, with the guards at rest.
async fn unguarded(fresh: &Fresh, text: &str) -> u64 {
    let rest = if fresh.name == "sqlite" { "PRAGMA foreign_keys = OFF" } else { "SET session_replication_role = replica" };
    run(fresh, format!("{rest}; {text}")).await.unwrap()
}

/// Children whose facts are corrected again and again: so many changes in the log after its first entry.
async fn corrected(fresh: &Fresh, here: Id<Authority>, changes: u32) {
    let mut child: Child = added(&fresh.db, here).await;
    for second in 1..i64::from(changes) {
        let mut tx = fresh.db.begin(allow(Action::ChildWrite, here), moment(10 + second)).await.unwrap();
        let read = store::find(&mut tx, child.id).await.unwrap().unwrap();
        child = Child { sex: Code::of(if second % 2 == 0 { "F" } else { "M" }), ..child };
        store::correct(&mut tx, &read, &child).await.unwrap();
        tx.commit(Event::of("child", child.id).because("as the mother said")).await.unwrap();
    }
}

async fn broken(fresh: &Fresh, here: Id<Authority>) -> Option<Broken> {
    let mut view = fresh.db.read(allow(Action::AuditVerify, here)).await.unwrap();
    store::verify(&mut view, &keys(), None).await.unwrap().err()
}

/// Draws cases and tries each on every engine.
fn prove<S: Strategy>(cases: u32, drawn: &S, proof: &impl AsyncFn(&Fresh, S::Value) -> Result<(), TestCaseError>)
where
    S::Value: Clone,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let engines = runtime.block_on(fresh());
    let config = Config { failure_persistence: None, max_shrink_iters: 40, ..Config::with_cases(cases) };
    let tried = TestRunner::new(config).run(drawn, |case| {
        for fresh in &engines {
            runtime.block_on(proof(fresh, case.clone()))?;
        }
        Ok(())
    });
    assert!(tried.is_ok(), "{}", tried.unwrap_err());
}

#[test]
fn no_statement_rewrites_the_log_or_the_past() {
    let tables = prop::sample::select(vec!["audit", "audit_detail", "audit_child", "child_history"]);
    let columns = |table: &str| -> &'static [&'static str] {
        match table {
            "audit" => &["reason", "machine", "action", "seq", "seal"],
            "audit_detail" => &["before", "after", "row_id", "table_name"],
            "audit_child" => &["child"],
            _ => &["sex", "reference", "version", "recorded_at"],
        }
    };
    prove(40, &(tables, 0usize..8, 2u32..6), &async |fresh: &Fresh, (table, which, changes): (&'static str, usize, u32)| {
        let here = authority(&fresh.db).await;
        corrected(fresh, here, changes).await;
        let all = columns(table);
        let text = match which.checked_sub(all.len()) {
            None => format!("UPDATE {table} SET {column} = {column} WHERE authority = '{here}'", column = all[which]),
            Some(0) => format!("DELETE FROM {table} WHERE authority = '{here}'"),
            Some(_) => format!("DELETE FROM {table}"),
        };
        let refused = run(fresh, text.clone()).await;
        prop_assert!(refused.is_err(), "{} allowed {}", fresh.name, text);
        prop_assert_eq!(broken(fresh, here).await, None);
        Ok(())
    });
}

/// How somebody with the server in hand alters an entry.
#[derive(Clone, Copy, Debug)]
enum Alters {
    Reason,
    Who,
    Action,
    After,
    Before,
    NoDetail,
    Gone,
    Last,
}

#[test]
fn whatever_was_altered_is_found_where_it_was() {
    use Alters::{Action, After, Before, Gone, Last, NoDetail, Reason, Who};
    let all = vec![Reason, Who, Action, After, Before, NoDetail, Gone, Last];
    prove(24, &(3u32..9, 0.0f64..1.0, prop::sample::select(all)), &async |fresh: &Fresh, (changes, at, how): (u32, f64, Alters)| {
        let here = authority(&fresh.db).await;
        corrected(fresh, here, changes).await;
        prop_assert_eq!(broken(fresh, here).await, None);
        engines::unguard(fresh).await;
        // The first entry opened the log; the second entered the child, whom nothing was known of before.
        let seq = 3 + (at * f64::from(changes - 1)) as i64;
        let mine = format!("authority = '{here}'");
        let entry = format!("WHERE seq = {seq} AND {mine}");
        let detail = format!("WHERE change_id IN (SELECT change_id FROM audit {entry})");
        let (text, expected) = match how {
            Reason => (format!("UPDATE audit SET reason = 'never mind' {entry}"), Broken::Altered(seq)),
            Who => (format!("UPDATE audit SET machine = 'somebody else' {entry}"), Broken::Altered(seq)),
            Action => (format!("UPDATE audit SET action = 'child.read' {entry}"), Broken::Altered(seq)),
            After => (format!("UPDATE audit_detail SET after = '{{}}' {detail}"), Broken::DetailAltered(seq)),
            Before => (format!("UPDATE audit_detail SET before = NULL {detail}"), Broken::DetailAltered(seq)),
            NoDetail => (format!("DELETE FROM audit_detail {detail}"), Broken::DetailAltered(seq)),
            Gone if seq == i64::from(changes) + 1 => (format!("DELETE FROM audit {entry}"), Broken::CutOff(seq - 1)),
            Gone => (format!("DELETE FROM audit {entry}"), Broken::Missing(seq + 1)),
            Last => {
                let end = i64::from(changes) + 1;
                (format!("DELETE FROM audit WHERE seq = {end} AND {mine}"), Broken::CutOff(end - 1))
            }
        };
        prop_assert!(unguarded(fresh, &text).await > 0, "{} altered nothing", text);
        prop_assert_eq!(broken(fresh, here).await, Some(expected), "{} {:?} at {} of {}", fresh.name, how, seq, changes);
        Ok(())
    });
}
