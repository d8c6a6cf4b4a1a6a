//! Authorities, the people who work for them, and what they may do there.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Grant, Role, Who};
use domain::authority::Authority;
use domain::id::Id;
use domain::person::Person;

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
    let at = tx.moment().at;
    tx.run(sql!("INSERT INTO audit_head (authority, seq, seal, at) VALUES ($1, 0, $2, $3)"), &[&Key(authority.id), &Vec::<u8>::new(), &at])
        .await?;
    Ok(())
}

/// The authorities whose record is kept here, by name.
pub async fn authorities(view: &mut View) -> Result<Vec<Authority>, Error> {
    let rows: Vec<(Key<Authority>, String, String)> = view.all(sql!("SELECT id, code, name FROM authority ORDER BY name, id"), &[]).await?;
    Ok(rows.into_iter().map(|(id, code, name)| Authority { id: id.0, code, name }).collect())
}

/// A person, and whether they work here still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub person: Person,
    /// Since when they may sign in no more; nothing while they may.
    pub stopped_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Key<Person>,
    name: String,
    email: String,
    stopped_at: Option<Instant>,
}

impl From<Row> for Known {
    fn from(row: Row) -> Self {
        Self { person: Person { id: row.id.0, name: row.name, email: row.email }, stopped_at: row.stopped_at }
    }
}

/// Adds a person.
///
/// # Errors
/// [`Error::Taken`] where somebody has this address.
pub async fn add(tx: &mut Tx, person: &Person) -> Result<(), Error> {
    tx.run(
        sql!("INSERT INTO person (id, email, name, stopped_at) VALUES ($1, $2, $3, NULL)"),
        &[&Key(person.id), &person.email, &person.name],
    )
    .await?;
    let after = serde_json::json!({ "email": person.email, "name": person.name });
    tx.note(Detail { table: "person", row: person.id.to_string(), before: None, after: Some(after) });
    Ok(())
}

/// Stops a person from signing in, or lets them again; their sessions are for `sessions::close_all` to end.
pub async fn stop(tx: &mut Tx, person: Id<Person>, stopped_at: Option<Instant>) -> Result<(), Error> {
    tx.run(sql!("UPDATE person SET stopped_at = $2 WHERE id = $1"), &[&Key(person), &stopped_at]).await?;
    let after = serde_json::json!({ "stopped_at": stopped_at });
    tx.note(Detail { table: "person", row: person.to_string(), before: None, after: Some(after) });
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

/// Takes a role at the permit's authority from a person.
pub async fn revoke(tx: &mut Tx, person: Id<Person>, role: Role) -> Result<(), Error> {
    let authority = tx.permit().authority();
    tx.run(
        sql!("DELETE FROM role_grant WHERE authority = $1 AND person = $2 AND role = $3"),
        &[&Key(authority), &Key(person), &Text(role)],
    )
    .await?;
    let before = serde_json::json!({ "authority": authority.to_string(), "role": role.name() });
    tx.note(Detail { table: "role_grant", row: person.to_string(), before: Some(before), after: None });
    Ok(())
}

/// Whoever signs in with this address, which is in lower case.
pub async fn by_email(view: &mut View, email: &str) -> Result<Option<Known>, Error> {
    let found: Option<Row> =
        view.maybe(sql!("SELECT id, name, email, stopped_at FROM person WHERE email = $1"), &[&email.to_owned()]).await?;
    Ok(found.map(Known::from))
}

/// The person of this identity, if they have a part at the permit's authority.
pub async fn find(view: &mut View, person: Id<Person>) -> Result<Option<Known>, Error> {
    let found: Option<Row> = view
        .maybe(
            sql!(
                "SELECT p.id, p.name, p.email, p.stopped_at FROM person p
                 WHERE p.id = $2 AND EXISTS (SELECT 1 FROM role_grant g WHERE g.person = p.id AND g.authority = $1)"
            ),
            &[&Key(view.permit().authority()), &Key(person)],
        )
        .await?;
    Ok(found.map(Known::from))
}

/// Everybody who has a part at the permit's authority, by name, with their roles.
pub async fn all(view: &mut View) -> Result<Vec<(Known, BTreeSet<Role>)>, Error> {
    let authority = Key(view.permit().authority());
    let grants: Vec<(Key<Person>, Text<Role>)> =
        view.all(sql!("SELECT person, role FROM role_grant WHERE authority = $1 ORDER BY person, role"), &[&authority]).await?;
    let mut roles: BTreeMap<Id<Person>, BTreeSet<Role>> = BTreeMap::new();
    for (person, role) in grants {
        roles.entry(person.0).or_default().insert(role.0);
    }
    let rows: Vec<Row> = view
        .all(
            sql!(
                "SELECT p.id, p.name, p.email, p.stopped_at FROM person p
                 WHERE EXISTS (SELECT 1 FROM role_grant g WHERE g.person = p.id AND g.authority = $1) ORDER BY p.name, p.id"
            ),
            &[&authority],
        )
        .await?;
    let with_roles = |row: Row| {
        let known = Known::from(row);
        let roles = roles.remove(&known.person.id).unwrap_or_default();
        (known, roles)
    };
    Ok(rows.into_iter().map(with_roles).collect())
}

/// Whether a person has a part at another authority than the permit's. Where, and what part, is not told.
pub async fn is_known_elsewhere(view: &mut View, person: Id<Person>) -> Result<bool, Error> {
    let here = view.permit().authority();
    let mut parts = Ok(0);
    for other in authorities(view).await?.into_iter().filter(|other| other.id != here) {
        view.fence_in(other.id).await?;
        parts = parts_at(view, other.id, person).await;
        if !matches!(parts, Ok(0)) {
            break;
        }
    }
    view.fence_in(here).await?;
    Ok(parts? > 0)
}

async fn parts_at(view: &mut View, authority: Id<Authority>, person: Id<Person>) -> Result<i64, Error> {
    let (parts,): (i64,) =
        view.one(sql!("SELECT count(*) FROM role_grant WHERE authority = $1 AND person = $2"), &[&Key(authority), &Key(person)]).await?;
    Ok(parts)
}

/// The authorities at which whoever has the permit has a part themself, by name; none for anybody but a person.
pub async fn parts(view: &mut View) -> Result<Vec<Authority>, Error> {
    let Who::Person(person) = view.permit().who() else { return Ok(Vec::new()) };
    view.let_through(person).await?;
    let statement = sql!(
        "SELECT a.id, a.code, a.name FROM authority a
          WHERE a.id IN (SELECT g.authority FROM role_grant g WHERE g.person = $1) ORDER BY a.name, a.id"
    );
    let rows: Vec<(Key<Authority>, String, String)> = view.all(statement, &[&Key(person)]).await?;
    Ok(rows.into_iter().map(|(id, code, name)| Authority { id: id.0, code, name }).collect())
}

/// What a person is at the permit's authority.
pub async fn grants(view: &mut View, person: Id<Person>) -> Result<BTreeSet<Grant>, Error> {
    let authority = view.permit().authority();
    let rows: Vec<(Text<Role>,)> = view
        .all(sql!("SELECT role FROM role_grant WHERE authority = $1 AND person = $2 ORDER BY role"), &[&Key(authority), &Key(person)])
        .await?;
    Ok(rows.into_iter().map(|(role,)| Grant { authority, role: role.0 }).collect())
}
