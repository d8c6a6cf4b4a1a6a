//! Authorities, the people who work for them, what they may do there, and that they are signed in.

use std::collections::BTreeSet;

use domain::access::{Grant, Role};
use domain::authority::Authority;
use domain::id::Id;
use domain::person::Person;
use sha2::{Digest as _, Sha256};

use crate::Error;
use crate::change::Detail;
use crate::db::{Tx, View};
use crate::statement::sql;
use crate::types::{Instant, Key, Text};

/// Opens an authority's record, and its log.
///
/// # Errors
/// [`Error::Taken`] where one with this code is open already.
pub async fn open_authority(tx: &mut Tx, authority: &Authority) -> Result<(), Error> {
    tx.run(sql!("INSERT INTO authority (id, code, name) VALUES ($1, $2, $3)"), &[&Key(authority.id), &authority.code, &authority.name])
        .await?;
    tx.run(sql!("INSERT INTO audit_head (authority, seq, seal) VALUES ($1, 0, $2)"), &[&Key(authority.id), &Vec::<u8>::new()]).await?;
    Ok(())
}

/// The authorities whose record is kept here, by name.
pub async fn authorities(view: &mut View) -> Result<Vec<Authority>, Error> {
    let rows: Vec<(Key<Authority>, String, String)> = view.all(sql!("SELECT id, code, name FROM authority ORDER BY name, id"), &[]).await?;
    Ok(rows.into_iter().map(|(id, code, name)| Authority { id: id.0, code, name }).collect())
}

/// What a person signs in with.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// Who.
    pub person: Person,
    /// Their password, hashed as PHC text; nothing until they chose one.
    pub password: Option<String>,
    /// Whether they may sign in no more.
    pub stopped: bool,
}

/// Adds a person.
///
/// # Errors
/// [`Error::Taken`] where somebody has this address.
pub async fn add(tx: &mut Tx, person: &Person, password: Option<String>) -> Result<(), Error> {
    tx.run(
        sql!("INSERT INTO person (id, email, name, password, stopped_at) VALUES ($1, $2, $3, $4, NULL)"),
        &[&Key(person.id), &person.email, &person.name, &password],
    )
    .await?;
    tx.note(Detail {
        table: "person",
        row: person.id.to_string(),
        before: None,
        after: Some(serde_json::json!({ "email": person.email, "name": person.name })),
    });
    Ok(())
}

/// Gives a person a role at the permit's authority; one they have stays.
pub async fn grant(tx: &mut Tx, person: Id<Person>, role: Role) -> Result<(), Error> {
    let authority = tx.permit().authority();
    tx.run(
        sql!("INSERT INTO role_grant (authority, person, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"),
        &[&Key(authority), &Key(person), &Text(role)],
    )
    .await?;
    let after = serde_json::json!({ "authority": authority.to_string(), "role": role.name() });
    tx.note(Detail { table: "role_grant", row: person.to_string(), before: None, after: Some(after) });
    Ok(())
}

/// Whoever signs in with this address.
pub async fn by_email(view: &mut View, email: &str) -> Result<Option<SignIn>, Error> {
    #[derive(sqlx::FromRow)]
    struct Found {
        id: Key<Person>,
        name: String,
        email: String,
        password: Option<String>,
        stopped: bool,
    }
    let found: Option<Found> = view
        .maybe(
            sql!("SELECT id, name, email, password, stopped_at IS NOT NULL AS stopped FROM person WHERE email = lower($1)"),
            &[&email.to_owned()],
        )
        .await?;
    Ok(found.map(|row| SignIn {
        person: Person { id: row.id.0, name: row.name, email: row.email },
        password: row.password,
        stopped: row.stopped,
    }))
}

/// Everything a person may be, wherever.
pub async fn grants(view: &mut View, person: Id<Person>) -> Result<BTreeSet<Grant>, Error> {
    let rows: Vec<(Key<Authority>, Text<Role>)> =
        view.all(sql!("SELECT authority, role FROM role_grant WHERE person = $1 ORDER BY authority, role"), &[&Key(person)]).await?;
    Ok(rows.into_iter().map(|(authority, role)| Grant { authority: authority.0, role: role.0 }).collect())
}

/// Opens a session for whoever holds this token until a moment. The database keeps a hash of it alone: a copy of the database signs nobody in.
pub async fn open_session(tx: &mut Tx, token: &[u8; 32], person: Id<Person>, ends_at: Instant) -> Result<(), Error> {
    let now = tx.moment().at;
    tx.run(
        sql!("INSERT INTO session (token_hash, person, opened_at, seen_at, ends_at) VALUES ($1, $2, $3, $3, $4)"),
        &[&hash(token), &Key(person), &now, &ends_at],
    )
    .await?;
    Ok(())
}

/// Whose session this token opens at a moment; nobody's if it ended, was closed, or its person was stopped.
pub async fn session(view: &mut View, token: &[u8; 32], now: Instant) -> Result<Option<Person>, Error> {
    let found: Option<(Key<Person>, String, String)> = view
        .maybe(
            sql!(
                "SELECT p.id, p.name, p.email FROM session s JOIN person p ON p.id = s.person
                  WHERE s.token_hash = $1 AND s.ends_at > $2 AND p.stopped_at IS NULL"
            ),
            &[&hash(token), &now],
        )
        .await?;
    Ok(found.map(|(id, name, email)| Person { id: id.0, name, email }))
}

/// Closes every session of a person.
pub async fn close_sessions(tx: &mut Tx, person: Id<Person>) -> Result<u64, Error> {
    tx.run(sql!("DELETE FROM session WHERE person = $1"), &[&Key(person)]).await
}

fn hash(token: &[u8; 32]) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}
