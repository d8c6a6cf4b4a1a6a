//! What counts failed attempts keeps no more than an hour of them, on both engines.
#![expect(clippy::unwrap_used, reason = "a test says what failed by failing")]

#[expect(dead_code, reason = "each test file uses its part")]
mod engines;

use domain::access::Action;
use engines::{allow, at, authority, fresh, moment};
use sqlx::{Connection as _, PgConnection, SqliteConnection};
use store::person::throttle;

#[tokio::test]
async fn counts_do_not_grow_for_ever() {
    for fresh in fresh().await {
        let here = authority(&fresh.db).await;
        let permit = || allow(Action::SessionOpen, here);
        let hour = 3600;
        for day in 1..4 {
            let subjects: Vec<String> = (0..50).map(|number| format!("somebody {day} {number}")).collect();
            let now = day * 24 * hour;
            assert_eq!(throttle::press(&fresh.db, permit(), moment(now), &subjects, at(now - hour), |_, _| 0).await.unwrap(), 0);
        }
        let text = "SELECT count(*) FROM throttle";
        let (rows,): (i64,) = if fresh.name == "sqlite" {
            sqlx::query_as(text).fetch_one(&mut SqliteConnection::connect(&fresh.address).await.unwrap()).await.unwrap()
        } else {
            sqlx::query_as(text).fetch_one(&mut PgConnection::connect(&fresh.address).await.unwrap()).await.unwrap()
        };
        assert_eq!(rows, 50, "{}: those of the last hour alone", fresh.name);
        let mut view = fresh.db.read(permit()).await.unwrap();
        assert!(throttle::of(&mut view, "somebody 1 1").await.unwrap().is_none());
        assert_eq!(throttle::of(&mut view, "somebody 3 1").await.unwrap().unwrap().failures, 1);
    }
}
