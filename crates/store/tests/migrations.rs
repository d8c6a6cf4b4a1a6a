//! Every statement is understood by sqlite and by PostgreSQL (`TEST_POSTGRES`).
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what failed by failing")]

#[expect(dead_code, reason = "each test file uses its part")]
mod engines;

use domain::access::Action;
use engines::{allow, authority, fresh};
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
