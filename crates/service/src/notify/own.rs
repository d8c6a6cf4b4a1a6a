//! What one was told oneself, and how one wants to be told by mail.

use domain::access::{Action, On, Permit};
use store::Event;
use store::notice::{self, Choice, Notice};

use crate::Error;
use crate::people::Signed;
use crate::record::{Record, allowed};

/// No more are shown: what is older was read, or stands on the page of work.
const SHOWN: u32 = 100;

fn own(signed: &Signed) -> Result<Permit, Error> {
    allowed(&signed.actor, Action::AccountUse, On::authority(signed.session.authority.id))
}

/// What one was told, the newest first, the last hundred.
///
/// # Errors
/// Those of the database.
pub async fn notices(record: &Record, signed: &Signed) -> Result<Vec<Notice>, Error> {
    let mut view = record.db.read(own(signed)?).await?;
    Ok(notice::of(&mut view, signed.session.person.id, SHOWN).await?)
}

/// Marks everything as read that one was told up to the newest notice one has seen.
///
/// # Errors
/// Those of the database.
pub async fn read_all(record: &Record, signed: &Signed, until: store::Instant) -> Result<(), Error> {
    Ok(notice::read(&record.db, own(signed)?, record.moment(), signed.session.person.id, until).await?)
}

/// How one wants to be told by mail.
///
/// # Errors
/// Those of the database.
pub async fn chosen(record: &Record, signed: &Signed) -> Result<Choice, Error> {
    let mut view = record.db.read(own(signed)?).await?;
    Ok(notice::choice(&mut view, signed.session.person.id).await?)
}

/// Keeps how one wants to be told by mail.
///
/// # Errors
/// Those of the database.
pub async fn choose(record: &Record, signed: &Signed, choice: Choice) -> Result<(), Error> {
    let mut tx = record.db.begin(own(signed)?, record.moment()).await?;
    notice::choose(&mut tx, signed.session.person.id, choice).await?;
    tx.commit(Event::of("person", signed.session.person.id).because(&format!("wants mail: {choice}"))).await?;
    Ok(())
}
