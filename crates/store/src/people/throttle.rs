//! How often in a row somebody failed to prove who they are. Kept in the database, so that several nodes count together.

use domain::access::Permit;

use super::hash;
use crate::Error;
use crate::change::Moment;
use crate::db::{Db, View};
use crate::statement::sql;
use crate::types::Instant;

/// Failures in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Failures {
    /// How many.
    pub failures: i64,
    /// When the last one was.
    pub last_at: Instant,
}

/// The failures of a subject: an address typed, a place it came from, or both. Which, is the caller's to say; the database holds a hash.
pub async fn of(view: &mut View, subject: &str) -> Result<Option<Failures>, Error> {
    view.maybe(sql!("SELECT failures, last_at FROM throttle WHERE subject = $1"), &[&hash(subject.as_bytes())]).await
}

/// Counts one more failure of each subject before anything is tried, if `wait` says of none of them that there are seconds to wait; else counts nothing and
/// gives the longest. The row of a subject is held from the first look at it until it is counted, so that a thousand tries at once are judged one after
/// another, on however many nodes. After `forgotten` without a failure counting begins anew. No change of the record: it stands in no log.
pub async fn press(
    db: &Db,
    permit: Permit,
    moment: Moment,
    subjects: &[String],
    forgotten: Instant,
    wait: impl Fn(usize, Failures) -> i64,
) -> Result<i64, Error> {
    let mut tx = db.begin(permit, moment).await?;
    let mut longest = 0;
    for (at, subject) in subjects.iter().enumerate() {
        // With this one counted, and the moment of the one before it.
        let counted: Failures = tx
            .one(
                sql!(
                    "INSERT INTO throttle (subject, failures, last_at) VALUES ($1, 1, $2)
                     ON CONFLICT (subject) DO UPDATE
                     SET failures = CASE WHEN throttle.last_at < $3 THEN 1 ELSE throttle.failures + 1 END
                     RETURNING failures, last_at"
                ),
                &[&hash(subject.as_bytes()), &moment.at, &forgotten],
            )
            .await?;
        longest = longest.max(wait(at, Failures { failures: counted.failures - 1, ..counted }));
    }
    if longest > 0 {
        return Ok(longest);
    }
    for subject in subjects {
        tx.run(sql!("UPDATE throttle SET last_at = $2 WHERE subject = $1"), &[&hash(subject.as_bytes()), &moment.at]).await?;
    }
    tx.run(sql!("DELETE FROM throttle WHERE last_at < $1"), &[&forgotten]).await?;
    tx.settle().await?;
    Ok(0)
}

/// Takes back one count of a subject, which was no failure after all. What it counted before stays.
pub async fn take_back(db: &Db, permit: Permit, moment: Moment, subject: &str) -> Result<(), Error> {
    let mut tx = db.begin(permit, moment).await?;
    let subject = hash(subject.as_bytes());
    if tx.run(sql!("DELETE FROM throttle WHERE subject = $1 AND failures = 1"), &[&subject]).await? == 0 {
        tx.run(sql!("UPDATE throttle SET failures = failures - 1 WHERE subject = $1"), &[&subject]).await?;
    }
    tx.settle().await
}

/// Forgets the failures of these subjects: somebody proved who they are.
pub async fn forget(db: &Db, permit: Permit, moment: Moment, subjects: &[String]) -> Result<(), Error> {
    let mut tx = db.begin(permit, moment).await?;
    for subject in subjects {
        tx.run(sql!("DELETE FROM throttle WHERE subject = $1"), &[&hash(subject.as_bytes())]).await?;
    }
    tx.settle().await
}
