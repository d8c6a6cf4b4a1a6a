//! Who somebody is to a provider of single sign-on.

use domain::id::Id;
use domain::person::Person;

use crate::Error;
use crate::change::Detail;
use crate::db::{Tx, View};
use crate::statement::sql;
use crate::types::Key;

/// The person whom an issuer knows by this subject, if they were linked.
pub async fn of(view: &mut View, issuer: &str, subject: &str) -> Result<Option<Id<Person>>, Error> {
    let found: Option<(Key<Person>,)> = view
        .maybe(sql!("SELECT person FROM sign_on WHERE issuer = $1 AND subject = $2"), &[&issuer.to_owned(), &subject.to_owned()])
        .await?;
    Ok(found.map(|(person,)| person.0))
}

/// Whether a person is linked to some subject of an issuer.
pub async fn is_linked(view: &mut View, issuer: &str, person: Id<Person>) -> Result<bool, Error> {
    let (links,): (i64,) =
        view.one(sql!("SELECT count(*) FROM sign_on WHERE issuer = $1 AND person = $2"), &[&issuer.to_owned(), &Key(person)]).await?;
    Ok(links > 0)
}

/// Links a person to a subject of an issuer. The log has the change, and the issuer, never the subject.
///
/// # Errors
/// [`Error::Taken`] where the person or the subject is linked already.
pub async fn link(tx: &mut Tx, issuer: &str, subject: &str, person: Id<Person>) -> Result<(), Error> {
    let now = tx.moment().at;
    tx.run(
        sql!("INSERT INTO sign_on (issuer, subject, person, linked_at) VALUES ($1, $2, $3, $4)"),
        &[&issuer.to_owned(), &subject.to_owned(), &Key(person), &now],
    )
    .await?;
    let after = serde_json::json!({ "issuer": issuer });
    tx.note(Detail { table: "sign_on", row: person.to_string(), before: None, after: Some(after) });
    Ok(())
}

/// Unlinks a person from every provider, so that they can be linked anew; how many links there were.
pub async fn unlink(tx: &mut Tx, person: Id<Person>) -> Result<u64, Error> {
    let gone = tx.run(sql!("DELETE FROM sign_on WHERE person = $1"), &[&Key(person)]).await?;
    if gone > 0 {
        tx.note(Detail { table: "sign_on", row: person.to_string(), before: Some(serde_json::json!(gone)), after: None });
    }
    Ok(gone)
}
