//! Mail that is to go out: written in the transaction of the change that it tells of, taken out by a worker, tried again when it fails.

use domain::access::Permit;
use domain::id::Id;
use domain::person::Person;

use crate::Error;
use crate::change::Moment;
use crate::db::{Db, Tx, View};
use crate::statement::sql;
use crate::types::{Instant, Key};

/// A mail. What it says is a sentence and a link, never personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its identity.
    pub id: Id<Self>,
    /// To whom.
    pub person: Id<Person>,
    /// About what kind of thing.
    pub kind: String,
    /// What happened, so that it is mailed once.
    pub event: String,
    /// The sentence.
    pub words: String,
    /// The page that its link leads to; a secret follows it where there is one.
    pub path: String,
    /// The secret of a link, sealed under a key outside the database.
    pub secret: Option<Vec<u8>>,
}

/// A mail that a worker took, with where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The mail.
    pub mail: Mail,
    /// The person's address.
    pub to: String,
    /// When it was written.
    pub made_at: Instant,
    /// How often it was tried, this time counted.
    pub attempts: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Key<Mail>,
    person: Key<Person>,
    kind: String,
    event: String,
    words: String,
    path: String,
    secret: Option<Vec<u8>>,
    made_at: Instant,
    attempts: i64,
    email: String,
}

/// Writes a mail; one about the same event to the same person is not written twice.
pub async fn add(tx: &mut Tx, mail: &Mail) -> Result<bool, Error> {
    let (authority, now) = (Key(tx.permit().authority()), tx.moment().at);
    let added = tx
        .run(
            sql!(
                "INSERT INTO outbox (id, authority, person, kind, event, words, path, secret, made_at, next_at, attempts, sent_at, fault)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 0, NULL, '') ON CONFLICT (authority, person, kind, event) DO NOTHING"
            ),
            &[&Key(mail.id), &authority, &Key(mail.person), &mail.kind, &mail.event, &mail.words, &mail.path, &mail.secret, &now],
        )
        .await?;
    Ok(added == 1)
}

/// Takes the mail that waited longest and has its time, for this worker alone until `again`; if nothing is heard of it by then, it is tried again. People
/// who were stopped get none.
pub async fn take(db: &Db, permit: Permit, moment: Moment, again: Instant) -> Result<Option<Taken>, Error> {
    let authority = Key(permit.authority());
    let mut tx = db.begin(permit, moment).await?;
    // Changes of an authority are made one after another, so that no two workers take the same.
    let found: Option<Row> = tx
        .maybe(
            sql!(
                "SELECT o.id, o.person, o.kind, o.event, o.words, o.path, o.secret, o.made_at, o.attempts + 1 AS attempts, p.email
                 FROM outbox o JOIN person p ON p.id = o.person
                 WHERE o.authority = $1 AND o.next_at <= $2 AND p.stopped_at IS NULL ORDER BY o.next_at, o.id LIMIT 1"
            ),
            &[&authority, &moment.at],
        )
        .await?;
    let Some(row) = found else { return Ok(None) };
    tx.run(sql!("UPDATE outbox SET attempts = attempts + 1, next_at = $2 WHERE id = $1"), &[&row.id, &again]).await?;
    tx.settle().await?;
    let mail =
        Mail { id: row.id.0, person: row.person.0, kind: row.kind, event: row.event, words: row.words, path: row.path, secret: row.secret };
    Ok(Some(Taken { mail, to: row.email, made_at: row.made_at, attempts: row.attempts }))
}

/// What became of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The server took it.
    Sent,
    /// It is tried again then, for this reason.
    Again(Instant, String),
    /// It is not tried again, for this reason.
    GivenUp(String),
}

/// Keeps what became of a mail. What is sent or given up keeps no secret. No change of the record: it stands in no log.
pub async fn settle(db: &Db, permit: Permit, moment: Moment, mail: Id<Mail>, fate: &Fate) -> Result<(), Error> {
    let mut tx = db.begin(permit, moment).await?;
    let id = Key(mail);
    match fate {
        Fate::Sent => {
            tx.run(sql!("UPDATE outbox SET sent_at = $2, next_at = NULL, secret = NULL, fault = '' WHERE id = $1"), &[&id, &moment.at])
                .await?
        }
        Fate::Again(at, why) => tx.run(sql!("UPDATE outbox SET next_at = $2, fault = $3 WHERE id = $1"), &[&id, at, why]).await?,
        Fate::GivenUp(why) => {
            tx.run(sql!("UPDATE outbox SET next_at = NULL, secret = NULL, fault = $2 WHERE id = $1"), &[&id, why]).await?
        }
    };
    tx.settle().await
}

/// How an outbox stands: counts alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Outbox {
    /// Mails that wait to go out.
    pub waiting: i64,
    /// Those among them that were tried and did not go.
    pub tried: i64,
    /// Mails that were given up and not forgotten yet.
    pub given_up: i64,
}

/// How the outbox of the permit's authority stands.
pub async fn standing(view: &mut View) -> Result<Outbox, Error> {
    let authority = Key(view.permit().authority());
    view.one(
        sql!(
            "SELECT count(CASE WHEN o.next_at IS NOT NULL THEN 1 END) AS waiting,
                    count(CASE WHEN o.next_at IS NOT NULL AND o.attempts > 0 THEN 1 END) AS tried,
                    count(CASE WHEN o.next_at IS NULL AND o.sent_at IS NULL THEN 1 END) AS given_up
             FROM outbox o JOIN person p ON p.id = o.person WHERE o.authority = $1 AND p.stopped_at IS NULL"
        ),
        &[&authority],
    )
    .await
}

/// Forgets mails that were written before a moment, whatever became of them. No change of the record: it stands in no log.
pub async fn forget(db: &Db, permit: Permit, moment: Moment, before: Instant) -> Result<(), Error> {
    let authority = Key(permit.authority());
    let mut tx = db.begin(permit, moment).await?;
    tx.run(sql!("DELETE FROM outbox WHERE authority = $1 AND made_at < $2"), &[&authority, &before]).await?;
    tx.settle().await
}
