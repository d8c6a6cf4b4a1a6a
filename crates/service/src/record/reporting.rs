//! Who may read the reporting views from outside Placewell.

use domain::access::{Action, Actor, On};
use domain::authority::Authority;
use store::Event;
use store::report::{self, VIEWS};

use super::{Record, allowed};
use crate::Error;

/// A view that analysts read.
#[derive(Clone, Copy, Debug)]
pub struct Readable {
    /// Its name after `reporting.` on PostgreSQL, after `reporting_` on SQLite.
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
}

/// The views, by name.
pub fn reading_views() -> impl Iterator<Item = Readable> {
    VIEWS.iter().map(|view| Readable { name: view.name, about: view.about })
}

/// Lets a user of the database read the views of an authority. On SQLite whoever may open the file reads everything, and nothing is asked.
///
/// # Errors
/// [`Error::Denied`] for anybody but the machine's owner; [`Error::Unusable`] for a name that no user of a database has.
pub async fn allow_reader(record: &Record, actor: &Actor, authority: &Authority, reader: &str) -> Result<(), Error> {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    if reader.is_empty() || reader.len() > 63 || !reader.chars().all(plain) || reader.starts_with(|first: char| first.is_ascii_digit()) {
        return Err(Error::Unusable(format!(
            "“{reader}” is not the name of a user of the database. Use small letters, digits and _, beginning with a letter."
        )));
    }
    let leave = allowed(actor, Action::RecordCopy, On::authority(authority.id))?;
    let mut tx = record.db.begin(leave, record.moment()).await?;
    report::allow(&mut tx, reader).await?;
    tx.commit(Event::of("reader", reader)).await?;
    Ok(())
}
