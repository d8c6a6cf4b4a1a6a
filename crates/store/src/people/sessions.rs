//! That somebody is signed in. The database keeps hashes of tokens alone: a copy of it signs nobody in.

use domain::authority::Authority;
use domain::id::Id;
use domain::person::Person;

use super::hash;
use crate::Error;
use crate::change::Moment;
use crate::db::{Db, Tx, View};
use crate::statement::sql;
use crate::types::{Instant, Key};
use domain::access::Permit;

/// One browser in which somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its identity, which opens nothing.
    pub id: Id<Self>,
    /// Who.
    pub person: Person,
    /// At which authority they work in it.
    pub authority: Authority,
    /// When they signed in.
    pub opened_at: Instant,
    /// When they were last there, to a minute.
    pub seen_at: Instant,
    /// When it ends whatever they do.
    pub ends_at: Instant,
    /// When they last proved their second factor in it.
    pub factor_at: Option<Instant>,
    /// Whether the person has a second factor to prove.
    pub has_factor: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Key<Session>,
    person: Key<Person>,
    name: String,
    email: String,
    authority: Key<Authority>,
    code: String,
    authority_name: String,
    opened_at: Instant,
    seen_at: Instant,
    ends_at: Instant,
    factor_at: Option<Instant>,
    has_factor: bool,
}

impl From<Row> for Session {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.0,
            person: Person { id: row.person.0, name: row.name, email: row.email },
            authority: Authority { id: row.authority.0, code: row.code, name: row.authority_name },
            opened_at: row.opened_at,
            seen_at: row.seen_at,
            ends_at: row.ends_at,
            factor_at: row.factor_at,
            has_factor: row.has_factor,
        }
    }
}

/// Opens a session for whoever holds this token.
pub async fn open(tx: &mut Tx, token: &[u8; 32], session: &Session) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO session (token_hash, id, person, authority, opened_at, seen_at, ends_at, factor_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        &[
            &hash(token),
            &Key(session.id),
            &Key(session.person.id),
            &Key(session.authority.id),
            &session.opened_at,
            &session.seen_at,
            &session.ends_at,
            &session.factor_at,
        ],
    )
    .await?;
    Ok(())
}

/// The session that this token opens; nothing if it ended or was left before the second moment, or its person was stopped.
pub async fn find(view: &mut View, token: &[u8; 32], now: Instant, left_before: Instant) -> Result<Option<Session>, Error> {
    let found: Option<Row> = view
        .maybe(
            sql!(
                "SELECT s.id, s.person, p.name, p.email, s.authority, a.code, a.name AS authority_name,
                        s.opened_at, s.seen_at, s.ends_at, s.factor_at, f.confirmed_at IS NOT NULL AS has_factor
                 FROM session s JOIN person p ON p.id = s.person JOIN authority a ON a.id = s.authority
                 LEFT JOIN second_factor f ON f.person = s.person
                 WHERE s.token_hash = $1 AND s.ends_at > $2 AND s.seen_at > $3 AND p.stopped_at IS NULL"
            ),
            &[&hash(token), &now, &left_before],
        )
        .await?;
    Ok(found.map(Session::from))
}

/// Everywhere that a person is signed in, the newest first.
pub async fn of(view: &mut View, person: Id<Person>, now: Instant, left_before: Instant) -> Result<Vec<Session>, Error> {
    let found: Vec<Row> = view
        .all(
            sql!(
                "SELECT s.id, s.person, p.name, p.email, s.authority, a.code, a.name AS authority_name,
                        s.opened_at, s.seen_at, s.ends_at, s.factor_at, f.confirmed_at IS NOT NULL AS has_factor
                 FROM session s JOIN person p ON p.id = s.person JOIN authority a ON a.id = s.authority
                 LEFT JOIN second_factor f ON f.person = s.person
                 WHERE s.person = $1 AND s.ends_at > $2 AND s.seen_at > $3 ORDER BY s.opened_at DESC, s.id"
            ),
            &[&Key(person), &now, &left_before],
        )
        .await?;
    Ok(found.into_iter().map(Session::from).collect())
}

/// Keeps that a session is in use. No change of the record: it stands in no log.
pub async fn seen(db: &Db, permit: Permit, moment: Moment, session: Id<Session>) -> Result<(), Error> {
    let mut tx = db.begin(permit, moment).await?;
    tx.run(sql!("UPDATE session SET seen_at = $2 WHERE id = $1"), &[&Key(session), &moment.at]).await?;
    tx.settle().await
}

/// Puts another token in the place of a session's own, so that whoever knew that one holds nothing; with it the moment of the second factor.
pub async fn renew(tx: &mut Tx, session: Id<Session>, token: &[u8; 32], factor_at: Option<Instant>) -> Result<(), Error> {
    tx.run(sql!("UPDATE session SET token_hash = $2, factor_at = $3 WHERE id = $1"), &[&Key(session), &hash(token), &factor_at]).await?;
    Ok(())
}

/// Has a session open the permit's authority from now on, under another token.
pub async fn turn(tx: &mut Tx, session: Id<Session>, token: &[u8; 32]) -> Result<(), Error> {
    let authority = tx.permit().authority();
    tx.run(sql!("UPDATE session SET token_hash = $2, authority = $3 WHERE id = $1"), &[&Key(session), &hash(token), &Key(authority)])
        .await?;
    Ok(())
}

/// Ends one session of a person; whether there was such a one.
pub async fn close(tx: &mut Tx, person: Id<Person>, session: Id<Session>) -> Result<bool, Error> {
    Ok(tx.run(sql!("DELETE FROM session WHERE id = $1 AND person = $2"), &[&Key(session), &Key(person)]).await? == 1)
}

/// Ends every session of a person but one.
pub async fn close_others(tx: &mut Tx, person: Id<Person>, session: Id<Session>) -> Result<u64, Error> {
    tx.run(sql!("DELETE FROM session WHERE person = $1 AND id <> $2"), &[&Key(person), &Key(session)]).await
}

/// Ends every session of a person.
pub async fn close_all(tx: &mut Tx, person: Id<Person>) -> Result<u64, Error> {
    tx.run(sql!("DELETE FROM session WHERE person = $1"), &[&Key(person)]).await
}

/// Ends every session of a person at the permit's authority; those at another one go on.
pub async fn close_here(tx: &mut Tx, person: Id<Person>) -> Result<u64, Error> {
    let here = Key(tx.permit().authority());
    tx.run(sql!("DELETE FROM session WHERE person = $1 AND authority = $2"), &[&Key(person), &here]).await
}

/// Forgets sessions that ended before a moment.
pub async fn forget_ended(tx: &mut Tx, before: Instant) -> Result<u64, Error> {
    tx.run(sql!("DELETE FROM session WHERE ends_at < $1"), &[&before]).await
}
