//! Passwords, hashed.

use domain::id::Id;
use domain::person::Person;

use crate::Error;
use crate::change::Detail;
use crate::db::{Tx, View};
use crate::statement::sql;
use crate::types::Key;

/// The hash of a person's password as PHC text; nothing until they chose one.
pub async fn of(view: &mut View, person: Id<Person>) -> Result<Option<String>, Error> {
    let found: Option<(String,)> = view.maybe(sql!("SELECT hash FROM password WHERE person = $1"), &[&Key(person)]).await?;
    Ok(found.map(|(hash,)| hash))
}

/// Sets the hash of a person's password. The log says that it was set and nothing of what it is.
pub async fn set(tx: &mut Tx, person: Id<Person>, hash: &str) -> Result<(), Error> {
    let at = tx.moment().at;
    tx.run(
        sql!(
            "INSERT INTO password (person, hash, set_at) VALUES ($1, $2, $3)
             ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at"
        ),
        &[&Key(person), &hash.to_owned(), &at],
    )
    .await?;
    tx.note(Detail { table: "password", row: person.to_string(), before: None, after: Some(serde_json::json!({ "set_at": at })) });
    Ok(())
}

/// Takes a person's password away: until they choose another one, nothing that anybody types is theirs.
pub async fn remove(tx: &mut Tx, person: Id<Person>) -> Result<(), Error> {
    let gone = tx.run(sql!("DELETE FROM password WHERE person = $1"), &[&Key(person)]).await?;
    if gone > 0 {
        tx.note(Detail { table: "password", row: person.to_string(), before: Some(serde_json::json!(gone)), after: None });
    }
    Ok(())
}
