//! Links that are sent to people, by which they choose a password.

use std::fmt;
use std::str::FromStr;

use domain::authority::Authority;
use domain::id::Id;
use domain::person::Person;

use super::hash;
use crate::Error;
use crate::change::Detail;
use crate::db::{Tx, View};
use crate::statement::sql;
use crate::types::{Instant, Key, Text};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To choose the first password.
    Invitation,
    /// To choose another one.
    Recovery,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Invitation => "invitation",
            Self::Recovery => "recovery",
        })
    }
}

/// A word that is no kind of link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a link is an invitation or a recovery")]
pub struct NoKind;

impl FromStr for Kind {
    type Err = NoKind;

    fn from_str(word: &str) -> Result<Self, NoKind> {
        [Self::Invitation, Self::Recovery].into_iter().find(|kind| kind.to_string() == word).ok_or(NoKind)
    }
}

/// A link that still works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What for.
    pub kind: Kind,
    /// To whom it was sent.
    pub person: Person,
    /// Which authority sent it.
    pub authority: Id<Authority>,
    /// Until when it works.
    pub ends_at: Instant,
}

/// Makes a link; those made for the person before work no more.
pub async fn make(tx: &mut Tx, token: &[u8; 32], link: &Link) -> Result<(), Error> {
    withdraw(tx, link.person.id).await?;
    let now = tx.moment().at;
    tx.run(
        sql!("INSERT INTO link (token_hash, kind, person, authority, made_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6)"),
        &[&hash(token), &Text(link.kind), &Key(link.person.id), &Key(link.authority), &now, &link.ends_at],
    )
    .await?;
    let after = serde_json::json!({ "kind": link.kind.to_string(), "ends_at": link.ends_at });
    tx.note(Detail { table: "link", row: link.person.id.to_string(), before: None, after: Some(after) });
    Ok(())
}

/// The link that this token opens; nothing if it was used, ended, or its person was stopped.
pub async fn find(view: &mut View, token: &[u8; 32], now: Instant) -> Result<Option<Link>, Error> {
    #[derive(sqlx::FromRow)]
    struct Row {
        kind: Text<Kind>,
        person: Key<Person>,
        name: String,
        email: String,
        authority: Key<Authority>,
        ends_at: Instant,
    }
    let found: Option<Row> = view
        .maybe(
            sql!(
                "SELECT l.kind, l.person, p.name, p.email, l.authority, l.ends_at FROM link l JOIN person p ON p.id = l.person
                 WHERE l.token_hash = $1 AND l.ends_at > $2 AND p.stopped_at IS NULL"
            ),
            &[&hash(token), &now],
        )
        .await?;
    Ok(found.map(|row| Link {
        kind: row.kind.0,
        person: Person { id: row.person.0, name: row.name, email: row.email },
        authority: row.authority.0,
        ends_at: row.ends_at,
    }))
}

/// Uses up a link; whether it was there to be used. Of two who use it at once, one does.
pub async fn take(tx: &mut Tx, token: &[u8; 32]) -> Result<bool, Error> {
    Ok(tx.run(sql!("DELETE FROM link WHERE token_hash = $1"), &[&hash(token)]).await? == 1)
}

/// Makes every link of a person useless.
pub async fn withdraw(tx: &mut Tx, person: Id<Person>) -> Result<u64, Error> {
    tx.run(sql!("DELETE FROM link WHERE person = $1"), &[&Key(person)]).await
}
