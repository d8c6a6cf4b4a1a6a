//! The second factor: the secret of an authenticator app, sealed by the caller, and the codes for the day on which the telephone is lost.

use domain::id::Id;
use domain::person::Person;

use super::hash;
use crate::Error;
use crate::change::Detail;
use crate::db::{Tx, View};
use crate::statement::sql;
use crate::types::{Instant, Key};

/// A person's authenticator.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Factor {
    /// Its secret, sealed under a key outside the database.
    pub secret: Vec<u8>,
    /// When the person showed that they have it; nothing until then.
    pub confirmed_at: Option<Instant>,
    /// The last step of time of which a code was taken.
    pub last_step: i64,
}

/// A person's authenticator, if they have one or began to set one up.
pub async fn of(view: &mut View, person: Id<Person>) -> Result<Option<Factor>, Error> {
    view.maybe(sql!("SELECT secret, confirmed_at, last_step FROM second_factor WHERE person = $1"), &[&Key(person)]).await
}

/// Begins to set up an authenticator, in the place of one that was never confirmed; whether it was begun.
pub async fn begin(tx: &mut Tx, person: Id<Person>, sealed: &[u8]) -> Result<bool, Error> {
    let begun = tx
        .run(
            sql!(
                "INSERT INTO second_factor (person, secret, confirmed_at, last_step) VALUES ($1, $2, NULL, 0)
                 ON CONFLICT (person) DO UPDATE SET secret = excluded.secret, last_step = 0 WHERE second_factor.confirmed_at IS NULL"
            ),
            &[&Key(person), &sealed.to_vec()],
        )
        .await?;
    Ok(begun == 1)
}

/// Takes the code of a step of time; whether it was the first of that step. The first code that is taken confirms the authenticator.
pub async fn take_step(tx: &mut Tx, person: Id<Person>, step: i64) -> Result<bool, Error> {
    let now = tx.moment().at;
    let taken = tx
        .run(
            sql!("UPDATE second_factor SET last_step = $2, confirmed_at = coalesce(confirmed_at, $3) WHERE person = $1 AND last_step < $2"),
            &[&Key(person), &step, &now],
        )
        .await?;
    Ok(taken == 1)
}

/// Takes the authenticator and the recovery codes of a person away.
pub async fn remove(tx: &mut Tx, person: Id<Person>) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM recovery_code WHERE person = $1"), &[&Key(person)]).await?;
    tx.run(sql!("DELETE FROM second_factor WHERE person = $1"), &[&Key(person)]).await?;
    tx.note(Detail { table: "second_factor", row: person.to_string(), before: Some(serde_json::json!("set up")), after: None });
    Ok(())
}

/// Gives a person recovery codes in the place of all they had.
pub async fn set_codes(tx: &mut Tx, person: Id<Person>, codes: &[String]) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM recovery_code WHERE person = $1"), &[&Key(person)]).await?;
    for code in codes {
        tx.run(sql!("INSERT INTO recovery_code (person, code_hash) VALUES ($1, $2)"), &[&Key(person), &hash(code.as_bytes())]).await?;
    }
    tx.note(Detail { table: "recovery_code", row: person.to_string(), before: None, after: Some(serde_json::json!(codes.len())) });
    Ok(())
}

/// Uses up a recovery code; whether the person had it.
pub async fn take_code(tx: &mut Tx, person: Id<Person>, code: &str) -> Result<bool, Error> {
    Ok(tx.run(sql!("DELETE FROM recovery_code WHERE person = $1 AND code_hash = $2"), &[&Key(person), &hash(code.as_bytes())]).await? == 1)
}

/// How many recovery codes a person has left.
pub async fn codes_left(view: &mut View, person: Id<Person>) -> Result<i64, Error> {
    let (left,): (i64,) = view.one(sql!("SELECT count(*) FROM recovery_code WHERE person = $1"), &[&Key(person)]).await?;
    Ok(left)
}
