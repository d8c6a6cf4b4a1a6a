//! What people are told in the app, each thing once, and how they want to be told by mail.

use std::fmt;
use std::str::FromStr;

use domain::access::{Permit, Role};
use domain::id::Id;
use domain::person::Person;

use crate::Error;
use crate::change::Moment;
use crate::db::{Db, Tx, View};
use crate::statement::sql;
use crate::types::{Instant, Key, Text};

/// What somebody is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its identity.
    pub id: Id<Self>,
    /// Whom.
    pub person: Id<Person>,
    /// About what kind of thing.
    pub kind: String,
    /// What happened, so that it is told once.
    pub event: String,
    /// The sentence, without personal data.
    pub words: String,
    /// The page on which it is looked at.
    pub path: String,
    /// When it was told.
    pub made_at: Instant,
    /// When they read it; nothing until then.
    pub read_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Key<Notice>,
    person: Key<Person>,
    kind: String,
    event: String,
    words: String,
    path: String,
    made_at: Instant,
    read_at: Option<Instant>,
}

/// Tells somebody something; whether it was news to them.
pub async fn add(tx: &mut Tx, notice: &Notice) -> Result<bool, Error> {
    let authority = Key(tx.permit().authority());
    let added = tx
        .run(
            sql!(
                "INSERT INTO notice (id, authority, person, kind, event, words, path, made_at, read_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL) ON CONFLICT (authority, person, kind, event) DO NOTHING"
            ),
            &[&Key(notice.id), &authority, &Key(notice.person), &notice.kind, &notice.event, &notice.words, &notice.path, &notice.made_at],
        )
        .await?;
    Ok(added == 1)
}

/// What a person was told, the newest first, no more than so many.
pub async fn of(view: &mut View, person: Id<Person>, most: u32) -> Result<Vec<Notice>, Error> {
    let rows: Vec<Row> = view
        .all(
            sql!(
                "SELECT id, person, kind, event, words, path, made_at, read_at FROM notice WHERE authority = $1 AND person = $2
                 ORDER BY made_at DESC, id DESC LIMIT $3"
            ),
            &[&Key(view.permit().authority()), &Key(person), &i64::from(most)],
        )
        .await?;
    let notice = |row: Row| Notice {
        id: row.id.0,
        person: row.person.0,
        kind: row.kind,
        event: row.event,
        words: row.words,
        path: row.path,
        made_at: row.made_at,
        read_at: row.read_at,
    };
    Ok(rows.into_iter().map(notice).collect())
}

/// How many things a person was told and has not read.
pub async fn unread(view: &mut View, person: Id<Person>) -> Result<i64, Error> {
    let (unread,): (i64,) = view
        .one(
            sql!("SELECT count(*) FROM notice WHERE authority = $1 AND person = $2 AND read_at IS NULL"),
            &[&Key(view.permit().authority()), &Key(person)],
        )
        .await?;
    Ok(unread)
}

/// Keeps that a person read what they were told up to a moment. No change of the record: it stands in no log.
pub async fn read(db: &Db, permit: Permit, moment: Moment, person: Id<Person>, until: Instant) -> Result<(), Error> {
    let authority = Key(permit.authority());
    let mut tx = db.begin(permit, moment).await?;
    tx.run(
        sql!("UPDATE notice SET read_at = $3 WHERE authority = $1 AND person = $2 AND read_at IS NULL AND made_at <= $4"),
        &[&authority, &Key(person), &moment.at, &until],
    )
    .await?;
    tx.settle().await
}

/// Forgets what was told before a moment. No change of the record: it stands in no log.
pub async fn forget(db: &Db, permit: Permit, moment: Moment, before: Instant) -> Result<(), Error> {
    let authority = Key(permit.authority());
    let mut tx = db.begin(permit, moment).await?;
    tx.run(sql!("DELETE FROM notice WHERE authority = $1 AND made_at < $2"), &[&authority, &before]).await?;
    tx.settle().await
}

/// How somebody wants to be told by mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Each thing at once.
    #[default]
    Each,
    /// Once a day, all together.
    Digest,
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Each => "each",
            Self::Digest => "digest",
        })
    }
}

/// A word that is no such choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("mail comes each time or as a digest")]
pub struct NoChoice;

impl FromStr for Choice {
    type Err = NoChoice;

    fn from_str(word: &str) -> Result<Self, NoChoice> {
        [Self::Each, Self::Digest].into_iter().find(|choice| choice.to_string() == word).ok_or(NoChoice)
    }
}

/// How a person wants to be told by mail.
pub async fn choice(view: &mut View, person: Id<Person>) -> Result<Choice, Error> {
    let found: Option<(Text<Choice>,)> = view
        .maybe(
            sql!("SELECT choice FROM mail_choice WHERE authority = $1 AND person = $2"),
            &[&Key(view.permit().authority()), &Key(person)],
        )
        .await?;
    Ok(found.map_or(Choice::Each, |(choice,)| choice.0))
}

/// Keeps how a person wants to be told by mail.
pub async fn choose(tx: &mut Tx, person: Id<Person>, choice: Choice) -> Result<(), Error> {
    let authority = Key(tx.permit().authority());
    tx.run(
        sql!(
            "INSERT INTO mail_choice (authority, person, choice) VALUES ($1, $2, $3)
             ON CONFLICT (authority, person) DO UPDATE SET choice = excluded.choice"
        ),
        &[&authority, &Key(person), &Text(choice)],
    )
    .await?;
    Ok(())
}

/// Those who have a role at the permit's authority and may sign in.
pub async fn with_role(view: &mut View, role: Role) -> Result<Vec<Id<Person>>, Error> {
    let rows: Vec<(Key<Person>,)> = view
        .all(
            sql!(
                "SELECT g.person FROM role_grant g JOIN person p ON p.id = g.person
                 WHERE g.authority = $1 AND g.role = $2 AND p.stopped_at IS NULL ORDER BY g.person"
            ),
            &[&Key(view.permit().authority()), &Text(role)],
        )
        .await?;
    Ok(rows.into_iter().map(|(person,)| person.0).collect())
}
