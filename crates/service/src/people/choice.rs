//! Choosing for which authority one works, where one database holds the records of several and a person has a part in more than one of them.

use domain::Id;
use domain::access::{Action, Actor, Denied, On};
use store::Event;
use store::person::{persons, sessions};

use super::{Signed, Token};
use crate::Error;
use crate::record::{Authority, Record, allowed};

/// The authorities at which somebody has a part, by name.
pub(super) async fn parts(record: &Record, actor: &Actor, authority: Id<Authority>) -> Result<Vec<Authority>, Error> {
    let mut view = record.db.read(allowed(actor, Action::AccountUse, On::authority(authority))?).await?;
    Ok(persons::parts(&mut view).await?)
}

/// Has somebody's session open another authority of theirs from now on, and no longer the one before. The token is new, too: a page of the one before
/// that was left open can send nothing to the other. Who tries one in which they have no part is refused, and the log of theirs has it.
///
/// # Errors
/// [`Error::Denied`] for an authority in which they have no part, whether or not there is such a one.
pub async fn choose(record: &Record, signed: &Signed, authority: Id<Authority>) -> Result<Token, Error> {
    let (session, here) = (&signed.session, signed.session.authority.id);
    if !parts(record, &signed.actor, here).await?.iter().any(|part| part.id == authority) {
        let permit = allowed(&signed.actor, Action::AccessDenied, On::authority(here))?;
        let tx = record.db.begin(permit, record.moment()).await?;
        tx.commit(Event::of("authority", authority).because("refused: no part at the authority that was chosen")).await?;
        return Err(Error::Denied(Denied { action: Action::AccountUse }));
    }
    let permit = allowed(&signed.actor, Action::AccountUse, On::authority(authority))?;
    let mut tx = record.db.begin(permit, record.moment()).await?;
    let token = Token::new(record);
    sessions::turn(&mut tx, session.id, token.bytes()).await?;
    tx.commit(Event::of("person", session.person.id).because("chose to work for this authority")).await?;
    Ok(token)
}
