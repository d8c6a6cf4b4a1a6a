//! Tokens by which programs act for people. The database keeps their hashes alone: a copy of it lets no program in.

use std::collections::BTreeSet;

use domain::access::{Permit, Role};
use domain::authority::Authority;
use domain::id::Id;
use domain::person::Person;

use super::hash;
use crate::Error;
use crate::change::{Detail, Moment};
use crate::db::{Db, Tx, View};
use crate::statement::sql;
use crate::types::{Instant, Key};

/// A token of a program, without the secret that nobody keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramToken {
    /// Its identity, which opens nothing.
    pub id: Id<Self>,
    /// For whom the program acts.
    pub person: Person,
    /// At which authority.
    pub authority: Authority,
    /// What the person calls it.
    pub name: String,
    /// As what, of the person's own roles.
    pub roles: BTreeSet<Role>,
    /// When it was made.
    pub made_at: Instant,
    /// When it ends by itself.
    pub ends_at: Instant,
    /// When it was last used, to a minute; nothing before its first use.
    pub seen_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Key<ProgramToken>,
    person: Key<Person>,
    person_name: String,
    email: String,
    authority: Key<Authority>,
    code: String,
    authority_name: String,
    name: String,
    roles: String,
    made_at: Instant,
    ends_at: Instant,
    seen_at: Option<Instant>,
}

impl From<Row> for ProgramToken {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.0,
            person: Person { id: row.person.0, name: row.person_name, email: row.email },
            authority: Authority { id: row.authority.0, code: row.code, name: row.authority_name },
            name: row.name,
            // A role that this program no longer knows is none.
            roles: row.roles.split(' ').filter_map(|word| word.parse().ok()).collect(),
            made_at: row.made_at,
            ends_at: row.ends_at,
            seen_at: row.seen_at,
        }
    }
}

/// Keeps a token of whoever holds this secret.
pub async fn add(tx: &mut Tx, secret: &[u8; 32], token: &ProgramToken) -> Result<(), Error> {
    let roles = token.roles.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    tx.run(
        sql!(
            "INSERT INTO program_token (token_hash, id, person, authority, name, roles, made_at, ends_at, seen_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)"
        ),
        &[
            &hash(secret),
            &Key(token.id),
            &Key(token.person.id),
            &Key(token.authority.id),
            &token.name,
            &roles,
            &token.made_at,
            &token.ends_at,
        ],
    )
    .await?;
    let after = serde_json::json!({ "person": token.person.id.to_string(), "name": token.name, "roles": roles, "ends_at": token.ends_at });
    tx.note(Detail { table: "program_token", row: token.id.to_string(), before: None, after: Some(after) });
    Ok(())
}

/// The token of this secret; nothing if it ended, or its person was stopped.
pub async fn find(view: &mut View, secret: &[u8; 32], now: Instant) -> Result<Option<ProgramToken>, Error> {
    let found: Option<Row> = view
        .maybe(
            sql!(
                "SELECT t.id, t.person, p.name AS person_name, p.email, t.authority, a.code, a.name AS authority_name,
                        t.name, t.roles, t.made_at, t.ends_at, t.seen_at
                 FROM program_token t JOIN person p ON p.id = t.person JOIN authority a ON a.id = t.authority
                 WHERE t.token_hash = $1 AND t.ends_at > $2 AND p.stopped_at IS NULL"
            ),
            &[&hash(secret), &now],
        )
        .await?;
    Ok(found.map(ProgramToken::from))
}

/// The tokens of a person at the permit's authority that go on, the newest first.
pub async fn of(view: &mut View, person: Id<Person>, now: Instant) -> Result<Vec<ProgramToken>, Error> {
    let authority = Key(view.permit().authority());
    let found: Vec<Row> = view
        .all(
            sql!(
                "SELECT t.id, t.person, p.name AS person_name, p.email, t.authority, a.code, a.name AS authority_name,
                        t.name, t.roles, t.made_at, t.ends_at, t.seen_at
                 FROM program_token t JOIN person p ON p.id = t.person JOIN authority a ON a.id = t.authority
                 WHERE t.authority = $1 AND t.person = $2 AND t.ends_at > $3 ORDER BY t.made_at DESC, t.id"
            ),
            &[&authority, &Key(person), &now],
        )
        .await?;
    Ok(found.into_iter().map(ProgramToken::from).collect())
}

/// Keeps that a token is in use. No change of the record: it stands in no log.
pub async fn seen(db: &Db, permit: Permit, moment: Moment, token: Id<ProgramToken>) -> Result<(), Error> {
    let mut tx = db.begin(permit, moment).await?;
    tx.run(sql!("UPDATE program_token SET seen_at = $2 WHERE id = $1"), &[&Key(token), &moment.at]).await?;
    tx.settle().await
}

/// Ends a token of a person at the permit's authority; whether there was such a one.
pub async fn end(tx: &mut Tx, person: Id<Person>, token: Id<ProgramToken>) -> Result<bool, Error> {
    let here = Key(tx.permit().authority());
    let sql = sql!("DELETE FROM program_token WHERE id = $1 AND person = $2 AND authority = $3");
    let ended = tx.run(sql, &[&Key(token), &Key(person), &here]).await? == 1;
    if ended {
        let before = serde_json::json!({ "person": person.to_string() });
        tx.note(Detail { table: "program_token", row: token.to_string(), before: Some(before), after: None });
    }
    Ok(ended)
}

/// Ends every token of a person, at every authority.
pub async fn end_all(tx: &mut Tx, person: Id<Person>) -> Result<u64, Error> {
    tx.run(sql!("DELETE FROM program_token WHERE person = $1"), &[&Key(person)]).await
}

/// Ends every token of a person at the permit's authority.
pub async fn end_here(tx: &mut Tx, person: Id<Person>) -> Result<u64, Error> {
    let here = Key(tx.permit().authority());
    tx.run(sql!("DELETE FROM program_token WHERE person = $1 AND authority = $2"), &[&Key(person), &here]).await
}

/// Forgets tokens that ended before a moment.
pub async fn forget_ended(tx: &mut Tx, before: Instant) -> Result<u64, Error> {
    tx.run(sql!("DELETE FROM program_token WHERE ends_at < $1"), &[&before]).await
}
